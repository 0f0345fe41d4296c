/* SPDX-License-Identifier: MIT */
#include "value/type.h"

#include "base/words.h"
#include "value/calendar.h"
#include "value/json.h"
#include "value/number.h"

static bool is_any(struct span text)
{
    (void)text;
    return true;
}

static bool is_integer(struct span text)
{
    struct number number;

    return number_parse(text, &number) && number.fraction.len == 0 && number.exponent_digits.len == 0;
}

static bool is_number(struct span text)
{
    struct number number;

    return number_parse(text, &number);
}

static bool is_truth(struct span text)
{
    return span_equal(text, span_of("true")) || span_equal(text, span_of("false"));
}

static bool is_time(struct span text)
{
    int64_t seconds;

    return calendar_parse(text, &seconds);
}

static bool is_json(struct span text)
{
    return json_check(text).error == JSON_OK;
}

enum { STR = 1 << TYPE_STR, JSON = 1 << TYPE_JSON, NUM = 1 << TYPE_NUM };

static const struct {
    const char *word;
    bool (*accepts)(struct span text);
    bool is_json;
    const char *words;
    unsigned wider; /* the set of types that accept all of its values */
} rows[] = {
    [TYPE_ANY] = { "", is_any, false, "a value", 0 },
    [TYPE_INT] = { "int", is_integer, true, "an integer", NUM | JSON | STR },
    [TYPE_NUM] = { "num", is_number, true, "a number", JSON | STR },
    [TYPE_BOOL] = { "bool", is_truth, true, "true or false", JSON | STR },
    [TYPE_TIME] = { "time", is_time, false, "a time", STR },
    [TYPE_STR] = { "str", is_any, false, "a string", 0 },
    [TYPE_JSON] = { "json", is_json, true, "JSON", STR },
};

const char *type_word(int i)
{
    size_t row = (size_t)i + 1; /* after TYPE_ANY */

    return row < sizeof rows / sizeof *rows ? rows[row].word : NULL;
}

bool type_find(struct span word, enum type *type)
{
    int i = words_find(type_word, word);

    if (i >= 0)
        *type = (enum type)(i + 1);
    return i >= 0;
}

bool type_accepts(enum type type, struct span text)
{
    return rows[type].accepts(text);
}

unsigned type_set_keep(unsigned set, struct span text)
{
    for (size_t type = TYPE_INT; type < sizeof rows / sizeof *rows; type++)
        if (type != TYPE_STR && (set >> type & 1) != 0 && rows[type].accepts(text))
            return set & (1u << type | rows[type].wider);
    return set & STR;
}

const char *type_set_word(unsigned set)
{
    for (size_t type = TYPE_INT; type < sizeof rows / sizeof *rows; type++)
        if (type != TYPE_STR && (set >> type & 1) != 0)
            return rows[type].word;
    return (set & STR) != 0 ? rows[TYPE_STR].word : NULL;
}

bool type_is_json(enum type type)
{
    return rows[type].is_json;
}

const char *type_words(enum type type)
{
    return rows[type].words;
}
