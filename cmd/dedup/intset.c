/* SPDX-License-Identifier: MIT */
#include "intset.h"

#include <string.h>

#include "base/hash.h"

enum {
    FIRST_LINES = (2 << 20) / sizeof(struct intset_line), /* a huge page, which the first number takes anyway */
};

void xintset_open(struct intset *s)
{
    *s = (struct intset){ .n_lines = 0 };
    xhash_draw(s->tables, sizeof s->tables);
    for (size_t i = 1; i < INTSET_TABLES; i++)
        s->tables[i][0] = 0; /* zero bytes need no lookup; still random, because all of table 0 is */
}

bool intset_parse(struct span text, uint64_t *number)
{
    uint64_t value = 0;

    if (text.len == 0 || text.len > INTSET_DIGITS || (*text.at == '0' && text.len > 1))
        return false;
    for (size_t i = 0; i < text.len; i++) {
        unsigned digit = (unsigned)(unsigned char)text.at[i] - '0';
        if (digit > 9)
            return false;
        value = value * 10 + digit;
    }
    *number = value;
    return true;
}

/* Whether S must grow for N more numbers. Full at three quarters. */
static bool is_full(const struct intset *s, size_t n)
{
    return s->n_words + n > s->n_lines * INTSET_LINE / 4 * 3;
}

static size_t grown(const struct intset *s)
{
    return s->n_lines > 0 ? 2 * s->n_lines : FIRST_LINES;
}

/* Puts WORD of TAG, for which S has room, where the search for it ends. */
static void place(struct intset *s, uint64_t tag, uint64_t word)
{
    struct intset_line *line = intset_line(s, intset_hash(s, (tag - 1) << INTSET_WORD_BITS));
    size_t i = 0;

    while (line->tags[INTSET_LINE - 1] != 0)
        line = intset_next_line(s, line);
    while (line->tags[i] != 0)
        i++;
    line->tags[i] = tag;
    line->words[i] = word;
}

void xintset_make_room(struct intset *s, size_t n)
{
    struct block old = s->lines;
    const struct intset_line *line = (struct intset_line *)(void *)old.at;
    const struct intset_line *end = line + s->n_lines;

    if (!is_full(s, n))
        return;
    s->lines = (struct block){ NULL, 0 };
    s->n_lines = grown(s);
    xblock_grow(&s->lines, intset_memory(s));
    for (; line < end; line++)
        for (size_t i = 0; i < INTSET_LINE && line->tags[i] != 0; i++)
            place(s, line->tags[i], line->words[i]);
    block_free(&old);
}

size_t intset_memory(const struct intset *s)
{
    return s->n_lines * sizeof(struct intset_line);
}

size_t intset_memory_with(const struct intset *s, size_t n)
{
    return intset_memory(s) + (is_full(s, n) ? grown(s) * sizeof(struct intset_line) : 0);
}

void intset_clear(struct intset *s)
{
    if (s->n_words > 0)
        memset(s->lines.at, 0, intset_memory(s));
    s->n_words = 0;
}

void intset_close(struct intset *s)
{
    block_free(&s->lines);
}
