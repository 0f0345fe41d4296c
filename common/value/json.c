/* SPDX-License-Identifier: MIT */
#include "value/json.h"

#include <stdint.h>

#include "base/utf8.h"
#include "value/json_scalar.h"
#include "value/number.h"

/* A walk through the text. P is the next byte; ERROR is set when that byte is wrong. */
struct walk {
    const char *p;
    const char *end;
    enum json_error error;
    size_t n_tokens;
    uint64_t is_object[JSON_DEPTH / 64]; /* a bit for each level that is open */
    unsigned depth;
};

static bool fail(struct walk *w, enum json_error error)
{
    w->error = w->p == w->end ? JSON_CUT : error;
    return false;
}

static void skip_space(struct walk *w)
{
    while (w->p < w->end && (*w->p == ' ' || *w->p == '\t' || *w->p == '\r' || *w->p == '\n'))
        w->p++;
}

static bool check_number(struct walk *w)
{
    struct number number;

    return number_read(&w->p, w->end, &number) || fail(w, JSON_BAD_NUMBER);
}

static bool check_literal(struct walk *w, const char *word)
{
    for (; *word != '\0'; word++, w->p++)
        if (w->p == w->end || *w->p != *word)
            return fail(w, JSON_BAD_LITERAL);
    return true;
}

/* Moves P to the first byte that is not plain in a string: quote, backslash, control character or not ASCII. */
static void skip_plain(struct walk *w)
{
    while (w->end - w->p >= VECTOR_BYTES) {
        unsigned special = json_special(w->p);
        if (special != 0) {
            w->p += __builtin_ctz(special);
            return;
        }
        w->p += VECTOR_BYTES;
    }
    while (w->p < w->end && json_is_plain(*w->p))
        w->p++;
}

static bool check_string(struct walk *w)
{
    uint32_t code;

    w->p++;
    for (;;) {
        skip_plain(w);
        if (w->p == w->end)
            return fail(w, JSON_CUT);
        unsigned char c = (unsigned char)*w->p;
        if (c == '"') {
            w->p++;
            return true;
        }
        if (c == '\\') {
            w->p++;
            enum json_error error = json_read_escape(&w->p, w->end, &code);
            if (error != JSON_OK)
                return fail(w, error);
        } else if (c < 0x20) {
            return fail(w, JSON_BAD_CONTROL);
        } else {
            size_t n = utf8_length(w->p, (size_t)(w->end - w->p));
            if (n == 0)
                return fail(w, JSON_BAD_UTF8);
            w->p += n;
        }
    }
}

static bool check_scalar(struct walk *w)
{
    switch (w->p < w->end ? *w->p : '\0') {
    case '"':
        return check_string(w);
    case 't':
        return check_literal(w, "true");
    case 'f':
        return check_literal(w, "false");
    case 'n':
        return check_literal(w, "null");
    case '-': case '0': case '1': case '2': case '3': case '4': case '5': case '6': case '7': case '8': case '9':
        return check_number(w);
    default:
        return fail(w, JSON_NO_VALUE);
    }
}

static bool check_key(struct walk *w)
{
    if (w->p == w->end || *w->p != '"')
        return fail(w, JSON_NO_KEY);
    w->n_tokens++;
    if (!check_string(w))
        return false;
    skip_space(w);
    if (w->p == w->end || *w->p != ':')
        return fail(w, JSON_NO_COLON);
    w->p++;
    return true;
}

static bool in_object(const struct walk *w)
{
    return w->is_object[(w->depth - 1) / 64] >> ((w->depth - 1) % 64) & 1;
}

static bool open_level(struct walk *w)
{
    uint64_t bit = UINT64_C(1) << (w->depth % 64);

    if (w->depth == JSON_DEPTH)
        return fail(w, JSON_TOO_DEEP);
    if (*w->p == '{')
        w->is_object[w->depth / 64] |= bit;
    else
        w->is_object[w->depth / 64] &= ~bit;
    w->depth++;
    w->p++;
    return true;
}

/* Closes levels while closing brackets follow. On return a value must follow, or DEPTH is 0. */
static bool close_levels(struct walk *w)
{
    while (w->depth > 0) {
        bool object = in_object(w);
        skip_space(w);
        if (w->p < w->end && *w->p == ',') {
            w->p++;
            skip_space(w);
            return !object || check_key(w);
        }
        if (w->p == w->end || *w->p != (object ? '}' : ']'))
            return fail(w, JSON_NO_COMMA);
        w->p++;
        w->depth--;
    }
    return true;
}

/* Checks one value and all in it. Not recursive: hostile input must not choose the depth of the stack. */
static bool check_value(struct walk *w)
{
    do {
        skip_space(w);
        w->n_tokens++;
        if (w->p == w->end || (*w->p != '{' && *w->p != '[')) {
            if (!check_scalar(w))
                return false;
        } else {
            char close = *w->p == '{' ? '}' : ']';
            if (!open_level(w))
                return false;
            skip_space(w);
            if (w->p == w->end || *w->p != close) {
                if (close == '}' && !check_key(w))
                    return false;
                continue;
            }
        }
        if (!close_levels(w))
            return false;
    } while (w->depth > 0);
    return true;
}

static struct json_report check(struct span text, bool must_be_object)
{
    struct walk w = { .p = text.at, .end = text.at + text.len };

    skip_space(&w);
    if (must_be_object && (w.p == w.end || *w.p != '{'))
        fail(&w, JSON_NO_OBJECT);
    else if (check_value(&w)) {
        skip_space(&w);
        if (w.p != w.end)
            fail(&w, JSON_TRAILING);
    }
    return (struct json_report){ w.error, (size_t)(w.p - text.at), w.n_tokens };
}

struct json_report json_check(struct span text)
{
    return check(text, false);
}

struct json_report json_check_object(struct span text)
{
    return check(text, true);
}

const char *json_error_text(enum json_error error)
{
    static const char *const texts[] = {
        [JSON_OK] = "no error",
        [JSON_CUT] = "unexpected end of line",
        [JSON_NO_OBJECT] = "expected an object",
        [JSON_NO_VALUE] = "expected a value",
        [JSON_NO_KEY] = "expected a key in quotes",
        [JSON_NO_COLON] = "expected a colon after a key",
        [JSON_NO_COMMA] = "expected a comma or a closing bracket after a value",
        [JSON_BAD_NUMBER] = "invalid number",
        [JSON_BAD_LITERAL] = "expected true, false or null",
        [JSON_BAD_ESCAPE] = "invalid escape in a string",
        [JSON_BAD_SURROGATE] = "lone surrogate in a string",
        [JSON_BAD_CONTROL] = "control character in a string",
        [JSON_BAD_UTF8] = "invalid UTF-8",
        [JSON_TOO_DEEP] = "nested deeper than 1024 levels",
        [JSON_TRAILING] = "unexpected text after the object",
    };

    return texts[error];
}
