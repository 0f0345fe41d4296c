/* SPDX-License-Identifier: MIT */
#include "svg.h"

#include <string.h>

#include "base/utf8.h"

double svg_round(double v)
{
    return (double)(long)(v * 10 + (v < 0 ? -0.5 : 0.5)) / 10;
}

double svg_length(size_t n, double font)
{
    return (double)n * font * 0.62; /* a little more than in most fonts */
}

double svg_x(const struct svg *s, size_t slot)
{
    return svg_round(s->left + ((double)slot + 0.5) * s->slot);
}

double svg_y(const struct svg *s, double value)
{
    return svg_round(s->bottom - scale_place(&s->scale, value) * (s->bottom - s->top));
}

/* What stands for the character of LEN bytes at TEXT in XML 1.0, or NULL: itself. */
static const char *find_entity(const char *text, size_t len)
{
    switch (*text) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    default: /* U+FFFE and U+FFFF are no characters of XML */
        return len == 3 && utf8_decode(text, len) >= 0xfffe ? "\xef\xbf\xbd" : NULL;
    }
}

void svg_text(struct writer *w, const char *text)
{
    for (size_t n; *text != '\0'; text += n) {
        n = utf8_length(text, strnlen(text, 4));
        const char *entity = find_entity(text, n);
        xwriter_bytes(w, entity != NULL ? span_of(entity) : (struct span){ text, n });
    }
}

void svg_tip(const struct svg *s, const struct point *point)
{
    const struct points *points = s->picture->points;

    picture_print(s->out, "<title>");
    if (points->has_groups) {
        svg_text(s->out, points_text(points, points->group_names[point->group]));
        picture_print(s->out, ", ");
    }
    svg_text(s->out, points_text(points, point->label));
    picture_print(s->out, ": ");
    svg_text(s->out, points_text(points, point->text));
    picture_print(s->out, "</title>");
}

void svg_dots(const struct svg *s, const char *name, double size, bool hatched, double distance)
{
    const struct points *points = s->picture->points;

    picture_print(s->out, "<path class=\"%s\" stroke-width=\"%g\" d=\"", name, svg_round(size));
    for (size_t i = 0; i < points->n; i++) {
        const struct point *point = &points->at[i];
        double away = point->value < 0 ? distance : -distance;
        if (point->has_value && (hatched ? point->is_hatched : point->is_marked))
            picture_print(s->out, "M%g %gh0", svg_x(s, point->slot), svg_round(svg_y(s, point->value) + away));
    }
    picture_print(s->out, "\"/>\n");
}
