/* SPDX-License-Identifier: MIT */
/*
 * json_scan: the fast way through an object of any shape. One pass checks it and takes the wanted values. Lines that it
 * does not know go to json_check_object() and json_tokens, which give the same values and say what is wrong. A build
 * with WEIR_PLAIN knows no line.
 */
#ifndef WEIR_JSON_SCAN_H
#define WEIR_JSON_SCAN_H

#include <stdbool.h>

#include "json_tape.h"

/*
 * Whether LINE is known to be an object that json_check_object() accepts. If so, TAPE has the values that ROOT wants,
 * as views of LINE; if not, TAPE may have anything. An LF must follow LINE, and READER_PADDING bytes after it may be
 * read. Not known: objects with an error, with a wanted key twice, with an escape in a key next to wanted ones, nested
 * deeper than 64 levels, or with an array that both `[]` and an index name.
 */
bool json_scan(struct json_node *root, struct span line, struct json_tape *tape);

#endif
