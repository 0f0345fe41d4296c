/* SPDX-License-Identifier: MIT */
#include "json_scan.h"

#ifdef WEIR_PLAIN

bool json_scan(struct json_node *root, struct span line, struct json_value *values)
{
    (void)root;
    (void)line;
    (void)values;
    return false;
}

#else

#include "json_scalar.h"

#if defined __SSE2__
#include <emmintrin.h>
#else
#include "base/utf8.h"
#endif

enum {
    VECTOR = 16,
    DEEPEST = 64, /* objects and arrays inside each other that it follows */
};

/* An object or array that is open. */
struct level {
    const struct json_node *node; /* what is asked for of it */
    const char *at;               /* its bracket */
    char close;                   /* the one that ends it */
    size_t next;                  /* of an array: the child of NODE that is wanted next, ... */
    size_t index;                 /* ... and the element at hand */
};

/* A scalar or key: where it ends (a string at its quote), NULL if it is bad. */
struct token {
    const char *end;
    enum json_kind kind;
};

/* What is asked for of a value that nobody asked for. */
static const struct json_node nothing;

/* Nothing below asks where the line ends: the LF that stands there is part of no token, so all stop at it. */

static inline const char *skip_space(const char *p)
{
    while ((unsigned char)*p <= ' ' && (*p == ' ' || *p == '\t' || *p == '\r'))
        p++;
    return p;
}

#if defined __SSE2__

/* A vector of BYTE. */
static inline __m128i each(int byte)
{
    return _mm_set1_epi8((char)byte);
}

/* The first byte from P on that is a quote, a backslash or a control character. */
static inline const char *skip_text(const char *p)
{
    const __m128i quote = each('"');
    const __m128i backslash = each('\\');
    const __m128i last_control = each(' ' - 1);

    for (;; p += VECTOR) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
        __m128i special = _mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, backslash));
        special = _mm_or_si128(special, _mm_cmpeq_epi8(_mm_min_epu8(bytes, last_control), bytes));
        unsigned mask = (unsigned)_mm_movemask_epi8(special);
        if (mask != 0)
            return p + __builtin_ctz(mask);
    }
}

/* BYTES moved on by N, with the last N of PREVIOUS before them. */
#define BEHIND(n, previous, bytes) _mm_or_si128(_mm_srli_si128(previous, VECTOR - (n)), _mm_slli_si128(bytes, n))

/*
 * Whether the text of a string from P, where a character starts, to its quote at END is UTF-8. False too if it is but
 * what stands behind it, in the same vector, is not.
 */
static bool is_utf8(const char *p, const char *end)
{
    __m128i previous = _mm_setzero_si128();
    __m128i bad = _mm_setzero_si128();

    for (; p <= end; p += VECTOR) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
        __m128i first = BEHIND(1, previous, bytes);
        /* not 0 where a character of two, three or four bytes must go on */
        __m128i inside = _mm_subs_epu8(first, each(0xbf));
        inside = _mm_or_si128(inside, _mm_subs_epu8(BEHIND(2, previous, bytes), each(0xdf)));
        inside = _mm_or_si128(inside, _mm_subs_epu8(BEHIND(3, previous, bytes), each(0xef)));
        /* signed: bytes from 0x80 are below all others */
        __m128i is_next = _mm_cmplt_epi8(bytes, each(0xc0));
        __m128i below_a0 = _mm_cmplt_epi8(bytes, each(0xa0));
        __m128i below_90 = _mm_cmplt_epi8(bytes, each(0x90));
        bad = _mm_or_si128(bad, _mm_cmpeq_epi8(is_next, _mm_cmpeq_epi8(inside, _mm_setzero_si128())));
        bad = _mm_or_si128(bad, _mm_cmpeq_epi8(_mm_and_si128(bytes, each(0xfe)), each(0xc0)));
        bad = _mm_or_si128(bad, _mm_cmpeq_epi8(_mm_max_epu8(bytes, each(0xf5)), bytes));
        /* the second bytes that RFC 3629, section 4, does not have */
        bad = _mm_or_si128(bad, _mm_and_si128(_mm_cmpeq_epi8(first, each(0xe0)), below_a0));
        bad = _mm_or_si128(bad, _mm_andnot_si128(below_a0, _mm_cmpeq_epi8(first, each(0xed))));
        bad = _mm_or_si128(bad, _mm_and_si128(_mm_cmpeq_epi8(first, each(0xf0)), below_90));
        bad = _mm_or_si128(bad, _mm_andnot_si128(below_90, _mm_cmpeq_epi8(first, each(0xf4))));
        previous = bytes;
    }
    return _mm_movemask_epi8(bad) == 0;
}

#else

static const char *skip_text(const char *p)
{
    while (*p != '"' && *p != '\\' && (unsigned char)*p >= ' ')
        p++;
    return p;
}

static bool is_utf8(const char *p, const char *end)
{
    return utf8_check(p, (size_t)(end - p)) == (size_t)(end - p);
}

