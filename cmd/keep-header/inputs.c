/* SPDX-License-Identifier: MIT */
#include "inputs.h"

#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/memory.h"

void xinputs_open(struct inputs *inputs, struct stream *standard, char **files, size_t n,
                  const struct stream_options *options)
{
    *inputs = (struct inputs){ .n = n > 0 ? n : 1, .standard = standard };
    inputs->at = xcalloc(inputs->n, sizeof *inputs->at);
    for (size_t i = 0; i < inputs->n; i++) {
        inputs->at[i] = standard;
        if (n > 0 && strcmp(files[i], "-") != 0) {
            inputs->at[i] = xmalloc(sizeof *inputs->at[i]);
            xstream_open_file(inputs->at[i], files[i], options);
        }
    }
}

static const char *name_of(const struct stream *s)
{
    return s->name != NULL ? s->name : "standard input";
}

void xinputs_read_headers(struct inputs *inputs)
{
    const struct stream *first = inputs->at[0];
    struct record r = { .text = NULL };

    for (size_t i = 0; i < inputs->n && !first->options->no_header; i++) {
        struct stream *s = inputs->at[i];
        if (i == 0 && xstream_fill(s)) {
            const char *newline = memchr(s->in.at, '\n', (size_t)(s->in.end - s->in.at));
            xbuffer_append(&inputs->header, (struct span){ s->in.at, (size_t)(newline - s->in.at) });
        }
        xstream_read_header(s, &r);
        if (!header_is(&first->header, record_line(&r)))
            die_usage("%s: the header differs from that of %s", name_of(s), name_of(first));
    }
    record_free(&r);
}

bool inputs_are_marked(const struct inputs *inputs)
{
    for (size_t i = 0; i < inputs->n; i++)
        if (!inputs->at[i]->end_mark)
            return false;
    return true;
}

void inputs_close(struct inputs *inputs)
{
    for (size_t i = 0; i < inputs->n; i++) {
        if (inputs->at[i] == inputs->standard)
            continue;
        xstream_close(inputs->at[i]);
        free(inputs->at[i]);
    }
    free(inputs->at);
    buffer_free(&inputs->header);
}
