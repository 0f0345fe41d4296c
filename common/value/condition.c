/* SPDX-License-Identifier: MIT */
#include "value/condition.h"

#include <stdio.h>

#include "base/die.h"
#include "base/plain.h"
#include "base/quote.h"
#include "base/words.h"
#include "stream/columns.h"
#include "stream/hint.h"
#include "stream/tsv.h"
#include "value/calendar.h"
#include "value/number.h"

/* For which results of a comparison it holds. A pattern that matches is EQUAL. Longer operators come first. */
static const struct condition_operator {
    const char *word;
    bool less;
    bool equal;
    bool greater;
    bool has_pattern;
} operators[] = {
    { "!=", true, false, true, false }, { "!~", false, false, false, true }, { "<=", true, true, false, false },
    { ">=", false, true, true, false }, { "=", false, true, false, false },  { "<", true, false, false, false },
    { ">", false, false, true, false }, { "~", false, true, false, true },
};

static const char *operator_word(int i)
{
    return (size_t)i < sizeof operators / sizeof *operators ? operators[i].word : NULL;
}

/* The operator that TEXT starts with, or NULL. */
static const struct condition_operator *find_operator(const char *text)
{
    for (int i = 0; operator_word(i) != NULL; i++)
        if (strncmp(text, operators[i].word, strlen(operators[i].word)) == 0)
            return &operators[i];
    return NULL;
}

/* Sets the column and type of C from TEXT, COL or COL:TYPE. False: it is neither. If H has no columns, anything is. */
static bool find_column(struct condition *c, const struct header *h, struct span text)
{
    if (header_find(h, text, &c->column) || h->n == 0)
        return true;
    const char *colon = memrchr(text.at, ':', text.len);
    size_t len = colon != NULL ? (size_t)(colon - text.at) : 0;
    if (colon == NULL || !header_find(h, (struct span){ text.at, len }, &c->column))
        return false;
    struct words words;
    struct quoted q;
    if (!type_find((struct span){ colon + 1, text.len - len - 1 }, &c->type))
        die_usage("%s: the type must be one of %s", quote(&q, text), words_list(&words, type_word));
    return true;
}

/* Returns NULL, or what is wrong with VALUE, which is not null, for the type of C. Sets *TIME if that is time. */
static const char *check_type(struct condition *c, struct span value, __int128 *time)
{
    if (c->type == TYPE_JSON) {
        char *text = xbuffer_reserve(&c->buffer, value.len);
        value = (struct span){ text, tsv_unescape(text, value) };
    }
    if (c->type == TYPE_TIME ? calendar_parse_exact(value, time) : type_accepts(c->type, value))
        return NULL;
    return c->type == TYPE_TIME && type_accepts(TYPE_TIME, value) ? "is finer than 18 decimal places of a second"
                                                                  : c->reason;
}

/* Derives how C compares from its value and type. Returns NULL, or what is wrong with the value. */
static const char *prepare(struct condition *c)
{
    struct number number;

    if (!xtsv_is_field(c->value))
        return "must be escaped as in a record";
    c->is_decimal = !IS_PLAIN && c->is_numeric && c->type != TYPE_INT &&
                    decimal_parse(c->value, &c->decimal) == DECIMAL_OK;
    c->is_bytes = !IS_PLAIN && memchr(c->value.at, '\\', c->value.len) == NULL &&
                  (c->type == TYPE_STR || (c->type == TYPE_ANY && !number_parse(c->value, &number)));
    return tsv_is_null(c->value) ? NULL : check_type(c, c->value, &c->time);
}

/* Parses VALUE, what follows the operator. */
static void parse_value(struct condition *c, const struct header *h, const char *value)
{
    char buffer[PATTERN_REASON_SIZE];
    const char *reason = NULL;
    struct quoted text;
    struct quoted shown;

    c->is_numeric = c->type == TYPE_ANY || c->type == TYPE_NUM || c->type == TYPE_INT;
    snprintf(c->reason, sizeof c->reason, "is not %s", type_words(c->type));
    if (c->operator->has_pattern) {
        reason = xpattern_compile(&c->pattern, value, buffer) ? NULL : buffer;
    } else if (value[0] == '@' && value[1] != '@') {
        c->has_other = true;
        c->other = xcolumns_one(h, NULL, span_of(value + 1));
    } else {
        c->value = span_of(value + (value[0] == '@'));
        reason = prepare(c);
    }
    if (reason != NULL)
        die_usage("%s: \"%s\" %s", quote(&text, span_of(c->text)), quote(&shown, span_of(value)), reason);
}

