/* SPDX-License-Identifier: MIT */
/* tsv2sqlite: loads records into a table of an SQLite database, all of them or none. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/die.h"
#include "base/quote.h"
#include "stream/options.h"
#include "stream/stream.h"
#include "value/type_list.h"
#include "database.h"
#include "load_log.h"
#include "sample.h"
#include "sqlite_loader.h"
#include "sqlite_table.h"
#include "sqlite_target.h"

struct options {
    bool append, replace, ignore, upsert; /* at most one of them */
    const char *types;                    /* c */
    const char *key;                      /* k */
    const char *once;
    uint64_t timeout; /* seconds */
    struct stream_options stream;
    struct type_list declared; /* derived from types */
};

/* A load under way. */
struct load {
    const struct options *options;
    struct database database;
    struct sqlite_table table;
    struct stream stream;
    struct sqlite_target target;
    struct sqlite_loader loader;
};

/* What the end of the program by a signal or die() has to know. */
static volatile sig_atomic_t stopped_by;
static int no_input;
static struct load *load_at_work;

/* From now on standard input is at its end, so that the program comes to where it can roll back. */
static void stop(int number)
{
    int error = errno;

    stopped_by = number;
    dup2(no_input, STDIN_FILENO);
    errno = error;
}

/* Leaves neither a transaction nor a journal behind. */
static void abandon(void)
{
    database_rollback(&load_at_work->database);
    sqlite_loader_close(&load_at_work->loader);
    database_close(&load_at_work->database);
    if (stopped_by != 0) {
        warn("%s: nothing was loaded", strsignal(stopped_by));
        signal(stopped_by, SIG_DFL);
        raise(stopped_by);
    }
}

