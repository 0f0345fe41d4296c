/* SPDX-License-Identifier: MIT */
/* format: what the first bytes of an input tell about it, if it is not UTF-8 text. */
#ifndef WEIR_FORMAT_H
#define WEIR_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"

enum format_kind {
    FORMAT_GZIP,
    FORMAT_ZSTD,
    FORMAT_ENCODED, /* text in another encoding */
    FORMAT_OTHER,   /* no program can read it */
};

struct format {
    const char *bytes; /* at the start; '?' is any byte of ASCII except NUL */
    size_t len;
    size_t least; /* how many of them tell, where the input ends there */
    enum format_kind kind;
    const char *name; /* of the packer or the encoding; of other formats, what the input is, and what to do */
};

/*
 * The format of an input that begins with START, or NULL: text, as far as known. IS_ALL: the input ends there.
 * *IS_OPEN, set if the result is NULL, tells whether more bytes may change it.
 */
const struct format *format_find(struct span start, bool is_all, bool *is_open);

#endif
