/* SPDX-License-Identifier: MIT */
#include "json_survey.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "stream/tsv.h"
#include "value/json.h"
#include "value/json_path.h"
#include "value/type.h"

enum { EXAMPLE = 60 };

enum kind { KIND_OBJECT, KIND_ARRAY, KIND_STRING, KIND_NUMBER, KIND_BOOLEAN, KIND_NULL, KINDS };

static const char *const kind_names[KINDS] = { "object", "array", "string", "number", "boolean", "null" };

/*
 * A path: the payload of its key. The key is the number of the path without its last step (0: none, the record), and
 * that step. A key with the whole path would cost the length of the path for each value, even a short one.
 */
struct place {
    uint64_t number;       /* from 1, in order of first appearance */
    uint64_t kinds[KINDS]; /* values of each kind */
    uint64_t n_empty;      /* empty strings */
    unsigned excluded;     /* types that do not accept all values, as a set of type.h */
    uint64_t shortest;     /* bytes, of values that are not null */
    uint64_t longest;
    size_t example_len;
    char example[EXAMPLE];
};

/* The last step of a path, from the path PARENT. */
struct step {
    uint64_t parent;
    struct span text;
};

void xjson_survey_open(struct json_survey *s)
{
    *s = (struct json_survey){ .key = { .len = 0 } };
    xkeyset_open(&s->paths, sizeof(struct place));
}

static enum kind kind_of(const struct json_tokens *t, size_t token)
{
    switch (t->at[token].type) {
    case JSMN_OBJECT:
        return KIND_OBJECT;
    case JSMN_ARRAY:
        return KIND_ARRAY;
    case JSMN_STRING:
        return KIND_STRING;
    default:
        break;
    }
    switch (t->text.at[t->at[token].start]) {
    case 'n':
        return KIND_NULL;
    case 't':
    case 'f':
        return KIND_BOOLEAN;
    default:
        return KIND_NUMBER;
    }
}

static uint64_t count_values(const struct place *place)
{
    uint64_t n = 0;

    for (int kind = 0; kind < KINDS; kind++)
        n += kind != KIND_NULL ? place->kinds[kind] : 0;
    return n;
}

/* The types of SET that accept TEXT, a value of KIND, not null: for a string, without the quotes. */
static unsigned keep_types(struct json_survey *s, unsigned set, enum kind kind, struct span text)
{
    if (kind == KIND_OBJECT || kind == KIND_ARRAY)
        return set & 1u << TYPE_JSON;
    if (kind != KIND_STRING)
        return type_set_keep(set, text) & ~(1u << TYPE_STR);
    if (memchr(text.at, '\\', text.len) != NULL) {
        char *room = xbuffer_reserve(&s->value, text.len);
        text = (struct span){ room, json_unescape(room, text) };
    }
    return type_set_keep(set, text);
}

/* Counts the value at TOKEN under the current key. Returns the number of its path; 0: a limit is exceeded. */
static uint64_t count(struct json_survey *s, const struct json_tokens *t, size_t token)
{
    struct span key = buffer_span(&s->key);
    struct span text = json_token_text(t, token);
    enum kind kind = kind_of(t, token);
    bool is_new;
    struct place *place = xkeyset_add(&s->paths, keyset_hash(&s->paths, key), key, &is_new);
    bool is_first = count_values(place) == 0;

    if (is_new)
        place->number = s->paths.n;
    place->kinds[kind]++;
    if (kind != KIND_NULL) {
        if (is_first) {
            place->example_len = text.len < EXAMPLE ? text.len : EXAMPLE;
            while (utf8_check(text.at, place->example_len) < place->example_len)
                place->example_len--;
            memcpy(place->example, text.at, place->example_len);
            place->shortest = text.len;
        }
        if (text.len < place->shortest)
            place->shortest = text.len;
        if (text.len > place->longest)
            place->longest = text.len;
        place->n_empty += text.len == 0;
        place->excluded |= ~keep_types(s, TYPE_SET_ALL & ~place->excluded, kind, text);
    }
    return s->paths.n <= JSON_SURVEY_PATHS && keyset_memory(&s->paths) <= JSON_SURVEY_MEMORY ? place->number : 0;
}

