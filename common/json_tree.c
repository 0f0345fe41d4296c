/* SPDX-License-Identifier: MIT */
#include "json_tree.h"

#include <stdlib.h>

#include "memory.h"

/* `[#]` counts the elements that `[]` gives, so both lead to the same node. */
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
    return xcalloc(1, sizeof(struct json_node));
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
    if (step->kind == JSON_KEY) {
        child->step.key.at = xmemdup(step->key.at, step->key.len);
        node->n_keys++;
    }
    if ((node->n_children & (node->n_children - 1)) == 0)
        node->children = xrealloc(node->children, node->n_children > 0 ? 2 * node->n_children : 1, sizeof child);
    node->children[node->n_children++] = child;
    return child;
}

void xjson_node_add_column(struct json_node *node, size_t column)
{
    node->columns = xrealloc(node->columns, node->n_columns + 1, sizeof *node->columns);
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

void json_node_free(struct json_node *node)
{
    for (size_t i = 0; i < node->n_children; i++)
        json_node_free(node->children[i]);
    if (node->step.kind == JSON_KEY)
        free((char *)node->step.key.at);
    free(node->children);
    free(node->columns);
    free(node);
}
