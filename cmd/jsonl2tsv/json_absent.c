/* SPDX-License-Identifier: MIT */
#include "json_absent.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/quote.h"
#include "stream/hint.h"
#include "json_closest.h"

enum { MESSAGE_SIZE = 2 * QUOTE_SIZE + 100 };

/* Writes to MESSAGE that the path of COLUMN is in none of N objects, and which path its user may have meant. */
static void describe(const struct json_records *r, const struct json_column *column, uint64_t n,
                     char message[MESSAGE_SIZE])
{
    struct buffer closest = { .len = 0 };
    struct quoted path;
    struct quoted hint;

    xjson_closest(r->first, column->path, &closest);
    quote(&path, column->path);
    int len = n == 1 ? snprintf(message, MESSAGE_SIZE, "path %s: not in the only object; ", path.text)
                     : snprintf(message, MESSAGE_SIZE, "path %s: in none of %" PRIu64 " objects; ", path.text, n);
    if (hint_is_file(column->path))
        snprintf(message + len, MESSAGE_SIZE - (size_t)len, "it is a file; read it with -f %s", path.text);
    else if (closest.len > 0)
        snprintf(message + len, MESSAGE_SIZE - (size_t)len, "the closest path is %s",
                 quote(&hint, buffer_span(&closest)));
    else
        snprintf(message + len, MESSAGE_SIZE - (size_t)len, "end it with ? if it may be absent");
    buffer_free(&closest);
}

void xjson_absent_check(const struct json_records *r, struct stream *s)
{
    bool *is_absent = xcalloc(r->n_columns, sizeof *is_absent);
    char message[MESSAGE_SIZE] = "";

    json_select_find_absent(&r->select, is_absent);
    for (size_t i = 0; i < r->n_columns; i++) {
        if (!is_absent[i] || r->columns[i].is_optional)
            continue;
        if (*message != '\0')
            warn("%s", message);
        describe(r, &r->columns[i], s->n_read, message);
    }
    free(is_absent);
    if (*message != '\0')
        xstream_refuse(s, "%s", message);
}
