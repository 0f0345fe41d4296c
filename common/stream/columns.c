/* SPDX-License-Identifier: MIT */
#include "stream/columns.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/die.h"
#include "base/memory.h"
#include "base/quote.h"
#include "stream/tsv.h"

/* Dies: UNKNOWN is not a column of H. */
static _Noreturn void die_unknown(const struct header *h, const char *where, struct span unknown)
{
    const char *colon = where != NULL ? ": " : "";
    char list[2000] = "";
    size_t used = 0;
    struct quoted q;

    if (where == NULL)
        where = "";
    if (h->names == NULL)
        die_usage("%s%sunknown column %s; without a header there are columns 1 to %zu", where, colon,
                  quote(&q, unknown), h->n);
    for (size_t i = 0; i < h->n && used + QUOTE_SIZE + 8 < sizeof list; i++) {
        struct quoted column;
        used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", i > 0 ? ", " : "",
                                 quote(&column, h->names[i]));
        if (i + 1 < h->n && used + QUOTE_SIZE + 8 >= sizeof list)
            strcat(list, ", ...");
    }
    die_usage("%s%sunknown column %s; the columns are %s", where, colon, quote(&q, unknown), list);
}

/* Whether H is the header of an empty input under -N: it has no columns and needs none. */
static bool is_empty(const struct header *h)
{
    return h->names == NULL && h->n == 0;
}

/* A walk through the items of a list: the next one is at AT, or in argument I if that is NULL. */
struct walk {
    const struct option_list *list;
    size_t i;
    const char *at;
};

/* Sets *ITEM to the next item, a view of the list. False after the last. */
static bool next_item(struct walk *w, struct span *item)
{
    if (w->at == NULL && w->i == w->list->n)
        return false;
    const char *at = w->at != NULL ? w->at : w->list->at[w->i++];
    *item = (struct span){ at, strcspn(at, ",") };
    w->at = at[item->len] != '\0' ? at + item->len + 1 : NULL;
    return true;
}

size_t columns_count(const struct option_list *list)
{
    struct walk w = { .list = list };
    struct span item;
    size_t n = 0;

    while (next_item(&w, &item))
        n++;
    return n;
}

/* columns_find() that also sets *UNKNOWN, a view of LIST, to the first unknown item. */
static bool find(struct columns *columns, const struct header *h, const struct option_list *list, struct span *unknown)
{
    struct walk w = { .list = list };

    *columns = (struct columns){ .at = xcalloc(columns_count(list), sizeof *columns->at) };
    while (next_item(&w, unknown))
        if (!header_find(h, *unknown, &columns->at[columns->n++]))
            return false;
    return true;
}

bool columns_find(struct columns *columns, const struct header *h, const char *list)
{
    struct option_list one = { 1, { list } };
    struct span unknown;

    return find(columns, h, &one, &unknown);
}

struct columns xcolumns(const struct header *h, const char *where, const struct option_list *list)
{
    struct columns columns = { 0, NULL };
    struct span unknown;

    if (!is_empty(h) && !find(&columns, h, list, &unknown))
        die_unknown(h, where, unknown);
    return columns;
}

size_t xcolumns_one(const struct header *h, const char *where, struct span column)
{
    size_t found = 0;

    if (!is_empty(h) && !header_find(h, column, &found))
        die_unknown(h, where, column);
    return found;
}

/* Finds the column that ITEM means and its *NAME; if there is none, *UNKNOWN is the part that should name one. */
static bool find_named(const struct header *h, struct span item, size_t *column, struct span *name,
                       struct span *unknown)
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

struct columns xcolumns_named(const struct header *h, const char *where, const struct option_list *list,
                              struct span **names)
{
    size_t n = columns_count(list);
    struct columns columns = { n, NULL };
    struct walk w = { .list = list };
    struct span item;
    struct span unknown;

    *names = NULL;
    if (is_empty(h))
        return columns;
    columns.at = xcalloc(n, sizeof *columns.at);
    *names = xcalloc(n, sizeof **names);
    for (size_t i = 0; next_item(&w, &item); i++)
        if (!find_named(h, item, &columns.at[i], &(*names)[i], &unknown))
            die_unknown(h, where, unknown);
    return columns;
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

/* Whether COLUMNS are adjacent and in order. */
static bool is_run(const struct columns *columns)
{
    for (size_t i = 1; i < columns->n; i++)
        if (columns->at[i] != columns->at[i - 1] + 1)
            return false;
    return true;
}

struct span xcolumns_join(const struct columns *columns, const struct record *r, struct buffer *buffer)
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
    char *out = xbuffer_reserve(buffer, len);
    for (size_t i = 0; i < columns->n; i++) {
        struct span field = record_field(r, columns->at[i]);
        memcpy(out, field.at, field.len);
        out += field.len;
        *out++ = '\t';
    }
    return (struct span){ buffer->at, len - 1 };
}

struct span xcolumns_fold(struct span key, struct buffer *buffer)
{
    char *text = key.at == buffer->at ? buffer->at : xbuffer_reserve(buffer, key.len);

    memmove(text, key.at, key.len);
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
    for (size_t i = 0; r->is_special && i < columns->n; i++)
        if (tsv_is_null(record_field(r, columns->at[i])))
            return true;
    return false;
}

void columns_free(struct columns *columns)
{
    free(columns->at);
}
