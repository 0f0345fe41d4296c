/* SPDX-License-Identifier: MIT */
/* json_tokens: a checked object as jsmn's tokens, each with the index of its next sibling. */
#ifndef WEIR_JSON_TOKENS_H
#define WEIR_JSON_TOKENS_H

#include <stddef.h>

#include "base/buffer.h"
#include "base/span.h"
#include "json_tape.h"

/* With parent links; without them jsmn takes quadratic time for an array of many objects. */
#define JSMN_STRICT
#define JSMN_PARENT_LINKS
#ifndef JSON_TOKENS_IMPLEMENTATION
#define JSMN_HEADER
#endif
#include <jsmn.h>

/*
 * The tokens of TEXT in the order in which they start. Members of an object (a key, then its value) and elements of an
 * array follow it directly; json_next() leads from one to the next.
 */
struct json_tokens {
    struct span text;
    jsmntok_t *at; /* .size: index of the first token that is not inside this one; .start and .end exclude quotes */
    size_t n;
    size_t capacity;
    struct buffer key; /* room for a decoded key */
};

/* Sets T to the N_TOKENS tokens of TEXT, as json_check() counted them; a view of TEXT until the next call. */
void xjson_tokenize(struct json_tokens *t, struct span text, size_t n_tokens);

/* The index of the first token after token I and all tokens inside it. */
static inline size_t json_next(const struct json_tokens *t, size_t i)
{
    return (size_t)t->at[i].size;
}

/* The text of token I, without the quotes of a string. */
static inline struct span json_token_text(const struct json_tokens *t, size_t i)
{
    return (struct span){ t->text.at + t->at[i].start, (size_t)(t->at[i].end - t->at[i].start) };
}

/* Adds to TAPE the values that ROOT wants from the object in T. The last value of a duplicate key counts. */
void xjson_tokens_take(struct json_tokens *t, const struct json_node *root, struct json_tape *tape);

void json_tokens_free(struct json_tokens *t);

#endif
