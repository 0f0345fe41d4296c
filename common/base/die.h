/* SPDX-License-Identifier: MIT */
/* die: the end of a program that cannot go on, and the one line it says. */
#ifndef WEIR_DIE_H
#define WEIR_DIE_H

#include <stdbool.h>

/* Exit status of every program. */
enum status {
    STATUS_DONE = 0,
    STATUS_BAD_DATA = 1, /* stopped at a bad record, too many rejects, or the input failed */
    STATUS_USAGE = 2,
    STATUS_SYSTEM = 3, /* read, write, memory, temporary files, database */
};

/*
 * Whether standard output carries records, so that die() leaves the failure mark there. At first it does not. This is
 * the only state that common/ keeps for a whole process. Whoever writes to standard output keeps it at the end of a
 * line, so that the mark is a line of its own.
 */
void die_leaves_mark(bool leaves);

/*
 * Says "NAME: MESSAGE" on standard error, in one line and one write, writes the failure mark if there is to be one
 * (and standard output is no terminal), and ends as quick_exit(STATUS) does. Unsafe bytes of the message appear as \xHH.
 */
_Noreturn void die(enum status status, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* die(STATUS_SYSTEM, "WHAT: the words for errno"). */
_Noreturn void die_errno(const char *what);

/* Says "NAME: MESSAGE" on standard error as die() does, and goes on. */
void warn(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The name this program was called by, without its directories. */
const char *program_name(void);

#endif
