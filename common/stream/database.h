/* SPDX-License-Identifier: MIT */
/*
 * database: an SQLite database, with settings that are safe for a file of unknown origin
 * (https://sqlite.org/security.html). Only for programs with one thread: SQLite's mutexes are off.
 *
 * Functions die with STATUS_SYSTEM and SQLite's message when SQLite fails, except where they say otherwise. SQL is a
 * FORMAT of sqlite3_mprintf(): https://sqlite.org/printf.html. Names are written "%w", strings %Q, and the result of
 * sqlite3_str_finish() %z.
 */
#ifndef WEIR_DATABASE_H
#define WEIR_DATABASE_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include <sqlite3.h>

struct database {
    const char *path; /* as the user wrote it: always a file name, never a URI or ":memory:" */
    uint64_t timeout; /* how long to wait for a lock, in seconds */
    bool is_read_only;
    bool trusts_schema;
    const volatile sig_atomic_t *stop; /* NULL, or set by the program: not 0 once a signal is to end the load */
    sqlite3 *handle; /* set by xdatabase_open() */
};

/*
 * Opens the file of D, whose other members the caller has set, or creates it unless D is read only. Foreign keys are
 * enforced; SQLITE_DBCONFIG_DEFENSIVE is on; TRUSTED_SCHEMA, unless D trusts it, and double-quoted strings are off. An
 * empty path or a timeout of more than INT_MAX ms is a usage error.
 */
void xdatabase_open(struct database *d);

/* Closes the file. Statements that are not finalized keep it open. */
void database_close(struct database *d);

/* Compiles SQL. The caller finalizes the statement. */
sqlite3_stmt *xdatabase_prepare(struct database *d, const char *format, ...);

/* Steps STATEMENT once. True if it returned a row. */
bool xdatabase_step(struct database *d, sqlite3_stmt *statement);

/* The text of COLUMN, from 0, in the row of STATEMENT, which is not NULL there. Valid until the next step. */
const char *xdatabase_text(struct database *d, sqlite3_stmt *statement, int column);

/* Runs one SQL statement up to its first row. True if it returned one. */
bool xdatabase_run(struct database *d, const char *format, ...);

/*
 * Dies with SQLite's message for its last error, and STATUS_BAD_DATA for a constraint violation, else STATUS_SYSTEM.
 * After a signal (STOP) dies without a message, which what is given to at_quick_exit() has.
 */
_Noreturn void die_database(const struct database *d);

#endif
