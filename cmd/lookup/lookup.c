/* SPDX-License-Identifier: MIT */
/* lookup: adds to each record the columns of the record of a table that has its key. */
#include <inttypes.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/die.h"
#include "base/memory.h"
#include "stream/columns.h"
#include "stream/options.h"
#include "stream/stream.h"
#include "stream/tsv.h"
#include "table.h"

enum { BATCH = 32 }; /* records whose places in the table are fetched together */

struct options {
    const char *table;     /* f */
    const char *key;       /* k */
    const char *table_key; /* K */
    const char *add;       /* a */
    bool left;
    bool anti;
    bool semi;
    bool multi;
    bool ignore_case;      /* i */
    struct stream_options stream;
};

struct lookup {
    const struct options *options;
    struct columns key;
    struct table_rules rules;
    struct span *names; /* of the columns added; none under -N */
    struct table table;
    struct span no_match; /* what --left appends to a record without a match */
    struct span lines[BATCH];
    struct table_probe probes[BATCH];
    size_t n_pending;
    uint64_t n_written;
    uint64_t n_unmatched;
};

static void check(struct options *o)
{
    if (o->table == NULL || o->key == NULL)
        die_usage("--%s is missing", o->table == NULL ? "table" : "key");
    if (strcmp(o->table, "-") == 0)
        die_usage("the table must be a file: standard input holds the records");
    if (o->left + o->anti + o->semi > 1)
        die_usage("--left, --anti and --semi cannot be combined");
    if (o->add != NULL && (o->anti || o->semi))
        die_usage("--%s adds no columns: --add makes no sense", o->anti ? "anti" : "semi");
    if (o->table_key == NULL)
        o->table_key = o->key;
    if (columns_count(o->key) != columns_count(o->table_key))
        die_usage("--key and --table-key differ in the number of columns: %zu and %zu", columns_count(o->key),
                  columns_count(o->table_key));
}

/* Two readers of one pipe would each get a part of it; a regular file is read from its start by each. */
static void check_table_file(int fd)
{
    struct stat table;
    struct stat input;

    if (fstat(fd, &table) == 0 && fstat(STDIN_FILENO, &input) == 0 && table.st_dev == input.st_dev &&
        table.st_ino == input.st_ino && S_ISFIFO(table.st_mode))
        die_usage("the table must be a file: standard input holds the records");
}

/* Finds the columns that are added: those of --add, else all of TABLE but the key. */
static void find_added(struct lookup *l, struct stream *table)
{
    if (l->options->anti || l->options->semi)
        return;
    if (l->options->add != NULL) {
        l->rules.added = xcolumns_named(&table->header, "add", l->options->add, &l->names);
        return;
    }
    if (l->options->left && table->header.n == 0)
        die(STATUS_BAD_DATA, "%s: no records, and so no columns to fill with nulls: --add must name them", table->name);
    l->rules.added.at = xcalloc(table->header.n, sizeof *l->rules.added.at);
    l->names = xcalloc(table->header.n, sizeof *l->names);
    bool *is_key = xcolumns_set(&l->rules.key, table->header.n);
    for (size_t i = 0; i < table->header.n; i++) {
        if (is_key[i])
            continue;
        if (table->header.names != NULL)
            l->names[l->rules.added.n] = table->header.names[i];
        l->rules.added.at[l->rules.added.n++] = i;
    }
    free(is_key);
}

/* The header line: each name that is added must be spelled as a field, and new. */
static void check_names(const struct lookup *l, const struct header *h)
{
    struct quoted q;
    size_t column;

    for (size_t i = 0; h->names != NULL && i < l->rules.added.n; i++) {
        if (!xtsv_is_field(l->names[i]))
            die_usage("--add: the name %s needs escapes as in a header line", quote(&q, l->names[i]));
        if (header_find_name(h, l->names[i], &column))
            die_usage("the records have a column %s too: rename it, as in --add NEW=%s", quote(&q, l->names[i]),
                      q.text);
    }
}

static void write_header(const struct lookup *l, struct stream *s)
{
    xstream_add_names(s, &s->header);
    for (size_t i = 0; i < l->rules.added.n && !s->options->no_header; i++)
        xstream_add_name(s, l->names[i]);
    xstream_end_header(s);
}

/* The end of a line without a match: null for each of N columns. For the caller to free. */
static struct span make_no_match(size_t n)
{
    char *text = xmalloc(3 * n + 1);

