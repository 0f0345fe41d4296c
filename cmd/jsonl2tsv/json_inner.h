/* SPDX-License-Identifier: MIT */
/*
 * json_inner: the fast path for objects inside a line that look like the one learned at their place, such as the
 * elements of an array. It saves a fifth of the time for comments with replies, and two fifths if no column wants them.
 * The shape of an object, like that of a line, is the bytes between its scalars. Objects of another shape are left to
 * json_scan(), with the same result. Where most objects differ, shapes rest.
 */
#ifndef WEIR_JSON_INNER_H
#define WEIR_JSON_INNER_H

#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "base/vector.h"
#include "json_tape.h"

enum {
    JSON_INNER_GAPS = 64,    /* in a shape, at most */
    JSON_INNER_BYTES = 1024, /* of an object that has a shape, at most */
};

/* Bytes between two scalars; if they do not fit, they take several gaps. */
struct json_gap {
    char bytes[VECTOR_BYTES]; /* padded with zeros */
    uint16_t mask;            /* a bit for each byte */
    uint16_t len;             /* 0: there are no more */
    bool has_value;           /* a scalar follows */
    struct json_node *node;   /* of that scalar, or of the object or array that starts there; NULL: of none */
    size_t value_len;         /* bytes of the scalar, last time */
};

/* The shape of the objects at one node, which owns it. */
struct json_inner {
    unsigned credit;  /* objects that may differ before shapes rest here; a match earns one */
    unsigned rest;    /* objects that are still not compared */
    unsigned to_wait; /* objects to skip before the next shape is learned */
    unsigned wait;    /* objects to skip next time */
    struct json_gap gaps[JSON_INNER_GAPS];
};

/*
 * If the object at P has the shape at NODE, whose inner is not NULL, adds its values to TAPE and returns its end. NULL:
 * it has another shape, and TAPE is unchanged. LINE_END as for json_string_end().
 */
const char *xjson_inner_match(struct json_node *node, const char *p, const char *line_end, struct json_tape *tape);

/* For xjson_inner_miss(), where shapes do not rest. */
void xjson_inner_learn(struct json_node *node, struct json_node *unwanted, struct span text);

/*
 * Call for each object at NODE of at most JSON_INNER_BYTES that did not match. May learn TEXT, the valid object.
 * UNWANTED is the node for values in it that no column wants.
 */
static inline void xjson_inner_miss(struct json_node *node, struct json_node *unwanted, struct span text)
{
    if (node->inner == NULL || node->inner->rest == 0)
        xjson_inner_learn(node, unwanted, text);
}

#endif
