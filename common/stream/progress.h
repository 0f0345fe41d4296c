/* SPDX-License-Identifier: MIT */
/* progress: shows on standard error how much of the input has been read: as a bar (bar.h), else as lines. */
#ifndef WEIR_PROGRESS_H
#define WEIR_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct progress {
    bool is_on;
    bool is_bar;    /* ten times a second; else a line a second */
    uint64_t size;  /* bytes of input; 0: unknown */
    uint64_t bytes; /* read at the last progress_update() */
    struct timespec start;
    struct timespec last; /* time of the last report */
};

/*
 * Starts reporting on an input of SIZE bytes; 0: unknown. TIMES is how often --progress was given: once means as a bar
 * or not at all, twice means as lines where no bar can be drawn.
 */
void progress_start(struct progress *p, uint64_t size, int times);

/*
 * Reports the bytes read, their share and rate, RECORDS, and the time left at that rate; if SIZE is unknown, the time
 * so far. Does so at most ten times a second, or once as a line, and only if BYTES has changed. MB are 10^6 bytes.
 */
void progress_update(struct progress *p, uint64_t bytes, uint64_t records);

/* Makes the last report, a line. */
void progress_finish(struct progress *p, uint64_t bytes, uint64_t records);

#endif
