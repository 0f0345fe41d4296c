/* SPDX-License-Identifier: MIT */
/* svg: the parts of an SVG picture, in pixels from its upper left corner. */
#ifndef WEIR_SVG_H
#define WEIR_SVG_H

#include <stdbool.h>
#include <stddef.h>

#include "stream/writer.h"
#include "picture.h"
#include "scale.h"

enum {
    SVG_TIPS = 400, /* points that have a tooltip each; more are drawn as one shape */
    SVG_FONT = 13,  /* height of letters */
    SVG_MARGIN = 12,
    SVG_NAME = 16, /* letters of a group's name */
};

/* A picture being drawn. Values are drawn between TOP and BOTTOM, slots between LEFT and RIGHT, each SLOT wide. */
struct svg {
    const struct picture *picture;
    struct writer *out;
    double width;
    double height;
    double narrow; /* height of letters on a narrow screen, which shows the picture smaller */
    double keys;   /* y of the legend of marks */
    double left;
    double right;
    double top;
    double bottom;
    double slot;
    struct scale scale;
};

/* Appends the style sheet: fonts, colors of both themes, and what is different on a narrow screen. */
void svg_style(const struct svg *s);

/* V rounded to a tenth, which %g prints in full. */
double svg_round(double v);

/* About how long N letters of height FONT are. */
double svg_length(size_t n, double font);

/* The x of the middle of SLOT, and the y of VALUE. */
double svg_x(const struct svg *s, size_t slot);
double svg_y(const struct svg *s, double value);

/* Appends TEXT, escaped for XML. */
void svg_text(struct writer *w, const char *text);

/* Appends a tooltip for POINT. */
void svg_tip(const struct svg *s, const struct point *point);

/* Appends a dot of class NAME and SIZE on each marked point, or each hatched one, DISTANCE beyond its value. */
void svg_dots(const struct svg *s, const char *name, double size, bool hatched, double distance);

/* Draws a bar for each point. */
void svg_bars(const struct svg *s);

/* Draws a line for each group, with its name at the end. */
void svg_lines(const struct svg *s);

/* Whether to draw records below each other, because their names are too long for bars beside each other. */
bool svg_fits_rows(const struct svg *s);

/* The height of such a record. */
double svg_row_height(const struct svg *s);

/* Draws label, bar and value of each record in a row. */
void svg_rows(struct svg *s);

#endif
