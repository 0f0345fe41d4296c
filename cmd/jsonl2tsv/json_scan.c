/* SPDX-License-Identifier: MIT */
#include "json_scan.h"

#ifdef WEIR_PLAIN

bool json_scan(struct json_node *root, struct span line, struct json_tape *tape)
{
    (void)root;
    (void)line;
    (void)tape;
    return false;
}

#else

#include "base/vector.h"
#include "value/json_scalar.h"

enum { DEEPEST = 64 }; /* levels of objects and arrays, at most */

/* An open object or array. */
struct level {
    const struct json_node *node; /* where it is */
    size_t entry;                 /* its entry on the tape */
    const char *at;               /* its opening bracket */
    char close;                   /* its closing bracket */
    uint64_t number;              /* of the object, from 1 */
    size_t next;                  /* for an array: the next child of NODE that is wanted, ... */
    size_t index;                 /* ... and the current element */
};

/* A scalar or key: its end, which is the closing quote of a string; NULL if it is invalid. */
struct token {
    const char *end;
    enum json_kind kind;
};

/* Node for values that no column wants. */
static const struct json_node unwanted;

/* No function below checks for the end of the line: the LF there is part of no token, so all of them stop at it. */

static inline const char *skip_space(const char *p)
{
    while ((unsigned char)*p <= ' ' && (*p == ' ' || *p == '\t' || *p == '\r'))
        p++;
    return p;
}

/* The first byte from P on that is a quote, a backslash or a control character. */
static inline const char *skip_text(const char *p)
{
    for (;; p += VECTOR_BYTES) {
        struct vector bytes = vector_load(p);
        struct vector special = vector_or(vector_equal(bytes, vector_of('"')), vector_equal(bytes, vector_of('\\')));
        unsigned mask = vector_mask(vector_or(special, vector_at_most(bytes, vector_of(' ' - 1))));
        if (mask != 0)
            return p + __builtin_ctz(mask);
    }
}

/*
 * Whether the text of a string from P, where a character starts, to its quote at END is UTF-8. May be false for valid
 * text if bytes after it, in the same vector, are invalid.
 */
static bool is_utf8(const char *p, const char *end)
{
    const struct vector flip = vector_of(0x80); /* signed bytes now compare like unsigned ones */
    struct vector previous = flip;
    struct vector bad = vector_of(0);

    for (; p <= end; p += VECTOR_BYTES) {
        struct vector bytes = vector_load(p);
        struct vector flipped = vector_xor(bytes, flip);
        struct vector first = vector_shift(flipped, previous, 1);
        /* Where a character of two, three or four bytes must continue. */
        struct vector inside = vector_less_signed(vector_of(0xbf ^ 0x80), first);
        inside = vector_or(inside, vector_less_signed(vector_of(0xdf ^ 0x80), vector_shift(flipped, previous, 2)));
        inside = vector_or(inside, vector_less_signed(vector_of(0xef ^ 0x80), vector_shift(flipped, previous, 3)));
        /* Signed: bytes from 0x80 are below all others. */
        struct vector is_next = vector_less_signed(bytes, vector_of(0xc0));
        struct vector below_a0 = vector_less_signed(bytes, vector_of(0xa0));
        struct vector below_90 = vector_less_signed(bytes, vector_of(0x90));
        bad = vector_or(bad, vector_xor(is_next, inside));
        bad = vector_or(bad, vector_equal(vector_and(bytes, vector_of(0xfe)), vector_of(0xc0)));
        bad = vector_or(bad, vector_less_signed(vector_of(0xf4 ^ 0x80), flipped));
        /* Second bytes that RFC 3629, section 4, does not allow. */
        bad = vector_or(bad, vector_and(vector_equal(first, vector_of(0xe0 ^ 0x80)), below_a0));
        bad = vector_or(bad, vector_without(vector_equal(first, vector_of(0xed ^ 0x80)), below_a0));
        bad = vector_or(bad, vector_and(vector_equal(first, vector_of(0xf0 ^ 0x80)), below_90));
        bad = vector_or(bad, vector_without(vector_equal(first, vector_of(0xf4 ^ 0x80)), below_90));
        previous = flipped;
    }
    return vector_mask(bad) == 0;
}

/* The string whose text continues at P with an escape, a byte that is not ASCII, or an invalid byte. */
static struct token scan_special_string(const char *p, const char *line_end)
{
    struct token token = { NULL, JSON_PLAIN };
    const char *start = p;

    p = skip_text(p);
    while (*p == '\\') {
        token.kind = JSON_ESCAPED;
        p = json_escape_end(p + 1, line_end);
        if (p == NULL)
            return token;
        p = skip_text(p);
    }
    if (*p == '"' && is_utf8(start, p))
        token.end = p;
    return token;
}

