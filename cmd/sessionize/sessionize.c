/* SPDX-License-Identifier: MIT */
/* sessionize: splits the records of each key into sessions at gaps in time. */
#include <inttypes.h>
#include <stdio.h>

#include "base/buffer.h"
#include "base/die.h"
#include "base/keyset.h"
#include "base/quote.h"
#include "base/words.h"
#include "stream/columns.h"
#include "stream/heading.h"
#include "stream/stream.h"
#include "value/calendar.h"
#include "duration.h"
#include "flags.h"
#include "session.h"
#include "visits.h"

struct options {
    struct option_list key; /* k */
    const char *time;       /* t */
    const char *gap;
    bool ignore_case; /* i */
    int epoch;        /* of calendar_epoch_word(); -1: not given */
    struct option_list flags;
    bool summary; /* s */
    struct stream_options stream;
};

struct job {
    const struct options *options;
    struct stream stream;
    struct record header;   /* the header line */
    struct visits visits;
    const struct visit *visit; /* the current record */
    struct columns key;
    size_t time;            /* column */
    int64_t per_second;     /* units of a time in a second; 0: times are text */
    __int128 gap;           /* attoseconds */
    struct flags flags;
    struct keyset sessions; /* the payload of a key is a struct session of session_size() */
    uint64_t n_sessions;
};

static void check(const struct options *o)
{
    if (o->key.n == 0 || o->time == NULL || o->gap == NULL)
        die_usage("--%s is required", o->key.n == 0 ? "key" : o->time == NULL ? "time" : "gap");
    if (o->flags.n > FLAGS_MOST)
        die_usage("--flag can be given at most %d times", FLAGS_MOST);
    if (o->flags.n > 0 && !o->summary)
        die_usage("--flag requires --summary");
}

/* Parses the arguments of options. */
static void parse(struct job *job)
{
    const struct options *o = job->options;
    struct words units;
    struct quoted q;

    job->per_second = o->epoch >= 0 ? calendar_epoch_per_second(o->epoch) : 0;
    if (!duration_parse(span_of(o->gap), &job->gap))
        die_usage("--gap: \"%s\" must be a duration such as 15m or 899.5s; the units are %s",
                  quote(&q, span_of(o->gap)), words_list(&units, duration_unit));
    xflags_parse(&job->flags, &o->flags);
}

static void resolve(struct job *job)
{
    const struct options *o = job->options;
    const struct header *h = &job->stream.header;

    job->key = xcolumns(h, "--key", &o->key);
    job->time = xcolumns_one(h, "--time", span_of(o->time));
    xflags_resolve(&job->flags, &o->flags, h);
}

static void write_header(struct job *job)
{
    const struct options *o = job->options;
    struct stream *s = &job->stream;

    for (size_t i = 0; i < job->key.n && o->summary && s->header.names != NULL; i++)
        xheading_add(s, s->header.names[job->key.at[i]]);
    if (!o->summary)
        xheading_add_all(s, &s->header);
    xheading_add(s, span_of("Session"));
    if (o->summary) {
        xheading_add(s, span_of("Start"));
        xheading_add(s, span_of("End"));
        xheading_add(s, span_of("Events"));
    }
    for (size_t i = 0; i < job->flags.n; i++)
        xheading_add(s, job->flags.at[i].name);
    xheading_end(s);
}

/* Reads the time of the record, in attoseconds. False: the record was rejected. */
static bool read_time(struct job *job, __int128 *time)
{
    const struct record *r = &job->visit->record;
    struct span field = record_field(r, job->time);
    int64_t seconds;

    if (job->per_second == 0 ? calendar_parse_exact(field, time)
                             : calendar_parse_epoch_exact(field, job->per_second, time))
        return true;
    bool is_time = job->per_second == 0 ? calendar_parse(field, &seconds)
                                        : calendar_parse_epoch(field, job->per_second, &seconds);
    xstream_reject_field(&job->stream, r, job->time,
                         is_time ? "is finer than 18 decimal places of a second" : "is not a time");
    return false;
}

static void reject_backwards(struct job *job, uint64_t line)
{
    const char *numeric = job->per_second != 0 ? "n" : "";
    size_t column = job->time + 1;
    char reason[200];

    snprintf(reason, sizeof reason,
             "is earlier than that of line %" PRIu64
             "; sort the records by time first: keep-header sort -t TAB -k %zu,%zu%s",
             line, column, column, numeric);
    xstream_reject_field(&job->stream, &job->visit->record, job->time, reason);
}

