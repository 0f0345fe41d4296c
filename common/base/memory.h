/* SPDX-License-Identifier: MIT */
/* memory: allocation that dies with STATUS_SYSTEM, "out of memory", instead of failing. */
#ifndef WEIR_MEMORY_H
#define WEIR_MEMORY_H

#include <stddef.h>

/* SIZE uninitialized bytes for the caller to free; never NULL. */
void *xmalloc(size_t size);

/* COUNT times SIZE bytes, all zero, for the caller to free. Dies if the product overflows. */
void *xcalloc(size_t count, size_t size);

/* POINTER (or NULL) resized to COUNT times SIZE bytes. Dies if the product overflows. */
void *xrealloc(void *pointer, size_t count, size_t size);

/*
 * ARRAY, which holds N items of SIZE bytes, with room for one more; NULL when N is 0. The capacity doubles, so an array
 * must grow only through this function, one item at a time. The new item is not initialized.
 */
void *xgrow(void *array, size_t n, size_t size);

/* A copy of LEN bytes at BYTES, followed by a NUL, for the caller to free. */
char *xmemdup(const char *bytes, size_t len);

/* The default of -S: a quarter of the memory that the machine has, in bytes. */
size_t memory_default(void);

/* Dies as the functions above do. */
_Noreturn void die_no_memory(void);

#endif
