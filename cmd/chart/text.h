/* SPDX-License-Identifier: MIT */
/* text: a picture of block characters (Unicode 14, Block Elements) for a terminal. */
#ifndef WEIR_TEXT_H
#define WEIR_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "stream/writer.h"
#include "picture.h"

struct text {
    const struct picture *picture;
    struct writer *out;
    size_t width; /* of a line, in columns */
};

/* Colors: of text, of bars, of marked records, of axes. */
enum text_color { TEXT_PLAIN, TEXT_BAR, TEXT_MARKED, TEXT_FAINT };

/* Continues in COLOR, if the terminal has colors. */
void text_color(const struct text *t, enum text_color color);

/* Appends WHAT N times. */
void text_repeat(const struct text *t, const char *what, size_t n);

/* Appends TEXT, cut to WIDTH, and if the line HAS_MORE blanks up to WIDTH. */
void text_pad(const struct text *t, const char *text, size_t width, bool has_more);

/* Appends blanks and TEXT, together WIDTH wide. */
void text_pad_left(const struct text *t, const char *text, size_t width);

/* Draws a line for each slot of each group: label, bar, value. */
void text_bars(const struct text *t);

/* Draws a column for each slot or for several adjacent ones, and labels below: a picture for each group. */
void text_columns(const struct text *t);

#endif
