/* SPDX-License-Identifier: MIT */
/* dedup: one record for each key, in order of first appearance. */
#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/die.h"
#include "base/memory.h"
#include "stream/columns.h"
#include "stream/options.h"
#include "stream/stream.h"
#include "stream/writer.h"
#include "distinct.h"

struct options {
    const char *key;  /* k */
    const char *max;
    const char *min;
    const char *dups;
    bool ignore_case; /* i */
    bool count;
    int keep;         /* enum distinct_keep; -1: not given */
    uint64_t memory;  /* S */
    struct stream_options stream;
};

/* A quarter of the machine's memory. */
static uint64_t default_memory(void)
{
    return (uint64_t)sysconf(_SC_PHYS_PAGES) * (uint64_t)sysconf(_SC_PAGESIZE) / 4;
}

static void check(const struct options *o)
{
    if ((o->max != NULL) + (o->min != NULL) + (o->keep >= 0) > 1)
        die_usage("--keep, --max and --min cannot be combined");
}

static struct distinct_rules resolve(struct stream *s, const struct options *o)
{
    struct distinct_rules rules = {
        .key = xcolumns(&s->header, "key", o->key),
        .by = xcolumns(&s->header, o->max != NULL ? "max" : "min", o->max != NULL ? o->max : o->min),
        .ignore_case = o->ignore_case,
        .keep = KEEP_FIRST,
        .count = o->count,
        .memory = (size_t)o->memory,
        .n_columns = s->header.n,
    };

    if (o->max != NULL || o->min != NULL)
        rules.keep = o->max != NULL ? KEEP_MAX : KEEP_MIN;
    else if (o->keep >= 0)
        rules.keep = (enum distinct_keep)o->keep;
    return rules;
}

/* Writes the header line of the input, which is R, to where records go. */
static void write_headers(struct stream *s, const struct record *r, const struct options *o, struct writer *dups)
{
    xstream_add_names(s, &s->header);
    if (o->count)
        xstream_add_name(s, span_of("Count"));
    xstream_end_header(s);
    if (o->dups != NULL && !o->stream.no_header) {
        xwriter_bytes(dups, record_line(r));
        xwriter_char(dups, '\n');
        writer_commit(dups);
    }
}

static void dedup(struct stream *s, struct record *r, struct distinct *d)
{
    for (;;) {
        if (distinct_is_full(d) || !stream_next_good(s, r)) {
            xdistinct_settle(d);
            if (!xstream_record(s, r))
                break;
        }
        xdistinct_add(d, r);
    }
    xdistinct_finish(d);
}

int main(int argc, char **argv)
{
    struct options o = { .keep = -1, .memory = default_memory() };
    const struct option_spec specs[] = {
        { 'k', "key", "COLS", "columns that make the key (default: all)", .text = &o.key },
        { 'i', "ignore-case", NULL, "ASCII letters of keys in either case are the same", .flag = &o.ignore_case },
        { 0, "keep", "WHICH", "record of a key to keep (default first)", .word = distinct_keep_word, .choice = &o.keep },
        { 0, "max", "COLS", "keep the record with the greatest COLS, in this order", .text = &o.max },
        { 0, "min", "COLS", "keep the record with the least", .text = &o.min },
        { 0, "count", NULL, "add a column Count: how many records had the key", .flag = &o.count },
        { 0, "dups", "FILE", "write the records that are dropped to FILE", .text = &o.dups },
        { 'S', "memory", "SIZE", "hold at most SIZE, then use TMPDIR (1/4 of memory)", .bytes = &o.memory },
    };
    const struct usage usage = { "", "Keeps one record for each key, in order of first appearance.", STREAM_FILTER,
                                 specs, sizeof specs / sizeof *specs };
    options_parse(argc, argv, &usage, &o.stream);
    struct stream s;
    struct record r = { .text = NULL };
    struct distinct d;
    struct writer dups;

    check(&o);
    xstream_open(&s, &o.stream);
    xstream_read_header(&s, &r);
    struct distinct_rules rules = resolve(&s, &o);
    if (o.dups != NULL)
        xwriter_create(&dups, "dups", o.dups);
    write_headers(&s, &r, &o, &dups);
    xdistinct_open(&d, &rules, &s.out, o.dups != NULL ? &dups : NULL);
    dedup(&s, &r, &d);
    if (o.dups != NULL)
        xwriter_close(&dups);
    record_free(&r);
    columns_free(&rules.key);
    columns_free(&rules.by);
    return (int)xstream_finish(&s, "%" PRIu64 " written, %" PRIu64 " duplicates", d.n_kept, d.n_read - d.n_kept);
}
