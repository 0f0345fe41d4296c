/* SPDX-License-Identifier: MIT */
#include "value/type.h"

#include "value/calendar.h"
#include "value/json.h"
#include "value/number.h"

bool type_find(struct span name, enum type *type)
{
    static const char *const names[] = {
        [TYPE_INT] = "int", [TYPE_NUM] = "num", [TYPE_BOOL] = "bool",
        [TYPE_TIME] = "time", [TYPE_STR] = "str", [TYPE_JSON] = "json",
    };

    for (enum type t = TYPE_INT; t <= TYPE_JSON; t++)
        if (span_equal(name, span_of(names[t]))) {
            *type = t;
            return true;
        }
    return false;
}

static bool is_integer(struct span text)
{
    size_t first = text.len > 0 && text.at[0] == '-';

    for (size_t i = first; i < text.len; i++)
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
    return text.len > first && (text.at[first] != '0' || text.len == first + 1);
}

bool type_accepts(enum type type, struct span text)
{
    struct number number;
    int64_t seconds;

    switch (type) {
    case TYPE_ANY:
    case TYPE_STR:
        return true;
    case TYPE_INT:
        return is_integer(text);
    case TYPE_NUM:
        return number_parse(text, &number);
    case TYPE_BOOL:
        return span_equal(text, span_of("true")) || span_equal(text, span_of("false"));
    case TYPE_TIME:
        return calendar_parse(text, &seconds);
    case TYPE_JSON:
        return json_check(text).error == JSON_OK;
    }
    return false;
}

const char *type_words(enum type type)
{
    static const char *const words[] = {
        [TYPE_ANY] = "a value",
        [TYPE_INT] = "an integer",
        [TYPE_NUM] = "a number",
        [TYPE_BOOL] = "true or false",
        [TYPE_TIME] = "a time",
        [TYPE_STR] = "a string",
        [TYPE_JSON] = "JSON",
    };

    return words[type];
}
