/* SPDX-License-Identifier: MIT */
#include "json_select.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "value/json.h"
#include "value/number.h"

static const size_t NONE = SIZE_MAX;

static int compare_paths(const void *a, const void *b, void *context)
{
    const struct json_path *paths = context;
    const struct json_path *left = &paths[*(const size_t *)a];
    const struct json_path *right = &paths[*(const size_t *)b];

    for (size_t i = 0; i < left->n && i < right->n; i++) {
        int order = json_step_compare(&left->steps[i], &right->steps[i]);
        if (order != 0)
            return order;
    }
    return (left->n > right->n) - (left->n < right->n);
}

static int compare_sources(const void *a, const void *b)
{
    const struct json_source *left = a;
    const struct json_source *right = b;

    if (left->level != right->level)
        return left->level < right->level ? -1 : 1;
    return right->is_ordinal - left->is_ordinal;
}

/* Adds PATH for the column of SOURCE to the tree; false if an earlier path has a different array at the same level. */
static bool add_path(struct json_select *s, const struct json_path *path, struct json_source *source)
{
    struct json_node *node = s->root;

    for (size_t i = 0; i < path->n; i++) {
        node = xjson_node_child(node, &path->steps[i]);
        if (node->step.kind != JSON_EACH)
            continue;
        if (node->level > s->n_levels) {
            s->n_levels = node->level;
            s->levels = xrealloc(s->levels, s->n_levels + 1, sizeof *s->levels);
            s->levels[node->level] = (struct json_level){ .node = node };
        } else if (s->levels[node->level].node != node) {
            return false;
        }
    }
    source->level = node->level;
    source->is_ordinal = path->n == 0 || path->steps[path->n - 1].kind == JSON_ORDINAL;
    source->is_file = path->is_file;
    s->takes_place |= path->n == 0;
    s->takes_file |= path->is_file;
    if (!source->is_ordinal)
        xjson_node_add_column(node, source->column);
    return true;
}

bool xjson_select_open(struct json_select *s, const struct json_path *paths, size_t n, bool outer, size_t *culprit)
{
    size_t *order = xcalloc(n, sizeof *order);
    bool good = true;

    *s = (struct json_select){
        .root = xjson_node_root(),
        .values = xcalloc(n, sizeof *s->values),
        .sources = xcalloc(n, sizeof *s->sources),
        .n_columns = n,
        .levels = xcalloc(1, sizeof *s->levels),
        .outer = outer,
    };
    s->tape.values = s->values;
    for (size_t i = 0; i < n; i++)
        order[i] = i;
    qsort_r(order, n, sizeof *order, compare_paths, (void *)paths);
    for (size_t i = 0; i < n && good; i++) {
        *culprit = s->sources[i].column = order[i];
        good = add_path(s, &paths[order[i]], &s->sources[i]);
    }
    free(order);
    s->n_nodes = xjson_node_finish(s->root, 0);
    s->tape.n_unseen = s->n_nodes;
    s->tape.seen = xcalloc(s->n_nodes, sizeof *s->tape.seen);
    qsort(s->sources, n, sizeof *s->sources, compare_sources);
    for (size_t level = 1; level <= s->n_levels; level++)
        while (s->levels[level].first < n && s->sources[s->levels[level].first].level < level)
            s->levels[level].first++;
    return good;
}

/* Empties the values of LEVEL and all levels below. */
static void empty(struct json_select *s, size_t level)
{
    for (size_t i = s->levels[level].first; i < s->n_columns; i++)
        s->values[s->sources[i].column] = (struct json_value){ .kind = JSON_MISSING };
}

static void set_ordinal(struct json_select *s, size_t level, uint64_t ordinal)
{
    struct json_level *l = &s->levels[level];

    l->ordinal = ordinal;
    for (size_t i = l->first; i < s->n_columns && s->sources[i].is_ordinal && s->sources[i].level == level; i++)
        s->values[s->sources[i].column] = s->sources[i].is_file ? s->file : (struct json_value){
            { l->ordinal_text, number_format(ordinal, l->ordinal_text) }, JSON_NUMBER,
        };
}

void xjson_select_set_file(struct json_select *s, const char *name)
{
    free((char *)s->file.text.at);
    s->file = (struct json_value){ .kind = JSON_NULL };
    if (name == NULL)
        return;
    char *text = xcalloc(strlen(name) + 1, sizeof "\\u0000" + WRITER_SHORT);
    char *to = text;
    s->file.kind = JSON_PLAIN;
    for (; *name != '\0'; name++) {
        if (*name != '\\' && (unsigned char)*name >= ' ') {
            *to++ = *name;
        } else {
            s->file.kind = JSON_ESCAPED;
            to += sprintf(to, "\\u%04x", (unsigned)*name);
        }
    }
    s->file.text = (struct span){ text, (size_t)(to - text) };
}

void json_select_set_line(struct json_select *s, uint64_t line)
{
    if (s->takes_place)
        set_ordinal(s, 0, line);
}

