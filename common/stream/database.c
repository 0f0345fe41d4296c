/* SPDX-License-Identifier: MIT */
#include "stream/database.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/die.h"
#include "base/memory.h"

void die_database(const struct database *d)
{
    if (d->stop != NULL && *d->stop != 0)
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
    int fd = open(d->path, (d->is_read_only ? O_RDONLY : O_RDWR | O_CREAT) | O_CLOEXEC, 0666);

    if (fd < 0)
        die(STATUS_SYSTEM, "%s: %s: %s", d->path, sqlite3_errmsg(d->handle), strerror(errno));
    close(fd);
    die_database(d);
}

void xdatabase_open(struct database *d)
{
    const char *path = d->path;
    int mode = d->is_read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    const struct {
        int option;
        int value;
    } settings[] = {
        { SQLITE_DBCONFIG_DEFENSIVE, 1 },
        { SQLITE_DBCONFIG_TRUSTED_SCHEMA, d->trusts_schema },
        { SQLITE_DBCONFIG_ENABLE_FKEY, 1 },
        { SQLITE_DBCONFIG_DQS_DML, 0 },
        { SQLITE_DBCONFIG_DQS_DDL, 0 },
    };
    struct stat status;

    if (*path == '\0')
        die_usage("the database name is empty");
    if (d->timeout > INT_MAX / 1000)
        die_usage("--timeout must be at most %d seconds", INT_MAX / 1000);
    /* Mutexes and memory statistics take a tenth of the time of a load. If SQLite refuses, only time is lost. */
    sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    if (stat(path, &status) == 0 && !S_ISREG(status.st_mode))
        die(STATUS_SYSTEM, "%s: not a regular file", path);
    /* With a directory before them, ":memory:" and "file:..." are plain names, even if the distributor enabled URIs. */
    char *name = sqlite3_mprintf("%s%s", *path == '/' ? "" : "./", path);
    if (name == NULL)
        die_no_memory();
    int code = sqlite3_open_v2(name, &d->handle, mode, NULL);
    if (code == SQLITE_CANTOPEN)
        die_open(d);
    check(d, code);
    sqlite3_free(name);
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        check(d, sqlite3_db_config(d->handle, settings[i].option, settings[i].value, NULL));
    check(d, sqlite3_busy_timeout(d->handle, (int)d->timeout * 1000));
    /* 64 MB instead of 2: keys in random order touch all pages of their index, and load in two thirds of the time. */
    check(d, sqlite3_exec(d->handle, "PRAGMA cache_size = -65536", NULL, NULL, NULL));
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
