/* SPDX-License-Identifier: MIT */
/* json_tree: the places in an object that paths name, one node each. Paths with a common beginning share nodes. */
#ifndef WEIR_JSON_TREE_H
#define WEIR_JSON_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "value/json_path.h"

enum { JSON_TREE_DEPTH = 64 }; /* levels of objects and arrays, at most */

struct json_node {
    struct json_step step; /* the last step of its path; the node owns the key */
    size_t level;          /* number of `[]` steps in its path */
    size_t *columns;       /* columns that take the value here */
    size_t n_columns;
    struct json_node **children; /* in the order of json_step_compare(): keys, indices, `[]` */
    size_t n_children;
    size_t n_keys;            /* children that are keys */
    struct json_node *each;   /* the child `[]`, or NULL */
    struct json_node **slots; /* key children by a hash of the key, or NULL; no slots if there are none */
    unsigned slot_shift;      /* 64 minus the bits of a slot number */
    uint64_t prefix;          /* the first eight bytes of its key, padded with zeros */
    bool is_crowded;          /* another key has the same slot */
    bool is_kept;             /* json_tape has an entry for each value here */
    bool is_wanted;           /* it is in the tree of an operand's path */
    size_t number;            /* of the node in its tree, from 0 */
    size_t chosen;            /* xjson_tokens_take(): token of the key's last value in this object; 0: none */
    struct json_inner *inner; /* json_scan(): shape of the objects here, owned; NULL: none was seen */
    struct json_node *unwanted; /* at the root: owned nodes for values that no column wants, one a level */
    uint64_t scanned;         /* json_scan(): number of the last object with the key; at the root, objects so far */
};

/* Less than, equal to or greater than 0. Order: keys by bytes, indices, then `[]` and `[#]`, which are equal. */
int json_step_compare(const struct json_step *a, const struct json_step *b);

/* A tree without paths; json_node_free() frees it. */
struct json_node *xjson_node_root(void);

/* The child of NODE at STEP, created unless it is the last child. Steps must come in order. */
struct json_node *xjson_node_child(struct json_node *node, const struct json_step *step);

/* Makes COLUMN take the value at NODE. */
void xjson_node_add_column(struct json_node *node, size_t column);

/* The child of NODE for KEY, decoded; NULL if there is none. */
struct json_node *json_node_find(const struct json_node *node, struct span key);

/*
 * Finishes the tree at NODE, whose number is NUMBER, and returns the number after its last. Nothing may be added
 * afterwards.
 */
size_t xjson_node_finish(struct json_node *node, size_t number);

/* json_node_find(), faster, for a finished tree. Eight bytes from KEY.at may be read. */
struct json_node *json_node_find_padded(const struct json_node *node, struct span key);

/* Frees NODE and all nodes below it. */
void json_node_free(struct json_node *node);

#endif
