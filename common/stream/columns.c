/* SPDX-License-Identifier: MIT */
#include "stream/columns.h"

#include <stdlib.h>

#include "base/memory.h"
#include "stream/tsv.h"

/* The item of a list that starts at TEXT, up to a comma or its end. */
static struct span item_at(const char *text)
{
    return (struct span){ text, strcspn(text, ",") };
}

size_t columns_count(const char *list)
{
    size_t n = 1;

    for (; *list != '\0'; list++)
        n += *list == ',';
    return n;
}

bool columns_find(struct columns *columns, const struct header *h, const char *list, struct span *unknown)
{
    *columns = (struct columns){ .at = xcalloc(columns_count(list), sizeof *columns->at) };
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

/* Finds the column that ITEM means, and in *NAME what it is to be called; else *UNKNOWN is what should be a column. */
static bool find_named(const struct header *h, struct span item, size_t *column, struct span *name, struct span *unknown)
{
    *unknown = item;
    if (header_find(h, item, column)) {
        *name = h->names != NULL ? h->names[*column] : (struct span){ "", 0 };
        return true;
    }
    for (size_t i = item.len; i-- > 0;)
        if (item.at[i] == '=')
            *unknown = (struct span){ item.at + i + 1, item.len - i - 1 };
    for (size_t i = 0; i < item.len; i++) {
        struct span rest = { item.at + i + 1, item.len - i - 1 };
        *name = (struct span){ item.at, i };
        if (item.at[i] == '=' && header_find(h, rest, column))
            return true;
    }
    return false;
}

bool columns_find_named(struct columns *columns, struct span **names, const struct header *h, const char *list,
                        struct span *unknown)
{
    size_t n = columns_count(list);

    *columns = (struct columns){ .at = xcalloc(n, sizeof *columns->at) };
    *names = xcalloc(n, sizeof **names);
    for (; columns->n < n; columns->n++) {
        struct span item = item_at(list);
        if (!find_named(h, item, &columns->at[columns->n], &(*names)[columns->n], unknown))
            return false;
        list += item.len + 1;
    }
    return true;
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

bool *xcolumns_set(const struct columns *columns, size_t n)
{
    bool *set = xcalloc(n, sizeof *set);

    for (size_t i = 0; i < columns->n; i++)
        set[columns->at[i]] = true;
    return set;
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

struct span xcolumns_fold(struct span key, char **buffer, size_t *capacity)
{
    if (key.len > *capacity) {
        char *copy = xmalloc(2 * key.len); /* not realloc(): KEY may be in the buffer */
        memcpy(copy, key.at, key.len);
        free(*buffer);
        *buffer = copy;
        *capacity = 2 * key.len;
    } else if (key.len > 0) {
        memmove(*buffer, key.at, key.len);
    }
    char *text = *buffer;
    for (size_t i = 0; i < key.len; i++) {
        if (text[i] == '\\')
            i++;
        else if (text[i] >= 'A' && text[i] <= 'Z')
            text[i] = (char)(text[i] | 0x20);
    }
    return (struct span){ text, key.len };
}

bool columns_have_null(const struct columns *columns, const struct record *r)
{
    for (size_t i = 0; r->is_odd && i < columns->n; i++)
        if (tsv_is_null(record_field(r, columns->at[i])))
            return true;
    return false;
}

void columns_free(struct columns *columns)
{
    free(columns->at);
}
