/* SPDX-License-Identifier: MIT */
/* session: the latest session of a key. */
#ifndef WEIR_SESSION_H
#define WEIR_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/span.h"
#include "stream/writer.h"

/*
 * All zero: none yet. Every session has the first three fields. Only a session that is summarized has the others;
 * otherwise they have no memory. Aligned to 8 bytes, as payload of a keyset; an __int128 would need 16.
 */
struct session {
    __int128 last __attribute__((packed, aligned(8))); /* time of its last record, in attoseconds */
    uint64_t line;                                     /* line of its last record */
    uint64_t number;                                   /* among the sessions of its key, from 1; 0: none yet */
    uint64_t n_events;
    uint64_t marks;     /* bits for the program; 0 in a new session */
    struct buffer text; /* the label, and the fields of the first and the last time */
    size_t label_len;
    size_t start_len;
};

/* Bytes that a session takes, with or without what a summary needs. */
static inline size_t session_size(bool is_summary)
{
    return is_summary ? sizeof(struct session) : offsetof(struct session, n_events);
}

/*
 * Begins the summary of a session without events at the time spelled START. LABEL, which may be empty, is kept with it.
 */
void xsession_begin(struct session *s, struct span label, struct span start);

/* Adds an event at the time spelled END. */
void xsession_extend(struct session *s, struct span end);

/* Appends to W a TAB and the number of S. */
void xsession_write_number(struct writer *w, const struct session *s);

/* Appends to W the label, or KEY if that is empty, and number, start, end and number of events, with TABs between. */
void xsession_write(struct writer *w, const struct session *s, struct span key);

/* Frees what the summary holds. */
void session_free(struct session *s);

#endif
