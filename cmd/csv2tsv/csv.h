/* SPDX-License-Identifier: MIT */
/*
 * csv: comma-separated values (RFC 4180), converted to tab-separated fields in one pass. A field is quoted or bare. A
 * quoted field begins and ends with a quote and may contain delimiters, line ends and doubled quotes. A bare field
 * contains no quote; it is null if it is empty or a null string. Lines end in LF or CRLF. Blanks are data.
 */
#ifndef WEIR_CSV_H
#define WEIR_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"
#include "stream/writer.h"

/* How the input spells records. */
struct csv_dialect {
    int delimiter;            /* ASCII; not a quote, CR, LF or NUL */
    const char *const *nulls; /* N_NULLS strings: a bare field equal to one is null, too; they contain no quote */
    size_t n_nulls;
    bool null_quoted; /* a quoted field is null as a bare one is */
    bool is_header;   /* no field is null */
};

/* Errors in a record. After the first three, the end of the record is unknown. */
enum csv_error {
    CSV_OK,
    CSV_AFTER_QUOTE, /* a closing quote is followed by neither a delimiter nor a line end */
    CSV_BARE_QUOTE,  /* a quote in a bare field */
    CSV_UNCLOSED,    /* the input ends inside quotes; set by the caller, which alone knows */
    CSV_NUL,
    CSV_CR, /* outside quotes, not before LF */
    CSV_UTF8,
};

/* The message for ERROR, such as "NUL byte"; a constant. */
const char *csv_error_text(enum csv_error error);

enum csv_status {
    CSV_RECORD, /* the record is complete, but its bytes may have an error */
    CSV_OPEN,   /* the lines given end inside quotes: call again with more */
    CSV_BROKEN, /* the quotes have an error: the end of the record is unknown */
};

/* The state of the scan of a record. All zero before it begins. Offsets count bytes from the start of the record. */
struct csv_scan {
    size_t len;      /* bytes scanned; for a complete record, including its line end */
    size_t n_lines;  /* lines of a complete record */
    size_t n_fields; /* fields of a complete record */
    size_t quote;    /* where the last quoted field starts */
    enum csv_error error;
    size_t offset; /* of the error */
};

/* Whether P is at a line end: LF, or CR and LF. */
static inline bool csv_is_line_end(const char *p)
{
    return *p == '\n' || (*p == '\r' && p[1] == '\n');
}

/*
 * Scans the record that starts at AT and appends its fields to W, separated by TABs and followed by LF. AT to END are
 * one or more whole lines; READER_PADDING bytes after END must be readable. After CSV_OPEN, call it again with the
 * record and more lines, which may have moved: it goes on where it stopped.
 */
enum csv_status xcsv_scan(const struct csv_dialect *dialect, struct csv_scan *scan, const char *at, const char *end,
                          struct writer *w);

#endif
