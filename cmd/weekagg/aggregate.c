/* SPDX-License-Identifier: MIT */
#include "aggregate.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "stream/tsv.h"
#include "value/order.h"

static bool find_kind(struct span word, enum aggregate_kind *kind)
{
    static const char *const words[] = { "count", "sum", "min", "max" };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (span_equal(word, span_of(words[i]))) {
            *kind = (enum aggregate_kind)i;
            return true;
        }
    return false;
}

const char *aggregate_parse(struct aggregate *a, const char *operand, bool of_parts)
{
    const char *equals = strchr(operand, '=');

    if (equals == NULL || equals == operand)
        return "is not of the form NAME=AGG or NAME=AGG:COL";
    const char *word = equals + 1;
    struct span kind = { word, strcspn(word, ":") };
    *a = (struct aggregate){ .name = { operand, (size_t)(equals - operand) } };
    if (word[kind.len] == ':')
        a->of = span_of(word + kind.len + 1);
    if (!xtsv_is_field(a->name))
        return "has a name that needs escapes as in a header line";
    if (!find_kind(kind, &a->kind))
        return "has none of the aggregates count, sum, min, max";
    if (of_parts) {
        a->of = a->name;
        a->kind = a->kind == AGGREGATE_COUNT ? AGGREGATE_COUNTS : a->kind;
    }
    if (a->kind != AGGREGATE_COUNT && a->of.at == NULL)
        return "names no column to aggregate: NAME=AGG:COL";
    return NULL;
}

size_t xaggregate_rest(struct aggregate **all, const struct header *h, size_t first, const struct columns *groups)
{
    bool *is_group = xcolumns_set(groups, h->n);
    size_t n = 0;

    *all = xrealloc(*all, h->n, sizeof **all);
    for (size_t i = first; i < h->n; i++)
        if (!is_group[i])
            (*all)[n++] = (struct aggregate){ h->names[i], AGGREGATE_SUM, h->names[i], i };
    free(is_group);
    return n;
}

static bool is_count(const struct decimal *d)
{
    return d->scale == 0 && d->value >= 0 && d->value <= UINT64_MAX;
}

const char *aggregate_read(enum aggregate_kind kind, struct span field, struct aggregate_value *value)
{
    value->is_set = !tsv_is_null(field);
    if (!value->is_set)
        return NULL;
    switch (kind) {
    case AGGREGATE_COUNT:
        break;
    case AGGREGATE_COUNTS:
        return decimal_parse(field, &value->number) == DECIMAL_OK && is_count(&value->number) ? NULL : "is not a count";
    case AGGREGATE_SUM:
        return decimal_status_text(decimal_parse(field, &value->number));
    case AGGREGATE_MIN:
    case AGGREGATE_MAX:
        value->text = field;
        break;
    }
    return NULL;
}

void aggregate_free(enum aggregate_kind kind, struct aggregate_total *total)
{
    if (kind == AGGREGATE_MIN || kind == AGGREGATE_MAX)
        free((char *)total->text.at);
}

static void keep(enum aggregate_kind kind, struct aggregate_total *total, struct span text)
{
    aggregate_free(kind, total);
    total->text = (struct span){ xmemdup(text.at, text.len), text.len };
}

void xaggregate_add(enum aggregate_kind kind, struct aggregate_total *total, const struct aggregate_value *value)
{
    if (!value->is_set)
        return;
    bool is_first = !total->is_set;
    total->is_set = true;
    switch (kind) {
    case AGGREGATE_COUNT:
        total->count++;
        break;
    case AGGREGATE_COUNTS:
    case AGGREGATE_SUM:
        sum_add(&total->sum, &value->number);
        break;
    case AGGREGATE_MIN:
        if (is_first || order_compare(value->text, total->text) < 0)
            keep(kind, total, value->text);
        break;
    case AGGREGATE_MAX:
        if (is_first || order_compare(value->text, total->text) > 0)
            keep(kind, total, value->text);
        break;
    }
}

bool aggregate_fits(enum aggregate_kind kind, const struct aggregate_total *total)
{
    struct decimal d;

    if (kind != AGGREGATE_SUM && kind != AGGREGATE_COUNTS)
        return true;
    return sum_total(&total->sum, &d) && (kind == AGGREGATE_SUM || is_count(&d));
}

static void write_number(struct writer *w, struct decimal d)
{
    char text[DECIMAL_SIZE];

    xwriter_bytes(w, (struct span){ text, decimal_format(&d, text) });
}

void xaggregate_write(struct writer *w, enum aggregate_kind kind, const struct aggregate_total *total)
{
    struct decimal d;

    switch (kind) {
    case AGGREGATE_COUNT:
        write_number(w, (struct decimal){ (__int128)total->count, 0 });
        return;
    case AGGREGATE_COUNTS:
    case AGGREGATE_SUM:
        if (!total->is_set && kind == AGGREGATE_SUM)
            break;
        sum_total(&total->sum, &d);
        write_number(w, d);
        return;
    case AGGREGATE_MIN:
    case AGGREGATE_MAX:
        if (!total->is_set)
            break;
        xwriter_bytes(w, total->text);
        return;
    }
    xwriter_bytes(w, span_of("\\N"));
}
