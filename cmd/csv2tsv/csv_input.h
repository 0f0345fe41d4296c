/* SPDX-License-Identifier: MIT */
/*
 * csv_input: a stream whose input is CSV. What is no record by RFC 4180, or has not as many fields as the first one, is
 * rejected. Where the quotes are in error it is not known where the record ends, so only its first line is rejected and
 * reading goes on with the next one: a quote that is never closed costs a line and not the file.
 */
#ifndef WEIR_CSV_INPUT_H
#define WEIR_CSV_INPUT_H

#include <stdbool.h>

#include "stream/stream.h"
#include "csv.h"

struct csv_input {
    struct stream *stream;
    struct csv csv; /* with what its caller sets set */
};

/*
 * Reads the header line and writes it as xstream_write_header() does; its names are those of the stream's header. Blank
 * lines before it are skipped. An unquoted empty name is an empty name. Under -N does nothing.
 */
void xcsv_read_header(struct csv_input *input);

/*
 * Takes the next good record and appends it to the stream's output, for the caller to commit; bad ones go to the
 * rejects or end the program. False at the end of the input. A blank line is a record of one null, but skipped where
 * records have more fields.
 */
bool xcsv_record(struct csv_input *input);

#endif
