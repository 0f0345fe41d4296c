/* SPDX-License-Identifier: MIT */
#define JSON_TOKENS_IMPLEMENTATION
#include "json_tokens.h"

#include <limits.h>
#include <stdlib.h>

#include "base/die.h"
#include "base/memory.h"

void xjson_tokenize(struct json_tokens *t, struct span text, size_t n_tokens)
{
    jsmn_parser parser;

    if (text.len > INT_MAX)
        die(STATUS_SYSTEM, "a line of %zu bytes is more than the tokenizer can address", text.len);
    if (n_tokens > t->capacity) {
        t->capacity = n_tokens + n_tokens / 2;
        free(t->at);
        t->at = xcalloc(t->capacity, sizeof *t->at);
    }
    jsmn_init(&parser);
    if (jsmn_parse(&parser, text.at, text.len, t->at, (unsigned)t->capacity) != (int)n_tokens)
        die(STATUS_SYSTEM, "the tokenizer and the validator do not agree on a line");
    t->text = text;
    t->n = n_tokens;

    /* Backwards, so that all inside a token has been seen before it: what ends last in it is where it ends. */
    for (size_t i = 0; i < n_tokens; i++)
        t->at[i].size = (int)i + 1;
    for (size_t i = n_tokens; i-- > 1;) {
        jsmntok_t *parent = &t->at[t->at[i].parent];
        if (parent->size < t->at[i].size)
            parent->size = t->at[i].size;
    }
}

void json_tokens_free(struct json_tokens *t)
{
    free(t->at);
}
