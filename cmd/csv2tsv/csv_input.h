/* SPDX-License-Identifier: MIT */
/*
 * csv_input: reads a stream whose input is CSV. A record that violates RFC 4180, or has a different number of fields
 * than the first one, is rejected. If its quotes are wrong, the end of the record is unknown. Then only its first line
 * is rejected and reading goes on with the next line: an unclosed quote costs a line, not the file.
 */
#ifndef WEIR_CSV_INPUT_H
#define WEIR_CSV_INPUT_H

#include <stdbool.h>

#include "stream/stream.h"
#include "csv.h"

struct csv_input {
    struct stream *stream;      /* open */
    struct csv_dialect dialect; /* set by the caller, except is_header */
    struct csv_scan scan;       /* of the last record */
    bool has_hint;              /* a message has said that the delimiter seems wrong */
};

/*
 * Reads the header line and writes it as xheading_end() does; the names are those of the stream's header. Blank
 * lines before it are skipped. An unquoted empty field is an empty name. Under -N does nothing.
 */
void xcsv_read_header(struct csv_input *input);

/*
 * Takes the next good record and appends it to the stream's output, for the caller to commit; bad ones are rejected.
 * False at the end of the input. A blank line is a record of one null if records have one field, else it is skipped.
 */
bool xcsv_record(struct csv_input *input);

#endif
