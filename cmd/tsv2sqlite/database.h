/* SPDX-License-Identifier: MIT */
/*
 * database: an SQLite database and one transaction on it, with settings that are safe for a file of unknown origin
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

#include <sqlite3.h>

struct database {
    sqlite3 *handle;
    const char *path; /* as the user wrote it, for messages */
    bool trusts_schema;
    int timeout_ms;   /* how long to wait for a lock */
    const volatile sig_atomic_t *stop; /* NULL, or set by the program: not 0 once a signal is to end the load */
};

/*
 * Opens the file PATH or creates it. PATH is always a file name, never a URI or ":memory:", and must outlive D. Foreign
 * keys are enforced; SQLITE_DBCONFIG_DEFENSIVE is on; TRUSTED_SCHEMA, unless TRUSTS_SCHEMA, and double-quoted strings
 * are off.
 */
void xdatabase_open(struct database *d, const char *path, int timeout_ms, bool trusts_schema);

/* Begins the transaction and takes the write lock, waiting for it up to the timeout. */
void xdatabase_begin(struct database *d);

/*
 * Commits. Waits for readers up to the timeout or a signal. A violated deferred foreign key is STATUS_BAD_DATA; the
 * message names a row that violates it, of TABLE if there is one.
 */
void xdatabase_commit(struct database *d, const char *table);

/* Rolls back the transaction, if one is open: the file is as before, without a journal. Ignores errors. */
void database_rollback(struct database *d);

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
