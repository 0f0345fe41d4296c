/* SPDX-License-Identifier: MIT */
/* write: all of some bytes to a descriptor, however many calls of write(2) that takes. */
#ifndef WEIR_WRITE_H
#define WEIR_WRITE_H

#include <stdbool.h>

#include "base/span.h"

/* Writes BYTES to FD, waiting where it is full. False if write(2) fails; errno says how. */
bool write_all(int fd, struct span bytes);

#endif
