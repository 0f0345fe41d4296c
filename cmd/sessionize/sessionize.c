/* SPDX-License-Identifier: MIT */
/* sessionize: cuts the records of each key into sessions where nothing happened for a while. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/die.h"
#include "base/keyset.h"
#include "base/memory.h"
#include "base/quote.h"
#include "stream/columns.h"
#include "stream/stream.h"
#include "value/calendar.h"
#include "value/number.h"
#include "duration.h"
#include "pattern.h"
#include "session.h"

struct options {
    const char *key;          /* k */
    const char *time;         /* t */
    const char *gap;
    bool ignore_case;         /* i */
    int epoch;                /* of calendar_epoch_word(); -1: not given */
    struct option_list flags;
    bool summary;             /* s */
    struct stream_options stream;
};

enum { MAX_FLAGS = 64 }; /* the marks of a session */

/* What the options come to. */
struct plan {
    struct columns key;
    bool ignore_case;
    size_t time;        /* the column that tells the time */
    int64_t per_second; /* what times count; 0: they are not numbers */
    __int128 gap;       /* attoseconds */
    bool is_summary;
    struct pattern *flags;
    size_t n_flags;
    struct buffer joined; /* the key of a record */
    struct buffer folded; /* that in lower case */
    struct buffer value;  /* a value to be matched */
    uint64_t n_sessions;
};

/* The payload of a key: where its records have got to. Payloads are aligned to 8 bytes, an __int128 would be to 16. */
struct state {
    __int128 last __attribute__((packed, aligned(8))); /* the time of its last record, in attoseconds */
    uint64_t line;                                     /* and its line */
    uint64_t number;                                   /* of its session, from 1 */
    struct session session;                            /* only with -s; marks: bit I if flag I has matched */
};

static void check(const struct options *o)
{
    if (o->key == NULL || o->time == NULL || o->gap == NULL)
        die_usage("needs --key, --time and --gap");
    if (o->flags.n > 0 && !o->summary)
        die_usage("--flag needs --summary");
    if (o->flags.n > MAX_FLAGS)
        die_usage("more than %d --flag", MAX_FLAGS);
}

static struct plan make_plan(const struct options *o)
{
    struct plan p = { .ignore_case = o->ignore_case, .is_summary = o->summary, .n_flags = o->flags.n };
    char reason[PATTERN_REASON_SIZE];
    struct quoted q;

    if (o->epoch >= 0)
        p.per_second = calendar_epoch_per_second(o->epoch);
    if (!duration_parse(span_of(o->gap), &p.gap))
        die_usage("--gap: \"%s\" is not a duration such as 15m or 899.5s", quote(&q, span_of(o->gap)));
    p.flags = xcalloc(p.n_flags + 1, sizeof *p.flags);
    for (size_t i = 0; i < p.n_flags; i++)
        if (!xpattern_parse(&p.flags[i], o->flags.at[i], reason))
            die_usage("--flag: \"%s\" %s", quote(&q, span_of(o->flags.at[i])), reason);
    return p;
}

static void resolve(struct stream *s, const struct options *o, struct plan *p)
{
    p->key = xcolumns(&s->header, "key", o->key);
    p->time = xcolumns_one(&s->header, "time", span_of(o->time));
    for (size_t i = 0; i < p->n_flags; i++)
        p->flags[i].column = xcolumns_one(&s->header, NULL, p->flags[i].of);
}

static void write_header(struct stream *s, const struct plan *p)
{
    for (size_t i = 0; i < p->key.n && p->is_summary && s->header.names != NULL; i++)
        xstream_add_name(s, s->header.names[p->key.at[i]]);
    if (!p->is_summary)
        xstream_add_names(s, &s->header);
    xstream_add_name(s, span_of("Session"));
    if (p->is_summary) {
        xstream_add_name(s, span_of("Start"));
        xstream_add_name(s, span_of("End"));
        xstream_add_name(s, span_of("Events"));
    }
    for (size_t i = 0; i < p->n_flags; i++)
        xstream_add_name(s, p->flags[i].name);
    xstream_end_header(s);
}

/* Sets *TIME to when R was, in attoseconds; false if it had to be rejected. */
static bool read_time(struct stream *s, const struct plan *p, const struct record *r, __int128 *time)
{
    struct span field = record_field(r, p->time);
    int64_t seconds;

    if (p->per_second == 0 ? calendar_parse_exact(field, time)
                           : calendar_parse_epoch_exact(field, p->per_second, time))
        return true;
    bool is_time = p->per_second == 0 ? calendar_parse(field, &seconds)
                                      : calendar_parse_epoch(field, p->per_second, &seconds);
    xstream_reject_field(s, r, p->time, is_time ? "is finer than 18 decimal places of a second" : "is not a time");
    return false;
}

static void reject_backwards(struct stream *s, const struct plan *p, const struct record *r, uint64_t line)
{
    char reason[100];

    snprintf(reason, sizeof reason, "is earlier than that of line %" PRIu64 "; sort first", line);
    xstream_reject_field(s, r, p->time, reason);
}

static void write_number(struct writer *w, uint64_t number)
{
    char *out = xwriter_reserve(w, NUMBER_DIGITS);

    writer_advance(w, out + number_format(number, out));
}

