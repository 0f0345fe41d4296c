/* SPDX-License-Identifier: MIT */
#include "picture.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/memory.h"

enum { PRINT_SIZE = 1000 };

void picture_print(struct writer *w, const char *format, ...)
{
    char *to = xwriter_reserve(w, PRINT_SIZE);
    va_list arguments;

    va_start(arguments, format);
    int n = vsnprintf(to, PRINT_SIZE, format, arguments);
    va_end(arguments);
    writer_advance(w, to + (n < PRINT_SIZE ? n : PRINT_SIZE - 1));
}

char *xpicture_title(const struct picture *p, const char *given, const char *label)
{
    size_t size = given != NULL ? strlen(given) * 4 + 1 : 2 * QUOTE_SIZE; /* room for each byte as \xHH */
    char *title = xmalloc(size);

    if (given != NULL)
        quote_message(title, size, given);
    else
        snprintf(title, size, "%s%s%s", p->value.text, label != NULL ? " by " : "", label != NULL ? label : "");
    return title;
}

void picture_range(const struct picture *p, bool from_zero, double *least, double *greatest)
{
    *least = p->summary.least != NULL ? p->summary.least->value : 0;
    *greatest = p->summary.greatest != NULL ? p->summary.greatest->value : 0;
    /* A line far from 0 would be flat. */
    if (!from_zero && *least > 0 && *greatest - *least < *greatest / 2 && *greatest > *least)
        return;
    if (!from_zero && *greatest < 0 && *greatest - *least < -*least / 2 && *greatest > *least)
        return;
    *least = *least < 0 ? *least : 0;
    *greatest = *greatest > 0 ? *greatest : 0;
}

/* Appends ", N WHAT" to TEXT, which has USED bytes, unless N is 0; returns the bytes used then. */
static size_t add_count(char *text, size_t size, size_t used, size_t n, const char *what)
{
    if (n == 0 || used >= size)
        return used;
    return used + (size_t)snprintf(text + used, size - used, ", %zu %s", n, what);
}

void picture_describe(const struct picture *p, char *text, size_t size)
{
    const struct points *points = p->points;
    const struct points_summary *s = &p->summary;
    size_t used = (size_t)snprintf(text, size, "%zu record%s", points->n, points->n == 1 ? "" : "s");

    if (points->groups.n > 1)
        used = add_count(text, size, used, points->groups.n, "groups");
    used = add_count(text, size, used, points->n - s->n_values, "without value");
    if (points->unit != NULL && !points->has_groups)
        used = add_count(text, size, used, points->n_slots - points->n, "missing");
    used = add_count(text, size, used, s->n_marked, "marked");
    used = add_count(text, size, used, s->n_hatched, "hatched");
    if (s->least != NULL && used < size)
        snprintf(text + used, size - used, ". Least %s (%s), greatest %s (%s).", points_text(points, s->least->text),
                 points_text(points, s->least->label), points_text(points, s->greatest->text),
                 points_text(points, s->greatest->label));
}
