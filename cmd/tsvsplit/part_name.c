/* SPDX-License-Identifier: MIT */
#include "part_name.h"

#include <ctype.h>
#include <stdio.h>

#include "stream/tsv.h"

static void append_value(struct buffer *name, struct span field)
{
    char *out = xbuffer_reserve(name, 4 * field.len + 1);
    char *value = out + 3 * field.len + 1; /* out of reach of what is written before it is read: %XX and a NUL */
    size_t len = tsv_unescape(value, field);

    if (len == 0 || tsv_is_null(field)) {
        xbuffer_append(name, span_of(len == 0 ? "%empty" : "%null"));
        return;
    }
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)value[i];
        bool is_part = span_equal((struct span){ value + i, len - i }, span_of(".part"));
        if (c >= 0x80 || isalnum(c) || c == '_' || (i > 0 && (c == '-' || (c == '.' && !is_part))))
            *out++ = (char)c;
        else
            out += sprintf(out, "%%%02X", c);
    }
    name->len = (size_t)(out - name->at);
}

void xpart_name_append(struct buffer *name, struct span key)
{
    const char *tab;

    while ((tab = memchr(key.at, '\t', key.len)) != NULL) {
        size_t len = (size_t)(tab - key.at);
        append_value(name, (struct span){ key.at, len });
        xbuffer_append(name, span_of(","));
        key = (struct span){ tab + 1, key.len - len - 1 };
    }
    append_value(name, key);
}