void json_select_forget(struct json_select *s)
{
    for (size_t i = 0; i < s->n_nodes; i++)
        if (s->tape.seen[i] == s->tape.number) {
            s->tape.seen[i] = 0;
            s->tape.n_unseen++;
        }
}

void json_select_clear(struct json_select *s)
{
    s->tape.n = 0;
    s->tape.number++;
    s->is_begun = false;
    for (size_t i = 0; i < s->n_columns; i++)
        s->values[i] = (struct json_value){ .kind = JSON_MISSING };
}

/* Gives the tape entries from I to END, in an element of LEVEL, to their columns, except those in the inner array. */
static void give(struct json_select *s, size_t level, size_t i, size_t end)
{
    struct json_level *inner = level < s->n_levels ? &s->levels[level + 1] : NULL;

    if (inner != NULL)
        inner->array = NONE;
    while (i < end) {
        const struct json_entry *entry = &s->tape.at[i];
        const struct json_node *node = entry->node;
        if (inner != NULL && node == inner->node) {
            i = s->tape.at[inner->array].next;
            continue;
        }
        for (size_t c = 0; c < node->n_columns; c++)
            s->values[node->columns[c]] = entry->value;
        if (node->each != NULL)
            inner->array = i;
        i++;
    }
}

/* Makes ELEMENT, a tape entry, the current element of LEVEL. */
static void enter(struct json_select *s, size_t level, size_t element, uint64_t ordinal)
{
    s->levels[level].element = element;
    empty(s, level);
    set_ordinal(s, level, ordinal);
    give(s, level, element, s->tape.at[element].next);
}

/* Sets *FIRST to the first element of LEVEL's array; NONE if there is none. False if it is not an array. */
static bool first_element(const struct json_select *s, const struct json_level *level, size_t *first)
{
    *first = NONE;
    if (level->array == NONE)
        return true;
    const struct json_entry *array = &s->tape.at[level->array];
    if (array->value.kind == JSON_NULL)
        return true;
    if (array->value.kind != JSON_CONTAINER || *array->value.text.at != '[')
        return false;
    for (size_t i = level->array + 1; i < array->next && *first == NONE; i = s->tape.at[i].next)
        if (s->tape.at[i].node == level->node)
            *first = i;
    return true;
}

/* Goes to the next element of LEVEL, or of the nearest level above that has one; false if none has. */
static bool advance(struct json_select *s, size_t *level)
{
    for (; *level > 0; --*level) {
        const struct json_level *l = &s->levels[*level];
        size_t next = s->tape.at[l->element].next;
        if (next < s->tape.at[l->array].next) {
            enter(s, *level, next, l->ordinal + 1);
            return true;
        }
    }
    return false;
}

enum json_select_status json_select_next_element(struct json_select *s)
{
    size_t level = s->depth;
    size_t first;

    if (!s->is_begun) {
        level = 0;
        empty(s, 1);
        give(s, 0, 0, s->tape.n);
    } else if (!advance(s, &level)) {
        return JSON_SELECT_END;
    }
    s->is_begun = true;
    while (level < s->n_levels) {
        if (!first_element(s, &s->levels[level + 1], &first))
            return JSON_SELECT_NO_ARRAY;
        if (first != NONE)
            enter(s, ++level, first, 0);
        else if (s->outer)
            break;
        else if (!advance(s, &level))
            return JSON_SELECT_END;
    }
    s->depth = level;
    return JSON_SELECT_RECORD;
}

/* Sets IS_ABSENT for all columns at NODE and below. */
static void mark_absent(const struct json_select *s, const struct json_node *node, bool *is_absent)
{
    for (size_t i = 0; i < node->n_columns; i++)
        is_absent[node->columns[i]] = true;
    for (size_t i = 0; i < s->n_columns; i++)
        if (node->step.kind == JSON_EACH && s->sources[i].is_ordinal && s->sources[i].level == node->level)
            is_absent[s->sources[i].column] = true;
    for (size_t i = 0; i < node->n_children; i++)
        mark_absent(s, node->children[i], is_absent);
}

/* json_select_find_absent() for the columns below NODE, which was seen. */
static void find_absent(const struct json_select *s, const struct json_node *node, bool *is_absent)
{
    for (size_t i = 0; i < node->n_children; i++) {
        const struct json_node *child = node->children[i];
        if (s->tape.seen[child->number] != 0)
            find_absent(s, child, is_absent);
        else if (child->step.kind == JSON_KEY)
            mark_absent(s, child, is_absent);
    }
}

void json_select_find_absent(const struct json_select *s, bool *is_absent)
{
    if (s->tape.seen[s->root->number] != 0)
        find_absent(s, s->root, is_absent);
}

void json_select_close(struct json_select *s)
{
    json_node_free(s->root);
    free(s->tape.at);
    free(s->tape.seen);
    free(s->levels);
    free(s->values);
    free(s->sources);
    free((char *)s->file.text.at);
}
