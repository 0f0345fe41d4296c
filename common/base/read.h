/* SPDX-License-Identifier: MIT */
/* read: bytes from a descriptor that may be interrupted or not blocking. */
#ifndef WEIR_READ_H
#define WEIR_READ_H

#include <stddef.h>
#include <sys/types.h>

/* One read(2) of at most SIZE bytes to TO, waiting until there are some. 0: the end; -1: it failed; errno says how. */
ssize_t read_some(int fd, char *to, size_t size);

#endif
