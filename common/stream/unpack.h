/* SPDX-License-Identifier: MIT */
/*
 * unpack: input that may be packed by gzip (RFC 1952) or zstd (RFC 8878), or be text in another encoding. It is
 * unpacked and converted on a thread of its own, into a pipe that the reader reads instead: beside the work of the
 * program, in constant memory, and with lines as they come. Members of gzip, or frames of zstd, one after the other are
 * one input. Checksums are verified.
 */
#ifndef WEIR_UNPACK_H
#define WEIR_UNPACK_H

#include "stream/reader.h"
#include "stream/stream.h"

/* An input that is being unpacked; private to unpack.c. */
struct unpacker;

/*
 * Looks at the first bytes of the input of S, which was opened and not read yet, unpacks it if it is packed, and
 * converts it from the encoding in the options of S (encoding.h). The result is for unpack_close(); NULL: there is
 * nothing to do. Input that is cut or damaged, or followed by other bytes, is bad data where the reader gets there,
 * after what came before. Other known binary formats, and without an encoding text in UTF-16, are bad data at once.
 */
struct unpacker *xunpack_open(struct stream *s);

/* Ends the unpacking, even before the end of the input, which the caller then closes. */
void unpack_close(struct unpacker *u);

#endif
