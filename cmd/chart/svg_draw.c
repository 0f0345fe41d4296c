/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "axis.h"
#include "picture.h"
#include "svg.h"
#include "width.h"

enum {
    WIDTH = 800, /* by default */
    LEAST_WIDTH = 200,
    HEIGHT = 420,
    PHONE = 390, /* the width of a narrow screen, and how high letters should be there */
    PHONE_FONT = 12,
    TITLE_LINES = 3,
    TITLE_FONT = 17,
    KEY_WIDTH = 24, /* letters of a column's name */
    STEPS = 5,      /* of the axis of values */
};

/* The length of the first line of TEXT, at most MOST wide: it ends before a blank, if there is one. */
static size_t break_line(const char *text, size_t most)
{
    const size_t fit = width_fit(text, most, QUOTE_SIZE - 1);
    size_t end = fit;

    while (text[fit] != '\0' && end > 0 && text[end] != ' ')
        end--;
    return end > 0 ? end : fit;
}

static double title_font(const struct svg *s)
{
    return s->narrow * 1.15 > TITLE_FONT ? s->narrow * 1.15 : TITLE_FONT;
}

/* Sets LINE to line I of the title, from 0, which begins at *TEXT, and moves *TEXT to the next. False: it has ended. */
static bool next_line(const struct svg *s, const char **text, int i, struct quoted *line)
{
    const size_t most = (size_t)((s->width - 2 * SVG_MARGIN) / svg_length(1, title_font(s)));
    struct quoted q;

    if (i == TITLE_LINES || **text == '\0')
        return false;
    if (i + 1 == TITLE_LINES) {
        strcpy(line->text, width_cut(*text, most, &q));
        return true;
    }
    const size_t n = break_line(*text, most);
    memcpy(line->text, *text, n);
    line->text[n] = '\0';
    *text += n;
    *text += **text == ' ';
    return true;
}

/* Writes the title, in lines that fit on a narrow screen too. */
static void draw_title(const struct svg *s)
{
    const char *text = s->picture->title;
    double y = SVG_MARGIN / 2 + title_font(s);
    struct quoted line;

    for (int i = 0; next_line(s, &text, i, &line); i++, y += title_font(s)) {
        picture_print(s->out, "<text class=\"t\" x=\"%d\" y=\"%g\">", SVG_MARGIN, svg_round(y));
        svg_text(s->out, line.text);
        picture_print(s->out, "</text>\n");
    }
}

/* Sets TOP to where the title and the keys end. */
static void measure(struct svg *s)
{
    const char *text = s->picture->title;
    struct quoted line;

    s->top = SVG_MARGIN / 2;
    for (int i = 0; next_line(s, &text, i, &line); i++)
        s->top += title_font(s);
    s->keys = s->top + s->narrow * 1.2;
    if (s->picture->mark.text[0] != '\0' || s->picture->hatch.text[0] != '\0')
        s->top = s->keys;
    s->top += s->narrow * 0.7;
}

/* Writes "SYMBOL NAME", the symbol in class NAME_OF_CLASS, unless NAME is empty. */
static void draw_key(const struct svg *s, const char *symbol, const char *class, const struct quoted *name)
{
    struct quoted q;

    if (name->text[0] == '\0')
        return;
    picture_print(s->out, "<tspan class=\"%s\">%s</tspan> ", class, symbol);
    svg_text(s->out, width_cut(name->text, KEY_WIDTH, &q));
    picture_print(s->out, "   ");
}

/* Writes what marks and hatches mean, if there are any. */
static void draw_keys(const struct svg *s)
{
    const struct picture *p = s->picture;
    const bool has_lines = p->points->groups.n > 1;

    if (p->mark.text[0] == '\0' && p->hatch.text[0] == '\0')
        return;
    picture_print(s->out, "<text x=\"%d\" y=\"%g\">", SVG_MARGIN, svg_round(s->keys));
    draw_key(s, "●", "mk", &p->mark);
    draw_key(s, has_lines ? "○" : "▤", has_lines ? "" : "bk", &p->hatch);
    picture_print(s->out, "</text>\n");
}

/* Gives the axes their places, from the widths of what is written beside them. */
static void place_axes(struct svg *s)
{
    const struct points *points = s->picture->points;
    double least;
    double greatest;
    size_t names = 0;

    picture_range(s->picture, points->groups.n < 2, &least, &greatest);
    scale_fit(&s->scale, least, greatest, STEPS, s->picture->summary.is_whole);
    for (size_t i = 0; i < points->groups.n && points->groups.n > 1; i++) {
        size_t width = width_of(points_text(points, points->group_names[i]));
        names = width > names ? width : names;
    }
    names = names < SVG_NAME ? names : SVG_NAME;
    s->left = SVG_MARGIN + svg_length(scale_width(&s->scale), s->narrow) + 8;
    s->right = s->width - SVG_MARGIN - (names > 0 ? svg_length(names, s->narrow) + 9 : 0);
    s->bottom = s->height - SVG_MARGIN - s->narrow * 1.3;
    s->slot = (s->right - s->left) / (points->n_slots > 0 ? (double)points->n_slots : 1);
}

