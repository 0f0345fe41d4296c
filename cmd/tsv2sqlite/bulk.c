/* SPDX-License-Identifier: MIT */
#include "bulk.h"

#include <stdlib.h>

#include "base/memory.h"
#include "stored.h"

#ifdef WEIR_PLAIN
enum { IS_ON = false };
#else
enum { IS_ON = true };
#endif

/* Names that begin with sqlite_ are reserved: no table of the database has this one. */
#define RECORDS "sqlite_records"

enum {
    LONGEST = 64 << 10, /* bytes of a record; a longer one loses nothing by a statement of its own */
    FEW = 16,           /* records that make up for the cost of a statement that ends in an error */
    PATIENCE = 1023,
};

/* A column of the target and its value in the record being inserted. */
struct bulk_column {
    const struct target_column *to;
    bool takes_null;
    bool is_strict;    /* it stores only ... */
    enum storage only; /* ... these */
    bool is_null;
    struct sqlite_value value;
    struct span text;
};

/* Reads the fields of R. False: R cannot be inserted, or only its own statement shows whether it can. */
static bool read_values(struct bulk *b, const struct record *r)
{
    char *room = b->texts.at;

    if (r->len > LONGEST)
        return false;
    for (size_t i = 0; i < b->target->n; i++) {
        struct bulk_column *c = &b->columns[i];
        c->text = record_field(r, i);
        c->is_null = r->is_special && tsv_is_null(c->text);
        if (c->is_null) {
            if (!c->takes_null)
                return false;
            continue;
        }
        if (r->is_special)
            c->text = stored_text(c->text, &room);
        if (stored_read(&c->value, c->text, c->to) != FITS || (c->is_strict && c->value.storage != c->only))
            return false;
    }
    return true;
}

static int connect_table(sqlite3 *handle, void *bulk, int n, const char *const *arguments, sqlite3_vtab **out,
                         char **error)
{
    struct bulk *b = bulk;
    sqlite3_str *sql = sqlite3_str_new(handle);

    (void)n, (void)arguments, (void)error;
    for (size_t i = 0; i < b->target->n; i++)
        sqlite3_str_appendf(sql, "%s c%d", i > 0 ? "," : "CREATE TABLE records (", (int)i);
    sqlite3_str_appendall(sql, ")");
    char *text = sqlite3_str_finish(sql);
    if (text == NULL)
        return SQLITE_NOMEM;
    int code = sqlite3_declare_vtab(handle, text);
    sqlite3_free(text);
    b->table = (sqlite3_vtab){ .pModule = NULL };
    *out = &b->table;
    return code == SQLITE_OK ? sqlite3_vtab_config(handle, SQLITE_VTAB_DIRECTONLY) : code;
}

static int plan(sqlite3_vtab *table, sqlite3_index_info *info)
{
    (void)table, (void)info;
    return SQLITE_OK;
}

/* B is the caller's; there is nothing to free. */
static int disconnect_table(sqlite3_vtab *table)
{
    (void)table;
    return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *table, sqlite3_vtab_cursor **out)
{
    struct bulk *b = (struct bulk *)table;

    b->cursor = (sqlite3_vtab_cursor){ .pVtab = table };
    *out = &b->cursor;
    return SQLITE_OK;
}

static int close_cursor(sqlite3_vtab_cursor *cursor)
{
    (void)cursor;
    return SQLITE_OK;
}

/* xbulk_insert() has read the values of the first record. */
static int start(sqlite3_vtab_cursor *cursor, int plan_number, const char *plan_name, int n, sqlite3_value **values)
{
    (void)cursor, (void)plan_number, (void)plan_name, (void)n, (void)values;
    return SQLITE_OK;
}

static int next(sqlite3_vtab_cursor *cursor)
{
    struct bulk *b = (struct bulk *)cursor->pVtab;

    b->n_done++;
    b->is_over = true;
    if (!stream_next_good(b->stream, b->record))
        return SQLITE_OK;
    b->is_left = !read_values(b, b->record);
    b->is_over = b->is_left;
    return SQLITE_OK;
}

static int is_over(sqlite3_vtab_cursor *cursor)
{
    return ((struct bulk *)cursor->pVtab)->is_over;
}

/* The texts stay valid until the row is stored. */
static int give_value(sqlite3_vtab_cursor *cursor, sqlite3_context *context, int column)
{
    const struct bulk_column *c = &((struct bulk *)cursor->pVtab)->columns[column];

    if (c->is_null)
        return SQLITE_OK;
    switch (c->value.storage) {
    case STORED_INTEGER:
        sqlite3_result_int64(context, c->value.integer);
        break;
    case STORED_REAL:
        sqlite3_result_double(context, c->value.real);
        break;
    case STORED_TEXT:
        sqlite3_result_text64(context, c->text.at, c->text.len, SQLITE_STATIC, SQLITE_UTF8);
        break;
    }
    return SQLITE_OK;
}

static int give_rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *rowid)
{
    *rowid = (sqlite3_int64)((struct bulk *)cursor->pVtab)->n_done;
    return SQLITE_OK;
}

/* Without xCreate, the table exists under the module's name, and no other can be made. */
static const sqlite3_module module = {
    .xConnect = connect_table,
    .xBestIndex = plan,
    .xDisconnect = disconnect_table,
    .xOpen = open_cursor,
    .xClose = close_cursor,
    .xFilter = start,
    .xNext = next,
    .xEof = is_over,
    .xColumn = give_value,
    .xRowid = give_rowid,
};

