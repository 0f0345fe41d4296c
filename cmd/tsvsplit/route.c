/* SPDX-License-Identifier: MIT */
#include "route.h"

#include "base/hash.h"
#include "base/hash_kernel.h"
#include "stream/run.h"
#include "parts.h"

enum { BATCH = 64 }; /* keys that are hashed at a time */

static const uint64_t secret[2] = { 0, 0 };

void route_open(struct route *r, const struct columns *key, uint64_t n_files)
{
    *r = (struct route){
        .n_files = n_files,
        .inverse = UINT64_MAX / n_files,
        .has_runs = columns_are_adjacent(key),
        .first = key->n > 0 ? key->at[0] : 0,
        .last = key->n > 0 ? key->at[key->n - 1] : SIZE_MAX,
    };
}

/* HASH modulo the number of files, without a division: the quotient is at most one too small. */
static inline size_t file_of(const struct route *r, uint64_t hash)
{
    uint64_t quotient = (uint64_t)((unsigned __int128)hash * r->inverse >> 64);
    uint64_t rest = hash - quotient * r->n_files;

    return rest < r->n_files ? rest : rest - r->n_files;
}

size_t route_find(const struct route *r, struct span key)
{
    return file_of(r, hash_keyed(secret, key));
}

/* Appends the N records of WIDTH fields from START, each with its LF; ENDS are those of their fields. */
static void xappend_batch(const struct route *r, const char *start, const char *const *ends, size_t n, size_t width)
{
    size_t last = r->last < width ? r->last : width - 1;
    struct span keys[BATCH];
    struct span lines[BATCH];
    uint64_t hashes[BATCH];

    for (size_t i = 0; i < n; i++, ends += width) {
        const char *key = r->first > 0 ? ends[r->first - 1] + 1 : start;
        keys[i] = (struct span){ key, (size_t)(ends[last] - key) };
        lines[i] = (struct span){ start, (size_t)(ends[width - 1] + 1 - start) };
        start = ends[width - 1] + 1;
    }
    VECTOR_PICK(hash_many)(secret, keys, n, hashes);
    for (size_t i = 0; i < n; i++)
        xparts_append_short(file_of(r, hashes[i]), lines[i]);
}

bool xroute_run(const struct route *r, struct stream *s)
{
    const char *ends[RUN_ENDS];
    size_t width = s->header.n;

    if (!r->has_runs)
        return false;
    struct run run = run_find(s, ends);
    const char *start = s->in.at;
    for (size_t i = 0; i < run.n; i += BATCH) {
        size_t n = run.n - i < BATCH ? run.n - i : BATCH;
        xappend_batch(r, start, ends + i * width, n, width);
        start = ends[(i + n) * width - 1] + 1;
    }
    run_take(s, run);
    return run.n > 0;
}
