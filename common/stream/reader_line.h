/* SPDX-License-Identifier: MIT */
/*
 * reader_line: the lines of a reader. The last one may lack its LF, which is then added. One that is longer than the
 * reader's limit is skipped, however long it is.
 */
#ifndef WEIR_READER_LINE_H
#define WEIR_READER_LINE_H

#include "stream/reader.h"

/*
 * Reads until the window holds a whole line with its LF, and skips a byte order mark at the very start. After
 * READ_TOO_LONG the window is the beginning of a line beyond the limit: call reader_drop() to go on.
 */
enum read_status xreader_fill(struct reader *r);

/*
 * Like xreader_fill(), for a record that continues after the whole lines of the window: reads until the window holds
 * one more whole line. This may move the window. READ_END: there is no such line. READ_TOO_LONG: the window is longer
 * than a line may be.
 */
enum read_status xreader_more(struct reader *r);

/* Takes the next line, without its LF. After READ_TOO_LONG, LINE is its beginning; the rest is skipped. */
enum read_status xreader_line(struct reader *r, struct span *line);

/* Takes the overlong line that fills the window. The next xreader_fill() skips the rest of it. */
struct span reader_drop(struct reader *r);

#endif
