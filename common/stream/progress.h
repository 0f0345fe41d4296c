/* SPDX-License-Identifier: MIT */
/* progress: reports on standard error how much of the input has been read. */
#ifndef WEIR_PROGRESS_H
#define WEIR_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct progress {
    bool is_on;
    bool is_terminal;
    uint64_t size;  /* bytes of input; 0: unknown */
    uint64_t bytes; /* read at the last progress_update() */
    struct timespec start;
    struct timespec last; /* time of the last report */
};

/*
 * Starts reporting on an input of SIZE bytes; 0: unknown. TIMES is how often --progress was given: once means report
 * only to a terminal, twice means always.
 */
void progress_start(struct progress *p, uint64_t size, int times);

/* Reports the bytes read, their share and rate, and RECORDS; at most once a second, and only if BYTES has changed. */
void progress_update(struct progress *p, uint64_t bytes, uint64_t records);

/* Makes the last report. */
void progress_finish(struct progress *p, uint64_t bytes, uint64_t records);

#endif
