/* SPDX-License-Identifier: MIT */
#include "width.h"

#include <locale.h>
#include <string.h>
#include <wchar.h>

#include "base/utf8.h"

/* The width of the character of LEN bytes at TEXT. */
static size_t char_width(const char *text, size_t len)
{
    static locale_t utf8;

    if (len == 1)
        return 1;
    if (utf8 == NULL)
        utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", NULL);
    if (utf8 == NULL) /* the system does not have it */
        return 1;
    locale_t old = uselocale(utf8);
    int width = wcwidth((wchar_t)utf8_decode(text, len));
    uselocale(old);
    return width < 0 ? 1 : (size_t)width;
}

size_t width_of(const char *text)
{
    size_t width = 0;

    for (size_t n; *text != '\0'; text += n) {
        n = utf8_length(text, strnlen(text, 4));
        width += char_width(text, n);
    }
    return width;
}

const char *width_cut(const char *text, size_t most, struct quoted *q)
{
    size_t width = 0;
    size_t used = 0;

    if (width_of(text) <= most)
        return text;
    for (size_t n; (n = utf8_length(text + used, strnlen(text + used, 4))) > 0; used += n) {
        width += char_width(text + used, n);
        if (width >= most || used + n + sizeof "…" > sizeof q->text)
            break;
    }
    memcpy(q->text, text, used);
    strcpy(q->text + used, most > 0 ? "…" : "");
    return q->text;
}
