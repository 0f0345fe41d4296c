/* SPDX-License-Identifier: MIT */
#include "summary.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/utf8.h"
#include "stream/tsv.h"
#include "value/calendar.h"
#include "value/number.h"
#include "value/order.h"
#include "value/type.h"

enum {
    SHOWN = 60,      /* bytes of a text that are written, at most */
    MEAN_PLACES = 6, /* decimal places */
};

static unsigned types_of(const struct summary *s)
{
    return TYPE_SET_ALL & ~s->excluded;
}

static bool has_type(const struct summary *s, enum type type)
{
    return s->n > 0 && (types_of(s) >> type & 1) != 0;
}

/* The digits after the point of TEXT, a time, without zeros at the end. */
static struct span fraction_of(struct span text)
{
    const char *point = memchr(text.at, '.', text.len);
    struct span digits = { point, 0 };

    for (const char *p = point; p != NULL && ++p < text.at + text.len && number_is_digit(*p);)
        if (*p != '0')
            digits.len = (size_t)(p + 1 - point);
    return digits;
}

static int compare_instants(struct span a, struct span b)
{
    int64_t a_seconds = 0;
    int64_t b_seconds = 0;

    calendar_parse(a, &a_seconds);
    calendar_parse(b, &b_seconds);
    return a_seconds != b_seconds ? (a_seconds > b_seconds) - (a_seconds < b_seconds)
                                  : span_compare(fraction_of(a), fraction_of(b));
}

/* The orders of least and greatest. */
static int (*const orders[])(struct span, struct span) = { order_compare, compare_instants };

/* Whether A comes before B in the order ORDER. Fields that it does not tell apart are in the order of bytes. */
static bool is_before(int order, struct span a, struct span b)
{
    int result = orders[order](a, b);

    return result < 0 || (result == 0 && span_compare(a, b) < 0);
}

static void set(struct buffer *b, struct span field)
{
    b->len = 0;
    xbuffer_append(b, field);
}

/* The bytes of the value of FIELD: an escape stands for one. */
static size_t length_of(struct span field)
{
    const char *end = field.at + field.len;
    size_t len = field.len;

    for (const char *p = field.at; (p = memchr(p, '\\', (size_t)(end - p))) != NULL; p += 2)
        len--;
    return len;
}

/* Takes FIELD into account where it does not matter how often it occurs. */
static void consider(struct summary *s, struct span field)
{
    bool is_first = s->least[0].at == NULL;
    size_t len = length_of(field);

    s->excluded |= ~type_set_keep(types_of(s), field);
    int n_orders = has_type(s, TYPE_TIME) ? 2 : 1;
    if (is_first || len < s->shortest)
        s->shortest = len;
    if (len > s->longest)
        s->longest = len;
    for (int order = 0; order < n_orders; order++) {
        if (is_first || is_before(order, field, buffer_span(&s->least[order])))
            set(&s->least[order], field);
        if (is_first || is_before(order, buffer_span(&s->greatest[order]), field))
            set(&s->greatest[order], field);
    }
}

/* Whether FIELD, which occurs COUNT times, comes before T. Integers come in order. */
static bool is_above(struct span field, uint64_t count, bool is_integer, const struct summary_top *t)
{
    if (count != t->count || (is_integer && t->is_integer))
        return count > t->count;
    return is_before(0, field, buffer_span(&t->field));
}

/* Puts FIELD where it belongs among the most common ones. */
static void rank(struct summary *s, struct span field, uint64_t count, bool is_integer)
{
    if (s->n_top == SUMMARY_TOP && !is_above(field, count, is_integer, &s->top[SUMMARY_TOP - 1]))
        return;
    size_t i = s->n_top < SUMMARY_TOP ? s->n_top++ : SUMMARY_TOP - 1;
    struct summary_top added = { count, is_integer, s->top[i].field };
    set(&added.field, field);
    for (; i > 0 && is_above(field, count, is_integer, &s->top[i - 1]); i--)
        s->top[i] = s->top[i - 1];
    s->top[i] = added;
}

void xsummary_add(struct summary *s, struct span field, uint64_t count)
{
    struct decimal d;

    if (tsv_is_null(field)) {
        s->n_nulls = count;
        return;
    }
    s->n += count;
    s->n_distinct++;
    if (field.len == 0)
        s->n_empty = count;
    consider(s, field);
    rank(s, field, count, false);
    if (!has_type(s, TYPE_NUM) || s->is_inexact)
        return;
    s->is_inexact = decimal_parse(field, &d) != DECIMAL_OK;
    if (!s->is_inexact)
        sum_add_times(&s->sum, &d, count);
}

/* The decimal spelling of VALUE, in TEXT. */
static struct span spell(int64_t value, char text[NUMBER_DIGITS + 1])
{
    bool has_sign = value < 0;

    *text = '-';
    return (struct span){ text, has_sign + number_format((uint64_t)(has_sign ? -value : value), text + has_sign) };
}

static void end_integers(struct summary *s)
{
    char text[NUMBER_DIGITS + 1];

    if (s->has_integers)
        consider(s, spell(s->last, text));
}

