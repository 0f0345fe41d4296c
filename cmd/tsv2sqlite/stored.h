/* SPDX-License-Identifier: MIT */
/* stored: what the table stores for a field. */
#ifndef WEIR_STORED_H
#define WEIR_STORED_H

#include <math.h>
#include <string.h>

#include "stream/tsv.h"
#include "sqlite_target.h"
#include "sqlite_value.h"

/* Whether a column can store a text; WOULD_CHANGE: only as another number. */
enum fit { FITS, WRONG_TYPE, WOULD_CHANGE };

/* Whether a rowid can be VALUE. */
static inline bool stored_is_rowid(const struct sqlite_value *value)
{
    return value->storage == STORED_INTEGER ||
           (value->storage == STORED_REAL && fabs(value->real) < 0x1p63 &&
            (double)(int64_t)value->real == value->real);
}

/* Reads TEXT into VALUE as column C stores it. */
static inline enum fit stored_fit(struct sqlite_value *value, struct span text, const struct target_column *c)
{
    if (!sqlite_value_read(value, text, c->in.affinity))
        return WOULD_CHANGE;
    if (c->in.is_rowid && !stored_is_rowid(value))
        return WRONG_TYPE;
    if (c->type == TYPE_ANY || (c->type == TYPE_INT && value->storage == STORED_INTEGER) ||
        (c->type == TYPE_NUM && value->storage != STORED_TEXT))
        return FITS;
    return type_accepts(c->type, text) ? FITS : WRONG_TYPE;
}

/* The text of FIELD: FIELD itself, or unescaped at *ROOM, which is advanced. */
static inline struct span stored_text(struct span field, char **room)
{
    struct span value = { *room, 0 };

    if (memchr(field.at, '\\', field.len) == NULL)
        return field;
    value.len = tsv_unescape(*room, field);
    *room += value.len;
    return value;
}

#endif
