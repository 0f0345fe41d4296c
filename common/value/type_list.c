/* SPDX-License-Identifier: MIT */
#include "value/type_list.h"

#include <stdlib.h>

#include "base/die.h"
#include "base/memory.h"
#include "base/quote.h"
#include "base/words.h"
#include "stream/columns.h"

static struct typed_name parse_item(struct span item, bool requires_types)
{
    const char *colon = memrchr(item.at, ':', item.len);
    struct typed_name d = { .name = { item.at, colon != NULL ? (size_t)(colon - item.at) : item.len } };
    struct words words;
    struct quoted q;

    if (colon == NULL ? requires_types : !type_find((struct span){ colon + 1, item.len - d.name.len - 1 }, &d.type))
        die_usage("--types: %s: the type must be one of %s", quote(&q, item), words_list(&words, type_word));
    return d;
}

void xtype_list_parse(struct type_list *d, const struct option_list *list, bool requires_types)
{
    struct span *items = xcolumns_items(list, &d->n);

    d->items = xcalloc(d->n, sizeof *d->items);
    for (size_t i = 0; i < d->n; i++)
        d->items[i] = parse_item(items[i], requires_types);
    free(items);
}

/* The columns of H that items which are no expansions name. */
static struct columns find_named(const struct type_list *d, const struct header *h)
{
    struct columns named = { 0, xcalloc(d->n, sizeof *named.at) };

    for (size_t i = 0; i < d->n; i++)
        named.n += header_find(h, d->items[i].name, &named.at[named.n]);
    return named;
}

enum type *xtype_list_resolve(const struct type_list *d, const struct header *h)
{
    enum type *types = xcalloc(h->n, sizeof *types);
    struct columns named = find_named(d, h);
    struct span *names = xcalloc(d->n, sizeof *names);
    struct quoted q;

    for (enum type type = TYPE_ANY + 1; type_word((int)type - 1) != NULL; type++) {
        size_t n = 0;
        for (size_t i = 0; i < d->n; i++)
            if (d->items[i].type == type)
                names[n++] = d->items[i].name;
        struct columns columns = xcolumns_of(h, "--types", names, n, &(struct columns_rules){ .hidden = &named });
        for (size_t i = 0; i < columns.n; i++) {
            if (types[columns.at[i]] != TYPE_ANY)
                die_usage("--types: duplicate column %s", header_label(h, columns.at[i], &q));
            types[columns.at[i]] = type;
        }
        columns_free(&columns);
    }
    columns_free(&named);
    free(names);
    return types;
}

void type_list_free(struct type_list *d)
{
    free(d->items);
}
