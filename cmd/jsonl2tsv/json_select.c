/* SPDX-License-Identifier: MIT */
#include "json_select.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "value/json.h"
#include "json_scan.h"

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

/* Adds PATH for COLUMN to the tree; false if it crosses another array than the paths before it do at that level. */
static bool add_path(struct json_select *s, const struct json_path *path, size_t column)
{
    struct json_node *node = s->levels[0].node;
    struct json_source *source = &s->sources[column];

    for (size_t i = 0; i < path->n; i++) {
        node = xjson_node_child(node, &path->steps[i]);
        if (node->step.kind != JSON_EACH)
            continue;
        size_t level = ++source->level;
        if (level > s->n_levels) {
            s->n_levels = level;
            s->levels = xrealloc(s->levels, level + 1, sizeof *s->levels);
            s->levels[level] = (struct json_level){ .node = node };
            node->level = level;
        } else if (s->levels[level].node != node) {
            return false;
        }
    }
    source->is_ordinal = path->n == 0 || path->steps[path->n - 1].kind == JSON_ORDINAL;
    if (!source->is_ordinal)
        xjson_node_add_column(node, column);
    return true;
}

bool xjson_select_open(struct json_select *s, const struct json_path *paths, size_t n, bool outer, size_t *culprit)
{
    size_t *order = xcalloc(n, sizeof *order);
    bool good = true;

    *s = (struct json_select){
        .values = xcalloc(n, sizeof *s->values),
        .sources = xcalloc(n, sizeof *s->sources),
        .n_columns = n,
        .levels = xcalloc(1, sizeof *s->levels),
        .outer = outer,
    };
    s->levels[0].node = xjson_node_root();
    for (size_t i = 0; i < n; i++)
        order[i] = i;
    qsort_r(order, n, sizeof *order, compare_paths, (void *)paths);
    for (size_t i = 0; i < n && good; i++) {
        *culprit = order[i];
        good = add_path(s, &paths[order[i]], order[i]);
    }
    free(order);
    if (good)
        xjson_node_index(s->levels[0].node);
    return good;
}

static struct json_value value_of(const struct json_tokens *t, size_t token)
{
    struct json_value value = { .text = json_token_text(t, token) };

    switch (t->at[token].type) {
    case JSMN_STRING:
        value.kind = memchr(value.text.at, '\\', value.text.len) != NULL ? JSON_ESCAPED : JSON_PLAIN;
        break;
    case JSMN_PRIMITIVE:
        value.kind = *value.text.at == 'n'                             ? JSON_NULL
                     : *value.text.at == 't' || *value.text.at == 'f' ? JSON_BOOL
                                                                       : JSON_NUMBER;
        break;
    default:
        value.kind = JSON_CONTAINER;
    }
    return value;
}

/* The text of the key at TOKEN, decoded. */
static struct span key_of(struct json_select *s, size_t token)
{
    struct span raw = json_token_text(&s->tokens, token);

    if (memchr(raw.at, '\\', raw.len) == NULL)
        return raw;
    if (raw.len > s->key_capacity) {
        s->key = xrealloc(s->key, raw.len, 1);
        s->key_capacity = raw.len;
    }
    return (struct span){ s->key, json_unescape(s->key, raw) };
}

static void take(struct json_select *s, const struct json_node *node, size_t token);

/* Of a key that stands twice the last value counts, so all members are seen before any is taken. */
static void take_members(struct json_select *s, const struct json_node *node, size_t token)
{
    size_t end = json_next(&s->tokens, token);

    for (size_t key = token + 1; key < end; key = json_next(&s->tokens, key)) {
        struct json_node *child = json_node_find(node, key_of(s, key));
        if (child != NULL)
            child->chosen = key + 1;
    }
    for (size_t i = 0; i < node->n_keys; i++) {
        size_t chosen = node->children[i]->chosen;
        node->children[i]->chosen = 0;
        if (chosen != 0)
            take(s, node->children[i], chosen);
    }
}

static void take_elements(struct json_select *s, const struct json_node *node, size_t token)
{
    size_t end = json_next(&s->tokens, token);
    size_t wanted = node->n_keys;
    size_t index = 0;

    for (size_t element = token + 1; element < end; element = json_next(&s->tokens, element), index++) {
        if (wanted == node->n_children || node->children[wanted]->step.kind != JSON_INDEX)
            return;
        if (node->children[wanted]->step.index == index)
            take(s, node->children[wanted++], element);
    }
}

