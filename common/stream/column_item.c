/* SPDX-License-Identifier: MIT */
#include "stream/column_item.h"

/* Whether PATTERN matches all of TEXT. A "*" first matches nothing, and after each mismatch one byte more. */
static bool matches(struct span pattern, struct span text)
{
    size_t p = 0;
    size_t star = pattern.len; /* the last "*" passed */
    size_t retry = 0;          /* where it ends in TEXT */

    for (size_t i = 0; i < text.len;) {
        if (p < pattern.len && pattern.at[p] == '*') {
            star = p++;
            retry = i;
        } else if (p < pattern.len && pattern.at[p] == text.at[i]) {
            p++;
            i++;
        } else if (star < pattern.len) {
            p = star + 1;
            i = ++retry;
        } else {
            return false;
        }
    }
    while (p < pattern.len && pattern.at[p] == '*')
        p++;
    return p == pattern.len;
}

bool column_item_has(const struct column_item *item, const struct header *h, size_t column)
{
    struct quoted number;

    return column >= item->first && column <= item->last && (item->pattern.at == NULL ||
           matches(item->pattern, h->names != NULL ? h->names[column] : span_of(header_label(h, column, &number))));
}

/* Parses FIRST-LAST. */
static bool parse_range(struct column_item *item, const struct header *h, struct span text)
{
    const char *dash = memchr(text.at, '-', text.len);

    return dash != NULL && header_find_number(h, (struct span){ text.at, (size_t)(dash - text.at) }, &item->first) &&
           header_find_number(h, (struct span){ dash + 1, (size_t)(text.at + text.len - dash - 1) }, &item->last) &&
           item->first <= item->last;
}

static bool parse_pattern(struct column_item *item, const struct header *h, struct span text)
{
    bool is_pattern = memchr(text.at, '*', text.len) != NULL;

    item->pattern = text;
    item->first = 0;
    item->last = h->n - 1;
    for (size_t i = 0; is_pattern && i < h->n; i++)
        if (column_item_has(item, h, i))
            return true;
    return false;
}

bool column_item_parse(struct column_item *item, const struct header *h, struct span text, struct span *unknown)
{
    bool excludes = text.len > 0 && *text.at == '!' && !header_find(h, text, &item->first);

    if (excludes)
        text = (struct span){ text.at + 1, text.len - 1 };
    *item = (struct column_item){ .excludes = excludes };
    *unknown = text;
    if (header_find(h, text, &item->first)) {
        item->last = item->first;
        item->is_single = !excludes;
        return true;
    }
    return parse_range(item, h, text) || parse_pattern(item, h, text);
}
