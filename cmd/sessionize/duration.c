/* SPDX-License-Identifier: MIT */
#include "duration.h"

#include <stddef.h>
#include <string.h>

#include "base/words.h"
#include "value/decimal.h"

/* A unit is SECONDS times 10 to the power PLACES - 18 seconds. */
static const struct unit {
    const char *word;
    int places;
    int seconds;
} units[] = {
    { "us", 12, 1 }, { "ms", 15, 1 }, { "s", 18, 1 }, { "m", 18, 60 }, { "h", 18, 3600 }, { "d", 18, 86400 },
};

const char *duration_unit(int i)
{
    return (size_t)i < sizeof units / sizeof *units ? units[i].word : NULL;
}

static const struct unit *find_unit(struct span word)
{
    int i = words_find(duration_unit, word.len > 0 ? word : span_of("s"));

    return i >= 0 ? &units[i] : NULL;
}

bool duration_parse(struct span text, __int128 *attoseconds)
{
    size_t n = 0;
    struct decimal d;

    while (n < text.len && strchr("0123456789.", text.at[n]) != NULL)
        n++;
    const struct unit *unit = find_unit((struct span){ text.at + n, text.len - n });
    return unit != NULL && decimal_parse((struct span){ text.at, n }, &d) == DECIMAL_OK && d.scale <= unit->places &&
           decimal_rescale(&d, unit->places) && !__builtin_mul_overflow(d.value, unit->seconds, attoseconds);
}
