/* SPDX-License-Identifier: MIT */
/* die: ends a program that cannot go on, with one line on standard error. */
#ifndef WEIR_DIE_H
#define WEIR_DIE_H

/* Exit status of every program. */
enum status {
    STATUS_DONE = 0,
    STATUS_BAD_DATA = 1, /* stopped at a bad record, too many rejects, or the input failed */
    STATUS_USAGE = 2,
    STATUS_SYSTEM = 3, /* reading, writing, memory, temporary files or database */
};

/* When die() also writes the failure mark to standard output. */
enum die_mark {
    DIE_NO_MARK,       /* never: nothing is written to standard output, or the stream is closed */
    DIE_FAILURE_MARK,  /* except after usage errors: they come before the header, and its absence tells the reader */
    DIE_ALWAYS_MARK,   /* always: there is no header line, so an empty output would look complete */
};

/*
 * Sets when die() leaves a mark; initially DIE_NO_MARK. This, stats.h and bar.h are the only state that common/ keeps for
 * a whole process.
 * Every write to standard output must end at the end of a line, so that the mark is a line of its own.
 */
void die_leaves(enum die_mark mark);

/*
 * Writes "NAME: MESSAGE" to standard error, as one line in one write, and the failure mark, if one is due, to standard
 * output unless that is a terminal. Then ends the program through quick_exit(STATUS). Unsafe bytes appear as \xHH.
 */
_Noreturn void die(enum status status, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* die(STATUS_USAGE) with a hint to try --help after the message. */
_Noreturn void die_usage(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* die(STATUS_SYSTEM, "WHAT: the text of errno"). */
_Noreturn void die_errno(const char *what);

/* In a handler of at_quick_exit(): the status of die(); STATUS_SYSTEM if it was not called. */
enum status die_status(void);

/* Writes "NAME: MESSAGE" to standard error as die() does, and returns. */
void warn(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The name this program was called by, without directories. */
const char *program_name(void);

#endif
