/* SPDX-License-Identifier: MIT */
/* csv2tsv: converts CSV to tab-separated records. */
#include <inttypes.h>

#include "stream/csv_option.h"
#include "stream/files.h"
#include "stream/options.h"
#include "stream/stream.h"
#include "csv_input.h"

struct options {
    const char *delimiter; /* d */
    const char *null;
    int progress;
    struct stream_options stream;
};

struct job {
    struct stream stream;
    struct files files;
    struct csv_input input;
};

static void csv2tsv(struct job *job)
{
    struct stream *s = &job->stream;

    xfiles_next(&job->files);
    xcsv_read_header(&job->input);
    for (;;) {
        if (!stream_has_buffered(s))
            files_show_progress(&job->files);
        if (!xcsv_record(&job->input))
            return;
        writer_commit(&s->out);
    }
}

int main(int argc, char **argv)
{
    struct options o = { .delimiter = ",", .null = "" };
    const struct option_spec specs[] = {
        { 'd', "delimiter", "CHAR", "separator of fields (default: comma; \\t: TAB)", .text = &o.delimiter },
        { 0, "null", "STRING", "an unquoted field equal to STRING is null, too", .text = &o.null },
        { 0, "progress", NULL, "show progress if stderr is a terminal; twice: always", .times = &o.progress },
    };
    const struct usage usage = { "", "Converts CSV (RFC 4180) to tab-separated records.", STREAM_FILTER, specs,
                                 sizeof specs / sizeof *specs };
    options_parse(argc, argv, &usage, &o.stream);
    char delimiter = xcsv_option_delimiter(o.delimiter);
    struct job job = {
        .input = { &job.stream, .dialect = { .delimiter = delimiter, .null = xcsv_option_null(o.null, delimiter) } }
    };

    xfiles_open(&job.files, &job.stream, &o.stream, NULL, 0, o.progress);
    csv2tsv(&job);
    xfiles_close(&job.files);
    return (int)xstream_finish(&job.stream, "%" PRIu64 " written", job.stream.n_read - job.stream.n_rejected);
}