static void prepare_to_abandon(struct load *l)
{
    static const int signals[] = { SIGHUP, SIGINT, SIGTERM };
    struct sigaction action;

    load_at_work = l;
    no_input = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (no_input < 0)
        die_errno("/dev/null");
    if (at_quick_exit(abandon) != 0)
        die(STATUS_SYSTEM, "out of memory");
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        if (sigaction(signals[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
            sigaction(signals[i], &(struct sigaction){ .sa_handler = stop, .sa_flags = SA_RESTART }, NULL);
    signal(SIGXFSZ, SIG_IGN); /* SQLite sees EFBIG and says so */
    signal(SIGPIPE, SIG_IGN); /* nobody reads the messages: no reason to fail after the commit */
}

static void load_record(struct load *l, const struct record *r)
{
    const char *reason = xsqlite_loader_add(&l->loader, r);

    if (reason == NULL)
        return;
    if (sqlite3_get_autocommit(l->database.handle))
        xstream_stop(&l->stream, r->line, "%s, and the table rolls all back", reason);
    xstream_reject(&l->stream, r->line, record_line(r), "%s", reason);
}

static void tsv2sqlite(struct load *l, struct record *r)
{
    const struct options *o = l->options;
    struct sample sample;

    xsample_open(&sample);
    if (!l->table.exists) {
        while (!sample_is_full(&sample) && xstream_record(&l->stream, r))
            xsample_add(&sample, r);
        xsqlite_target_create(&l->target, &sample, r);
    }
    xsqlite_loader_open(&l->loader, &l->target, o->ignore ? LOAD_IGNORE : o->upsert ? LOAD_UPDATE : LOAD_INSERT,
                        o->stream.rejects != NULL);
    for (size_t i = 0; i < sample.n; i++) {
        sample_record(&sample, i, r);
        load_record(l, r);
    }
    sample_close(&sample);
    while (xstream_record(&l->stream, r))
        load_record(l, r);
}

static void check_options(struct options *o, int n_operands)
{
    struct span wrong;
    struct quoted q;

    if (n_operands != 2)
        die_usage("it takes a DATABASE and a TABLE");
    if (o->append + o->replace + o->ignore + o->upsert > 1)
        die_usage("--append, --replace, --ignore and --upsert cannot be combined");
    if (o->upsert && o->key == NULL)
        die_usage("--upsert needs --key");
    if (o->timeout > INT_MAX / 1000)
        die_usage("--timeout: at most %d seconds", INT_MAX / 1000);
    if (o->types == NULL)
        return;
    if (!xtype_list_parse(&o->declared, o->types, &wrong))
        die_usage("--types: %s: no type (int, num, bool, time, str or json)", quote(&q, wrong));
    for (size_t i = 0; i < o->declared.n && !o->stream.no_header; i++)
        if (o->declared.items[i].type == TYPE_ANY)
            die_usage("--types: %s: no type", quote(&q, span_of(o->declared.items[i].name)));
}

/* Takes the write lock of database PATH and looks at table NAME there. */
static void open_table(struct load *l, const char *path, const char *name)
{
    const struct options *o = l->options;
    const char *reason;
    struct quoted q;

    quote(&q, span_of(name));
    if (*path == '\0')
        die_usage("the database has no name");
    xdatabase_open(&l->database, path, (int)o->timeout * 1000);
    xdatabase_begin(&l->database);
    prepare_to_abandon(l);
    reason = xsqlite_table_open(&l->table, &l->database, name);
    if (reason != NULL)
        die_usage("table %s: %s", q.text, reason);
    if (o->stream.no_header && !l->table.exists && o->declared.n == 0)
        die_usage("--no-header needs --types to name the columns of the new table %s", q.text);
    if (o->ignore && o->key == NULL && !l->table.has_unique)
        die_usage("--ignore needs a unique key, and table %s has none; --key makes one", q.text);
}

/* Whether there is something to load; then what has to go has gone. */
static bool start(struct load *l)
{
    const struct options *o = l->options;

    if (!l->table.exists)
        xload_log_forget(&l->database, l->table.name);
    if (o->once != NULL && xload_log_has(&l->database, o->once, l->table.name))
        return false;
    if (o->replace && l->table.exists) {
        xload_log_forget(&l->database, l->table.name);
        xsqlite_table_clear(&l->table);
    }
    return true;
}

/* Commits, and only then says so. */
static void finish(struct load *l)
{
    const struct options *o = l->options;
    const struct sqlite_loader *done = &l->loader;
    struct quoted q;

    if (l->stream.is_stopped || stopped_by != 0)
        quick_exit(STATUS_SYSTEM); /* abandon() says why */
    xstream_close(&l->stream);
    if (o->once != NULL)
        xload_log_add(&l->database, o->once, l->table.name, done->n_inserted + done->n_updated);
    xdatabase_commit(&l->database);
    warn("%s: %" PRIu64 " read, %" PRIu64 " inserted, %" PRIu64 " updated, %" PRIu64 " ignored, %" PRIu64
         " rejected%s%s", quote(&q, span_of(l->table.name)), l->stream.n_read, done->n_inserted, done->n_updated,
         done->n_ignored, l->stream.n_rejected, o->stream.rejects != NULL ? " to " : "",
         o->stream.rejects != NULL ? o->stream.rejects : "");
}

int main(int argc, char **argv)
{
    struct options o = { .timeout = 5 };
    const struct option_spec specs[] = {
        { 'c', "types", "COL:TYPE,...", "types of columns: int num bool time str json", .text = &o.types },
        { 'k', "key", "COLS", "columns that make the key", .text = &o.key },
        { 0, "append", NULL, "add to what the table holds (default)", .flag = &o.append },
        { 0, "replace", NULL, "delete what it holds first", .flag = &o.replace },
        { 0, "ignore", NULL, "skip records whose key it has", .flag = &o.ignore },
        { 0, "upsert", NULL, "update the row that has the key (-k), or insert", .flag = &o.upsert },
        { 0, "once", "ID", "do nothing if ID was loaded before", .text = &o.once },
        { 0, "timeout", "SECONDS", "how long to wait for a locked database (5)", .number = &o.timeout },
    };
    const struct usage usage = {
        "DATABASE TABLE",
        "Loads records into a table of an SQLite database, all of them or none.",
        STREAM_SINK,
        specs,
        sizeof specs / sizeof *specs,
    };
    int first = options_parse(argc, argv, &usage, &o.stream);
    struct load l = { .options = &o };
    struct record r = { .n_fields = 0 };
    struct quoted table;
    struct quoted id;

    check_options(&o, argc - first);
    open_table(&l, argv[first], argv[first + 1]);
    if (start(&l)) {
        xstream_open(&l.stream, &o.stream);
        l.stream.in.stop = &stopped_by;
        xstream_read_header(&l.stream, &r);
        if (!l.stream.is_stopped) {
            xsqlite_target_open(&l.target, &l.table, &l.stream, &o.declared, o.key);
            tsv2sqlite(&l, &r);
        }
        finish(&l);
    } else {
        warn("%s: load %s was done before", quote(&table, span_of(l.table.name)), quote(&id, span_of(o.once)));
    }
    sqlite_loader_close(&l.loader);
    sqlite_target_close(&l.target);
    sqlite_table_close(&l.table);
    database_close(&l.database);
    type_list_free(&o.declared);
    record_free(&r);
    return STATUS_DONE;
}
