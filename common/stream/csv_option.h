/* SPDX-License-Identifier: MIT */
/* csv_option: the options of CSV, the same for reading and for writing. What cannot be an argument is a usage error. */
#ifndef WEIR_CSV_OPTION_H
#define WEIR_CSV_OPTION_H

#include "base/span.h"

/* The delimiter that TEXT, the argument of --delimiter, means: an ASCII character, or TAB spelled \t. */
char xcsv_option_delimiter(const char *text);

/* TEXT, the argument of --null, which must be possible in a bare field of CSV with this DELIMITER. */
struct span xcsv_option_null(const char *text, char delimiter);

#endif
