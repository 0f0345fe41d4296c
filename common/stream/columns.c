/* SPDX-License-Identifier: MIT */
#include "stream/columns.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/die.h"
#include "base/memory.h"
#include "base/quote.h"
#include "stream/column_item.h"
#include "stream/hint.h"
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
    const char *what = memchr(unknown.at, '*', unknown.len) != NULL ? "no column matches" : "unknown column";
    if (h->names == NULL)
        die_usage("%s%s%s %s; without a header there are columns 1 to %zu", where, colon, what, quote(&q, unknown),
                  h->n);
    for (size_t i = 0; i < h->n && used + QUOTE_SIZE + 8 < sizeof list; i++) {
        struct quoted column;
        used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", i > 0 ? ", " : "",
                                 quote(&column, h->names[i]));
        if (i + 1 < h->n && used + QUOTE_SIZE + 8 >= sizeof list)
            strcat(list, ", ...");
    }
    die_usage("%s%s%s %s; the columns are %s%s", where, colon, what, quote(&q, unknown), list,
              hint_header((struct span){ h->text, h->len }));
}

/* Whether H is the header of an empty input under -N: it has no columns and needs none. */
static bool is_empty(const struct header *h)
{
    return h->names == NULL && h->n == 0;
}

struct span *xcolumns_items(const struct option_list *list, size_t *n)
{
    struct span *items = NULL;

    *n = 0;
    for (size_t i = 0; i < list->n; i++)
        for (const char *at = list->at[i];; at += items[*n - 1].len + 1) {
            items = xgrow(items, *n, sizeof *items);
            items[(*n)++] = (struct span){ at, strcspn(at, ",") };
            if (at[items[*n - 1].len] == '\0')
                break;
        }
    return items;
}

/* A list being resolved. */
struct selection {
    const struct header *h;
    const char *where;
    bool *is_excluded; /* columns that an item with "!" names */
    bool *is_taken;    /* columns that no expansion selects again */
    struct columns columns;
    struct span *names; /* of the columns; NULL: not wanted */
};

/* Cuts "NAME=" off *TEXT if a column of H follows, and returns NAME; AT is NULL if it does not, or TEXT is a column. */
static struct span cut_name(const struct header *h, struct span *text)
{
    struct span all = *text;
    size_t column;

    for (size_t i = 0; i < all.len && !header_find(h, *text, &column); i++)
        if (all.at[i] == '=') {
            struct span rest = { all.at + i + 1, all.len - i - 1 };
            if (header_find(h, rest, &column)) {
                *text = rest;
                return (struct span){ all.at, i };
            }
        }
    return (struct span){ NULL, 0 };
}

/* die_unknown() for OPERAND, all or a part of which is UNKNOWN. */
static _Noreturn void die_operand(const struct header *h, struct span operand, struct span unknown)
{
    struct quoted q;

    xhint_file(operand);
    if (memchr(unknown.at, ',', unknown.len) != NULL && *hint_header((struct span){ h->text, h->len }) == '\0')
        die_usage("unknown column %s; give each column as an operand of its own", quote(&q, unknown));
    die_unknown(h, NULL, unknown);
}

/* Parses the item TEXT. Returns its NAME if names are wanted and it has one, else null. */
static struct span parse(const struct selection *s, struct span text, struct column_item *item)
{
    struct span name = s->names != NULL ? cut_name(s->h, &text) : (struct span){ NULL, 0 };
    struct span unknown;

    if (!column_item_parse(item, s->h, text, &unknown)) {
        const char *equals = s->names != NULL ? memchr(unknown.at, '=', unknown.len) : NULL;
        if (equals != NULL)
            unknown = (struct span){ equals + 1, (size_t)(unknown.at + unknown.len - equals - 1) };
        if (s->where == NULL)
            die_operand(s->h, text, unknown);
        die_unknown(s->h, s->where, unknown);
    }
    return name;
}

