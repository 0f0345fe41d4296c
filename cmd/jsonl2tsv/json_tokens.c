/* SPDX-License-Identifier: MIT */
#define JSON_TOKENS_IMPLEMENTATION
#include "json_tokens.h"

#include <limits.h>
#include <stdlib.h>

#include "base/die.h"
#include "base/memory.h"
#include "value/json.h"

void xjson_tokenize(struct json_tokens *t, struct span text, size_t n_tokens)
{
    jsmn_parser parser;

    if (text.len > INT_MAX)
        die(STATUS_SYSTEM, "a line of %zu bytes is too long for the tokenizer", text.len);
    if (n_tokens > t->capacity) {
        t->capacity = n_tokens + n_tokens / 2;
        free(t->at);
        t->at = xcalloc(t->capacity, sizeof *t->at);
    }
    jsmn_init(&parser);
    if (jsmn_parse(&parser, text.at, text.len, t->at, (unsigned)t->capacity) != (int)n_tokens)
        die(STATUS_SYSTEM, "the tokenizer and the validator disagree on a line");
    t->text = text;
    t->n = n_tokens;

    /* Backwards, so that the tokens inside a token are complete before it. */
    for (size_t i = 0; i < n_tokens; i++)
        t->at[i].size = (int)i + 1;
    for (size_t i = n_tokens; i-- > 1;) {
        jsmntok_t *parent = &t->at[t->at[i].parent];
        if (parent->size < t->at[i].size)
            parent->size = t->at[i].size;
    }
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

/* The key at TOKEN, decoded; valid until the next call. */
static struct span key_of(struct json_tokens *t, size_t token)
{
    struct span raw = json_token_text(t, token);

    if (memchr(raw.at, '\\', raw.len) == NULL)
        return raw;
    char *key = xbuffer_reserve(&t->key, raw.len);
    return (struct span){ key, json_unescape(key, raw) };
}

static void take(struct json_tokens *t, size_t token, const struct json_node *node, struct json_tape *tape);

/* Reads all keys before it takes any value, because the last of duplicate keys counts. */
static void take_members(struct json_tokens *t, size_t token, const struct json_node *node, struct json_tape *tape)
{
    size_t end = json_next(t, token);

    for (size_t key = token + 1; key < end; key = json_next(t, key)) {
        struct json_node *child = json_node_find(node, key_of(t, key));
        if (child != NULL)
            child->chosen = key + 1;
    }
    for (size_t i = 0; i < node->n_keys; i++) {
        size_t chosen = node->children[i]->chosen;
        node->children[i]->chosen = 0;
        if (chosen != 0)
            take(t, chosen, node->children[i], tape);
    }
}

static void take_elements(struct json_tokens *t, size_t token, const struct json_node *node, struct json_tape *tape)
{
    size_t end = json_next(t, token);
    size_t wanted = node->n_keys;
    size_t n_indices = node->n_children - (node->each != NULL);
    size_t index = 0;

    for (size_t i = token + 1; i < end && wanted < n_indices; i = json_next(t, i), index++)
        if (node->children[wanted]->step.index == index)
            take(t, i, node->children[wanted++], tape);
    for (size_t i = token + 1; i < end && node->each != NULL; i = json_next(t, i))
        take(t, i, node->each, tape);
}

/* Takes the value at TOKEN for NODE and all nodes below. */
static void take(struct json_tokens *t, size_t token, const struct json_node *node, struct json_tape *tape)
{
    size_t entry = xjson_tape_open(tape, node);

    if (t->at[token].type == JSMN_OBJECT && node->n_keys > 0)
        take_members(t, token, node, tape);
    else if (t->at[token].type == JSMN_ARRAY && node->n_children > node->n_keys)
        take_elements(t, token, node, tape);
    json_tape_close(tape, node, entry, value_of(t, token));
}

void xjson_tokens_take(struct json_tokens *t, const struct json_node *root, struct json_tape *tape)
{
    take(t, 0, root, tape);
}

void json_tokens_free(struct json_tokens *t)
{
    free(t->at);
    buffer_free(&t->key);
}
