/* SPDX-License-Identifier: MIT */
#include "stream/options.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/die.h"
#include "base/memory.h"
#include "base/quote.h"

enum { LONG_ONLY = 256 }; /* getopt's value of an option without a letter is this plus its index */

/* A program's own options and then those that all have. */
struct table {
    struct option_spec *specs;
    size_t n;
};

static void open_standard_descriptors(void)
{
    static const int modes[] = { O_WRONLY, O_RDONLY, O_RDWR }; /* the wrong way round for 0 and 1: using them fails */

    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", modes[fd]) != fd)
            _exit(STATUS_SYSTEM);
}

void die_usage(const struct stream_options *stream, const char *format, ...)
{
    char message[3000];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    die_leaves_mark((stream->no_header || stream->writes_text) && !stream->is_sink);
    die(STATUS_USAGE, "%s (try '%s --help')", message, program_name());
}

/* Parses TEXT, a whole number and, if SUFFIXES, a letter for a power of 1024, into VALUE; false if it is none. */
static bool parse_number(const char *text, bool suffixes, uint64_t *value)
{
    static const char letters[] = "KMGT";
    char *end;

    if (*text < '0' || *text > '9')
        return false;
    errno = 0;
    *value = strtoull(text, &end, 10);
    if (errno != 0)
        return false;
    if (suffixes && *end != '\0') {
        const char *letter = strchr(letters, *end & ~0x20);
        if (letter == NULL || *letter == '\0' ||
            __builtin_mul_overflow(*value, UINT64_C(1) << (10 * (letter - letters + 1)), value))
            return false;
        end++;
    }
    return *end == '\0';
}

static void list_choices(char *out, size_t size, const char *const *choices)
{
    *out = '\0';
    for (size_t i = 0; choices[i] != NULL && strlen(out) + strlen(choices[i]) + 3 < size; i++) {
        strcat(out, i > 0 ? ", " : "");
        strcat(out, choices[i]);
    }
}

static void append(struct option_list *list, const char *argument)
{
    list->at = xrealloc(list->at, list->n + 1, sizeof *list->at);
    list->at[list->n++] = argument;
}

static void set(const struct option_spec *spec, const char *argument, const struct stream_options *stream)
{
    struct quoted q;

    if (spec->flag != NULL)
        *spec->flag = true;
    else if (spec->times != NULL)
        ++*spec->times;
    else if (spec->text != NULL)
        *spec->text = argument;
    else if (spec->list != NULL)
        append(spec->list, argument);
    else if (spec->number != NULL) {
        if (!parse_number(argument, false, spec->number))
            die_usage(stream, "--%s: \"%s\" is not a whole number", spec->name, quote(&q, span_of(argument)));
    } else if (spec->bytes != NULL) {
        if (!parse_number(argument, true, spec->bytes) || *spec->bytes > SIZE_MAX / 4)
            die_usage(stream, "--%s: \"%s\" is not a size such as 64M", spec->name, quote(&q, span_of(argument)));
    } else {
        for (int i = 0; spec->choices[i] != NULL; i++)
            if (strcmp(spec->choices[i], argument) == 0) {
                *spec->choice = i;
                return;
            }
        char words[200];
        list_choices(words, sizeof words, spec->choices);
        die_usage(stream, "--%s: \"%s\" is none of %s", spec->name, quote(&q, span_of(argument)), words);
    }
}

static void print_option(char letter, const char *name, const char *argument, const char *help)
{
    char left[80];
    int width;

    width = snprintf(left, sizeof left, letter != '\0' ? "  -%c, --%s%s%s" : "  %c   --%s%s%s",
                     letter != '\0' ? letter : ' ', name, argument != NULL ? " " : "", argument != NULL ? argument : "");
    printf(width <= 27 ? "%-28s%s\n" : "%s  %s\n", left, help);
}

static _Noreturn void print_and_exit(void)
{
    if (fflush(stdout) != 0 || ferror(stdout))
        die_errno("write error");
    _exit(STATUS_DONE);
}

static _Noreturn void print_help(const struct usage *usage, const struct table *table)
{
    printf("usage: %s [options]%s%s\n%s\n\n", program_name(), *usage->operands != '\0' ? " " : "", usage->operands,
           usage->purpose);
    for (size_t i = 0; i < table->n; i++)
        print_option(table->specs[i].letter, table->specs[i].name, table->specs[i].argument, table->specs[i].help);
    print_option('\0', "help", NULL, "print this and exit");
    print_option('\0', "version", NULL, "print the version and exit");
    printf("\nManual: %s(1); the records, marks and exit status of all programs: weir(7).\n", program_name());
    print_and_exit();
}

