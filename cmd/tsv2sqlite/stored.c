/* SPDX-License-Identifier: MIT */
#include "stored.h"

#include <stdlib.h>

#include "base/memory.h"

/* The words may also be in a name; then only time is lost. */
static bool checks_rows_alone(const struct sqlite_table *t)
{
    return !t->has_triggers && !xdatabase_run(t->database,
        "SELECT 1 FROM main.sqlite_schema WHERE tbl_name = %Q COLLATE NOCASE AND (sql LIKE '%%check%%' "
        "OR sql LIKE '%%conflict%%' OR sql LIKE '%%references%%' OR sql LIKE '%%autoincrement%%') "
        "UNION ALL SELECT 1 FROM pragma_table_xinfo(%Q, 'main') WHERE hidden > 0 "
        "UNION ALL SELECT 1 FROM pragma_index_list(%Q, 'main') AS i, pragma_index_xinfo(i.name, 'main') AS c "
        "WHERE i.partial OR c.cid = -2 "
        "UNION ALL SELECT 1 FROM pragma_table_list AS l, pragma_foreign_key_list(l.name, 'main') AS f "
        "WHERE l.schema = 'main' AND f.\"table\" = %Q COLLATE NOCASE", t->name, t->name, t->name, t->name);
}

/* The place of the column NAME of T in S, or NULL. */
static struct stored_column *find_column(const struct stored *s, const struct sqlite_target *t, const char *name)
{
    for (size_t i = 0; i < t->n; i++)
        if (sqlite3_stricmp(t->columns[i].in.name, name) == 0)
            return &s->columns[i];
    return NULL;
}

/*
 * Describes the columns. False: the table has another one that is not just NULL. The first column of a primary key is
 * the key of S if there is no other unique key, and the rows are stored in its order: others get their rowids in the
 * order of the records.
 */
static bool read_columns(struct stored *s, const struct sqlite_target *t)
{
    struct database *d = t->table->database;
    bool is_ready = true;
    sqlite3_stmt *columns = xdatabase_prepare(d,
        "SELECT c.name, c.\"notnull\" OR c.pk, c.dflt_value IS NOT NULL, CASE WHEN l.strict THEN CASE upper(c.type) "
        "WHEN 'INT' THEN %d WHEN 'INTEGER' THEN %d WHEN 'REAL' THEN %d WHEN 'BLOB' THEN 99 ELSE -1 END ELSE -1 END, "
        "c.pk = 1 AND s.sql NOT LIKE '%%collate%%' "
        "AND l.wr = (SELECT count(*) FROM pragma_index_list(l.name, 'main') WHERE \"unique\") "
        "FROM main.sqlite_schema AS s, pragma_table_list AS l, pragma_table_xinfo(l.name, 'main') AS c "
        "WHERE s.type = 'table' AND s.name = l.name AND l.schema = 'main' AND l.name = %Q COLLATE NOCASE",
        STORED_INTEGER, STORED_INTEGER, STORED_REAL, t->table->name);

    while (xdatabase_step(d, columns)) {
        struct stored_column *c = find_column(s, t, xdatabase_text(d, columns, 0));
        bool is_required = sqlite3_column_int(columns, 1);
        if (c == NULL) {
            is_ready = is_ready && !is_required && !sqlite3_column_int(columns, 2);
            continue;
        }
        c->to = &t->columns[c - s->columns];
        c->takes_null = !is_required;
        c->only = sqlite3_column_int(columns, 3);
        if (sqlite3_column_int(columns, 4))
            s->key = c;
    }
    sqlite3_finalize(columns);
    return is_ready;
}

bool xstored_open(struct stored *s, const struct sqlite_target *t)
{
    *s = (struct stored){ .n = t->n, .columns = xcalloc(t->n, sizeof *s->columns) };
    xbuffer_reserve(&s->texts, STORED_LIMIT);
    return checks_rows_alone(t->table) && read_columns(s, t);
}

bool stored_read(struct stored *s, const struct record *r)
{
    char *room = s->texts.at;

    if (r->len > STORED_LIMIT)
        return false;
    for (size_t i = 0; i < s->n; i++) {
        struct stored_column *c = &s->columns[i];
        c->text = record_field(r, i);
        c->is_null = r->is_special && tsv_is_null(c->text);
        if (c->is_null) {
            if (!c->takes_null)
                return false;
            continue;
        }
        if (r->is_special)
            c->text = stored_text(c->text, &room);
        if (stored_fit(&c->value, c->text, c->to) != FITS || (c->only >= 0 && (int)c->value.storage != c->only))
            return false;
    }
    return true;
}

void stored_close(struct stored *s)
{
    free(s->columns);
    buffer_free(&s->texts);
}
