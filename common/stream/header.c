/* SPDX-License-Identifier: MIT */
#include "stream/header.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "stream/tsv.h"

static int compare_names(const void *a, const void *b, void *names)
{
    const struct span *all = names;

    return span_compare(all[*(const size_t *)a], all[*(const size_t *)b]);
}

/* Returns NULL, or REASON, which says what is wrong with a name of H. */
static const char *check_names(const struct header *h, char reason[HEADER_REASON_SIZE])
{
    struct quoted q;

    for (size_t i = 0; i < h->n; i++) {
        struct span name = h->names[h->by_name[i]];
        if (tsv_is_null(name)) {
            snprintf(reason, HEADER_REASON_SIZE, "the name of column %zu is null", h->by_name[i] + 1);
            return reason;
        }
        if (i > 0 && span_equal(h->names[h->by_name[i - 1]], name)) {
            size_t i1 = h->by_name[i - 1] + 1;
            size_t i2 = h->by_name[i] + 1;
            if (name.len == 0)
                snprintf(reason, HEADER_REASON_SIZE, "columns %zu and %zu both have an empty name", i1 < i2 ? i1 : i2,
                         i1 < i2 ? i2 : i1);
            else
                snprintf(reason, HEADER_REASON_SIZE, "duplicate column %s", quote(&q, name));
            return reason;
        }
    }
    return NULL;
}

const char *xheader_make(struct header *h, const struct record *r, char reason[HEADER_REASON_SIZE])
{
    *h = (struct header){
        .n = r->n_fields,
        .names = xcalloc(r->n_fields, sizeof *h->names),
        .text = xmemdup(r->text, r->len),
        .len = r->len,
        .by_name = xcalloc(r->n_fields, sizeof *h->by_name),
    };
    for (size_t i = 0; i < h->n; i++) {
        struct span name = record_field(r, i);
        h->names[i] = (struct span){ h->text + (name.at - r->text), name.len };
        h->by_name[i] = i;
    }
    qsort_r(h->by_name, h->n, sizeof *h->by_name, compare_names, h->names);
    return check_names(h, reason);
}

const char *xheader_parse(struct header *h, struct span line, char reason[HEADER_REASON_SIZE])
{
    struct record r = { .text = (char *)line.at };

    xrecord_size(&r, 1);
    record_resplit(&r, line.len);
    xrecord_size(&r, r.n_fields);
    record_resplit(&r, line.len);
    const char *error = xheader_make(h, &r, reason);
    record_free(&r);
    return error;
}

void header_number(struct header *h, size_t n)
{
    *h = (struct header){ .n = n };
}

void header_free(struct header *h)
{
    free(h->names);
    free(h->text);
    free(h->by_name);
    *h = (struct header){ .n = 0 };
}

bool header_find_number(const struct header *h, struct span text, size_t *column)
{
    size_t number = 0;

    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] < '0' || text.at[i] > '9' || i == 9)
            return false;
        number = number * 10 + (size_t)(text.at[i] - '0');
    }
    *column = number - 1;
    return number >= 1 && number <= h->n;
}

bool header_find_name(const struct header *h, struct span name, size_t *column)
{
    size_t low = 0;
    size_t high = h->names != NULL ? h->n : 0;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = span_compare(name, h->names[h->by_name[middle]]);
        if (order == 0) {
            *column = h->by_name[middle];
            return true;
        }
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}

bool header_find(const struct header *h, struct span name, size_t *column)
{
    size_t offset;

    if (header_find_number(h, name, column))
        return true;
    char *copy = xmemdup(name.at, name.len);
    bool is_found = tsv_normalize(copy, &name.len, &offset) == TSV_OK &&
                    header_find_name(h, (struct span){ copy, name.len }, column);
    free(copy);
    return is_found;
}

bool header_is(const struct header *h, struct span line)
{
    return h->names != NULL && span_equal(line, (struct span){ h->text, h->len });
}

const char *header_label(const struct header *h, size_t column, struct quoted *q)
{
    if (h->names != NULL)
        return quote(q, h->names[column]);
    snprintf(q->text, sizeof q->text, "%zu", column + 1);
    return q->text;
}
