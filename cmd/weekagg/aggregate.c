/* SPDX-License-Identifier: MIT */
#include "aggregate.h"

#include <stdlib.h>

#include "base/words.h"
#include "value/number_key.h"
#include "value/order.h"

static bool find_count(const struct aggregate *a, const struct aggregate_total *total, struct decimal *count)
{
    (void)a;
    *count = (struct decimal){ (__int128)total->n, 0 };
    return true;
}

static const char *read_number(struct span field, struct aggregate_value *value)
{
    return decimal_status_text(decimal_parse(field, &value->number));
}

static void add_number(struct aggregate_total *total, const struct aggregate_value *value)
{
    sum_add(&total->sum, &value->number);
}

static bool find_sum(const struct aggregate *a, const struct aggregate_total *total, struct decimal *sum)
{
    (void)a;
    return sum_total(&total->sum, sum);
}

static bool is_count(const struct decimal *d)
{
    return d->scale == 0 && d->value >= 0 && d->value <= UINT64_MAX;
}

static const char *read_count(struct span field, struct aggregate_value *value)
{
    return decimal_parse(field, &value->number) == DECIMAL_OK && is_count(&value->number) ? NULL : "is not a count";
}

static bool find_sum_of_counts(const struct aggregate *a, const struct aggregate_total *total, struct decimal *sum)
{
    return find_sum(a, total, sum) && is_count(sum);
}

static bool find_mean(const struct aggregate *a, const struct aggregate_total *total, struct decimal *mean)
{
    const struct decimal n = { (__int128)total->n, 0 };
    struct decimal sum;

    return sum_total(&total->sum, &sum) && decimal_divide(&sum, &n, a->scale, mean);
}

static void xadd_moments(struct aggregate_total *total, const struct aggregate_value *value)
{
    total->moments = xmoments_add(total->moments, &value->number);
}

static bool find_deviation(const struct aggregate *a, const struct aggregate_total *total, struct decimal *deviation)
{
    return moments_deviation(total->moments, total->n, a->scale, deviation);
}

static void free_moments(struct aggregate_total *total)
{
    free(total->moments);
}

static const char *read_text(struct span field, struct aggregate_value *value)
{
    value->text = field;
    return NULL;
}

static void xadd_last(struct aggregate_total *total, const struct aggregate_value *value)
{
    total->text.len = 0;
    xbuffer_append(&total->text, value->text);
}

static void xadd_first(struct aggregate_total *total, const struct aggregate_value *value)
{
    if (total->n == 0)
        xadd_last(total, value);
}

static void xadd_min(struct aggregate_total *total, const struct aggregate_value *value)
{
    if (total->n == 0 || order_compare(value->text, buffer_span(&total->text)) < 0)
        xadd_last(total, value);
}

static void xadd_max(struct aggregate_total *total, const struct aggregate_value *value)
{
    if (total->n == 0 || order_compare(value->text, buffer_span(&total->text)) > 0)
        xadd_last(total, value);
}

static const char *read_key(struct span field, struct aggregate_value *value)
{
    value->key.text = field;
    value->key.scale = -1;
    if (!number_key_integer(field, &value->key.word))
        value->key.word = 0;
    return NULL;
}

static const char *read_number_key(struct span field, struct aggregate_value *value)
{
    struct decimal d = { .scale = 0 };
    enum decimal_status status = DECIMAL_OK;

    read_key(field, value);
    if (value->key.word == 0)
        status = decimal_parse(field, &d);
    value->key.scale = d.scale;
    return decimal_status_text(status);
}

static void add_number_key(struct aggregate_total *total, const struct aggregate_value *value)
{
    if (value->key.scale > total->sum.scale)
        total->sum.scale = value->key.scale;
}

static void free_text(struct aggregate_total *total)
{
    buffer_free(&total->text);
}

#define PERCENTILES "p0 to p100"

