/* SPDX-License-Identifier: MIT */
#include "random.h"

#include <errno.h>
#include <sys/random.h>

#include "die.h"

void xrandom_bytes(void *to, size_t n)
{
    for (char *at = to; n > 0;) {
        ssize_t got = getrandom(at, n, 0);
        if (got >= 0) {
            at += got;
            n -= (size_t)got;
        } else if (errno != EINTR) {
            die_errno("getrandom");
        }
    }
}
