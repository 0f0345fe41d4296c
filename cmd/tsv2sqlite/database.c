/* SPDX-License-Identifier: MIT */
#include "database.h"

#include <string.h>
#include <sys/stat.h>

#include "base/die.h"

void die_database(const struct database *d)
{
    int code = sqlite3_errcode(d->handle) & 0xff;
    bool has_errno = (code == SQLITE_CANTOPEN || code == SQLITE_IOERR) && sqlite3_system_errno(d->handle) != 0;

    die(code == SQLITE_CONSTRAINT ? STATUS_BAD_DATA : STATUS_SYSTEM, "%s: %s%s%s", d->path, sqlite3_errmsg(d->handle),
        has_errno ? ": " : "", has_errno ? strerror(sqlite3_system_errno(d->handle)) : "");
}

static void check(const struct database *d, int code)
{
    if (code != SQLITE_OK)
        die_database(d);
}

void xdatabase_open(struct database *d, const char *path, int timeout_ms)
{
    static const struct {
        int option;
        int value;
    } settings[] = {
        { SQLITE_DBCONFIG_DEFENSIVE, 1 }, { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 }, { SQLITE_DBCONFIG_ENABLE_FKEY, 1 },
        { SQLITE_DBCONFIG_DQS_DML, 0 },   { SQLITE_DBCONFIG_DQS_DDL, 0 },
    };
    struct stat status;

    *d = (struct database){ .path = path, .timeout_ms = timeout_ms };
    /* Mutexes and the statistics of memory take a tenth of the time of a load. A refusal costs no more than that. */
    sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    if (stat(path, &status) == 0 && !S_ISREG(status.st_mode))
        die(STATUS_SYSTEM, "%s: not a regular file", path);
    /* Behind a directory neither ":memory:" nor "file:..." is special, though distributors switch URIs on. */
    char *name = sqlite3_mprintf("%s%s", *path == '/' ? "" : "./", path);
    if (name == NULL)
        die(STATUS_SYSTEM, "out of memory");
    check(d, sqlite3_open_v2(name, &d->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL));
    sqlite3_free(name);
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        check(d, sqlite3_db_config(d->handle, settings[i].option, settings[i].value, NULL));
    check(d, sqlite3_busy_timeout(d->handle, timeout_ms));
    /* 64 MB instead of 2: keys in no order go to all pages of their index, and take two thirds of the time. */
    check(d, sqlite3_exec(d->handle, "PRAGMA cache_size = -65536", NULL, NULL, NULL));
}

void xdatabase_begin(struct database *d)
{
    xdatabase_run(d, "BEGIN IMMEDIATE");
    /* Pages that do not fit the cache stay in memory while somebody reads the file: no reason to wait at every one. */
    check(d, sqlite3_busy_timeout(d->handle, 0));
}

void xdatabase_commit(struct database *d)
{
    check(d, sqlite3_busy_timeout(d->handle, d->timeout_ms));
    xdatabase_run(d, "COMMIT");
}

void database_rollback(struct database *d)
{
    sqlite3_exec(d->handle, "ROLLBACK", NULL, NULL, NULL);
    /* After a write that failed, SQLite leaves it to whoever reads the file next to restore it. */
    sqlite3_exec(d->handle, "PRAGMA schema_version", NULL, NULL, NULL);
}

void database_close(struct database *d)
{
    sqlite3_close_v2(d->handle);
    d->handle = NULL;
}

void xdatabase_run(struct database *d, const char *sql)
{
    check(d, sqlite3_exec(d->handle, sql, NULL, NULL, NULL));
}

/* sqlite3_prepare_v2() of SQL, which it frees. */
static int prepare(struct database *d, char *sql, sqlite3_stmt **statement)
{
    int code;

    if (sql == NULL)
        die(STATUS_SYSTEM, "out of memory");
    code = sqlite3_prepare_v2(d->handle, sql, -1, statement, NULL);
    sqlite3_free(sql);
    return code;
}

sqlite3_stmt *xdatabase_prepare(struct database *d, char *sql)
{
    sqlite3_stmt *statement = NULL;

    check(d, prepare(d, sql, &statement));
    return statement;
}

bool xdatabase_accepts(struct database *d, char *sql)
{
    sqlite3_stmt *statement = NULL;
    int code = prepare(d, sql, &statement);

    if (code != SQLITE_ERROR)
        check(d, code);
    sqlite3_finalize(statement);
    return code == SQLITE_OK;
}

sqlite3_stmt *xdatabase_query(struct database *d, const char *sql, const char *first, const char *second)
{
    sqlite3_stmt *statement = xdatabase_prepare(d, sqlite3_mprintf("%s", sql));

    check(d, sqlite3_bind_text(statement, 1, first, -1, SQLITE_STATIC));
    if (second != NULL)
        check(d, sqlite3_bind_text(statement, 2, second, -1, SQLITE_STATIC));
    return statement;
}

bool xdatabase_step(struct database *d, sqlite3_stmt *statement)
{
    int code = sqlite3_step(statement);

    if (code != SQLITE_ROW && code != SQLITE_DONE)
        die_database(d);
    return code == SQLITE_ROW;
}
