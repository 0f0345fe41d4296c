/* SPDX-License-Identifier: MIT */
#include "json_layout.h"

#include <stdlib.h>

#include "base/keyset.h"
#include "base/memory.h"
#include "stream/tsv.h"
#include "value/json.h"
#include "value/json_path.h"
#include "json_write.h"

enum { ROOT = 0 };

/* A key in the tree of all paths. Links are indices of nodes; ROOT means none, because it is no node's child. */
struct node {
    size_t parent;
    size_t first; /* child */
    size_t last;
    size_t next;  /* sibling */
    size_t depth; /* keys from the root to here */
    size_t column;
    bool is_member;
    char *text;   /* `"key":` */
    size_t len;
};

struct tree {
    struct node *nodes;
    size_t n;
    struct keyset keys; /* parent and key; the payload is the index of the node */
};

/* Sets the text of NODE for KEY, spelled as a field. */
static void set_text(struct node *node, struct span key)
{
    node->text = xmalloc(JSON_WIDEST * key.len + 4);
    node->text[0] = '"';
    char *end = json_write_escape(node->text + 1, key);
    *end++ = '"';
    *end++ = ':';
    node->len = (size_t)(end - node->text);
}

/* The child of PARENT for KEY, created if it does not exist. */
static size_t xadd_child(struct tree *t, size_t parent, struct span key)
{
    char *name = xmalloc(sizeof parent + key.len);
    bool is_new;

    memcpy(name, &parent, sizeof parent);
    memcpy(name + sizeof parent, key.at, key.len);
    struct span whole = { name, sizeof parent + key.len };
    size_t *index = xkeyset_add(&t->keys, keyset_hash(&t->keys, whole), whole, &is_new);
    free(name);
    if (!is_new)
        return *index;
    *index = t->n;
    t->nodes = xgrow(t->nodes, t->n, sizeof *t->nodes);
    struct node *node = &t->nodes[t->n];
    *node = (struct node){ .parent = parent, .depth = t->nodes[parent].depth + 1 };
    set_text(node, key);
    if (t->nodes[parent].first == ROOT)
        t->nodes[parent].first = t->n;
    else
        t->nodes[t->nodes[parent].last].next = t->n;
    t->nodes[parent].last = t->n;
    return t->n++;
}

/* Any column at or below NODE. */
static size_t any_column(const struct tree *t, size_t node)
{
    while (!t->nodes[node].is_member)
        node = t->nodes[node].first;
    return t->nodes[node].column;
}

/* Makes NODE, the last one of COLUMN's path, a member. */
static enum json_layout_fault set_member(struct tree *t, size_t node, size_t column, size_t columns[2])
{
    struct node *at = &t->nodes[node];

    if (at->is_member || at->first != ROOT) {
        columns[1] = any_column(t, node);
        if (at->is_member)
            return JSON_LAYOUT_TWICE;
        columns[0] = columns[1];
        columns[1] = column;
        return JSON_LAYOUT_INSIDE;
    }
    at->is_member = true;
    at->column = column;
    return JSON_LAYOUT_OK;
}

/* Adds the keys of PATH, the path of COLUMN, to T. */
static enum json_layout_fault xadd_keys(struct tree *t, const struct json_path *path, size_t column, size_t columns[2])
{
    size_t node = ROOT;

    if (path->n == 0)
        return JSON_LAYOUT_NO_PATH;
    if (path->n > JSON_DEPTH)
        return JSON_LAYOUT_DEEP;
    for (size_t i = 0; i < path->n; i++) {
        if (path->steps[i].kind != JSON_KEY)
            return JSON_LAYOUT_ARRAY;
        if (node != ROOT && t->nodes[node].is_member) {
            columns[1] = t->nodes[node].column;
            return JSON_LAYOUT_INSIDE;
        }
        struct span key = path->steps[i].key;
        char *spelled = xmalloc(2 * key.len);
        node = xadd_child(t, node, (struct span){ spelled, tsv_escape(spelled, key) });
        free(spelled);
    }
    return set_member(t, node, column, columns);
}

/* Adds COLUMN, whose NAME is spelled as a field, to T. */
static enum json_layout_fault xadd_column(struct tree *t, struct span name, bool nests, size_t column,
                                          size_t columns[2])
{
    struct json_path path;
    size_t offset;

    columns[0] = column;
    if (!nests)
        return set_member(t, xadd_child(t, ROOT, name), column, columns);
    char *text = xmalloc(name.len);
    size_t len = tsv_unescape(text, name);
    enum json_layout_fault fault = JSON_LAYOUT_NO_PATH;
    if (xjson_path_parse(&path, (struct span){ text, len }, &offset))
        fault = xadd_keys(t, &path, column, columns);
    json_path_free(&path);
    free(text);
    return fault;
}

