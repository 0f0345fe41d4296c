/* SPDX-License-Identifier: MIT */
#include "stream/encoding.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/write.h"

enum { LONGEST = 64 }; /* more than the bytes of any character */

static const size_t FAILED = (size_t)-1; /* the result of iconv() */

struct encoding {
    iconv_t converter;
    size_t unit; /* bytes to skip where they are invalid: a code unit, 2 in UTF-16 */
    size_t n_in; /* bytes in IN: between calls, the start of a character */
    char in[LONGEST + ENCODING_BYTES];
    char out[ENCODING_BYTES];
};

/* The bytes of an LF in the encoding. The first of eight may come after a byte order mark. */
static size_t measure_unit(const char *name)
{
    char out[LONGEST];
    char *in = (char[]){ "\n\n\n\n\n\n\n\n" };
    char *to = out;
    iconv_t converter = iconv_open(name, "UTF-8");

    if (converter != (iconv_t)-1) {
        iconv(converter, &in, &(size_t){ 8 }, &to, &(size_t){ sizeof out });
        iconv_close(converter);
    }
    return to < out + 16 ? 1 : (size_t)(to - out) / 8;
}

struct encoding *xencoding_open(const char *name)
{
    bool is_name = *name != '\0' && strpbrk(name, "/,") == NULL; /* "" is the locale's; after / and , are options */
    iconv_t converter = (iconv_t)-1;

    errno = EINVAL;
    if (ENCODING_HAS_MODULES && is_name)
        converter = iconv_open("UTF-8", name);
    if (converter == (iconv_t)-1) {
        if (errno != EINVAL)
            die_no_memory();
        return NULL;
    }
    struct encoding *e = xmalloc(sizeof *e);
    e->converter = converter;
    e->unit = measure_unit(name);
    e->n_in = 0;
    return e;
}

bool encoding_write(struct encoding *e, int fd, struct span bytes)
{
    char *from = e->in;
    bool is_more;

    memcpy(e->in + e->n_in, bytes.at, bytes.len);
    e->n_in += bytes.len;
    do {
        char *to = e->out;
        size_t room = ENCODING_BYTES;
        size_t result;
        while ((result = iconv(e->converter, &from, &e->n_in, &to, &room)) == FAILED && errno == EILSEQ && room > 0) {
            size_t invalid = e->n_in < e->unit ? e->n_in : e->unit;
            from += invalid;
            e->n_in -= invalid;
            *to++ = '\xff';
            room--;
        }
        is_more = result == FAILED && errno != EINVAL;
        if (!write_all(fd, (struct span){ e->out, (size_t)(to - e->out) }))
            return false;
    } while (is_more);
    memmove(e->in, from, e->n_in);
    return true;
}

bool encoding_end(struct encoding *e, int fd)
{
    char *to = e->out;

    iconv(e->converter, NULL, NULL, &to, &(size_t){ LONGEST }); /* a letter that an accent might have followed */
    if (e->n_in > 0)
        *to++ = '\xff';
    return write_all(fd, (struct span){ e->out, (size_t)(to - e->out) });
}

void encoding_close(struct encoding *e)
{
    iconv_close(e->converter);
    free(e);
}
