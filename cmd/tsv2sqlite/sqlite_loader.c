/* SPDX-License-Identifier: MIT */
#include "sqlite_loader.h"

#include <stdio.h>

#include "base/quote.h"
#include "stored.h"

void xsqlite_loader_open(struct sqlite_loader *l, const struct sqlite_target *t, struct stream *s, struct batch *b,
                         enum load_mode mode, bool continues)
{
    *l = (struct sqlite_loader){ .target = t, .undoes = continues && t->table->has_triggers };
    if (mode == LOAD_UPDATE)
        l->update = xsqlite_target_update(t);
    /* An UPDATE of 0 rows does not prove that the key is absent: a trigger may have raised IGNORE. */
    l->insert = xsqlite_target_insert(t, NULL, mode != LOAD_INSERT);
    if (mode != LOAD_INSERT)
        l->find = xsqlite_target_find(t);
    xbulk_open(&l->bulk, t, s, b, mode == LOAD_IGNORE);
}

/* The reason why TEXT cannot be stored in C. */
static const char *describe_misfit(struct sqlite_loader *l, const struct target_column *c, enum fit fit,
                                   struct span text)
{
    const char *hint = !c->is_guessed ? NULL : fit == WRONG_TYPE && type_accepts(TYPE_NUM, text) ? "num" : "str";
    struct database *d = l->target->table->database;
    struct quoted name;
    struct quoted value;
    int used;

    quote(&name, c->name);
    quote(&value, text);
    if (fit == WRONG_TYPE) {
        used = snprintf(l->reason, sizeof l->reason, "column %s: \"%s\" is not %s", name.text, value.text,
                        type_words(c->in.is_rowid ? TYPE_INT : c->type));
    } else {
        /* A NUMERIC column turns a double into an integer if that is exact and above -2^63; CAST does not. */
        sqlite3_stmt *cast = xdatabase_prepare(d,
            "SELECT CAST(iif(%d AND v = CAST(v AS INTEGER) AND v > -9223372036854775808, CAST(v AS INTEGER), v) "
            "AS TEXT) FROM (SELECT CAST(?1 AS %s) AS v)", c->in.affinity == AFFINITY_NUMERIC,
            c->in.affinity == AFFINITY_REAL ? "REAL" : "NUMERIC");
        if (sqlite3_bind_text64(cast, 1, text.at, text.len, SQLITE_STATIC, SQLITE_UTF8) != SQLITE_OK)
            die_database(d);
        xdatabase_step(d, cast);
        used = snprintf(l->reason, sizeof l->reason, "column %s: \"%s\" would become %s", name.text, value.text,
                        xdatabase_text(d, cast, 0));
        sqlite3_finalize(cast);
    }
    if (hint != NULL)
        snprintf(l->reason + used, sizeof l->reason - (size_t)used, "; declare -c %s:%s", name.text, hint);
    return l->reason;
}

/* SQLite's words for its last error, as a reason. */
static const char *describe_error(struct sqlite_loader *l)
{
    struct quoted q;

    snprintf(l->reason, sizeof l->reason, "%s", quote(&q, span_of(sqlite3_errmsg(l->target->table->database->handle))));
    return l->reason;
}

/* Turns CODE, the result of a sqlite3_bind function, into NULL or a reason. */
static inline const char *check_bind(struct sqlite_loader *l, int code)
{
    if (code == SQLITE_OK)
        return NULL;
    if (code != SQLITE_TOOBIG)
        die_database(l->target->table->database);
    return describe_error(l);
}

static const char *bind_null(struct sqlite_loader *l, sqlite3_stmt *statement, size_t column)
{
    const struct target_column *c = &l->target->columns[column];
    struct quoted q;

    if (!c->in.is_rowid)
        return check_bind(l, sqlite3_bind_null(statement, (int)column + 1));
    snprintf(l->reason, sizeof l->reason, "column %s: null would become a new rowid", quote(&q, c->name));
    return l->reason;
}

static inline const char *bind_value(struct sqlite_loader *l, sqlite3_stmt *statement, size_t column, struct span text)
{
    const struct target_column *c = &l->target->columns[column];
    struct sqlite_value v;
    enum fit fit = stored_fit(&v, text, c);
    int n = (int)column + 1;

    if (fit != FITS)
        return describe_misfit(l, c, fit, text);
    switch (v.storage) {
    case STORED_INTEGER:
        return check_bind(l, sqlite3_bind_int64(statement, n, v.integer));
    case STORED_REAL:
        return check_bind(l, sqlite3_bind_double(statement, n, v.real));
    case STORED_TEXT:
        break;
    }
    return check_bind(l, sqlite3_bind_text64(statement, n, text.at, text.len, SQLITE_STATIC, SQLITE_UTF8));
}

