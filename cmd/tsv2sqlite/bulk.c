/* SPDX-License-Identifier: MIT */
#include "bulk.h"

#ifdef WEIR_PLAIN
enum { IS_ON = false };
#else
enum { IS_ON = true };
#endif

/* Names that begin with sqlite_ are reserved: no table of the database has this one. */
#define RECORDS "sqlite_records"

enum {
    FEW = 16, /* records that make up for the cost of a statement that ends in an error */
    PATIENCE = 1023,
    STREAMED = 64, /* windows or batches between tests of the order */
    FALLS = 256,   /* sort if one record in so many has a lower key than the one before ... */
    SORTED = 64,   /* ... of at least so many */
};

static int connect_table(sqlite3 *handle, void *bulk, int n, const char *const *arguments, sqlite3_vtab **out,
                         char **error)
{
    struct bulk *b = bulk;
    sqlite3_str *sql = sqlite3_str_new(handle);

    (void)n, (void)arguments, (void)error;
    for (size_t i = 0; i < b->values.n; i++)
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
    if (b->record == &b->batch.record ? !batch_next(&b->batch) : !stream_next_good(b->stream, b->record))
        return SQLITE_OK;
    b->is_left = !stored_read(&b->values, b->record);
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
    const struct stored_column *c = &((struct bulk *)cursor->pVtab)->values.columns[column];

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

/* Without xCreate, the table exists under the module's name, and no other can be made. Nothing asks for its rowids. */
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
};

void xbulk_open(struct bulk *b, const struct sqlite_target *t, struct stream *s, bool skips)
{
    struct database *d = t->table->database;

    *b = (struct bulk){ .database = d, .stream = s, .skips = skips };
    if (!IS_ON || !xstored_open(&b->values, t) ||
        xdatabase_run(d, "SELECT 1 FROM main.sqlite_schema WHERE name = %Q COLLATE NOCASE", RECORDS))
        return;
    if (sqlite3_create_module_v2(d->handle, RECORDS, &module, b, NULL) != SQLITE_OK)
        die_database(d);
    b->insert = xsqlite_target_insert_all(t, RECORDS, skips);
}

bool xbulk_gather(struct bulk *b, struct record *r, bool *is_left)
{
    struct batch *a = &b->batch;

    if (b->insert == NULL || b->values.key == NULL || b->n_streamed > 0) {
        b->n_streamed -= b->n_streamed > 0;
        return false;
    }
    *is_left = xbatch_gather(a, b->stream, &b->values, r, b->sorts);
    b->sorts = a->n >= SORTED && a->n_falls > a->n / FALLS;
    b->n_streamed = b->sorts ? 0 : STREAMED;
    return true;
}

bool xbulk_insert(struct bulk *b, struct record *r)
{
    struct database *d = b->database;

    b->n_done = b->n_inserted = 0;
    if (b->insert == NULL)
        return true;
    if (b->n_waits > 0 || !stored_read(&b->values, r)) {
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
    stored_close(&b->values);
    batch_close(&b->batch);
}
