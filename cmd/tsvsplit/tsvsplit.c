/* SPDX-License-Identifier: MIT */
/* tsvsplit: splits records over files, those of one key into the same file. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/die.h"
#include "base/hash.h"
#include "base/memory.h"
#include "stream/columns.h"
#include "stream/stream.h"

enum {
    MOST = 10000,           /* files: four digits number them */
    MEMORY = 16 << 20,      /* of all buffers together, unless the least ... */
    LEAST_BUFFER = 4 << 10, /* ... of so many files is more */
    MOST_BUFFER = 128 << 10,
};

static const char suffix[] = ".part";
static const int signals[] = { SIGHUP, SIGINT, SIGTERM }; /* that end the program and remove its files */

struct options {
    const char *key; /* k */
    uint64_t n;      /* n */
    struct stream_options stream;
};

/* A file, and what is to be appended to it. It is open only for that: descriptors set no limit to N. */
struct part {
    char *path; /* ends in SUFFIX until all are whole */
    char *buffer;
    size_t used;
};

struct parts {
    struct part *at;
    size_t n;    /* that are made */
    size_t size; /* of each buffer */
};

/* What the end of the program by a signal or die() has to remove. */
static struct parts made;

static void remove_parts(void)
{
    for (size_t i = 0; i < made.n; i++)
        unlink(made.at[i].path);
}

static void stop(int number)
{
    remove_parts();
    signal(number, SIG_DFL);
    raise(number);
}

static void prepare_to_remove(void)
{
    if (at_quick_exit(remove_parts) != 0)
        die_no_memory();
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        if (signal(signals[i], stop) == SIG_IGN)
            signal(signals[i], SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is a write error to be reported */
}

static _Noreturn void die_write(const char *path)
{
    die(STATUS_SYSTEM, "write error: %s: %s", path, strerror(errno));
}

static void write_bytes(const char *path, struct span bytes)
{
    int fd = open(path, O_WRONLY | O_APPEND | O_CLOEXEC);

    if (fd < 0)
        die_errno(path);
    while (bytes.len > 0) {
        ssize_t n = write(fd, bytes.at, bytes.len);
        if (n < 0 && errno != EINTR)
            die_write(path);
        bytes.at += n > 0 ? n : 0;
        bytes.len -= n > 0 ? (size_t)n : 0;
    }
    if (close(fd) != 0)
        die_write(path);
}

static void flush(struct part *part)
{
    if (part->used > 0)
        write_bytes(part->path, (struct span){ part->buffer, part->used });
    part->used = 0;
}

/* Appends LINE and an LF. */
static void append(struct part *part, struct span line)
{
    if (line.len >= made.size - part->used)
        flush(part);
    if (line.len >= made.size) {
        write_bytes(part->path, line);
    } else {
        memcpy(part->buffer + part->used, line.at, line.len);
        part->used += line.len;
    }
    part->buffer[part->used++] = '\n';
}

/* PREFIX, four digits of I and END, for the caller to free. */
static char *xname(const char *prefix, size_t i, const char *end)
{
    size_t size = strlen(prefix) + sizeof "0000" + strlen(end);
    char *path = xmalloc(size);

    snprintf(path, size, "%s%04zu%s", prefix, i, end);
    return path;
}

/* Dies if there is a file PATH, which is freed. */
static void refuse(char *path)
{
    if (access(path, F_OK) == 0)
        die_usage("%s is there already", path);
    free(path);
}

/* Makes the files, empty, unless one of them is there already: then none. */
static void make_parts(const struct options *o, const char *prefix)
{
    size_t n = (size_t)o->n;
    size_t share = MEMORY / n;

    made.at = xcalloc(n, sizeof *made.at);
    made.size = share < LEAST_BUFFER ? LEAST_BUFFER : share > MOST_BUFFER ? MOST_BUFFER : share;
    for (size_t i = 0; i < n; i++) {
        refuse(xname(prefix, i, ""));
        refuse(xname(prefix, i, suffix));
    }
    prepare_to_remove();
    for (size_t i = 0; i < n; i++) {
        struct part *part = &made.at[i];
        *part = (struct part){ .path = xname(prefix, i, suffix), .buffer = xmalloc(made.size) };
        int fd = open(part->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd < 0)
            die_errno(part->path);
        made.n++;
        close(fd);
    }
}

/*
 * Gives the files their names, the first one last: where it is, the others are. So no signal stops the program from here
 * on: one between rename(2) and the note of it would leave the first file alone.
 */
static void name_parts(void)
{
    sigset_t set;

    sigemptyset(&set);
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        sigaddset(&set, signals[i]);
    sigprocmask(SIG_BLOCK, &set, NULL);
    for (size_t i = made.n; i-- > 0;) {
        char *path = made.at[i].path;
        char *name = xmemdup(path, strlen(path) - strlen(suffix));
        if (rename(path, name) != 0)
            die_errno(name);
        made.at[i].path = name;
        free(path);
    }
}

static void free_parts(void)
{
    for (size_t i = 0; i < made.n; i++) {
        free(made.at[i].path);
        free(made.at[i].buffer);
    }
    free(made.at);
}

static void tsvsplit(struct stream *s, struct record *r, const struct columns *key)
{
    static const uint64_t secret[2] = { 0, 0 }; /* the same in all runs: files of several belong together by number */
    struct buffer buffer = { .len = 0 };

    while (xstream_record(s, r)) {
        struct span bytes = key->n > 0 ? xcolumns_join(key, r, &buffer) : record_line(r);
        append(&made.at[hash_keyed(secret, bytes) % made.n], record_line(r));
    }
    buffer_free(&buffer);
    for (size_t i = 0; i < made.n; i++)
        flush(&made.at[i]);
}

int main(int argc, char **argv)
{
    struct options o = { .key = NULL };
    const struct option_spec specs[] = {
        { 'k', "key", "COLS", "columns that make the key (default: all)", .text = &o.key },
        { 'n', "files", "N", "how many files, 1 to 10000", .number = &o.n },
    };
    const struct usage usage = { "PREFIX", "Splits records over files PREFIX0000 and so on, by the hash of their key.",
                                 STREAM_SINK, specs, sizeof specs / sizeof *specs };
    int first = options_parse(argc, argv, &usage, &o.stream);
    struct stream s;
    struct record r = { .text = NULL };

    if (argc - first != 1)
        die_usage("it takes a PREFIX");
    if (o.n < 1 || o.n > MOST)
        die_usage("--files: 1 to %d are needed", MOST);
    xstream_open(&s, &o.stream);
    xstream_read_header(&s, &r);
    struct columns key = xcolumns(&s.header, "key", o.key);
    make_parts(&o, argv[first]);
    for (size_t i = 0; i < made.n && !o.stream.no_header; i++)
        append(&made.at[i], record_line(&r));
    tsvsplit(&s, &r, &key);
    xstream_close(&s);
    name_parts();
    if (o.stream.rejects != NULL)
        warn("%" PRIu64 " read, %" PRIu64 " written, %" PRIu64 " rejected to %s", s.n_read, s.n_read - s.n_rejected,
             s.n_rejected, o.stream.rejects);
    free_parts();
    record_free(&r);
    columns_free(&key);
    return STATUS_DONE;
}
