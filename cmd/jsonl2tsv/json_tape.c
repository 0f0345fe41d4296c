/* SPDX-License-Identifier: MIT */
#include "json_tape.h"

#include "base/memory.h"

void xjson_tape_grow(struct json_tape *t)
{
    t->capacity = t->capacity > 0 ? 2 * t->capacity : 64;
    t->at = xrealloc(t->at, t->capacity, sizeof *t->at);
}