/* Gives what stands at TOKEN to the columns at NODE and below it, down to the next level. */
static void take(struct json_select *s, const struct json_node *node, size_t token)
{
    const struct json_node *last = node->n_children > 0 ? node->children[node->n_children - 1] : NULL;

    for (size_t i = 0; i < node->n_columns; i++)
        s->values[node->columns[i]] = value_of(&s->tokens, token);
    if (last != NULL && last->step.kind == JSON_EACH)
        s->levels[last->level].array = token;
    if (s->tokens.at[token].type == JSMN_OBJECT && node->n_keys > 0)
        take_members(s, node, token);
    else if (s->tokens.at[token].type == JSMN_ARRAY && node->n_children > node->n_keys)
        take_elements(s, node, token);
}

bool json_select_scan(struct json_select *s, struct span line)
{
    for (size_t i = 0; i < s->n_columns; i++)
        s->values[i] = (struct json_value){ .kind = JSON_MISSING };
    return json_scan(s->levels[0].node, line, s->values);
}

static struct json_value ordinal_of(struct json_level *level)
{
    int len = snprintf(level->ordinal_text, sizeof level->ordinal_text, "%" PRIu64, level->ordinal);

    return (struct json_value){ { level->ordinal_text, (size_t)len }, JSON_NUMBER };
}

/* Makes the element at TOKEN the current one of LEVEL. */
static void enter(struct json_select *s, size_t level, size_t token, uint64_t ordinal)
{
    struct json_level *entered = &s->levels[level];

    entered->element = token;
    entered->ordinal = ordinal;
    for (size_t i = level + 1; i <= s->n_levels; i++)
        s->levels[i].array = s->levels[i].element = 0;
    for (size_t i = 0; i < s->n_columns; i++)
        if (s->sources[i].level >= level)
            s->values[i] = s->sources[i].is_ordinal && s->sources[i].level == level
                               ? ordinal_of(entered)
                               : (struct json_value){ .kind = JSON_MISSING };
    take(s, entered->node, token);
}

void xjson_select_object(struct json_select *s, struct span text, size_t n_tokens, uint64_t line)
{
    xjson_tokenize(&s->tokens, text, n_tokens);
    enter(s, 0, 0, line);
    s->is_begun = false;
}

/* Sets *FIRST to the first element of LEVEL's array, 0 if there is none; false if it is no array. */
static bool first_element(const struct json_select *s, const struct json_level *level, size_t *first)
{
    const jsmntok_t *array = &s->tokens.at[level->array];

    *first = 0;
    if (level->array == 0 || (array->type == JSMN_PRIMITIVE && s->tokens.text.at[array->start] == 'n'))
        return true;
    if (array->type == JSMN_ARRAY && json_next(&s->tokens, level->array) > level->array + 1)
        *first = level->array + 1;
    return array->type == JSMN_ARRAY;
}

/* Moves on to the next element of LEVEL, or of the nearest level above that has one; false if none has. */
static bool advance(struct json_select *s, size_t *level)
{
    for (; *level > 0; --*level) {
        const struct json_level *l = &s->levels[*level];
        size_t next = json_next(&s->tokens, l->element);
        if (next < json_next(&s->tokens, l->array)) {
            enter(s, *level, next, l->ordinal + 1);
            return true;
        }
    }
    return false;
}

enum json_select_status json_select_next(struct json_select *s)
{
    size_t level = 0;
    size_t first;

    while (s->is_begun && level < s->n_levels && s->levels[level + 1].element != 0)
        level++;
    if (s->is_begun && !advance(s, &level))
        return JSON_SELECT_END;
    s->is_begun = true;
    while (level < s->n_levels) {
        if (!first_element(s, &s->levels[level + 1], &first))
            return JSON_SELECT_NO_ARRAY;
        if (first != 0)
            enter(s, ++level, first, 0);
        else if (s->outer)
            break;
        else if (!advance(s, &level))
            return JSON_SELECT_END;
    }
    return JSON_SELECT_RECORD;
}

void json_select_close(struct json_select *s)
{
    json_node_free(s->levels[0].node);
    free(s->levels);
    free(s->values);
    free(s->sources);
    free(s->key);
    json_tokens_free(&s->tokens);
}