/* What to write instead of the operator of another language that TEXT starts with, if it does. */
static const char *find_foreign(const char *text)
{
    return strncmp(text, "==", 2) == 0   ? "equal is =; "
           : strncmp(text, "=~", 2) == 0 ? "a regular expression is ~; "
           : strncmp(text, "<>", 2) == 0 ? "not equal is !=; "
                                         : "";
}

void xcondition_parse(struct condition *c, const struct header *h, const char *text)
{
    struct span first = { NULL, 0 }; /* what comes before the first operator */
    struct words words;
    struct quoted q;

    *c = (struct condition){ .text = text };
    for (const char *p = text; *p != '\0'; p++) {
        c->operator = find_operator(p);
        if (c->operator == NULL)
            continue;
        const char *value = p + strlen(c->operator->word);
        struct span left = { text, (size_t)(p - text) };
        bool has_blank = left.len > 0 && p[-1] == ' ';
        bool is_unclear = !c->operator->has_pattern && *value != '\0' && strchr("=<>~", *value) != NULL; /* as in == */
        struct span trimmed = { text, left.len - (has_blank && (*value == ' ' || is_unclear)) };
        if (first.at == NULL)
            first = trimmed;
        if (!header_find(h, left, &c->column) && !find_column(c, h, trimmed))
            continue;
        if (*value == ' ' && !has_blank)
            die_usage("%s: a blank after %s requires one before it", quote(&q, span_of(text)), c->operator->word);
        if (is_unclear)
            die_usage("%s: %sblanks around %s are required before a value that begins with %c",
                      quote(&q, span_of(text)), find_foreign(p), c->operator->word, *value);
        parse_value(c, h, value + (*value == ' '));
        return;
    }
    xhint_file(span_of(text));
    if (first.at == NULL)
        die_usage("\"%s\" must be COL[:TYPE]OP VALUE; OP must be one of %s", quote(&q, span_of(text)),
                  words_list(&words, operator_word));
    xcolumns_one(h, NULL, first); /* there is none */
}

static enum condition_result holds(const struct condition *c, int order)
{
    return order < 0 ? c->operator->less : order > 0 ? c->operator->greater : c->operator->equal;
}

/* Compares FIELD with OTHER, which are not null; their times are in TIMES. */
static int compare(const struct condition *c, struct span field, struct span other, const __int128 times[2])
{
    struct number numbers[2];

    if (c->type == TYPE_TIME)
        return (times[0] > times[1]) - (times[0] < times[1]);
    if (c->is_numeric && number_parse(field, &numbers[0]) && number_parse(other, &numbers[1]))
        return number_compare(&numbers[0], &numbers[1]);
    return tsv_compare(field, other);
}

/* xcondition_check() for all fields, also those that no fast path knows. */
static enum condition_result check(struct condition *c, const struct record *r, size_t *column, const char **reason)
{
    struct span field = record_field(r, c->column);
    struct span other = c->has_other ? record_field(r, c->other) : c->value;
    bool is_null = tsv_is_null(field);
    bool other_is_null = tsv_is_null(other);
    __int128 times[2] = { 0, c->time };
    struct decimal d;

    if (c->is_decimal && decimal_parse(field, &d) == DECIMAL_OK && d.scale > c->decimal.scale)
        decimal_rescale(&c->decimal, d.scale); /* the next field most likely has as many decimal places */
    *column = c->column;
    *reason = is_null ? NULL : check_type(c, field, &times[0]);
    if (*reason == NULL && c->has_other && !other_is_null) {
        *column = c->other;
        *reason = check_type(c, other, &times[1]);
    }
    if (*reason != NULL)
        return CONDITION_BAD;
    if (c->operator->has_pattern)
        return !is_null && xpattern_matches(&c->pattern, field) == c->operator->equal;
    if (other_is_null && !c->has_other) /* only = and != may hold */
        return c->operator->less == c->operator->greater && is_null == c->operator->equal;
    return is_null || other_is_null ? CONDITION_FAILS : holds(c, compare(c, field, other, times));
}

enum condition_result xcondition_check(struct condition *c, const struct record *r, size_t *column,
                                       const char **reason)
{
    struct span field = record_field(r, c->column);
    struct decimal d;

    if (c->is_decimal && decimal_parse(field, &d) == DECIMAL_OK && d.scale == c->decimal.scale)
        return holds(c, (d.value > c->decimal.value) - (d.value < c->decimal.value));
    if (c->is_bytes && !r->is_special)
        return holds(c, span_compare(field, c->value));
    return check(c, r, column, reason);
}

void condition_free(struct condition *c)
{
    if (c->operator->has_pattern)
        pattern_free(&c->pattern);
    buffer_free(&c->buffer);
}
