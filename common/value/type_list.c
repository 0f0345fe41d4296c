/* SPDX-License-Identifier: MIT */
#include "value/type_list.h"

#include <stdlib.h>

#include "base/memory.h"

static bool parse_item(struct typed_name *d, struct span item)
{
    const char *colon = memrchr(item.at, ':', item.len);
    size_t len = colon != NULL ? (size_t)(colon - item.at) : item.len;

    *d = (struct typed_name){ .name = xmemdup(item.at, len) };
    return colon == NULL || type_find((struct span){ colon + 1, item.len - len - 1 }, &d->type);
}

bool xtype_list_parse(struct type_list *d, const struct option_list *list, struct span *wrong)
{
    *d = (struct type_list){ .n = 0 };
    for (size_t i = 0; i < list->n; i++)
        for (const char *at = list->at[i];; at += wrong->len + 1) {
            *wrong = (struct span){ at, strcspn(at, ",") };
            d->items = xgrow(d->items, d->n, sizeof *d->items);
            if (!parse_item(&d->items[d->n++], *wrong))
                return false;
            if (at[wrong->len] == '\0')
                break;
        }
    return true;
}

void type_list_free(struct type_list *d)
{
    for (size_t i = 0; i < d->n; i++)
        free(d->items[i].name);
    free(d->items);
}
