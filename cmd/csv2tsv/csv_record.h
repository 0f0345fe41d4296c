/* SPDX-License-Identifier: MIT */
/*
 * csv_record: takes the records of a CSV input. A record that violates RFC 4180, or has a different number of fields
 * than the first one, is rejected. If its quotes are wrong, the end of the record is unknown. Then only its first line
 * is rejected and reading goes on with the next line: an unclosed quote costs a line, not the file.
 */
#ifndef WEIR_CSV_RECORD_H
#define WEIR_CSV_RECORD_H

#include <stdbool.h>

#include "stream/header.h"
#include "csv_input.h"

/*
 * Begins an input: skips lines and reads its header line, also if the stream has a header. Blank lines before it are
 * skipped. An unquoted empty field is an empty name. Under -N returns the header of the stream, which has no names.
 */
struct header xcsv_begin(struct csv_input *input);

/*
 * Takes the next good record and appends it to the stream's output, for the caller to commit; bad ones are rejected.
 * False at the end of the input. A blank line is a record of one null if records have one field, else it is skipped.
 * The first record under -N makes the header of the stream.
 */
bool xcsv_record(struct csv_input *input);

#endif
