/* SPDX-License-Identifier: MIT */
#include "html.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/quote.h"
#include "stream/tsv.h"
#include "value/number.h"

enum { PRINTED = 500, QUOTED = 4 /* the most bytes that quote_message() makes of one */ };

void html_add(struct buffer *html, const char *markup)
{
    xbuffer_append(html, span_of(markup));
}

void html_print(struct buffer *html, const char *format, ...)
{
    char text[PRINTED + 1];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    html_add(html, text);
}

static void escape(struct buffer *html, char c)
{
    switch (c) {
    case '&': html_add(html, "&amp;"); break;
    case '<': html_add(html, "&lt;"); break;
    case '>': html_add(html, "&gt;"); break;
    case '"': html_add(html, "&quot;"); break;
    default: xbuffer_append(html, (struct span){ &c, 1 });
    }
}

void html_text(struct buffer *html, struct span text)
{
    char *copy = xmemdup(text.at, text.len);
    char *safe = xmalloc(QUOTED * text.len + 1);

    quote_message(safe, QUOTED * text.len + 1, copy);
    for (const char *at = safe; *at != '\0'; at++)
        escape(html, *at);
    free(safe);
    free(copy);
}

void html_lines(struct buffer *html, struct span text)
{
    const char *end = text.at + text.len;

    for (const char *at = text.at; at < end; at++) {
        const char *start = at;
        while (at < end && *at != '\n' && *at != '\t')
            at++;
        html_text(html, (struct span){ start, (size_t)(at - start) });
        if (at < end)
            xbuffer_append(html, (struct span){ at, 1 });
    }
}

void html_field(struct buffer *html, struct span field)
{
    char *value = xmalloc(field.len + 1);

    html_text(html, (struct span){ value, tsv_unescape(value, field) });
    free(value);
}

void html_count(struct buffer *html, uint64_t n)
{
    char digits[NUMBER_DIGITS];
    size_t len = number_format(n, digits);

    for (size_t i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0)
            html_add(html, ",");
        xbuffer_append(html, (struct span){ digits + i, 1 });
    }
}
