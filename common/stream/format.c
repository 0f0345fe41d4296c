/* SPDX-License-Identifier: MIT */
#include "stream/format.h"

static const struct format formats[] = {
    { "\x1f\x8b", 2, 1, FORMAT_GZIP, "gzip" },
    { "\x28\xb5\x2f\xfd", 4, 1, FORMAT_ZSTD, "zstd" },
    { "P*M\x18", 4, 4, FORMAT_ZSTD, "zstd" }, /* the frame that pzstd starts with, to skip */
    { "\xfd" "7zXZ\0", 6, 6, FORMAT_OTHER, "the input is packed by xz; unpack it with xz -dc" },
    { "BZh?1AY&SY", 10, 10, FORMAT_OTHER, "the input is packed by bzip2; unpack it with bzip2 -dc" },
    { "\x04\x22\x4d\x18", 4, 4, FORMAT_OTHER, "the input is packed by lz4; unpack it with lz4 -dc" },
    { "PK\x03\x04", 4, 4, FORMAT_OTHER,
      "the input is a zip archive; unpack it with unzip -p, or if it is a spreadsheet, save it as CSV" },
    { "PAR1\x15", 5, 5, FORMAT_OTHER, "the input is a Parquet file; export it as CSV, for example with duckdb" },
    { "SQLite format 3\0", 16, 16, FORMAT_OTHER,
      "the input is an SQLite database; export a table with sqlite3 -csv -header" },
    { "\xff\xfe\0\0", 4, 4, FORMAT_ENCODED, "UTF-32" },
    { "\0\0\xfe\xff", 4, 4, FORMAT_ENCODED, "UTF-32" },
    { "\xff\xfe", 2, 2, FORMAT_ENCODED, "UTF-16" },
    { "\xfe\xff", 2, 2, FORMAT_ENCODED, "UTF-16" },
    { "?\0?\0", 4, 4, FORMAT_ENCODED, "UTF-16LE" },
    { "\0?\0?", 4, 4, FORMAT_ENCODED, "UTF-16BE" },
};

/* How many bytes of FORMAT an input is known to start with; 0 if START has others. */
static size_t match(struct span start, const struct format *format)
{
    size_t n = 0;

    for (; n < format->len && n < start.len; n++) {
        bool is_ascii = start.at[n] > 0 && (unsigned char)start.at[n] < 0x80;
        if (format->bytes[n] == '?' ? !is_ascii : format->bytes[n] != start.at[n])
            return 0;
    }
    return n;
}

const struct format *format_find(struct span start, bool is_all, bool *is_open)
{
    *is_open = false;
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        size_t n = match(start, &formats[i]);
        if (n == formats[i].len || (is_all && n >= formats[i].least))
            return &formats[i];
        *is_open |= n > 0 && !is_all;
    }
    return NULL;
}
