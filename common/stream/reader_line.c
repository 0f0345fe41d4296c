/* SPDX-License-Identifier: MIT */
#include "stream/reader_line.h"

#include <string.h>

/* Inside a line that was too long: skips the rest of it. */
static enum read_status xdiscard_line(struct reader *r)
{
    enum read_status status = READ_OK;

    while (status == READ_OK) {
        char *newline = memchr(r->at, '\n', (size_t)(r->end - r->at));
        if (newline != NULL) {
            r->at = newline + 1;
            r->is_discarding = false;
            return READ_OK;
        }
        r->at = r->end;
        reader_keep(r);
        status = xreader_extend(r);
    }
    return status;
}

/* Reads until a whole line follows the first TAKEN bytes of the window, which are whole lines. */
static enum read_status xfind_line(struct reader *r, size_t taken)
{
    enum read_status status = READ_OK;
    size_t searched = taken;

    while (status == READ_OK) {
        size_t held = (size_t)(r->end - r->at);
        if (held > searched && memchr(r->at + searched, '\n', held - searched) != NULL)
            return READ_OK;
        if (held > r->max_line)
            return READ_TOO_LONG;
        if (r->at_end && held == taken)
            return READ_END;
        if (r->at_end) {
            *r->end++ = '\n';
            r->has_added_lf = true;
            return READ_OK;
        }
        searched = held;
        status = xreader_extend(r);
    }
    return status;
}

/* Reads until a whole line follows the first TAKEN bytes of the window, which are whole lines. */
static enum read_status xfill(struct reader *r, size_t taken)
{
    enum read_status status = !r->has_begun ? xreader_begin(r) : READ_OK;

    if (status == READ_OK && r->is_discarding)
        status = xdiscard_line(r);
    if (status == READ_OK)
        status = xfind_line(r, taken);
    if (status == READ_OK)
        r->whole = (char *)memrchr(r->at, '\n', (size_t)(r->end - r->at)) + 1;
    return status;
}

enum read_status xreader_fill(struct reader *r)
{
    return xfill(r, 0);
}

enum read_status xreader_more(struct reader *r)
{
    return xfill(r, (size_t)(r->whole - r->at));
}

struct span reader_drop(struct reader *r)
{
    struct span line = { r->at, (size_t)(r->end - r->at) };

    r->line++;
    r->at = r->end;
    r->is_discarding = true;
    return line;
}

enum read_status xreader_line(struct reader *r, struct span *line)
{
    for (;;) {
        char *newline = r->end > r->at && !r->is_discarding ? memchr(r->at, '\n', (size_t)(r->end - r->at)) : NULL;
        if (newline != NULL) {
            *line = (struct span){ r->at, (size_t)(newline - r->at) };
            r->at = newline + 1;
            r->line++;
            return line->len > r->max_line ? READ_TOO_LONG : READ_OK;
        }
        enum read_status status = xreader_fill(r);
        if (status == READ_TOO_LONG)
            *line = reader_drop(r);
        if (status != READ_OK)
            return status;
    }
}
