/* SPDX-License-Identifier: MIT */
/*
 * pack: keys of digits and the punctuation of times in half their bytes, so that more keys fit into memory. Exact: a
 * text has one packed form, and two texts have two. 10 million keys such as "107368788 2021-03-23T00:00:00.000" take
 * 330 MB instead of 512, and the system spends less time on new pages.
 */
#ifndef WEIR_PACK_H
#define WEIR_PACK_H

#include <stdbool.h>

#include "base/span.h"
#include "base/vector.h"

enum {
    PACK_LEAST = 25, /* bytes of a text that is packed; times alone are hashed as fast as they are packed */
    PACK_MOST = 64,
    PACK_SIZE = PACK_MOST / 2 + 1,
    PACK_VECTORS = PACK_MOST / VECTOR_BYTES,
};

/*
 * How to pack texts that differ from the one it was learned from only in digits: a few operations on vectors. Each byte
 * XORed with FLIP is at most LIMIT, and XORed with CODE is its code.
 */
struct pack_shape {
    bool is_learned;
    unsigned char flags; /* the last byte of a packed key */
    unsigned char misses; /* left until the next shape of this length is learned */
    struct vector flip[PACK_VECTORS];
    struct vector limit[PACK_VECTORS];
    struct vector code[PACK_VECTORS];
};

/* Shapes, one for each length of a text. They make packing fast, but have no influence on its result. All zero: none. */
struct packer {
    struct pack_shape shapes[PACK_MOST - PACK_LEAST + 1];
};

/*
 * Returns TEXT, valid UTF-8, packed at OUT, which has PACK_SIZE bytes; or TEXT as it is. A packed key is not UTF-8, so it
 * is never equal to a text, and has no LF.
 */
struct span pack(struct packer *p, struct span text, char *out);

/* Whether KEY, a text or packed, is packed. */
static inline bool pack_is(struct span key)
{
    return key.len > 0 && (unsigned char)key.at[key.len - 1] >= 0xf8;
}

#endif
