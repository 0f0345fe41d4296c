/* SPDX-License-Identifier: MIT */
#include "sample.h"

#include <stdlib.h>

#include "base/memory.h"
#include "stream/tsv.h"
#include "sqlite_value.h"

struct sampled_line {
    size_t start; /* in the text of the sample */
    size_t len;
    uint64_t line;
    bool is_special;
};

/* What the values of a column have in common. Neither type includes the other: not every integer is a double. */
struct guess {
    bool has_values;
    bool not_int;
    bool not_num;
};

void xsample_open(struct sample *s)
{
    *s = (struct sample){ .lines = xcalloc(SAMPLE_RECORDS, sizeof *s->lines) };
}

bool sample_is_full(const struct sample *s)
{
    return s->n == SAMPLE_RECORDS || s->text.len >= SAMPLE_BYTES;
}

void xsample_add(struct sample *s, const struct record *r)
{
    s->lines[s->n++] = (struct sampled_line){ s->text.len, r->len, r->line, r->is_special };
    xbuffer_append(&s->text, record_line(r));
}

void sample_record(const struct sample *s, size_t i, struct record *r)
{
    const struct sampled_line *l = &s->lines[i];

    r->text = s->text.at + l->start;
    r->line = l->line;
    r->is_special = l->is_special;
    record_resplit(r, l->len);
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

enum type *xsample_types(const struct sample *s, size_t n, struct record *r)
{
    struct guess *guesses = xcalloc(n, sizeof *guesses);
    enum type *types = xcalloc(n, sizeof *types);

    for (size_t i = 0; i < s->n; i++) {
        sample_record(s, i, r);
        for (size_t k = 0; k < n; k++)
            if (!tsv_is_null(record_field(r, k)))
                add(&guesses[k], record_field(r, k));
    }
    for (size_t k = 0; k < n; k++) {
        const struct guess *g = &guesses[k];
        types[k] = g->has_values && !g->not_int ? TYPE_INT : g->has_values && !g->not_num ? TYPE_NUM : TYPE_STR;
    }
    free(guesses);
    return types;
}

void sample_close(struct sample *s)
{
    buffer_free(&s->text);
    free(s->lines);
}
