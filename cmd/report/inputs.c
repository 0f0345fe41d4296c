/* SPDX-License-Identifier: MIT */
#include "inputs.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/die.h"
#include "base/memory.h"
#include "fence.h"
#include "html.h"
#include "notes.h"
#include "shell.h"

#ifndef CLOCK_REALTIME_COARSE
#define CLOCK_REALTIME_COARSE CLOCK_REALTIME
#endif

enum { HASH_LEN = 64 };

struct file {
    char *name; /* absolute; not owned */
    struct stat status;
};

void xinputs_add(struct inputs *inputs, struct span name)
{
    for (size_t i = 0; i < inputs->n; i++)
        if (span_equal(span_of(inputs->names[i]), name))
            return;
    inputs->names = xgrow(inputs->names, inputs->n, sizeof *inputs->names);
    inputs->names[inputs->n++] = xmemdup(name.at, name.len);
}

void xinputs_add_noted(struct inputs *inputs, struct span notes)
{
    struct span name;

    while (notes_take(&notes, SHELL_INPUT, &name))
        xinputs_add(inputs, name);
}

static bool is_after(const struct timespec *a, const struct timespec *b)
{
    return a->tv_sec != b->tv_sec ? a->tv_sec > b->tv_sec : a->tv_nsec > b->tv_nsec;
}

void inputs_start(struct timespec *start)
{
    const struct timespec pause = { .tv_nsec = 1000000 };
    struct timespec files;

    clock_gettime(CLOCK_REALTIME, start);
    do {
        nanosleep(&pause, NULL);
        clock_gettime(CLOCK_REALTIME_COARSE, &files);
    } while (!is_after(&files, start));
}

/* Whether one of the N FILES has STATUS: a file with several names. */
static bool is_known(const struct file *files, size_t n, const struct stat *status)
{
    for (size_t i = 0; i < n; i++)
        if (files[i].status.st_dev == status->st_dev && files[i].status.st_ino == status->st_ino)
            return true;
    return false;
}

/* Sets FILES, which has room for all, to those that are inputs; returns their number. */
static size_t select_files(const struct inputs *inputs, const struct timespec *start, struct file *files)
{
    size_t n = 0;

    for (size_t i = 0; i < inputs->n; i++) {
        struct file *file = &files[n];
        file->name = inputs->names[i];
        if (stat(file->name, &file->status) == 0 && S_ISREG(file->status.st_mode) &&
            !is_after(&file->status.st_mtim, start) && !is_known(files, n, &file->status))
            n++;
    }
    return n;
}

/* Runs sha256sum on the N FILES. Its output is a line for each file, with a backslash first if the name has one. */
static void xhash(struct fence *f, const struct file *files, size_t n)
{
    char **argv = xcalloc(n + 3, sizeof *argv);
    bool is_full;

    argv[0] = "sha256sum";
    argv[1] = "--";
    for (size_t i = 0; i < n; i++)
        argv[i + 2] = files[i].name;
    xfence_run(f, "/", argv, &is_full);
    if (f->status != 0)
        die(STATUS_SYSTEM, "%.*s", (int)strcspn(f->streams[FENCE_MESSAGES].at, "\n"), f->streams[FENCE_MESSAGES].at);
    free(argv);
}

/* The name of a file in DIRECTORY without that. */
static const char *shorten(const char *name, const char *directory)
{
    size_t len = strlen(directory);

    return strncmp(name, directory, len) == 0 && name[len] == '/' ? name + len + 1 : name;
}

static void write_file(struct buffer *html, const struct file *file, const char *directory, struct span hash)
{
    char time[40];
    struct tm utc;

    strftime(time, sizeof time, "%Y-%m-%d %H:%M:%S", gmtime_r(&file->status.st_mtim.tv_sec, &utc));
    html_add(html, "<tr><td>");
    html_text(html, span_of(shorten(file->name, directory)));
    html_add(html, "</td><td class=\"n\">");
    html_count(html, (uint64_t)file->status.st_size);
    html_print(html, "</td><td>%s</td><td><code>%.*s</code></td></tr>\n", time, (int)hash.len, hash.at);
}

void xinputs_write(struct buffer *html, const struct inputs *inputs, const struct timespec *start)
{
    struct file *files = xcalloc(inputs->n + 1, sizeof *files);
    size_t n = select_files(inputs, start, files);
    struct fence f;

    if (n == 0) {
        html_add(html, "<p>No input files.</p>\n");
        free(files);
        return;
    }
    xhash(&f, files, n);
    const char *line = f.streams[FENCE_RECORDS].at;
    html_add(html, "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"Input files\"><table>\n"
                   "<thead><tr><th scope=\"col\">Input file</th><th scope=\"col\" class=\"n\">Bytes</th>"
                   "<th scope=\"col\">Changed (UTC)</th><th scope=\"col\">SHA-256</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < n; i++) {
        line += *line == '\\';
        write_file(html, &files[i], inputs->directory, (struct span){ line, strnlen(line, HASH_LEN) });
        line += strcspn(line, "\n");
        line += *line == '\n';
    }
    html_add(html, "</tbody></table></div>\n");
    fence_free(&f);
    free(files);
}

void inputs_free(struct inputs *inputs)
{
    for (size_t i = 0; i < inputs->n; i++)
        free(inputs->names[i]);
    free(inputs->names);
}
