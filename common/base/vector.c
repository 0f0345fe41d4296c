/* SPDX-License-Identifier: MIT */
#include "base/vector.h"

#include <stdbool.h>
#include <stdlib.h>

static bool has_avx2(void)
{
#ifdef VECTOR_HAS_avx2
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
           __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("pclmul");
#else
    return false;
#endif
}

enum vector_level vector_level(void)
{
#ifdef WEIR_LEVELS
    const char *name = getenv("WEIR_VECTOR");

    if (name != NULL && strcmp(name, "base") == 0)
        return VECTOR_BASE;
#endif
    return has_avx2() ? VECTOR_AVX2 : VECTOR_BASE;
}
