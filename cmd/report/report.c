/* SPDX-License-Identifier: MIT */
/* report: runs the pipelines in a page of Markdown and writes the page, with their results, as one HTML file. */
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/die.h"
#include "base/memory.h"
#include "base/read.h"
#include "stream/options.h"
#include "stream/stats.h"
#include "stream/stream.h"
#include "html.h"
#include "output.h"
#include "page.h"
#include "style.h"

enum { CHUNK = 1 << 16 };

struct options {
    const char *output; /* o */
    struct stream_options stream;
};

struct job {
    const struct options *options;
    struct page page;
    struct timespec start; /* a file changed later is an output */
    struct buffer text;    /* of the page */
    struct buffer html;
    struct stream counts; /* for --stats; never opened */
};

/* Reads the page: PATH, or standard input if that is NULL. */
static void read_page(struct job *job, const char *path)
{
    int fd = path != NULL ? open(path, O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
    ssize_t n;

    if (fd < 0)
        die_errno(path);
    while ((n = read_some(fd, xbuffer_reserve(&job->text, CHUNK), CHUNK)) > 0)
        job->text.len += (size_t)n;
    if (n < 0)
        die(STATUS_SYSTEM, "%s%sread error: %s", path != NULL ? path : "", path != NULL ? ": " : "", strerror(errno));
    if (path != NULL)
        close(fd);
}

/* Sets the directory of the page, and makes the page its first input. */
static void open_page(struct job *job, const char *path)
{
    char *copy = xmemdup(path != NULL ? path : ".", strlen(path != NULL ? path : "."));
    char *directory = realpath(path != NULL ? dirname(copy) : ".", NULL);

    if (directory == NULL)
        die_errno(path != NULL ? path : "the current directory");
    job->page.name = path;
    job->page.directory = directory;
    job->page.inputs.directory = directory;
    if (path != NULL) {
        char *name = realpath(path, NULL);
        if (name == NULL)
            die_errno(path);
        xinputs_add(&job->page.inputs, span_of(name));
        free(name);
    }
    free(copy);
}

/* The same commands give the same page, whatever the environment says. */
static void set_environment(void)
{
    if (setenv("LC_ALL", "C", 1) != 0 || setenv("TZ", "UTC", 1) != 0 || unsetenv("PWD") != 0)
        die_no_memory();
}

/* What the names of all programs start with, for the caller to free: "weir-" if this one is weir-report. */
static char *find_prefix(void)
{
    const char *name = program_name();
    size_t len = strlen(name);
    size_t suffix = strlen("report");

    return xmemdup(name, len > suffix && strcmp(name + len - suffix, "report") == 0 ? len - suffix : 0);
}

static void write_head(struct job *job)
{
    struct buffer *html = &job->html;

    html_add(html, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                   "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                   "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                   "style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'\">\n"
                   "<meta name=\"color-scheme\" content=\"light dark\">\n"
                   "<meta name=\"generator\" content=\"weir " WEIR_VERSION "\">\n"
                   "<link rel=\"icon\" href=\"data:,\">\n<title>");
    html_text(html, span_of(job->page.title.at));
    html_add(html, "</title>\n<style>\n");
    html_add(html, style_rules);
    html_add(html, "</style>\n</head>\n<body>\n<main>\n");
    if (!job->page.has_heading) {
        html_add(html, "<h1>");
        html_text(html, span_of(job->page.title.at));
        html_add(html, "</h1>\n");
    }
}

static void write_foot(struct job *job)
{
    struct buffer *html = &job->html;
    char machine[40];
    char person[40];
    struct tm utc;

    gmtime_r(&job->start.tv_sec, &utc);
    strftime(machine, sizeof machine, "%Y-%m-%dT%H:%M:%SZ", &utc);
    strftime(person, sizeof person, "%Y-%m-%d %H:%M UTC", &utc);
    html_print(html, "</main>\n<footer>\n<p>Made <time datetime=\"%s\">%s</time> with weir " WEIR_VERSION
                     " by commands that read ", machine, person);
    html_count(html, job->page.counts.n_read);
    html_add(html, job->page.counts.n_read == 1 ? " record and rejected " : " records and rejected ");
    html_count(html, job->page.counts.n_rejected);
    html_add(html, ".</p>\n");
    xinputs_write(html, &job->page.inputs, &job->start);
    html_add(html, "</footer>\n</body>\n</html>\n");
}

static void report(struct job *job)
{
    const char *output = job->options->output;
    char *body = xpage_render(&job->page, buffer_span(&job->text));

    for (size_t i = 0; output != NULL && i < job->page.inputs.n; i++)
        output_check(output, job->page.inputs.names[i]);
    write_head(job);
    html_add(&job->html, body);
    write_foot(job);
    free(body);
    xoutput_write(output, buffer_span(&job->html));
}

/* For --stats: the bytes of the page, the counts of its commands. */
static void count(struct job *job)
{
    job->counts.n_bytes = job->text.len;
    job->counts.out.n_bytes = job->options->output == NULL ? job->html.len : 0;
    job->counts.n_read = job->page.counts.n_read;
    job->counts.n_rejected = job->page.counts.n_rejected;
}

int main(int argc, char **argv)
{
    struct options o = { .output = NULL };
    const struct option_spec specs[] = {
        { 'o', "output", "FILE", "write FILE, as a whole, instead of standard output", .text = &o.output },
    };
    const struct usage usage = { "[PAGE]", "Runs the pipelines in a page of Markdown and writes the page as HTML.",
                                 STREAM_NONE, specs, sizeof specs / sizeof *specs };
    int first = options_parse(argc, argv, &usage, &o.stream);
    struct job job = { .options = &o, .counts = { .options = &o.stream } };
    const char *path = first < argc && strcmp(argv[first], "-") != 0 ? argv[first] : NULL;

    if (argc - first > 1)
        die_usage("expected one PAGE");
    inputs_start(&job.start);
    stats_watch(&job.counts);
    if (o.output != NULL)
        output_check(o.output, path != NULL ? path : "/dev/stdin");
    read_page(&job, path);
    open_page(&job, path);
    set_environment();
    job.page.prefix = find_prefix();
    report(&job);
    count(&job);
    page_free(&job.page);
    buffer_free(&job.text);
    buffer_free(&job.html);
    return (int)(stats_end(STATUS_DONE) ? STATUS_DONE : STATUS_SYSTEM);
}
