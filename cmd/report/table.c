/* SPDX-License-Identifier: MIT */
#include "table.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base/memory.h"
#include "stream/tsv.h"
#include "value/number.h"
#include "html.h"

enum {
    LONG = 20,     /* more records are folded */
    FIRST = 10,    /* of these, so many are visible */
    LONG_TEXT = 40, /* longer fields are broken into lines */
    GROUPED = 5,   /* digits of a large number that are shown in groups of three */
};

/* Whether all values of COLUMN, at least one, are numbers; nulls do not count. */
static bool is_numeric(const struct records *r, size_t column)
{
    struct number number;
    bool has_number = false;

    for (size_t i = 1; i <= r->n; i++) {
        struct span field = records_field(r, i, column);
        if (tsv_is_null(field))
            continue;
        if (!number_parse(field, &number))
            return false;
        has_number = true;
    }
    return has_number;
}

/* Appends FIELD; null gets markup, because a text may be "null". */
static void write_value(struct buffer *html, struct span field)
{
    if (tsv_is_null(field))
        html_add(html, "<i class=\"null\">null</i>");
    else
        html_field(html, field);
}

static void write_header(struct buffer *html, const struct records *r, const bool *are_numeric)
{
    html_add(html, "<thead><tr>");
    for (size_t i = 0; i < r->n_columns; i++) {
        html_add(html, are_numeric[i] ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">");
        html_field(html, records_field(r, 0, i));
        html_add(html, "</th>");
    }
    html_add(html, "</tr></thead>\n<tbody>\n");
}

/* Appends the first N records as a table, in a box that can be scrolled. LABEL describes it. */
static void write_table(struct buffer *html, const struct records *r, size_t n, const bool *are_numeric,
                        const char *label)
{
    html_print(html, "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"%s\"><table>\n", label);
    write_header(html, r, are_numeric);
    for (size_t i = 1; i <= n; i++) {
        html_add(html, "<tr>");
        for (size_t column = 0; column < r->n_columns; column++) {
            struct span field = records_field(r, i, column);
            html_add(html, are_numeric[column] ? "<td class=\"n\">" :
                           field.len > LONG_TEXT ? "<td class=\"long\">" : "<td>");
            write_value(html, field);
            html_add(html, "</td>");
        }
        html_add(html, "</tr>\n");
    }
    if (n == 0)
        html_print(html, "<tr><td colspan=\"%zu\" class=\"none\">No records</td></tr>\n", r->n_columns);
    html_add(html, "</tbody></table></div>\n");
}

/* Appends FIELD as the one value of a fence. Groups of digits are apart, without other characters between them. */
static void write_number(struct buffer *html, struct span name, struct span field)
{
    struct number number;
    bool is_number = number_parse(field, &number);
    size_t n_whole = is_number ? number.whole.len : 0;

    html_add(html, "<dl class=\"number\"><dt>");
    html_field(html, name);
    html_add(html, "</dt><dd>");
    if (n_whole >= GROUPED) {
        size_t first = n_whole % 3 != 0 ? n_whole % 3 : 3;
        struct span rest = { number.whole.at + n_whole, (size_t)(field.at + field.len - number.whole.at) - n_whole };
        html_text(html, (struct span){ field.at, (size_t)(number.whole.at - field.at) + first });
        for (size_t i = first; i < n_whole; i += 3) {
            html_add(html, "<span>");
            html_text(html, (struct span){ number.whole.at + i, 3 });
            html_add(html, "</span>");
        }
        html_text(html, rest);
    } else {
        write_value(html, field);
    }
    html_add(html, "</dd></dl>\n");
}

void table_write(struct buffer *html, const struct records *r)
{
    if (r->n == 1 && r->n_columns == 1) {
        write_number(html, records_field(r, 0, 0), records_field(r, 1, 0));
        return;
    }
    bool *are_numeric = xcalloc(r->n_columns, sizeof *are_numeric);
    for (size_t i = 0; i < r->n_columns; i++)
        are_numeric[i] = is_numeric(r, i);
    if (r->n > LONG) {
        write_table(html, r, FIRST, are_numeric, "The first records");
        html_add(html, "<details class=\"all\"><summary>All ");
        html_count(html, r->n);
        html_add(html, " records</summary>\n");
        write_table(html, r, r->n, are_numeric, "All records");
        html_add(html, "</details>\n");
    } else {
        write_table(html, r, r->n, are_numeric, r->n == 0 ? "No records" : "Records");
        if (r->n > 0)
            html_print(html, "<p class=\"count\">%zu record%s</p>\n", r->n, r->n == 1 ? "" : "s");
    }
    free(are_numeric);
}
