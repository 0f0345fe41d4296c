/* SPDX-License-Identifier: MIT */
#include "binder.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/quote.h"
#include "stream/tsv.h"

/* How a value and a column go together. */
enum fit { FITS, WRONG_TYPE, WOULD_CHANGE };

/* Reads TEXT into VALUE as C stores it. */
static enum fit read_value(struct sqlite_value *value, struct span text, const struct target_column *c)
{
    if (!sqlite_value_read(value, text, c->in.affinity))
        return WOULD_CHANGE;
    if (c->type == TYPE_ANY || (c->type == TYPE_INT && value->storage == STORED_INTEGER) ||
        (c->type == TYPE_NUM && value->storage != STORED_TEXT))
        return FITS;
    return type_accepts(c->type, text) ? FITS : WRONG_TYPE;
}

/* Sets the reason why VALUE, which does not fit C, cannot go there. */
static void explain(struct binder *b, struct database *d, const struct target_column *c, enum fit fit,
                    struct span value)
{
    const char *hint = !c->is_guessed ? NULL : fit == WRONG_TYPE && type_accepts(TYPE_NUM, value) ? "num" : "str";
    const char *sql = c->in.affinity == AFFINITY_REAL ? "SELECT CAST(CAST(?1 AS REAL) AS TEXT)"
                                                      : "SELECT CAST(CAST(?1 AS NUMERIC) AS TEXT)";
    struct quoted name;
    struct quoted text;
    int used;

    quote(&name, c->name);
    quote(&text, value);
    if (fit == WRONG_TYPE) {
        used = snprintf(b->reason, sizeof b->reason, "column %s: \"%s\" is not %s", name.text, text.text,
                        type_words(c->type));
    } else {
        char *copy = xmemdup(value.at, value.len);
        sqlite3_stmt *cast = xdatabase_query(d, sql, copy, NULL);
        xdatabase_step(d, cast);
        used = snprintf(b->reason, sizeof b->reason, "column %s: \"%s\" would become %s", name.text, text.text,
                        (const char *)sqlite3_column_text(cast, 0));
        sqlite3_finalize(cast);
        free(copy);
    }
    if (hint != NULL)
        snprintf(b->reason + used, sizeof b->reason - (size_t)used, "; declare -c %s:%s", name.text, hint);
}

static bool check(struct binder *b, struct database *d, int code)
{
    struct quoted q;

    if (code == SQLITE_OK)
        return true;
    if (code != SQLITE_TOOBIG)
        die_database(d);
    snprintf(b->reason, sizeof b->reason, "%s", quote(&q, span_of(sqlite3_errmsg(d->handle))));
    return false;
}

/* The value of FIELD: itself, or unescaped at *ROOM, which then moves on. */
static struct span unescape(struct span field, char **room)
{
    struct span value = { *room, 0 };

    if (memchr(field.at, '\\', field.len) == NULL)
        return field;
    value.len = tsv_unescape(*room, field);
    *room += value.len;
    return value;
}

bool xbinder_bind(struct binder *b, const struct sqlite_target *t, sqlite3_stmt *statement, const struct record *r)
{
    struct database *d = t->table->database;
    struct sqlite_value value;
    char *room;

    if (r->is_special && r->len > b->capacity) {
        b->capacity = 2 * r->len;
        free(b->text);
        b->text = xmalloc(b->capacity);
    }
    room = b->text;
    for (size_t i = 0; i < t->n; i++) {
        const struct target_column *c = &t->columns[i];
        struct span text = record_field(r, i);
        int n = (int)i + 1;
        int code;
        if (r->is_special && tsv_is_null(text)) {
            if (c->in.is_rowid) {
                struct quoted q;
                snprintf(b->reason, sizeof b->reason, "column %s: null would become a number", quote(&q, c->name));
                return false;
            }
            code = sqlite3_bind_null(statement, n);
        } else {
            if (r->is_special)
                text = unescape(text, &room);
            enum fit fit = read_value(&value, text, c);
            if (fit != FITS) {
                explain(b, d, c, fit, text);
                return false;
            }
            if (value.storage == STORED_INTEGER)
                code = sqlite3_bind_int64(statement, n, value.integer);
            else if (value.storage == STORED_REAL)
                code = sqlite3_bind_double(statement, n, value.real);
            else
                code = sqlite3_bind_text64(statement, n, value.text.at, value.text.len, SQLITE_STATIC, SQLITE_UTF8);
        }
        if (!check(b, d, code))
            return false;
    }
    return true;
}

void binder_close(struct binder *b)
{
    free(b->text);
}
