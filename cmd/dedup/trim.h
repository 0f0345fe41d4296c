/* SPDX-License-Identifier: MIT */
/* trim: fields without the blanks around them: space, TAB, LF, VT, FF and CR. */
#ifndef WEIR_TRIM_H
#define WEIR_TRIM_H

#include "base/buffer.h"
#include "base/span.h"

/*
 * Returns TEXT, fields as records spell them with TABs between them, without the blanks at the start and the end of
 * each field. The result is in BUFFER, which may also hold TEXT, and is valid until BUFFER changes.
 */
struct span xtrim(struct span text, struct buffer *buffer);

#endif
