/* SPDX-License-Identifier: MIT */
#include "base/memory.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/die.h"

void die_no_memory(void)
{
    die(STATUS_SYSTEM, "out of memory");
}

static void *checked(void *pointer)
{
    if (pointer == NULL)
        die_no_memory();
    return pointer;
}

void *xmalloc(size_t size)
{
    return checked(malloc(size > 0 ? size : 1));
}

void *xcalloc(size_t count, size_t size)
{
    return checked(count > 0 && size > 0 ? calloc(count, size) : calloc(1, 1));
}

void *xrealloc(void *pointer, size_t count, size_t size)
{
    size_t total;

    if (__builtin_mul_overflow(count, size, &total))
        die_no_memory();
    return checked(realloc(pointer, total > 0 ? total : 1));
}

void *xgrow(void *array, size_t n, size_t size)
{
    bool is_full = (n & (n - 1)) == 0; /* the capacity is N rounded up to a power of two */

    return is_full ? xrealloc(array, n > 0 ? 2 * n : 1, size) : array;
}

char *xmemdup(const char *bytes, size_t len)
{
    char *copy = xmalloc(len + 1);

    if (len > 0)
        memcpy(copy, bytes, len);
    copy[len] = '\0';
    return copy;
}

size_t memory_default(void)
{
    return (size_t)sysconf(_SC_PHYS_PAGES) / 4 * (size_t)sysconf(_SC_PAGESIZE);
}
