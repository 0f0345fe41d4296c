/* SPDX-License-Identifier: MIT */
/*
 * bar: draws the progress of a program on the terminal of standard error, again and again in the same place: one line
 * below the cursor, which waits at the start of an empty line. So a message, of this program or another one, is a line
 * of its own. The next bar clears what is left of the last one.
 */
#ifndef WEIR_BAR_H
#define WEIR_BAR_H

#include <stddef.h>

/*
 * The columns that a bar may have, one less than the terminal; 0: draw none, because standard error is no terminal, that
 * one cannot clear a line (TERM is "dumb" or not set), or the program is not in the foreground.
 */
size_t bar_columns(void);

/*
 * Draws TEXT, of at most bar_columns() columns. From the first bar on, signals that end the program erase it: HUP, INT,
 * TERM and PIPE, except those that are ignored.
 */
void bar_draw(const char *text);

/* Erases the bar, if there is one. Called before messages. May be called by a signal handler. */
void bar_erase(void);

/* bar_erase() before a write to FD, if that is a terminal. */
void bar_erase_before(int fd);

#endif
