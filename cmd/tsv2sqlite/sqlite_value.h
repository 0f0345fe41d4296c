/* SPDX-License-Identifier: MIT */
/*
 * sqlite_value: what a column of an SQLite table stores for a text, and whether that changes it. SQLite converts text
 * that looks like a number according to the affinity of the column (https://sqlite.org/datatype3.html, section 3) and
 * does not say when 00123 becomes 123, or 1e999 infinity.
 */
#ifndef WEIR_SQLITE_VALUE_H
#define WEIR_SQLITE_VALUE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

/* The affinity of a column, as far as it converts text. */
enum affinity {
    AFFINITY_NONE,    /* TEXT and BLOB: text stays text */
    AFFINITY_NUMERIC, /* INTEGER and NUMERIC: a number becomes an integer if that is exact, else a double */
    AFFINITY_REAL,    /* every number becomes a double */
};

/* How SQLite stores a value. */
enum storage { STORED_TEXT, STORED_INTEGER, STORED_REAL };

/* A converted value; for STORED_TEXT it is the text itself. */
struct sqlite_value {
    enum storage storage;
    int64_t integer;
    double real;
};

/* The affinity of a column declared as TYPE, which may be "": the rules of section 3.1. */
enum affinity sqlite_value_affinity(const char *type);

/*
 * Sets *VALUE to what a column of AFFINITY stores for TEXT. False if SQLite would change the number: an integer in a
 * NUMERIC column must be from -2^63 to 2^63-1 and spelled as SQLite prints it; a double must keep all significant
 * digits, at most 17 (DBL_DECIMAL_DIG), and one that a NUMERIC column turns into an integer must be exact. Trailing
 * zeros of a fraction, the spelling of the exponent and, in a REAL column, the sign of zero may change. Text that
 * SQLite does not treat as a number stays text.
 */
bool sqlite_value_read(struct sqlite_value *value, struct span text, enum affinity affinity);

#endif
