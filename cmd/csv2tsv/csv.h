/* SPDX-License-Identifier: MIT */
/*
 * csv: comma-separated values as RFC 4180 has them, turned into fields of tab-separated ones in one pass. A field is
 * quoted or bare. A quoted one may have delimiters, line ends and doubled quotes in it; it begins with the quote and
 * ends with it. A bare one has no quote; it is null if it is empty or the text that was agreed on. Lines end in LF or
 * CRLF. Blanks are data.
 */
#ifndef WEIR_CSV_H
#define WEIR_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"
#include "stream/writer.h"

/* What can be wrong with a record. After the first three it is not known where it ends. */
enum csv_error {
    CSV_OK,
    CSV_AFTER_QUOTE, /* something else than a delimiter or line end follows a closing quote */
    CSV_BARE_QUOTE,  /* a quote in a bare field */
    CSV_UNCLOSED,    /* a quote that the input ends in; for the caller to say */
    CSV_NUL,
    CSV_CR, /* outside quotes, and no LF behind it */
    CSV_UTF8,
};

/* The words for ERROR, as "NUL byte"; a constant. */
const char *csv_error_text(enum csv_error error);

enum csv_status {
    CSV_RECORD, /* the record is whole; its bytes may still be in error */
    CSV_OPEN,   /* the lines at hand end inside quotes: go on with more of them */
    CSV_BROKEN, /* the quotes are in error: it is not known where the record ends */
};

struct csv {
    /* What the caller sets. */
    char delimiter;   /* ASCII, and no quote, CR, LF or NUL */
    bool is_header;   /* no field is null */
    struct span null; /* a bare field like this one is null, as the empty one is in any case */
    /* The record at hand. Offsets are those of bytes from its start. */
    size_t n_fields;      /* it has, once it is whole */
    size_t len;           /* how many bytes of it were scanned, of a whole one with its line end */
    size_t n_lines;       /* it has, if it is whole */
    size_t quote;         /* where its last quoted field starts */
    bool is_wide;         /* private: a byte from 0x80 on was seen */
    enum csv_error error; /* what is wrong with it, ... */
    size_t offset;        /* ... and where */
};

/* Whether a line ends at P: LF, or CR and LF. */
static inline bool csv_is_line_end(const char *p)
{
    return *p == '\n' || (*p == '\r' && p[1] == '\n');
}

/* Makes C ready for the next record. */
static inline void csv_begin(struct csv *c)
{
    c->n_fields = 0;
    c->len = 0;
    c->n_lines = 0;
    c->is_wide = false;
    c->error = CSV_OK;
}

/*
 * Scans the record that starts at AT and appends its fields to W, with TABs between them and an LF behind. AT to END
 * are whole lines, at least one, with READER_PADDING bytes behind them that may be read. After CSV_OPEN, call it again
 * with more lines: it goes on where it was, also if the record has been moved.
 */
enum csv_status xcsv_scan(struct csv *c, const char *at, const char *end, struct writer *w);

#endif
