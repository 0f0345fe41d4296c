/* SPDX-License-Identifier: MIT */
/* session: what is known of a run of events while it lasts. */
#ifndef WEIR_SESSION_H
#define WEIR_SESSION_H

#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

/* All zero: no session yet. It holds nothing that needs more than 8 bytes' alignment. */
struct session {
    uint64_t n_events;
    uint64_t marks; /* bits for the program; 0 in a new session */
    char *text;     /* owned; the label and the fields of the first and the last time, one behind the other */
    size_t label_len;
    size_t start_len;
    size_t end_len;
    size_t capacity;
};

/* Makes S a session of no events, whatever it was, that begins at the time spelled START; LABEL is kept with it. */
void xsession_begin(struct session *s, struct span label, struct span start);

/* Adds an event at the time spelled END. */
void xsession_extend(struct session *s, struct span end);

/* Views of what S keeps, until it changes. */
struct span session_label(const struct session *s);
struct span session_start(const struct session *s);
struct span session_end(const struct session *s);

void session_free(struct session *s);

#endif
