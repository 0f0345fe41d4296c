/* SPDX-License-Identifier: MIT */
#include "type_guess.h"

#include "sqlite_value.h"

void type_guess_add(struct type_guess *g, struct span value)
{
    struct sqlite_value v;

    g->has_values = true;
    if (!g->not_int)
        g->not_int = !sqlite_value_read(&v, value, AFFINITY_NUMERIC) || v.storage != STORED_INTEGER;
    if (!g->not_num)
        g->not_num = !sqlite_value_read(&v, value, AFFINITY_REAL) || v.storage != STORED_REAL;
}

enum type type_guess_result(const struct type_guess *g)
{
    if (!g->has_values)
        return TYPE_STR;
    return !g->not_int ? TYPE_INT : !g->not_num ? TYPE_NUM : TYPE_STR;
}
