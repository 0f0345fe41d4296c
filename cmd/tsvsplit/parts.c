/* SPDX-License-Identifier: MIT */
#include "parts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/die.h"
#include "base/memory.h"
#include "base/signals.h"
#include "base/write.h"

enum {
    MEMORY = 16 << 20, /* for all buffers, unless N times LEAST_BUFFER is more */
    LEAST_BUFFER = 4 << 10,
    MOST_BUFFER = 128 << 10,
};

static const char suffix[] = ".part";

struct part {
    char *path;
    char *buffer; /* a part of parts.memory: buffer_size bytes, and PARTS_SHORT that are not used */
    size_t used;  /* less than buffer_size */
};

/* Static because remove_all() runs in a signal handler and at quick_exit(), which pass it no argument. */
static struct {
    struct part *at;
    size_t n;           /* files created */
    char *memory;       /* of all buffers */
    size_t buffer_size; /* of each part */
} parts;

static void remove_all(void)
{
    for (size_t i = 0; i < parts.n; i++)
        unlink(parts.at[i].path);
}

static void stop(int number)
{
    remove_all();
    signals_end(number);
}

/* From here on, die() and signals remove the files. */
static void prepare_to_remove(void)
{
    if (at_quick_exit(remove_all) != 0)
        die_no_memory();
    signals_catch(stop);
}

static void xwrite(const char *path, struct span bytes)
{
    int fd = open(path, O_WRONLY | O_APPEND | O_CLOEXEC);

    if (fd < 0)
        die_errno(path);
    if (!write_all(fd, bytes) || close(fd) != 0)
        die(STATUS_SYSTEM, "write error: %s: %s", path, strerror(errno));
}

static void flush(struct part *part)
{
    if (part->used > 0)
        xwrite(part->path, (struct span){ part->buffer, part->used });
    part->used = 0;
}

/* Whole buffers are written, at multiples of their size: that takes file systems the least time. */
void xparts_append(size_t i, struct span lines)
{
    struct part *part = &parts.at[i];

    for (size_t room; (room = parts.buffer_size - part->used) <= lines.len; lines.at += room, lines.len -= room) {
        memcpy(part->buffer + part->used, lines.at, room);
        part->used += room;
        flush(part);
    }
    memcpy(part->buffer + part->used, lines.at, lines.len);
    part->used += lines.len;
}

void xparts_append_short(size_t i, struct span line)
{
    struct part *part = &parts.at[i];

    if (line.len > PARTS_SHORT || parts.buffer_size - part->used <= line.len) {
        xparts_append(i, line);
        return;
    }
    memcpy(part->buffer + part->used, line.at, PARTS_SHORT);
    part->used += line.len;
}

void xparts_open(size_t n)
{
    size_t share = MEMORY / n / LEAST_BUFFER * LEAST_BUFFER;

    parts.buffer_size = share < LEAST_BUFFER ? LEAST_BUFFER : share > MOST_BUFFER ? MOST_BUFFER : share;
    parts.at = xcalloc(n, sizeof *parts.at);
    parts.memory = xmalloc(n * (parts.buffer_size + PARTS_SHORT));
    prepare_to_remove();
}

/* Dies if the file PATH exists, or is a link to a file that does not. */
static void check_absent(const char *path)
{
    struct stat status;

    if (lstat(path, &status) == 0)
        die_usage("%s already exists", path);
}

size_t xparts_add(const char *name)
{
    struct part *part = &parts.at[parts.n];
    size_t len = strlen(name);

    *part = (struct part){ .path = xmalloc(len + sizeof suffix) };
    part->buffer = parts.memory + parts.n * (parts.buffer_size + PARTS_SHORT);
    strcpy(stpcpy(part->path, name), suffix);
    check_absent(name);
    check_absent(part->path);
    int fd = open(part->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0)
        die_errno(part->path);
    close(fd);
    return parts.n++;
}

/* Gives the file PATH the name NAME, unless a file has that name. False if that fails; errno says how. */
static bool give_name(const char *path, const char *name)
{
    struct stat status;

#ifdef RENAME_NOREPLACE
    if (renameat2(AT_FDCWD, path, AT_FDCWD, name, RENAME_NOREPLACE) == 0)
        return true;
    if (errno != EINVAL && errno != ENOSYS)
        return false;
#endif
    errno = EEXIST;
    return lstat(name, &status) != 0 && rename(path, name) == 0;
}

void xparts_finish(void)
{
    for (size_t i = 0; i < parts.n; i++)
        flush(&parts.at[i]);
    signals_block(); /* between rename(2) and the change of its path, remove_all() would miss a file */
    for (size_t i = parts.n; i-- > 0;) {
        char *path = parts.at[i].path;
        char *name = xmemdup(path, strlen(path) - strlen(suffix));
        if (!give_name(path, name))
            die_errno(name);
        parts.at[i].path = name;
        free(path);
    }
    for (size_t i = 0; i < parts.n; i++)
        free(parts.at[i].path);
    free(parts.at);
    free(parts.memory);
}
