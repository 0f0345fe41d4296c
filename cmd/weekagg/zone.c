/* SPDX-License-Identifier: MIT */
#include "zone.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/die.h"
#include "value/calendar.h"

/*
 * Whether NAME can only be a zone, and no other path. Zones start with a capital letter; other files of the database do
 * not (localtime, posixrules, right/Europe/Berlin with its leap seconds).
 */
static bool is_zone_name(const char *name)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/";

    return *name >= 'A' && *name <= 'Z' && name[strspn(name, letters)] == '\0';
}

/* Whether PATH can be read and has the magic bytes of RFC 8536. */
static bool is_zone_file(const char *path)
{
    char start[4];
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return false;
    ssize_t n = read(fd, start, sizeof start);
    close(fd);
    return n == (ssize_t)sizeof start && memcmp(start, "TZif", sizeof start) == 0;
}

bool xzone_open(struct zone *z, const char *name)
{
    char tz[200];
    int len = snprintf(tz, sizeof tz, ":/usr/share/zoneinfo/%s", name);

    if (len >= (int)sizeof tz || !is_zone_name(name) || !is_zone_file(tz + 1))
        return false;
    if (setenv("TZ", tz, 1) != 0)
        die_errno("TZ");
    tzset();
    for (size_t i = 0; i < ZONE_CACHE; i++)
        z->cache[i].hour = INT32_MIN;
    return true;
}

/* Seconds that local time is ahead of UTC at SECONDS. */
static int32_t find_ahead(int64_t seconds)
{
    struct tm tm = { 0 };

    localtime_r(&(time_t){ (time_t)seconds }, &tm);
    return (int32_t)tm.tm_gmtoff;
}

int64_t zone_local(struct zone *z, int64_t seconds)
{
    int32_t hour = (int32_t)floor_divide(seconds, HOUR_SECONDS);
    size_t i = (uint32_t)hour % ZONE_CACHE;

    if (z->cache[i].hour != hour) {
        int32_t first = find_ahead((int64_t)hour * HOUR_SECONDS);
        int32_t last = find_ahead((int64_t)hour * HOUR_SECONDS + HOUR_SECONDS - 1);
        z->cache[i].hour = hour;
        z->cache[i].ahead = first == last ? first : INT32_MIN;
    }
    return seconds + (z->cache[i].ahead != INT32_MIN ? z->cache[i].ahead : find_ahead(seconds));
}