static void write_record(struct job *job, const struct session *session)
{
    struct stream *s = &job->stream;

    xwriter_bytes(&s->out, record_line(&job->visit->record));
    xsession_write_number(&s->out, session);
    xstream_end_record(s);
}

/* Writes the summary of SESSION, whose key is KEY. */
static void write_session(struct job *job, const struct session *session, struct span key)
{
    struct stream *s = &job->stream;

    xsession_write(&s->out, session, key);
    for (size_t i = 0; i < job->flags.n; i++)
        xwriter_bytes(&s->out, span_of(session->marks >> i & 1 ? "\tY" : "\tN"));
    xstream_end_record(s);
}

/* Adds the record to the summary of SESSION. With -i, its label is the key as the first record spells it. */
static void add_event(struct job *job, struct session *session, struct span key, bool begins)
{
    const struct record *r = &job->visit->record;
    struct span time = record_field(r, job->time);

    if (begins)
        xsession_begin(session, (struct span){ key.at, job->options->ignore_case ? key.len : 0 }, time);
    xsession_extend(session, time);
    session->marks = xflags_mark(&job->flags, session->marks, r);
}

/* Writes and frees the last session of each key. */
static void write_last(struct job *job)
{
    struct span key;

    for (struct session *session = NULL; (session = keyset_next(&job->sessions, session, &key)) != NULL;) {
        write_session(job, session, key);
        session_free(session);
    }
}

static void sessionize(struct job *job)
{
    bool is_summary = job->options->summary;
    const struct visit *visit;
    bool is_new;
    __int128 time;

    while ((visit = xvisits_next(&job->visits)) != NULL) {
        job->visit = visit;
        if (!read_time(job, &time))
            continue;
        struct session *session = xvisits_session(&job->visits, visit, &is_new);
        if (!is_new && time < session->last) {
            reject_backwards(job, session->line);
            continue;
        }
        bool begins = is_new || time - session->last >= job->gap;
        if (is_summary && begins && !is_new)
            write_session(job, session, visit->label);
        job->n_sessions += begins;
        session->number += begins;
        session->last = time;
        session->line = visit->record.line;
        if (is_summary)
            add_event(job, session, visit->label, begins);
        else
            write_record(job, session);
    }
    if (is_summary)
        write_last(job);
}

static void free_job(struct job *job)
{
    record_free(&job->header);
    visits_close(&job->visits);
    columns_free(&job->key);
    flags_free(&job->flags);
    keyset_close(&job->sessions);
}

int main(int argc, char **argv)
{
    struct options o = { .epoch = -1 };
    const struct option_spec specs[] = {
        { 'k', "key", "COLS", "columns of the key", .list = &o.key },
        { 't', "time", "COL", "column of times", .text = &o.time },
        { 0, "gap", "DURATION", "time without records that ends a session: 15m, 899.5s", .text = &o.gap },
        { 'i', "ignore-case", NULL, "ignore case in keys", .flag = &o.ignore_case },
        { 0, "epoch", "UNIT", "times are numbers since 1970", .word = calendar_epoch_word, .choice = &o.epoch },
        { 's', "summary", NULL, "write one record per session", .flag = &o.summary },
        { 0, "flag", "NAME=CONDITION", "with -s, add column NAME: Y if a record meets CONDITION, else N",
          .list = &o.flags },
    };
    const struct usage usage = { "", "Numbers the sessions of each key; a gap in time ends a session.", STREAM_FILTER,
                                 specs, sizeof specs / sizeof *specs };
    options_parse(argc, argv, &usage, &o.stream);
    check(&o);
    struct job job = { .options = &o };

    parse(&job);
    xstream_open(&job.stream, &o.stream);
    xstream_read_header(&job.stream, &job.header);
    resolve(&job);
    write_header(&job);
    xkeyset_open(&job.sessions, session_size(o.summary));
    job.visits = (struct visits){ &job.stream, &job.key, &job.sessions, o.ignore_case, .is_summary = o.summary };
    xvisits_open(&job.visits);
    sessionize(&job);
    free_job(&job);
    return (int)xstream_finish(&job.stream, "%" PRIu64 " in %" PRIu64 " sessions",
                               job.stream.n_read - job.stream.n_rejected, job.n_sessions);
}
