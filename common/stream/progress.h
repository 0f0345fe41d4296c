/* SPDX-License-Identifier: MIT */
/* progress: how far a program has come, said on standard error while it runs. */
#ifndef WEIR_PROGRESS_H
#define WEIR_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct progress {
    bool is_on;
    bool is_terminal;
    uint64_t size;  /* of the input in bytes, 0: unknown */
    uint64_t bytes; /* of it at the last progress_update() */
    struct timespec start;
    struct timespec last; /* when something was said */
};

/*
 * Starts to watch the input FD. TIMES is how often --progress was given: once, and progress is said if standard error
 * is a terminal; more often, and it is in any case.
 */
void progress_start(struct progress *p, int fd, int times);

/* Has BYTES been read since the last update? Then says how many, their share, their rate and RECORDS, once a second. */
void progress_update(struct progress *p, uint64_t bytes, uint64_t records);

/* Says it a last time. */
void progress_finish(struct progress *p, uint64_t bytes, uint64_t records);

#endif
