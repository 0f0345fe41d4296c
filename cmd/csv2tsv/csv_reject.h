/* SPDX-License-Identifier: MIT */
/*
 * csv_reject: rejects the record at the start of the window of a CSV input, with a reason from its scan, and takes its
 * bytes. A bad header ends the program.
 */
#ifndef WEIR_CSV_REJECT_H
#define WEIR_CSV_REJECT_H

#include "csv_input.h"

/* Rejects the first LEN bytes of the window, N_LINES lines, for the error in the scan; takes them and their LF. */
void xcsv_reject_error(struct csv_input *input, size_t len, size_t n_lines);

/* Rejects a complete record with another number of fields than the header. */
void xcsv_reject_count(struct csv_input *input);

/* Rejects the first line of a record that is longer than the limit for a line. */
void xcsv_reject_too_long(struct csv_input *input);

/* Rejects the first line of a record where the input ends inside quotes. */
void xcsv_reject_unclosed(struct csv_input *input);

/* Rejects the first line of a record whose quotes are wrong. */
void xcsv_reject_broken(struct csv_input *input);

#endif
