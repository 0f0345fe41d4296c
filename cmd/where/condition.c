/* SPDX-License-Identifier: MIT */
#include "condition.h"

#include <stdio.h>

#include "base/die.h"
#include "base/quote.h"
#include "base/words.h"
#include "stream/columns.h"
#include "stream/tsv.h"
#include "value/calendar.h"
#include "value/number.h"

/* Which results of a comparison it accepts. A pattern matches EQUAL. Longer operators come before their beginnings. */
static const struct condition_operator {
    const char *word;
    bool less;
    bool equal;
    bool greater;
    bool has_pattern;
} operators[] = {
    { "!=", true, false, true, false },  { "!~", false, false, false, true }, { "<=", true, true, false, false },
    { ">=", false, true, true, false },  { "=", false, true, false, false },  { "<", true, false, false, false },
    { ">", false, false, true, false },  { "~", false, true, false, true },
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
    const char *colon = memrchr(text.at, ':', text.len);

    if (header_find(h, text, &c->column) || h->n == 0)
        return true;
    if (colon == NULL)
        return false;
    size_t len = (size_t)(colon - text.at);
    return header_find(h, (struct span){ text.at, len }, &c->column) &&
           type_find((struct span){ colon + 1, text.len - len - 1 }, &c->type);
}

/* Dies: TEXT is not a condition. LEFT comes before its first operator; AT NULL: it has none. */
static _Noreturn void die_unparsed(const struct header *h, const char *text, struct span left)
{
    const char *colon = left.at != NULL ? memrchr(left.at, ':', left.len) : NULL;
    struct words words;
    struct quoted q;
    enum type type;
    size_t column;

    if (left.at == NULL)
        die_usage("\"%s\" must be COL[:TYPE]OP VALUE; OP must be one of %s", quote(&q, span_of(text)),
                  words_list(&words, operator_word));
    if (colon != NULL) {
        struct span name = { left.at, (size_t)(colon - left.at) };
        struct span word = { colon + 1, left.len - name.len - 1 };
        if (header_find(h, name, &column))
            die_usage("%s: the type must be one of %s", quote(&q, left), words_list(&words, type_word));
        if (type_find(word, &type))
            left = name;
    }
    xcolumns_one(h, NULL, left);
    die_usage("\"%s\" is not a condition", quote(&q, span_of(text)));
}

#ifdef WEIR_PLAIN
enum { HAS_FAST_PATHS = false };
#else
enum { HAS_FAST_PATHS = true };
#endif

/*
 * Whether FIELD is a number with at most 12 digits before its point and 6 after it, which it sets *MILLIONTHS to. Such
 * numbers are compared in a third of the time of number_compare().
 */
static bool read_short(struct span field, int64_t *millionths)
{
    static const int powers[] = { 1000000, 100000, 10000, 1000, 100, 10, 1 };
    const char *p = field.at;
    const char *end = p + field.len;
    int64_t number = 0;
    size_t places = 0;

    p += field.len > 0 && *p == '-';
    const char *start = p;
    while (p < end && *p >= '0' && *p <= '9' && p < start + 12)
        number = number * 10 + (*p++ - '0');
    if (p == start || (*start == '0' && p > start + 1))
        return false;
    if (p < end && *p == '.') {
        const char *fraction = ++p;
        while (p < end && *p >= '0' && *p <= '9' && p < fraction + 6)
            number = number * 10 + (*p++ - '0');
        places = (size_t)(p - fraction);
        if (places == 0)
            return false;
    }
    *millionths = (start > field.at ? -number : number) * powers[places];
    return p == end;
}

/* Returns NULL, or what is wrong with VALUE, which is not null, for the type of C. Sets *TIME if that is a time. */
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
    bool is_null = tsv_is_null(c->value);
    struct number number;

    if (!xtsv_is_field(c->value))
        return "must be escaped as in a record";
    c->is_short = HAS_FAST_PATHS && c->is_numeric && c->type != TYPE_INT && read_short(c->value, &c->millionths);
    c->is_bytes = HAS_FAST_PATHS && memchr(c->value.at, '\\', c->value.len) == NULL &&
                  (c->type == TYPE_STR || (c->type == TYPE_ANY && !number_parse(c->value, &number)));
    return is_null ? NULL : check_type(c, c->value, &c->time);
}

