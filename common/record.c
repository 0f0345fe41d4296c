/* SPDX-License-Identifier: MIT */
#include "record.h"

#include <stdlib.h>
#include <string.h>

#include "memory.h"

#if defined __SSE2__ && !defined WEIR_PLAIN
#include <emmintrin.h>
#endif

void xrecord_size(struct record *r, size_t n)
{
    r->starts = xrealloc(r->starts, n + 1, sizeof *r->starts);
    r->capacity = n;
}

void record_free(struct record *r)
{
    free(r->starts);
    r->starts = NULL;
}

static inline void add_start(struct record *r, const char *start)
{
    if (r->n_fields <= r->capacity)
        r->starts[r->n_fields] = start;
}

void record_resplit(struct record *r, size_t len)
{
    r->len = len;
    r->n_fields = 0;
    add_start(r, r->text);
    for (size_t i = 0; i < len; i++)
        if (r->text[i] == '\t') {
            r->n_fields++;
            add_start(r, r->text + i + 1);
        }
    r->n_fields++;
    add_start(r, r->text + len + 1);
}

static void begin(const struct reader *reader, struct record *r)
{
    r->text = reader->at;
    r->is_odd = false;
    r->n_fields = 0;
    add_start(r, r->text);
}

/* Ends R before the LF at END and takes it from READER. */
static void finish(struct reader *reader, struct record *r, char *end)
{
    r->n_fields++;
    add_start(r, end + 1);
    r->len = (size_t)(end - r->text);
    r->line = ++reader->line;
    reader->at = end + 1;
}

#if defined __SSE2__ && !defined WEIR_PLAIN

/*
 * One pass of 16 bytes a step finds TABs, the LF and whether anything is odd; for records of 30 bytes it takes half the
 * time of memchr(3) for the LF and then for each TAB. Loads may pass the window's end by less than READER_PADDING.
 */
bool record_split(struct reader *reader, struct record *r)
{
    const __m128i tab = _mm_set1_epi8('\t');
    const __m128i newline = _mm_set1_epi8('\n');
    const __m128i backslash = _mm_set1_epi8('\\');
    const __m128i space = _mm_set1_epi8(' ');
    unsigned odd = 0;

    begin(reader, r);
    for (char *p = reader->at; p < reader->end; p += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
        unsigned tabs = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, tab));
        unsigned newlines = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, newline));
        /* signed: bytes from 0x80 are below ' ' as well */
        unsigned others = (unsigned)_mm_movemask_epi8(
            _mm_or_si128(_mm_cmplt_epi8(bytes, space), _mm_cmpeq_epi8(bytes, backslash)));
        if (newlines != 0) {
            unsigned before = (newlines & -newlines) - 1;
            tabs &= before;
            others &= before;
        }
        odd |= others & ~tabs;
        for (; tabs != 0; tabs &= tabs - 1) {
            r->n_fields++;
            add_start(r, p + __builtin_ctz(tabs) + 1);
        }
        if (newlines != 0) {
            char *end = p + __builtin_ctz(newlines);
            if (end >= reader->end)
                return false;
            r->is_odd = odd != 0;
            finish(reader, r, end);
            return true;
        }
    }
    return false;
}

#else

bool record_split(struct reader *reader, struct record *r)
{
    begin(reader, r);
    for (char *p = reader->at; p < reader->end; p++) {
        unsigned char c = (unsigned char)*p;
        if (c == '\n') {
            finish(reader, r, p);
            return true;
        }
        if (c == '\t') {
            r->n_fields++;
            add_start(r, p + 1);
        } else if (c < ' ' || c >= 0x80 || c == '\\') {
            r->is_odd = true;
        }
    }
    return false;
}

#endif
