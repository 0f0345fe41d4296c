/* SPDX-License-Identifier: MIT */
#include "json_survey.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "json_path.h"
#include "json_text.h"
#include "memory.h"
#include "tsv.h"
#include "utf8.h"

enum { EXAMPLE = 60 };

enum kind { KIND_OBJECT, KIND_ARRAY, KIND_STRING, KIND_NUMBER, KIND_BOOLEAN, KIND_NULL, KINDS };

static const char *const kind_names[KINDS] = { "object", "array", "string", "number", "boolean", "null" };

/* What is known of a path; the payload of its key. */
struct place {
    uint64_t kinds[KINDS]; /* values of each kind */
    uint64_t shortest;     /* bytes, of values that are not null */
    uint64_t longest;
    size_t example_len;
    char example[EXAMPLE];
};

void xjson_survey_open(struct json_survey *s)
{
    *s = (struct json_survey){ .path_capacity = 256, .path = xmalloc(256) };
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

/* Counts the value at TOKEN under the path of LEN bytes; false if that is one path too many. */
static bool count(struct json_survey *s, const struct json_tokens *t, size_t token, size_t len)
{
    struct span path = { s->path, len };
    struct span text = json_token_text(t, token);
    enum kind kind = kind_of(t, token);
    bool is_new;
    struct place *place = xkeyset_add(&s->paths, keyset_hash(&s->paths, path), path, &is_new);
    bool is_first = place->example_len == 0 && place->longest == 0;

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
    return s->paths.n <= JSON_SURVEY_PATHS;
}

/* Makes the path of LEN bytes longer by the N bytes at TEXT and returns its new length. */
static size_t append(struct json_survey *s, size_t len, const char *text, size_t n)
{
    if (len + n > s->path_capacity) {
        s->path_capacity = 2 * (len + n);
        s->path = xrealloc(s->path, s->path_capacity, 1);
    }
    memcpy(s->path + len, text, n);
    return len + n;
}

/* Makes the path longer by the step to a member whose key, as it stands between its quotes, is RAW. */
static size_t append_key(struct json_survey *s, size_t len, struct span raw)
{
    char *key = xmalloc(raw.len + 1);
    struct span decoded = { key, json_unescape(key, raw) };

    if (json_path_is_bare(decoded)) {
        if (len > 0)
            len = append(s, len, ".", 1);
        len = append(s, len, decoded.at, decoded.len);
    } else {
        len = append(s, len, ".\"", 2);
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

/* Counts what is inside TOKEN, whose path has LEN bytes. As deep as the data, which json_check() bounds. */
static bool descend(struct json_survey *s, const struct json_tokens *t, size_t token, size_t len)
{
    size_t end = json_next(t, token);
    bool is_object = t->at[token].type == JSMN_OBJECT;

    if (!is_object && t->at[token].type != JSMN_ARRAY)
        return true;
    for (size_t i = token + 1; i < end; i = json_next(t, i)) {
        size_t value = is_object ? i + 1 : i;
        size_t inner = is_object ? append_key(s, len, json_token_text(t, i)) : append(s, len, "[]", 2);
        if (!count(s, t, value, inner) || !descend(s, t, value, inner))
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

void xjson_survey_write(const struct json_survey *s, struct writer *w)
{
    struct span path;

    for (const struct place *p = NULL; (p = keyset_next(&s->paths, p, &path)) != NULL;) {
        char numbers[100];
        uint64_t n_values = 0;
        for (int kind = 0; kind < KINDS; kind++)
            n_values += p->kinds[kind];
        xtsv_escape(w, path);
        xwriter_char(w, '\t');
        write_types(w, p);
        snprintf(numbers, sizeof numbers, "\t%" PRIu64 "\t%" PRIu64 "\t", n_values, p->kinds[KIND_NULL]);
        xwriter_bytes(w, span_of(numbers));
        if (n_values > p->kinds[KIND_NULL]) {
            snprintf(numbers, sizeof numbers, "%" PRIu64 "\t%" PRIu64 "\t", p->shortest, p->longest);
            xwriter_bytes(w, span_of(numbers));
            xtsv_escape(w, (struct span){ p->example, p->example_len });
        } else {
            xwriter_bytes(w, span_of("\\N\t\\N\t\\N"));
        }
        xwriter_char(w, '\n');
        writer_commit(w);
    }
}

void json_survey_close(struct json_survey *s)
{
    keyset_close(&s->paths);
    free(s->path);
}
