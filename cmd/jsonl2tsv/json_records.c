/* SPDX-License-Identifier: MIT */
#include "json_records.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/plain.h"
#include "value/json_path.h"
#include "json_scan.h"

/* Bytes of a line that is learned, at most: for longer ones jsmn takes more time than shapes save. */
enum { LONGEST_LEARNED = 8 << 10 };

/* A shape gives one record; with `[]` an object may have more. */
static bool has_shapes(const struct json_records *r)
{
    return !IS_PLAIN && r->select.n_levels == 0;
}

enum json_column_fault xjson_records_open(struct json_records *r, char **operands, size_t n, bool outer,
                                          size_t *culprit, size_t *offset)
{
    struct json_path *paths = xcalloc(n, sizeof *paths);
    enum json_column_fault fault = JSON_COLUMN_OK;

    *r = (struct json_records){ .columns = xcalloc(n, sizeof *r->columns), .n_columns = n };
    for (size_t i = 0; i < n && fault == JSON_COLUMN_OK; i++) {
        *culprit = i;
        fault = xjson_column_parse(&r->columns[i], &paths[i], span_of(operands[i]), offset);
    }
    shapes_open(&r->shapes, n);
    layouts_open(&r->layouts, r->columns, n);
    if (fault == JSON_COLUMN_OK && !xjson_select_open(&r->select, paths, n, outer, culprit))
        fault = JSON_COLUMN_CROSSES;
    for (size_t i = 0; i < n; i++)
        json_path_free(&paths[i]);
    free(paths);
    return fault;
}

bool json_records_match(struct json_records *r, struct span lines, struct span *line, uint64_t number)
{
    if (!has_shapes(r) || !shapes_match(&r->shapes, lines, line, r->select.values))
        return false;
    json_select_set_line(&r->select, number);
    return true;
}

struct json_report xjson_records_take(struct json_records *r, struct span line, uint64_t number)
{
    bool learns = has_shapes(r) && line.len <= LONGEST_LEARNED && shapes_want(&r->shapes);
    struct json_report report = { .error = JSON_OK };

    json_select_clear(&r->select);
    if (IS_PLAIN || learns || !json_scan(r->select.root, line, &r->select.tape)) {
        json_select_forget(&r->select);
        report = json_check_object(line);
        if (report.error != JSON_OK)
            return report;
        json_select_clear(&r->select);
        xjson_tokenize(&r->tokens, line, report.n_tokens);
        xjson_tokens_take(&r->tokens, r->select.root, &r->select.tape);
        if (learns)
            xshapes_learn(&r->shapes, &r->tokens, r->select.values);
    }
    if (r->first.at == NULL)
        r->first = (struct span){ xmemdup(line.at, line.len), line.len };
    json_select_set_line(&r->select, number);
    return report;
}

/*
 * Appends VALUE of COLUMN and a TAB. Not inlined: it would take registers from the loop over plain values, 4% of the
 * time of jsonl2tsv.
 */
static __attribute__((noinline)) bool write_field(struct json_records *r, struct writer *w,
                                                  const struct json_column *column, const struct json_value *value)
{
    enum json_column_fault fault = xjson_column_write(column, w, value);

    if (fault != JSON_COLUMN_OK) {
        json_column_describe(column, value, fault, r->reason);
        return false;
    }
    xwriter_char(w, '\t');
    return true;
}

bool xjson_records_write(struct json_records *r, struct writer *w)
{
    const struct json_value *values = r->select.values;
    const struct json_column *end = r->columns + r->n_columns;
    char *to = writer_end(w);

    for (const struct json_column *column = r->columns; column < end; column++, values++) {
        if (json_column_knows(column, values)) {
            to = xwriter_short(w, to, json_field(values), '\t');
            continue;
        }
        writer_advance(w, to);
        if (!write_field(r, w, column, values))
            return false;
        to = writer_end(w);
    }
    to[-1] = '\n';
    writer_advance(w, to);
    return true;
}

void json_records_close(struct json_records *r)
{
    free(r->columns);
    free((char *)r->first.at);
    shapes_close(&r->shapes);
    layouts_close(&r->layouts);
    json_select_close(&r->select);
    json_tokens_free(&r->tokens);
}
