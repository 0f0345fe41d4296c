/* SPDX-License-Identifier: MIT */
#include "stream/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "base/die.h"

static double seconds_between(struct timespec from, struct timespec to)
{
    return (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
}

void progress_start(struct progress *p, uint64_t size, int times)
{
    *p = (struct progress){ .is_terminal = isatty(STDERR_FILENO), .size = size };
    p->is_on = times > 1 || (times == 1 && p->is_terminal);
    clock_gettime(CLOCK_MONOTONIC, &p->start);
    p->last = p->start;
}

static void report(const struct progress *p, uint64_t bytes, uint64_t records, struct timespec now)
{
    double seconds = seconds_between(p->start, now);
    double mib = (double)bytes / (1 << 20);
    char share[32] = "";

    if (p->size > 0)
        snprintf(share, sizeof share, " (%.0f%%)", 100.0 * (double)bytes / (double)p->size);
    /* On a terminal, each report overwrites the previous one; the blanks cover the end of a longer one. */
    fprintf(stderr, "%s%s: %.0f MiB%s, %.0f MiB/s, %" PRIu64 " records%s", p->is_terminal ? "\r" : "", program_name(),
            mib, share, seconds > 0 ? mib / seconds : 0, records, p->is_terminal ? "    " : "\n");
}

void progress_update(struct progress *p, uint64_t bytes, uint64_t records)
{
    struct timespec now;

    if (!p->is_on || bytes == p->bytes)
        return;
    p->bytes = bytes;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (seconds_between(p->last, now) < 1)
        return;
    p->last = now;
    report(p, bytes, records, now);
}

void progress_finish(struct progress *p, uint64_t bytes, uint64_t records)
{
    struct timespec now;

    if (!p->is_on)
        return;
    clock_gettime(CLOCK_MONOTONIC, &now);
    report(p, bytes, records, now);
    if (p->is_terminal)
        fputc('\n', stderr);
}
