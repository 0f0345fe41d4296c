/* SPDX-License-Identifier: MIT */
#include "database.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/die.h"
#include "base/memory.h"

enum { PAUSE_MS = 20 };

static bool is_stopped(const struct database *d)
{
    return d->stop != NULL && *d->stop != 0;
}

void die_database(const struct database *d)
{
    if (is_stopped(d))
        quick_exit(STATUS_SYSTEM);
    int code = sqlite3_errcode(d->handle) & 0xff;

    const char *unsafe = strstr(sqlite3_errmsg(d->handle), "unsafe use of");
    if (unsafe != NULL && !d->trusts_schema)
        die(STATUS_SYSTEM, "%s: %s in its schema; --trust-schema allows it", d->path, unsafe);
    if (sqlite3_extended_errcode(d->handle) == SQLITE_READONLY_DIRECTORY)
        die(STATUS_SYSTEM, "%s: no permission to create its journal in its directory", d->path);
    bool has_errno = (code == SQLITE_CANTOPEN || code == SQLITE_IOERR) && sqlite3_system_errno(d->handle) != 0;

    die(code == SQLITE_CONSTRAINT ? STATUS_BAD_DATA : STATUS_SYSTEM, "%s: %s%s%s", d->path, sqlite3_errmsg(d->handle),
        has_errno ? ": " : "", has_errno ? strerror(sqlite3_system_errno(d->handle)) : "");
}

static void check(const struct database *d, int code)
{
    if (code != SQLITE_OK)
        die_database(d);
}

/* Dies because SQLite could not open the file. Its errno may be that of a second attempt, to open it only to read. */
static _Noreturn void die_open(const struct database *d)
{
    int fd = open(d->path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);

    if (fd < 0)
        die(STATUS_SYSTEM, "%s: %s: %s", d->path, sqlite3_errmsg(d->handle), strerror(errno));
    close(fd);
    die_database(d);
}

void xdatabase_open(struct database *d, const char *path, int timeout_ms, bool trusts_schema)
{
    const struct {
        int option;
        int value;
    } settings[] = {
        { SQLITE_DBCONFIG_DEFENSIVE, 1 },
        { SQLITE_DBCONFIG_TRUSTED_SCHEMA, trusts_schema },
        { SQLITE_DBCONFIG_ENABLE_FKEY, 1 },
        { SQLITE_DBCONFIG_DQS_DML, 0 },
        { SQLITE_DBCONFIG_DQS_DDL, 0 },
    };
    struct stat status;

    *d = (struct database){ .path = path, .timeout_ms = timeout_ms, .trusts_schema = trusts_schema };
    /* Mutexes and memory statistics take a tenth of the time of a load. If SQLite refuses, only time is lost. */
    sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    if (stat(path, &status) == 0 && !S_ISREG(status.st_mode))
        die(STATUS_SYSTEM, "%s: not a regular file", path);
    /* With a directory before them, ":memory:" and "file:..." are plain names, even if the distributor enabled URIs. */
    char *name = sqlite3_mprintf("%s%s", *path == '/' ? "" : "./", path);
    if (name == NULL)
        die_no_memory();
    int code = sqlite3_open_v2(name, &d->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    if (code == SQLITE_CANTOPEN)
        die_open(d);
    check(d, code);
    sqlite3_free(name);
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        check(d, sqlite3_db_config(d->handle, settings[i].option, settings[i].value, NULL));
    check(d, sqlite3_busy_timeout(d->handle, timeout_ms));
    /* 64 MB instead of 2: keys in random order touch all pages of their index, and load in two thirds of the time. */
    check(d, sqlite3_exec(d->handle, "PRAGMA cache_size = -65536", NULL, NULL, NULL));
}

void xdatabase_begin(struct database *d)
{
    xdatabase_run(d, "BEGIN IMMEDIATE");
    /* While another process reads the file, pages beyond the cache stay in memory. Do not wait at each of them. */
    check(d, sqlite3_busy_timeout(d->handle, 0));
}

void database_rollback(struct database *d)
{
    sqlite3_exec(d->handle, "ROLLBACK", NULL, NULL, NULL);
    /* After a failed write, SQLite leaves the journal for the next reader to roll back. Be that reader. */
    sqlite3_exec(d->handle, "PRAGMA schema_version", NULL, NULL, NULL);
}

void database_close(struct database *d)
{
    sqlite3_close_v2(d->handle);
    d->handle = NULL;
}

static sqlite3_stmt *prepare(struct database *d, const char *format, va_list arguments)
{
    sqlite3_stmt *statement;
    char *sql = sqlite3_vmprintf(format, arguments);

    if (sql == NULL)
        die_no_memory();
    check(d, sqlite3_prepare_v2(d->handle, sql, -1, &statement, NULL));
    if (statement == NULL)
        die_no_memory(); /* sqlite3_str_finish() failed, and its NULL became no SQL */
    sqlite3_free(sql);
    return statement;
}

sqlite3_stmt *xdatabase_prepare(struct database *d, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    sqlite3_stmt *statement = prepare(d, format, arguments);
    va_end(arguments);
    return statement;
}

bool xdatabase_step(struct database *d, sqlite3_stmt *statement)
{
    int code = sqlite3_step(statement);

    if (code != SQLITE_ROW && code != SQLITE_DONE)
        die_database(d);
    return code == SQLITE_ROW;
}

const char *xdatabase_text(struct database *d, sqlite3_stmt *statement, int column)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);

    if (text == NULL)
        die_database(d);
    return text;
}

bool xdatabase_run(struct database *d, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    sqlite3_stmt *statement = prepare(d, format, arguments);
    va_end(arguments);
    bool has_row = xdatabase_step(d, statement);
    sqlite3_finalize(statement);
    return has_row;
}

/* A handler for sqlite3_busy_handler(). Unlike the one of SQLite, it stops waiting when a signal comes. */
static int wait_for_lock(void *database, int n_calls)
{
    const struct database *d = database;

    if (is_stopped(d) || n_calls >= d->timeout_ms / PAUSE_MS)
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

void xdatabase_commit(struct database *d, const char *table)
{
    check(d, sqlite3_busy_handler(d->handle, wait_for_lock, d));
    int code = sqlite3_exec(d->handle, "COMMIT", NULL, NULL, NULL);
    if (code == SQLITE_CONSTRAINT)
        die_foreign_key(d, table);
    check(d, code);
}
