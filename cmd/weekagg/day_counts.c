/* SPDX-License-Identifier: MIT */
#include "day_counts.h"

#include "base/memory.h"
#include "base/plain.h"
#include "value/calendar.h"

enum {
    MOST_CREDIT = 1 << 20,
    LEFT_COST = 16, /* credit for a record that is left */
};

struct day_counts *xday_counts_open(const struct stream *s, const struct when *w, const struct aggregates *a)
{
    const bool counts = a->n == 1 && a->at->of.at == NULL;
    struct day_counts *c = NULL;

    if (IS_PLAIN || !counts || w->unit.step != DAY_SECONDS || w->zone != NULL || w->per_second != 0)
        return NULL;
    c = xcalloc(1, sizeof *c);
    c->rules = (struct plain_record_rules){ w->column, w->column, s->header.n, s->in.max_line };
    c->header_size = s->header.len > 0 ? s->header.len + 1 : 0;
    c->credit = MOST_CREDIT / 2;
    return c;
}

void day_counts_take(struct day_counts *c, struct stream *s)
{
    uint64_t n = 0;

    if (c->credit <= 0 || s->end_mark)
        return;
    s->in.at = VECTOR_PICK(day_counts_run)(c, s->in.at, s->in.whole, &n);
    s->in.line += n;
    s->n_read += n;
    c->credit += (int64_t)n - LEFT_COST;
    if (c->credit > MOST_CREDIT)
        c->credit = MOST_CREDIT;
}

void xday_counts_finish(const struct day_counts *c, struct totals *t)
{
    for (int i = 0; i < DAY_COUNTS_YEARS * DAY_COUNTS_YEAR; i++) {
        if (c->at[i] == 0)
            continue;
        struct date date = {
            DAY_COUNTS_FIRST_YEAR + i / DAY_COUNTS_YEAR, i % DAY_COUNTS_YEAR / DAY_COUNTS_MONTH, i % DAY_COUNTS_MONTH,
        };
        size_t place = xtotals_find(t, (struct span){ "", 0 }, calendar_day(date) * DAY_SECONDS);
        totals_at(t, place)->n += c->at[i];
    }
}
