/* SPDX-License-Identifier: MIT */
/* pages: a large block of memory that grows without being copied, on huge pages where the system has them. */
#ifndef WEIR_PAGES_H
#define WEIR_PAGES_H

#include <stddef.h>

/* All zero is an empty block. */
struct pages {
    char *at;
    size_t size; /* bytes that may be used; those that never were are zero and take no memory yet */
};

/* Makes P, wherever that moves it, at least SIZE bytes large. Dies (exit 3) if there is not so much. */
void xpages_grow(struct pages *p, size_t size);

void pages_free(struct pages *p);

#endif
