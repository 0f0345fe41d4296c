/* SPDX-License-Identifier: MIT */
/* block: a large piece of memory that grows without being copied, on huge pages where the system has them. */
#ifndef WEIR_BLOCK_H
#define WEIR_BLOCK_H

#include <stddef.h>

/* All zero is an empty block. */
struct block {
    char *at;
    size_t size; /* bytes that may be used; those that never were are zero and take no memory yet */
};

/* Makes B, wherever that moves it, at least SIZE bytes large. Dies (exit 3) if there is not so much. */
void xblock_grow(struct block *b, size_t size);

void block_free(struct block *b);

#endif
