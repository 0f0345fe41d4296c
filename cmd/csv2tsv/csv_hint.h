/* SPDX-License-Identifier: MIT */
/* csv_hint: guesses for messages, where CSV is not what the options say. No guess changes a record. */
#ifndef WEIR_CSV_HINT_H
#define WEIR_CSV_HINT_H

#include "base/span.h"

/* The C in a line `sep=C`, which spreadsheets take for the delimiter; NULL if LINE is another. */
const char *csv_hint_sep(struct span line);

/* The delimiter that LINE, which has one field with DELIMITER, seems to have, as an argument of -d; NULL: none. */
const char *csv_hint_delimiter(struct span line, int delimiter);

#endif
