/* SPDX-License-Identifier: MIT */
#include "stream/spill.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/die.h"
#include "stream/reader_line.h"

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
    writer_open(w, fd, in);
}

enum { NUMBER_BYTES = 64 / 7 + 1 };

/* Writes NUMBER and a TAB to OUT: seven bits a byte, the lowest first, with the high bit set. Returns the end. */
static char *put_number(char *out, uint64_t number)
{
    for (; number > 0; number >>= 7)
        *out++ = (char)(number | 0x80);
    *out = '\t';
    return out + 1;
}

/* Takes a number and a TAB from the start of LINE. */
static uint64_t take_number(struct span *line)
{
    const char *start = line->at;
    uint64_t number = 0;

    for (int shift = 0; *line->at != '\t'; line->at++, shift += 7)
        number |= (uint64_t)(*line->at & 0x7f) << shift;
    line->at++;
    line->len -= (size_t)(line->at - start);
    return number;
}

/* An item is a line: position, count, record. */
void xspill_write(struct writer *w, const struct item *item)
{
    char *out = xwriter_reserve(w, 2 * (NUMBER_BYTES + 1) + item->record.len + 1);

    out = put_number(out, item->position);
    out = put_number(out, item->count);
    if (item->record.len > 0)
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
    r->has_begun = true; /* a position may look like a byte order mark */
}

/* Whether STATUS is READ_OK and not READ_END; dies at any other. */
static bool xis_line(enum read_status status)
{
    if (status != READ_OK && status != READ_END)
        die(STATUS_SYSTEM, "read error: temporary file in %s: %s", directory(), strerror(errno));
    return status == READ_OK;
}

bool xspill_fill(struct reader *r)
{
    return xis_line(xreader_fill(r));
}

bool xspill_read(struct reader *r, struct item *item)
{
    if (!xis_line(xreader_line(r, &item->record)))
        return false;
    item->position = take_number(&item->record);
    item->count = take_number(&item->record);
    return true;
}

void spill_close(struct reader *r)
{
    close(r->fd);
    reader_close(r);
}
