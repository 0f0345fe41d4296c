/* SPDX-License-Identifier: MIT */
/* options: the command line. Parsing and --help share one table per program. */
#ifndef WEIR_OPTIONS_H
#define WEIR_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { OPTION_REPEATS = 4096 }; /* how often an option that adds up may be given */

/* The arguments of such an option, in order. They live as long as argv. */
struct option_list {
    size_t n;
    const char *at[OPTION_REPEATS];
};

/* One option. Exactly one of the pointers is set: it shows what the option sets, and so its kind. */
struct option_spec {
    char letter;          /* 0: it has only a long name */
    const char *name;     /* the long name */
    const char *argument; /* its argument's name in --help; NULL: it takes none */
    const char *help;     /* a line of --help, without a full stop */

    bool *flag;                   /* set to true */
    int *times;                   /* counts how often it was given */
    const char **text;            /* the argument itself; it lives as long as argv */
    struct option_list *list;     /* all its arguments; options other than this and TIMES may be given once */
    uint64_t *number;             /* a whole number from 0 */
    uint64_t *bytes;              /* a size: a whole number, or with K, M, G or T a multiple of a power of 1024 */
    int *choice;                  /* the index of a word, from 0 ... */
    const char *(*word)(int i);   /* ... of this list: word I, NULL after the last; --help lists them */
};

/* What a program does with its standard output. */
enum stream_kind {
    STREAM_FILTER, /* writes records */
    STREAM_TEXT,   /* writes lines that are not records: no header line, no end mark */
    STREAM_SINK,   /* writes nothing there */
    STREAM_NONE,   /* has no records: of the shared options only --stats, --help and --version */
};

/* What a program says about itself. */
struct usage {
    const char *operands; /* what follows "NAME [options]" in the synopsis; "" if it takes no operands */
    const char *purpose;  /* one sentence */
    enum stream_kind kind;
    const struct option_spec *options; /* its own options, in the order of --help */
    size_t n_options;
};

/* The options that every program has, as options_parse() sets them. */
struct stream_options {
    bool no_header;        /* N */
    bool end_mark;         /* E */
    const char *rejects;   /* r: the file for bad records; NULL: the first bad record stops the program */
    uint64_t max_rejects;  /* stop beyond this number; UINT64_MAX: never */
    const char *stats;     /* the file for a record of the run; NULL: none */
    uint64_t max_line;     /* the most bytes that a line may have */
    const char *encoding;  /* of the input, one that xencoding_open() knows; NULL: UTF-8, and no option can change it */
    enum stream_kind kind; /* derived from the usage */
};

/*
 * Parses ARGV as getopt_long(3) does, with options anywhere among the operands, moves the operands to the end, and
 * returns the index in ARGV of the first one. -h, --help and --version print to standard output and exit. Dies
 * with STATUS_USAGE if the command line is wrong. Opens the file of --stats, so that all that follows counts (stats.h).
 * Also opens descriptors 0 to 2 if they are closed, so that no file the
 * program opens later becomes its standard output. Using such a descriptor fails.
 */
int options_parse(int argc, char **argv, const struct usage *usage, struct stream_options *stream);

/* options_parse() for operands that are a command: its first word ends the options; the rest belong to the command. */
int options_parse_command(int argc, char **argv, const struct usage *usage, struct stream_options *stream);

#endif
