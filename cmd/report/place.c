/* SPDX-License-Identifier: MIT */
#include "place.h"

#include <stdarg.h>
#include <stdio.h>

enum { MESSAGE_SIZE = 4000 };

void die_at(const struct place *place, enum status status, const char *format, ...)
{
    char message[MESSAGE_SIZE];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    die(status, "%s%sline %d: %s", place->page != NULL ? place->page : "", place->page != NULL ? ": " : "", place->line,
        message);
}
