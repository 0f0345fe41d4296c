/* SPDX-License-Identifier: MIT */
#include "base/words.h"

#include <stdio.h>

int words_find(const char *(*word)(int i), struct span text)
{
    for (int i = 0; word(i) != NULL; i++)
        if (span_equal(text, span_of(word(i))))
            return i;
    return -1;
}

const char *words_list(struct words *w, const char *(*word)(int i))
{
    size_t used = 0;

    w->text[0] = '\0';
    for (int i = 0; word(i) != NULL && used < WORDS_SIZE; i++)
        used += (size_t)snprintf(w->text + used, WORDS_SIZE - used, "%s%s", i > 0 ? ", " : "", word(i));
    return w->text;
}
