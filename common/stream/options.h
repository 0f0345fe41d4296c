/* SPDX-License-Identifier: MIT */
/* options: the command line, from one table a program that parsing and --help share. */
#ifndef WEIR_OPTIONS_H
#define WEIR_OPTIONS_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The arguments of an option that may be given several times, in order; they live as long as argv. */
struct option_list {
    size_t n;
    const char **at; /* for the program to free */
};

/* One option. Exactly one of the pointers says what it sets, and so what kind of option it is. */
struct option_spec {
    char letter;          /* 0: it has its long name only */
    const char *name;     /* the long name */
    const char *argument; /* what stands for its argument in --help; NULL: it takes none */
    const char *help;     /* a line of --help, without a full stop */

    bool *flag;                 /* set to true */
    int *times;                 /* counts how often it was given */
    const char **text;          /* the argument as it is; it lives as long as argv */
    struct option_list *list;   /* all arguments, if it is given several times */
    uint64_t *number;           /* a whole number from 0 */
    uint64_t *bytes;            /* a size: a whole number, K, M, G or T behind it for powers of 1024 */
    const char *const *choices; /* with choice: the words the argument may be, NULL after the last */
    int *choice;                /* the index of the word that was given */
};

/* The options that every program has. All but the last three are set by options_parse(), defaults included. */
struct stream_options {
    bool no_header;        /* N */
    bool end_mark;         /* E */
    const char *rejects;   /* r: where bad records go; NULL: the first one stops the program */
    uint64_t max_rejects;  /* stop beyond so many; UINT64_MAX: never */
    uint64_t max_line;     /* bytes that a line may have */
    bool is_sink;          /* set by the program: it takes records and writes nothing to standard output */
    bool writes_text;      /* set by the program: what it writes are no records: no header line, no end mark */
    const volatile sig_atomic_t *stopped; /* set by the program, or NULL: not 0 once a signal has cut the input off */
};

/* What a program says of itself. */
struct usage {
    const char *operands;              /* what follows "NAME [options]" in the synopsis; may be "" */
    const char *purpose;               /* one sentence */
    const struct option_spec *options; /* its own options, in the order of --help */
    size_t n_options;
};

/*
 * Parses ARGV as getopt_long(3) does, long and short options anywhere among the operands, and returns the index in
 * ARGV of the first operand, operands moved behind the options. --help and --version print to standard output and
 * exit. What is wrong dies with STATUS_USAGE. Also sees to it that descriptors 0 to 2 are open, so that no file a
 * program opens later becomes its standard output: one that was closed fails when it is used.
 */
int options_parse(int argc, char **argv, const struct usage *usage, struct stream_options *stream);

/*
 * Dies with STATUS_USAGE and the message, which ends in a hint at --help. Nothing goes to standard output, for a
 * reader misses the header line - but where there is none, an empty stream is a whole one, and a filter leaves the
 * failure mark.
 */
_Noreturn void die_usage(const struct stream_options *stream, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
