/* SPDX-License-Identifier: MIT */
/*
 * sqlite_value: what a column of an SQLite table makes of a text, and whether that loses any of it. SQLite turns text
 * that looks like a number into one where the column's affinity asks for it (https://sqlite.org/datatype3.html,
 * section 3), and says nothing when 00123 becomes 123 or 1e999 infinity.
 */
#ifndef WEIR_SQLITE_VALUE_H
#define WEIR_SQLITE_VALUE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

/* The affinity of a column, as far as it changes text. */
enum affinity {
    AFFINITY_NONE,    /* TEXT and BLOB: text stays what it is */
    AFFINITY_NUMERIC, /* INTEGER and NUMERIC: a number without a fraction becomes an integer, any other a double */
    AFFINITY_REAL,    /* every number becomes a double */
};

/* How SQLite stores a value. */
enum storage { STORED_TEXT, STORED_INTEGER, STORED_REAL };

struct sqlite_value {
    enum storage storage;
    struct span text; /* the text itself, whatever the storage; not owned */
    int64_t integer;
    double real;
};

/* The affinity of a column declared as TYPE, which may be "", by the five rules of section 3.1. */
enum affinity affinity_of(const char *type);

/*
 * What a column of AFFINITY stores for TEXT. False if the number there would no longer be the one in TEXT. One without
 * fraction and exponent in a NUMERIC column has to be an integer from -2^63 to 2^63-1 as SQLite prints it. Of any other
 * in JSON's grammar a double has to keep all significant digits, 17 at most (DBL_DECIMAL_DIG); zeros at the end, the
 * spelling of the exponent and the sign of a zero do not count. Text that SQLite takes for no number stays text.
 */
bool sqlite_value_read(struct sqlite_value *value, struct span text, enum affinity affinity);

#endif
