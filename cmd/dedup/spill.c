/* SPDX-License-Identifier: MIT */
#include "spill.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/die.h"
#include "value/number.h"

static const char *directory(void)
{
    const char *name = getenv("TMPDIR");

    return name != NULL && *name != '\0' ? name : "/tmp";
}

static int create(const char *in)
{
#ifdef O_TMPFILE
    int unnamed = open(in, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (unnamed >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != ENOENT))
        return unnamed;
#endif
    char path[4096];
    if (snprintf(path, sizeof path, "%s/weir-XXXXXX", in) >= (int)sizeof path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    int fd = mkostemp(path, O_CLOEXEC);
    if (fd >= 0)
        unlink(path);
    return fd;
}

void xspill_create(struct writer *w)
{
    const char *in = directory();
    int fd = create(in);

    if (fd < 0)
        die(STATUS_SYSTEM, "temporary file in %s: %s", in, strerror(errno));
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is a write error to be reported */
    writer_open(w, fd, in);
}

/* Writes NUMBER to OUT and a TAB behind it; returns where that ends. */
static char *put_number(char *out, uint64_t number)
{
    out += number_format(number, out);
    *out = '\t';
    return out + 1;
}

static uint64_t take_number(struct span *line)
{
    uint64_t number = 0;

    for (; *line->at != '\t'; line->at++, line->len--)
        number = number * 10 + (uint64_t)(*line->at - '0');
    line->at++;
    line->len--;
    return number;
}

/* An item is a line: position, count, record. A record has no LF. */
void xspill_write(struct writer *w, const struct item *item)
{
    char *out = xwriter_reserve(w, 2 * (NUMBER_DIGITS + 1) + item->record.len + 1);

    out = put_number(out, item->position);
    out = put_number(out, item->count);
    memcpy(out, item->record.at, item->record.len);
    out += item->record.len;
    *out++ = '\n';
    writer_advance(w, out);
    writer_commit(w);
}

void xspill_reopen(struct writer *w, struct reader *r)
{
    int fd = xwriter_detach(w);

    if (lseek(fd, 0, SEEK_SET) != 0)
        die_errno("temporary file");
    reader_open(r, fd, SIZE_MAX / 4);
}

bool xspill_read(struct reader *r, struct item *item)
{
    switch (reader_line(r, &item->record)) {
    case READ_END:
        return false;
    case READ_OK:
        break;
    case READ_TOO_LONG:
    case READ_STOPPED:
    case READ_FAILED:
        die(STATUS_SYSTEM, "read error: temporary file in %s: %s", directory(), strerror(errno));
    }
    item->position = take_number(&item->record);
    item->count = take_number(&item->record);
    return true;
}

void spill_close(struct reader *r)
{
    close(r->fd);
    reader_close(r);
}

void spill_merge_open(struct spill_merge *m, struct writer *out, bool with_count)
{
    *m = (struct spill_merge){ .out = out, .with_count = with_count };
}

static void write_out(struct spill_merge *m, const struct item *item)
{
    struct writer *w = m->out;
    char *out = xwriter_reserve(w, item->record.len + NUMBER_DIGITS + 3);

    memcpy(out, item->record.at, item->record.len);
    out += item->record.len;
    if (m->with_count) {
        *out++ = '\t';
        out = put_number(out, item->count) - 1;
    }
    *out++ = '\n';
    writer_advance(w, out);
    writer_commit(w);
}

/* Closes the run that is being written, if there is one. */
static void end_run(struct spill_merge *m)
{
    if (m->run.buffer != NULL)
        xspill_reopen(&m->run, &m->runs[m->n_runs++]);
}

/* Merges all runs, to the run that is being written or to the output. */
static void merge(struct spill_merge *m)
{
    struct item items[SPILL_RUNS];
    bool has_item[SPILL_RUNS];
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
        xspill_merge_add(m, &items[least]);
        has_item[least] = xspill_read(&m->runs[least], &items[least]);
    }
    for (size_t i = 0; i < n; i++)
        spill_close(&m->runs[i]);
}

void xspill_merge_begin_run(struct spill_merge *m)
{
    end_run(m);
    xspill_create(&m->run);
    if (m->n_runs == SPILL_RUNS) {
        merge(m);
        end_run(m);
        xspill_create(&m->run);
    }
}

void xspill_merge_add(struct spill_merge *m, const struct item *item)
{
    if (m->run.buffer != NULL)
        xspill_write(&m->run, item);
    else
        write_out(m, item);
}

void xspill_merge_finish(struct spill_merge *m)
{
    end_run(m);
    merge(m);
}
