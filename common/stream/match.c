/* SPDX-License-Identifier: MIT */
#include "stream/match.h"

#include <stdio.h>

#include "base/memory.h"

size_t *xmatch_columns(const struct header *wanted, const struct header *h)
{
    size_t *columns = xcalloc(wanted->n, sizeof *columns);

    for (size_t i = 0; i < wanted->n; i++)
        if (!header_find_name(h, wanted->names[i], &columns[i]))
            columns[i] = MATCH_NONE;
    return columns;
}

/*
 * Adds WORDS and the columns of A that B does not have to the LEN bytes in REASON, if there are any. Returns the new
 * length.
 */
static size_t add_missing(const struct header *a, const struct header *b, const char *words, char *reason, size_t len)
{
    const char *separator = words;
    size_t column;
    struct quoted q;

    for (size_t i = 0; i < a->n; i++) {
        char *to = reason + len;
        size_t size = MATCH_REASON_SIZE - len;
        if (header_find_name(b, a->names[i], &column))
            continue;
        if (size < 2 * QUOTE_SIZE)
            return len + (size_t)snprintf(to, size, "%s ...", separator);
        len += (size_t)snprintf(to, size, "%s %s", separator, quote(&q, a->names[i]));
        separator = ",";
    }
    return len;
}

const char *match_differs(const struct header *wanted, const struct header *h, char reason[MATCH_REASON_SIZE])
{
    size_t len = add_missing(wanted, h, "missing column", reason, 0);

    len = add_missing(h, wanted, len > 0 ? "; unknown column" : "unknown column", reason, len);
    return len > 0 ? reason : NULL;
}
