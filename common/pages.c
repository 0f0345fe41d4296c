/* SPDX-License-Identifier: MIT */
#include "pages.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "memory.h"

#ifdef MREMAP_FIXED

enum {
    HUGE_PAGE = 2 << 20,
    RESERVE = 8, /* times the addresses that are needed: they cost nothing, and moving pages does */
};

/* SIZE bytes of addresses that start where a huge page can, or NULL. A multiple of HUGE_PAGE. */
static char *map(size_t size)
{
    char *start = mmap(NULL, size + HUGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    if (start == MAP_FAILED)
        return NULL;
    size_t before = (HUGE_PAGE - (uintptr_t)start % HUGE_PAGE) % HUGE_PAGE;
    if (before > 0)
        munmap(start, before);
    munmap(start + before + size, HUGE_PAGE - before);
    madvise(start + before, size, MADV_HUGEPAGE);
    return start + before;
}

void xpages_grow(struct pages *p, size_t size)
{
    if (size <= p->size)
        return;
    size_t needed = (size + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
    size_t wanted = needed <= SIZE_MAX / 2 / RESERVE ? needed * RESERVE : needed;
    char *at = map(wanted);
    if (at == NULL) {
        wanted = needed;
        at = map(wanted);
    }
    /* Both are aligned, so that huge pages move whole: what was found is given up for the old pages, made larger. */
    if (at == NULL || (p->at != NULL && mremap(p->at, p->size, wanted, MREMAP_MAYMOVE | MREMAP_FIXED, at) == MAP_FAILED))
        die_no_memory();
    *p = (struct pages){ at, wanted };
}

void pages_free(struct pages *p)
{
    if (p->at != NULL)
        munmap(p->at, p->size);
    *p = (struct pages){ NULL, 0 };
}

#else

void xpages_grow(struct pages *p, size_t size)
{
    if (size <= p->size)
        return;
    size_t wanted = size + size / 2;
    p->at = xrealloc(p->at, wanted, 1);
    memset(p->at + p->size, 0, wanted - p->size);
    p->size = wanted;
}

void pages_free(struct pages *p)
{
    free(p->at);
    *p = (struct pages){ NULL, 0 };
}

#endif
