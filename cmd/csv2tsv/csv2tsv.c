/* SPDX-License-Identifier: MIT */
/* csv2tsv: turns CSV into tab-separated records. */
#include <inttypes.h>
#include <unistd.h>

#include "base/die.h"
#include "base/quote.h"
#include "stream/options.h"
#include "stream/progress.h"
#include "stream/stream.h"
#include "csv_input.h"

struct options {
    const char *delimiter; /* d */
    const char *null;
    int progress;
    struct stream_options stream;
};

/* The delimiter that the argument of -d stands for. */
static char delimiter_of(const struct options *o)
{
    const char *text = o->delimiter != NULL ? o->delimiter : ",";
    struct quoted q;

    if (strcmp(text, "\\t") == 0)
        return '\t';
    if (text[0] == '\0' || text[1] != '\0' || (unsigned char)text[0] >= 0x80 || strchr("\"\r\n", text[0]) != NULL)
        die_usage("--delimiter: \"%s\" is not one ASCII character other than a quote, CR and LF",
                  quote(&q, span_of(text)));
    return text[0];
}

/* The text that --null says, which a bare field must be able to have. */
static struct span null_of(const struct options *o, char delimiter)
{
    struct span null = span_of(o->null != NULL ? o->null : "");
    struct quoted q;

    for (size_t i = 0; i < null.len; i++)
        if (null.at[i] == delimiter || strchr("\"\r\n", null.at[i]) != NULL)
            die_usage("--null: \"%s\" has a delimiter, quote, CR or LF in it, so no bare field is like it",
                      quote(&q, null));
    return null;
}

static void csv2tsv(struct stream *s, struct csv_input *input, struct progress *progress)
{
    xcsv_read_header(input);
    for (;;) {
        if (!stream_has_buffered(s))
            progress_update(progress, s->in.offset, s->n_read);
        if (!xcsv_record(input))
            return;
        writer_commit(&s->out);
    }
}

int main(int argc, char **argv)
{
    struct options o = { .delimiter = NULL };
    const struct option_spec specs[] = {
        { 'd', "delimiter", "CHAR", "what stands between fields (default: a comma; \\t: TAB)", .text = &o.delimiter },
        { 0, "null", "STRING", "an unquoted STRING is null too, as an unquoted empty field is", .text = &o.null },
        { 0, "progress", NULL, "say on a terminal how far it is; twice: anywhere", .times = &o.progress },
    };
    const struct usage usage = { "", "Turns CSV (RFC 4180) into tab-separated records.", STREAM_FILTER, specs,
                                 sizeof specs / sizeof *specs };
    options_parse(argc, argv, &usage, &o.stream);
    char delimiter = delimiter_of(&o);
    struct stream s;
    struct csv_input input = { &s, { .delimiter = delimiter, .null = null_of(&o, delimiter) } };
    struct progress progress;

    xstream_open(&s, &o.stream);
    progress_start(&progress, STDIN_FILENO, o.progress);
    csv2tsv(&s, &input, &progress);
    progress_finish(&progress, s.in.offset, s.n_read);
    return (int)xstream_finish(&s, "%" PRIu64 " written", s.n_read - s.n_rejected);
}
