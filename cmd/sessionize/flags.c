/* SPDX-License-Identifier: MIT */
#include "flags.h"

#include <stdlib.h>

#include "base/die.h"
#include "base/memory.h"
#include "base/quote.h"
#include "stream/tsv.h"

void xflags_parse(struct flags *f, const struct option_list *options)
{
    struct quoted q;

    *f = (struct flags){ options->n, xcalloc(options->n, sizeof *f->at) };
    for (size_t i = 0; i < f->n; i++) {
        struct span text = span_of(options->at[i]);
        struct span name = { text.at, strcspn(text.at, "=") };
        if (name.len == 0 || name.len == text.len)
            die_usage("--flag: \"%s\" must be NAME=CONDITION", quote(&q, text));
        if (!xtsv_is_field(name))
            die_usage("--flag: \"%s\" has a name that must be escaped as in a header line", quote(&q, text));
        f->at[i].name = name;
    }
}

void xflags_resolve(struct flags *f, const struct option_list *options, const struct header *h)
{
    for (size_t i = 0; i < f->n; i++) {
        xcondition_parse(&f->at[i].condition, h, options->at[i] + f->at[i].name.len + 1);
        if (f->at[i].condition.type != TYPE_ANY)
            die_usage("--flag: a condition must not have a type");
    }
}

uint64_t xflags_mark(struct flags *f, uint64_t marks, const struct record *r)
{
    const char *reason;
    size_t column;

    for (size_t i = 0; i < f->n; i++)
        if ((marks >> i & 1) == 0 && xcondition_check(&f->at[i].condition, r, &column, &reason) == CONDITION_HOLDS)
            marks |= UINT64_C(1) << i;
    return marks;
}

void flags_free(struct flags *f)
{
    for (size_t i = 0; i < f->n; i++)
        condition_free(&f->at[i].condition);
    free(f->at);
}
