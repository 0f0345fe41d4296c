/* SPDX-License-Identifier: MIT */
#include "stream/hint.h"

#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>

#include "base/die.h"

bool hint_is_file(struct span name)
{
    char path[PATH_MAX];
    struct stat status;

    if (name.len >= sizeof path)
        return false;
    snprintf(path, sizeof path, "%.*s", (int)name.len, name.at);
    return stat(path, &status) == 0 && (S_ISREG(status.st_mode) || S_ISFIFO(status.st_mode));
}

void xhint_file(struct span operand)
{
    int len = (int)operand.len;

    if (hint_is_file(operand))
        die_usage("%.*s is a file; records come from standard input: %s ... < %.*s", len, operand.at, program_name(),
                  len, operand.at);
}

const char *hint_header(struct span line)
{
    if (line.len == 0 || memchr(line.at, '\t', line.len) != NULL)
        return "";
    if (line.at[0] == '{' || line.at[0] == '[')
        return "; is it JSON? use jsonl2tsv";
    if (memchr(line.at, ',', line.len) != NULL || memchr(line.at, ';', line.len) != NULL)
        return "; is it CSV? use csv2tsv";
    return "";
}