static _Noreturn void print_version(void)
{
    printf("%s (weir) %s\n", program_name(), WEIR_VERSION);
    print_and_exit();
}

static struct table join(const struct usage *usage, struct stream_options *stream)
{
    const char *end_mark = stream->is_sink       ? "keep nothing of an input without its end mark"
                           : stream->writes_text ? "an input without its end mark has failed"
                                                 : "close the stream with the end mark";
    const struct option_spec common[] = {
        { 'N', "no-header", NULL, "no header line in or out; columns go by number", .flag = &stream->no_header },
        { 'E', "end-mark", NULL, end_mark, .flag = &stream->end_mark },
        { 'r', "rejects", "FILE", "write bad records to FILE and go on", .text = &stream->rejects },
        { 0, "max-rejects", "N", "stop beyond N bad records", .number = &stream->max_rejects },
        { 0, "max-line", "SIZE", "a longer line is a bad record (64M)", .bytes = &stream->max_line },
    };
    const size_t n_common = sizeof common / sizeof *common;
    struct table table = { xcalloc(usage->n_options + n_common, sizeof *common), usage->n_options + n_common };

    if (usage->n_options > 0)
        memcpy(table.specs, usage->options, usage->n_options * sizeof *common);
    memcpy(table.specs + usage->n_options, common, sizeof common);
    return table;
}

/* Returns getopt's short options for TABLE and fills LONG_OPTIONS, which has room for two more than TABLE. */
static char *describe(const struct table *table, struct option *long_options)
{
    char *letters = xcalloc(2 * table->n + 2, 1);
    char *next = letters;

    *next++ = ':';
    for (size_t i = 0; i < table->n; i++) {
        const struct option_spec *spec = &table->specs[i];
        int has_argument = spec->argument != NULL ? required_argument : no_argument;
        long_options[i] = (struct option){ spec->name, has_argument, NULL, LONG_ONLY + (int)i };
        if (spec->letter != '\0')
            *next++ = spec->letter;
        if (spec->letter != '\0' && spec->argument != NULL)
            *next++ = ':';
    }
    long_options[table->n] = (struct option){ "help", no_argument, NULL, LONG_ONLY + (int)table->n };
    long_options[table->n + 1] = (struct option){ "version", no_argument, NULL, LONG_ONLY + (int)table->n + 1 };
    return letters;
}

static const struct option_spec *find(const struct table *table, int value)
{
    if (value >= LONG_ONLY)
        return &table->specs[value - LONG_ONLY];
    for (size_t i = 0; i < table->n; i++)
        if (table->specs[i].letter == value)
            return &table->specs[i];
    return NULL;
}

/* The option that getopt_long() has just found wanting, as the user wrote it. */
static const char *culprit(struct quoted *q, char **argv)
{
    if (optopt != 0 && optopt < LONG_ONLY)
        return quote(q, (struct span){ (char[]){ '-', (char)optopt }, 2 });
    return quote(q, span_of(argv[optind - 1]));
}

int options_parse(int argc, char **argv, const struct usage *usage, struct stream_options *stream)
{
    open_standard_descriptors();
    *stream = (struct stream_options){ .max_rejects = UINT64_MAX, .max_line = UINT64_C(64) << 20,
                                       .is_sink = stream->is_sink, .writes_text = stream->writes_text,
                                       .stopped = stream->stopped };

    struct table table = join(usage, stream);
    struct option *long_options = xcalloc(table.n + 3, sizeof *long_options);
    char *letters = describe(&table, long_options);
    struct quoted q;
    int value;

    opterr = 0;
    unsetenv("POSIXLY_CORRECT"); /* options stand anywhere among the operands, whatever the environment says */
    /* -N first, wherever it stands, for it says whether a usage error leaves a mark. Its name is the first of join(). */
    while ((value = getopt_long(argc, argv, letters, long_options, NULL)) != -1)
        stream->no_header |= value == 'N' || value == LONG_ONLY + (int)usage->n_options;
    optind = 0;
    while ((value = getopt_long(argc, argv, letters, long_options, NULL)) != -1) {
        if (value == '?')
            die_usage(stream, "unknown option %s", culprit(&q, argv));
        if (value == ':')
            die_usage(stream, "option %s needs an argument", culprit(&q, argv));
        if (value == LONG_ONLY + (int)table.n)
            print_help(usage, &table);
        if (value == LONG_ONLY + (int)table.n + 1)
            print_version();
        set(find(&table, value), optarg, stream);
    }
    if (stream->max_rejects != UINT64_MAX && stream->rejects == NULL)
        die_usage(stream, "--max-rejects needs --rejects");
    free(letters);
    free(long_options);
    free(table.specs);
    return optind;
}
