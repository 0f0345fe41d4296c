/* SPDX-License-Identifier: MIT */
#include "sample.h"

#include <stdlib.h>

#include "base/memory.h"

struct sampled_line {
    size_t start;
    size_t len;
    uint64_t line;
    bool is_special;
};

void xsample_open(struct sample *s)
{
    *s = (struct sample){ .lines = xcalloc(SAMPLE_RECORDS, sizeof *s->lines) };
}

bool sample_is_full(const struct sample *s)
{
    return s->n == SAMPLE_RECORDS || s->used >= SAMPLE_BYTES;
}

void xsample_add(struct sample *s, const struct record *r)
{
    if (r->len > s->capacity - s->used) {
        s->capacity = 2 * s->capacity + r->len;
        s->text = xrealloc(s->text, s->capacity, 1);
    }
    if (r->len > 0)
        memcpy(s->text + s->used, r->text, r->len);
    s->lines[s->n++] = (struct sampled_line){ s->used, r->len, r->line, r->is_special };
    s->used += r->len;
}

void sample_record(const struct sample *s, size_t i, struct record *r)
{
    const struct sampled_line *l = &s->lines[i];

    r->text = s->text + l->start;
    r->line = l->line;
    r->is_special = l->is_special;
    record_resplit(r, l->len);
}

void sample_close(struct sample *s)
{
    free(s->text);
    free(s->lines);
}
