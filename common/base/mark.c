/* SPDX-License-Identifier: MIT */
#include "base/mark.h"

#include <stdio.h>

#include "base/write.h"

enum { LINE_SIZE = 8192 };

enum mark mark_find(struct span line)
{
    if (line.len < 2 || line.at[0] != '\\')
        return MARK_NONE;
    if (line.at[1] == '!')
        return MARK_FAILURE;
    return line.at[1] == '.' && (line.len == 2 || (line.len == 3 && line.at[2] == '\r')) ? MARK_END : MARK_NONE;
}

struct span mark_reason(struct span line)
{
    struct span reason = line;

    for (int tabs = 0; tabs < 2 && reason.len > 0; reason.at++, reason.len--)
        tabs += *reason.at == '\t';
    return reason.len > 0 ? reason : line;
}

void mark_write_failure(int fd, const char *name, const char *reason)
{
    char line[LINE_SIZE];
    size_t n = (size_t)snprintf(line, sizeof line, "\\!\t%.80s\t", name);

    for (; *reason != '\0' && n + 3 <= sizeof line; reason++) {
        if (*reason == '\\')
            line[n++] = '\\';
        line[n++] = *reason;
    }
    line[n++] = '\n';
    write_all(fd, (struct span){ line, n });
}

struct span mark_end(void)
{
    return span_of("\\.\n");
}
