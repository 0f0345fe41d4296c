/* SPDX-License-Identifier: MIT */
#include <sys/ioctl.h>
#include <unistd.h>

#include "text.h"

enum { WIDTH = 80, LEAST_WIDTH = 20, MOST_WIDTH = 4000, MOST_LINES = 60 };

static size_t find_width(const struct picture *p)
{
    struct winsize size;

    if (p->width != 0)
        return p->width;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return WIDTH;
    return size.ws_col < LEAST_WIDTH ? LEAST_WIDTH : size.ws_col > MOST_WIDTH ? MOST_WIDTH : size.ws_col;
}

/* How many lines text_bars() takes for P. */
static size_t count_lines(const struct points *p)
{
    return p->groups.n > 1 ? p->groups.n * (p->n_slots + 1) : p->n_slots;
}

void text_draw(const struct picture *p, struct writer *w)
{
    const struct text t = { .picture = p, .out = w, .width = find_width(p) };

    xwriter_bytes(w, span_of(p->title));
    if (p->mark.text[0] != '\0') {
        text_color(&t, TEXT_MARKED);
        picture_print(w, "  \342\226\262"); /* a triangle */
        text_color(&t, TEXT_PLAIN);
        picture_print(w, " %s", p->mark.text);
    }
    if (p->hatch.text[0] != '\0')
        picture_print(w, "  \342\226\222 %s", p->hatch.text); /* the shade of text_bars() */
    picture_print(w, "\n");
    if (p->summary.n_values == 0)
        picture_print(w, "%s\n", p->points->n == 0 ? "no records" : "no values");
    else if (count_lines(p->points) <= MOST_LINES)
        text_bars(&t);
    else
        text_columns(&t);
}
