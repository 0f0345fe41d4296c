/* Reads lines GROUP TAB KEY, counts them by a tally of at most ARGV[1] bytes, and prints GROUP TAB KEY TAB COUNT. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "value/tally.h"

int main(int argc, char **argv)
{
    static struct tally t;
    char *line = NULL;
    size_t size = 0;
    uint64_t group;
    uint64_t count;
    struct span key;

    xtally_open(&t, argc > 1 ? (size_t)atoll(argv[1]) : 0);
    for (ssize_t n; (n = getline(&line, &size, stdin)) > 0;) {
        char *end;
        group = strtoull(line, &end, 10);
        xtally_add(&t, group, (struct span){ end + 1, (size_t)(line + n - 1 - (end + 1)) });
    }
    while (xtally_next(&t, &group, &key, &count)) {
        printf("%" PRIu64 "\t", group);
        fwrite(key.at, 1, key.len, stdout);
        printf("\t%" PRIu64 "\n", count);
    }
    tally_close(&t);
    free(line);
    return 0;
}
