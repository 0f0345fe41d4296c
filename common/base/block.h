/* SPDX-License-Identifier: MIT */
/* block: a large piece of memory that grows without copying, on huge pages where the system has them. */
#ifndef WEIR_BLOCK_H
#define WEIR_BLOCK_H

#include <stddef.h>

/* All zero is an empty block. A block may move when it grows. */
struct block {
    char *at;
    size_t size; /* usable bytes; those not yet touched are zero and take no memory */
};

/* Makes B at least SIZE bytes large. Dies with STATUS_SYSTEM if there is no memory. */
void xblock_grow(struct block *b, size_t size);

/* Frees B and makes it empty. */
void block_free(struct block *b);

#endif
