/* SPDX-License-Identifier: MIT */
/* json_tree: the places in an object that paths lead to, a node each; paths that start alike share theirs. */
#ifndef WEIR_JSON_TREE_H
#define WEIR_JSON_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "value/json_path.h"

struct json_node {
    struct json_step step; /* that leads here; its key is owned by the node */
    size_t level;          /* of step `[]`: the level of its elements; else 0 */
    size_t *columns;       /* that take the value here */
    size_t n_columns;
    struct json_node **children; /* in the order of json_step_compare() */
    size_t n_children;
    size_t n_keys;            /* of these, the first ones, that are keys */
    struct json_node **slots; /* these by a hash of the key, NULL where there is none; NULL too for n_keys 0 */
    unsigned slot_shift;      /* 64 less the bits of a slot's number */
    uint64_t prefix;          /* the first eight bytes of the node's own key, zeros behind a shorter one */
    bool is_crowded;          /* another key has the same slot */
    size_t chosen;    /* for json_select: the token of this key's last value in the object at hand, 0: none */
    uint64_t n_scans; /* for json_scan: of the root, how often it was scanned for; else that when this was found last */
};

/* Below 0, 0 or above as A sorts before, with or after B: keys by bytes, then indices, then `[]` and `[#]`, as one. */
int json_step_compare(const struct json_step *a, const struct json_step *b);

/* A tree of no path, for json_node_free(). */
struct json_node *xjson_node_root(void);

/* The child of NODE that STEP leads to, made if it is not the last one: steps must come in order. */
struct json_node *xjson_node_child(struct json_node *node, const struct json_step *step);

/* Adds COLUMN to those that take the value at NODE. */
void xjson_node_add_column(struct json_node *node, size_t column);

/* The child of NODE that KEY, decoded, leads to; NULL if there is none. */
struct json_node *json_node_find(const struct json_node *node, struct span key);

/* Prepares NODE and all below it for json_node_find_padded(); children must not be added afterwards. */
void xjson_node_index(struct json_node *node);

/* As json_node_find(), faster; eight bytes from KEY.at on may be read. */
struct json_node *json_node_find_padded(const struct json_node *node, struct span key);

/* Frees NODE and all below it. */
void json_node_free(struct json_node *node);

#endif
