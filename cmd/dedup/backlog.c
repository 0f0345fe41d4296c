/* SPDX-License-Identifier: MIT */
#include "backlog.h"

#include <string.h>

uint64_t xbacklog_add(struct backlog *b, struct span record)
{
    if (backlog_is_empty(b))
        xspill_create(&b->records);
    xwriter_bytes(&b->records, record);
    xwriter_char(&b->records, '\n');
    writer_commit(&b->records);
    return b->n++;
}

void xbacklog_drop(struct backlog *b, uint64_t place)
{
    if (!b->has_run)
        xmerge_begin_run(&b->dropped);
    b->has_run = true;
    xmerge_add(&b->dropped, &(struct item){ .position = place });
}

/* Skips N lines, at most those up to END. Returns how many. */
static uint64_t skip_lines(const char **at, const char *end, uint64_t n)
{
    uint64_t i = 0;

    if (n == UINT64_MAX) {
        *at = end;
        return 0;
    }
    for (; i < n && *at < end; i++)
        *at = (const char *)memchr(*at, '\n', (size_t)(end - *at)) + 1;
    return i;
}

static void write_lines(struct writer *w, const char *start, const char *end)
{
    if (w != NULL && end > start)
        xwriter_lines(w, (struct span){ start, (size_t)(end - start) });
}

/* The next place in PLACES, or UINT64_MAX. */
static uint64_t next_place(struct reader *places)
{
    struct item item;

    return xspill_read(places, &item) ? item.position : UINT64_MAX;
}

void xbacklog_finish(struct backlog *b, struct writer *kept, struct writer *dropped)
{
    struct reader records;
    struct reader places;
    bool has_places = xmerge_read(&b->dropped, &places);
    uint64_t next = has_places ? next_place(&places) : UINT64_MAX; /* to drop */
    uint64_t n = 0;                                                /* records written */

    xspill_reopen(&b->records, &records);
    while (xspill_fill(&records)) {
        const char *at = records.at;
        while (at < records.whole) {
            const char *start = at;
            n += skip_lines(&at, records.whole, next == UINT64_MAX ? next : next - n);
            write_lines(kept, start, at);
            if (at == records.whole)
                break;
            start = at;
            n += skip_lines(&at, records.whole, 1);
            write_lines(dropped, start, at);
            next = next_place(&places);
        }
        records.at = records.whole;
    }
    spill_close(&records);
    if (has_places)
        spill_close(&places);
}
