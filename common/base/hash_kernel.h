/* SPDX-License-Identifier: MIT */
/*
 * hash_kernel: the hashes of many keys. With AVX2, it hashes eight keys of the same number of words at a time, in half
 * the time that they take one by one.
 */
#ifndef WEIR_HASH_KERNEL_H
#define WEIR_HASH_KERNEL_H

#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "base/vector.h"

/* Sets HASHES to hash_keyed() of the N KEYS under SECRET. 7 bytes after each key must be readable. */
typedef void hash_kernel(const uint64_t secret[2], const struct span *keys, size_t n, uint64_t *hashes);

VECTOR_DECLARE(hash_kernel, hash_many);

#endif
