/* SPDX-License-Identifier: MIT */
/*
 * A peer of tsv2sqlite for the benchmark: the shortest program that loads a table. Binds the fields of standard input,
 * integers as integers, to a prepared statement, in one transaction. Checks only what SQLite checks.
 *
 * usage: bench_sqlite DATABASE 'INSERT INTO table VALUES (?, ...)'
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void check(sqlite3 *database, int code)
{
    if (code == SQLITE_OK || code == SQLITE_DONE)
        return;
    fprintf(stderr, "bench_sqlite: %s\n", sqlite3_errmsg(database));
    exit(3);
}

static void run(sqlite3 *database, const char *sql)
{
    check(database, sqlite3_exec(database, sql, NULL, NULL, NULL));
}

static int bind(sqlite3_stmt *insert, int parameter, const char *field, const char *end)
{
    char *stop;
    long long integer = strtoll(field, &stop, 10); /* stops at END: a TAB, LF or NUL */

    if (stop == end && end > field)
        return sqlite3_bind_int64(insert, parameter, integer);
    return sqlite3_bind_text(insert, parameter, field, (int)(end - field), SQLITE_STATIC);
}

int main(int argc, char **argv)
{
    sqlite3 *database;
    sqlite3_stmt *insert;
    char *line = NULL;
    size_t size = 0;
    ssize_t n;

    if (argc == 2 && strcmp(argv[1], "--version") == 0)
        return puts(sqlite3_libversion()) < 0;
    if (argc != 3) {
        fputs("usage: bench_sqlite DATABASE 'INSERT INTO table VALUES (?, ...)'\n", stderr);
        return 2;
    }
    int code = sqlite3_open_v2(argv[1], &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    check(database, code);
    run(database, "PRAGMA cache_size = -65536; BEGIN IMMEDIATE");
    check(database, sqlite3_prepare_v2(database, argv[2], -1, &insert, NULL));
    while ((n = getline(&line, &size, stdin)) > 0) {
        const char *end = line + n - (line[n - 1] == '\n');
        const char *field = line;
        for (int parameter = 1; field <= end; parameter++) {
            const char *tab = memchr(field, '\t', (size_t)(end - field));
            const char *field_end = tab != NULL ? tab : end;
            check(database, bind(insert, parameter, field, field_end));
            field = field_end + 1;
        }
        check(database, sqlite3_step(insert));
        check(database, sqlite3_reset(insert));
    }
    sqlite3_finalize(insert);
    run(database, "COMMIT");
    return sqlite3_close(database) == SQLITE_OK ? 0 : 3;
}
