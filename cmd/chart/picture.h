/* SPDX-License-Identifier: MIT */
/* picture: what to draw, as text or SVG. All texts are safe to show (quote.h). */
#ifndef WEIR_PICTURE_H
#define WEIR_PICTURE_H

#include <stdbool.h>
#include <stddef.h>

#include "stream/writer.h"
#include "points.h"

struct picture {
    const struct points *points;
    struct points_summary summary;
    char *title; /* owned by the caller */
    struct quoted value; /* the name of the value column, ... */
    struct quoted mark;  /* ... of the column of marks and ... */
    struct quoted hatch; /* ... of the column of hatches; empty: there is none */
    size_t width;        /* in columns or pixels; 0: the default */
    bool has_color;      /* for a terminal */
};

/* Appends text to W as printf(3) does, at most 1000 bytes. */
void picture_print(struct writer *w, const char *format, ...) __attribute__((format(printf, 2, 3)));

/*
 * The title: GIVEN, made safe to show, or if that is NULL "VALUE by LABEL", without the second part if LABEL is NULL.
 * For the caller to free.
 */
char *xpicture_title(const struct picture *p, const char *given, const char *label);

/* Sets *LEAST and *GREATEST to the values that the axis must span: those of P, and in most pictures 0. */
void picture_range(const struct picture *p, bool from_zero, double *least, double *greatest);

/* Writes to TEXT how many records there are, without value, marked and hatched, and the least and greatest value. */
void picture_describe(const struct picture *p, char *text, size_t size);

/* Draws P with block characters. */
void text_draw(const struct picture *p, struct writer *w);

/* Draws P as an SVG document. */
void svg_draw(const struct picture *p, struct writer *w);

#endif
