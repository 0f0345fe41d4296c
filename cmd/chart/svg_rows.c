/* SPDX-License-Identifier: MIT */
#include "value/number.h"
#include "axis.h"
#include "svg.h"
#include "width.h"

enum { MOST_ROWS = 40, GAP = 8 };

/* The width of the widest label, cut as it will be, or with OF_VALUES of the widest value, in letters. */
static size_t find_width(const struct points *points, bool of_values)
{
    size_t most = 0;

    for (size_t i = 0; i < points->n; i++) {
        size_t width = width_of(points_text(points, of_values ? points->at[i].text : points->at[i].label));
        most = width > most ? width : most;
    }
    return most < AXIS_WIDTH || of_values ? most : AXIS_WIDTH;
}

/* Whether labels are names: numbers have an order, which bars beside each other show better. */
static bool are_names(const struct points *points)
{
    for (size_t i = 0; i < points->n; i++)
        if (number_is_digit(*points_text(points, points->at[i].label)))
            return false;
    return points->unit == NULL && points->groups.n < 2;
}

bool svg_fits_rows(const struct svg *s)
{
    const struct points *points = s->picture->points;
    struct axis_label labels[AXIS_MOST];
    const double slot = (s->width - 2 * SVG_MARGIN) / (double)points->n_slots;
    const double beside = svg_length(find_width(points, false) + find_width(points, true), s->narrow);

    return points->n_slots <= MOST_ROWS && are_names(points) && beside < s->width * 0.6 &&
           axis_labels(points, slot / svg_length(1, s->narrow), labels) < points->n_slots;
}

double svg_row_height(const struct svg *s)
{
    return s->narrow * 1.4;
}

/* Writes label, bar and value of POINT: the middle is at Y, 0 at ZERO, and a value of 1 is PER_VALUE long. */
static void draw_row(const struct svg *s, const struct point *point, double y, double zero, double per_value)
{
    const struct points *points = s->picture->points;
    const double end = zero + point->value * per_value;
    const double after = (end > zero ? end : zero) + GAP / 2;
    struct quoted q;

    picture_print(s->out, "<text x=\"%d\" y=\"%g\" dy=\".35em\">", SVG_MARGIN, svg_round(y));
    svg_text(s->out, width_cut(points_text(points, point->label), AXIS_WIDTH, &q));
    picture_print(s->out, "</text>");
    if (point->has_value) {
        const char *class = point->is_marked ? "m" : "b";
        picture_print(s->out, "<path class=\"%s\" stroke-width=\"%g\" d=\"M%g %gH%g\">", class, svg_round(s->narrow),
                      svg_round(zero), svg_round(y), svg_round(end));
        svg_tip(s, point);
        picture_print(s->out, "</path>");
        if (point->is_hatched)
            picture_print(s->out, "<path class=\"h\" stroke-width=\"%g\" d=\"M%g %gH%g\"/>", svg_round(s->narrow + 1),
                          svg_round(zero), svg_round(y), svg_round(end));
        picture_print(s->out, "<text x=\"%g\" y=\"%g\" dy=\".35em\">", svg_round(after), svg_round(y));
        if (point->is_marked)
            picture_print(s->out, "<tspan class=\"mk\">●</tspan> ");
        svg_text(s->out, points_text(points, point->text));
        picture_print(s->out, "</text>");
    }
    picture_print(s->out, "\n");
}

void svg_rows(struct svg *s)
{
    const struct points *points = s->picture->points;
    const size_t mark = s->picture->summary.n_marked > 0 ? 2 : 0;
    const double height = svg_row_height(s);
    double least;
    double greatest;

    picture_range(s->picture, true, &least, &greatest);
    s->left = SVG_MARGIN + svg_length(find_width(points, false), s->narrow) + GAP;
    s->right = s->width - SVG_MARGIN - GAP - svg_length(find_width(points, true) + mark, s->narrow);
    const double per_value = greatest > least ? (s->right - s->left) / (greatest - least) : 0;
    const double zero = s->left - least * per_value;
    for (size_t i = 0; i < points->n; i++)
        draw_row(s, &points->at[i], s->top + ((double)i + 0.5) * height, zero, per_value);
    picture_print(s->out, "<path class=\"zero\" d=\"M%g %gV%g\"/>\n", svg_round(zero), svg_round(s->top),
                  svg_round(s->top + (double)points->n * height));
}