static void draw_values(const struct svg *s)
{
    char text[SCALE_SIZE];

    for (int64_t tick = s->scale.first; tick <= s->scale.last; tick++) {
        double y = svg_y(s, (double)tick * s->scale.step);
        scale_format(&s->scale, tick, text);
        picture_print(s->out, "<path class=\"%s\" d=\"M%d %gH%g\"/>", tick == 0 ? "zero" : "grid", SVG_MARGIN, y,
                      svg_round(s->right));
        picture_print(s->out, "<text x=\"%d\" y=\"%g\" dy=\"-.3em\">%s</text>\n", SVG_MARGIN, y, text);
    }
}

/* Writes labels along the axis of slots, for letters of height FONT. */
static void draw_labels(const struct svg *s, const char *class, double font)
{
    struct axis_label labels[AXIS_MOST];
    const size_t n = axis_labels(s->picture->points, s->slot / svg_length(1, font), labels);
    struct quoted label;
    struct quoted part;
    struct quoted cut;

    picture_print(s->out, "<g class=\"%s\" text-anchor=\"middle\">\n<path class=\"zero\" d=\"", class);
    for (size_t i = 0; i < n; i++)
        picture_print(s->out, "M%g %gv5", svg_x(s, labels[i].slot), svg_round(s->bottom));
    picture_print(s->out, "\"/>\n");
    for (size_t i = 0; i < n; i++) {
        const char *text = points_label(s->picture->points, labels[i].slot, &label);
        memcpy(part.text, text, labels[i].len);
        part.text[labels[i].len] = '\0';
        text = width_cut(part.text, AXIS_WIDTH, &cut);
        /* The whole text is in the picture, even at an end of the axis. */
        double half = svg_length(width_of(text), font) / 2;
        double x = svg_x(s, labels[i].slot);
        x = x - half < 2 ? half + 2 : x + half > s->width - 2 ? s->width - half - 2 : x;
        picture_print(s->out, "<text x=\"%g\" y=\"%g\" dy=\"1.4em\">", svg_round(x), svg_round(s->bottom));
        svg_text(s->out, text);
        picture_print(s->out, "</text>\n");
    }
    picture_print(s->out, "</g>\n");
}

static void draw_points(struct svg *s)
{
    s->top += s->narrow; /* of the uppermost tick */
    place_axes(s);
    draw_values(s);
    draw_labels(s, "wide", SVG_FONT);
    draw_labels(s, "narrow", s->narrow);
    if (s->picture->points->groups.n > 1)
        svg_lines(s);
    else
        svg_bars(s);
}

void svg_draw(const struct picture *p, struct writer *w)
{
    struct svg s = { .picture = p, .out = w, .height = HEIGHT };
    char description[1000];

    s.width = p->width == 0 ? WIDTH : p->width < LEAST_WIDTH ? LEAST_WIDTH : (double)p->width;
    s.narrow = svg_round(s.width * PHONE_FONT / PHONE);
    s.narrow = s.narrow < SVG_FONT ? SVG_FONT : s.narrow;
    measure(&s);
    const bool has_rows = p->summary.n_values > 0 && svg_fits_rows(&s);
    if (has_rows)
        s.height = svg_round(s.top + (double)p->points->n * svg_row_height(&s) + SVG_MARGIN);
    picture_describe(p, description, sizeof description);
    picture_print(w, "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"weir-chart\" width=\"%g\" height=\"%g\" "
                     "viewBox=\"0 0 %g %g\" role=\"img\">\n<title>", s.width, s.height, s.width, s.height);
    svg_text(w, p->title);
    picture_print(w, "</title>\n<desc>");
    svg_text(w, description);
    picture_print(w, "</desc>\n");
    svg_style(&s);
    picture_print(w, "<rect class=\"p\" width=\"%g\" height=\"%g\"/>\n", s.width, s.height);
    draw_title(&s);
    draw_keys(&s);
    if (has_rows)
        svg_rows(&s);
    else if (p->summary.n_values > 0)
        draw_points(&s);
    else
        picture_print(w, "<text x=\"%d\" y=\"%g\">%s</text>\n", SVG_MARGIN, svg_round(s.top + s.narrow),
                      p->points->n == 0 ? "no records" : "no values");
    picture_print(w, "</svg>\n");
}
