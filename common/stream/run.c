/* SPDX-License-Identifier: MIT */
#include "stream/run.h"

#include "base/plain.h"
#include "base/utf8.h"

struct run run_find(const struct stream *s, const char **ends)
{
    struct span lines = { s->in.at, (size_t)(s->in.whole - s->in.at) };
    struct span header = { s->header.text, s->header.names == NULL || s->saw_header_again ? SIZE_MAX : s->header.len };

    if (IS_PLAIN || s->in.at >= s->in.whole || s->header.n == 0 || lines.len > s->in.max_line)
        return (struct run){ .len = 0 };
    struct run run = VECTOR_PICK(run_scan)(lines, s->header.n, header, ends);
    size_t valid = run.is_unicode ? utf8_check(lines.at, run.len) : run.len;
    if (valid == run.len)
        return run;
    const char *lf = memrchr(lines.at, '\n', valid);
    lines.len = lf != NULL ? (size_t)(lf + 1 - lines.at) : 0;
    return VECTOR_PICK(run_scan)(lines, s->header.n, header, ends);
}
