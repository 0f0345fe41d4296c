/* SPDX-License-Identifier: MIT */
#include "value/json.h"

#include <stdint.h>

#include "base/utf8.h"

#if defined __SSE2__ && !defined WEIR_PLAIN
#include <emmintrin.h>
#endif

/* A walk through the text: P is the next byte, and ERROR is set when it is not what it must be. */
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

static bool is_digit(const struct walk *w)
{
    return w->p < w->end && *w->p >= '0' && *w->p <= '9';
}

static bool skip_digits(struct walk *w)
{
    if (!is_digit(w))
        return fail(w, JSON_BAD_NUMBER);
    while (is_digit(w))
        w->p++;
    return true;
}

static bool check_number(struct walk *w)
{
    if (*w->p == '-')
        w->p++;
    if (w->p < w->end && *w->p == '0') {
        w->p++;
        if (is_digit(w))
            return fail(w, JSON_BAD_NUMBER);
    } else if (!skip_digits(w)) {
        return false;
    }
    if (w->p < w->end && *w->p == '.') {
        w->p++;
        if (!skip_digits(w))
            return false;
    }
    if (w->p < w->end && (*w->p == 'e' || *w->p == 'E')) {
        w->p++;
        if (w->p < w->end && (*w->p == '+' || *w->p == '-'))
            w->p++;
        return skip_digits(w);
    }
    return true;
}

static bool check_literal(struct walk *w, const char *word)
{
    for (; *word != '\0'; word++, w->p++)
        if (w->p == w->end || *w->p != *word)
            return fail(w, JSON_BAD_LITERAL);
    return true;
}

/* Reads four hexadecimal digits into CODE. */
static bool check_hex(struct walk *w, unsigned *code)
{
    *code = 0;
    for (int i = 0; i < 4; i++, w->p++) {
        unsigned char c = w->p < w->end ? (unsigned char)*w->p : 0;
        unsigned char letter = c | 0x20;
        if (c >= '0' && c <= '9')
            *code = *code * 16 + c - '0';
        else if (letter >= 'a' && letter <= 'f')
            *code = *code * 16 + letter - 'a' + 10;
        else
            return fail(w, JSON_BAD_ESCAPE);
    }
    return true;
}

/* An escape, P behind its backslash. A surrogate is good only as a pair, high then low. */
static bool check_escape(struct walk *w)
{
    unsigned code;

    if (w->p == w->end || strchr("\"\\/bfnrtu", *w->p) == NULL || *w->p == '\0')
        return fail(w, JSON_BAD_ESCAPE);
    if (*w->p++ != 'u')
        return true;
    const char *start = w->p;
    if (!check_hex(w, &code))
        return false;
    if (code < 0xd800 || code > 0xdfff)
        return true;
    if (code < 0xdc00 && w->end - w->p >= 2 && w->p[0] == '\\' && w->p[1] == 'u') {
        w->p += 2;
        if (!check_hex(w, &code))
            return false;
        if (code >= 0xdc00 && code <= 0xdfff)
            return true;
    }
    w->p = start;
    return fail(w, JSON_BAD_SURROGATE);
}

/* Moves P over bytes that stand for themselves: ASCII but quotes, backslashes and controls. */
static void skip_plain(struct walk *w)
{
#if defined __SSE2__ && !defined WEIR_PLAIN
    const __m128i quote = _mm_set1_epi8('"');
    const __m128i backslash = _mm_set1_epi8('\\');
    const __m128i space = _mm_set1_epi8(' ');

    while (w->end - w->p >= 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)w->p);
        /* signed: bytes from 0x80 are below ' ' as well */
        __m128i special = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, backslash)),
                                       _mm_cmplt_epi8(bytes, space));
        unsigned mask = (unsigned)_mm_movemask_epi8(special);
        if (mask != 0) {
            w->p += __builtin_ctz(mask);
            return;
        }
        w->p += 16;
    }
#endif
    while (w->p < w->end && *w->p != '"' && *w->p != '\\' && (unsigned char)*w->p >= 0x20 &&
           (unsigned char)*w->p < 0x80)
        w->p++;
}

static bool check_string(struct walk *w)
{
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
            if (!check_escape(w))
                return false;
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

/* Closes levels as long as closing brackets follow; on return a value is due, or DEPTH is 0. */
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

/* One value with all that it holds. Not recursive: hostile input must not choose how deep the stack goes. */
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
        [JSON_CUT] = "the line ends too early",
        [JSON_NO_OBJECT] = "not an object",
        [JSON_NO_VALUE] = "no value where one must be",
        [JSON_NO_KEY] = "no key where one must be",
        [JSON_NO_COLON] = "no colon after a key",
        [JSON_NO_COMMA] = "neither a comma nor the closing bracket after a value",
        [JSON_BAD_NUMBER] = "bad number",
        [JSON_BAD_LITERAL] = "neither true nor false nor null",
        [JSON_BAD_ESCAPE] = "bad escape in a string",
        [JSON_BAD_SURROGATE] = "lone surrogate in a string",
        [JSON_BAD_CONTROL] = "control character in a string",
        [JSON_BAD_UTF8] = "invalid UTF-8",
        [JSON_TOO_DEEP] = "nested deeper than 1024",
        [JSON_TRAILING] = "more text after the object",
    };

    return texts[error];
}

static uint32_t hex4(const char *digits)
{
    uint32_t code = 0;

    for (int i = 0; i < 4; i++) {
        unsigned char c = (unsigned char)digits[i];
        code = code * 16 + (c <= '9' ? c - (unsigned)'0' : (c | 0x20u) - 'a' + 10u);
    }
    return code;
}

const char *json_unescape_one(const char *p, char **out)
{
    static const char values[256] = { ['"'] = '"',  ['\\'] = '\\', ['/'] = '/',  ['b'] = '\b',
                                      ['f'] = '\f', ['n'] = '\n',  ['r'] = '\r', ['t'] = '\t' };

    if (*p != 'u') {
        *(*out)++ = values[(unsigned char)*p];
        return p + 1;
    }
    uint32_t code = hex4(p + 1);
    p += 5;
    if (code >= 0xd800 && code <= 0xdbff) {
        code = 0x10000 + ((code - 0xd800) << 10) + (hex4(p + 2) - 0xdc00);
        p += 6;
    }
    *out += utf8_encode(*out, code);
    return p;
}

size_t json_unescape(char *out, struct span raw)
{
    const char *p = raw.at;
    const char *end = raw.at + raw.len;
    char *start = out;

    while (p < end) {
        if (*p == '\\')
            p = json_unescape_one(p + 1, &out);
        else
            *out++ = *p++;
    }
    return (size_t)(out - start);
}
