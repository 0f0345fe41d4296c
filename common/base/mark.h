/* SPDX-License-Identifier: MIT */
/*
 * mark: the two lines that are not records but say how a stream ended (weir(7)). The failure mark is `\!`, TAB, the
 * name of the program that failed, TAB, the reason; the end mark is `\.` alone. No field can begin like that.
 */
#ifndef WEIR_MARK_H
#define WEIR_MARK_H

#include "base/span.h"

enum mark {
    MARK_NONE,
    MARK_FAILURE, /* the program that wrote this stopped on an error */
    MARK_END,     /* the stream is complete */
};

/* Which mark LINE, without its LF, is. */
enum mark mark_find(struct span line);

/* The reason in the failure mark LINE, escaped as a field; all of LINE if it has none. */
struct span mark_reason(struct span line);

/* Writes the failure mark of program NAME to FD. Uses only the stack, and ignores errors. */
void mark_write_failure(int fd, const char *name, const char *reason);

/* The end mark with its LF. */
struct span mark_end(void);

#endif
