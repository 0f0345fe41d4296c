/* SPDX-License-Identifier: MIT */
#include "base/die.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/quote.h"

enum { MESSAGE_SIZE = 4000 }; /* with name and newline it stays below PIPE_BUF: lines of a pipeline do not mix */

static bool leaves_mark;

const char *program_name(void)
{
    return program_invocation_short_name;
}

void die_leaves_mark(bool leaves)
{
    leaves_mark = leaves;
}

static void write_line(int fd, const char *line, int len)
{
    /* Nobody is left to tell when this fails. */
    if (len > 0 && write(fd, line, (size_t)len) < 0)
        return;
}

static void say(const char *message)
{
    char line[MESSAGE_SIZE + 100];

    write_line(STDERR_FILENO, line, snprintf(line, sizeof line, "%.80s: %s\n", program_name(), message));
}

static void write_mark(const char *message)
{
    char reason[2 * MESSAGE_SIZE];
    char line[2 * MESSAGE_SIZE + 100];
    size_t n = 0;

    for (; *message != '\0'; message++) {
        if (*message == '\\')
            reason[n++] = '\\';
        reason[n++] = *message;
    }
    reason[n] = '\0';
    write_line(STDOUT_FILENO, line, snprintf(line, sizeof line, "\\!\t%.80s\t%s\n", program_name(), reason));
}

static void format_message(char message[MESSAGE_SIZE], const char *format, va_list arguments)
{
    char raw[MESSAGE_SIZE];

    vsnprintf(raw, sizeof raw, format, arguments);
    quote_message(message, MESSAGE_SIZE, raw);
}

void warn(const char *format, ...)
{
    char message[MESSAGE_SIZE];
    va_list arguments;

    va_start(arguments, format);
    format_message(message, format, arguments);
    va_end(arguments);
    say(message);
}

void die(enum status status, const char *format, ...)
{
    char message[MESSAGE_SIZE];
    va_list arguments;

    va_start(arguments, format);
    format_message(message, format, arguments);
    va_end(arguments);
    say(message);
    if (leaves_mark && !isatty(STDOUT_FILENO))
        write_mark(message);
    /* Not exit(): stdio has nothing of ours. Only what a program gave to at_quick_exit() is left to do. */
    quick_exit((int)status);
}

void die_errno(const char *what)
{
    die(STATUS_SYSTEM, "%s: %s", what, strerror(errno));
}