#endif

/* Reads four hexadecimal digits at P into CODE. */
static bool read_hex(const char *p, unsigned *code)
{
    *code = 0;
    for (int i = 0; i < 4; i++) {
        unsigned char c = (unsigned char)p[i];
        unsigned char letter = c | 0x20;
        if (c >= '0' && c <= '9')
            *code = *code * 16 + c - '0';
        else if (letter >= 'a' && letter <= 'f')
            *code = *code * 16 + letter - 'a' + 10;
        else
            return false;
    }
    return true;
}

/* Where the escape ends whose backslash is at P; NULL if it is bad. */
static const char *escape_end(const char *p)
{
    unsigned code;

    switch (p[1]) {
    case '"': case '\\': case '/': case 'b': case 'f': case 'n': case 'r': case 't':
        return p + 2;
    case 'u':
        break;
    default:
        return NULL;
    }
    if (!read_hex(p + 2, &code))
        return NULL;
    if (code < 0xd800 || code > 0xdfff)
        return p + 6;
    if (code > 0xdbff || p[6] != '\\' || p[7] != 'u' || !read_hex(p + 8, &code) || code < 0xdc00 || code > 0xdfff)
        return NULL;
    return p + 12;
}

/* The string whose text goes on at P with an escape or with what is not ASCII, or is bad. */
static struct token scan_odd_string(const char *p)
{
    struct token token = { NULL, JSON_PLAIN };
    const char *start = p;

    p = skip_text(p);
    while (*p == '\\') {
        token.kind = JSON_ESCAPED;
        p = escape_end(p);
        if (p == NULL)
            return token;
        p = skip_text(p);
    }
    if (*p == '"' && is_utf8(start, p))
        token.end = p;
    return token;
}

/* The string whose text starts at P. */
static inline struct token scan_string(const char *p)
{
    p = json_skip_plain(p);
    return *p == '"' ? (struct token){ p, JSON_PLAIN } : scan_odd_string(p);
}

static inline struct token scan_bare(const char *p)
{
    struct token token;

    token.end = json_bare_end(p, &token.kind);
    return token;
}

/* Gives TOKEN, which starts at AT, to the columns of NODE. */
static inline void give(const struct json_node *node, struct json_value *values, const char *at, struct token token)
{
    for (size_t i = 0; i < node->n_columns; i++)
        values[node->columns[i]] = (struct json_value){ { at, (size_t)(token.end - at) }, token.kind };
}

/* What NODE asks for of the value of KEY; NULL if scan NUMBER found KEY before. */
static inline const struct json_node *member_of(const struct json_node *node, struct span key, uint64_t number)
{
    struct json_node *child = json_node_find_padded(node, key);

    if (child == NULL)
        return &nothing;
    if (child->n_scans == number)
        return NULL;
    child->n_scans = number;
    return child;
}

/* What LEVEL, an array, asks for of the element at hand. */
static inline const struct json_node *element_of(struct level *level)
{
    if (level->next < level->node->n_children && level->node->children[level->next]->step.index == level->index)
        return level->node->children[level->next++];
    return &nothing;
}

bool json_scan(struct json_node *root, struct span line, struct json_value *values)
{
    struct level levels[DEEPEST];
    struct level *level = levels;
    const char *p = skip_space(line.at);
    const struct json_node *node = root; /* what is asked for of the value at P */
    uint64_t number = ++root->n_scans;

    if (*p != '{')
        return false;
    for (;;) {
        bool has_ended = true;
        if (*p == '{' || *p == '[') {
            if (++level == levels + DEEPEST)
                return false;
            *level = (struct level){ node, p, *p == '{' ? '}' : ']', node->n_keys, 0 };
            p = skip_space(p + 1);
            has_ended = *p == level->close; /* at once: it is empty */
        } else {
            bool is_string = *p == '"';
            const char *at = p + is_string;
            struct token token = is_string ? scan_string(at) : scan_bare(at);
            if (token.end == NULL)
                return false;
            give(node, values, at, token);
            p = skip_space(token.end + is_string);
        }
        if (has_ended) {
            while (*p != ',') {
                if (*p != level->close)
                    return false;
                p++;
                give(level->node, values, level->at, (struct token){ p, JSON_CONTAINER });
                p = skip_space(p);
                if (--level == levels)
                    return p == line.at + line.len;
            }
            p = skip_space(p + 1);
            level->index++;
        }
        if (level->close == ']') {
            node = element_of(level);
            continue;
        }
        if (*p != '"')
            return false;
        const char *key = p + 1;
        struct token token = scan_string(key);
        if (token.end == NULL || (token.kind == JSON_ESCAPED && level->node->n_keys > 0))
            return false;
        node = member_of(level->node, (struct span){ key, (size_t)(token.end - key) }, number);
        p = skip_space(token.end + 1);
        if (node == NULL || *p != ':')
            return false;
        p = skip_space(p + 1);
    }
}

#endif