/* Writes the session of KEY, which is over. */
static void write_session(struct stream *s, const struct plan *p, const struct state *state, struct span key)
{
    const struct session *session = &state->session;

    xwriter_bytes(&s->out, p->ignore_case ? session_label(session) : key);
    xwriter_char(&s->out, '\t');
    write_number(&s->out, state->number);
    xwriter_char(&s->out, '\t');
    xwriter_bytes(&s->out, session_start(session));
    xwriter_char(&s->out, '\t');
    xwriter_bytes(&s->out, session_end(session));
    xwriter_char(&s->out, '\t');
    write_number(&s->out, session->n_events);
    for (size_t i = 0; i < p->n_flags; i++)
        xwriter_bytes(&s->out, span_of(session->marks >> i & 1 ? "\tY" : "\tN"));
    xstream_end_record(s);
}

static void write_record(struct stream *s, const struct record *r, const struct state *state)
{
    xwriter_bytes(&s->out, record_line(r));
    xwriter_char(&s->out, '\t');
    write_number(&s->out, state->number);
    xstream_end_record(s);
}

/* Adds R, whose key is KEY, to its session, which it may begin. */
static void add_event(struct plan *p, struct session *session, const struct record *r, struct span key, bool begins)
{
    struct span time = record_field(r, p->time);

    if (begins)
        xsession_begin(session, (struct span){ key.at, p->ignore_case ? key.len : 0 }, time);
    xsession_extend(session, time);
    for (size_t i = 0; i < p->n_flags; i++)
        if ((session->marks >> i & 1) == 0 &&
            xpattern_matches(&p->flags[i], record_field(r, p->flags[i].column), &p->value))
            session->marks |= UINT64_C(1) << i;
}

/* Writes the sessions that nothing has ended. */
static void write_rest(struct stream *s, const struct plan *p, const struct keyset *keys)
{
    struct span key;

    for (struct state *state = NULL; (state = keyset_next(keys, state, &key)) != NULL;) {
        write_session(s, p, state, key);
        session_free(&state->session);
    }
}

static void sessionize(struct stream *s, struct plan *p, struct record *r, struct keyset *keys)
{
    bool is_new;
    __int128 time;

    while (xstream_record(s, r)) {
        if (!read_time(s, p, r, &time))
            continue;
        struct span key = xcolumns_join(&p->key, r, &p->joined);
        struct span folded = p->ignore_case ? xcolumns_fold(key, &p->folded) : key;
        struct state *state = xkeyset_add(keys, keyset_hash(keys, folded), folded, &is_new);
        if (!is_new && time < state->last) {
            reject_backwards(s, p, r, state->line);
            continue;
        }
        bool begins = is_new || time - state->last >= p->gap;
        if (p->is_summary && begins && !is_new)
            write_session(s, p, state, key);
        p->n_sessions += begins;
        state->number += begins;
        state->last = time;
        state->line = r->line;
        if (p->is_summary)
            add_event(p, &state->session, r, key, begins);
        else
            write_record(s, r, state);
    }
    if (p->is_summary)
        write_rest(s, p, keys);
}

static void free_plan(struct plan *p)
{
    columns_free(&p->key);
    for (size_t i = 0; i < p->n_flags; i++)
        pattern_free(&p->flags[i]);
    free(p->flags);
    buffer_free(&p->joined);
    buffer_free(&p->folded);
    buffer_free(&p->value);
}

int main(int argc, char **argv)
{
    struct options o = { .epoch = -1 };
    const struct option_spec specs[] = {
        { 'k', "key", "COLS", "columns that make the key", .text = &o.key },
        { 't', "time", "COL", "column of times", .text = &o.time },
        { 0, "gap", "DURATION", "so long after the last record a session begins: 15m, 899.5s", .text = &o.gap },
        { 'i', "ignore-case", NULL, "ASCII letters of keys in either case are the same", .flag = &o.ignore_case },
        { 0, "epoch", "UNIT", "times are numbers, counted from 1970", .word = calendar_epoch_word, .choice = &o.epoch },
        { 's', "summary", NULL, "write a record for each session instead", .flag = &o.summary },
        { 0, "flag", "NAME=COL~REGEX", "with -s, column NAME: Y if a record's COL matches REGEX, else N",
          .list = &o.flags },
    };
    const struct usage usage = { "", "Numbers the sessions of each key; a gap in time ends one.", STREAM_FILTER, specs,
                                 sizeof specs / sizeof *specs };
    options_parse(argc, argv, &usage, &o.stream);
    struct stream s;
    struct record r = { .text = NULL };
    struct keyset keys;

    check(&o);
    struct plan p = make_plan(&o);
    xstream_open(&s, &o.stream);
    xstream_read_header(&s, &r);
    resolve(&s, &o, &p);
    write_header(&s, &p);
    xkeyset_open(&keys, p.is_summary ? sizeof(struct state) : offsetof(struct state, session));
    sessionize(&s, &p, &r, &keys);
    keyset_close(&keys);
    record_free(&r);
    free_plan(&p);
    free(o.flags.at);
    return (int)xstream_finish(&s, "%" PRIu64 " in %" PRIu64 " sessions", s.n_read - s.n_rejected, p.n_sessions);
}
