/* SPDX-License-Identifier: MIT */
#include "sqlite_loader.h"

void xsqlite_loader_open(struct sqlite_loader *l, const struct sqlite_target *t, enum load_mode mode, bool goes_on)
{
    enum on_conflict on_conflict = CONFLICT_FAILS;

    *l = (struct sqlite_loader){ .target = t, .undoes = goes_on && t->table->may_fire };
    if (mode == LOAD_UPDATE)
        l->update = xsqlite_target_update(t);
    /* Of a record whose update changed nothing the key may be there all the same: a trigger can say RAISE(IGNORE). */
    if (mode != LOAD_INSERT)
        on_conflict = t->key.n > 0 ? CONFLICT_IGNORED_KEY : CONFLICT_IGNORED;
    l->insert = xsqlite_target_insert(t, on_conflict);
}

/* Runs STATEMENT for R and sets *N_CHANGED to how many rows that changed; returns as xsqlite_loader_add(). */
static const char *run(struct sqlite_loader *l, sqlite3_stmt *statement, const struct record *r, int *n_changed)
{
    struct database *d = l->target->table->database;

    if (!xbinder_bind(&l->binder, l->target, statement, r))
        return l->binder.reason;
    switch (sqlite3_step(statement) & 0xff) {
    case SQLITE_DONE:
        *n_changed = sqlite3_changes(d->handle);
        sqlite3_reset(statement);
        return NULL;
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH: /* a text for a row's number */
    case SQLITE_TOOBIG:
    case SQLITE_ERROR: /* an expression of the table that fails, such as json_extract() of what is no JSON */
        quote(&l->violation, span_of(sqlite3_errmsg(d->handle)));
        sqlite3_reset(statement);
        return l->violation.text;
    default:
        die_database(d);
    }
}

/* xsqlite_loader_add() that may leave what triggers did for R. */
static const char *add(struct sqlite_loader *l, const struct record *r)
{
    int n_changed = 0;
    const char *reason;

    /* New keys come in runs: a third of the time is an update that finds none. */
    if (l->inserts_first) {
        run(l, l->insert, r, &n_changed);
        l->n_inserted += n_changed > 0;
        if (n_changed > 0)
            return NULL;
        l->inserts_first = false;
    }
    reason = l->update != NULL ? run(l, l->update, r, &n_changed) : NULL;
    if (reason != NULL)
        return reason;
    l->n_updated += n_changed > 0;
    if (n_changed > 0)
        return NULL;
    reason = run(l, l->insert, r, &n_changed);
    if (reason == NULL) {
        l->n_inserted += n_changed > 0;
        l->n_ignored += n_changed == 0;
    }
    l->inserts_first = l->update != NULL && n_changed > 0 && !l->target->table->may_trace;
    return reason;
}

const char *xsqlite_loader_add(struct sqlite_loader *l, const struct record *r)
{
    struct database *d = l->target->table->database;
    const char *reason;

    if (!l->undoes)
        return add(l, r);
    /* Without triggers a statement that fails undoes all it did; one of theirs that says FAIL ends it half-way. */
    xdatabase_run(d, "SAVEPOINT record");
    reason = add(l, r);
    if (reason != NULL && !sqlite3_get_autocommit(d->handle))
        xdatabase_run(d, "ROLLBACK TO record");
    if (!sqlite3_get_autocommit(d->handle))
        xdatabase_run(d, "RELEASE record");
    return reason;
}

void sqlite_loader_close(struct sqlite_loader *l)
{
    sqlite3_finalize(l->insert);
    sqlite3_finalize(l->update);
    binder_close(&l->binder);
}
