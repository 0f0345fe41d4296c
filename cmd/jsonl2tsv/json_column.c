/* SPDX-License-Identifier: MIT */
#include "json_column.h"

#include <stdio.h>

#include "base/utf8.h"
#include "base/vector.h"
#include "value/json.h"

static unsigned find_known_kinds(const struct json_column *column)
{
    unsigned nulls = column->is_required ? 0 : 1u << JSON_MISSING | 1u << JSON_NULL;

    switch (column->type) {
    case TYPE_ANY:
        return nulls | 1u << JSON_BOOL | 1u << JSON_NUMBER | 1u << JSON_PLAIN;
    case TYPE_NUM:
        return nulls | 1u << JSON_NUMBER;
    case TYPE_BOOL:
        return nulls | 1u << JSON_BOOL;
    case TYPE_STR:
        return nulls | 1u << JSON_PLAIN;
    default:
        return nulls;
    }
}

enum json_column_fault xjson_column_parse(struct json_column *column, struct json_path *path, struct span operand,
                                          size_t *offset)
{
    struct span rest = operand;

    *column = (struct json_column){ .type = TYPE_ANY };
    *path = (struct json_path){ .n = 0 };
    *offset = 0;
    size_t equals = json_path_find(rest, '=');
    if (equals < rest.len)
        rest = (struct span){ rest.at + equals + 1, rest.len - equals - 1 };
    if (rest.len > 0 && rest.at[rest.len - 1] == '!') {
        column->is_required = true;
        rest.len--;
    } else if (rest.len > 0 && rest.at[rest.len - 1] == '?') {
        column->is_optional = true;
        rest.len--;
    }
    size_t colon = json_path_find(rest, ':');
    if (colon < rest.len) {
        struct span type = { rest.at + colon + 1, rest.len - colon - 1 };
        *offset = (size_t)(type.at - operand.at);
        if (!type_find(type, &column->type))
            return JSON_COLUMN_NO_TYPE;
        rest.len = colon;
    }
    column->path = rest;
    column->known_kinds = find_known_kinds(column);
    column->name = equals < operand.len ? (struct span){ operand.at, equals } : rest;
    if (!xjson_path_parse(path, rest, offset)) {
        *offset += (size_t)(rest.at - operand.at);
        return JSON_COLUMN_NO_PATH;
    }
    *offset = utf8_check(column->name.at, column->name.len);
    return *offset < column->name.len ? JSON_COLUMN_NO_UTF8 : JSON_COLUMN_OK;
}

/* A form of times, given as the lowest and the highest byte at each position. */
struct time_form {
    size_t len;
    char lowest[WRITER_SHORT];
    char highest[WRITER_SHORT];
};

/* No offset moves these years out of the calendar. Days and hours need another check. */
static const struct time_form time_forms[] = {
    { 23, "1000-00-00T00:00:00.000", "8999-19-39T29:59:59.999" },
    { 24, "1000-00-00T00:00:00+0000", "8999-19-39T29:59:59+1959" },
    { 24, "1000-00-00T00:00:00.000Z", "8999-19-39T29:59:59.999Z" },
    { 19, "1000-00-00T00:00:00", "8999-19-39T29:59:59" },
    { 20, "1000-00-00T00:00:00Z", "8999-19-39T29:59:59Z" },
    { 25, "1000-00-00T00:00:00+00:00", "8999-19-39T29:59:59+19:59" },
    { 19, "1000-00-00 00:00:00", "8999-19-39 29:59:59" },
    { 10, "1000-00-00", "8999-19-39" },
};

/* A bit for each of the VECTOR_BYTES bytes at P that is from LOWEST to HIGHEST. */
static unsigned compare_bytes(const char *p, const char *lowest, const char *highest)
{
    struct vector bytes = vector_load(p);

    return vector_mask(vector_and(vector_at_most(vector_load(lowest), bytes),
                                  vector_at_most(bytes, vector_load(highest))));
}

static bool has_form(struct span text, const struct time_form *form)
{
    uint32_t good = compare_bytes(text.at, form->lowest, form->highest) |
                    compare_bytes(text.at + VECTOR_BYTES, form->lowest + VECTOR_BYTES, form->highest + VECTOR_BYTES)
                        << VECTOR_BYTES;

    return text.len == form->len && (~good & ((UINT32_C(1) << form->len) - 1)) == 0;
}

/* The value of the two digits at P. */
static unsigned pair(const char *p)
{
    return (unsigned)(p[0] * 10 + p[1] - '0' * 11);
}

/*
 * Whether TEXT is a time in one of the usual forms, except on February 29. Takes a third of the time of
 * calendar_parse().
 */
static bool is_usual_time(struct span text)
{
    static const unsigned char last_days[20] = { 0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    const struct time_form *form = time_forms;

    while (!has_form(text, form))
        if (++form == time_forms + sizeof time_forms / sizeof *time_forms)
            return false;
    return pair(text.at + 8) - 1 < last_days[pair(text.at + 5)] && (text.len == 10 || pair(text.at + 11) < 24);
}

/* Not inlined: it would take stack and registers from the loop over fields. */
__attribute__((noinline)) bool json_column_checks(const struct json_column *column, const struct json_value *value)
{
    return column->type == TYPE_TIME && value->kind == JSON_PLAIN && is_usual_time(value->text);
}

/* Whether VALUE, neither missing nor null, is of TYPE. Uses the free end of W to decode it. */
static bool is_of_type(enum type type, struct writer *w, const struct json_value *value)
{
    struct span text = value->text;

    if (type == TYPE_STR)
        return value->kind == JSON_PLAIN || value->kind == JSON_ESCAPED;
    if (type == TYPE_NUM && value->kind == JSON_NUMBER)
        return true; /* checked already */
    if (value->kind == JSON_ESCAPED) {
        char *room = xwriter_reserve(w, text.len);
        text = (struct span){ room, json_unescape(room, value->text) };
    }
    return type_accepts(type, text);
}

enum json_column_fault xjson_column_write(const struct json_column *column, struct writer *w,
                                          const struct json_value *value)
{
    if (value->kind == JSON_MISSING || value->kind == JSON_NULL) {
        if (column->is_required)
            return value->kind == JSON_NULL ? JSON_COLUMN_NULL : JSON_COLUMN_MISSING;
    } else if (column->type != TYPE_ANY && !is_of_type(column->type, w, value)) {
        return JSON_COLUMN_TYPE;
    }
    return xjson_write(w, value) ? JSON_COLUMN_OK : JSON_COLUMN_NUL;
}

void json_column_describe(const struct json_column *column, const struct json_value *value,
                          enum json_column_fault fault, char reason[JSON_COLUMN_REASON_SIZE])
{
    const char *mark = value->kind == JSON_CONTAINER ? "" : "\"";
    struct quoted name;
    struct quoted shown;

    quote(&name, column->name);
    quote(&shown, value->text);
    if (fault == JSON_COLUMN_TYPE)
        snprintf(reason, JSON_COLUMN_REASON_SIZE, "column %s: %s%s%s is not %s", name.text, mark, shown.text, mark,
                 type_words(column->type));
    else if (fault == JSON_COLUMN_NUL)
        snprintf(reason, JSON_COLUMN_REASON_SIZE, "column %s: \"%s\" contains U+0000, which no field can hold",
                 name.text, shown.text);
    else
        snprintf(reason, JSON_COLUMN_REASON_SIZE, "column %s: %s", name.text,
                 fault == JSON_COLUMN_NULL ? "null" : "missing");
}
