/* SPDX-License-Identifier: MIT */
#include "aggregate.h"

#include <stdio.h>
#include <stdlib.h>

#include "memory.h"
#include "tsv.h"
#include "value.h"

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

/* Parses a count as xaggregate_write() writes it. */
static const char *read_count(struct span field, uint64_t *count)
{
    struct decimal d;

    if (decimal_parse(field, &d) != DECIMAL_OK || d.scale != 0 || d.value < 0 || d.value > UINT64_MAX)
        return "is not a count";
    *count = (uint64_t)d.value;
    return NULL;
}

const char *aggregate_read(enum aggregate_kind kind, struct span field, struct aggregate_value *value)
{
    value->is_set = !tsv_is_null(field);
    if (!value->is_set)
        return NULL;
    switch (kind) {
    case AGGREGATE_COUNT:
        value->count = 1;
        break;
    case AGGREGATE_COUNTS:
        return read_count(field, &value->count);
    case AGGREGATE_SUM:
        return decimal_status_text(decimal_parse(field, &value->sum));
    case AGGREGATE_MIN:
    case AGGREGATE_MAX:
        value->text = field;
        break;
    }
    return NULL;
}

void aggregate_free(enum aggregate_kind kind, struct aggregate_value *total)
{
    if (kind == AGGREGATE_MIN || kind == AGGREGATE_MAX)
        free((char *)total->text.at);
}

static void keep(enum aggregate_kind kind, struct aggregate_value *total, struct span text)
{
    aggregate_free(kind, total);
    total->text = (struct span){ xmemdup(text.at, text.len), text.len };
}

bool xaggregate_add(enum aggregate_kind kind, struct aggregate_value *total, const struct aggregate_value *value)
{
    if (!value->is_set)
        return true;
    bool is_first = !total->is_set;
    total->is_set = true;
    switch (kind) {
    case AGGREGATE_COUNT:
    case AGGREGATE_COUNTS:
        return !__builtin_add_overflow(total->count, value->count, &total->count);
    case AGGREGATE_SUM:
        return decimal_add(&total->sum, &value->sum);
    case AGGREGATE_MIN:
        if (is_first || value_compare(value->text, total->text) < 0)
            keep(kind, total, value->text);
        break;
    case AGGREGATE_MAX:
        if (is_first || value_compare(value->text, total->text) > 0)
            keep(kind, total, value->text);
        break;
    }
    return true;
}

void xaggregate_write(struct writer *w, enum aggregate_kind kind, const struct aggregate_value *total)
{
    bool is_count = kind == AGGREGATE_COUNT || kind == AGGREGATE_COUNTS;

    if (!total->is_set && !is_count) {
        xwriter_bytes(w, span_of("\\N"));
    } else if (kind == AGGREGATE_MIN || kind == AGGREGATE_MAX) {
        xwriter_bytes(w, total->text);
    } else {
        struct decimal d = total->sum;
        char text[DECIMAL_SIZE];
        if (is_count)
            d = (struct decimal){ (__int128)total->count, 0 };
        xwriter_bytes(w, (struct span){ text, decimal_format(&d, text) });
    }
}
