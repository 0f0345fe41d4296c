/* SPDX-License-Identifier: MIT */
#include "sqlite_target.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/quote.h"
#include "stream/tsv.h"
#include "sample.h"

/* Makes the header of S from LINE, names with a TAB after each. SOURCE says in messages where they come from. */
static void make_header(struct stream *s, const struct buffer *line, const char *source)
{
    struct record names = { .text = line->at, .len = line->len - 1 };
    char reason[HEADER_REASON_SIZE];
    size_t offset;
    enum tsv_error error = tsv_normalize(names.text, &names.len, &offset);

    if (error != TSV_OK)
        die_usage("%s: %s in a column name", source, tsv_error_text(error));
    xrecord_size(&names, line->len);
    record_resplit(&names, names.len);
    if (s->header.n > 0 && s->header.n != names.n_fields)
        die_usage("the records have %zu fields, but %s has %zu columns", s->header.n, source, names.n_fields);
    if (xheader_make(&s->header, &names, reason) != NULL)
        die_usage("%s: %s", source, reason);
    record_free(&names);
}

/* Under -N: names the columns of S as DECLARED does, else as TABLE does. */
static void name_columns(struct stream *s, const struct sqlite_table *table, const struct type_list *declared)
{
    struct buffer line = { .len = 0 };

    for (size_t i = 0; i < declared->n; i++) {
        xbuffer_append(&line, declared->items[i].name);
        xbuffer_append(&line, span_of("\t"));
    }
    for (size_t i = 0; i < table->n && declared->n == 0; i++)
        if (!table->columns[i].is_generated) {
            struct span name = span_of(table->columns[i].name);
            line.len += tsv_escape(xbuffer_reserve(&line, 2 * name.len), name);
            xbuffer_append(&line, span_of("\t"));
        }
    make_header(s, &line, declared->n > 0 ? "--types" : "the table");
    buffer_free(&line);
}

static _Noreturn void die_no_column(const struct sqlite_table *table, struct span name)
{
    sqlite3_str *list = sqlite3_str_new(NULL);
    struct quoted q;
    struct quoted table_name;

    for (size_t i = 0; i < table->n; i++)
        sqlite3_str_appendf(list, "%s%s", i > 0 ? ", " : "", quote(&q, span_of(table->columns[i].name)));
    die_usage("table %s has no column %s; it has %s", quote(&table_name, span_of(table->name)),
              quote(&q, name), sqlite3_str_finish(list));
}

/* Finds the column of TABLE that has the name of C. */
static void find_column(struct target_column *c, const struct sqlite_table *table)
{
    const struct sqlite_column *found;
    const char *reason;
    struct quoted q;

    c->in.name = xmemdup(c->name.at, c->name.len);
    c->in.name[tsv_unescape(c->in.name, c->name)] = '\0';
    reason = sqlite_table_check_name(c->in.name);
    if (reason != NULL)
        die_usage("column %s: %s", quote(&q, c->name), reason);
    if (!table->exists)
        return;
    found = sqlite_table_find(table, c->in.name);
    if (found == NULL)
        die_no_column(table, c->name);
    if (found->is_generated)
        die_usage("column %s is generated; remove it from the input", quote(&q, c->name));
    char *name = c->in.name;
    c->in = *found;
    c->in.name = name;
}

static void add_column(struct sqlite_target *t, const struct stream *s)
{
    struct target_column *c = &t->columns[t->n];
    struct quoted q;

    c->name = s->header.names[t->n];
    find_column(c, t->table);
    for (size_t i = 0; i < t->n; i++)
        if (sqlite3_stricmp(t->columns[i].in.name, c->in.name) == 0)
            die_usage("duplicate column %s: SQLite ignores the case of ASCII letters", quote(&q, c->name));
    t->n++;
}

/* Sets the types that DECLARED gives. Under -N it lists all columns in order. */
static void set_types(struct sqlite_target *t, struct stream *s, const struct type_list *declared)
{
    enum type *types = s->options->no_header ? NULL : xtype_list_resolve(declared, &s->header);

    for (size_t i = 0; i < (types != NULL ? t->n : declared->n); i++)
        t->columns[i].type = types != NULL ? types[i] : declared->items[i].type;
    free(types);
}

/* Appends the names of all columns of T, or only of its key, in parentheses. */
static void append_names(sqlite3_str *sql, const struct sqlite_target *t, bool only_key)
{
    for (size_t i = 0; i < (only_key ? t->key.n : t->n); i++)
        sqlite3_str_appendf(sql, "%s\"%w\"", i > 0 ? ", " : "(", t->columns[only_key ? t->key.at[i] : i].in.name);
    sqlite3_str_appendall(sql, ")");
}

/* The SQL of xsqlite_target_insert() or, with a SOURCE, of xsqlite_target_insert_all(). */
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

/*
 * Whether the table has a primary key or unique index on the key of T, as ON CONFLICT requires. If anything else is
 * wrong, the INSERT without ON CONFLICT dies.
 */
static bool xhas_key(const struct sqlite_target *t)
{
    char *sql = insert_sql(t, NULL, true);
    sqlite3_stmt *statement;

    if (sql == NULL)
        die_no_memory();
    sqlite3_finalize(xsqlite_target_insert(t, false));
    int code = sqlite3_prepare_v2(t->table->database->handle, sql, -1, &statement, NULL);
    if (code != SQLITE_OK && code != SQLITE_ERROR)
        die_database(t->table->database);
    sqlite3_finalize(statement);
    sqlite3_free(sql);
    return code == SQLITE_OK;
}

/* Drops columns that are in KEY before: an index has each once. */
static void drop_repeats(struct columns *key)
{
    struct columns kept = { 0, key->at };

    for (size_t i = 0; i < key->n; i++)
        if (!columns_have(&kept, key->at[i]))
            kept.at[kept.n++] = key->at[i];
    *key = kept;
}

void xsqlite_target_open(struct sqlite_target *t, struct sqlite_table *table, struct stream *s,
                         const struct type_list *declared, const struct option_list *key)
{
    struct quoted q;
    size_t limit = (size_t)sqlite3_limit(table->database->handle, SQLITE_LIMIT_COLUMN, -1);

    if (s->header.names == NULL)
        name_columns(s, table, declared);
    if (s->header.n > limit)
        die_usage("%zu columns, but SQLite allows at most %zu", s->header.n, limit);
    *t = (struct sqlite_target){ .table = table, .columns = xcalloc(s->header.n, sizeof *t->columns) };
    while (t->n < s->header.n)
        add_column(t, s);
    set_types(t, s, declared);
    t->key = xcolumns(&s->header, "--key", key);
    drop_repeats(&t->key);
    if (t->key.n > 0 && table->exists && !xhas_key(t))
        die_usage("--key: table %s has no primary key or unique index on these columns",
                  quote(&q, span_of(table->name)));
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

sqlite3_stmt *xsqlite_target_insert(const struct sqlite_target *t, bool skips)
{
    return xdatabase_prepare(t->table->database, "%z", insert_sql(t, NULL, skips));
}

sqlite3_stmt *xsqlite_target_insert_all(const struct sqlite_target *t, const char *source, bool skips)
{
    return xdatabase_prepare(t->table->database, "%z", insert_sql(t, source, skips));
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

void sqlite_target_close(struct sqlite_target *t)
{
    for (size_t i = 0; i < t->n; i++)
        free(t->columns[i].in.name);
    free(t->columns);
    columns_free(&t->key);
}
