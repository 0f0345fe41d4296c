/* SPDX-License-Identifier: MIT */
/*
 * json_scan: the fast path for an object of any shape. One pass checks it and takes the wanted values. Lines that it
 * cannot handle are left to json_check_object() and json_tokens, which give the same values and report errors.
 */
#ifndef WEIR_JSON_SCAN_H
#define WEIR_JSON_SCAN_H

#include <stdbool.h>

#include "json_tape.h"

/*
 * Whether LINE was handled. If so, json_check_object() accepts it, and TAPE has the values that ROOT wants, as views of
 * LINE; if not, TAPE may have anything. An LF must follow LINE, and READER_PADDING bytes after it may be read. Not
 * handled: objects with an error, with a duplicate wanted key, with an escape in a key next to wanted ones, nested
 * deeper than 64 levels, or with an array that both `[]` and an index want.
 */
bool json_scan(struct json_node *root, struct span line, struct json_tape *tape);

#endif
