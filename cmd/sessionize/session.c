/* SPDX-License-Identifier: MIT */
#include "session.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { STEP = 16 }; /* bytes by which a text grows: millions of sessions may be open */

/* Puts BYTES at PLACE of the text of S, which then ends behind them. */
static void put(struct session *s, size_t place, struct span bytes)
{
    if (place + bytes.len > s->capacity) {
        s->capacity = (place + bytes.len + STEP - 1) / STEP * STEP;
        s->text = xrealloc(s->text, s->capacity, 1);
    }
    if (bytes.len > 0)
        memcpy(s->text + place, bytes.at, bytes.len);
}

void xsession_begin(struct session *s, struct span label, struct span start)
{
    s->n_events = 0;
    s->marks = 0;
    s->label_len = label.len;
    s->start_len = start.len;
    s->end_len = 0;
    put(s, 0, label);
    put(s, label.len, start);
}

void xsession_extend(struct session *s, struct span end)
{
    s->n_events++;
    s->end_len = end.len;
    put(s, s->label_len + s->start_len, end);
}

struct span session_label(const struct session *s)
{
    return (struct span){ s->text, s->label_len };
}

struct span session_start(const struct session *s)
{
    return (struct span){ s->text + s->label_len, s->start_len };
}

struct span session_end(const struct session *s)
{
    return (struct span){ s->text + s->label_len + s->start_len, s->end_len };
}

void session_free(struct session *s)
{
    free(s->text);
}
