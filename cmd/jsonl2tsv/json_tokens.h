/* SPDX-License-Identifier: MIT */
/* json_tokens: a checked JSON text as jsmn's tokens, with the way to the next sibling. */
#ifndef WEIR_JSON_TOKENS_H
#define WEIR_JSON_TOKENS_H

#include <stddef.h>

#include "base/span.h"

/* Strict, and with parent links: without them jsmn takes quadratic time for an array of many objects. */
#define JSMN_STRICT
#define JSMN_PARENT_LINKS
#ifndef JSON_TOKENS_IMPLEMENTATION
#define JSMN_HEADER
#endif
#include <jsmn.h>

/*
 * The tokens of TEXT in the order they start. The members of an object (keys, each with its value right behind it) and
 * the elements of an array follow it directly; json_next() leads from one to the next.
 */
struct json_tokens {
    struct span text;
    jsmntok_t *at; /* .size is the index behind the token and all that it holds; .start and .end exclude quotes */
    size_t n;
    size_t capacity;
};

/* Fills T with the N_TOKENS tokens of TEXT, as json_check() counted them; a view of TEXT until the next call. */
void xjson_tokenize(struct json_tokens *t, struct span text, size_t n_tokens);

/* The index of the token behind token I and all that it holds. */
static inline size_t json_next(const struct json_tokens *t, size_t i)
{
    return (size_t)t->at[i].size;
}

/* The text of token I, without the quotes of a string. */
static inline struct span json_token_text(const struct json_tokens *t, size_t i)
{
    return (struct span){ t->text.at + t->at[i].start, (size_t)(t->at[i].end - t->at[i].start) };
}

void json_tokens_free(struct json_tokens *t);

#endif
