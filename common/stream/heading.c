/* SPDX-License-Identifier: MIT */
#include "stream/heading.h"

void xheading_add(struct stream *s, struct span name)
{
    if (s->options->no_header)
        return;
    xwriter_bytes(&s->out, name);
    xwriter_char(&s->out, '\t');
}

void xheading_add_all(struct stream *s, const struct header *h)
{
    for (size_t i = 0; i < h->n && h->names != NULL; i++)
        xheading_add(s, h->names[i]);
}

/* Ends the header line and writes it out. It is no record, and so not counted. */
static void write_out(struct stream *s)
{
    xstream_end_record(s);
    xwriter_flush(&s->out);
    s->out.n_lines = 0;
}

void xheading_end(struct stream *s)
{
    struct header h;
    char reason[HEADER_REASON_SIZE];

    if (s->options->no_header)
        return;
    s->out.used--; /* the TAB after the last name */
    if (xheader_parse(&h, (struct span){ s->out.buffer, s->out.used }, reason) != NULL)
        die_usage("output: %s", reason);
    header_free(&h);
    write_out(s);
}

void xheading_copy(struct stream *s, struct span line)
{
    if (s->options->no_header)
        return;
    xwriter_bytes(&s->out, line);
    write_out(s);
}
