/* SPDX-License-Identifier: MIT */
#include "text.h"

#include "width.h"

void text_color(const struct text *t, enum text_color color)
{
    static const char *const codes[] = { "\033[0m", "\033[34m", "\033[1;31m", "\033[2m" };

    if (t->picture->has_color)
        xwriter_bytes(t->out, span_of(codes[color]));
}

void text_repeat(const struct text *t, const char *what, size_t n)
{
    while (n-- > 0)
        xwriter_bytes(t->out, span_of(what));
}

void text_pad(const struct text *t, const char *text, size_t width, bool has_more)
{
    struct quoted q;
    const char *shown = width_cut(text, width, &q);

    xwriter_bytes(t->out, span_of(shown));
    if (has_more)
        text_repeat(t, " ", width - width_of(shown));
}

void text_pad_left(const struct text *t, const char *text, size_t width)
{
    text_repeat(t, " ", width - width_of(text));
    xwriter_bytes(t->out, span_of(text));
}
