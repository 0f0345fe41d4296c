/* SPDX-License-Identifier: MIT */
#include "json_column.h"

#include <stdio.h>

#include "base/utf8.h"
#include "value/json.h"

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
    }
    size_t colon = json_path_find(rest, ':');
    if (colon < rest.len) {
        struct span type = { rest.at + colon + 1, rest.len - colon - 1 };
        *offset = (size_t)(type.at - operand.at);
        if (!type_find(type, &column->type))
            return JSON_COLUMN_NO_TYPE;
        rest.len = colon;
    }
    column->takes_all = column->type == TYPE_ANY && !column->is_required;
    column->name = equals < operand.len ? (struct span){ operand.at, equals } : rest;
    if (!xjson_path_parse(path, rest, offset)) {
        *offset += (size_t)(rest.at - operand.at);
        return JSON_COLUMN_NO_PATH;
    }
    *offset = utf8_check(column->name.at, column->name.len);
    return *offset < column->name.len ? JSON_COLUMN_NO_UTF8 : JSON_COLUMN_OK;
}

/* Whether VALUE, neither missing nor null, is of TYPE. W lends the room to decode it in. */
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

void json_column_describe(const struct json_column *column, const struct json_value *value, enum json_column_fault fault,
                          char reason[JSON_COLUMN_REASON_SIZE])
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
        snprintf(reason, JSON_COLUMN_REASON_SIZE, "column %s: \"%s\" has U+0000 in it, which no field can hold",
                 name.text, shown.text);
    else
        snprintf(reason, JSON_COLUMN_REASON_SIZE, "column %s: %s", name.text,
                 fault == JSON_COLUMN_NULL ? "null" : "missing");
}
