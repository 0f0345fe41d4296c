/* SPDX-License-Identifier: MIT */
/* sqlite_target_sql: the SQL for a target. */
#include <stdlib.h>

#include "base/memory.h"
#include "sample.h"
#include "sqlite_target.h"

/* Appends the names of all columns of T, or only of its key, in parentheses. */
static void append_names(sqlite3_str *sql, const struct sqlite_target *t, bool only_key)
{
    for (size_t i = 0; i < (only_key ? t->key.n : t->n); i++)
        sqlite3_str_appendf(sql, "%s\"%w\"", i > 0 ? ", " : "(", t->columns[only_key ? t->key.at[i] : i].in.name);
    sqlite3_str_appendall(sql, ")");
}

/* The SQL of xsqlite_target_insert(). */
static char *insert_sql(const struct sqlite_target *t, const char *source, bool skips)
{
    sqlite3_str *sql = sqlite3_str_new(t->table->database->handle);

    sqlite3_str_appendf(sql, "INSERT %sINTO main.\"%w\" ", source != NULL ? "OR FAIL " : "", t->table->name);
    append_names(sql, t, false);
    for (size_t i = 0; i < t->n && source == NULL; i++)
        sqlite3_str_appendf(sql, "%s?%s", i > 0 ? ", " : " VALUES (", i + 1 == t->n ? ")" : "");
    if (source != NULL)
        sqlite3_str_appendf(sql, " SELECT * FROM \"%w\" WHERE true", source);
    sqlite3_str_appendall(sql, skips ? " ON CONFLICT " : "");
    if (skips && t->key.n > 0)
        append_names(sql, t, true);
    sqlite3_str_appendall(sql, skips ? " DO NOTHING" : "");
    return sqlite3_str_finish(sql);
}

sqlite3_stmt *xsqlite_target_insert(const struct sqlite_target *t, const char *source, bool skips)
{
    return xdatabase_prepare(t->table->database, "%z", insert_sql(t, source, skips));
}

/* If anything else is wrong, the INSERT without ON CONFLICT dies. */
bool xsqlite_target_has_key(const struct sqlite_target *t)
{
    char *sql = insert_sql(t, NULL, true);
    sqlite3_stmt *statement;

    if (sql == NULL)
        die_no_memory();
    sqlite3_finalize(xsqlite_target_insert(t, NULL, false));
    int code = sqlite3_prepare_v2(t->table->database->handle, sql, -1, &statement, NULL);
    if (code != SQLITE_OK && code != SQLITE_ERROR)
        die_database(t->table->database);
    sqlite3_finalize(statement);
    sqlite3_free(sql);
    return code == SQLITE_OK;
}

void xsqlite_target_create(struct sqlite_target *t, struct batch *sample)
{
    sqlite3_str *sql = sqlite3_str_new(t->table->database->handle);
    enum type *guesses = xsample_types(sample, t->n);

    sqlite3_str_appendf(sql, "CREATE TABLE main.\"%w\" (", t->table->name);
    for (size_t i = 0; i < t->n; i++) {
        struct target_column *c = &t->columns[i];
        bool is_key = columns_have(&t->key, i);
        c->is_guessed = c->type == TYPE_ANY;
        if (c->is_guessed)
            c->type = guesses[i];
        const char *type = c->type == TYPE_INT ? "INTEGER" : c->type == TYPE_NUM ? "REAL" : "TEXT";
        sqlite3_str_appendf(sql, "%s\n    \"%w\" %s%s", i > 0 ? "," : "", c->in.name, type, is_key ? " NOT NULL" : "");
        c->in.affinity = sqlite_value_affinity(type);
        c->in.is_rowid = c->in.is_order = is_key && t->key.n == 1 && c->type == TYPE_INT;
        c->in.takes_null = !is_key;
    }
    if (t->key.n > 0) {
        sqlite3_str_appendall(sql, ",\n    PRIMARY KEY ");
        append_names(sql, t, true);
    }
    sqlite3_str_appendall(sql, "\n)");
    xdatabase_run(t->table->database, "%z", sqlite3_str_finish(sql));
    free(guesses);
}

