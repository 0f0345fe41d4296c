/* SPDX-License-Identifier: MIT */
/*
 * csv_kernel: the fast path beside xcsv_record(). It converts blocks of 64 bytes with masks of their delimiters, quotes
 * and line ends. csv2tsv then takes 0.4 of the time for input without quotes, and half for input with quotes or many
 * empty fields. It needs AVX2, because with SSE2 it is slower than xcsv_record(). Without AVX2, and in a build with
 * WEIR_PLAIN, it takes no record.
 */
#ifndef WEIR_CSV_KERNEL_H
#define WEIR_CSV_KERNEL_H

#include "base/vector.h"
#include "csv_input.h"

enum { CSV_CREDIT = 16 }; /* at the start of a window, and at most */

typedef void csv_kernel(struct csv_input *input);

/*
 * Takes good records at the start of the window, writes them and commits them. Stops before a record that xcsv_record()
 * may have to report, or that ends in the last bytes of the window. Call it before xcsv_record() while INPUT->credit is
 * over 0, if records need no further change. A call that takes few records costs credit, any other earns some: a window
 * where most records stop it is left to xcsv_record().
 */
VECTOR_DECLARE(csv_kernel, xcsv_records);

#endif
