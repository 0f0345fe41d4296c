/* SPDX-License-Identifier: MIT */
#include "value/type_list.h"

#include <stdlib.h>

#include "base/die.h"
#include "base/memory.h"
#include "base/quote.h"
#include "base/words.h"

static struct typed_name parse_item(struct span item, bool requires_types)
{
    const char *colon = memrchr(item.at, ':', item.len);
    size_t len = colon != NULL ? (size_t)(colon - item.at) : item.len;
    struct typed_name d = { .name = xmemdup(item.at, len) };
    struct words words;
    struct quoted q;

    if (colon == NULL ? requires_types : !type_find((struct span){ colon + 1, item.len - len - 1 }, &d.type))
        die_usage("--types: %s: the type must be one of %s", quote(&q, item), words_list(&words, type_word));
    return d;
}

void xtype_list_parse(struct type_list *d, const struct option_list *list, bool requires_types)
{
    size_t len;

    *d = (struct type_list){ .n = 0 };
    for (size_t i = 0; i < list->n; i++)
        for (const char *at = list->at[i];; at += len + 1) {
            len = strcspn(at, ",");
            d->items = xgrow(d->items, d->n, sizeof *d->items);
            d->items[d->n++] = parse_item((struct span){ at, len }, requires_types);
            if (at[len] == '\0')
                break;
        }
}

void type_list_free(struct type_list *d)
{
    for (size_t i = 0; i < d->n; i++)
        free(d->items[i].name);
    free(d->items);
}
