/* SPDX-License-Identifier: MIT */
/*
 * tally: how often each key occurs in each group, exactly, in bounded memory, and in order. What does not fit is spilled
 * to temporary files in sorted runs, which are merged (Knuth, The Art of Computer Programming, volume 3, section 5.4).
 *
 * A key of at most 8 bytes takes 16 bytes of memory; number_key.h makes such keys. A longer one takes 32 bytes besides
 * its own.
 */
#ifndef WEIR_TALLY_H
#define WEIR_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/plain.h"
#include "base/span.h"
#include "stream/reader.h"
#include "stream/spill.h"
#include "value/tally_keys.h"

enum {
    TALLY_OVERHEAD = 8 << 20, /* memory of the cache, of blocks of files, and of parts of huge pages */
    /* In the plain build these are little, so that small tests spill, and merge often. */
    TALLY_LEAST_MEMORY = IS_PLAIN ? TALLY_OVERHEAD + (64 << 10) : 16 << 20,
    TALLY_FAN_IN = IS_PLAIN ? 3 : 16, /* runs merged at a time */
    TALLY_RUNS = IS_PLAIN ? 5 : 128,  /* runs that wait to be merged, at most */
};

/* Where keys come from, in order: a run or, if that is NULL, memory. */
struct tally_source {
    struct reader *run;
    bool is_at_end;
    struct tally_key key; /* the next one, unless at the end */
};

struct tally {
    struct tally_keys keys;
    size_t memory; /* of KEYS, at most */
    struct reader runs[TALLY_RUNS];
    size_t n_runs;
    bool is_merging; /* xtally_next() was called */
    size_t n_taken;  /* of KEYS */
    struct tally_source sources[TALLY_FAN_IN + 1];
    size_t n_sources;
    struct tally_source *taken; /* the source of the last key; NULL: none */
    char key[TALLY_WORD];       /* the last key if it is short */
};

/* Makes T empty. It will use at most MEMORY bytes, TALLY_LEAST_MEMORY if that is less, and more only for a huge key. */
void xtally_open(struct tally *t, size_t memory);

/* Counts KEY, any bytes without NUL and LF, in GROUP, a number below 2^32. Dies with STATUS_SYSTEM if that fails. */
void xtally_add(struct tally *t, uint64_t group, struct span key);

/* xtally_add() for a key of at most 8 bytes that is packed by tally_pack(). */
void xtally_add_word(struct tally *t, uint64_t group, uint64_t word);

/*
 * After the last xtally_add(): sets *GROUP, *KEY and *COUNT to the next key, in order of group and then of bytes, each
 * once. KEY is a view valid until the next call. False after the last key.
 */
bool xtally_next(struct tally *t, uint64_t *group, struct span *key, uint64_t *count);

void tally_close(struct tally *t);

#endif