/*
 * Whether T checks a row by nothing but its values and its unique keys, and an INSERT changes nothing else. The words
 * may also be in a name; then only time is lost.
 */
static bool checks_rows_alone(const struct sqlite_table *t)
{
    return !t->has_triggers && !xdatabase_run(t->database,
        "SELECT 1 FROM main.sqlite_schema WHERE name = '" RECORDS "' COLLATE NOCASE OR (tbl_name = %Q COLLATE NOCASE "
        "AND (sql LIKE '%%check%%' OR sql LIKE '%%conflict%%' OR sql LIKE '%%references%%' "
        "OR sql LIKE '%%autoincrement%%')) "
        "UNION ALL SELECT 1 FROM pragma_table_xinfo(%Q, 'main') WHERE hidden > 0 "
        "UNION ALL SELECT 1 FROM pragma_index_list(%Q, 'main') AS i, pragma_index_xinfo(i.name, 'main') AS c "
        "WHERE i.partial OR c.cid = -2 "
        "UNION ALL SELECT 1 FROM pragma_table_list AS l, pragma_foreign_key_list(l.name, 'main') AS f "
        "WHERE l.schema = 'main' AND f.\"table\" = %Q COLLATE NOCASE", t->name, t->name, t->name, t->name);
}

/* The place of the column NAME in T, or NULL. */
static struct bulk_column *find_column(struct bulk *b, const char *name)
{
    for (size_t i = 0; i < b->target->n; i++)
        if (sqlite3_stricmp(b->target->columns[i].in.name, name) == 0)
            return &b->columns[i];
    return NULL;
}

/* Describes the columns. False: the table has another one that is not just NULL. */
static bool read_columns(struct bulk *b)
{
    struct database *d = b->target->table->database;
    bool is_ready = true;
    sqlite3_stmt *columns = xdatabase_prepare(d,
        "SELECT c.name, c.\"notnull\" OR c.pk, c.dflt_value IS NOT NULL, l.strict AND c.type <> 'ANY' COLLATE NOCASE, "
        "CASE upper(c.type) WHEN 'INT' THEN %d WHEN 'INTEGER' THEN %d WHEN 'REAL' THEN %d WHEN 'TEXT' THEN %d "
        "ELSE -1 END FROM pragma_table_list AS l, pragma_table_xinfo(l.name, 'main') AS c "
        "WHERE l.schema = 'main' AND l.name = %Q COLLATE NOCASE",
        STORED_INTEGER, STORED_INTEGER, STORED_REAL, STORED_TEXT, b->target->table->name);

    while (xdatabase_step(d, columns)) {
        struct bulk_column *c = find_column(b, xdatabase_text(d, columns, 0));
        bool is_required = sqlite3_column_int(columns, 1);
        if (c == NULL) {
            is_ready = is_ready && !is_required && !sqlite3_column_int(columns, 2);
            continue;
        }
        *c = (struct bulk_column){ .to = &b->target->columns[c - b->columns], .takes_null = !is_required };
        c->is_strict = sqlite3_column_int(columns, 3);
        c->only = (enum storage)sqlite3_column_int(columns, 4);
    }
    sqlite3_finalize(columns);
    return is_ready;
}

void xbulk_open(struct bulk *b, const struct sqlite_target *t, struct stream *s, bool skips)
{
    struct database *d = t->table->database;

    *b = (struct bulk){ .target = t, .stream = s, .skips = skips };
    if (!IS_ON || !checks_rows_alone(t->table))
        return;
    b->columns = xcalloc(t->n, sizeof *b->columns);
    xbuffer_reserve(&b->texts, LONGEST);
    if (!read_columns(b))
        return;
    if (sqlite3_create_module_v2(d->handle, RECORDS, &module, b, NULL) != SQLITE_OK)
        die_database(d);
    b->insert = xsqlite_target_insert_all(t, RECORDS, skips);
}

bool xbulk_insert(struct bulk *b, struct record *r)
{
    struct database *d = b->target->table->database;

    b->n_done = b->n_inserted = 0;
    if (b->insert == NULL)
        return true;
    if (b->n_waits > 0 || !read_values(b, r)) {
        b->n_waits -= b->n_waits > 0;
        return true;
    }
    b->record = r;
    b->is_over = b->is_left = false;
    switch (sqlite3_step(b->insert) & 0xff) {
    case SQLITE_DONE:
        break;
    case SQLITE_CONSTRAINT:
        b->is_left = true; /* and those before it are kept: OR FAIL */
        break;
    default:
        die_database(d);
    }
    b->n_inserted = (size_t)sqlite3_changes(d->handle);
    if (b->n_inserted > b->n_done || (b->n_inserted < b->n_done && !b->skips))
        die_database(d); /* SQLite would have undone rows */
    sqlite3_reset(b->insert);
    b->patience = !b->is_left || b->n_done >= FEW ? 0 : b->patience < PATIENCE ? 2 * b->patience + 1 : PATIENCE;
    b->n_waits = b->patience;
    return b->is_left;
}

void bulk_close(struct bulk *b)
{
    sqlite3_finalize(b->insert);
    free(b->columns);
    buffer_free(&b->texts);
}
