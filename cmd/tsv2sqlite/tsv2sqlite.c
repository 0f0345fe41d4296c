/* SPDX-License-Identifier: MIT */
/* tsv2sqlite: loads records into a table of an SQLite database, all of them or none. */
#include <inttypes.h>

#include "base/die.h"
#include "base/quote.h"
#include "stream/database.h"
#include "stream/hint.h"
#include "stream/options.h"
#include "stream/stats.h"
#include "stream/stream.h"
#include "value/type_list.h"
#include "batch.h"
#include "load_log.h"
#include "sample.h"
#include "sqlite_loader.h"
#include "sqlite_table.h"
#include "sqlite_target.h"
#include "stop.h"
#include "transaction.h"

struct options {
    bool append, replace, ignore, upsert; /* at most one of them */
    struct option_list types;                    /* c */
    struct option_list key;                      /* k */
    const char *once;
    uint64_t timeout; /* seconds */
    bool trust_schema;
    struct stream_options stream;
};

struct job {
    const struct options *options;
    struct type_list declared; /* by options->types */
    struct database database;
    struct sqlite_table table;
    struct stream stream;
    struct record record;
    struct batch batch;
    struct sqlite_target target;
    struct sqlite_loader loader;
};

static void check(const struct options *o, char **operands, int n_operands)
{
    if (n_operands > 2)
        xhint_file(span_of(operands[2]));
    if (n_operands != 2)
        die_usage("expected DATABASE and TABLE");
    if (o->append + o->replace + o->ignore + o->upsert > 1)
        die_usage("--append, --replace, --ignore and --upsert cannot be combined");
    if (o->upsert && o->key.n == 0)
        die_usage("--upsert requires --key");
}

/* Opens the database PATH, takes its write lock and describes table NAME. */
static void open_table(struct job *job, const char *path, const char *name)
{
    const struct options *o = job->options;
    const char *reason;
    struct quoted q;

    quote(&q, span_of(name));
    job->database = (struct database){ .path = path, .timeout = o->timeout, .trusts_schema = o->trust_schema };
    xdatabase_open(&job->database);
    xtransaction_begin(&job->database);
    xstop_guard(&job->database, &job->loader);
    reason = xsqlite_table_open(&job->table, &job->database, name);
    if (reason != NULL)
        die_usage("table %s: %s", q.text, reason);
    if (o->stream.no_header && !job->table.exists && job->declared.n == 0)
        die_usage("--no-header requires --types to name the columns of the new table %s", q.text);
    if (o->ignore && o->key.n == 0 && !job->table.has_unique)
        die_usage("--ignore requires a unique key, and table %s has none%s", q.text,
                  job->table.exists ? "" : "; --key makes one");
}

/* Deletes what --replace deletes. False: --once names a load that was done before. */
static bool begin(struct job *job)
{
    const struct options *o = job->options;

    if (!job->table.exists)
        xload_log_forget(&job->database, job->table.name);
    if (o->once != NULL && xload_log_has(&job->database, o->once, job->table.name))
        return false;
    if (o->replace && job->table.exists) {
        xload_log_forget(&job->database, job->table.name);
        xsqlite_table_clear(&job->table);
    }
    return true;
}

static void resolve(struct job *job)
{
    const struct options *o = job->options;

    xstream_open(&job->stream, &o->stream);
    job->stream.in.stop = &stop_signal;
    xstream_read_header(&job->stream, &job->record);
    xstop_check();
    xsqlite_target_open(&job->target, &job->table, &job->stream, &job->declared, &o->key);
}

static void load(struct job *job, const struct record *r)
{
    const char *reason = xsqlite_loader_add(&job->loader, r);

    if (reason == NULL)
        return;
    if (sqlite3_get_autocommit(job->database.handle))
        xstream_stop(&job->stream, r->line, "%s; the table rolled back the whole load", reason);
    xstream_reject(&job->stream, r->line, record_line(r), "%s", reason);
}

/*
 * Loads the records of the batch. If it was sorted, records that violate the key are rejected afterwards, in the order
 * of lines. They can have no other fault, so the last reason is that of all.
 */
static void load_batch(struct job *job)
{
    struct batch *b = &job->batch;

    xstop_check();
    while (batch_next(b)) {
        if (xsqlite_loader_add_all(&job->loader, &b->record))
            continue;
        if (b->n_falls == 0)
            load(job, &b->record);
        else if (xsqlite_loader_add(&job->loader, &b->record) != NULL)
            batch_keep(b);
    }
    batch_again(b);
    while (batch_next(b))
        xstream_reject(&job->stream, b->record.line, record_line(&b->record), "%s", job->loader.reason);
}

