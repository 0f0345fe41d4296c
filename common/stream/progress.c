/* SPDX-License-Identifier: MIT */
#include "stream/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/bar.h"
#include "base/die.h"
#include "base/write.h"

enum {
    TEXT_SIZE = 400,
    LEAST_CELLS = 10, /* of a bar, which has a multiple of them, lest it move with the length of numbers */
    MOST_CELLS = 40,
};

static const double bar_seconds = 0.1; /* between two reports */
static const double line_seconds = 1;
static const double first_seconds = 0.5; /* before the first bar: nobody needs it for less */

static double seconds_between(struct timespec from, struct timespec to)
{
    return (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
}

void progress_start(struct progress *p, uint64_t size, int times)
{
    *p = (struct progress){ .size = size };
    p->is_bar = times > 0 && bar_columns() > 0;
    p->is_on = p->is_bar || times > 1;
    clock_gettime(CLOCK_MONOTONIC, &p->start);
    p->last = p->start;
}

/* Writes to TO, of SIZE bytes, "12 MB/s", with a digit after the point if there is one before it. */
static void format_rate(char *to, size_t size, uint64_t bytes, double seconds)
{
    double rate = seconds > 0 ? (double)bytes / 1e6 / seconds : 0;

    snprintf(to, size, "%.*f MB/s", rate < 10, rate);
}

/* Writes to TO, of SIZE bytes, "1:23" or "1:23:45". */
static void format_time(char *to, size_t size, double seconds)
{
    uint64_t s = seconds < 1e9 ? (uint64_t)seconds : 1000000000;

    if (s < 3600)
        snprintf(to, size, "%" PRIu64 ":%02" PRIu64, s / 60, s % 60);
    else
        snprintf(to, size, "%" PRIu64 ":%02" PRIu64 ":%02" PRIu64, s / 3600, s / 60 % 60, s % 60);
}

static void report_line(const struct progress *p, uint64_t bytes, uint64_t records, double seconds)
{
    char text[TEXT_SIZE];
    char share[32] = "";
    char rate[64];

    if (p->size > 0)
        snprintf(share, sizeof share, " (%.0f%%)", 100.0 * (double)bytes / (double)p->size);
    format_rate(rate, sizeof rate, bytes, seconds);
    int len = snprintf(text, sizeof text, "%.80s: %.0f MB%s, %s, %" PRIu64 " records\n", program_name(),
                       (double)bytes / 1e6, share, rate, records);
    write_all(STDERR_FILENO, (struct span){ text, (size_t)len });
}

/* Writes to TO, of SIZE bytes, what follows the bar: rate, records, time. */
static void format_end(char *to, size_t size, const struct progress *p, uint64_t bytes, uint64_t records, double seconds)
{
    char rate[64];
    char time[64];

    format_rate(rate, sizeof rate, bytes, seconds);
    if (p->size == 0 || bytes == 0)
        format_time(time, sizeof time, seconds);
    else
        format_time(time, sizeof time, bytes < p->size ? seconds * (double)(p->size - bytes) / (double)bytes : 0);
    snprintf(to, size, "%s  %" PRIu64 " records  %s%s", rate, records, time, p->size > 0 && bytes > 0 ? " left" : "");
}

static void report_bar(const struct progress *p, uint64_t bytes, uint64_t records, double seconds)
{
    static const char full[MOST_CELLS + 1] = "========================================";
    size_t columns = bar_columns();
    char start[120];
    char end[200];
    char text[TEXT_SIZE];

    if (columns == 0)
        return;
    format_end(end, sizeof end, p, bytes, records, seconds);
    if (p->size == 0) {
        snprintf(text, sizeof text, "%.80s: %.0f MB  %s", program_name(), (double)bytes / 1e6, end);
    } else {
        double share = bytes < p->size ? (double)bytes / (double)p->size : 1;
        snprintf(start, sizeof start, "%.80s: %3d%%  ", program_name(), (int)(100 * share));
        size_t taken = strlen(start) + strlen(end) + strlen("[>]  ");
        size_t cells = columns > taken ? columns - taken : 0;
        cells = cells < MOST_CELLS ? cells - cells % LEAST_CELLS : MOST_CELLS;
        int n = (int)(share * (double)cells);
        if (cells < LEAST_CELLS)
            snprintf(text, sizeof text, "%s%s", start, end);
        else
            snprintf(text, sizeof text, "%s[%.*s>%*s]  %s", start, n, full, (int)cells - n, "", end);
    }
    text[columns < sizeof text ? columns : sizeof text - 1] = '\0';
    bar_draw(text);
}

void progress_update(struct progress *p, uint64_t bytes, uint64_t records)
{
    struct timespec now;

    if (!p->is_on || bytes == p->bytes)
        return;
    p->bytes = bytes;
    clock_gettime(CLOCK_MONOTONIC, &now);
    double seconds = seconds_between(p->start, now);
    if (seconds_between(p->last, now) < (p->is_bar ? bar_seconds : line_seconds) || seconds < first_seconds)
        return;
    p->last = now;
    if (p->is_bar)
        report_bar(p, bytes, records, seconds);
    else
        report_line(p, bytes, records, seconds);
}

void progress_finish(struct progress *p, uint64_t bytes, uint64_t records)
{
    struct timespec now;

    if (!p->is_on)
        return;
    clock_gettime(CLOCK_MONOTONIC, &now);
    bar_erase();
    report_line(p, bytes, records, seconds_between(p->start, now));
}
