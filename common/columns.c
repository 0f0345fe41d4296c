/* SPDX-License-Identifier: MIT */
#include "columns.h"

#include <stdlib.h>

#include "memory.h"

/* The item of a list that starts at TEXT, up to a comma or its end. */
static struct span item_at(const char *text)
{
    return (struct span){ text, strcspn(text, ",") };
}

bool columns_find(struct columns *columns, const struct header *h, const char *list, struct span *unknown)
{
    size_t commas = 0;

    for (const char *c = list; *c != '\0'; c++)
        commas += *c == ',';
    *columns = (struct columns){ .at = xcalloc(commas + 1, sizeof *columns->at) };
    for (;;) {
        struct span item = item_at(list);
        if (!header_find(h, item, &columns->at[columns->n])) {
            *unknown = item;
            return false;
        }
        columns->n++;
        if (item.at[item.len] == '\0')
            return true;
        list = item.at + item.len + 1;
    }
}

struct columns xcolumns_first(size_t n)
{
    struct columns columns = { n, xcalloc(n, sizeof *columns.at) };

    for (size_t i = 0; i < n; i++)
        columns.at[i] = i;
    return columns;
}

bool columns_have(const struct columns *columns, size_t column)
{
    for (size_t i = 0; i < columns->n; i++)
        if (columns->at[i] == column)
            return true;
    return false;
}

static bool is_run(const struct columns *columns)
{
    for (size_t i = 1; i < columns->n; i++)
        if (columns->at[i] != columns->at[i - 1] + 1)
            return false;
    return true;
}

struct span xcolumns_join(const struct columns *columns, const struct record *r, char **buffer, size_t *capacity)
{
    size_t len = 0;

    if (columns->n == 0)
        return (struct span){ r->text, 0 };
    if (is_run(columns)) {
        const char *start = r->starts[columns->at[0]];
        return (struct span){ start, (size_t)(r->starts[columns->at[columns->n - 1] + 1] - 1 - start) };
    }
    for (size_t i = 0; i < columns->n; i++)
        len += record_field(r, columns->at[i]).len + 1;
    if (len > *capacity) {
        *capacity = 2 * len;
        *buffer = xrealloc(*buffer, *capacity, 1);
    }
    char *out = *buffer;
    for (size_t i = 0; i < columns->n; i++) {
        struct span field = record_field(r, columns->at[i]);
        memcpy(out, field.at, field.len);
        out += field.len;
        *out++ = '\t';
    }
    return (struct span){ *buffer, len - 1 };
}

void columns_free(struct columns *columns)
{
    free(columns->at);
}
