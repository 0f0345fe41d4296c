/* SPDX-License-Identifier: MIT */
#include "run.h"

#include "base/utf8.h"
#include "base/vector.h"

#ifdef WEIR_PLAIN

struct run run_find(struct span lines, size_t n_fields, struct span header)
{
    (void)lines, (void)n_fields, (void)header;
    return (struct run){ 0, 0 };
}

#else

enum { BLOCK = 64 }; /* bytes, a bit for each */

/* A bit for each byte of a block, the first byte lowest. */
struct marks {
    uint64_t tabs;
    uint64_t lfs;
    uint64_t others; /* bytes that need a check: control, backslash, not ASCII */
};

static inline struct marks find_marks(const char *p)
{
    struct marks m = { 0, 0, 0 };

    for (int i = 0; i < BLOCK; i += VECTOR_BYTES) {
        struct vector bytes = vector_load(p + i);
        struct vector tabs = vector_equal(bytes, vector_of('\t'));
        struct vector lfs = vector_equal(bytes, vector_of('\n'));
        /* Signed: bytes from 0x80 are less than ' ', too. */
        struct vector special = vector_or(vector_less_signed(bytes, vector_of(' ')), vector_equal(bytes, vector_of('\\')));
        m.tabs |= (uint64_t)vector_mask(tabs) << i;
        m.lfs |= (uint64_t)vector_mask(lfs) << i;
        m.others |= (uint64_t)vector_mask(vector_without(special, vector_or(tabs, lfs))) << i;
    }
    return m;
}

/* The length of the character or escape at P in LINES, which is no TAB or LF; 0: it is not canonical. */
static size_t item_length(const char *p, struct span lines)
{
    static const char escapes[] = "\\tnr";
    bool starts_field = p == lines.at || p[-1] == '\t' || p[-1] == '\n';

    if (*p == '\\' && p[1] == 'N')
        return starts_field && (p[2] == '\t' || p[2] == '\n') ? 2 : 0;
    if (*p == '\\')
        return memchr(escapes, p[1], sizeof escapes - 1) != NULL ? 2 : 0;
    if (*p == '\0' || *p == '\r')
        return 0;
    return utf8_length(p, (size_t)(lines.at + lines.len - p));
}

/*
 * Checks the OTHERS of the block at P in LINES, before *NEXT known to be canonical. Returns a bit for each byte before
 * the first that is not.
 */
static uint64_t check_others(const char *p, uint64_t others, struct span lines, const char **next)
{
    for (; others != 0; others &= others - 1) {
        const char *at = p + __builtin_ctzll(others);
        if (at < *next)
            continue;
        size_t len = item_length(at, lines);
        if (len == 0)
            return (others & -others) - 1;
        *next = at + len;
    }
    return UINT64_MAX;
}

/* Removes the N first of TABS, all of which must be among BEFORE, and no others. */
static inline bool take_tabs(uint64_t *tabs, uint64_t before, size_t n)
{
    for (; n > 0; n--, *tabs &= *tabs - 1)
        if ((*tabs & before) == 0)
            return false;
    return (*tabs & before) == 0;
}

struct run run_find(struct span lines, size_t n_fields, struct span header)
{
    struct run run = { 0, 0 };
    const char *end = lines.at + lines.len;
    const char *line = lines.at; /* the current one */
    const char *next = lines.at;
    size_t n_left = n_fields - 1; /* TABs to come in it */
    uint64_t good = UINT64_MAX;

    for (const char *p = lines.at; p < end && good == UINT64_MAX; p += BLOCK) {
        struct marks m = find_marks(p);
        if (end - p < BLOCK)
            good = (UINT64_C(1) << (end - p)) - 1;
        if ((m.others & good) != 0)
            good &= check_others(p, m.others & good, lines, &next);
        m.tabs &= good;
        for (m.lfs &= good; m.lfs != 0; m.lfs &= m.lfs - 1) {
            const char *lf = p + __builtin_ctzll(m.lfs);
            if (!take_tabs(&m.tabs, (m.lfs & -m.lfs) - 1, n_left) ||
                span_equal((struct span){ line, (size_t)(lf - line) }, header))
                return run;
            line = lf + 1;
            n_left = n_fields - 1;
            run.len = (size_t)(line - lines.at);
            run.n_lines++;
        }
        for (; m.tabs != 0; m.tabs &= m.tabs - 1)
            if (n_left-- == 0)
                return run;
    }
    return run;
}

#endif
