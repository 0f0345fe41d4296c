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

size_t width_fit(const char *text, size_t most, size_t size)
{
    size_t used = 0;

    for (size_t width = 0, n; text[used] != '\0'; used += n) {
        n = utf8_length(text + used, strnlen(text + used, 4));
        width += char_width(text + used, n);
        if (width > most || used + n > size)
            break;
    }
    return used;
}

const char *width_cut(const char *text, size_t most, struct quoted *q)
{
    static const char ellipsis[] = "…";

    if (text[width_fit(text, most, sizeof q->text - 1)] == '\0')
        return text;
    size_t used = most > 0 ? width_fit(text, most - 1, sizeof q->text - sizeof ellipsis) : 0;
    memcpy(q->text, text, used);
    memcpy(q->text + used, most > 0 ? ellipsis : "", most > 0 ? sizeof ellipsis : 1);
    return q->text;
}
