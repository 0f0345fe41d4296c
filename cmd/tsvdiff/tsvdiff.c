/* SPDX-License-Identifier: MIT */
/* tsvdiff: writes what changed between two versions of a table, by key. */
#include <inttypes.h>

#include "base/block.h"
#include "base/buffer.h"
#include "base/die.h"
#include "base/keyset.h"
#include "base/quote.h"
#include "stream/columns.h"
#include "stream/files.h"
#include "stream/stream.h"
#include "sides.h"

struct options {
    struct option_list key; /* k */
    bool check;
    struct stream_options stream;
};

enum { BATCH = 32 }; /* records looked up together, so that their cache misses overlap */

/* A record to look up. Spans are views of the record or of the buffers. */
struct probe {
    uint64_t line;
    struct span text;
    struct span key;
    struct span values;
    uint64_t hash;
    struct buffer key_buffer;
    struct buffer values_buffer;
};

/* The payload of a key. */
struct version {
    size_t place;  /* of the values of OLD in ROWS; IN_NEW: NEW has the key */
    size_t len;    /* of these values */
    uint64_t line; /* where the key was read last */
};

static const size_t IN_NEW = SIZE_MAX;

struct job {
    const struct options *options;
    struct stream stream;
    struct files files;
    struct record record;
    struct sides sides;
    struct keyset keys; /* those of OLD in its order, then those that only NEW has */
    struct block rows;  /* the values of OLD */
    size_t used;        /* bytes of ROWS in use */
    struct probe probes[BATCH];
    size_t n_pending;    /* of PROBES */
    uint64_t n[CHANGES]; /* records by what happened to them */
    bool differ;         /* the tables do */
};

/* Reads the headers of both tables and resolves columns. */
static void resolve(struct job *job)
{
    struct header *const headers[] = { &job->sides.old.header, &job->sides.new.header };

    for (size_t i = 0; xfiles_look(&job->files); i++) {
        xstream_read_header(&job->stream, &job->record);
        *headers[i] = job->stream.header;
        job->stream.header = (struct header){ .n = 0 };
    }
    xsides_resolve(&job->sides, &job->options->key, job->files.names);
    job->differ = sides_differ(&job->sides);
}

/* The values of V, one of OLD. */
static struct span values_of(const struct job *job, const struct version *v)
{
    return (struct span){ job->rows.at + v->place, v->len };
}

static void write_change(struct job *job, struct span key, struct span old, struct span new)
{
    enum change change = xsides_write(&job->sides, &job->stream, key, old, new);

    job->n[change]++;
    job->differ |= change != CHANGE_NONE;
}

/* Adds P, a record of OLD, or compares it, one of NEW. */
static void take(struct job *job, const struct probe *p, bool is_old)
{
    bool is_new;
    struct version *v = xkeyset_add(&job->keys, p->hash, p->key, &is_new);
    struct quoted q;

    if (is_old ? !is_new : v->place == IN_NEW) {
        xstream_reject(&job->stream, p->line, p->text, "duplicate key \"%s\", first in line %" PRIu64
                       "; add columns to -k, or drop duplicates with dedup -k",
                       quote(&q, p->key), v->line);
    } else if (is_old) {
        *v = (struct version){ job->used, p->values.len, p->line };
        job->used += v->len;
        xblock_grow(&job->rows, job->used + 1); /* not empty, even without values */
        memcpy(job->rows.at + v->place, p->values.at, v->len);
    } else {
        write_change(job, p->key, is_new ? (struct span){ NULL, 0 } : values_of(job, v), p->values);
        *v = (struct version){ .place = IN_NEW, .line = p->line };
    }
}

/* Prefetches what the batch will touch: entries, then values of OLD. */
static void prefetch(const struct job *job, bool is_old)
{
    for (size_t i = 0; i < job->n_pending; i++)
        keyset_prefetch_entry(&job->keys, job->probes[i].hash);
    for (size_t i = 0; i < job->n_pending && !is_old; i++) {
        const struct version *v = keyset_find(&job->keys, job->probes[i].hash, job->probes[i].key);
        if (v != NULL && v->place != IN_NEW)
            __builtin_prefetch(job->rows.at + v->place);
    }
}

/* Reads the next table, which is SIDE. */
static void read_table(struct job *job, const struct side *side)
{
    struct stream *s = &job->stream;
    const struct record *r = &job->record;

    xfiles_next(&job->files);
    header_free(&s->header);
    xstream_read_header(s, &job->record);
    for (;;) {
        if (job->n_pending == BATCH || !stream_next_good(s, &job->record)) {
            prefetch(job, side == &job->sides.old);
            for (size_t i = 0; i < job->n_pending; i++)
                take(job, &job->probes[i], side == &job->sides.old);
            job->n_pending = 0;
            if (!xstream_record(s, &job->record))
                return;
        }
        struct probe *p = &job->probes[job->n_pending++];
        p->line = r->line;
        p->text = record_line(r);
        p->key = xcolumns_join(&side->key, r, &p->key_buffer);
        p->values = xcolumns_join(&side->values, r, &p->values_buffer);
        p->hash = keyset_hash(&job->keys, p->key);
        keyset_prefetch(&job->keys, p->hash);
    }
}

static void tsvdiff(struct job *job)
{
    const struct version *v = NULL;
    struct span key;

    xkeyset_open(&job->keys, sizeof(struct version));
    read_table(job, &job->sides.old);
    read_table(job, &job->sides.new);
    while ((v = keyset_next(&job->keys, v, &key)) != NULL)
        if (v->place != IN_NEW)
            write_change(job, key, values_of(job, v), (struct span){ NULL, 0 });
    xfiles_close(&job->files);
}

static void free_job(struct job *job)
{
    keyset_close(&job->keys);
    block_free(&job->rows);
    sides_free(&job->sides);
    record_free(&job->record);
    for (size_t i = 0; i < BATCH; i++) {
        buffer_free(&job->probes[i].key_buffer);
        buffer_free(&job->probes[i].values_buffer);
    }
}

int main(int argc, char **argv)
{
    struct options o = { .check = false };
    const struct option_spec specs[] = {
        { 'k', "key", "COLS", "columns of the key", .list = &o.key },
        { 0, "check", NULL, "exit with status 1 if the tables differ", .flag = &o.check },
    };
    const struct usage usage = { "OLD NEW", "Writes what changed between two versions of a table, by key.",
                                 STREAM_FILTER, specs, sizeof specs / sizeof *specs };
    int first = options_parse(argc, argv, &usage, &o.stream);
    struct job job = { .options = &o };

    if (argc - first != 2)
        die_usage("expected OLD and NEW");
    if (o.key.n == 0)
        die_usage("--key is required");
    xfiles_open(&job.files, &job.stream, &o.stream, (const char *const *)argv + first, 2, 0);
    resolve(&job);
    xsides_write_header(&job.sides, &job.stream);
    tsvdiff(&job);
    free_job(&job);
    job.stream.status = o.check && job.differ ? STATUS_BAD_DATA : STATUS_DONE;
    enum status status = xstream_finish(&job.stream, "%" PRIu64 " added, %" PRIu64 " removed, %" PRIu64 " changed", job.n[CHANGE_ADDED],
                   job.n[CHANGE_REMOVED], job.n[CHANGE_CHANGED]);
    if (job.stream.status != STATUS_DONE)
        warn("%s and %s differ", job.files.names[0], job.files.names[1]);
    return (int)status;
}
