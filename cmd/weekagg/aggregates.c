/* SPDX-License-Identifier: MIT */
#include "aggregates.h"

#include <stdlib.h>

#include "base/die.h"
#include "base/memory.h"
#include "base/quote.h"
#include "base/words.h"
#include "stream/hint.h"

enum { MEAN_SCALE = 6 };

/* Sets the function of A to the one that WORD, a part of OPERAND, names. */
static void find_function(struct aggregate *a, const char *operand, struct span word, bool is_merge)
{
    int i = aggregate_find(a, word);
    struct words words;
    struct quoted q;
    struct quoted shown;

    if (i < 0)
        xhint_file(span_of(operand));
    if (i < 0)
        die_usage("operand \"%s\": \"%s\" must be one of %s", quote(&q, span_of(operand)), quote(&shown, word),
                  words_list(&words, aggregate_word));
    a->word = word;
    a->function = aggregate_function(i, is_merge);
    if (a->function == NULL)
        die_usage("operand \"%s\" cannot be merged: the %s of parts is not the %s of the whole",
                  quote(&q, span_of(operand)), quote(&shown, word), shown.text);
}

/* Names A after its function and COLUMN. */
static void xname(struct aggregate *a, struct span column)
{
    xbuffer_append(&a->made, a->word);
    xbuffer_append(&a->made, span_of("_"));
    xbuffer_append(&a->made, column);
    a->name = buffer_span(&a->made);
}

static struct aggregate xparse(const char *operand, int scale, bool is_merge)
{
    const char *equals = strchr(operand, '=');
    const char *word = equals != NULL ? equals + 1 : operand;
    struct aggregate a = { .scale = scale };
    struct quoted q;

    quote(&q, span_of(operand));
    if (equals != NULL)
        a.name = (struct span){ operand, (size_t)(equals - operand) };
    if (equals == operand)
        die_usage("operand \"%s\" must be AGG, AGG:COL, NAME=AGG or NAME=AGG:COL", q.text);
    if (!xtsv_is_field(a.name))
        die_usage("operand \"%s\": the name must be escaped as in a header line", q.text);
    struct span agg = { word, strcspn(word, ":") };
    find_function(&a, operand, agg, is_merge);
    if (word[agg.len] == ':')
        a.of = span_of(word + agg.len + 1);
    else if (a.function->merge != MERGE_COUNTS && !(is_merge && equals != NULL))
        die_usage("operand \"%s\" requires a column: %s:COL", q.text, q.text);
    else if (equals == NULL)
        a.name = span_of("Count");
    if (is_merge && a.name.len == 0)
        xname(&a, a.of);
    if (is_merge)
        a.of = a.name;
    return a;
}

struct aggregates xaggregates_parse(char **operands, size_t n, uint64_t scale, bool is_merge)
{
    struct aggregates a = { .n = n, .at = xcalloc(n + 1, sizeof *a.at) };
    const bool has_scale = scale != UINT64_MAX;
    bool are_rounded = false;

    if (has_scale && scale > DECIMAL_DIGITS)
        die_usage("--scale must be at most %d decimal places", DECIMAL_DIGITS);
    for (size_t i = 0; i < n; i++) {
        a.at[i] = xparse(operands[i], has_scale ? (int)scale : MEAN_SCALE, is_merge);
        are_rounded |= a.at[i].function->is_rounded;
    }
    if (has_scale && !are_rounded)
        die_usage("--scale requires mean or stddev: other aggregates are not rounded");
    if (n == 0 && !is_merge)
        a.at[a.n++] = xparse("count", MEAN_SCALE, false);
    return a;
}

void xaggregates_resolve(struct aggregates *all, const struct header *h, size_t memory)
{
    for (size_t i = 0; i < all->n; i++) {
        struct aggregate *a = &all->at[i];
        if (a->function->tally != TALLY_NOTHING && all->tallied == NULL)
            all->tallied = xtallied_open(memory);
        if (a->of.at == NULL)
            continue;
        a->column = xcolumns_one(h, NULL, a->of);
        if (a->made.len > 0)
            a->name = h->names[a->column]; /* which COL may spell differently */
        else if (a->name.len == 0)
            xname(a, h->names != NULL ? h->names[a->column] : a->of);
    }
    all->values = xcalloc(all->n + h->n + 1, sizeof *all->values); /* room for xaggregates_rest() */
}

void xaggregates_rest(struct aggregates *a, const struct header *h, size_t first, const struct columns *groups)
{
    const struct aggregate_function *sum = aggregate_function(words_find(aggregate_word, span_of("sum")), true);
    bool *is_group = xcolumns_set(groups, h->n);

    a->at = xrealloc(a->at, h->n + 1, sizeof *a->at);
    for (size_t i = first; i < h->n; i++)
        if (!is_group[i])
            a->at[a->n++] = (struct aggregate){ .function = sum, .name = h->names[i], .of = h->names[i], .column = i };
    free(is_group);
}

void xaggregates_finish(struct aggregates *a, struct aggregate_total *totals)
{
    if (a->tallied != NULL)
        xtallied_finish(a->tallied, a->at, a->n, totals);
}

void aggregates_free(struct aggregates *a)
{
    for (size_t i = 0; i < a->n; i++)
        buffer_free(&a->at[i].made);
    free(a->at);
    free(a->values);
}
