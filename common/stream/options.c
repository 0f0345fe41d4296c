/* SPDX-License-Identifier: MIT */
#include "stream/options.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/die.h"
#include "base/memory.h"
#include "base/quote.h"
#include "base/words.h"
#include "stream/hint.h"
#include "stream/stats.h"

enum { LONG_ONLY = 256 }; /* getopt's value for an option without a letter: this plus its index */

/* A program's own options, then those that all programs have. */
struct table {
    struct option_spec *specs;
    size_t n;
};

static void open_standard_descriptors(void)
{
    static const int modes[] = { O_WRONLY, O_RDONLY, O_RDWR }; /* the wrong way round, so that using 0 or 1 fails */

    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", modes[fd]) != fd)
            _exit(STATUS_SYSTEM);
}

/*
 * Parses TEXT, a whole number, into VALUE. With SUFFIXES, K, M, G or T may follow it. False: it is not such a number.
 */
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

/* The index of WORD in the list of SPEC. */
static int find_word(const struct option_spec *spec, const char *word)
{
    int i = words_find(spec->word, span_of(word));
    struct words words;
    struct quoted q;

    if (i < 0)
        die_usage("--%s: \"%s\" must be one of %s", spec->name, quote(&q, span_of(word)),
                  words_list(&words, spec->word));
    return i;
}

static void append(const struct option_spec *spec, const char *argument)
{
    if (spec->list->n == OPTION_REPEATS)
        die_usage("--%s can be given at most %d times", spec->name, OPTION_REPEATS);
    spec->list->at[spec->list->n++] = argument;
}

static void set(const struct option_spec *spec, const char *argument)
{
    struct quoted q;

    if (spec->flag != NULL)
        *spec->flag = true;
    else if (spec->times != NULL)
        ++*spec->times;
    else if (spec->text != NULL)
        *spec->text = argument;
    else if (spec->list != NULL)
        append(spec, argument);
    else if (spec->choice != NULL)
        *spec->choice = find_word(spec, argument);
    else if (spec->number != NULL && !parse_number(argument, false, spec->number))
        die_usage("--%s: \"%s\" is not a whole number", spec->name, quote(&q, span_of(argument)));
    else if (spec->bytes != NULL && (!parse_number(argument, true, spec->bytes) || *spec->bytes > SIZE_MAX / 4))
        die_usage("--%s: \"%s\" is not a size such as 64M", spec->name, quote(&q, span_of(argument)));
}

static void print_option(const struct option_spec *spec)
{
    char left[80];
    struct words words = { "" };
    const char *argument = spec->argument != NULL ? spec->argument : "";
    int width = snprintf(left, sizeof left, spec->letter != '\0' ? "  -%c, --%s%s%s" : "  %c   --%s%s%s",
                         spec->letter != '\0' ? spec->letter : ' ', spec->name, *argument != '\0' ? " " : "", argument);

    if (spec->word != NULL)
        words_list(&words, spec->word);
    printf(width <= 27 ? "%-28s%s%s%s\n" : "%s  %s%s%s\n", left, spec->help, spec->word != NULL ? ": " : "",
           words.text);
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
        print_option(&table->specs[i]);
    print_option(&(struct option_spec){ .letter = 'h', .name = "help", .help = "print this and exit" });
    print_option(&(struct option_spec){ .name = "version", .help = "print the version and exit" });
    printf("\nManual: %s(1); the records, marks, exit status of all programs: weir(7).\n", program_name());
    print_and_exit();
}

static _Noreturn void print_version(void)
{
    printf("%s (weir) %s\n", program_name(), WEIR_VERSION);
    print_and_exit();
}

static struct table join(const struct usage *usage, struct stream_options *stream)
{
    static const char *const end_marks[] = {
        [STREAM_FILTER] = "write the end mark after the last record",
        [STREAM_TEXT] = "fail if the input has no end mark",
        [STREAM_SINK] = "fail if the input has no end mark, and store nothing",
        [STREAM_NONE] = NULL, /* not offered */
    };
    const struct option_spec common[] = {
        { 'N', "no-header", NULL, "no header line in or out; columns have positions only", .flag = &stream->no_header },
        { 'E', "end-mark", NULL, end_marks[usage->kind], .flag = &stream->end_mark },
        { 'r', "rejects", "FILE", "write bad records to FILE and continue", .text = &stream->rejects },
        { 0, "max-rejects", "N", "stop after more than N bad records", .number = &stream->max_rejects },
        { 0, "max-line", "SIZE", "a longer line is a bad record (64M)", .bytes = &stream->max_line },
        { 0, "stats", "FILE", "append a record of the run to FILE: time, memory, counts", .text = &stream->stats },
    };
    const size_t n_skipped = usage->kind == STREAM_NONE ? sizeof common / sizeof *common - 1 : 0;
    const size_t n_common = sizeof common / sizeof *common - n_skipped;
    struct table table = { xcalloc(usage->n_options + n_common, sizeof *common), usage->n_options + n_common };

