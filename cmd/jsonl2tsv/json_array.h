/* SPDX-License-Identifier: MIT */
/*
 * json_array: reads an input that is one array, element by element; only one element is in memory. An element may span
 * lines. Its end is found by quotes and brackets alone: the caller checks what is inside. An error in the array itself
 * ends the program, because the ends of elements are then unknown. So does an LF in a string.
 */
#ifndef WEIR_JSON_ARRAY_H
#define WEIR_JSON_ARRAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stream/stream.h"
#include "value/json.h"

enum { JSON_ARRAY_REASON_SIZE = 200 };

/* The window of STREAM starts with the current element; its line number is that of the element's first line. */
struct json_array {
    struct stream *stream;
    size_t column;  /* bytes before the window on its line */
    size_t len;     /* of the current element; 0: there is none */
    char after;     /* the byte after it, where an LF is now */
    size_t *breaks; /* owned: where the element has LFs, now blanks, */
    size_t n_breaks;
    bool is_open;                        /* its opening bracket was read, and not its closing one */
    bool is_discarded;                   /* the element is too long */
    bool in_string;                      /* the state of the scan, at ... */
    size_t scanned;                      /* ... this offset in the element */
    uint64_t is_object[JSON_DEPTH / 64]; /* a bit for each level that is open */
    unsigned depth;
};

/* Begins the input of S, of which nothing has been read. A must be all zero or have been used before. */
void xjson_array_begin(struct json_array *a, struct stream *s);

/*
 * Takes the next element and counts it as a record; too long ones are rejected. False after the last. ELEMENT is one
 * value, with an LF and READER_PADDING readable bytes after it, and valid until the next call. LFs in it are blanks.
 */
bool xjson_array_next(struct json_array *a, struct span *element);

/* The current element as it was written. */
struct span json_array_text(struct json_array *a);

/* Writes to REASON the line and the byte in that line at OFFSET of the current element, and ERROR. */
void json_array_describe(const struct json_array *a, enum json_error error, size_t offset,
                         char reason[JSON_ARRAY_REASON_SIZE]);

void json_array_free(struct json_array *a);

#endif
