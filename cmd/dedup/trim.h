/* SPDX-License-Identifier: MIT */
/* trim: fields without the blanks around them: space, TAB, LF, VT, FF and CR. */
#ifndef WEIR_TRIM_H
#define WEIR_TRIM_H

#include "base/buffer.h"
#include "base/span.h"

/*
 * TEXT, one field or several with TABs between them, as records spell them, without the blanks at the start and the end
 * of each. Built in BUFFER, where TEXT may already be, and valid until that changes.
 */
struct span xtrim(struct span text, struct buffer *buffer);

#endif
