/* SPDX-License-Identifier: MIT */
#include "bulk.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/plain.h"
#include "stream/reader_line.h"
#include "stored.h"

/* Names that begin with sqlite_ are reserved: only a forged database has a table of this name. */
#define RECORDS "sqlite_records"

enum {
    LONGEST = 64 << 10, /* bytes of a record; a longer one loses nothing by a statement of its own */
    FEW = 16,           /* records that make up for the cost of a statement that ends in an error */
    PATIENCE = 1023, /* records to leave to the caller, at most, after a statement that loaded few */
    TEST = 1 << 18, /* lines between tests of the order */
    FALLS = 256,    /* sort if more than one record in 256 has a lower key than the one before, ... */
    SORTED = 64,    /* ... of at least 64 records */
};

/* The value of a column in the record being inserted. */
struct bulk_value {
    bool is_null;
    struct sqlite_value value;
    struct span text;
};

/* Reads the fields of R. True: it can have no fault except a violated unique key. False: leave it to the caller. */
static bool read_values(struct bulk *b, const struct record *r)
{
    bool is_strict = b->target->table->is_strict;
    char *room = b->texts.at;

    if (r->len > LONGEST)
        return false;
    for (size_t i = 0; i < b->target->n; i++) {
        const struct target_column *c = &b->target->columns[i];
        struct bulk_value *v = &b->values[i];
        v->text = record_field(r, i);
        v->is_null = r->is_special && tsv_is_null(v->text);
        if (v->is_null && c->in.takes_null)
            continue;
        if (v->is_null)
            return false;
        if (r->is_special)
            v->text = stored_text(v->text, &room);
        /* The storage that a STRICT table demands has the number of the column's affinity. */
        if (stored_fit(&v->value, v->text, c) != FITS || (is_strict && (int)v->value.storage != (int)c->in.affinity))
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
    if (b->record == &b->batch->record ? !batch_next(b->batch) : !stream_next_good(b->stream, b->record))
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
    const struct bulk_value *v = &((struct bulk *)cursor->pVtab)->values[column];

    if (v->is_null)
        return SQLITE_OK;
    switch (v->value.storage) {
    case STORED_INTEGER:
        sqlite3_result_int64(context, v->value.integer);
        break;
    case STORED_REAL:
        sqlite3_result_double(context, v->value.real);
        break;
    case STORED_TEXT:
        sqlite3_result_text64(context, v->text.at, v->text.len, SQLITE_STATIC, SQLITE_UTF8);
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

void xbulk_open(struct bulk *b, const struct sqlite_target *t, struct stream *s, struct batch *batch, bool skips)
{
    struct database *d = t->table->database;

    *b = (struct bulk){ .target = t, .stream = s, .batch = batch, .skips = skips };
    /* Other columns may be NOT NULL or have defaults that are expressions. */
    if (IS_PLAIN || !t->table->checks_rows || (t->table->n > 0 && t->table->n != t->n) ||
        xdatabase_run(d, "SELECT 1 FROM main.sqlite_schema WHERE name = %Q COLLATE NOCASE", RECORDS))
        return;
    b->values = xcalloc(t->n, sizeof *b->values);
    xbuffer_reserve(&b->texts, LONGEST);
    if (sqlite3_create_module_v2(d->handle, RECORDS, &module, b, NULL) != SQLITE_OK)
        die_database(d);
    b->insert = xsqlite_target_insert(t, RECORDS, skips);
    for (b->key = 0; b->key < t->n && !t->columns[b->key].in.is_order;)
        b->key++;
}

/* Takes the next good record if it is in the window. With FILLS also reads more, up to anything unusual. */
static bool xtake(struct stream *s, struct record *r, bool fills)
{
    while (!stream_next_good(s, r))
        if (!fills || stream_has_buffered(s) || xreader_fill(&s->in) != READ_OK)
            return false;
    return true;
}

bool xbulk_gather(struct bulk *b, struct record *r, bool *is_left)
{
    struct batch *a = b->batch;

    if (b->insert == NULL || b->key == b->target->n || r->line < b->next_test)
        return false;
    bool is_text = b->target->columns[b->key].in.affinity == AFFINITY_NONE;
    xbatch_clear(a, b->target->n);
    do {
        *is_left = !read_values(b, r);
        if (!*is_left)
            xbatch_add(a, r, b->key, is_text ? NULL : &b->values[b->key].value);
    } while (!*is_left && !batch_is_full(a) && xtake(b->stream, r, b->sorts));
    if (a->n_falls > 0)
        batch_sort(a);
    b->sorts = a->n >= SORTED && a->n_falls > a->n / FALLS;
    b->next_test = b->sorts ? 0 : b->stream->in.line + TEST;
    return true;
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
        b->is_left = true; /* OR FAIL keeps those before it */
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
    free(b->values);
    buffer_free(&b->texts);
}
