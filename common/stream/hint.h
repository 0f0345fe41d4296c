/* SPDX-License-Identifier: MIT */
/* hint: what to do about mistakes that newcomers make, for messages. */
#ifndef WEIR_HINT_H
#define WEIR_HINT_H

#include <stdbool.h>

#include "base/span.h"

/* Whether NAME names a file or a FIFO, but no directory. */
bool hint_is_file(struct span name);

/* Call for an OPERAND that makes no sense: if it names a file, dies with a usage error that says how to read it. */
void xhint_file(struct span operand);

/* What to do if LINE, a header line, is no list of columns but CSV or JSON: starts with ";". "": it is not. */
const char *hint_header(struct span line);

#endif
