/* SPDX-License-Identifier: MIT */
/* memory: allocation that dies (exit 3, "out of memory") instead of failing. */
#ifndef WEIR_MEMORY_H
#define WEIR_MEMORY_H

#include <stddef.h>

/* SIZE bytes, not set, for the caller to free; never NULL. */
void *xmalloc(size_t size);

/* COUNT times SIZE bytes, all zero, for the caller to free; dies too if the product overflows. */
void *xcalloc(size_t count, size_t size);

/* POINTER (or NULL) moved to COUNT times SIZE bytes; dies too if the product overflows. */
void *xrealloc(void *pointer, size_t count, size_t size);

/* A copy of LEN bytes at BYTES with a NUL after them, for the caller to free. */
char *xmemdup(const char *bytes, size_t len);

/* Dies as the functions above do. */
_Noreturn void die_no_memory(void);

#endif
