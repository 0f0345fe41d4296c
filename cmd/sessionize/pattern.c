/* SPDX-License-Identifier: MIT */
#include "pattern.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "stream/tsv.h"

/*
 * The first escape in REGEX that POSIX leaves undefined (XBD 9.4.3), as \d or \w, or NULL. In a bracket expression a
 * backslash is no escape.
 */
static const char *find_undefined(const char *regex)
{
    for (const char *p = regex; *p != '\0'; p++) {
        if (*p == '\\' && strchr("^.[]$()|*+?{}\\", p[1]) == NULL)
            return p;
        if (*p == '\\' && p[1] != '\0') {
            p++;
        } else if (*p == '[') {
            p += p[1] == '^' ? 2 : 1;
            p += *p == ']';
            while (*p != '\0' && *p != ']') {
                const char *end = *p == '[' && strchr(".:=", p[1]) != NULL && p[1] != '\0' ? strchr(p + 2, p[1]) : NULL;
                p = end != NULL ? end + 1 : p + 1;
            }
            if (*p == '\0')
                return NULL;
        }
    }
    return NULL;
}

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
    const char *undefined = find_undefined(tilde + 1);
    if (undefined != NULL) {
        snprintf(reason, PATTERN_REASON_SIZE,
                 "has \\%.1s, which is no escape in POSIX; use a bracket expression such as [0-9]", undefined + 1);
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
