/* SPDX-License-Identifier: MIT */
#include "tallied.h"

#include <stdlib.h>

#include "base/die.h"
#include "base/memory.h"
#include "value/number.h"
#include "value/number_key.h"
#include "value/tally.h"

struct tallied {
    struct tally tally;
    struct buffer key;
};

/* Where a percentile is among N sorted values: at RANK, or PART / WHOLE of the way to the next. */
struct position {
    uint64_t rank; /* from 0 */
    uint64_t part;
    uint64_t whole;
};

struct tallied *xtallied_open(size_t memory)
{
    struct tallied *t = xcalloc(1, sizeof *t);

    xtally_open(&t->tally, memory);
    return t;
}

void xtallied_add(struct tallied *t, size_t group, const struct aggregate_value *value)
{
    struct number n;

    if (group > UINT32_MAX)
        die(STATUS_SYSTEM, "too many groups for percentiles and distinct values");
    if (value->key.word != 0)
        xtally_add_word(&t->tally, group, value->key.word);
    else if (value->key.scale >= 0 && number_parse(value->key.text, &n))
        xtally_add(&t->tally, group, xnumber_key(&n, &t->key));
    else
        xtally_add(&t->tally, group, value->key.text);
}

static struct position find_position(const struct aggregate *a, uint64_t n)
{
    unsigned __int128 product = (unsigned __int128)(n - 1) * a->percent;

    return (struct position){ (uint64_t)(product / a->hundred), (uint64_t)(product % a->hundred), a->hundred };
}

/* Moves LOW by PART / WHOLE of the way to HIGH, which has its scale. False: the result has too many digits. */
static bool interpolate(struct decimal *low, const struct decimal *high, const struct position *p)
{
    const unsigned __int128 way = (unsigned __int128)high->value - (unsigned __int128)low->value;
    unsigned __int128 rest = way % p->whole * p->part;

    low->value = (__int128)((unsigned __int128)low->value + way / p->whole * p->part + rest / p->whole);
    for (rest %= p->whole; rest > 0; rest %= p->whole) {
        if (low->scale == DECIMAL_DIGITS || !decimal_rescale(low, low->scale + 1))
            return false;
        rest *= 10;
        low->value += (__int128)(rest / p->whole);
    }
    return true;
}

/* Takes KEY, which occurs COUNT times after SEEN lesser values, for the percentile at P of the values added to RESULT. */
static void take(struct sum *result, const struct position *p, uint64_t seen, uint64_t count, struct span key)
{
    struct decimal low;
    struct decimal d;

    if (p->rank >= seen && p->rank - seen < count && number_key_decimal(key, &d)) {
        sum_add(result, &d);
    } else if (p->part > 0 && seen == p->rank + 1 && number_key_decimal(key, &d) && sum_total(result, &low)) {
        *result = (struct sum){ .scale = low.scale };
        if (decimal_rescale(&d, low.scale) && interpolate(&low, &d, p))
            sum_add(result, &low);
        else
            result->words[SUM_WORDS - 1] = 1; /* too many digits for sum_total() */
    }
}

void xtallied_finish(struct tallied *t, const struct aggregate *aggregates, size_t n, struct aggregate_total *totals)
{
    struct position p = { .whole = 0 };
    uint64_t last = UINT64_MAX;
    uint64_t seen = 0;
    uint64_t group;
    uint64_t count;
    struct span key;

    for (; xtally_next(&t->tally, &group, &key, &count); seen += count) {
        if (group != last) {
            p = find_position(&aggregates[group % n], totals[group].n);
            seen = 0;
        }
        last = group;
        if (aggregates[group % n].function->tally == TALLY_PERCENTILE)
            take(&totals[group].sum, &p, seen, count, key);
        else
            totals[group].sum.words[0]++;
    }
    tally_close(&t->tally);
    buffer_free(&t->key);
    free(t);
}
