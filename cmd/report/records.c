/* SPDX-License-Identifier: MIT */
#include "records.h"

#include <stdlib.h>

#include "base/lines.h"
#include "base/mark.h"
#include "base/memory.h"
#include "stream/tsv.h"

/* Takes the next line from TEXT, without its LF. */
static struct span take_line(struct span *text)
{
    const char *newline = memchr(text->at, '\n', text->len);
    struct span line = { text->at, newline != NULL ? (size_t)(newline - text->at) : text->len };
    size_t taken = line.len + (newline != NULL);

    text->at += taken;
    text->len -= taken;
    return line;
}

static size_t count_fields(struct span line)
{
    size_t n = 1;

    for (size_t i = 0; i < line.len; i++)
        n += line.at[i] == '\t';
    return n;
}

/* Checks where TEXT has marks, and that it has no NUL. Returns the lines before the end mark. */
static struct span check_marks(struct span text, const struct place *place)
{
    struct span lines = text;

    if (memchr(text.at, '\0', text.len) != NULL)
        die_at(place, STATUS_BAD_DATA, "the output has a NUL byte; a fence must write records");
    while (text.len > 0) {
        const char *start = text.at;
        struct span line = take_line(&text);
        enum mark mark = mark_find(line);
        struct span reason = mark_reason(line);
        if (mark == MARK_FAILURE)
            die_at(place, STATUS_BAD_DATA, "input failed: %.*s", (int)reason.len, reason.at);
        if (mark == MARK_END && text.len > 0)
            die_at(place, STATUS_BAD_DATA, "data after the end mark; a fence writes one table");
        if (mark == MARK_END)
            return (struct span){ lines.at, (size_t)(start - lines.at) };
    }
    die_at(place, STATUS_BAD_DATA, "the output has no end mark, so it may be incomplete; "
           "after other tools, write | tsvcat -E");
}

/* Splits LINE, line NUMBER of the output, into FIELDS. */
static void split(const struct records *r, struct span line, size_t number, struct span *fields,
                  const struct place *place)
{
    size_t n = count_fields(line);

    if (n != r->n_columns)
        die_at(place, STATUS_BAD_DATA, "line %zu of the output: %zu fields, but the header has %zu", number, n,
               r->n_columns);
    for (size_t i = 0; i < n; i++) {
        const char *tab = memchr(line.at, '\t', line.len);
        size_t len = tab != NULL ? (size_t)(tab - line.at) : line.len;
        fields[i] = (struct span){ line.at, len };
        line.at += len + (tab != NULL);
        line.len -= len + (tab != NULL);
    }
}

void xrecords_split(struct records *r, struct span text, const struct place *place)
{
    *r = (struct records){ .n = 0 };
    if (text.len == 0)
        return;
    struct span lines = check_marks(text, place);
    size_t n = (size_t)lines_count(lines);
    if (n == 0)
        die_at(place, STATUS_BAD_DATA, "the output has no header line");
    if (n - 1 > RECORDS_MOST)
        die_at(place, STATUS_BAD_DATA, "more than %d records; filter or aggregate first, for example with weekagg",
               RECORDS_MOST);
    struct span rest = lines;
    r->n_columns = count_fields(take_line(&rest));
    r->n = n - 1;
    r->fields = xcalloc(n * r->n_columns, sizeof *r->fields);
    for (size_t i = 0; i < n; i++)
        split(r, take_line(&lines), i + 1, r->fields + i * r->n_columns, place);
}

void records_free(struct records *r)
{
    free(r->fields);
}
