/* SPDX-License-Identifier: MIT */
#include "value/json_path.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "value/json.h"
#include "value/number.h"

static const bool is_punctuation[256] = { ['.'] = true, ['['] = true, [']'] = true, ['"'] = true, ['@'] = true,
                                          [':'] = true, ['!'] = true, ['?'] = true, ['='] = true, ['#'] = true };

/* The length of the quoted key that TEXT starts with, including its quotes; 0 if the closing one is missing. */
static size_t quoted_length(struct span text)
{
    for (size_t i = 1; i < text.len; i++) {
        if (text.at[i] == '"')
            return i + 1;
        if (text.at[i] == '\\')
            i++;
    }
    return 0;
}

size_t json_path_find(struct span text, char c)
{
    size_t i = 0;

    while (i < text.len && text.at[i] != c) {
        size_t quoted = text.at[i] == '"' ? quoted_length((struct span){ text.at + i, text.len - i }) : 0;
        i += quoted > 0 ? quoted : 1;
    }
    return i;
}

/* The length of the bare key that TEXT starts with. */
static size_t bare_length(struct span text)
{
    size_t len = 0;

    while (len < text.len && (unsigned char)text.at[len] >= ' ' && !is_punctuation[(unsigned char)text.at[len]])
        len++;
    return len;
}

bool json_path_is_bare(struct span key)
{
    return key.len > 0 && bare_length(key) == key.len;
}

void xjson_path_append_key(struct buffer *path, struct span raw)
{
    char *text = NULL;
    struct span decoded = raw;

    if (memchr(raw.at, '\\', raw.len) != NULL) {
        text = xmalloc(raw.len);
        decoded = (struct span){ text, json_unescape(text, raw) };
    }
    xbuffer_append(path, span_of("."));
    if (json_path_is_bare(decoded)) {
        xbuffer_append(path, decoded);
    } else {
        xbuffer_append(path, span_of("\""));
        for (size_t i = 0; i < decoded.len; i++) {
            unsigned char c = (unsigned char)decoded.at[i];
            char escape[8] = { (char)c, '\0' };
            if (c == '"' || c == '\\')
                snprintf(escape, sizeof escape, "\\%c", c);
            else if (c < ' ')
                snprintf(escape, sizeof escape, "\\u%04x", c);
            xbuffer_append(path, span_of(escape));
        }
        xbuffer_append(path, span_of("\""));
    }
    free(text);
}

/* Parses the key at *AT, bare or quoted, into STEP and moves *AT to its end. */
static bool parse_key(struct span text, size_t *at, struct json_step *step)
{
    struct span rest = { text.at + *at, text.len - *at };
    size_t len = 0;

    step->kind = JSON_KEY;
    if (rest.len > 0 && rest.at[0] == '"') {
        len = quoted_length(rest);
        if (len == 0 || json_check((struct span){ rest.at, len }).error != JSON_OK)
            return false;
        char *key = xmalloc(len);
        step->key = (struct span){ key, json_unescape(key, (struct span){ rest.at + 1, len - 2 }) };
    } else {
        len = bare_length(rest);
        if (len == 0 || utf8_check(rest.at, len) < len)
            return false;
        step->key = (struct span){ xmemdup(rest.at, len), len };
    }
    *at += len;
    return true;
}

/* Parses the bracket at *AT into STEP and moves *AT to its end. */
static bool parse_bracket(struct span text, size_t *at, struct json_step *step)
{
    size_t i = *at + 1;
    size_t start = i;

    if (i < text.len && text.at[i] == '#') {
        step->kind = JSON_ORDINAL;
        i++;
    } else {
        for (; i < text.len && number_is_digit(text.at[i]) && i - start < 10; i++)
            step->index = step->index * 10 + (size_t)(text.at[i] - '0');
        step->kind = i > start ? JSON_INDEX : JSON_EACH;
    }
    if (i >= text.len || text.at[i] != ']')
        return false;
    *at = i + 1;
    return step->kind != JSON_ORDINAL || *at == text.len;
}

bool xjson_path_parse(struct json_path *path, struct span text, size_t *offset)
{
    size_t at = 0;
    bool good;

    *path = (struct json_path){ 0 };
    *offset = 0;
    path->is_file = span_equal(text, span_of("@file"));
    if (path->is_file || span_equal(text, span_of("@line")))
        return true;
    do {
        struct json_step step = { 0 };
        if (at > 0 && text.at[at] == '[') {
            good = parse_bracket(text, &at, &step);
        } else {
            good = at == 0 || text.at[at] == '.';
            if (good && at < text.len && text.at[at] == '.')
                at++;
            good = good && parse_key(text, &at, &step);
        }
        path->steps = xgrow(path->steps, path->n, sizeof *path->steps);
        path->steps[path->n++] = step;
    } while (good && at < text.len);
    *offset = at;
    return good;
}

void json_path_free(struct json_path *path)
{
    for (size_t i = 0; i < path->n; i++)
        free((char *)path->steps[i].key.at);
    free(path->steps);
}
