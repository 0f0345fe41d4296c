/* SPDX-License-Identifier: MIT */
#include "text.h"
#include "width.h"

enum { LEAST_BAR = 8, EIGHTHS = 8 };

/* The columns of a line: label, then the bar from 0 to the left and to the right, then the value. */
struct layout {
    size_t label;
    size_t left;
    size_t right;
    double per_column; /* of the value */
};

static struct layout lay_out(const struct text *t)
{
    const struct points *points = t->picture->points;
    struct layout l = { .label = 0 };
    struct quoted q;
    size_t value = 0;
    double least;
    double greatest;

    for (size_t slot = 0; slot < points->n_slots; slot++) {
        size_t width = width_of(points_label(points, slot, &q));
        l.label = width > l.label ? width : l.label;
    }
    for (size_t i = 0; i < points->n; i++) {
        size_t width = width_of(points_text(points, points->at[i].text));
        value = width > value ? width : value;
    }
    l.label = l.label < t->width / 3 ? l.label : t->width / 3;
    size_t beside = l.label + value + 2 + (t->picture->summary.n_marked > 0 ? 2 : 0); /* with blanks, and a mark */
    size_t bars = t->width > beside + LEAST_BAR ? t->width - beside : LEAST_BAR;
    picture_range(t->picture, true, &least, &greatest);
    if (greatest == least)
        greatest = least + 1;
    bars -= least < 0; /* the line at 0 */
    l.left = (size_t)(-least / (greatest - least) * (double)bars + 0.5);
    l.right = bars - l.left;
    l.per_column = l.right > 0 ? greatest / (double)l.right : 0;
    if (l.left > 0 && -least / (double)l.left > l.per_column)
        l.per_column = -least / (double)l.left;
    return l;
}

/* The number of eighths of a column for VALUE, at least one unless it is 0. */
static size_t count_eighths(const struct layout *l, double value, size_t most)
{
    double eighths = value / l->per_column * EIGHTHS;
    size_t n = (size_t)(eighths + 0.5);

    if (n == 0 && value > 0)
        n = 1;
    return n < most * EIGHTHS ? n : most * EIGHTHS;
}

/* Draws the bar of POINT, or nothing for NULL, to the end of the bar. */
static void draw_bar(const struct text *t, const struct layout *l, const struct point *point)
{
    static const char *const parts[] = { "", "▏", "▎", "▍", "▌", "▋", "▊", "▉" };
    const bool is_hatched = point != NULL && point->is_hatched;
    const char *full = is_hatched ? "▒" : "█";
    double value = point != NULL && point->has_value ? point->value : 0;

    text_color(t, point != NULL && point->is_marked ? TEXT_MARKED : TEXT_BAR);
    if (l->left > 0) {
        size_t halves = value < 0 ? (count_eighths(l, -value, l->left) + EIGHTHS / 2 - 1) / (EIGHTHS / 2) : 0;
        size_t columns = (halves + 1) / 2;
        text_repeat(t, " ", l->left - columns);
        text_repeat(t, is_hatched ? full : "▐", halves % 2);
        text_repeat(t, full, halves / 2);
        text_color(t, TEXT_FAINT);
        text_repeat(t, "│", 1);
        text_color(t, point != NULL && point->is_marked ? TEXT_MARKED : TEXT_BAR);
    }
    size_t eighths = value > 0 ? count_eighths(l, value, l->right) : 0;
    if (is_hatched)
        eighths = (eighths + EIGHTHS - 1) / EIGHTHS * EIGHTHS;
    text_repeat(t, full, eighths / EIGHTHS);
    text_repeat(t, parts[eighths % EIGHTHS], 1);
    text_color(t, TEXT_PLAIN);
}

static void draw_line(const struct text *t, const struct layout *l, size_t slot, const struct point *point)
{
    const struct points *points = t->picture->points;
    struct quoted q;

    const bool has_more = (point != NULL && (point->has_value || point->is_marked)) || l->left > 0;

    text_pad(t, points_label(points, slot, &q), l->label, has_more);
    if (point != NULL && point->has_value) {
        xwriter_char(t->out, ' ');
        draw_bar(t, l, point);
        picture_print(t->out, " %s", points_text(points, point->text));
    } else if (l->left > 0) {
        xwriter_char(t->out, ' ');
        draw_bar(t, l, NULL);
    }
    if (point != NULL && point->is_marked) {
        text_color(t, TEXT_MARKED);
        picture_print(t->out, point->has_value ? " ▲" : "  ▲");
        text_color(t, TEXT_PLAIN);
    }
    xwriter_char(t->out, '\n');
}

void text_bars(const struct text *t)
{
    const struct points *points = t->picture->points;
    const struct layout l = lay_out(t);
    const size_t n_groups = points->groups.n > 1 ? points->groups.n : 1;
    size_t next = 0; /* point */

    for (size_t group = 0; group < n_groups; group++) {
        if (n_groups > 1)
            picture_print(t->out, "%s\n", points_text(points, points->group_names[group]));
        for (size_t slot = 0; slot < points->n_slots; slot++) {
            const struct point *point = next < points->n ? &points->at[next] : NULL;
            bool is_here = point != NULL && point->group == group && point->slot == slot;
            draw_line(t, &l, slot, is_here ? point : NULL);
            next += is_here;
        }
    }
}
