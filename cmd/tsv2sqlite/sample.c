/* SPDX-License-Identifier: MIT */
#include "sample.h"

#include <stdlib.h>

#include "base/memory.h"
#include "stream/tsv.h"
#include "sqlite_value.h"

enum {
    SAMPLE_RECORDS = 10000,
    SAMPLE_BYTES = 8 << 20,
};

/* What the values of a column have in common. Neither type includes the other: not every integer is a double. */
struct guess {
    bool has_values;
    bool not_int;
    bool not_num;
};

bool sample_is_full(const struct batch *b)
{
    return b->n == SAMPLE_RECORDS || b->text.len >= SAMPLE_BYTES;
}

static void add(struct guess *g, struct span value)
{
    struct sqlite_value v;

    g->has_values = true;
    if (!g->not_int)
        g->not_int = !sqlite_value_read(&v, value, AFFINITY_NUMERIC) || v.storage != STORED_INTEGER;
    if (!g->not_num)
        g->not_num = !sqlite_value_read(&v, value, AFFINITY_REAL) || v.storage != STORED_REAL;
}

enum type *xsample_types(struct batch *b, size_t n)
{
    struct guess *guesses = xcalloc(n, sizeof *guesses);
    enum type *types = xcalloc(n, sizeof *types);

    while (batch_next(b))
        for (size_t k = 0; k < n; k++)
            if (!tsv_is_null(record_field(&b->record, k)))
                add(&guesses[k], record_field(&b->record, k));
    b->at = 0;
    for (size_t k = 0; k < n; k++) {
        const struct guess *g = &guesses[k];
        types[k] = g->has_values && !g->not_int ? TYPE_INT : g->has_values && !g->not_num ? TYPE_NUM : TYPE_STR;
    }
    free(guesses);
    return types;
}
