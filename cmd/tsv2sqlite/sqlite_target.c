/* SPDX-License-Identifier: MIT */
#include "sqlite_target.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/quote.h"
#include "stream/tsv.h"

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
    if (t->key.n > 0 && table->exists && !xsqlite_target_has_key(t))
        die_usage("--key: table %s has no primary key or unique index on these columns",
                  quote(&q, span_of(table->name)));
}

void sqlite_target_close(struct sqlite_target *t)
{
    for (size_t i = 0; i < t->n; i++)
        free(t->columns[i].in.name);
    free(t->columns);
    columns_free(&t->key);
}
