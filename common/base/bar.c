/* SPDX-License-Identifier: MIT */
#include "base/bar.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/signals.h"
#include "base/write.h"

/* ECMA-48 (ANSI): EL clears from the cursor to the end of the line, CUU goes up a line. */
#define CLEAR_LINE "\r\033[K"
#define DOWN "\r\n"
#define UP "\033[A\r"

/* Static because a signal handler gets no argument. */
static volatile sig_atomic_t is_drawn;

/* A program in the background must not write over what the user types. */
static bool is_in_foreground(void)
{
    return tcgetpgrp(STDERR_FILENO) == getpgrp();
}

size_t bar_columns(void)
{
    const char *terminal = getenv("TERM");
    struct winsize size;

    if (terminal == NULL || strcmp(terminal, "dumb") == 0 || !is_in_foreground() ||
        ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0)
        return 0;
    return size.ws_col > 0 ? size.ws_col - 1U : 79;
}

static void end(int number)
{
    bar_erase();
    signals_end(number);
}

static void catch_signals(void)
{
    struct sigaction action;

    signals_catch(end);
    if (sigaction(SIGPIPE, NULL, &action) == 0 && action.sa_handler == SIG_DFL)
        signal(SIGPIPE, end);
}

void bar_draw(const char *text)
{
    static bool catches_signals;
    char bytes[1000];
    int len = snprintf(bytes, sizeof bytes, CLEAR_LINE DOWN CLEAR_LINE "%.900s" UP, text);

    if (!catches_signals)
        catch_signals();
    catches_signals = true;
    is_drawn = 1;
    write_all(STDERR_FILENO, (struct span){ bytes, (size_t)len });
}

void bar_erase(void)
{
    static const char bytes[] = CLEAR_LINE DOWN CLEAR_LINE UP;

    if (is_drawn == 0)
        return;
    is_drawn = 0;
    if (is_in_foreground())
        write_all(STDERR_FILENO, (struct span){ bytes, sizeof bytes - 1 });
}

void bar_erase_before(int fd)
{
    if (is_drawn != 0 && isatty(fd))
        bar_erase();
}