/* The string whose text starts at P. */
static inline struct token scan_string(const char *p, const char *line_end)
{
    p = json_skip_plain(p);
    return *p == '"' ? (struct token){ p, JSON_PLAIN } : scan_special_string(p, line_end);
}

static inline struct token scan_bare(const char *p)
{
    struct token token;

    token.end = json_bare_end(p, &token.kind);
    return token;
}

static inline struct json_value value_of(const char *at, struct token token)
{
    return (struct json_value){ { at, (size_t)(token.end - at) }, token.kind };
}

/* The node for the value of KEY in LEVEL, an object; NULL if the object had KEY before. */
static inline const struct json_node *member_of(const struct level *level, struct span key)
{
    struct json_node *child = json_node_find_padded(level->node, key);

    if (child == NULL)
        return &unwanted;
    if (child->scanned == level->number)
        return NULL;
    child->scanned = level->number;
    return child;
}

/* The node for the current element of LEVEL, an array; NULL if both `[]` and an index want it: not handled here. */
static inline const struct json_node *element_of(struct level *level)
{
    const struct json_node *node = level->node;

    if (level->next == node->n_children)
        return &unwanted;
    const struct json_node *child = node->children[level->next];
    if (node->each != NULL)
        return child == node->each ? child : NULL;
    if (child->step.index != level->index)
        return &unwanted;
    level->next++;
    return child;
}

/* Scans the scalar at P, the value of NODE. Returns its end; NULL if it is invalid. */
static inline const char *scan_scalar(const char *p, const char *line_end, const struct json_node *node,
                                      struct json_tape *tape)
{
    bool is_string = *p == '"';
    const char *at = p + is_string;
    struct token token = is_string ? scan_string(at, line_end) : scan_bare(at);

    if (token.end == NULL)
        return NULL;
    if (node->is_wanted)
        json_tape_close(tape, node, xjson_tape_open(tape, node), value_of(at, token));
    return token.end + is_string;
}

/*
 * Closes the levels whose brackets follow at P, after a value. Returns the end of these brackets. If one is wrong,
 * closes all levels and returns NULL.
 */
static inline const char *close_levels(const char *p, struct level *levels, struct level **level,
                                       struct json_tape *tape)
{
    while (*p != ',') {
        const struct json_node *node = (*level)->node;
        if (*p != (*level)->close) {
            *level = levels;
            return NULL;
        }
        p++;
        if (node->is_wanted)
            json_tape_close(tape, node, (*level)->entry, value_of((*level)->at, (struct token){ p, JSON_CONTAINER }));
        p = skip_space(p);
        if (--*level == levels)
            break;
    }
    return p;
}

/* Scans the key at P, in LEVEL, and its colon. Returns the start of the value and sets its NODE; NULL: not handled. */
static inline const char *scan_key(const char *p, const char *line_end, const struct level *level,
                                   const struct json_node **node)
{
    if (*p != '"')
        return NULL;
    const char *key = p + 1;
    struct token token = scan_string(key, line_end);
    if (token.end == NULL || (token.kind == JSON_ESCAPED && level->node->n_keys > 0))
        return NULL;
    *node = member_of(level, (struct span){ key, (size_t)(token.end - key) });
    p = skip_space(token.end + 1);
    return *p == ':' ? skip_space(p + 1) : NULL;
}

bool json_scan(struct json_node *root, struct span line, struct json_tape *tape)
{
    struct level levels[DEEPEST];
    struct level *level = levels;
    const char *line_end = line.at + line.len;
    const char *p = skip_space(line.at);
    const struct json_node *node = root; /* of the value at P */

    if (*p != '{')
        return false;
    for (;;) {
        bool has_ended = true;
        if (*p == '{' || *p == '[') {
            if (++level == levels + DEEPEST)
                return false;
            *level = (struct level){ node, xjson_tape_open(tape, node), p, *p == '{' ? '}' : ']', ++root->scanned,
                                     node->n_keys, 0 };
            p = skip_space(p + 1);
            has_ended = *p == level->close; /* it is empty */
        } else {
            p = scan_scalar(p, line_end, node, tape);
            if (p == NULL)
                return false;
            p = skip_space(p);
        }
        if (has_ended) {
            p = close_levels(p, levels, &level, tape);
            if (level == levels)
                return p == line_end;
            p = skip_space(p + 1);
            level->index++;
        }
        if (level->close == ']') {
            node = element_of(level);
        } else {
            p = scan_key(p, line_end, level, &node);
            if (p == NULL)
                return false;
        }
        if (node == NULL)
            return false;
    }
}

#endif