/* Integers of one length come in order, so that only the first and the last of them have to be considered. */
void xsummary_add_integer(struct summary *s, int64_t value, uint64_t count)
{
    const struct summary_top *least = &s->top[SUMMARY_TOP - 1];
    char text[NUMBER_DIGITS + 1];
    int64_t power = 1;

    s->n += count;
    s->n_distinct++;
    s->whole += (__int128)value * count;
    if (!s->has_integers || value >= s->length_end) {
        end_integers(s);
        consider(s, spell(value, text));
        while (value / power >= 10 || value / power <= -10)
            power *= 10;
        s->length_end = value < 0 ? 1 - power : 10 * power;
        s->has_integers = true;
    }
    s->last = value;
    if (s->n_top < SUMMARY_TOP || count > least->count || (count == least->count && !least->is_integer))
        rank(s, spell(value, text), count, true);
}

/* The start of FIELD whose value has at most SHOWN bytes, in whole characters. */
static struct span cut(struct span field)
{
    struct span start = { field.at, 0 };
    size_t len = 0;

    while (start.len < field.len) {
        bool is_escape = field.at[start.len] == '\\';
        size_t n = is_escape ? 1 : utf8_length(field.at + start.len, field.len - start.len);
        if ((len += n) > SHOWN)
            break;
        start.len += n + is_escape;
    }
    return start;
}

/*
 * Writes FIELD, cut if IS_TEXT. An item of a list is put in double quotes, with those inside doubled, if it could be
 * read in another way.
 */
static void write_field(struct writer *w, struct span field, bool is_text, bool is_item)
{
    struct span shown = is_text ? cut(field) : field;
    bool is_plain = shown.len > 0 && *shown.at != ' ' && shown.at[shown.len - 1] != ' ' &&
                    memchr(shown.at, ',', shown.len) == NULL && memchr(shown.at, '"', shown.len) == NULL;
    struct span quote = { "\"", is_item && !is_plain };

    xwriter_bytes(w, quote);
    for (size_t i = 0; i < shown.len; i++) {
        if (shown.at[i] == '"')
            xwriter_bytes(w, quote);
        xwriter_char(w, shown.at[i]);
    }
    xwriter_bytes(w, span_of(shown.len < field.len ? "..." : ""));
    xwriter_bytes(w, quote);
}

static void write_top(struct writer *w, const struct summary *s, bool is_text)
{
    char count[NUMBER_DIGITS + 5];

    for (size_t i = 0; i < s->n_top; i++) {
        xwriter_bytes(w, span_of(i > 0 ? ", " : ""));
        write_field(w, buffer_span(&s->top[i].field), is_text, true);
        snprintf(count, sizeof count, " (%" PRIu64 ")", s->top[i].count);
        xwriter_bytes(w, span_of(count));
    }
}

/* Writes the mean to TEXT; false if there is none. */
static bool format_mean(struct summary *s, char text[DECIMAL_SIZE])
{
    struct decimal n = { (__int128)s->n, 0 };
    struct decimal sum;

    sum_add(&s->sum, &(struct decimal){ s->whole, 0 });
    if (!has_type(s, TYPE_NUM) || s->is_inexact || !sum_total(&s->sum, &sum) ||
        !decimal_divide(&sum, &n, MEAN_PLACES, &sum))
        return false;
    decimal_format(&sum, text);
    return true;
}

void xsummary_write(struct summary *s, struct writer *w)
{
    char text[5 * NUMBER_DIGITS + DECIMAL_SIZE + 20];

    end_integers(s);
    int order = has_type(s, TYPE_TIME) ? 1 : 0;
    bool is_text = !has_type(s, TYPE_NUM) && !has_type(s, TYPE_TIME);
    snprintf(text, sizeof text, "\t%s\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64 "\t",
             s->n > 0 ? type_set_word(types_of(s)) : "\\N", s->n + s->n_nulls, s->n_nulls, s->n_empty, s->n_distinct);
    xwriter_bytes(w, span_of(text));
    if (s->n == 0) {
        xwriter_bytes(w, span_of("\\N\t\\N\t\\N\t\\N\t\\N\t\\N"));
        return;
    }
    write_field(w, buffer_span(&s->least[order]), is_text, false);
    xwriter_char(w, '\t');
    write_field(w, buffer_span(&s->greatest[order]), is_text, false);
    snprintf(text, sizeof text, "\t%zu\t%zu\t", s->shortest, s->longest);
    xwriter_bytes(w, span_of(text));
    xwriter_bytes(w, span_of(format_mean(s, text) ? text : "\\N"));
    xwriter_char(w, '\t');
    write_top(w, s, is_text);
}

void summary_free(struct summary *s)
{
    for (size_t i = 0; i < 2; i++) {
        buffer_free(&s->least[i]);
        buffer_free(&s->greatest[i]);
    }
    for (size_t i = 0; i < SUMMARY_TOP; i++)
        buffer_free(&s->top[i].field);
}
