/* SPDX-License-Identifier: MIT */
#include "stream/stats.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/quote.h"
#include "base/read.h"
#include "base/write.h"
#include "stream/stream.h"
#include "stream/tsv.h"

static const char header[] = "Started\tProgram\tStatus\tSeconds\tUser\tSystem\tPeakBytes\tBytesIn\tBytesOut\tRead\t"
                             "Written\tRejected\n";

enum {
    HEADER_LEN = sizeof header - 1,
    TIME_SIZE = sizeof "2024-03-31T08:00:00",
    RECORD_SIZE = 2 * QUOTE_SIZE + 400,
};

/* Static because a program that dies passes nothing to the handlers of at_quick_exit(). */
static struct {
    const char *path;            /* NULL: there is nothing to do, or no more */
    int fd;
    char started[TIME_SIZE];     /* as utc(1) writes it */
    struct timespec start;       /* of CLOCK_MONOTONIC */
    const struct stream *stream; /* NULL: not open yet */
} stats;

/* Whether FD, of STATUS, is empty, no regular file, or begins with the header line. */
static bool is_own(int fd, const struct stat *status)
{
    char start[HEADER_LEN];

    return !S_ISREG(status->st_mode) || status->st_size == 0 ||
           (pread(fd, start, HEADER_LEN, 0) == HEADER_LEN && memcmp(start, header, HEADER_LEN) == 0);
}

static void end_dying(void)
{
    stats_end(die_status());
}

void xstats_open(const char *path)
{
    int fd = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
    time_t now = time(NULL);
    struct stat status;
    struct tm utc;

    if (fd < 0 || fstat(fd, &status) != 0)
        die_errno(path);
    if (S_ISREG(status.st_mode) && writer_is_in_use(&status, fd))
        die_usage("--stats: %s is already in use", path);
    if (!is_own(fd, &status))
        die_usage("--stats: %s is not empty, and no file of --stats", path);
    strftime(stats.started, sizeof stats.started, "%Y-%m-%dT%H:%M:%S", gmtime_r(&now, &utc));
    clock_gettime(CLOCK_MONOTONIC, &stats.start);
    if (at_quick_exit(end_dying) != 0)
        die_no_memory();
    stats.path = path;
    stats.fd = fd;
}

void stats_watch(const struct stream *s)
{
    stats.stream = s;
}

/*
 * The most memory that the program had: the kernel's mark for its image, because ru_maxrss also has that of the process
 * that started it. 0: unknown.
 */
static uint64_t peak_bytes(void)
{
    static const char label[] = "VmHWM:";
    char text[4096];
    int fd = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
    ssize_t n = fd >= 0 ? read_some(fd, text, sizeof text - 1) : 0;

    text[n > 0 ? n : 0] = '\0';
    if (fd >= 0)
        close(fd);
    const char *at = strstr(text, label);
    return at != NULL ? strtoull(at + sizeof label - 1, NULL, 10) << 10 : 0;
}

static double seconds_of(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

/* Writes what the program and its command took, if it ran one: Seconds to PeakBytes. */
static int format_usage(char *to, size_t size)
{
    uint64_t peak = peak_bytes();
    struct rusage own;
    struct rusage command;
    struct timespec now;

    getrusage(RUSAGE_SELF, &own);
    getrusage(RUSAGE_CHILDREN, &command);
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (peak == 0)
        peak = (uint64_t)own.ru_maxrss << 10;
    if (peak < (uint64_t)command.ru_maxrss << 10)
        peak = (uint64_t)command.ru_maxrss << 10;
    return snprintf(to, size, "%.6f\t%.6f\t%.6f\t%" PRIu64,
                    (double)(now.tv_sec - stats.start.tv_sec) + (double)(now.tv_nsec - stats.start.tv_nsec) / 1e9,
                    seconds_of(own.ru_utime) + seconds_of(command.ru_utime),
                    seconds_of(own.ru_stime) + seconds_of(command.ru_stime), peak);
}

/* Writes the counts of the stream: BytesIn to Rejected. */
static int format_counts(char *to, size_t size)
{
    static const struct stream_options no_options = { .kind = STREAM_SINK };
    static const struct stream no_stream = { .options = &no_options };
    const struct stream *s = stats.stream != NULL ? stats.stream : &no_stream;
    uint64_t n_written = s->options->kind == STREAM_FILTER ? s->out.n_lines : s->n_written;
    uint64_t bytes_in = s->n_bytes + reader_offset(&s->in);

    if (s->shares_output)
        return snprintf(to, size, "%" PRIu64 "\t\\N\t%" PRIu64 "\t\\N\t%" PRIu64, bytes_in, s->n_read, s->n_rejected);
    return snprintf(to, size, "%" PRIu64 "\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64, bytes_in, s->out.n_bytes,
                    s->n_read, n_written, s->n_rejected);
}

/* Writes the record of a run that ends with STATUS. */
static struct span format_record(char record[RECORD_SIZE], enum status status)
{
    struct quoted q;
    char usage[100];
    char counts[200];
    char name[2 * QUOTE_SIZE];

    quote(&q, span_of(program_name()));
    int name_len = (int)tsv_escape(name, span_of(q.text));
    format_usage(usage, sizeof usage);
    format_counts(counts, sizeof counts);
    int len = snprintf(record, RECORD_SIZE, "%s\t%.*s\t%d\t%s\t%s\n", stats.started, name_len, name, (int)status, usage,
                       counts);
    return (struct span){ record, (size_t)len };
}

/* Appends RECORD, after the header if the file is empty. Nothing is left of a record that does not fit. */
static bool append(struct span record)
{
    char text[HEADER_LEN + RECORD_SIZE];
    struct stat file;

    while (flock(stats.fd, LOCK_EX) != 0)
        if (errno != EINTR)
            return false;
    if (fstat(stats.fd, &file) != 0)
        return false;
    size_t header_len = file.st_size == 0 ? HEADER_LEN : 0;
    memcpy(text, header, header_len);
    memcpy(text + header_len, record.at, record.len);
    if (!is_own(stats.fd, &file)) {
        errno = EEXIST;
        return false;
    }
    if (write_all(stats.fd, (struct span){ text, header_len + record.len }))
        return true;
    int error = errno;
    if (S_ISREG(file.st_mode) && ftruncate(stats.fd, file.st_size) != 0)
        return false;
    errno = error;
    return false;
}

bool stats_end(enum status status)
{
    char record[RECORD_SIZE];
    const char *path = stats.path;

    if (path == NULL)
        return true;
    stats.path = NULL;
    bool is_done = append(format_record(record, status));
    if (!is_done)
        warn("write error: %s: %s", path, strerror(errno));
    close(stats.fd);
    return is_done;
}
