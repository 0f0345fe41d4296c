/* SPDX-License-Identifier: MIT */
/* signals: those that ask a program to end: HUP, INT and TERM. */
#ifndef WEIR_SIGNALS_H
#define WEIR_SIGNALS_H

/*
 * From here on, these signals call HANDLER, except those that are ignored, as HUP is under nohup(1): they stay ignored.
 * A system call under way is restarted after that.
 */
void signals_catch(void (*handler)(int number));

/* From here on, these signals wait until the program ends, and so have no effect. */
void signals_block(void);

/* Ends the program by signal NUMBER; if called by its handler, once that returns. */
void signals_end(int number);

#endif