/* Sets the path of M, which is at NODE. */
static void set_path(struct json_member *m, const struct tree *t, size_t node)
{
    size_t len = 0;

    for (size_t at = node; at != ROOT; at = t->nodes[at].parent)
        len += t->nodes[at].len + 1;
    len--; /* no brace after the last key */
    char *path = xmalloc(len);
    m->path = (struct span){ path, len };
    m->levels = xcalloc(m->depth + 1, sizeof *m->levels);
    for (size_t at = node; at != ROOT; at = t->nodes[at].parent) {
        if (at != node)
            path[--len] = '{';
        len -= t->nodes[at].len;
        memcpy(path + len, t->nodes[at].text, t->nodes[at].len);
        m->levels[t->nodes[at].depth - 1] = len;
    }
}

/* Sets the bytes between LAST, which may be NULL, and M. */
static void set_before(struct json_member *m, const struct json_member *last)
{
    size_t closing = last != NULL ? last->depth - m->shared : 0;
    struct span opening = { m->path.at + m->levels[m->shared], m->path.len - m->levels[m->shared] };
    char *before = xmalloc(closing + 1 + opening.len);

    memset(before, '}', closing);
    before[closing] = last != NULL ? ',' : '{';
    memcpy(before + closing + 1, opening.at, opening.len);
    m->before = (struct span){ before, closing + 1 + opening.len };
}

/* Fills the members of L, which has room for them, in the order of T. */
static void xlay_out(struct json_layout *l, const struct tree *t)
{
    size_t node = t->nodes[ROOT].first;

    while (node != ROOT) {
        size_t shared = t->nodes[node].depth - 1;
        while (!t->nodes[node].is_member)
            node = t->nodes[node].first;
        struct json_member *m = &l->members[l->n];
        *m = (struct json_member){
            .column = t->nodes[node].column,
            .depth = t->nodes[node].depth - 1,
            .shared = shared,
        };
        set_path(m, t, node);
        set_before(m, l->n > 0 ? m - 1 : NULL);
        l->n++;
        while (node != ROOT && t->nodes[node].next == ROOT)
            node = t->nodes[node].parent;
        node = t->nodes[node].next;
    }
}

enum json_layout_fault xjson_layout_open(struct json_layout *l, const struct header *h, bool nests, size_t columns[2])
{
    struct tree t = { .nodes = xcalloc(1, sizeof *t.nodes), .n = 1 };
    enum json_layout_fault fault = JSON_LAYOUT_OK;
    struct quoted q;

    *l = (struct json_layout){ .members = xcalloc(h->n, sizeof *l->members) };
    xkeyset_open(&t.keys, sizeof(size_t));
    for (size_t i = 0; i < h->n && fault == JSON_LAYOUT_OK; i++) {
        struct span name = h->names != NULL ? h->names[i] : span_of(header_label(h, i, &q));
        fault = xadd_column(&t, name, nests, i, columns);
    }
    if (fault == JSON_LAYOUT_OK)
        xlay_out(l, &t);
    for (size_t i = 0; i < t.n; i++)
        free(t.nodes[i].text);
    free(t.nodes);
    keyset_close(&t.keys);
    return fault;
}

static void write_closing(struct writer *w, size_t n)
{
    char *to = xwriter_reserve(w, n);

    memset(to, '}', n);
    writer_advance(w, to + n);
}

void xjson_layout_between(struct writer *w, const struct json_member *last, const struct json_member *member,
                          size_t shared)
{
    size_t start = member->levels[shared];

    if (last != NULL)
        write_closing(w, last->depth - shared);
    xwriter_char(w, last != NULL ? ',' : '{');
    xwriter_bytes(w, (struct span){ member->path.at + start, member->path.len - start });
}

void xjson_layout_end(struct writer *w, const struct json_member *last)
{
    if (last == NULL)
        xwriter_char(w, '{');
    write_closing(w, 1 + (last != NULL ? last->depth : 0));
}

void json_layout_close(struct json_layout *l)
{
    for (size_t i = 0; i < l->n; i++) {
        free((char *)l->members[i].before.at);
        free((char *)l->members[i].path.at);
        free(l->members[i].levels);
    }
    free(l->members);
}
