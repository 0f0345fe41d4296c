/* SPDX-License-Identifier: MIT */
/*
 * json_input: the inputs of jsonl2tsv as texts of JSON: the lines of files, or of a part of a file, or the elements of
 * arrays. A text is rejected as it was written, with its line number.
 */
#ifndef WEIR_JSON_INPUT_H
#define WEIR_JSON_INPUT_H

#include <stdbool.h>

#include "stream/files.h"
#include "stream/stream.h"
#include "value/json.h"
#include "json_array.h"
#include "part.h"

/* STREAM, IS_ARRAY and PART are set by the caller, who opens FILES over STREAM. */
struct json_input {
    struct stream *stream;
    bool is_array;    /* each input is one array */
    struct part part; /* to read of the only input; n is 0: all */
    struct files files;
    struct json_array array;
};

/* Goes on with the next input; NUMBERS_LINES: a part's lines count from the start of the file. False after the last. */
bool xjson_input_next(struct json_input *input, bool numbers_lines);

/* Takes the next text, valid until the next call, and shows progress. False at the end of the input. */
bool xjson_input_text(struct json_input *input, struct span *text);

/* Rejects TEXT, the last one taken. */
void xjson_input_reject(struct json_input *input, struct span text, const char *reason);

/* Rejects TEXT, the last one taken, if REPORT has an error. */
bool xjson_input_reject_invalid(struct json_input *input, struct span text, const struct json_report *report);

/* Closes the files. */
void xjson_input_close(struct json_input *input);

#endif
