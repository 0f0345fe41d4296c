/* SPDX-License-Identifier: MIT */
#include "sqlite_table.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"
#include "base/utf8.h"

enum { NAME_LIMIT = 1000 };

/* Of the table ?1. */
static const char unique_keys[] =
    "SELECT 1 FROM pragma_table_xinfo(?1, 'main') WHERE pk > 0 "
    "UNION ALL SELECT 1 FROM pragma_index_list(?1, 'main') WHERE \"unique\"";

/* Its triggers, and if foreign keys refer to it all that there are, for they can lead anywhere. */
static const char triggers[] =
    "SELECT 1 FROM main.sqlite_schema WHERE type = 'trigger' AND (tbl_name = ?1 COLLATE NOCASE OR EXISTS ("
    "SELECT 1 FROM pragma_table_list AS l, pragma_foreign_key_list(l.name, 'main') AS f "
    "WHERE l.schema = 'main' AND f.\"table\" = ?1 COLLATE NOCASE))";

/* ON CONFLICT ROLLBACK ends the transaction, AUTOINCREMENT counts. */
static const char tracing_words[] =
    "SELECT 1 FROM main.sqlite_schema WHERE tbl_name = ?1 COLLATE NOCASE "
    "AND (sql LIKE '%rollback%' OR sql LIKE '%autoincrement%')";

const char *sqlite_name_check(const char *name)
{
    size_t len = strlen(name);

    if (len > NAME_LIMIT)
        return "its name is longer than 1000 bytes";
    return utf8_check(name, len) < len ? "its name is not UTF-8" : NULL;
}

static char *copy_text(sqlite3_stmt *statement, int column)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);

    return xmemdup(text, (size_t)sqlite3_column_bytes(statement, column));
}

static void read_columns(struct sqlite_table *t, bool is_strict)
{
    sqlite3_stmt *statement = xdatabase_query(t->database,
        "SELECT name, type, hidden > 1, pk > 0 AND sum(pk > 0) OVER () = 1 AND type = 'INTEGER' COLLATE NOCASE, "
        "count(*) OVER () FROM pragma_table_xinfo(?1, 'main') ORDER BY cid", t->name, NULL);

    while (xdatabase_step(t->database, statement)) {
        const char *type = (const char *)sqlite3_column_text(statement, 1);
        if (t->columns == NULL)
            t->columns = xcalloc((size_t)sqlite3_column_int(statement, 4), sizeof *t->columns);
        t->columns[t->n++] = (struct sqlite_column){
            .name = copy_text(statement, 0),
            .affinity = is_strict && strcasecmp(type, "ANY") == 0 ? AFFINITY_NONE : affinity_of(type),
            .is_generated = sqlite3_column_int(statement, 2),
            .is_rowid = sqlite3_column_int(statement, 3),
        };
    }
    sqlite3_finalize(statement);
}

/* Whether QUERY, whose ?1 is the name of T, gives any row. */
static bool has(const struct sqlite_table *t, const char *query)
{
    sqlite3_stmt *statement = xdatabase_query(t->database, query, t->name, NULL);
    bool has_row = xdatabase_step(t->database, statement);

    sqlite3_finalize(statement);
    return has_row;
}

const char *xsqlite_table_open(struct sqlite_table *t, struct database *d, const char *name)
{
    const char *reason = *name == '\0' ? "it has no name" : sqlite_name_check(name);

    *t = (struct sqlite_table){ .database = d };
    if (reason != NULL)
        return reason;
    if (strncasecmp(name, "sqlite_", strlen("sqlite_")) == 0)
        return "names from sqlite_ on are reserved";
    sqlite3_stmt *statement = xdatabase_query(d,
        "SELECT name, strict, type <> 'table' FROM pragma_table_list "
        "WHERE schema = 'main' AND name = ?1 COLLATE NOCASE", name, NULL);
    t->exists = xdatabase_step(d, statement);
    t->name = t->exists ? copy_text(statement, 0) : xmemdup(name, strlen(name));
    if (t->exists && sqlite3_column_int(statement, 2)) {
        reason = "it is no table but a view, or virtual, or part of a virtual one";
    } else if (t->exists) {
        read_columns(t, sqlite3_column_int(statement, 1));
        t->has_unique = has(t, unique_keys);
        t->may_fire = has(t, triggers);
        t->may_trace = t->may_fire || has(t, tracing_words);
    }
    sqlite3_finalize(statement);
    return reason;
}

const struct sqlite_column *sqlite_table_find(const struct sqlite_table *t, const char *name)
{
    for (size_t i = 0; i < t->n; i++)
        if (sqlite3_stricmp(t->columns[i].name, name) == 0)
            return &t->columns[i];
    return NULL;
}

void xsqlite_table_clear(struct sqlite_table *t)
{
    xdatabase_run(t->database, "PRAGMA defer_foreign_keys = ON");
    sqlite3_stmt *statement =
        xdatabase_prepare(t->database, sqlite3_mprintf("DELETE FROM main.\"%w\"", t->name));
    xdatabase_step(t->database, statement);
    sqlite3_finalize(statement);
}

void sqlite_table_close(struct sqlite_table *t)
{
    for (size_t i = 0; i < t->n; i++)
        free(t->columns[i].name);
    free(t->columns);
    free(t->name);
}
