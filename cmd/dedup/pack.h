/* SPDX-License-Identifier: MIT */
/*
 * pack: packs keys of digits and the punctuation of times into half their bytes, so that more keys fit into memory.
 * Each text has one packed form, and no two texts have the same. 10 million keys such as "107368788
 * 2021-03-23T00:00:00.000" take 330 MB instead of 512, and the system spends less time on new pages.
 */
#ifndef WEIR_PACK_H
#define WEIR_PACK_H

#include <stdbool.h>

#include "base/span.h"
#include "base/vector.h"

enum {
    PACK_LEAST = 25, /* bytes of a text that is packed; packing a time alone takes as long as hashing it */
    PACK_MOST = 64,  /* likewise */
    PACK_SIZE = PACK_MOST / 2 + 1,
    PACK_VECTORS = PACK_MOST / VECTOR_BYTES,
};

/*
 * How to pack, in a few vector operations, texts that differ only in digits from the one learned: each byte of such a
 * text XORed with FLIP is at most LIMIT; XORed with CODE it is the code of the byte.
 */
struct pack_shape {
    bool is_learned;
    unsigned char flags;  /* the last byte of a packed key */
    unsigned char misses; /* left until the next shape of this length is learned */
    struct vector flip[PACK_VECTORS];
    struct vector limit[PACK_VECTORS];
    struct vector code[PACK_VECTORS];
};

/* Shapes, one for each length of a text. They make packing faster and do not change its result. All zero: none. */
struct packer {
    struct pack_shape shapes[PACK_MOST - PACK_LEAST + 1];
};

/*
 * Packs TEXT, valid UTF-8, at OUT, which has PACK_SIZE bytes, and returns the packed key; or TEXT if it cannot be
 * packed. A packed key is not UTF-8, so it never equals a text, and has no LF.
 */
struct span pack(struct packer *p, struct span text, char *out);

/* Whether KEY, a text or a packed key, is packed. */
static inline bool pack_is(struct span key)
{
    return key.len > 0 && (unsigned char)key.at[key.len - 1] >= 0xf8;
}

#endif
