/* SPDX-License-Identifier: MIT */
/* write: writes bytes to a descriptor with as many calls of write(2) as it takes. */
#ifndef WEIR_WRITE_H
#define WEIR_WRITE_H

#include <stdbool.h>

#include "base/span.h"

/* Writes all of BYTES to FD, waiting while it is full. False if write(2) fails; errno says why. */
bool write_all(int fd, struct span bytes);

#endif
