/* SPDX-License-Identifier: MIT */
#include "part.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/die.h"

enum { MOST_PARTS = 1000000 };

/* Moves *TEXT over a number from 1 to MOST_PARTS, and returns it; 0: there is none. */
static uint64_t read_number(const char **text)
{
    uint64_t n = 0;

    if (**text == '0')
        return 0;
    for (; **text >= '0' && **text <= '9' && n <= MOST_PARTS; ++*text)
        n = n * 10 + (uint64_t)(**text - '0');
    return n <= MOST_PARTS ? n : 0;
}

bool part_parse(struct part *p, const char *text)
{
    p->i = read_number(&text);
    if (*text++ != '/')
        return false;
    p->n = read_number(&text);
    return *text == '\0' && p->i > 0 && p->i <= p->n;
}

/* The start of the first line that starts after the first I pieces of a file of SIZE bytes; SIZE: there is none. */
static uint64_t xfind_start(struct stream *s, const struct part *p, uint64_t i, uint64_t size)
{
    uint64_t at = size / p->n * i + size % p->n * i / p->n;
    char bytes[1 << 15];

    if (at == 0)
        return 0;
    for (at--; at < size; ) {
        ssize_t n = pread(s->in.fd, bytes, sizeof bytes, (off_t)at);
        const char *newline = n > 0 ? memchr(bytes, '\n', (size_t)n) : NULL;
        if (n < 0)
            xstream_read_error(s);
        if (newline != NULL)
            return at + (uint64_t)(newline - bytes) + 1;
        if (n == 0)
            break;
        at += (uint64_t)n;
    }
    return size;
}

uint64_t xpart_begin(const struct part *p, struct stream *s)
{
    struct stat status;

    if (fstat(s->in.fd, &status) != 0)
        xstream_read_error(s);
    if (!S_ISREG(status.st_mode))
        xstream_refuse(s, "--part requires a regular file");
    uint64_t size = (uint64_t)status.st_size;
    uint64_t from = xfind_start(s, p, p->i - 1, size);
    uint64_t to = xfind_start(s, p, p->i, size);
    if (reader_restrict(&s->in, from, to) != READ_OK)
        xstream_read_error(s);
    return to - from;
}
