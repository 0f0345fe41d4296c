/* SPDX-License-Identifier: MIT */
#include "query.h"

#include <stdlib.h>

#include "base/die.h"
#include "base/memory.h"
#include "base/quote.h"
#include "stream/tsv.h"

/* Dies because of an error of SQLite in SQL, which may be just the name of a table. */
static _Noreturn void die_sql(const struct database *d, const char *sql)
{
    int len = (int)strcspn(sql, " \t\r\n,;()");
    char *reason = sqlite3_mprintf("%s", sqlite3_errmsg(d->handle));
    char *select = sqlite3_mprintf("SELECT * FROM %.*s", len, sql);
    sqlite3_stmt *statement;

    if (sql[len + (int)strspn(sql + len, " \t\r\n")] == '\0' && select != NULL &&
        sqlite3_prepare_v2(d->handle, select, -1, &statement, NULL) == SQLITE_OK)
        die_usage("\"%.*s\" is a table, not SQL; write '%s'", len, sql, select);
    die_usage("%s: %s", d->path, reason != NULL ? reason : sqlite3_errstr(SQLITE_NOMEM));
}

/* Compiles the first statement at *SQL and moves *SQL after it. NULL: only blanks and comments are left. */
static sqlite3_stmt *compile(const struct database *d, const char **sql)
{
    const char *start = *sql;
    sqlite3_stmt *statement = NULL;

    while (statement == NULL && **sql != '\0') {
        int code = sqlite3_prepare_v2(d->handle, *sql, -1, &statement, sql);
        if ((code == SQLITE_ERROR || code == SQLITE_TOOBIG) && strstr(sqlite3_errmsg(d->handle), "unsafe") == NULL)
            die_sql(d, start);
        if (code != SQLITE_OK)
            die_database(d);
    }
    return statement;
}

sqlite3_stmt *xquery_prepare(const struct database *d, const char *sql)
{
    sqlite3_stmt *query = compile(d, &sql);

    if (query == NULL)
        die_usage("no SQL statement");
    if (compile(d, &sql) != NULL)
        die_usage("more than one SQL statement");
    if (sqlite3_column_count(query) == 0 || !sqlite3_stmt_readonly(query))
        die_usage("the SQL statement must return columns and change nothing, as SELECT does");
    return query;
}

/* Binds TEXT, spelled as a field, to parameter I: as a number if SQLite writes that number in the same way. */
static void bind(struct database *d, sqlite3_stmt *query, int i, const char *text)
{
    struct span field = span_of(text);
    sqlite3_stmt *value = xdatabase_prepare(
        d, "SELECT CASE CAST(CAST(?1 AS NUMERIC) AS TEXT) WHEN ?1 THEN CAST(?1 AS NUMERIC) ELSE ?1 END");
    struct quoted q;

    if (!xtsv_is_field(field))
        die_usage("--parameter: \"%s\" must be escaped as in a record", quote(&q, field));
    char *bytes = xmemdup(field.at, field.len);
    if (!tsv_is_null(field))
        sqlite3_bind_text(value, 1, bytes, (int)tsv_unescape(bytes, field), SQLITE_STATIC);
    xdatabase_step(d, value);
    if (sqlite3_bind_value(query, i, sqlite3_column_value(value, 0)) != SQLITE_OK)
        die_database(d);
    sqlite3_finalize(value);
    free(bytes);
}

void xquery_bind(struct database *d, sqlite3_stmt *query, const struct option_list *parameters)
{
    bool is_used[OPTION_REPEATS] = { false };

    for (int i = 1; i <= sqlite3_bind_parameter_count(query); i++) {
        const char *name = sqlite3_bind_parameter_name(query, i);
        size_t len = name != NULL ? strlen(name + 1) : 0;
        size_t k = 0;
        if (name == NULL)
            die_usage("a parameter of the SQL has no name; write :NAME");
        while (k < parameters->n && (strncmp(parameters->at[k], name + 1, len) != 0 || parameters->at[k][len] != '='))
            k++;
        if (k == parameters->n)
            die_usage("parameter %s has no value; give it with --parameter %s=VALUE", name, name + 1);
        bind(d, query, i, parameters->at[k] + len + 1);
        is_used[k] = true;
    }
    for (size_t k = 0; k < parameters->n; k++)
        if (!is_used[k])
            die_usage("--parameter: \"%s\" must be NAME=VALUE, once for each :NAME in the SQL", parameters->at[k]);
}