    if (usage->n_options > 0)
        memcpy(table.specs, usage->options, usage->n_options * sizeof *common);
    memcpy(table.specs + usage->n_options, common + n_skipped, n_common * sizeof *common);
    return table;
}

/*
 * Returns getopt's short options for TABLE, after ORDER, and fills LONG_OPTIONS, which has room for two more and an
 * end.
 */
static char *describe(const struct table *table, const char *order, struct option *long_options)
{
    char *letters = xcalloc(2 * table->n + strlen(order) + 3, 1);
    char *next = stpcpy(stpcpy(letters, order), ":h");

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

/* The option that getopt_long() has just rejected, as the user wrote it. */
static const char *culprit(struct quoted *q, char **argv)
{
    if (optopt != 0 && optopt < LONG_ONLY)
        return quote(q, (struct span){ (char[]){ '-', (char)optopt }, 2 });
    return quote(q, span_of(argv[optind - 1]));
}

/*
 * Looks for -N before all else, because it decides whether a usage error leaves a mark. join() puts it after the
 * program's own options.
 */
static void find_no_header(int argc, char **argv, const struct usage *usage, const char *letters,
                           const struct option *long_options)
{
    bool no_header = false;
    int value;

    while ((value = getopt_long(argc, argv, letters, long_options, NULL)) != -1)
        no_header |= value == 'N' || value == LONG_ONLY + (int)usage->n_options;
    if (usage->kind == STREAM_TEXT || (usage->kind == STREAM_FILTER && no_header))
        die_leaves(DIE_ALWAYS_MARK);
    optind = 0;
}

/* Dies because of OPERAND. LIST is NULL, or the option with a list that it follows. */
static _Noreturn void die_unexpected(const char *operand, const struct option_spec *list)
{
    struct quoted q;

    xhint_file(span_of(operand));
    quote(&q, span_of(operand));
    if (list != NULL)
        die_usage("unexpected operand \"%s\"; --%s takes a list: --%s %s,%s", q.text, list->name, list->name,
                  list->list->at[0], q.text);
    die_usage("unexpected operand \"%s\"; records are read from standard input", q.text);
}

/* ORDER is "" or, if the first operand ends the options, getopt's "+". */
static int parse(int argc, char **argv, const struct usage *usage, struct stream_options *stream, const char *order)
{
    open_standard_descriptors();
    signal(SIGXFSZ, SIG_IGN); /* exceeding the file size limit is a write error with a message */
    *stream = (struct stream_options){ .max_rejects = UINT64_MAX, .max_line = UINT64_C(64) << 20, .kind = usage->kind };

    struct table table = join(usage, stream);
    struct option *long_options = xcalloc(table.n + 3, sizeof *long_options);
    char *letters = describe(&table, order, long_options);
    bool *is_given = xcalloc(table.n, sizeof *is_given);
    const struct option_spec *list = NULL; /* the first option with a list ... */
    const char *follower = NULL;           /* ... and what follows its argument */
    struct quoted q;
    int value;

    opterr = 0;
    unsetenv("POSIXLY_CORRECT"); /* options may follow operands, whatever the environment says */
    find_no_header(argc, argv, usage, letters, long_options);
    while ((value = getopt_long(argc, argv, letters, long_options, NULL)) != -1) {
        if (value == '?')
            die_usage("unknown option %s", culprit(&q, argv));
        if (value == ':')
            die_usage("option %s requires an argument", culprit(&q, argv));
        if (value == 'h' || value == LONG_ONLY + (int)table.n)
            print_help(usage, &table);
        if (value == LONG_ONLY + (int)table.n + 1)
            print_version();
        const struct option_spec *spec = find(&table, value);
        if (spec->times == NULL && spec->list == NULL && is_given[spec - table.specs])
            die_usage("--%s can be given only once", spec->name);
        is_given[spec - table.specs] = true;
        set(spec, optarg);
        if (spec->list != NULL && follower == NULL) {
            list = spec;
            follower = argv[optind];
        }
    }
    if (stream->max_rejects != UINT64_MAX && stream->rejects == NULL)
        die_usage("--max-rejects requires --rejects");
    if (*usage->operands == '\0' && optind < argc)
        die_unexpected(argv[optind], argv[optind] == follower ? list : NULL);
    if (stream->stats != NULL)
        xstats_open(stream->stats);
    free(is_given);
    free(letters);
    free(long_options);
    free(table.specs);
    return optind;
}

int options_parse(int argc, char **argv, const struct usage *usage, struct stream_options *stream)
{
    return parse(argc, argv, usage, stream, "");
}

int options_parse_command(int argc, char **argv, const struct usage *usage, struct stream_options *stream)
{
    return parse(argc, argv, usage, stream, "+");
}
