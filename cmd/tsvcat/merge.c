/* SPDX-License-Identifier: MIT */
#include "merge.h"

#include <stdio.h>

#include "base/buffer.h"

/* Appends the columns of A to NAMES that B has; if not IS_IN, those that it does not have. */
static void add_names(struct buffer *names, const struct header *a, const struct header *b, bool is_in)
{
    size_t column;

    for (size_t i = 0; i < a->n; i++) {
        if (header_find_name(b, a->names[i], &column) != is_in)
            continue;
        xbuffer_append(names, span_of("\t"));
        xbuffer_append(names, a->names[i]);
    }
}

const char *xmerge_add(struct header *merged, const struct header *h, enum merge_rule rule,
                       char reason[MATCH_REASON_SIZE])
{
    char no_reason[HEADER_REASON_SIZE];
    struct buffer names = { .len = 0 };

    if (match_differs(merged, h, reason) == NULL)
        return NULL;
    if (rule == MERGE_SAME)
        return reason;
    add_names(&names, merged, rule == MERGE_UNION ? merged : h, true);
    if (rule == MERGE_UNION)
        add_names(&names, h, merged, false);
    if (names.len > 0) {
        header_free(merged);
        xheader_parse(merged, (struct span){ names.at + 1, names.len - 1 }, no_reason);
        buffer_free(&names);
        return NULL;
    }
    snprintf(reason, MATCH_REASON_SIZE, "no column in common with the files before it");
    return reason;
}