/* Binds the first N fields of R to the parameters of STATEMENT, until the next call. Returns NULL or a reason. */
static const char *bind(struct sqlite_loader *l, sqlite3_stmt *statement, const struct record *r, size_t n)
{
    char *room = r->is_special ? xbuffer_reserve(&l->values, r->len) : NULL;
    const char *reason = NULL;

    for (size_t i = 0; i < n && reason == NULL; i++) {
        struct span field = record_field(r, i);
        if (!r->is_special)
            reason = bind_value(l, statement, i, field);
        else if (tsv_is_null(field))
            reason = bind_null(l, statement, i);
        else
            reason = bind_value(l, statement, i, stored_text(field, &room));
    }
    return reason;
}

/* Runs STATEMENT for R and sets *N_CHANGED to the number of rows changed. Returns as xsqlite_loader_add() does. */
static const char *run(struct sqlite_loader *l, sqlite3_stmt *statement, const struct record *r, int *n_changed)
{
    struct database *d = l->target->table->database;
    const char *reason = bind(l, statement, r, l->target->n);

    if (reason != NULL)
        return reason;
    switch (sqlite3_step(statement) & 0xff) {
    case SQLITE_DONE:
        *n_changed = sqlite3_changes(d->handle);
        break;
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH: /* a trigger has a text for a rowid */
    case SQLITE_TOOBIG:
    case SQLITE_ERROR: /* an expression of the table fails, such as json_extract() of invalid JSON */
        reason = describe_error(l);
        break;
    default:
        die_database(d);
    }
    sqlite3_reset(statement);
    return reason;
}

/*
 * Whether the table has a row with the key of R, whose INSERT failed. SQLite looks at the constraints before the key:
 * a column that the input does not have may be NOT NULL.
 */
static bool has_row(struct sqlite_loader *l, const struct record *r)
{
    struct database *d = l->target->table->database;
    bool is_found;

    if (l->find == NULL || sqlite3_get_autocommit(d->handle) ||
        bind(l, l->find, r, (size_t)sqlite3_bind_parameter_count(l->find)) != NULL)
        return false;
    is_found = xdatabase_step(d, l->find);
    sqlite3_reset(l->find);
    return is_found;
}

/* xsqlite_loader_add() that may leave what triggers did for a rejected R. */
static const char *add(struct sqlite_loader *l, const struct record *r)
{
    int n_changed = 0;
    const char *reason = NULL;

    /* New keys come in runs, and an UPDATE that finds no row takes a third of the time. */
    if (l->inserts_first) {
        run(l, l->insert, r, &n_changed);
        l->n_inserted += n_changed > 0;
        if (n_changed > 0)
            return NULL;
        l->inserts_first = false;
    }
    if (l->update != NULL)
        reason = run(l, l->update, r, &n_changed);
    l->n_updated += n_changed > 0;
    if (reason != NULL || n_changed > 0)
        return reason;
    reason = run(l, l->insert, r, &n_changed);
    if (reason != NULL && has_row(l, r))
        reason = NULL;
    l->n_inserted += n_changed > 0;
    l->n_ignored += reason == NULL && n_changed == 0;
    l->inserts_first = l->update != NULL && n_changed > 0 && !l->target->table->has_side_effects;
    return reason;
}

const char *xsqlite_loader_add(struct sqlite_loader *l, const struct record *r)
{
    struct database *d = l->target->table->database;
    const char *reason;

    if (!l->undoes)
        return add(l, r);
    /* A statement that fails undoes its own changes, unless a trigger ends it with RAISE(FAIL). */
    xdatabase_run(d, "SAVEPOINT record");
    reason = add(l, r);
    if (reason != NULL && !sqlite3_get_autocommit(d->handle))
        xdatabase_run(d, "ROLLBACK TO record");
    if (!sqlite3_get_autocommit(d->handle))
        xdatabase_run(d, "RELEASE record");
    return reason;
}

bool xsqlite_loader_add_all(struct sqlite_loader *l, struct record *r)
{
    /* Keys that exist come in runs, too, and an error makes every later statement slower. */
    if (l->update != NULL && !l->inserts_first)
        return false;
    bool is_left = xbulk_insert(&l->bulk, r);
    l->n_inserted += l->bulk.n_inserted;
    l->n_ignored += l->bulk.n_done - l->bulk.n_inserted;
    return !is_left;
}

void sqlite_loader_close(struct sqlite_loader *l)
{
    sqlite3_finalize(l->insert);
    sqlite3_finalize(l->update);
    sqlite3_finalize(l->find);
    buffer_free(&l->values);
    bulk_close(&l->bulk);
}
