/* SPDX-License-Identifier: MIT */
/*
 * database: an SQLite database and one transaction on it, with settings that a file of unknown origin asks for. For
 * programs of one thread: SQLite is told so.
 */
#ifndef WEIR_DATABASE_H
#define WEIR_DATABASE_H

#include <stdbool.h>

#include <sqlite3.h>

struct database {
    sqlite3 *handle;
    const char *path; /* as the user wrote it, for messages */
    int timeout_ms;   /* how long to wait for other users of the file */
};

/*
 * Opens the file PATH, which is never taken for anything but a file name, or makes it. PATH must outlive D. Foreign
 * keys are enforced; SQLITE_DBCONFIG_DEFENSIVE is on, TRUSTED_SCHEMA and double-quoted strings are off
 * (https://sqlite.org/security.html). Dies with STATUS_SYSTEM as all functions here do if SQLite cannot do its job.
 */
void xdatabase_open(struct database *d, const char *path, int timeout_ms);

/* Takes the write lock, waiting for it up to the timeout. From here to the commit nobody else writes. */
void xdatabase_begin(struct database *d);

/*
 * Makes the transaction last, waiting for readers up to the timeout. A deferred constraint that is violated is bad
 * data and no failure of the system.
 */
void xdatabase_commit(struct database *d);

/* Undoes the transaction, if one is open, and sees to it that the file is as it was and no journal is left. */
void database_rollback(struct database *d);

/* Closes the file. */
void database_close(struct database *d);

/* Runs the statements in SQL, which give no rows. */
void xdatabase_run(struct database *d, const char *sql);

/* Compiles SQL, made by sqlite3_mprintf() or sqlite3_str_finish(), and frees it. The statement is the caller's. */
sqlite3_stmt *xdatabase_prepare(struct database *d, char *sql);

/* Whether SQL, as for xdatabase_prepare(), is right for this database. Frees it. */
bool xdatabase_accepts(struct database *d, char *sql);

/* Compiles SQL with ?1 and, if SECOND is not NULL, ?2 bound to the C strings, which must outlive the statement. */
sqlite3_stmt *xdatabase_query(struct database *d, const char *sql, const char *first, const char *second);

/* Steps STATEMENT once; whether it gave a row. */
bool xdatabase_step(struct database *d, sqlite3_stmt *statement);

/* Dies with STATUS_SYSTEM, or STATUS_BAD_DATA after a constraint violation, and SQLite's words for its last error. */
_Noreturn void die_database(const struct database *d);

#endif
