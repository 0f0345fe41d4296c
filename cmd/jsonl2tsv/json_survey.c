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
#include "json_value.h"

enum { EXAMPLE = 60 };

enum kind { KIND_OBJECT, KIND_ARRAY, KIND_STRING, KIND_NUMBER, KIND_BOOLEAN, KIND_NULL, KINDS };

static const char *const kind_names[KINDS] = { "object", "array", "string", "number", "boolean", "null" };

/*
 * What is known of a path; the payload of its key: the number of the path before its last step (0: none, the record)
 * and that step. A key with the whole path would cost its length for each value there, however short that is.
 */
struct place {
    uint64_t number;       /* from 1, in the order they appeared */
    uint64_t kinds[KINDS]; /* values of each kind */
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
    *s = (struct json_survey){ .key_capacity = 256, .key = xmalloc(256) };
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

/* Counts the value at TOKEN under the key of LEN bytes; returns the number of its path, 0 if that is one too many. */
static uint64_t count(struct json_survey *s, const struct json_tokens *t, size_t token, size_t len)
{
    struct span key = { s->key, len };
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
    }
    return s->paths.n <= JSON_SURVEY_PATHS && keyset_memory(&s->paths) <= JSON_SURVEY_MEMORY ? place->number : 0;
}

/* Makes the key of LEN bytes longer by the N bytes at TEXT and returns its new length. */
static size_t append(struct json_survey *s, size_t len, const char *text, size_t n)
{
    if (len + n > s->key_capacity) {
        s->key_capacity = 2 * (len + n);
        s->key = xrealloc(s->key, s->key_capacity, 1);
    }
    memcpy(s->key + len, text, n);
    return len + n;
}

/* Makes the key longer by the step to a member whose key, as it stands between its quotes, is RAW. */
static size_t append_member(struct json_survey *s, size_t len, struct span raw)
{
    char *key = xmalloc(raw.len + 1);
    struct span decoded = { key, json_unescape(key, raw) };

    len = append(s, len, ".", 1);
    if (json_path_is_bare(decoded)) {
        len = append(s, len, decoded.at, decoded.len);
    } else {
        len = append(s, len, "\"", 1);
        for (size_t i = 0; i < decoded.len; i++) {
            unsigned char c = (unsigned char)decoded.at[i];
            char escape[8] = { (char)c };
            if (c == '"' || c == '\\')
                snprintf(escape, sizeof escape, "\\%c", c);
            else if (c < ' ')
                snprintf(escape, sizeof escape, "\\u%04x", c);
            len = append(s, len, escape, c == '\0' ? 6 : strlen(escape));
        }
        len = append(s, len, "\"", 1);
    }
    free(key);
    return len;
}

/* Counts what is inside TOKEN, at the path with NUMBER. As deep as the data, which json_check() bounds. */
static bool descend(struct json_survey *s, const struct json_tokens *t, size_t token, uint64_t number)
{
    size_t end = json_next(t, token);
    bool is_object = t->at[token].type == JSMN_OBJECT;

    if (!is_object && t->at[token].type != JSMN_ARRAY)
        return true;
    for (size_t i = token + 1; i < end; i = json_next(t, i)) {
        size_t len = append(s, 0, (const char *)&number, sizeof number);
        len = is_object ? append_member(s, len, json_token_text(t, i)) : append(s, len, "[]", 2);
        uint64_t inner = count(s, t, is_object ? i + 1 : i, len);
        if (inner == 0 || !descend(s, t, is_object ? i + 1 : i, inner))
            return false;
    }
    return true;
}

bool xjson_survey_add(struct json_survey *s, const struct json_tokens *t)
{
    return descend(s, t, 0, 0);
}

static void write_types(struct writer *w, const struct place *place)
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

/* Appends the path that ends in step NUMBER of STEPS; as deep as the data. */
static void write_path(struct writer *w, const struct step *steps, uint64_t number)
{
    struct span text = steps[number].text;

    if (steps[number].parent != 0)
        write_path(w, steps, steps[number].parent);
    else if (text.len > 1 && text.at[1] != '"')
        text = (struct span){ text.at + 1, text.len - 1 }; /* a path starts without a point */
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
        xwriter_char(w, '\t');
        write_types(w, p);
        snprintf(numbers, sizeof numbers, "\t%" PRIu64 "\t%" PRIu64 "\t", n_values + p->kinds[KIND_NULL],
                 p->kinds[KIND_NULL]);
        xwriter_bytes(w, span_of(numbers));
        if (n_values > 0) {
            snprintf(numbers, sizeof numbers, "%" PRIu64 "\t%" PRIu64 "\t", p->shortest, p->longest);
            xwriter_bytes(w, span_of(numbers));
            xtsv_escape(w, (struct span){ p->example, p->example_len });
        } else {
            xwriter_bytes(w, span_of("\\N\t\\N\t\\N"));
        }
        xwriter_char(w, '\n');
        writer_commit(w);
    }
    free(steps);
}

void json_survey_close(struct json_survey *s)
{
    keyset_close(&s->paths);
    free(s->key);
}
