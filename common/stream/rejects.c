/* SPDX-License-Identifier: MIT */
#include "stream/rejects.h"

#include <inttypes.h>
#include <stdio.h>

#include "stream/tsv.h"

void xrejects_open(struct writer *w, const char *path, bool has_files)
{
    xwriter_create(w, "rejects", path);
    if (has_files)
        xwriter_bytes(w, span_of("file\t"));
    xwriter_bytes(w, span_of("line\treason\trecord\n"));
    writer_commit(w);
}

void xrejects_add_file(struct writer *w, const char *file)
{
    if (file != NULL)
        xtsv_escape(w, span_of(file));
    else
        xwriter_bytes(w, span_of("\\N"));
    xwriter_char(w, '\t');
}

void xrejects_add(struct writer *w, uint64_t line_number, struct span line, const char *reason)
{
    char number[32];

    snprintf(number, sizeof number, "%" PRIu64 "\t", line_number);
    xwriter_bytes(w, span_of(number));
    xtsv_escape(w, span_of(reason));
    xwriter_char(w, '\t');
    xtsv_escape(w, line);
    xwriter_char(w, '\n');
    writer_commit(w);
}
