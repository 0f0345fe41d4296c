/* SPDX-License-Identifier: MIT */
#include "text.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "axis.h"
#include "scale.h"
#include "width.h"

enum { LINES = 18, LEAST_LINES = 5, EIGHTHS = 8, LEAST_COLUMNS = 10, WIDE = 3 };

/* What a column stands for: the points of one slot or of several. */
struct column {
    double least;
    double greatest;
    double sum;
    size_t n; /* values */
    bool is_marked;
    bool is_hatched; /* all of them are */
};

struct layout {
    struct scale scale;
    size_t margin; /* columns of the axis */
    size_t lines;
    size_t slots;  /* in a column */
    size_t wide;   /* columns for a slot, if SLOTS is 1 */
    size_t n;      /* columns, each of WIDE */
};

static struct layout lay_out(const struct text *t)
{
    const struct points *points = t->picture->points;
    const size_t groups = points->groups.n > 1 ? points->groups.n : 1;
    struct layout l = { .wide = 1, .slots = 1, .lines = LINES / groups };
    double least;
    double greatest;

    l.lines = l.lines < LEAST_LINES ? LEAST_LINES : l.lines;
    picture_range(t->picture, true, &least, &greatest);
    scale_fit(&l.scale, least, greatest, l.lines / 3 > 5 ? 5 : l.lines / 3 < 2 ? 2 : (int)l.lines / 3,
              t->picture->summary.is_whole);
    l.margin = scale_width(&l.scale) + 2;
    size_t room = t->width > l.margin + LEAST_COLUMNS ? t->width - l.margin : LEAST_COLUMNS;
    l.slots = (points->n_slots + room - 1) / room;
    l.n = (points->n_slots + l.slots - 1) / l.slots;
    l.wide = room / l.n;
    /* Each step of the axis has the same number of lines. */
    size_t steps = (size_t)(l.scale.last - l.scale.first);
    l.lines = l.lines > steps ? l.lines / steps * steps : steps;
    return l;
}

/* Sets COLUMNS from the points of GROUP, which begin at *NEXT; moves *NEXT to their end. */
static void fill(const struct text *t, const struct layout *l, size_t group, size_t *next, struct column *columns)
{
    const struct points *points = t->picture->points;

    memset(columns, 0, l->n * sizeof *columns);
    for (; *next < points->n && points->at[*next].group == group; ++*next) {
        const struct point *point = &points->at[*next];
        struct column *c = &columns[point->slot / l->slots];
        c->is_marked = c->is_marked || point->is_marked;
        if (!point->has_value)
            continue;
        c->is_hatched = point->is_hatched && (c->n == 0 || c->is_hatched);
        c->least = c->n > 0 && c->least < point->value ? c->least : point->value;
        c->greatest = c->n > 0 && c->greatest > point->value ? c->greatest : point->value;
        c->sum += point->value / (double)l->slots; /* divided first, not to be infinite */
        c->n++;
    }
    for (size_t i = 0; i < l->n && points->groups.n > 1; i++)
        if (columns[i].n > 0)
            columns[i].least = columns[i].greatest = columns[i].sum * ((double)l->slots / (double)columns[i].n);
}

/* Eighths of lines from the bottom of the picture to VALUE. */
static size_t height_of(const struct layout *l, double value)
{
    return (size_t)(scale_place(&l->scale, value) * (double)(l->lines * EIGHTHS) + 0.5);
}

