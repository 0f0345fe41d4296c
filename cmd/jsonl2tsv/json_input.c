/* SPDX-License-Identifier: MIT */
#include "json_input.h"

#include <stdio.h>

/* Goes on with the part of the current input. */
static void begin_part(struct json_input *input, bool numbers_lines)
{
    if (input->files.unpacker != NULL)
        xstream_refuse(input->stream, "--part cannot read a packed file; unpack it first");
    input->files.progress.size = xpart_begin(&input->part, input->stream);
    if (numbers_lines)
        xstream_number_lines(input->stream);
}

bool xjson_input_next(struct json_input *input, bool numbers_lines)
{
    if (!xfiles_next(&input->files))
        return false;
    if (input->part.n > 0)
        begin_part(input, numbers_lines);
    if (input->is_array)
        xjson_array_begin(&input->array, input->stream);
    return true;
}

bool xjson_input_text(struct json_input *input, struct span *text)
{
    files_show_progress(&input->files);
    return input->is_array ? xjson_array_next(&input->array, text) : xstream_line(input->stream, text);
}

void xjson_input_reject(struct json_input *input, struct span text, const char *reason)
{
    if (input->is_array)
        text = json_array_text(&input->array);
    xstream_reject(input->stream, input->stream->in.line, text, "%s", reason);
}

bool xjson_input_reject_invalid(struct json_input *input, struct span text, const struct json_report *report)
{
    char reason[JSON_ARRAY_REASON_SIZE];
    bool is_array = report->error == JSON_NO_OBJECT && report->offset < text.len && text.at[report->offset] == '[';
    bool is_first = stream_line_number(input->stream) == 1 || input->stream->n_read == 1;

    if (report->error == JSON_OK)
        return false;
    if (input->is_array)
        json_array_describe(&input->array, report->error, report->offset, reason);
    else
        snprintf(reason, sizeof reason, "byte %zu: %s%s", report->offset + 1, json_error_text(report->error),
                 is_array && is_first ? "; if the input is one array, use --array" : "");
    xjson_input_reject(input, text, reason);
    return true;
}

void xjson_input_close(struct json_input *input)
{
    xfiles_close(&input->files);
    json_array_free(&input->array);
}
