/* SPDX-License-Identifier: MIT */
#include "json_tree.h"

#include <stdlib.h>

#include "base/memory.h"

/* `[#]` numbers the elements of `[]`, so both have the same node. */
static enum json_step_kind node_kind(const struct json_step *step)
{
    return step->kind == JSON_ORDINAL ? JSON_EACH : step->kind;
}

int json_step_compare(const struct json_step *a, const struct json_step *b)
{
    if (node_kind(a) != node_kind(b))
        return node_kind(a) < node_kind(b) ? -1 : 1;
    if (a->kind == JSON_KEY)
        return span_compare(a->key, b->key);
    return a->kind == JSON_INDEX ? (a->index > b->index) - (a->index < b->index) : 0;
}

struct json_node *xjson_node_root(void)
{
    struct json_node *root = xcalloc(1, sizeof *root);

    root->unwanted = xcalloc(JSON_TREE_DEPTH, sizeof *root->unwanted);
    return root;
}

struct json_node *xjson_node_child(struct json_node *node, const struct json_step *step)
{
    if (node->n_children > 0) {
        struct json_node *last = node->children[node->n_children - 1];
        if (json_step_compare(&last->step, step) == 0)
            return last;
    }
    struct json_node *child = xcalloc(1, sizeof *child);
    child->step = *step;
    child->step.kind = node_kind(step);
    child->level = node->level + (child->step.kind == JSON_EACH);
    if (child->step.kind == JSON_EACH)
        node->each = child;
    if (step->kind == JSON_KEY) {
        child->step.key.at = xmemdup(step->key.at, step->key.len);
        node->n_keys++;
    }
    node->children = xgrow(node->children, node->n_children, sizeof child);
    node->children[node->n_children++] = child;
    return child;
}

void xjson_node_add_column(struct json_node *node, size_t column)
{
    node->columns = xgrow(node->columns, node->n_columns, sizeof *node->columns);
    node->columns[node->n_columns++] = column;
}

struct json_node *json_node_find(const struct json_node *node, struct span key)
{
    size_t low = 0;
    size_t high = node->n_keys;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = span_compare(key, node->children[middle]->step.key);
        if (order == 0)
            return node->children[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

enum { PREFIX = sizeof(uint64_t) };

/* The slot in NODE of a key of LEN bytes that starts with PREFIX. */
static size_t slot_of(const struct json_node *node, uint64_t prefix, size_t len)
{
    /* Knuth's multiplicative hash; the factor is 2^64 over the golden ratio. */
    return (size_t)(((prefix ^ len) * UINT64_C(0x9e3779b97f4a7c15)) >> node->slot_shift);
}

static void xindex_keys(struct json_node *node)
{
    unsigned bits = 3;

    while ((size_t)1 << bits < 4 * node->n_keys)
        bits++;
    node->slots = xcalloc((size_t)1 << bits, sizeof *node->slots);
    node->slot_shift = 64 - bits;
    for (size_t i = 0; i < node->n_keys; i++) {
        struct json_node *child = node->children[i];
        struct span key = child->step.key;
        memcpy(&child->prefix, key.at, key.len < PREFIX ? key.len : PREFIX);
        struct json_node **slot = &node->slots[slot_of(node, child->prefix, key.len)];
        if (*slot == NULL)
            *slot = child;
        else
            (*slot)->is_crowded = true;
    }
}

size_t xjson_node_finish(struct json_node *node, size_t number)
{
    bool is_element = node->step.kind == JSON_EACH;

    node->is_kept = is_element || node->each != NULL || (node->level > 0 && node->n_columns > 0);
    node->is_wanted = true;
    node->number = number++;
    if (node->n_keys > 0)
        xindex_keys(node);
    for (size_t i = 0; i < node->n_children; i++)
        number = xjson_node_finish(node->children[i], number);
    return number;
}

struct json_node *json_node_find_padded(const struct json_node *node, struct span key)
{
    static const char masks[2 * PREFIX] = { -1, -1, -1, -1, -1, -1, -1, -1 };
    uint64_t prefix;
    uint64_t mask;

    if (node->slots == NULL)
        return NULL;
    memcpy(&prefix, key.at, PREFIX);
    memcpy(&mask, masks + PREFIX - (key.len < PREFIX ? key.len : PREFIX), PREFIX);
    prefix &= mask;
    struct json_node *child = node->slots[slot_of(node, prefix, key.len)];
    if (child == NULL)
        return NULL;
    if (child->is_crowded)
        return json_node_find(node, key);
    if (child->prefix != prefix || child->step.key.len != key.len)
        return NULL;
    return key.len <= PREFIX || memcmp(child->step.key.at, key.at, key.len) == 0 ? child : NULL;
}

void json_node_free(struct json_node *node)
{
    for (size_t i = 0; i < node->n_children; i++)
        json_node_free(node->children[i]);
    for (size_t i = 0; i < JSON_TREE_DEPTH && node->unwanted != NULL; i++)
        free(node->unwanted[i].inner);
    free(node->unwanted);
    free(node->inner);
    if (node->step.kind == JSON_KEY)
        free((char *)node->step.key.at);
    free(node->slots);
    free(node->children);
    free(node->columns);
    free(node);
}
