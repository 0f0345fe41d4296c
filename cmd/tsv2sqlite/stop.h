/* SPDX-License-Identifier: MIT */
/*
 * stop: an early end, by die() or by a signal, rolls back the transaction and closes the database. A signal handler
 * cannot do that, so the signals HUP, INT and TERM only end the input and the wait for a lock at the commit; then the
 * program ends itself in xstop_check() or die_database().
 */
#ifndef WEIR_STOP_H
#define WEIR_STOP_H

#include <signal.h>

#include "stream/database.h"
#include "sqlite_loader.h"

/*
 * From here on, an early end rolls back D, closes L, which may be all zero, and closes D; both must stay valid. Signals
 * that are ignored stay ignored. Also ignores SIGPIPE: after the commit, a closed standard error is no reason to fail.
 * Dies with STATUS_SYSTEM if the system refuses. Call it once.
 */
void xstop_guard(struct database *d, struct sqlite_loader *l);

/* The signal received, or 0. Give its address to a reader as `stop`. */
extern volatile sig_atomic_t stop_signal;

/* If a signal was received: rolls back, says "SIGNAL: nothing was loaded" and ends the program by the same signal. */
void xstop_check(void);

#endif
