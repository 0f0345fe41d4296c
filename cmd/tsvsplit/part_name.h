/* SPDX-License-Identifier: MIT */
/*
 * part_name: names of files made of keys. Different keys have different names. ASCII letters, digits, "_", "-", "." and
 * all characters beyond ASCII stand for themselves; any other byte is %XX, and so are "-" and "." at the start of a
 * value and the dot of ".part" at its end. Null is %null, the empty value %empty, and commas separate the values of a
 * key.
 */
#ifndef WEIR_PART_NAME_H
#define WEIR_PART_NAME_H

#include "base/buffer.h"
#include "base/span.h"

/* Appends the name of KEY, fields separated by TABs, to NAME. */
void xpart_name_append(struct buffer *name, struct span key);

#endif
