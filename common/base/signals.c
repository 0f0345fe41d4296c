/* SPDX-License-Identifier: MIT */
#include "base/signals.h"

#include <signal.h>
#include <stddef.h>

static const int numbers[] = { SIGHUP, SIGINT, SIGTERM };

void signals_catch(void (*handler)(int number))
{
    struct sigaction action;

    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (sigaction(numbers[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
            sigaction(numbers[i], &(struct sigaction){ .sa_handler = handler, .sa_flags = SA_RESTART }, NULL);
}

void signals_block(void)
{
    sigset_t set;

    sigemptyset(&set);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        sigaddset(&set, numbers[i]);
    sigprocmask(SIG_BLOCK, &set, NULL);
}

void signals_end(int number)
{
    signal(number, SIG_DFL);
    raise(number);
}
