/* Preloaded, lets the allocation numbered FAIL_AT in the environment fail. */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
extern void *__libc_malloc(size_t), *__libc_calloc(size_t, size_t), *__libc_realloc(void *, size_t);
static int fails(void)
{
    static long left = -1;
    if (left < 0)
        left = getenv("FAIL_AT") ? atol(getenv("FAIL_AT")) : 0;
    if (left <= 0 || --left > 0)
        return 0;
    errno = ENOMEM;
    return 1;
}
void *malloc(size_t n) { return fails() ? NULL : __libc_malloc(n); }
void *calloc(size_t n, size_t m) { return fails() ? NULL : __libc_calloc(n, m); }
void *realloc(void *p, size_t n) { return fails() ? NULL : __libc_realloc(p, n); }