    for (size_t i = 0; i < n; i++)
        memcpy(text + 3 * i, "\t\\N", 3);
    text[3 * n] = '\n';
    return (struct span){ text, 3 * n + 1 };
}

/* Writes the record LINE with its END, which has the LF. */
static inline void write_record(struct lookup *l, struct writer *out, struct span line, struct span end)
{
    xwriter_bytes(out, line);
    xwriter_bytes(out, end);
    writer_commit(out);
    l->n_written++;
}

/* Writes what comes of the record LINE, whose first match is ROW. */
static void join(struct lookup *l, struct writer *out, struct span line, const struct table_row *row)
{
    const struct options *o = l->options;

    l->n_unmatched += row == NULL;
    if (o->anti || o->semi) {
        if ((row == NULL) == o->anti)
            write_record(l, out, line, (struct span){ "\n", 1 });
    } else if (row == NULL && o->left) {
        write_record(l, out, line, l->no_match);
    } else {
        for (; row != NULL; row = table_next(&l->table, row))
            write_record(l, out, line, (struct span){ row->text, row->len });
    }
}

static void settle(struct lookup *l, struct writer *out)
{
    table_find(&l->table, l->probes, l->n_pending);
    for (size_t i = 0; i < l->n_pending; i++)
        join(l, out, l->lines[i], l->probes[i].row);
    l->n_pending = 0;
}

static void lookup(struct lookup *l, struct stream *s, struct record *r)
{
    for (;;) {
        if (l->n_pending == BATCH || !stream_next_good(s, r)) {
            settle(l, &s->out);
            if (!xstream_record(s, r))
                return;
        }
        l->lines[l->n_pending] = record_line(r);
        xtable_probe(&l->table, &l->probes[l->n_pending++], &l->key, r);
    }
}

static void lookup_close(struct lookup *l)
{
    table_close(&l->table);
    columns_free(&l->key);
    columns_free(&l->rules.key);
    columns_free(&l->rules.added);
    free(l->names);
    free((char *)l->no_match.at);
    for (size_t i = 0; i < BATCH; i++)
        table_probe_free(&l->probes[i]);
}

int main(int argc, char **argv)
{
    struct options o = { .table = NULL };
    const struct option_spec specs[] = {
        { 'f', "table", "TABLE", "the file of records to look up in", .text = &o.table },
        { 'k', "key", "COLS", "columns that make the key", .text = &o.key },
        { 'K', "table-key", "COLS", "those of the table (default: the same)", .text = &o.table_key },
        { 'a', "add", "COLS", "columns of the table to add, COL or NAME=COL (all but its key)", .text = &o.add },
        { 'i', "ignore-case", NULL, "ASCII letters of keys in either case are the same", .flag = &o.ignore_case },
        { 0, "left", NULL, "keep records without a match, with nulls", .flag = &o.left },
        { 0, "anti", NULL, "only records without a match; add nothing", .flag = &o.anti },
        { 0, "semi", NULL, "only records with a match; add nothing", .flag = &o.semi },
        { 0, "multi", NULL, "a key may stand in the table twice: a record for each match", .flag = &o.multi },
    };
    const struct usage usage = { "", "Adds to each record the columns of the record of a table that has its key.",
                                 STREAM_FILTER, specs, sizeof specs / sizeof *specs };
    options_parse(argc, argv, &usage, &o.stream);
    struct lookup l = { .options = &o, .rules = { .ignore_case = o.ignore_case, .multi = o.multi } };
    struct stream s;
    struct stream table;
    struct record r = { .text = NULL };
    struct record table_record = { .text = NULL };

    check(&o);
    const struct stream_options table_options = { .no_header = o.stream.no_header, .max_line = o.stream.max_line, .kind = STREAM_FILTER };
    xstream_open_file(&table, o.table, &table_options);
    check_table_file(table.in.fd);
    xstream_open(&s, &o.stream);
    xstream_read_header(&s, &r);
    xstream_read_header(&table, &table_record);
    l.key = xcolumns(&s.header, "key", o.key);
    l.rules.key = xcolumns(&table.header, "table-key", o.table_key);
    find_added(&l, &table);
    check_names(&l, &s.header);
    l.no_match = make_no_match(l.rules.added.n);
    xtable_load(&l.table, &table, &table_record, &l.rules);
    write_header(&l, &s);
    xstream_close(&table);
    lookup(&l, &s, &r);
    lookup_close(&l);
    record_free(&r);
    record_free(&table_record);
    return (int)xstream_finish(&s, "%" PRIu64 " written, %" PRIu64 " without a match", l.n_written, l.n_unmatched);
}
