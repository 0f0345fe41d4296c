/* SPDX-License-Identifier: MIT */
#include "svg.h"
#include "width.h"

/* Draws the line of GROUP, interrupted where there is no value; sets *END to the last point with a value, or NULL. */
static void draw_line(const struct svg *s, size_t group, const struct point **end)
{
    const struct points *points = s->picture->points;
    size_t next = SIZE_MAX; /* the slot after the last point */

    *end = NULL;
    picture_print(s->out, "<path class=\"l g%zu\" stroke-width=\"%g\" d=\"", group,
                  s->slot < 1 ? 1.2 : 2.0);
    for (size_t i = 0; i < points->n; i++) {
        const struct point *point = &points->at[i];
        if (point->group != group || !point->has_value)
            continue;
        const struct point *after = i + 1 < points->n ? point + 1 : NULL;
        bool goes_on = after != NULL && after->group == group && after->has_value && after->slot == point->slot + 1;
        bool is_alone = point->slot != next && !goes_on; /* a line of no length is a dot */
        picture_print(s->out, "%s%g %g%s", point->slot == next ? " " : "M", svg_x(s, point->slot),
                      svg_y(s, point->value), is_alone ? "h0" : "");
        next = point->slot + 1;
        *end = point;
    }
    picture_print(s->out, "\"/>\n");
}

/* Invisible dots that have tooltips. */
static void draw_tips(const struct svg *s)
{
    const struct points *points = s->picture->points;

    picture_print(s->out, "<g class=\"tip\">");
    for (size_t i = 0; i < points->n; i++) {
        const struct point *point = &points->at[i];
        if (!point->has_value)
            continue;
        picture_print(s->out, "\n<path d=\"M%g %gh0\">", svg_x(s, point->slot), svg_y(s, point->value));
        svg_tip(s, point);
        picture_print(s->out, "</path>");
    }
    picture_print(s->out, "\n</g>\n");
}

/* Moves the N labels at Y, in the order ORDER from the top, apart to DISTANCE, none below BOTTOM. */
static void spread(double y[], const size_t order[], size_t n, double distance, double bottom)
{
    for (size_t i = 1; i < n; i++)
        if (y[order[i]] < y[order[i - 1]] + distance)
            y[order[i]] = y[order[i - 1]] + distance;
    for (size_t i = n; i-- > 0;) {
        double most = i + 1 < n ? y[order[i + 1]] - distance : bottom;
        if (y[order[i]] > most)
            y[order[i]] = most;
    }
}

void svg_lines(const struct svg *s)
{
    const struct points *points = s->picture->points;
    const size_t n = points->groups.n;
    double y[POINTS_GROUPS];
    size_t order[POINTS_GROUPS]; /* from the top */
    struct quoted q;

    for (size_t i = 0; i < n; i++) {
        const struct point *end;
        size_t at = i;
        draw_line(s, i, &end);
        y[i] = end != NULL ? svg_y(s, end->value) : s->bottom;
        for (; at > 0 && y[order[at - 1]] > y[i]; at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
    spread(y, order, n, s->narrow * 1.1, s->bottom);
    if (s->picture->summary.n_hatched > 0) {
        svg_dots(s, "q", 8, true, 0);
        svg_dots(s, "o", 4.5, true, 0);
    }
    if (s->picture->summary.n_marked > 0)
        svg_dots(s, "d", 7, false, 0);
    if (points->n <= SVG_TIPS)
        draw_tips(s);
    for (size_t i = 0; i < n; i++) {
        picture_print(s->out, "<text class=\"n%zu\" x=\"%g\" y=\"%g\" dy=\".35em\">", i, svg_round(s->right + 9),
                      svg_round(y[i]));
        svg_text(s->out, width_cut(points_text(points, points->group_names[i]), SVG_NAME, &q));
        picture_print(s->out, "</text>\n");
    }
}