/* Counts the values inside TOKEN, at the path with NUMBER. Recursion is as deep as the data: JSON_DEPTH at most. */
static bool descend(struct json_survey *s, const struct json_tokens *t, size_t token, uint64_t number)
{
    size_t end = json_next(t, token);
    bool is_object = t->at[token].type == JSMN_OBJECT;

    if (!is_object && t->at[token].type != JSMN_ARRAY)
        return true;
    for (size_t i = token + 1; i < end; i = json_next(t, i)) {
        s->key.len = 0;
        xbuffer_append(&s->key, (struct span){ (const char *)&number, sizeof number });
        if (is_object)
            xjson_path_append_key(&s->key, json_token_text(t, i));
        else
            xbuffer_append(&s->key, span_of("[]"));
        uint64_t inner = count(s, t, is_object ? i + 1 : i);
        if (inner == 0 || !descend(s, t, is_object ? i + 1 : i, inner))
            return false;
    }
    return true;
}

bool xjson_survey_add(struct json_survey *s, const struct json_tokens *t)
{
    return descend(s, t, 0, 0);
}

static void write_kinds(struct writer *w, const struct place *place)
{
    bool is_first = true;

    for (int kind = 0; kind < KINDS; kind++) {
        if (place->kinds[kind] == 0)
            continue;
        if (!is_first)
            xwriter_char(w, ',');
        is_first = false;
        xwriter_bytes(w, span_of(kind_names[kind]));
    }
}

/* Appends the path that ends in step NUMBER of STEPS. Recursion is as deep as the data. */
static void write_path(struct writer *w, const struct step *steps, uint64_t number)
{
    struct span text = steps[number].text;

    if (steps[number].parent != 0)
        write_path(w, steps, steps[number].parent);
    else if (text.len > 1 && text.at[1] != '"')
        text = (struct span){ text.at + 1, text.len - 1 }; /* a path starts without a dot */
    xtsv_escape(w, text);
}

void xjson_survey_write(const struct json_survey *s, struct writer *w)
{
    struct step *steps = xcalloc(s->paths.n + 1, sizeof *steps);
    struct span key;

    for (const struct place *p = NULL; (p = keyset_next(&s->paths, p, &key)) != NULL;) {
        struct step *step = &steps[p->number];
        char numbers[100];
        uint64_t n_values = count_values(p);
        memcpy(&step->parent, key.at, sizeof step->parent);
        step->text = (struct span){ key.at + sizeof step->parent, key.len - sizeof step->parent };
        write_path(w, steps, p->number);
        const char *type = n_values > 0 ? type_set_word(TYPE_SET_ALL & ~p->excluded) : NULL;
        snprintf(numbers, sizeof numbers, "\t%s\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64, type != NULL ? type : "\\N",
                 n_values + p->kinds[KIND_NULL], p->kinds[KIND_NULL], p->n_empty);
        xwriter_bytes(w, span_of(numbers));
        snprintf(numbers, sizeof numbers, "\t%" PRIu64 "\t%" PRIu64 "\t", p->shortest, p->longest);
        xwriter_bytes(w, span_of(n_values > 0 ? numbers : "\t\\N\t\\N\t"));
        write_kinds(w, p);
        xwriter_char(w, '\t');
        if (n_values > 0)
            xtsv_escape(w, (struct span){ p->example, p->example_len });
        else
            xwriter_bytes(w, span_of("\\N"));
        xwriter_char(w, '\n');
        writer_commit(w);
    }
    free(steps);
}

void json_survey_close(struct json_survey *s)
{
    keyset_close(&s->paths);
    buffer_free(&s->key);
    buffer_free(&s->value);
}
