/* SPDX-License-Identifier: MIT */
#include "json_closest.h"

#include <stdint.h>

#include "value/json.h"
#include "value/json_path.h"
#include "json_tokens.h"

enum {
    LONGEST = 200,      /* bytes of a path to compare, at most */
    MOST_PATHS = 10000, /* paths to compare, at most: those of the first elements tell the others */
};

struct search {
    struct json_tokens tokens;
    struct span wanted;
    struct buffer path; /* of the current value */
    struct buffer *closest;
    size_t distance; /* of CLOSEST, bytes times 2; at first, of one that is too far */
    size_t n_paths;
};

static char fold(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* The number of bytes to insert, delete or replace to make A of B, except for case. Both are at most LONGEST bytes. */
static size_t distance_of(struct span a, struct span b)
{
    size_t row[LONGEST + 1]; /* distances of the beginnings of B to the first I bytes of A */

    for (size_t j = 0; j <= b.len; j++)
        row[j] = j;
    for (size_t i = 0; i < a.len; i++) {
        size_t diagonal = row[0]++;
        for (size_t j = 0; j < b.len; j++) {
            size_t replaced = diagonal + (fold(a.at[i]) != fold(b.at[j]));
            size_t edited = (row[j] < row[j + 1] ? row[j] : row[j + 1]) + 1;
            diagonal = row[j + 1];
            row[j + 1] = replaced < edited ? replaced : edited;
        }
    }
    return row[b.len];
}

/* Compares the current path. Equal is best, then one that ends in .WANTED, then one with a byte changed. */
static void compare(struct search *s)
{
    struct span path = buffer_span(&s->path);
    size_t distance;

    if (path.len > 1 && path.at[1] != '"')
        path = (struct span){ path.at + 1, path.len - 1 };
    s->n_paths++;
    if (path.len > LONGEST)
        return;
    distance = 2 * distance_of(s->wanted, path);
    if (distance > 1 && path.len > s->wanted.len && path.at[path.len - s->wanted.len - 1] == '.' &&
        distance_of(s->wanted, (struct span){ path.at + path.len - s->wanted.len, s->wanted.len }) == 0)
        distance = 1;
    if (distance >= s->distance)
        return;
    s->distance = distance;
    s->closest->len = 0;
    xbuffer_append(s->closest, path);
}

/* Compares the paths of all values inside TOKEN. Recursion is as deep as the data: JSON_DEPTH at most. */
static void visit(struct search *s, size_t token)
{
    size_t end = json_next(&s->tokens, token);
    size_t len = s->path.len;
    bool is_object = s->tokens.at[token].type == JSMN_OBJECT;

    if (!is_object && s->tokens.at[token].type != JSMN_ARRAY)
        return;
    for (size_t i = token + 1; i < end && s->n_paths < MOST_PATHS; i = json_next(&s->tokens, i)) {
        if (is_object)
            xjson_path_append_key(&s->path, json_token_text(&s->tokens, i));
        else
            xbuffer_append(&s->path, span_of("[]"));
        compare(s);
        visit(s, is_object ? i + 1 : i);
        s->path.len = len;
    }
}

void xjson_closest(struct span object, struct span path, struct buffer *closest)
{
    struct search s = { .wanted = path, .closest = closest, .distance = 2 * (path.len / 3 + 1) };
    struct json_report report = json_check_object(object);

    if (path.len > LONGEST || report.error != JSON_OK)
        return;
    xjson_tokenize(&s.tokens, object, report.n_tokens);
    visit(&s, 0);
    json_tokens_free(&s.tokens);
    buffer_free(&s.path);
}
