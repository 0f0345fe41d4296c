/* SPDX-License-Identifier: MIT */
/* table: writes records as an HTML table, or a single value as a large number. */
#ifndef WEIR_TABLE_H
#define WEIR_TABLE_H

#include "base/buffer.h"
#include "records.h"

/*
 * Appends R: a single value as a large number with its column's name, else a table with columns of numbers to the
 * right. A long table shows its first records, and all after a click.
 */
void table_write(struct buffer *html, const struct records *r);

#endif
