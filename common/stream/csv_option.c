/* SPDX-License-Identifier: MIT */
#include "stream/csv_option.h"

#include "base/die.h"
#include "base/quote.h"

char xcsv_option_delimiter(const char *text)
{
    struct quoted q;

    if (strcmp(text, "\\t") == 0)
        return '\t';
    if (text[0] == '\0' || text[1] != '\0' || (unsigned char)text[0] >= 0x80 || strchr("\"\r\n", text[0]) != NULL)
        die_usage("--delimiter: \"%s\" must be one ASCII character and not a quote, CR or LF",
                  quote(&q, span_of(text)));
    return text[0];
}

struct span xcsv_option_null(const char *text, char delimiter)
{
    struct span null = span_of(text);
    struct quoted q;

    for (size_t i = 0; i < null.len; i++)
        if (null.at[i] == delimiter || strchr("\"\r\n", null.at[i]) != NULL)
            die_usage("--null: \"%s\" must not contain the delimiter, a quote, CR or LF", quote(&q, null));
    return null;
}
