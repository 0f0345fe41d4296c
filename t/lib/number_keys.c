/* Reads numbers, a line each; prints the key of each in hexadecimal, its decimal, and its key as a word; "-": none. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "value/number_key.h"

int main(void)
{
    struct buffer buffer = { .len = 0 };
    char *line = NULL;
    size_t size = 0;

    for (ssize_t n; (n = getline(&line, &size, stdin)) > 0;) {
        struct span text = { line, (size_t)n - 1 };
        char decimal[DECIMAL_SIZE] = "-";
        struct number number;
        struct decimal d;
        uint64_t word;
        if (!number_parse(text, &number))
            return 1;
        struct span key = xnumber_key(&number, &buffer);
        for (size_t i = 0; i < key.len; i++)
            printf("%02x", (unsigned)(unsigned char)key.at[i]);
        if (number_key_decimal(key, &d))
            decimal_format(&d, decimal);
        printf("\t%s\t", decimal);
        if (number_key_integer(text, &word))
            printf("%016" PRIx64 "\n", word);
        else
            printf("-\n");
    }
    free(line);
    buffer_free(&buffer);
    return 0;
}
