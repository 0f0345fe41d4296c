/* SPDX-License-Identifier: MIT */
#include "merge.h"

#include <string.h>

#include "value/number.h"

static void write_out(struct merge *m, const struct item *item)
{
    struct writer *w = m->out;
    char *out = xwriter_reserve(w, item->record.len + NUMBER_DIGITS + 2);

    memcpy(out, item->record.at, item->record.len);
    out += item->record.len;
    if (m->with_count) {
        *out++ = '\t';
        out += number_format(item->count, out);
    }
    *out++ = '\n';
    writer_advance(w, out);
    writer_commit(w);
}

/* Ends the run being written, if any. */
static void end_run(struct merge *m)
{
    if (m->run.buffer != NULL)
        xspill_reopen(&m->run, &m->runs[m->n_runs++]);
}

void xmerge_write(struct merge *m)
{
    if (m->lines.len > 0)
        xwriter_lines(m->out, m->lines);
    m->lines.len = 0;
}

/* Merges all runs into the run being written, or else the output. */
static void merge_runs(struct merge *m)
{
    struct item items[MERGE_RUNS];
    bool has_item[MERGE_RUNS];
    size_t n = m->n_runs;

    m->n_runs = 0;
    for (size_t i = 0; i < n; i++)
        has_item[i] = xspill_read(&m->runs[i], &items[i]);
    for (;;) {
        size_t least = n;
        for (size_t i = 0; i < n; i++)
            if (has_item[i] && (least == n || items[i].position < items[least].position))
                least = i;
        if (least == n)
            break;
        xmerge_add(m, &items[least]);
        xmerge_write(m);
        has_item[least] = xspill_read(&m->runs[least], &items[least]);
    }
    for (size_t i = 0; i < n; i++)
        spill_close(&m->runs[i]);
}

void xmerge_begin_run(struct merge *m)
{
    xmerge_write(m);
    end_run(m);
    xspill_create(&m->run);
    if (m->n_runs == MERGE_RUNS) {
        merge_runs(m);
        end_run(m);
        xspill_create(&m->run);
    }
}

void xmerge_add(struct merge *m, const struct item *item)
{
    if (m->run.buffer != NULL) {
        xspill_write(&m->run, item);
    } else if (!m->with_count && item->record.at[item->record.len] == '\n') {
        xmerge_add_lines(m, (struct span){ item->record.at, item->record.len + 1 });
    } else {
        xmerge_write(m);
        write_out(m, item);
    }
}

void xmerge_finish(struct merge *m)
{
    end_run(m);
    merge_runs(m);
    xmerge_write(m);
}

bool xmerge_read(struct merge *m, struct reader *items)
{
    end_run(m);
    if (m->n_runs == 0)
        return false;
    if (m->n_runs > 1) {
        xspill_create(&m->run);
        merge_runs(m);
        end_run(m);
    }
    *items = m->runs[0];
    m->n_runs = 0;
    return true;
}
