/* SPDX-License-Identifier: MIT */
#include "stop.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/die.h"
#include "base/memory.h"
#include "base/signals.h"
#include "transaction.h"

volatile sig_atomic_t stop_signal;
static int no_input;
static struct database *database;
static struct sqlite_loader *loader;

/* A read(2) under way is restarted and finds the end of the input. */
static void end_input(int number)
{
    int error = errno;

    stop_signal = number;
    dup2(no_input, STDIN_FILENO);
    errno = error;
}

static void abandon(void)
{
    transaction_rollback(database);
    sqlite_loader_close(loader);
    database_close(database);
    if (stop_signal != 0) {
        warn("%s: nothing was loaded", strsignal(stop_signal));
        signals_end(stop_signal);
    }
}

void xstop_guard(struct database *d, struct sqlite_loader *l)
{
    database = d;
    d->stop = &stop_signal;
    loader = l;
    no_input = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (no_input < 0)
        die_errno("/dev/null");
    if (at_quick_exit(abandon) != 0)
        die_no_memory();
    signals_catch(end_input);
    signal(SIGPIPE, SIG_IGN);
}

void xstop_check(void)
{
    if (stop_signal != 0)
        quick_exit(STATUS_SYSTEM);
}
