/* SPDX-License-Identifier: MIT */
/*
 * csv_kernel: converts CSV by blocks of 64 bytes, with masks of their delimiters, quotes and line ends. A fast path
 * beside xcsv_record(): the program takes 0.4 of the time without quotes, and half of it with quotes or many empty
 * fields. It needs AVX2 (with SSE2 it takes longer); elsewhere, and in a build with WEIR_PLAIN, it takes no record.
 */
#ifndef WEIR_CSV_KERNEL_H
#define WEIR_CSV_KERNEL_H

#include "base/vector.h"
#include "csv_input.h"

enum { CSV_CREDIT = 16 }; /* for each window */

typedef void csv_kernel(struct csv_input *input);

/*
 * Takes and commits good records at the start of the window. Stops before a record that is not good, that xcsv_record()
 * may have to report, or that ends in the last bytes of the window. Call it before xcsv_record() while there is credit,
 * if records need no further change. A call that takes few records costs credit, any other earns some: it gives up a
 * window where most records stop it.
 */
VECTOR_DECLARE(csv_kernel, xcsv_records);

#endif
