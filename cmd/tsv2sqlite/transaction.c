/* SPDX-License-Identifier: MIT */
#include "transaction.h"

#include <time.h>

#include "base/die.h"

enum { PAUSE_MS = 20 };

static bool is_stopped(const struct database *d)
{
    return d->stop != NULL && *d->stop != 0;
}

static void check(const struct database *d, int code)
{
    if (code != SQLITE_OK)
        die_database(d);
}

void xtransaction_begin(struct database *d)
{
    xdatabase_run(d, "BEGIN IMMEDIATE");
    /* While another process reads the file, pages beyond the cache stay in memory. Do not wait at each of them. */
    check(d, sqlite3_busy_timeout(d->handle, 0));
}

void transaction_rollback(struct database *d)
{
    sqlite3_exec(d->handle, "ROLLBACK", NULL, NULL, NULL);
    /* After a failed write, SQLite leaves the journal for the next reader to roll back. Be that reader. */
    sqlite3_exec(d->handle, "PRAGMA schema_version", NULL, NULL, NULL);
}

/* A handler for sqlite3_busy_handler(). Unlike the one of SQLite, it stops waiting when a signal comes. */
static int wait_for_lock(void *database, int n_calls)
{
    const struct database *d = database;

    if (is_stopped(d) || (uint64_t)n_calls >= d->timeout * 1000 / PAUSE_MS)
        return false;
    nanosleep(&(struct timespec){ .tv_nsec = PAUSE_MS * 1000000L }, NULL);
    return !is_stopped(d);
}

/* Dies because the COMMIT found a violated foreign key. Names a row that violates one, if possible of TABLE. */
static _Noreturn void die_foreign_key(struct database *d, const char *table)
{
    sqlite3_stmt *row = xdatabase_prepare(d,
        "SELECT c.\"table\", c.parent, c.rowid, (SELECT group_concat(printf("
        "'%%Q || substr(quote(\"%%w\"), 1, 60)', \"from\" || ' = ', \"from\"), ' || '', '' || ') "
        "FROM pragma_foreign_key_list(c.\"table\", 'main') WHERE id = c.fkid) "
        "FROM (SELECT * FROM pragma_foreign_key_check(%Q, 'main') UNION ALL "
        "SELECT * FROM pragma_foreign_key_check(NULL, 'main')) AS c LIMIT 1", table);

    if (!xdatabase_step(d, row))
        die(STATUS_BAD_DATA, "%s: FOREIGN KEY constraint failed", d->path);
    const char *child = xdatabase_text(d, row, 0);
    const char *parent = xdatabase_text(d, row, 1);
    if (sqlite3_column_type(row, 2) == SQLITE_NULL) /* WITHOUT ROWID */
        die(STATUS_BAD_DATA, "%s: FOREIGN KEY constraint failed: table %s refers to a row that table %s does not have",
            d->path, child, parent);
    sqlite3_stmt *values = xdatabase_prepare(d, "SELECT %s FROM main.\"%w\" WHERE rowid = %lld",
                                             xdatabase_text(d, row, 3), child, sqlite3_column_int64(row, 2));
    xdatabase_step(d, values);
    die(STATUS_BAD_DATA, "%s: FOREIGN KEY constraint failed: in table %s, %s refers to no row of table %s", d->path,
        child, xdatabase_text(d, values, 0), parent);
}

void xtransaction_commit(struct database *d, const char *table)
{
    check(d, sqlite3_busy_handler(d->handle, wait_for_lock, d));
    int code = sqlite3_exec(d->handle, "COMMIT", NULL, NULL, NULL);
    if (code == SQLITE_CONSTRAINT)
        die_foreign_key(d, table);
    check(d, code);
}