static void load_all(struct job *job)
{
    struct record *r = &job->record;
    bool is_left;

    while (xstream_record(&job->stream, r)) {
        if (xbulk_gather(&job->loader.bulk, r, &is_left))
            load_batch(job);
        else
            is_left = !xsqlite_loader_add_all(&job->loader, r);
        if (is_left)
            load(job, r);
    }
}

static void tsv2sqlite(struct job *job)
{
    const struct options *o = job->options;
    enum load_mode mode = o->ignore ? LOAD_IGNORE : o->upsert ? LOAD_UPDATE : LOAD_INSERT;
    const struct sqlite_value no_order = { .storage = STORED_INTEGER };

    xbatch_clear(&job->batch, job->target.n);
    if (!job->table.exists) {
        while (!sample_is_full(&job->batch) && xstream_record(&job->stream, &job->record))
            xbatch_add(&job->batch, &job->record, 0, &no_order);
        xsqlite_target_create(&job->target, &job->batch);
    }
    xsqlite_loader_open(&job->loader, &job->target, &job->stream, &job->batch, mode, o->stream.rejects != NULL);
    load_batch(job);
    load_all(job);
}

/* Commits, and only then prints the summary. */
static void commit(struct job *job)
{
    const char *rejects = job->options->stream.rejects;
    const struct sqlite_loader *done = &job->loader;
    struct quoted q;

    xstop_check();
    xstream_close(&job->stream);
    if (job->options->once != NULL)
        xload_log_add(&job->database, job->options->once, job->table.name, done->n_inserted + done->n_updated);
    xstop_check();
    xtransaction_commit(&job->database, job->table.name);
    job->stream.n_written = done->n_inserted + done->n_updated;
    warn("%s: %" PRIu64 " read, %" PRIu64 " inserted, %" PRIu64 " updated, %" PRIu64 " ignored, %" PRIu64
         " rejected%s%s", quote(&q, span_of(job->table.name)), job->stream.n_read, done->n_inserted, done->n_updated,
         done->n_ignored, job->stream.n_rejected, rejects != NULL ? " to " : "", rejects != NULL ? rejects : "");
}

static void finish(struct job *job)
{
    sqlite_loader_close(&job->loader);
    sqlite_target_close(&job->target);
    sqlite_table_close(&job->table);
    database_close(&job->database);
    record_free(&job->record);
    batch_close(&job->batch);
}

int main(int argc, char **argv)
{
    struct options o = { .timeout = 5 };
    const struct option_spec specs[] = {
        { 'c', "types", "COL:TYPE,...", "types of columns: int, num, bool, time, str, json", .list = &o.types },
        { 'k', "key", "COLS", "columns of the key", .list = &o.key },
        { 0, "append", NULL, "keep the rows of the table (default)", .flag = &o.append },
        { 0, "replace", NULL, "delete the rows of the table first", .flag = &o.replace },
        { 0, "ignore", NULL, "skip records whose key is in the table", .flag = &o.ignore },
        { 0, "upsert", NULL, "update the row with the record's key (-k), or insert", .flag = &o.upsert },
        { 0, "once", "ID", "do nothing if ID was loaded before", .text = &o.once },
        { 0, "timeout", "SECONDS", "how long to wait for a locked database (5)", .number = &o.timeout },
        { 0, "trust-schema", NULL, "let the schema use all functions, such as json_valid()", .flag = &o.trust_schema },
    };
    const struct usage usage = {
        "DATABASE TABLE",
        "Loads records into a table of an SQLite database, all of them or none.",
        STREAM_SINK,
        specs,
        sizeof specs / sizeof *specs,
    };
    int first = options_parse(argc, argv, &usage, &o.stream);
    struct job job = { .options = &o };
    struct quoted table;
    struct quoted id;

    check(&o, argv + first, argc - first);
    xtype_list_parse(&job.declared, &o.types, !o.stream.no_header);
    open_table(&job, argv[first], argv[first + 1]);
    if (begin(&job)) {
        resolve(&job);
        tsv2sqlite(&job);
        commit(&job);
    } else {
        warn("%s: load %s was done before", quote(&table, span_of(job.table.name)), quote(&id, span_of(o.once)));
    }
    stats_end(STATUS_DONE); /* a failure is said; what was loaded is loaded */
    finish(&job);
    type_list_free(&job.declared);
    return STATUS_DONE;
}