/* Selects the columns of ITEM, called NAME or, if that is null, by their own names. */
static void add(struct selection *s, const struct column_item *item, struct span name)
{
    for (size_t i = item->first; i <= item->last; i++) {
        if (s->is_excluded[i] || (!item->is_single && (s->is_taken[i] || !column_item_has(item, s->h, i))))
            continue;
        if (s->names != NULL)
            s->names[s->columns.n] = name.at != NULL         ? name
                                     : s->h->names != NULL ? s->h->names[i]
                                                             : (struct span){ "", 0 };
        s->is_taken[i] = true;
        s->columns.at[s->columns.n++] = i;
    }
}

/* Resolves the N items at TEXTS. Items that exclude come first, because they apply to the whole list. */
static void resolve(struct selection *s, const struct span *texts, size_t n)
{
    struct column_item item;
    bool excludes_only = true;

    for (size_t i = 0; i < n; i++) {
        parse(s, texts[i], &item);
        excludes_only &= item.excludes;
        for (size_t j = item.first; j <= item.last && item.excludes; j++)
            s->is_excluded[j] |= column_item_has(&item, s->h, j);
    }
    for (size_t i = 0; i < n; i++) {
        struct span name = parse(s, texts[i], &item);
        if (!item.excludes)
            add(s, &item, name);
    }
    if (excludes_only)
        add(s, &(struct column_item){ .last = s->h->n - 1 }, (struct span){ NULL, 0 });
}

struct columns xcolumns_of(const struct header *h, const char *where, const struct span *items, size_t n,
                           const struct columns_rules *rules)
{
    struct selection s = { .h = h, .where = where };

    if (rules->names != NULL)
        *rules->names = NULL;
    if (n == 0 || is_empty(h))
        return (struct columns){ rules->names != NULL ? n : 0, NULL };
    s.columns.at = xcalloc(n + h->n, sizeof *s.columns.at);
    s.is_taken = xcolumns_set(rules->hidden != NULL ? rules->hidden : &s.columns, h->n);
    s.is_excluded = xcalloc(h->n, sizeof *s.is_excluded);
    if (rules->names != NULL)
        s.names = *rules->names = xcalloc(n + h->n, sizeof *s.names);
    resolve(&s, items, n);
    if (s.columns.n == 0)
        die_usage("%s%sno column is left", where != NULL ? where : "", where != NULL ? ": " : "");
    free(s.is_taken);
    free(s.is_excluded);
    return s.columns;
}

struct columns xcolumns_by(const struct header *h, const char *where, const struct option_list *list,
                           const struct columns_rules *rules)
{
    size_t n;
    struct span *items = xcolumns_items(list, &n);
    struct columns columns = xcolumns_of(h, where, items, n, rules);

    free(items);
    return columns;
}

struct columns xcolumns(const struct header *h, const char *where, const struct option_list *list)
{
    return xcolumns_by(h, where, list, &(struct columns_rules){ .hidden = NULL });
}

struct columns xcolumns_like(const struct header *h, const char *where, const struct header *like,
                             const struct columns *columns)
{
    struct columns same = xcolumns_first(is_empty(h) ? 0 : columns->n);
    struct quoted number;

    for (size_t i = 0; i < same.n; i++) {
        size_t column = columns->at[i];
        struct span name = like->names != NULL ? like->names[column] : span_of(header_label(like, column, &number));
        if (!(like->names != NULL ? header_find_name : header_find)(h, name, &same.at[i]))
            die_unknown(h, where, name);
    }
    return same;
}

size_t xcolumns_one(const struct header *h, const char *where, struct span column)
{
    size_t found = 0;

    if (!is_empty(h) && !header_find(h, column, &found))
        die_unknown(h, where, column);
    return found;
}

bool columns_find(struct columns *columns, const struct header *h, const char *list)
{
    struct option_list one = { 1, { list } };
    size_t n;
    struct span *items = xcolumns_items(&one, &n);
    bool is_found = true;

    *columns = (struct columns){ .at = xcalloc(n, sizeof *columns->at) };
    for (size_t i = 0; i < n && is_found; i++)
        is_found = header_find(h, items[i], &columns->at[columns->n++]);
    free(items);
    return is_found;
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

bool columns_are_adjacent(const struct columns *columns)
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
    if (columns_are_adjacent(columns)) {
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
