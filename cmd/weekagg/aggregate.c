/* SPDX-License-Identifier: MIT */
#include "aggregate.h"

#include <stdlib.h>

#include "base/die.h"
#include "base/memory.h"
#include "base/quote.h"
#include "base/words.h"
#include "value/order.h"

static bool find_count(const struct aggregate_total *total, struct decimal *count)
{
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

static bool find_sum(const struct aggregate_total *total, struct decimal *sum)
{
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

static bool find_sum_of_counts(const struct aggregate_total *total, struct decimal *sum)
{
    return sum_total(&total->sum, sum) && is_count(sum);
}

enum { MEAN_PLACES = 6 };

static bool find_mean(const struct aggregate_total *total, struct decimal *mean)
{
    const struct decimal n = { (__int128)total->n, 0 };
    struct decimal sum;

    return sum_total(&total->sum, &sum) && decimal_divide(&sum, &n, MEAN_PLACES, mean);
}

static const char *read_text(struct span field, struct aggregate_value *value)
{
    value->text = field;
    return NULL;
}

static void xkeep_text(struct aggregate_total *total, struct span text)
{
    free((char *)total->text.at);
    total->text = (struct span){ xmemdup(text.at, text.len), text.len };
}

static void xadd_min(struct aggregate_total *total, const struct aggregate_value *value)
{
    if (total->n == 0 || order_compare(value->text, total->text) < 0)
        xkeep_text(total, value->text);
}

static void xadd_max(struct aggregate_total *total, const struct aggregate_value *value)
{
    if (total->n == 0 || order_compare(value->text, total->text) > 0)
        xkeep_text(total, value->text);
}

static const struct aggregate_function rows[] = {
    { "count", NULL, NULL, find_count, "0", MERGE_COUNTS },
    { "sum", read_number, add_number, find_sum, "\\N", MERGE_ALIKE },
    { "min", read_text, xadd_min, NULL, "\\N", MERGE_ALIKE },
    { "max", read_text, xadd_max, NULL, "\\N", MERGE_ALIKE },
    { "mean", read_number, add_number, find_mean, "\\N", MERGE_NEVER },
};

/* Partial counts, which users call count. */
static const struct aggregate_function counts = {
    "count", read_count, add_number, find_sum_of_counts, "0", MERGE_COUNTS,
};

const char *aggregate_word(int i)
{
    return (size_t)i < sizeof rows / sizeof *rows ? rows[i].word : NULL;
}

/* The function that WORD, a part of OPERAND, names. */
static const struct aggregate_function *find(const char *operand, struct span word, bool is_merge)
{
    int i = words_find(aggregate_word, word);
    struct words words;
    struct quoted q;
    struct quoted shown;

    if (i < 0)
        die_usage("operand \"%s\": \"%s\" must be one of %s", quote(&q, span_of(operand)), quote(&shown, word),
                  words_list(&words, aggregate_word));
    if (is_merge && rows[i].merge == MERGE_NEVER)
        die_usage("operand \"%s\" cannot be merged: the %s of parts is not the %s of the whole",
                  quote(&q, span_of(operand)), rows[i].word, rows[i].word);
    return is_merge && rows[i].merge == MERGE_COUNTS ? &counts : &rows[i];
}

struct aggregate xaggregate_parse(const char *operand, bool is_merge)
{
    struct aggregate a = { .name = { operand, strcspn(operand, "=") } };
    struct quoted q;

    quote(&q, span_of(operand));
    if (a.name.len == 0 || operand[a.name.len] == '\0')
        die_usage("operand \"%s\" must be NAME=AGG or NAME=AGG:COL", q.text);
    if (!xtsv_is_field(a.name))
        die_usage("operand \"%s\": the name must be escaped as in a header line", q.text);
    const char *word = operand + a.name.len + 1;
    size_t len = strcspn(word, ":");
    a.function = find(operand, (struct span){ word, len }, is_merge);
    if (is_merge)
        a.of = a.name;
    else if (word[len] == ':')
        a.of = span_of(word + len + 1);
    else if (a.function->read != NULL)
        die_usage("operand \"%s\": %s requires a column: NAME=AGG:COL", q.text, a.function->word);
    return a;
}

size_t xaggregate_rest(struct aggregate **all, const struct header *h, size_t first, const struct columns *groups)
{
    bool *is_group = xcolumns_set(groups, h->n);
    int sum = words_find(aggregate_word, span_of("sum"));
    size_t n = 0;

    *all = xrealloc(*all, h->n, sizeof **all);
    for (size_t i = first; i < h->n; i++)
        if (!is_group[i])
            (*all)[n++] = (struct aggregate){ h->names[i], &rows[sum], h->names[i], i };
    free(is_group);
    return n;
}

bool aggregate_fits(const struct aggregate_function *f, const struct aggregate_total *total)
{
    struct decimal d;

    return total->n == 0 || f->result == NULL || f->result(total, &d);
}

void xaggregate_write(struct writer *w, const struct aggregate_function *f, const struct aggregate_total *total)
{
    char text[DECIMAL_SIZE];
    struct decimal d;

    if (total->n == 0) {
        xwriter_bytes(w, span_of(f->none));
    } else if (f->result == NULL) {
        xwriter_bytes(w, total->text);
    } else {
        f->result(total, &d);
        xwriter_bytes(w, (struct span){ text, decimal_format(&d, text) });
    }
}

void aggregate_free(const struct aggregate_function *f, struct aggregate_total *total)
{
    if (f->result == NULL)
        free((char *)total->text.at);
}