static const struct aggregate_function rows[] = {
    { "count", NULL, NULL, find_count, NULL, 1, "0", MERGE_COUNTS, false, TALLY_NOTHING },
    { "sum", read_number, add_number, find_sum, NULL, 1, "\\N", MERGE_ALIKE, false, TALLY_NOTHING },
    { "min", read_text, xadd_min, NULL, free_text, 1, "\\N", MERGE_ALIKE, false, TALLY_NOTHING },
    { "max", read_text, xadd_max, NULL, free_text, 1, "\\N", MERGE_ALIKE, false, TALLY_NOTHING },
    { "mean", read_number, add_number, find_mean, NULL, 1, "\\N", MERGE_NEVER, true, TALLY_NOTHING },
    { "median", read_number_key, add_number_key, find_sum, NULL, 1, "\\N", MERGE_NEVER, false, TALLY_PERCENTILE },
    { PERCENTILES, read_number_key, add_number_key, find_sum, NULL, 1, "\\N", MERGE_NEVER, false, TALLY_PERCENTILE },
    { "stddev", read_number, xadd_moments, find_deviation, free_moments, 2, "\\N", MERGE_NEVER, true, TALLY_NOTHING },
    { "distinct", read_key, NULL, find_sum, NULL, 1, "0", MERGE_NEVER, false, TALLY_DISTINCT },
    { "first", read_text, xadd_first, NULL, free_text, 1, "\\N", MERGE_ALIKE, false, TALLY_NOTHING },
    { "last", read_text, xadd_last, NULL, free_text, 1, "\\N", MERGE_ALIKE, false, TALLY_NOTHING },
};

/* Partial counts, which users call count. */
static const struct aggregate_function counts = {
    "count", read_count, add_number, find_sum_of_counts, NULL, 1, "0", MERGE_COUNTS, false, TALLY_NOTHING,
};

const char *aggregate_word(int i)
{
    return (size_t)i < sizeof rows / sizeof *rows ? rows[i].word : NULL;
}

/* Sets the percentile of A to that of WORD, p and a number; false if it is none. */
static bool parse_percentile(struct aggregate *a, struct span word)
{
    struct decimal d;

    if (word.len < 2 || *word.at != 'p' || decimal_parse((struct span){ word.at + 1, word.len - 1 }, &d) != DECIMAL_OK ||
        d.scale > 9)
        return false;
    a->percent = (uint64_t)d.value;
    for (a->hundred = 100; d.scale > 0; d.scale--)
        a->hundred *= 10;
    return d.value >= 0 && d.value <= (__int128)a->hundred;
}

int aggregate_find(struct aggregate *a, struct span word)
{
    bool is_percentile = parse_percentile(a, word);
    int i = words_find(aggregate_word, is_percentile ? span_of(PERCENTILES) : word);

    if (!is_percentile) {
        a->percent = 1; /* the median */
        a->hundred = 2;
    }
    return is_percentile || !span_equal(word, span_of(PERCENTILES)) ? i : -1;
}

const struct aggregate_function *aggregate_function(int i, bool is_merge)
{
    if (is_merge && rows[i].merge == MERGE_NEVER)
        return NULL;
    return is_merge && rows[i].merge == MERGE_COUNTS ? &counts : &rows[i];
}

bool aggregate_fits(const struct aggregate *a, const struct aggregate_total *total)
{
    struct decimal d;

    return total->n < a->function->least || a->function->result == NULL || a->function->result(a, total, &d);
}

void xaggregate_write(struct writer *w, const struct aggregate *a, const struct aggregate_total *total)
{
    char text[DECIMAL_SIZE];
    struct decimal d;

    if (total->n < a->function->least) {
        xwriter_bytes(w, span_of(a->function->none));
    } else if (a->function->result == NULL) {
        xwriter_bytes(w, buffer_span(&total->text));
    } else {
        a->function->result(a, total, &d);
        xwriter_bytes(w, (struct span){ text, decimal_format(&d, text) });
    }
}
