/* SPDX-License-Identifier: MIT */
/* type: what a column may hold. A type checks a value and never changes it. */
#ifndef WEIR_TYPE_H
#define WEIR_TYPE_H

#include <stdbool.h>

#include "base/span.h"

/* A row of the table in type.c. A type that no program treats specially needs only a row, and no name here. */
enum type {
    TYPE_ANY,  /* any text; users cannot name it */
    TYPE_INT,  /* -?digits, no leading zeros, of any length */
    TYPE_NUM,  /* a number as in RFC 8259, section 6 */
    TYPE_BOOL, /* true or false */
    TYPE_TIME, /* calendar_parse() */
    TYPE_STR,  /* any text; in JSON, a string */
    TYPE_JSON, /* a JSON text of any kind */
};

/* The types that users can name, for words_list(). */
const char *type_word(int i);

/* Sets *TYPE to the type called WORD. False if there is none. */
bool type_find(struct span word, enum type *type);

/* Whether TEXT, a value that is not null, is of TYPE. */
bool type_accepts(enum type type, struct span text);

/* Sets of types: a bit 1 << TYPE for each that users can name. */
enum { TYPE_SET_ALL = (2 << TYPE_JSON) - (1 << TYPE_INT) };

/* The types of SET that accept TEXT, which is not null. If a type accepts it, wider types do too and are not tried. */
unsigned type_set_keep(unsigned set, struct span text);

/* The word of the type of SET that accepts the fewest values; NULL if the set is empty. */
const char *type_set_word(unsigned set);

/* Whether values of TYPE are JSON texts as they are, such as numbers. Others become JSON strings. */
bool type_is_json(enum type type);

/* The noun for a value of TYPE, such as "an integer" in "is not an integer"; a constant. */
const char *type_words(enum type type);

#endif