/* The character of C in LINE, from 0 at the bottom. A bar is full from 0 to the closest value, then shaded. */
static const char *find_block(const struct layout *l, const struct column *c, size_t line)
{
    static const char *const parts[] = { " ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
    const size_t bottom = line * EIGHTHS;
    const size_t zero = height_of(l, 0);
    const double low = c->least < 0 ? c->least : 0;
    const double high = c->greatest > 0 ? c->greatest : 0;
    size_t from = height_of(l, low);
    size_t to = height_of(l, high);

    if (c->n == 0)
        return " ";
    if (low < 0 && from == zero)
        from--; /* to be seen */
    if (high > 0 && to == zero)
        to++;
    size_t full_from = c->greatest < 0 ? height_of(l, c->greatest) : zero;
    size_t full_to = c->least > 0 ? height_of(l, c->least) : zero;
    if (l->slots == 1)
        full_from = from, full_to = to;
    if (bottom >= to || bottom + EIGHTHS <= from)
        return " ";
    if (c->is_hatched)
        return "▒";
    if (bottom >= zero)
        return bottom + EIGHTHS <= full_to ? "█" : full_to == to ? parts[to - bottom] : "░";
    return bottom >= full_from ? "█" : full_from != from ? "░" : from - bottom > EIGHTHS / 2 ? "▔" : "▀";
}

static void draw_line(const struct text *t, const struct layout *l, const struct column *columns, size_t line)
{
    const size_t per_step = l->lines / (size_t)(l->scale.last - l->scale.first);
    char tick[SCALE_SIZE] = "";

    /* A tick is at the bottom of its line. */
    if (line % per_step == 0)
        scale_format(&l->scale, l->scale.first + (int64_t)(line / per_step), tick);
    text_pad_left(t, tick, l->margin - 2);
    text_color(t, TEXT_FAINT);
    picture_print(t->out, *tick != '\0' ? " ┤" : " │");
    size_t blanks = 0;
    for (size_t i = 0; i < l->n; i++) {
        const char *block = find_block(l, &columns[i], line);
        const size_t bar = l->wide - (l->wide >= WIDE);
        if (*block == ' ') {
            blanks += l->wide;
            continue;
        }
        text_repeat(t, " ", blanks);
        text_color(t, columns[i].is_marked ? TEXT_MARKED : TEXT_BAR);
        text_repeat(t, block, bar);
        blanks = l->wide - bar;
    }
    text_color(t, TEXT_PLAIN);
    xwriter_char(t->out, '\n');
}

/* Below the columns, a triangle under each that has a marked point. */
static void draw_marks(const struct text *t, const struct layout *l, const struct column *columns)
{
    size_t blanks = l->margin;

    text_color(t, TEXT_MARKED);
    for (size_t i = 0; i < l->n; i++, blanks += l->wide) {
        if (!columns[i].is_marked)
            continue;
        text_repeat(t, " ", blanks);
        picture_print(t->out, "▲");
        blanks = (size_t)0 - 1;
    }
    text_color(t, TEXT_PLAIN);
    xwriter_char(t->out, '\n');
}

static void draw_labels(const struct text *t, const struct layout *l)
{
    const struct points *points = t->picture->points;
    struct axis_label labels[AXIS_MOST];
    const size_t n = axis_labels(points, (double)l->wide / (double)l->slots, labels);
    size_t at = 0;
    struct quoted label;
    struct quoted cut;

    for (size_t i = 0; i < n; i++) {
        const char *text = points_label(points, labels[i].slot, &label);
        struct quoted part;
        memcpy(part.text, text, labels[i].len);
        part.text[labels[i].len] = '\0';
        text = width_cut(part.text, AXIS_WIDTH, &cut);
        size_t column = l->margin + labels[i].slot / l->slots * l->wide;
        size_t width = width_of(text);
        if (width == 0 || column < at || column + width > l->margin + l->n * l->wide)
            continue; /* it would be cut, or columns are too coarse */
        text_repeat(t, " ", column - at);
        xwriter_bytes(t->out, span_of(text));
        at = column + width;
    }
    xwriter_char(t->out, '\n');
}

void text_columns(const struct text *t)
{
    const struct points *points = t->picture->points;
    const size_t n_groups = points->groups.n > 1 ? points->groups.n : 1;
    const struct layout l = lay_out(t);
    struct column *columns = xcalloc(l.n, sizeof *columns);
    size_t next = 0;

    if (l.slots > 1)
        picture_print(t->out, n_groups > 1 ? "a column is the mean of %zu values\n"
                                           : "a column is %zu values: █ up to the least, ░ up to the greatest\n",
                      l.slots);
    for (size_t group = 0; group < n_groups; group++) {
        if (n_groups > 1)
            picture_print(t->out, "%s\n", points_text(points, points->group_names[group]));
        fill(t, &l, group, &next, columns);
        for (size_t line = l.lines; line-- > 0;)
            draw_line(t, &l, columns, line);
        if (t->picture->mark.text[0] != '\0')
            draw_marks(t, &l, columns);
    }
    draw_labels(t, &l);
    free(columns);
}
