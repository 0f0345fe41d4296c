/* SPDX-License-Identifier: MIT */
#include "sqlite_table.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"
#include "base/utf8.h"

enum { NAME_LIMIT = 1000 };

const char *sqlite_table_check_name(const char *name)
{
    size_t len = strlen(name);

    if (len > NAME_LIMIT)
        return "the name is longer than 1000 bytes";
    return utf8_check(name, len) < len ? "the name is not valid UTF-8" : NULL;
}

/* A copy of column 0 in the row of STATEMENT. */
static char *copy_name(struct database *d, sqlite3_stmt *statement)
{
    const char *name = xdatabase_text(d, statement, 0);

    return xmemdup(name, strlen(name));
}

/* Without a key that orders the rows, they have rowids in the order of the records, which must not be sorted then. */
static void read_columns(struct sqlite_table *t)
{
    sqlite3_stmt *statement = xdatabase_prepare(t->database,
        "SELECT name, type, hidden > 1, pk > 0 AND NOT EXISTS (SELECT 1 FROM pragma_index_list(%Q, 'main') "
        "WHERE origin = 'pk'), count(*) OVER (), NOT (\"notnull\" OR pk), "
        "pk = 1 AND EXISTS (SELECT 1 FROM pragma_table_list AS l JOIN main.sqlite_schema AS s ON s.name = l.name "
        "WHERE l.schema = 'main' AND l.name = %Q COLLATE NOCASE AND s.type = 'table' AND s.sql NOT LIKE '%%collate%%' "
        "AND l.wr = (SELECT count(*) FROM pragma_index_list(l.name, 'main') WHERE \"unique\")) "
        "FROM pragma_table_xinfo(%Q, 'main') ORDER BY cid", t->name, t->name, t->name);

    while (xdatabase_step(t->database, statement)) {
        const char *type = xdatabase_text(t->database, statement, 1);
        if (t->columns == NULL)
            t->columns = xcalloc((size_t)sqlite3_column_int(statement, 4), sizeof *t->columns);
        t->columns[t->n++] = (struct sqlite_column){
            .name = copy_name(t->database, statement),
            .affinity = t->is_strict && strcasecmp(type, "ANY") == 0 ? AFFINITY_NONE : sqlite_value_affinity(type),
            .is_generated = sqlite3_column_int(statement, 2),
            .is_rowid = sqlite3_column_int(statement, 3),
            .takes_null = sqlite3_column_int(statement, 5),
            .is_order = sqlite3_column_int(statement, 6),
        };
    }
    sqlite3_finalize(statement);
}

static bool has_unique(const struct sqlite_table *t)
{
    return xdatabase_run(t->database,
        "SELECT 1 FROM pragma_table_xinfo(%Q, 'main') WHERE pk > 0 "
        "UNION ALL SELECT 1 FROM pragma_index_list(%Q, 'main') WHERE \"unique\"", t->name, t->name);
}

/* If foreign keys refer to T, any trigger of the database counts: their actions may reach any table. */
static bool has_triggers(const struct sqlite_table *t)
{
    return xdatabase_run(t->database,
        "SELECT 1 FROM main.sqlite_schema WHERE type = 'trigger' AND (tbl_name = %Q COLLATE NOCASE OR EXISTS ("
        "SELECT 1 FROM pragma_table_list AS l, pragma_foreign_key_list(l.name, 'main') AS f "
        "WHERE l.schema = 'main' AND f.\"table\" = %Q COLLATE NOCASE))", t->name, t->name);
}

/* ON CONFLICT ROLLBACK ends the transaction; AUTOINCREMENT advances its counter. */
static bool has_side_effects(const struct sqlite_table *t)
{
    return t->has_triggers || xdatabase_run(t->database,
        "SELECT 1 FROM main.sqlite_schema WHERE tbl_name = %Q COLLATE NOCASE "
        "AND (sql LIKE '%%rollback%%' OR sql LIKE '%%autoincrement%%')", t->name);
}

/* The words may also be in a name, which does no harm. */
static bool checks_rows(const struct sqlite_table *t)
{
    return !t->has_triggers && !xdatabase_run(t->database,
        "SELECT 1 FROM main.sqlite_schema WHERE tbl_name = %Q COLLATE NOCASE AND (sql LIKE '%%check%%' "
        "OR sql LIKE '%%conflict%%' OR sql LIKE '%%references%%' OR sql LIKE '%%autoincrement%%') "
        "UNION ALL SELECT 1 FROM pragma_table_xinfo(%Q, 'main') WHERE hidden > 0 OR (%d AND type LIKE 'blob') "
        "UNION ALL SELECT 1 FROM pragma_index_list(%Q, 'main') AS i, pragma_index_xinfo(i.name, 'main') AS c "
        "WHERE i.partial OR c.cid = -2 "
        "UNION ALL SELECT 1 FROM pragma_table_list AS l, pragma_foreign_key_list(l.name, 'main') AS f "
        "WHERE l.schema = 'main' AND f.\"table\" = %Q COLLATE NOCASE",
        t->name, t->name, t->is_strict, t->name, t->name);
}

const char *xsqlite_table_open(struct sqlite_table *t, struct database *d, const char *name)
{
    const char *reason = *name == '\0' ? "the name is empty" : sqlite_table_check_name(name);

    *t = (struct sqlite_table){ .database = d };
    if (reason != NULL)
        return reason;
    if (strncasecmp(name, "sqlite_", strlen("sqlite_")) == 0)
        return "names that begin with sqlite_ are reserved";
    sqlite3_stmt *statement = xdatabase_prepare(d,
        "SELECT name, strict, type <> 'table' FROM pragma_table_list "
        "WHERE schema = 'main' AND name = %Q COLLATE NOCASE", name);
    t->exists = xdatabase_step(d, statement);
    t->name = t->exists ? copy_name(t->database, statement) : xmemdup(name, strlen(name));
    if (t->exists && sqlite3_column_int(statement, 2)) {
        reason = "cannot load into a view, a virtual table or a shadow table";
    } else if (t->exists) {
        t->is_strict = sqlite3_column_int(statement, 1);
        read_columns(t);
        t->has_unique = has_unique(t);
        t->has_triggers = has_triggers(t);
        t->has_side_effects = has_side_effects(t);
    }
    t->checks_rows = reason == NULL && checks_rows(t);
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
    xdatabase_run(t->database, "DELETE FROM main.\"%w\"", t->name);
}

void sqlite_table_close(struct sqlite_table *t)
{
    for (size_t i = 0; i < t->n; i++)
        free(t->columns[i].name);
    free(t->columns);
    free(t->name);
}
