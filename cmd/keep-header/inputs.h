/* SPDX-License-Identifier: MIT */
/* inputs: the streams whose records a command gets, one after the other, under one header. */
#ifndef WEIR_INPUTS_H
#define WEIR_INPUTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "stream/stream.h"

struct inputs {
    struct stream **at; /* owned, except STANDARD */
    size_t n;
    struct stream *standard; /* standard input; its owner opens and closes it */
    struct buffer header;    /* the header line of the first input, unchanged; empty under -N */
};

/*
 * Opens the N FILES, "-" meaning STANDARD; if N is 0, only STANDARD. Like xstream_open_file(), call it before
 * xstream_open().
 */
void xinputs_open(struct inputs *inputs, struct stream *standard, char **files, size_t n,
                  const struct stream_options *options);

/* Reads all headers, except under -N. Headers that differ are a usage error. */
void xinputs_read_headers(struct inputs *inputs);

/* Whether all inputs had an end mark. */
bool inputs_are_marked(const struct inputs *inputs);

/* Closes all inputs except STANDARD. */
void inputs_close(struct inputs *inputs);

#endif
