/* SPDX-License-Identifier: MIT */
/*
 * heading: the header line of the output, built name by name. Under -N there is none, and these functions do nothing.
 */
#ifndef WEIR_HEADING_H
#define WEIR_HEADING_H

#include "base/span.h"
#include "stream/header.h"
#include "stream/stream.h"

/* Appends NAME, spelled as a field, to the header line being written. */
void xheading_add(struct stream *s, struct span name);

/* xheading_add() for all columns of H. */
void xheading_add_all(struct stream *s, const struct header *h);

/*
 * Ends the header line being written and writes it out at once, so that programs downstream can go on. A duplicate or
 * null name is a usage error.
 */
void xheading_end(struct stream *s);

/* Copies LINE, which has no LF and no duplicate names, as the header line. */
void xheading_copy(struct stream *s, struct span line);

#endif
