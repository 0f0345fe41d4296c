/* SPDX-License-Identifier: MIT */
/* stored: what a table stores for a field, and for a record if the table checks each row by itself. */
#ifndef WEIR_STORED_H
#define WEIR_STORED_H

#include <math.h>
#include <string.h>

#include "base/buffer.h"
#include "stream/record.h"
#include "stream/tsv.h"
#include "sqlite_target.h"
#include "sqlite_value.h"

/* Whether a column can store a text. */
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

/* A column of the target and its value in the current record. */
struct stored_column {
    const struct target_column *to;
    bool takes_null;
    int only; /* the enum storage that a STRICT table demands; < 0: any */
    bool is_null;
    struct sqlite_value value;
    struct span text;
};

/* The values of one record. */
struct stored {
    size_t n;
    struct stored_column *columns;
    const struct stored_column *key; /* orders the only unique key of the table; NULL: it has none or several */
    struct buffer texts;             /* unescaped values */
};

/* Bytes of a record; a longer one loses nothing by a statement of its own. */
enum { STORED_LIMIT = 64 << 10 };

/*
 * Prepares S for records of T, whose table exists. False if the table may check a row by more than its values and its
 * unique keys, or if an INSERT may change more. T must outlive S. Dies as xdatabase_prepare() does.
 */
bool xstored_open(struct stored *s, const struct sqlite_target *t);

/*
 * Reads R into S. False: R is bad or special in some way; nothing but a violated unique key can be wrong with another.
 * The values are valid until the next call, as long as R.
 */
bool stored_read(struct stored *s, const struct record *r);

/* Frees what S holds. S may be all zero. */
void stored_close(struct stored *s);

#endif
