/* SPDX-License-Identifier: MIT */
#include "base/die.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/bar.h"
#include "base/mark.h"
#include "base/quote.h"
#include "base/write.h"

enum { MESSAGE_SIZE = 4000 }; /* with name and LF below PIPE_BUF, so that messages of a pipeline do not mix */

static enum die_mark leaves;
static enum status status_of_death = STATUS_SYSTEM;

const char *program_name(void)
{
    return program_invocation_short_name;
}

void die_leaves(enum die_mark mark)
{
    leaves = mark;
}

enum status die_status(void)
{
    return status_of_death;
}

/* Errors are ignored: there is no one left to tell. */
static void say(const char *message)
{
    char line[MESSAGE_SIZE + 100];
    int len = snprintf(line, sizeof line, "%.80s: %s\n", program_name(), message);

    bar_erase();
    if (len > 0)
        write_all(STDERR_FILENO, (struct span){ line, (size_t)len });
}

static void format_message(char *message, size_t size, const char *format, va_list arguments)
{
    char raw[MESSAGE_SIZE];

    vsnprintf(raw, sizeof raw, format, arguments);
    quote_message(message, size, raw);
}

void warn(const char *format, ...)
{
    char message[MESSAGE_SIZE];
    va_list arguments;

    va_start(arguments, format);
    format_message(message, sizeof message, format, arguments);
    va_end(arguments);
    say(message);
}

/* Ends the program with MESSAGE, which is safe to print. */
static _Noreturn void end(enum status status, const char *message)
{
    say(message);
    if (leaves > (status == STATUS_USAGE ? DIE_FAILURE_MARK : DIE_NO_MARK) && !isatty(STDOUT_FILENO))
        mark_write_failure(STDOUT_FILENO, program_name(), message);
    /* Not exit(): stdio buffers nothing of ours. Handlers of at_quick_exit() still run. */
    status_of_death = status;
    quick_exit((int)status);
}

void die(enum status status, const char *format, ...)
{
    char message[MESSAGE_SIZE];
    va_list arguments;

    va_start(arguments, format);
    format_message(message, sizeof message, format, arguments);
    va_end(arguments);
    end(status, message);
}

void die_usage(const char *format, ...)
{
    char message[MESSAGE_SIZE - 100];
    char hinted[MESSAGE_SIZE];
    va_list arguments;

    va_start(arguments, format);
    format_message(message, sizeof message, format, arguments);
    va_end(arguments);
    snprintf(hinted, sizeof hinted, "%s (try '%.80s --help')", message, program_name());
    end(STATUS_USAGE, hinted);
}

void die_errno(const char *what)
{
    die(STATUS_SYSTEM, "%s: %s", what, strerror(errno));
}
