/* SPDX-License-Identifier: MIT */
#include "svg.h"

enum {
    DENSE = 3,   /* pixels of a slot, below which bars are one area */
    WIDEST = 64, /* pixels of a bar */
};

/* Bars are strokes: the path of one is short, and dashes hatch it. */
static void draw_bar(const struct svg *s, const struct point *point)
{
    picture_print(s->out, "M%g %gV%g", svg_x(s, point->slot), svg_y(s, 0), svg_y(s, point->value));
}

/* All bars as one area, interrupted where there is no value. */
static void draw_area(const struct svg *s)
{
    const struct points *points = s->picture->points;
    const double zero = svg_y(s, 0);
    size_t next = SIZE_MAX; /* the slot after the last bar */

    picture_print(s->out, "<path class=\"a\" d=\"");
    for (size_t i = 0; i < points->n; i++) {
        const struct point *point = &points->at[i];
        double left = s->left + (double)point->slot * s->slot;
        if (!point->has_value)
            continue;
        if (next != point->slot)
            picture_print(s->out, "%sM%g %g", next == SIZE_MAX ? "" : "z", svg_round(left), zero);
        picture_print(s->out, "V%gH%g", svg_y(s, point->value), svg_round(left + s->slot));
        next = point->slot + 1;
        if (i + 1 == points->n || !points->at[i + 1].has_value || points->at[i + 1].slot != next)
            picture_print(s->out, "V%g", zero);
    }
    picture_print(s->out, "z\"/>\n");
}

/* The bars of points that are marked or not, each with a tooltip or as one path. */
static void draw_bars(const struct svg *s, bool marked, double width)
{
    const struct points *points = s->picture->points;
    const bool has_tips = points->n <= SVG_TIPS;

    picture_print(s->out, "<g class=\"%s\" stroke-width=\"%g\">", marked ? "m" : "b", svg_round(width));
    if (!has_tips)
        picture_print(s->out, "<path d=\"");
    for (size_t i = 0; i < points->n; i++) {
        const struct point *point = &points->at[i];
        if (!point->has_value || point->is_marked != marked)
            continue;
        if (has_tips)
            picture_print(s->out, "\n<path d=\"");
        draw_bar(s, point);
        if (has_tips) {
            picture_print(s->out, "\">");
            svg_tip(s, point);
            picture_print(s->out, "</path>");
        }
    }
    picture_print(s->out, "%s</g>\n", has_tips ? "\n" : "\"/>");
}

/* Stripes in the color of the paper over the hatched bars. */
static void draw_hatches(const struct svg *s, double width)
{
    const struct points *points = s->picture->points;

    picture_print(s->out, "<path class=\"h\" stroke-width=\"%g\" d=\"", svg_round(width + 1));
    for (size_t i = 0; i < points->n; i++)
        if (points->at[i].has_value && points->at[i].is_hatched)
            draw_bar(s, &points->at[i]);
    picture_print(s->out, "\"/>\n");
}

void svg_bars(const struct svg *s)
{
    const struct points_summary *summary = &s->picture->summary;
    const bool is_dense = s->slot < DENSE && s->picture->points->n > SVG_TIPS;
    const double share = s->slot * (s->slot < DENSE ? 0.9 : 0.8);
    const double width = share < WIDEST ? share : WIDEST;
    const double dot = s->slot < 3 ? 3 : s->slot < 6 ? s->slot : 6; /* few pixels, where there are many */
    const double least = width < 1.6 ? 1.6 : width; /* to be seen */

    if (is_dense)
        draw_area(s);
    else
        draw_bars(s, false, width);
    if (summary->n_marked > 0)
        draw_bars(s, true, least);
    if (summary->n_hatched > 0)
        draw_hatches(s, least);
    if (summary->n_marked > 0)
        svg_dots(s, "d", dot, false, dot + 1);
}