/* Parses VALUE, what follows the operator. */
static void parse_value(struct condition *c, const struct header *h, const char *value)
{
    char buffer[PATTERN_REASON_SIZE];
    const char *reason = NULL;
    struct quoted text;
    struct quoted shown;

    c->is_numeric = c->type == TYPE_ANY || c->type == TYPE_INT || c->type == TYPE_NUM;
    snprintf(c->reason, sizeof c->reason, "is not %s", type_words(c->type));
    if (c->operator->has_pattern) {
        reason = xpattern_compile(&c->pattern, value, buffer) ? NULL : buffer;
    } else if (value[0] == '@' && value[1] != '@') {
        c->has_other = true;
        c->is_short = HAS_FAST_PATHS && c->is_numeric && c->type != TYPE_INT;
        c->other = xcolumns_one(h, NULL, span_of(value + 1));
    } else {
        c->value = span_of(value + (value[0] == '@'));
        reason = prepare(c);
    }
    if (reason != NULL)
        die_usage("%s: \"%s\" %s", quote(&text, span_of(c->text)), quote(&shown, span_of(value)), reason);
}

void xcondition_parse(struct condition *c, const struct header *h, const char *text)
{
    struct span first = { NULL, 0 };
    struct quoted q;

    *c = (struct condition){ .text = text };
    for (const char *p = text; *p != '\0'; p++) {
        c->operator = find_operator(p);
        if (c->operator == NULL)
            continue;
        const char *value = p + strlen(c->operator->word);
        struct span left = { text, (size_t)(p - text) };
        bool has_blank = left.len > 0 && p[-1] == ' ';
        struct span trimmed = { text, left.len - (has_blank && *value == ' ') };
        if (first.at == NULL)
            first = trimmed;
        if (!find_column(c, h, left) && !find_column(c, h, trimmed))
            continue;
        if (*value == ' ' && !has_blank)
            die_usage("%s: a blank after %s requires one before it", quote(&q, span_of(text)), c->operator->word);
        parse_value(c, h, value + (*value == ' '));
        return;
    }
    die_unparsed(h, text, first);
}

static enum condition_result holds(const struct condition_operator *operator, int order)
{
    return order < 0 ? operator->less : order > 0 ? operator->greater : operator->equal;
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
    __int128 times[2] = { 0, c->time };

    *column = c->column;
    *reason = is_null ? NULL : check_type(c, field, &times[0]);
    if (*reason == NULL && c->has_other && !tsv_is_null(other)) {
        *column = c->other;
        *reason = check_type(c, other, &times[1]);
    }
    if (*reason != NULL)
        return CONDITION_BAD;
    if (c->operator->has_pattern)
        return !is_null && xpattern_matches(&c->pattern, field) == c->operator->equal;
    if (tsv_is_null(other) && !c->has_other) /* only = and != may hold */
        return c->operator->less == c->operator->greater && is_null == c->operator->equal;
    if (is_null || tsv_is_null(other))
        return CONDITION_FAILS;
    return holds(c->operator, compare(c, field, other, times));
}

enum condition_result xcondition_check(struct condition *c, const struct record *r, size_t *column,
                                       const char **reason)
{
    struct span field = record_field(r, c->column);
    int64_t millionths;
    int64_t other = c->millionths;

    if (c->is_short && read_short(field, &millionths) &&
        (!c->has_other || read_short(record_field(r, c->other), &other)))
        return holds(c->operator, (millionths > other) - (millionths < other));
    if (c->is_bytes && !r->is_special)
        return holds(c->operator, span_compare(field, c->value));
    return check(c, r, column, reason);
}

void condition_free(struct condition *c)
{
    if (c->operator->has_pattern)
        pattern_free(&c->pattern);
    buffer_free(&c->buffer);
}
