/* SPDX-License-Identifier: MIT */
#include "pack.h"

#include <stdint.h>

#include "value/number.h"

/*
 * Each byte of a text has a code of four bits. 'T' and ' ' share one, so a text with both is not packed. Two codes make
 * a byte, which is XORed with MIX. In a text of odd length, the byte before the last incomplete vector is packed twice,
 * so that the bytes after it form pairs. The last byte of a packed key has flags.
 */
enum {
    FLAGS = 0xf8, /* no UTF-8 text has a byte from 0xf8 on */
    HAS_SPACE = 1,
    IS_ODD = 2,
    MIX = 0xad ^ '\n', /* so that LF would be ":-", which no time has */
    HALF = VECTOR_BYTES / 2,
};

/* The code of each byte plus one; 0: it has none. */
static const unsigned char codes[256] = {
    ['0'] = 1, ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,  ['8'] = 9,
    ['9'] = 10, [':'] = 11, ['Z'] = 12, ['T'] = 13, [' '] = 13, ['-'] = 14, ['.'] = 15, ['\t'] = 16,
};

typedef uint16_t pairs __attribute__((vector_size(VECTOR_BYTES)));
typedef unsigned char half_bytes __attribute__((vector_size(HALF)));

static inline unsigned code_of(char c)
{
    return codes[(unsigned char)c];
}

/* Where vector I of a text of LEN bytes begins: the last one ends where the text does. */
static inline size_t vector_start(size_t len, size_t i)
{
    size_t start = i * VECTOR_BYTES;

    return start + VECTOR_BYTES <= len ? start : len - VECTOR_BYTES;
}

/* Learns S from TEXT, which has been packed with FLAGS. */
static void learn(struct pack_shape *s, struct span text, unsigned char flags)
{
    char flip[VECTOR_BYTES];
    char limit[VECTOR_BYTES];
    char code[VECTOR_BYTES];

    for (size_t i = 0; i * VECTOR_BYTES < text.len; i++) {
        for (size_t j = 0; j < VECTOR_BYTES; j++) {
            char c = text.at[vector_start(text.len, i) + j];
            unsigned mix = j % 2 == 0 ? MIX >> 4 : MIX & 0xf;
            flip[j] = number_is_digit(c) ? '0' : c;
            limit[j] = number_is_digit(c) ? 9 : 0;
            code[j] = (char)((unsigned char)flip[j] ^ (code_of(flip[j]) - 1) ^ mix);
        }
        s->flip[i] = vector_load(flip);
        s->limit[i] = vector_load(limit);
        s->code[i] = vector_load(code);
    }
    s->is_learned = true;
    s->flags = flags;
    s->misses = UINT8_MAX;
}

/* Packs TEXT by S. False: it has another shape. */
static inline bool pack_by(const struct pack_shape *s, struct span text, char *out)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    struct vector fits = vector_of(0xff);
    size_t len = (text.len + 1) / 2;
    size_t last = (text.len - 1) / VECTOR_BYTES;

    /* The last vector first: what precedes the rest of the text is written again. */
    for (size_t i = last + 1; i-- > 0;) {
        struct vector v = vector_load(text.at + vector_start(text.len, i));
        pairs both = (pairs)vector_xor(v, s->code[i]).bytes;
        half_bytes packed = __builtin_convertvector((both << 4 | both >> 8) & 0xff, half_bytes);
        fits = vector_and(fits, vector_at_most(vector_xor(v, s->flip[i]), s->limit[i]));
        if (i == last) {
            /* One store for the last word of the key, so that the hash need not wait for several. */
            uint64_t end;
            memcpy(out + len - HALF, &packed, sizeof packed);
            memcpy(&end, &packed, sizeof end);
            end = end >> 8 | (uint64_t)s->flags << 56;
            memcpy(out + len - HALF + 1, &end, sizeof end);
        } else {
            memcpy(out + i * HALF, &packed, sizeof packed);
        }
    }
    return vector_mask(fits) == (1U << VECTOR_BYTES) - 1;
#else
    return false;
#endif
}

/* Packs TEXT byte by byte and sets *FLAGS. False: it cannot be packed. */
static bool pack_bytes(struct span text, char *out, unsigned char *flags)
{
    bool is_odd = text.len % 2 != 0;
    size_t whole = text.len - text.len % VECTOR_BYTES;
    bool has_space = false;
    bool has_t = false;

    for (size_t i = 0; i < text.len; i++) {
        if (code_of(text.at[i]) == 0)
            return false;
        has_space |= text.at[i] == ' ';
        has_t |= text.at[i] == 'T';
    }
    *flags = (unsigned char)(FLAGS | (has_space ? HAS_SPACE : 0) | (is_odd ? IS_ODD : 0));
    for (size_t i = 0; i < text.len; i += 2) {
        const char *pair = text.at + i - (i >= whole && is_odd);
        unsigned packed = ((code_of(pair[0]) - 1) << 4 | (code_of(pair[1]) - 1)) ^ MIX;
        out[i / 2] = (char)packed;
        if (packed == '\n')
            return false;
    }
    out[(text.len + 1) / 2] = (char)*flags;
    return !has_space || !has_t;
}

struct span pack(struct packer *p, struct span text, char *out)
{
    if (text.len < PACK_LEAST || text.len > PACK_MOST || code_of(text.at[0]) == 0 ||
        code_of(text.at[text.len - 1]) == 0)
        return text;
    struct pack_shape *s = &p->shapes[text.len - PACK_LEAST];
    struct span packed = { out, (text.len + 1) / 2 + 1 };
    unsigned char flags;

    if (s->is_learned && pack_by(s, text, out))
        return packed;
    if (!pack_bytes(text, out, &flags))
        return text;
    if (s->misses == 0)
        learn(s, text, flags);
    else
        s->misses--;
    return packed;
}
