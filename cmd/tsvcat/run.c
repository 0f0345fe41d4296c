/* SPDX-License-Identifier: MIT */
#include "run.h"

#include "base/plain.h"
#include "base/utf8.h"
#include "base/vector64.h"

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

    for (const char *p = lines.at; p < end && good == UINT64_MAX && !IS_PLAIN; p += VECTOR64_BYTES) {
        struct vector64 bytes = vector64_load(p);
        uint64_t tabs = vector64_equal(bytes, '\t');
        uint64_t lfs = vector64_equal(bytes, '\n');
        if (end - p < VECTOR64_BYTES)
            good = (UINT64_C(1) << (end - p)) - 1;
        uint64_t others = vector64_special(bytes, '\\') & ~(tabs | lfs) & good; /* they need a check */
        if (others != 0)
            good &= check_others(p, others, lines, &next);
        tabs &= good;
        for (lfs &= good; lfs != 0; lfs &= lfs - 1) {
            const char *lf = p + __builtin_ctzll(lfs);
            if (!take_tabs(&tabs, (lfs & -lfs) - 1, n_left) ||
                span_equal((struct span){ line, (size_t)(lf - line) }, header))
                return run;
            line = lf + 1;
            n_left = n_fields - 1;
            run.len = (size_t)(line - lines.at);
            run.n_lines++;
        }
        for (; tabs != 0; tabs &= tabs - 1)
            if (n_left-- == 0)
                return run;
    }
    return run;
}
