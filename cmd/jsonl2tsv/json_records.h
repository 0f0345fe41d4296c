/* SPDX-License-Identifier: MIT */
/*
 * json_records: turns lines into records. Each line takes the fastest path that can handle it: a layout, a shape, a
 * scan, or the validator and jsmn. All give the same records.
 */
#ifndef WEIR_JSON_RECORDS_H
#define WEIR_JSON_RECORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stream/writer.h"
#include "value/json.h"
#include "json_column.h"
#include "json_select.h"
#include "json_tokens.h"
#include "layout.h"
#include "shape.h"

struct json_records {
    struct json_column *columns;
    size_t n_columns;
    struct json_select select; /* its values are the current record */
    struct shapes shapes;
    struct layouts layouts;
    struct json_tokens tokens;
    struct span first; /* a copy of the first object taken, to find paths that a user may have meant; NULL: none */
    char reason[JSON_COLUMN_REASON_SIZE]; /* why the current record is bad */
};

/*
 * Prepares for the columns that the N OPERANDS describe, which must outlive R. After a fault, *CULPRIT is the operand
 * and *OFFSET the byte in it, and R must not be used. OUTER: see xjson_select_open().
 */
enum json_column_fault xjson_records_open(struct json_records *r, char **operands, size_t n, bool outer,
                                          size_t *culprit, size_t *offset);

/* Call if layouts_want(), for a LINE that has matched: may learn its layout. The record must be current. */
static inline void xjson_records_learn(struct json_records *r, struct span line)
{
    if (!r->select.takes_place)
        xlayouts_learn(&r->layouts, line, r->select.values);
}

/*
 * Whether the first line of LINES, whole lines, has a known shape. If so, sets LINE to it, and its only record becomes
 * the current one, a view of LINE. The line has line number NUMBER. READER_PADDING bytes after LINES may be read.
 */
bool json_records_match(struct json_records *r, struct span lines, struct span *line, uint64_t number);

/*
 * Takes LINE, which has line number NUMBER and which json_records_match() did not match. If the report has an error,
 * there are no records. An LF must follow LINE, which must
 * stay valid until json_select_next() has given its last record; READER_PADDING bytes after it may be read.
 */
struct json_report xjson_records_take(struct json_records *r, struct span line, uint64_t number);

/*
 * Appends the current record to W, not yet committed. False: a column rejects its value for REASON, and part of the
 * record may have been appended.
 */
bool xjson_records_write(struct json_records *r, struct writer *w);

void json_records_close(struct json_records *r);

#endif
