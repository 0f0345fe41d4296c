/* SPDX-License-Identifier: MIT */
#include "stream/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/die.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "stream/tsv.h"

enum { LOOK_BYTES = 8 << 10 }; /* to read at once for a header */

static const char *const standard_input[] = { "-" };

/* All zero: the input was not begun, or can be opened again. */
struct file_begun {
    struct reader in;
    struct unpacker *unpacker;
    int fd;
};

static bool is_standard_input(const char *name)
{
    return strcmp(name, standard_input[0]) == 0;
}

static bool are_same(const struct stat *a, const struct stat *b)
{
    return S_ISREG(a->st_mode) && S_ISREG(b->st_mode) && a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Dies if the file NAME cannot be read, or is the file of rejects. Opening a FIFO would wait for its writer. */
static void check_file(const char *name, const struct stat *status, const struct stream_options *options)
{
    struct stat other;
    int fd = -1;

    if (S_ISFIFO(status->st_mode) ? faccessat(AT_FDCWD, name, R_OK, AT_EACCESS) != 0
                                  : (fd = open(name, O_RDONLY | O_CLOEXEC)) < 0)
        die_errno(name);
    if (fd >= 0)
        close(fd);
    if (S_ISDIR(status->st_mode)) {
        errno = EISDIR;
        die_errno(name);
    }
    if (options->rejects != NULL && stat(options->rejects, &other) == 0 && are_same(status, &other))
        die_usage("--rejects: %s is already in use", options->rejects);
}

/* Dies if an input is wrong. Returns the bytes of all; 0: unknown. */
static uint64_t check(const struct files *f, const struct stream_options *options)
{
    uint64_t size = 0;
    bool is_known = true;
    bool has_standard = false;

    for (size_t i = 0; i < f->n; i++) {
        struct stat status = { .st_mode = 0 };
        off_t offset = 0;
        if (is_standard_input(f->names[i])) {
            if (has_standard)
                die_usage("- (standard input) can be given only once");
            has_standard = true;
            offset = fstat(STDIN_FILENO, &status) == 0 ? lseek(STDIN_FILENO, 0, SEEK_CUR) : 0;
        } else {
            if (stat(f->names[i], &status) != 0)
                die_errno(f->names[i]);
            check_file(f->names[i], &status, options);
            stream_check_output(&status, f->names[i]);
        }
        is_known = is_known && S_ISREG(status.st_mode);
        if (offset >= 0 && status.st_size > offset)
            size += (uint64_t)(status.st_size - offset);
    }
    return is_known ? size : 0;
}

void xfiles_open(struct files *f, struct stream *s, const struct stream_options *options, const char *const *names,
                 size_t n, int progress)
{
    *f = (struct files){ .stream = s, .names = names, .n = n, .fd = -1, .are_marked = true };
    if (n == 0) {
        f->names = standard_input;
        f->n = 1;
    }
    stream_leave_marks(options);
    uint64_t size = check(f, options);
    if (n > 0)
        xstream_open_files(s, options);
    else
        xstream_open(s, options);
    progress_start(&f->progress, size, progress);
}

void files_check_names(const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (utf8_check(names[i], strlen(names[i])) < strlen(names[i]))
            die_usage("%s: the name is not UTF-8, so no field can hold it", names[i]);
}

/* Leaves the current input, if any. */
static void leave(struct files *f)
{
    struct stream *s = f->stream;

    if (f->fd < 0)
        return;
    if (s->in.keeps) {
        f->begun[f->i - 1] = (struct file_begun){ s->in, f->unpacker, f->fd };
        s->in.buffer = NULL;
        s->in.capacity = 0;
        s->in.kept = (struct buffer){ .at = NULL };
        s->in.keeps = false;
    } else {
        if (!f->looks_ahead) {
            s->n_bytes += reader_offset(&s->in);
            f->are_marked = f->are_marked && s->end_mark;
        }
        if (f->unpacker != NULL)
            unpack_close(f->unpacker);
        if (f->fd != STDIN_FILENO)
            close(f->fd);
    }
    s->in.source = NULL; /* counted, or kept */
    s->in.offset = 0;
    f->unpacker = NULL;
    f->fd = -1;
    s->name = NULL;
}

/* Begins input I. */
static void begin(struct files *f, size_t i)
{
    struct stream *s = f->stream;
    bool is_standard = is_standard_input(f->names[i]);
    struct stat status;

    s->name = is_standard ? NULL : f->names[i];
    if (stat(f->names[i], &status) == 0 && S_ISFIFO(status.st_mode))
        xstream_flush(s); /* opening it waits for its writer */
    f->fd = is_standard ? STDIN_FILENO : open(s->name, O_RDONLY | O_CLOEXEC);
    if (f->fd < 0)
        xstream_read_error(s);
    stream_go_on(s, f->fd, s->name);
    s->in.max_read = f->looks_ahead ? LOOK_BYTES : 0;
    s->in.keeps = f->looks_ahead && (is_standard || fstat(f->fd, &status) != 0 || !S_ISREG(status.st_mode));
    f->unpacker = xunpack_open(s);
}

/* Goes on with input I, which xfiles_look() began. */
static void resume(struct files *f, size_t i)
{
    struct stream *s = f->stream;
    struct file_begun *begun = &f->begun[i];

    reader_close(&s->in);
    stream_go_on(s, begun->fd, is_standard_input(f->names[i]) ? NULL : f->names[i]);
    s->in = begun->in;
    f->unpacker = begun->unpacker;
    f->fd = begun->fd;
    xreader_rewind(&s->in);
}

bool xfiles_next(struct files *f)
{
    leave(f);
    if (f->i == f->n)
        return false;
    if (f->begun != NULL && f->begun[f->i].in.buffer != NULL)
        resume(f, f->i);
    else
        begin(f, f->i);
    f->i++;
    return true;
}

bool xfiles_look(struct files *f)
{
    if (f->begun == NULL)
        f->begun = xcalloc(f->n, sizeof *f->begun);
    f->looks_ahead = true;
    leave(f);
    if (f->i < f->n) {
        begin(f, f->i++);
        return true;
    }
    f->looks_ahead = false;
    f->i = 0;
    return false;
}

void xfiles_append_name(const struct files *f, struct buffer *field)
{
    const char *name = f->stream->name;

    if (name == NULL)
        xbuffer_append(field, span_of("\\N"));
    else
        field->len += tsv_escape(xbuffer_reserve(field, 2 * strlen(name)), span_of(name));
}

void files_show_progress(struct files *f)
{
    progress_update(&f->progress, f->stream->n_bytes + reader_offset(&f->stream->in), f->stream->n_read);
}

void xfiles_close(struct files *f)
{
    leave(f);
    free(f->begun);
    f->stream->end_mark = f->are_marked;
    progress_finish(&f->progress, f->stream->n_bytes, f->stream->n_read);
}
