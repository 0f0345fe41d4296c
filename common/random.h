/* SPDX-License-Identifier: MIT */
/* random: bytes that nobody can know, for keys of hashes. */
#ifndef WEIR_RANDOM_H
#define WEIR_RANDOM_H

#include <stddef.h>

/* Fills the N bytes at TO from the system's source. Dies (exit 3) if it has none to give. */
void xrandom_bytes(void *to, size_t n);

#endif