/*
 * A query for the unique indexes on the key of T or, without a key, on any of its columns: for each index the condition
 * that a row has the record's values there. It compares as the index does; the columns may have other collations. If
 * there are several on one key, it chooses one with the fewest BINARY collations, because that treats the most keys as
 * equal.
 */
static sqlite3_stmt *find_conditions(const struct sqlite_target *t)
{
    sqlite3_str *sql = sqlite3_str_new(t->table->database->handle);

    sqlite3_str_appendall(sql, "WITH field (number, name) AS (VALUES ");
    for (size_t i = 0; i < (t->key.n > 0 ? t->key.n : t->n); i++) {
        size_t column = t->key.n > 0 ? t->key.at[i] : i;
        sqlite3_str_appendf(sql, "%s(%d, %Q)", i > 0 ? ", " : "", (int)column + 1, t->columns[column].in.name);
    }
    sqlite3_str_appendf(sql,
        ") SELECT group_concat(printf('\"%%w\" COLLATE \"%%w\" = ?%%d', c.name, c.coll, number), ' AND ') "
        "FROM pragma_index_list(%Q, 'main') AS i, pragma_index_xinfo(i.name, 'main') AS c "
        "LEFT JOIN field ON c.name = field.name COLLATE NOCASE WHERE i.\"unique\" AND NOT i.partial AND c.key "
        "GROUP BY i.seq HAVING count(*) = count(DISTINCT number)", t->table->name);
    if (t->key.n > 0)
        sqlite3_str_appendf(sql, " AND count(*) = %d ORDER BY sum(c.coll <> 'BINARY') DESC LIMIT 1", (int)t->key.n);
    return xdatabase_prepare(t->table->database, "%z", sqlite3_str_finish(sql));
}

/* Appends the WHERE clause for the rows that have the record's key. False: no index tells. */
static bool append_has_key(sqlite3_str *sql, const struct sqlite_target *t)
{
    sqlite3_stmt *conditions = find_conditions(t);
    size_t n = 0;

    while (xdatabase_step(t->table->database, conditions))
        sqlite3_str_appendf(sql, "%s (%s)", n++ > 0 ? " OR" : " WHERE",
                            xdatabase_text(t->table->database, conditions, 0));
    sqlite3_finalize(conditions);
    for (size_t i = 0; i < t->n; i++)
        if (t->columns[i].in.is_rowid && (t->key.n == 0 || (t->key.n == 1 && t->key.at[0] == i)))
            sqlite3_str_appendf(sql, "%s \"%w\" = ?%d", n++ > 0 ? " OR" : " WHERE", t->columns[i].in.name, (int)i + 1);
    return n > 0;
}

sqlite3_stmt *xsqlite_target_update(const struct sqlite_target *t)
{
    sqlite3_str *sql = sqlite3_str_new(t->table->database->handle);
    size_t n_set = 0;

    sqlite3_str_appendf(sql, "UPDATE main.\"%w\"", t->table->name);
    for (size_t i = 0; i < t->n; i++)
        if (!columns_have(&t->key, i))
            sqlite3_str_appendf(sql, "%s \"%w\" = ?%d", n_set++ > 0 ? "," : " SET", t->columns[i].in.name, (int)i + 1);
    if (append_has_key(sql, t) && n_set > 0)
        return xdatabase_prepare(t->table->database, "%z", sqlite3_str_finish(sql));
    sqlite3_free(sqlite3_str_finish(sql));
    return NULL;
}

sqlite3_stmt *xsqlite_target_find(const struct sqlite_target *t)
{
    sqlite3_str *sql = sqlite3_str_new(t->table->database->handle);

    sqlite3_str_appendf(sql, "SELECT 1 FROM main.\"%w\"", t->table->name);
    if (append_has_key(sql, t))
        return xdatabase_prepare(t->table->database, "%z", sqlite3_str_finish(sql));
    sqlite3_free(sqlite3_str_finish(sql));
    return NULL;
}
