/* SPDX-License-Identifier: MIT */
#include "base/block.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/memory.h"

#ifdef MREMAP_FIXED

enum {
    HUGE_PAGE = 2 << 20,
    RESERVE = 8, /* times the addresses needed: addresses are free, moving pages is not */
};

/* Maps SIZE bytes, a multiple of HUGE_PAGE, aligned for huge pages. NULL if there is no memory. */
static char *map(size_t size)
{
    char *start = mmap(NULL, size + HUGE_PAGE, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    if (start == MAP_FAILED)
        return NULL;
    size_t before = (HUGE_PAGE - (uintptr_t)start % HUGE_PAGE) % HUGE_PAGE;
    if (before > 0)
        munmap(start, before);
    munmap(start + before + size, HUGE_PAGE - before);
    madvise(start + before, size, MADV_HUGEPAGE);
    return start + before;
}

void xblock_grow(struct block *b, size_t size)
{
    if (size <= b->size)
        return;
    size_t needed = (size + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
    size_t wanted = needed <= SIZE_MAX / 2 / RESERVE ? needed * RESERVE : needed;
    char *at = map(wanted);
    if (at == NULL) {
        wanted = needed;
        at = map(wanted);
    }
    /*
     * Moves the old pages to the new addresses, replacing those mapped there. Both are aligned, so huge pages stay
     * whole.
     */
    if (at == NULL ||
        (b->at != NULL && mremap(b->at, b->size, wanted, MREMAP_MAYMOVE | MREMAP_FIXED, at) == MAP_FAILED))
        die_no_memory();
    *b = (struct block){ at, wanted };
}

void block_free(struct block *b)
{
    if (b->at != NULL)
        munmap(b->at, b->size);
    *b = (struct block){ NULL, 0 };
}

#else

void xblock_grow(struct block *b, size_t size)
{
    if (size <= b->size)
        return;
    size_t wanted = size + size / 2;
    b->at = xrealloc(b->at, wanted, 1);
    memset(b->at + b->size, 0, wanted - b->size);
    b->size = wanted;
}

void block_free(struct block *b)
{
    free(b->at);
    *b = (struct block){ NULL, 0 };
}

#endif
