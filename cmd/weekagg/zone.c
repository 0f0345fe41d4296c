/* SPDX-License-Identifier: MIT */
#include "zone.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/die.h"
#include "base/memory.h"
#include "value/calendar.h"

enum { FILE_SIZE = 1 << 16 }; /* a zone has less than 4000 bytes */

/*
 * Whether NAME can only be a zone, and no other path. Zones start with a capital letter; other files of the database do
 * not (localtime, posixrules, right/Europe/Berlin with its leap seconds).
 */
static bool is_zone_name(const char *name)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/";

    return *name >= 'A' && *name <= 'Z' && name[strspn(name, letters)] == '\0';
}

/*
 * Reads the file at PATH to BYTES and sets *LEN to its size, at most FILE_SIZE. False if there is none, or a
 * directory.
 */
static bool xread_file(const char *path, char *bytes, size_t *len)
{
    ssize_t n = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    *len = 0;
    if (fd < 0 && (errno == ENOENT || errno == ENOTDIR || errno == ENAMETOOLONG))
        return false;
    if (fd < 0)
        die_errno(path);
    while (*len < FILE_SIZE && ((n = read(fd, bytes + *len, FILE_SIZE - *len)) > 0 || (n < 0 && errno == EINTR)))
        *len += n > 0 ? (size_t)n : 0;
    if (n < 0 && errno != EISDIR)
        die_errno(path);
    close(fd);
    return n >= 0;
}

bool zone_has_database(void)
{
    return access(ZONE_DATABASE, F_OK) == 0;
}

struct zone *xzone_open(const char *name)
{
    char path[200];
    int len = snprintf(path, sizeof path, ZONE_DATABASE "/%s", name);
    struct zone *z = NULL;
    size_t size;

    if (len >= (int)sizeof path || !is_zone_name(name))
        return NULL;
    char *bytes = xmalloc(FILE_SIZE);
    if (xread_file(path, bytes, &size)) {
        z = xmalloc(sizeof *z);
        const char *fault = xzone_table_parse(&z->table, (struct span){ bytes, size });
        if (fault != NULL)
            die(STATUS_SYSTEM, "%s: %s", path, fault);
        for (size_t i = 0; i < ZONE_CACHE; i++)
            z->cache[i].hour = INT32_MIN;
    }
    free(bytes);
    return z;
}

int32_t zone_ahead(struct zone *z, int64_t seconds)
{
    int32_t hour = (int32_t)floor_divide(seconds, HOUR_SECONDS);
    size_t i = (uint32_t)hour % ZONE_CACHE;

    if (z->cache[i].hour != hour) {
        int32_t first = zone_table_ahead(&z->table, (int64_t)hour * HOUR_SECONDS);
        int32_t last = zone_table_ahead(&z->table, (int64_t)hour * HOUR_SECONDS + HOUR_SECONDS - 1);
        z->cache[i].hour = hour;
        z->cache[i].ahead = first == last ? first : INT32_MIN;
    }
    return z->cache[i].ahead != INT32_MIN ? z->cache[i].ahead : zone_table_ahead(&z->table, seconds);
}

bool zone_has(struct zone *z, int64_t local)
{
    for (size_t i = 0; i < z->table.n_offsets; i++)
        if (zone_ahead(z, local - z->table.offsets[i]) == z->table.offsets[i])
            return true;
    return false;
}

int64_t zone_change(struct zone *z, int64_t from, int64_t to)
{
    int32_t ahead = zone_ahead(z, to);

    while (from + 1 < to) {
        int64_t middle = from + (to - from) / 2;
        if (zone_ahead(z, middle) == ahead)
            to = middle;
        else
            from = middle;
    }
    return to;
}

void zone_close(struct zone *z)
{
    if (z != NULL)
        zone_table_free(&z->table);
    free(z);
}
