/* SPDX-License-Identifier: MIT */
#include "session.h"

#include "value/number.h"

void xsession_begin(struct session *s, struct span label, struct span start)
{
    s->n_events = 0;
    s->marks = 0;
    s->label_len = label.len;
    s->start_len = start.len;
    s->text.len = 0;
    xbuffer_append(&s->text, label);
    xbuffer_append(&s->text, start);
}

void xsession_extend(struct session *s, struct span end)
{
    s->n_events++;
    s->text.len = s->label_len + s->start_len;
    xbuffer_append(&s->text, end);
}

static void write_tab_number(struct writer *w, uint64_t number)
{
    char *out = xwriter_reserve(w, 1 + NUMBER_DIGITS);

    *out++ = '\t';
    writer_advance(w, out + number_format(number, out));
}

static void write_tab_text(struct writer *w, const char *at, size_t len)
{
    xwriter_char(w, '\t');
    xwriter_bytes(w, (struct span){ at, len });
}

void xsession_write_number(struct writer *w, const struct session *s)
{
    write_tab_number(w, s->number);
}

void xsession_write(struct writer *w, const struct session *s, struct span key)
{
    const char *start = s->text.at + s->label_len;
    size_t end_len = s->text.len - s->label_len - s->start_len;

    xwriter_bytes(w, s->label_len > 0 ? (struct span){ s->text.at, s->label_len } : key);
    write_tab_number(w, s->number);
    write_tab_text(w, start, s->start_len);
    write_tab_text(w, start + s->start_len, end_len);
    write_tab_number(w, s->n_events);
}

void session_free(struct session *s)
{
    buffer_free(&s->text);
}
