/* SPDX-License-Identifier: MIT */
/* html: appends markup and text to an HTML page. Text is escaped, so it never acts as markup. */
#ifndef WEIR_HTML_H
#define WEIR_HTML_H

#include <stdint.h>

#include "base/buffer.h"
#include "base/span.h"

/* Appends MARKUP as it is. */
void html_add(struct buffer *html, const char *markup);

/* Appends markup as printf(3) makes it, at most 500 bytes. */
void html_print(struct buffer *html, const char *format, ...) __attribute__((format(printf, 2, 3)));

/*
 * Appends TEXT, without NUL, as text or the value of an attribute: unsafe characters as \xHH (quote.h), those that have
 * a meaning in HTML escaped.
 */
void html_text(struct buffer *html, struct span text);

/* html_text() for the lines of TEXT; LF and TAB stay. */
void html_lines(struct buffer *html, struct span text);

/* html_text() for the value of FIELD. */
void html_field(struct buffer *html, struct span field);

/* Appends N with commas: 40,299. */
void html_count(struct buffer *html, uint64_t n);

#endif
