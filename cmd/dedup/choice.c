/* SPDX-License-Identifier: MIT */
#include "choice.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "value/order.h"

const char *choice_word(int i)
{
    static const char *const words[] = { [CHOICE_FIRST] = "first", [CHOICE_LAST] = "last" };

    return (size_t)i < sizeof words / sizeof *words ? words[i] : NULL;
}

void xchoice_open(struct choice *c, enum choice_rule rule, struct columns by, size_t n_columns)
{
    *c = (struct choice){ .rule = rule, .by = by };
    c->later.starts = xcalloc(n_columns + 1, sizeof *c->later.starts);
    c->earlier.starts = xcalloc(n_columns + 1, sizeof *c->earlier.starts);
}

static void set_record(struct choice_fields *fields, struct span record)
{
    fields->end = record.at + record.len;
    fields->starts[0] = record.at;
    fields->n = 0;
}

static struct span field(struct choice_fields *fields, size_t i)
{
    const char **starts = fields->starts;
    const char *end = fields->end;

    while (fields->n <= i) {
        const char *start = starts[fields->n];
        const char *tab = memchr(start, '\t', (size_t)(end - start));
        starts[++fields->n] = (tab != NULL ? tab : end) + 1;
    }
    return (struct span){ starts[i], (size_t)(starts[i + 1] - 1 - starts[i]) };
}

bool choice_replaces(struct choice *c, struct span later, struct span earlier)
{
    if (c->rule == CHOICE_FIRST || c->rule == CHOICE_LAST)
        return c->rule == CHOICE_LAST;
    set_record(&c->later, later);
    set_record(&c->earlier, earlier);
    for (size_t i = 0; i < c->by.n; i++) {
        int order = order_compare(field(&c->later, c->by.at[i]), field(&c->earlier, c->by.at[i]));
        if (order != 0)
            return c->rule == CHOICE_MAX ? order > 0 : order < 0;
    }
    return false;
}

void choice_close(struct choice *c)
{
    free(c->later.starts);
    free(c->earlier.starts);
}
