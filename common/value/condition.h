/* SPDX-License-Identifier: MIT */
/* condition: compares a column of a record with a value: COL[:TYPE]OP VALUE, such as age>=18 or mail~@example. */
#ifndef WEIR_CONDITION_H
#define WEIR_CONDITION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/span.h"
#include "stream/header.h"
#include "stream/record.h"
#include "value/decimal.h"
#include "value/pattern.h"
#include "value/type.h"

struct condition {
    const char *text;                          /* as the user wrote it */
    const struct condition_operator *operator; /* a row of the table in condition.c */
    enum type type;                            /* of what is compared; TYPE_ANY: none is given */
    size_t column;
    bool has_other; /* it compares with the column OTHER; else with VALUE, or PATTERN if the operator has one */
    size_t other;
    struct span value; /* spelled as a field */
    struct pattern pattern;
    bool is_numeric; /* two numbers compare as numbers */
    bool is_decimal; /* VALUE is the number DECIMAL, in whatever scale */
    struct decimal decimal;
    bool is_bytes;        /* whatever the field is, it compares with VALUE as bytes */
    __int128 time;        /* VALUE in attoseconds, if TYPE is time */
    char reason[40];      /* what is wrong with a value that is not of TYPE */
    struct buffer buffer; /* room for a value */
};

enum condition_result {
    CONDITION_FAILS,
    CONDITION_HOLDS,
    CONDITION_BAD, /* a value is not of the type */
};

/*
 * Parses TEXT, which must outlive C, for the columns of H. The operator is the first one, and the longest there, that
 * follows a column, or one and :TYPE. Blanks on both sides of the operator, one each, are part of it. Dies with a usage
 * error if TEXT is not a condition.
 */
void xcondition_parse(struct condition *c, const struct header *h, const char *text);

/*
 * Whether C holds for R. Null equals only a VALUE that is null; any other comparison with it fails. If the result is
 * CONDITION_BAD, *COLUMN has the value, and *REASON is a predicate such as "is not a number", valid as long as C.
 */
enum condition_result xcondition_check(struct condition *c, const struct record *r, size_t *column,
                                       const char **reason);

void condition_free(struct condition *c);

#endif
