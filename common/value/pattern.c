/* SPDX-License-Identifier: MIT */
#include "value/pattern.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/plain.h"
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

/*
 * Sets the literal of P if REGEX is one: no special characters, except "^" in front and "$" at the end. regexec(3)
 * takes ten times as long for ^2020 in a date.
 */
static bool find_literal(struct pattern *p, const char *regex)
{
    struct span literal = span_of(regex);

    p->at_start = *regex == '^';
    literal.at += p->at_start;
    literal.len -= p->at_start;
    p->at_end = literal.len > 0 && literal.at[literal.len - 1] == '$';
    literal.len -= p->at_end;
    p->literal = literal;
    return !IS_PLAIN && strcspn(literal.at, "^.[]$()|*+?{}\\") == literal.len;
}

static bool has_literal(const struct pattern *p, struct span value)
{
    size_t last = value.len - p->literal.len; /* the last place that it may have */

    if (value.len < p->literal.len || (p->at_start && p->at_end && last > 0))
        return false;
    if (p->at_start || p->at_end)
        return memcmp(value.at + (p->at_start ? 0 : last), p->literal.at, p->literal.len) == 0;
    return memmem(value.at, value.len, p->literal.at, p->literal.len) != NULL;
}

bool xpattern_compile(struct pattern *p, const char *regex, char reason[PATTERN_REASON_SIZE])
{
    const char *undefined = find_undefined(regex);
    char error[PATTERN_REASON_SIZE / 2];

    p->value = (struct buffer){ .len = 0 };
    p->is_literal = find_literal(p, regex);
    if (undefined != NULL) {
        snprintf(reason, PATTERN_REASON_SIZE,
                 "has \\%.1s, which is no escape in POSIX; use a bracket expression such as [0-9]", undefined + 1);
        return false;
    }
    int status = p->is_literal ? 0 : regcomp(&p->regex, regex, REG_EXTENDED | REG_NOSUB);
    if (status == REG_ESPACE)
        die_no_memory();
    if (status != 0) {
        regerror(status, &p->regex, error, sizeof error);
        snprintf(reason, PATTERN_REASON_SIZE, "has an invalid regular expression: %s", error);
    }
    return status == 0;
}

bool xpattern_matches(struct pattern *p, struct span field)
{
    bool has_escape = memchr(field.at, '\\', field.len) != NULL;

    if (has_escape && tsv_is_null(field))
        return false;
    if (has_escape || !p->is_literal) {
        char *value = xbuffer_reserve(&p->value, field.len + 1);
        field = (struct span){ value, tsv_unescape(value, field) };
        value[field.len] = '\0';
    }
    if (p->is_literal)
        return has_literal(p, field);
    int status = regexec(&p->regex, field.at, 0, NULL, 0);
    if (status == REG_ESPACE)
        die_no_memory();
    return status == 0;
}

void pattern_free(struct pattern *p)
{
    if (!p->is_literal)
        regfree(&p->regex);
    buffer_free(&p->value);
}
