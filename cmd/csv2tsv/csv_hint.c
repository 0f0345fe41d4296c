/* SPDX-License-Identifier: MIT */
#include "csv_hint.h"

#include <string.h>

/* The argument of -d for C; NULL: it is not a usual delimiter. */
static const char *argument_for(char c)
{
    switch (c) {
    case ';':
        return "';'";
    case '\t':
        return "'\\t'";
    case '|':
        return "'|'";
    case ',':
        return "','";
    default:
        return NULL;
    }
}

const char *csv_hint_sep(struct span line)
{
    static const char start[] = "sep=";

    if (line.len > 0 && line.at[line.len - 1] == '\r')
        line.len--;
    return line.len == sizeof start && memcmp(line.at, start, sizeof start - 1) == 0
               ? argument_for(line.at[sizeof start - 1])
               : NULL;
}

const char *csv_hint_delimiter(struct span line, int delimiter)
{
    for (size_t i = 0; i < line.len && line.at[i] != '"'; i++)
        if (line.at[i] != delimiter && argument_for(line.at[i]) != NULL)
            return argument_for(line.at[i]);
    return NULL;
}
