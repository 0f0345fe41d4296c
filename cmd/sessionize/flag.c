/* SPDX-License-Identifier: MIT */
#include "flag.h"

#include <stdio.h>
#include <string.h>

#include "stream/tsv.h"

bool xflag_parse(struct flag *f, const char *text, char reason[PATTERN_REASON_SIZE])
{
    const char *equals = strchr(text, '=');
    const char *tilde = equals != NULL ? strchr(equals, '~') : NULL;

    if (tilde == NULL || equals == text) {
        snprintf(reason, PATTERN_REASON_SIZE, "must be NAME=COL~REGEX");
        return false;
    }
    *f = (struct flag){ .name = { text, (size_t)(equals - text) },
                        .column_name = { equals + 1, (size_t)(tilde - equals - 1) } };
    if (!xtsv_is_field(f->name)) {
        snprintf(reason, PATTERN_REASON_SIZE, "has a name that must be escaped as in a header line");
        return false;
    }
    return xpattern_compile(&f->pattern, tilde + 1, reason);
}
