/* SPDX-License-Identifier: MIT */
#include "json_scan.h"

#include "value/json_scalar.h"
#include "json_inner.h"

/* An open object or array. */
struct level {
    struct json_node *node;       /* where it is */
    struct json_node *unwanted;   /* node for values in it that no column wants */
    size_t entry;                 /* its entry on the tape */
    const char *at;               /* its opening bracket */
    char close;                   /* its closing bracket */
    uint64_t number;              /* of the object, from 1 */
    size_t next;                  /* for an array: the next child of NODE that is wanted, ... */
    size_t index;                 /* ... and the current element */
};

/* No function below checks for the end of the line: the LF there is part of no token, so all of them stop at it. */

static inline struct json_value value_of(const char *at, const char *end, enum json_kind kind)
{
    return (struct json_value){ { at, (size_t)(end - at) }, kind };
}

/* The node for the value of KEY in LEVEL, an object; NULL if the object had KEY before. */
static inline struct json_node *member_of(const struct level *level, struct span key)
{
    struct json_node *child = json_node_find_padded(level->node, key);

    if (child == NULL)
        return level->unwanted;
    if (child->scanned == level->number)
        return NULL;
    child->scanned = level->number;
    return child;
}

/* The node for the current element of LEVEL, an array; NULL if both `[]` and an index want it: not handled here. */
static inline struct json_node *element_of(struct level *level)
{
    const struct json_node *node = level->node;

    if (level->next == node->n_children)
        return level->unwanted;
    struct json_node *child = node->children[level->next];
    if (node->each != NULL)
        return child == node->each ? child : NULL;
    if (child->step.index != level->index)
        return level->unwanted;
    level->next++;
    return child;
}

/* Scans the scalar at P, the value of NODE. Returns its end; NULL if it is invalid. */
static inline const char *scan_scalar(const char *p, const char *line_end, const struct json_node *node,
                                      struct json_tape *tape)
{
    bool is_string = *p == '"';
    const char *at = p + is_string;
    enum json_kind kind;
    const char *end = is_string ? json_string_end(at, line_end, &kind) : json_bare_end(at, &kind);

    if (end == NULL)
        return NULL;
    if (node->is_wanted)
        json_tape_close(tape, node, xjson_tape_open(tape, node), value_of(at, end, kind));
    return end + is_string;
}

/*
 * Closes the levels whose brackets follow at P, after a value. Returns the end of these brackets. If one is wrong,
 * closes all levels and returns NULL.
 */
static inline const char *close_levels(const char *p, struct level *levels, struct level **level,
                                       struct json_tape *tape)
{
    while (*p != ',') {
        struct level *l = *level;
        if (*p != l->close) {
            *level = levels;
            return NULL;
        }
        struct json_value value = value_of(l->at, p + 1, JSON_CONTAINER);
        if (l->node->is_wanted)
            json_tape_close(tape, l->node, l->entry, value);
        p = json_skip_space(p + 1);
        if (--*level == levels)
            break;
        if (l->close == '}' && value.text.len <= JSON_INNER_BYTES)
            xjson_inner_miss(l->node, l->unwanted, value.text);
    }
    return p;
}

/* Scans the key at P, in LEVEL, and its colon. Returns the start of the value and sets its NODE; NULL: not handled. */
static inline const char *scan_key(const char *p, const char *line_end, const struct level *level,
                                   struct json_node **node)
{
    if (*p != '"')
        return NULL;
    const char *key = p + 1;
    enum json_kind kind;
    const char *end = json_string_end(key, line_end, &kind);
    if (end == NULL || (kind == JSON_ESCAPED && level->node->n_keys > 0))
        return NULL;
    *node = member_of(level, (struct span){ key, (size_t)(end - key) });
    p = json_skip_space(end + 1);
    return *p == ':' ? json_skip_space(p + 1) : NULL;
}

/* The start of the next value of LEVEL, which, or whose key, is at P. Sets its NODE. NULL: not handled here. */
static inline const char *next_value(const char *p, const char *line_end, struct level *level, struct json_node **node)
{
    if (level->close == ']')
        *node = element_of(level);
    else
        p = scan_key(p, line_end, level, node);
    return p != NULL && *node != NULL ? p : NULL;
}

bool json_scan(struct json_node *root, struct span line, struct json_tape *tape)
{
    struct level levels[JSON_TREE_DEPTH];
    struct level *level = levels;
    const char *line_end = line.at + line.len;
    const char *p = json_skip_space(line.at);
    struct json_node *node = root; /* of the value at P */

    if (*p != '{')
        return false;
    levels->unwanted = root->unwanted;
    for (;;) {
        bool has_ended = true;
        const char *end;
        if (*p != '{' && *p != '[') {
            end = scan_scalar(p, line_end, node, tape);
            if (end == NULL)
                return false;
            p = json_skip_space(end);
        } else if (*p == '{' && node->inner != NULL && (end = xjson_inner_match(node, p, line_end, tape)) != NULL) {
            p = json_skip_space(end);
        } else {
            if (++level == levels + JSON_TREE_DEPTH)
                return false;
            *level = (struct level){ node, level[-1].unwanted + 1, xjson_tape_open(tape, node), p,
                                     *p == '{' ? '}' : ']', ++root->scanned, node->n_keys, 0 };
            p = json_skip_space(p + 1);
            has_ended = *p == level->close; /* it is empty */
        }
        if (has_ended) {
            p = close_levels(p, levels, &level, tape);
            if (level == levels)
                return p == line_end;
            p = json_skip_space(p + 1);
            level->index++;
        }
        p = next_value(p, line_end, level, &node);
        if (p == NULL)
            return false;
    }
}
