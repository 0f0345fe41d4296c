/* SPDX-License-Identifier: MIT */
#include "pattern.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "stream/tsv.h"

bool xpattern_parse(struct pattern *p, const char *text, char reason[PATTERN_REASON_SIZE])
{
    const char *equals = strchr(text, '=');
    const char *tilde = equals != NULL ? strchr(equals, '~') : NULL;
    char error[PATTERN_REASON_SIZE / 2];

    if (tilde == NULL || equals == text) {
        snprintf(reason, PATTERN_REASON_SIZE, "must be NAME=COL~REGEX");
        return false;
    }
    *p = (struct pattern){ .name = { text, (size_t)(equals - text) },
                           .column_name = { equals + 1, (size_t)(tilde - equals - 1) } };
    if (!xtsv_is_field(p->name)) {
        snprintf(reason, PATTERN_REASON_SIZE, "has a name that must be escaped as in a header line");
        return false;
    }
    int status = regcomp(&p->regex, tilde + 1, REG_EXTENDED | REG_NOSUB);
    if (status == REG_ESPACE)
        die_no_memory();
    if (status != 0) {
        regerror(status, &p->regex, error, sizeof error);
        snprintf(reason, PATTERN_REASON_SIZE, "has an invalid regular expression: %s", error);
        return false;
    }
    return true;
}

bool xpattern_matches(struct pattern *p, struct span field)
{
    if (tsv_is_null(field))
        return false;
    char *value = xbuffer_reserve(&p->value, field.len + 1);
    value[tsv_unescape(value, field)] = '\0';
    int status = regexec(&p->regex, value, 0, NULL, 0);
    if (status == REG_ESPACE)
        die_no_memory();
    return status == 0;
}

void pattern_free(struct pattern *p)
{
    regfree(&p->regex);
    buffer_free(&p->value);
}
