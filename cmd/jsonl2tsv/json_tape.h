/* SPDX-License-Identifier: MIT */
/*
 * json_tape: the wanted values of an object in one array, an entry for each. Values outside `[]` have no entry: they
 * are the same in all records of the object, so they are given to their columns at once.
 */
#ifndef WEIR_JSON_TAPE_H
#define WEIR_JSON_TAPE_H

#include <stddef.h>
#include <stdint.h>

#include "json_tree.h"
#include "json_value.h"

/*
 * An array that `[]` names, one of its elements, or a value in one. Entries inside an entry follow it. In an array,
 * the entries of elements come last.
 */
struct json_entry {
    const struct json_node *node;
    struct json_value value;
    size_t next; /* index of the first entry that is not inside this one */
};

struct json_tape {
    struct json_entry *at;
    size_t n;
    size_t capacity;
    /* The owner of the tape owns these. */
    struct json_value *values; /* one for each column */
    uint64_t *seen;            /* one for each node: number of the first object with a value there, or 0 */
    size_t n_unseen;           /* zeros there: to ask only for this saves 2% of the instructions */
    uint64_t number;           /* of the object, from 1 */
};

/* Makes room for one more entry. xjson_tape_open() calls it. */
void xjson_tape_grow(struct json_tape *t);

/* Adds an entry for NODE if it has one. Returns its index, for json_tape_close() after all entries inside. */
static inline size_t xjson_tape_open(struct json_tape *t, const struct json_node *node)
{
    if (!node->is_kept)
        return 0;
    if (t->n == t->capacity)
        xjson_tape_grow(t);
    t->at[t->n].node = node;
    return t->n++;
}

/* Notes that NODE has a value. */
static inline void json_tape_see(struct json_tape *t, const struct json_node *node)
{
    if (t->n_unseen > 0 && t->seen[node->number] == 0) {
        t->seen[node->number] = t->number;
        t->n_unseen--;
    }
}

/* Notes that NODE has a value. Gives VALUE to the columns of NODE that are outside `[]`, and to its entry ENTRY. */
static inline void json_tape_close(struct json_tape *t, const struct json_node *node, size_t entry,
                                   struct json_value value)
{
    json_tape_see(t, node);
    if (node->level == 0)
        for (size_t i = 0; i < node->n_columns; i++)
            t->values[node->columns[i]] = value;
    if (node->is_kept) {
        t->at[entry].value = value;
        t->at[entry].next = t->n;
    }
}

#endif
