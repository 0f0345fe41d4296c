/* SPDX-License-Identifier: MIT */
#include "csv_convert.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/die.h"
#include "base/memory.h"
#include "stream/columns.h"
#include "stream/tsv.h"
#include "csv_value.h"

/* What becomes of a column; all zero: it stays. */
struct csv_conversion {
    bool is_decimal;
    const char *format; /* of its times */
};

/* Sets the conversion TO for the columns in LIST, an argument of OPTION. */
static void set(struct csv_convert *c, struct csv_conversion to, const char *option, const struct option_list *list)
{
    struct columns columns = xcolumns(c->header, option, list);
    struct quoted q;

    for (size_t i = 0; i < columns.n; i++) {
        struct csv_conversion *at = &c->at[columns.at[i]];
        if (at->format != NULL || (at->is_decimal && to.format != NULL))
            die_usage("%s: column %s already has a conversion", option, header_label(c->header, columns.at[i], &q));
        *at = to;
    }
    columns_free(&columns);
}

/* Sets the format of the columns of TEXT, COL=FORMAT. The first = after the name of a column ends COL. */
static void set_format(struct csv_convert *c, const char *text)
{
    const char *equals = strchr(text, '=');
    struct quoted q;
    size_t column;

    for (const char *at = equals; at != NULL; at = strchr(at + 1, '='))
        if (header_find(c->header, (struct span){ text, (size_t)(at - text) }, &column)) {
            equals = at;
            break;
        }
    if (equals == NULL)
        die_usage("--time: \"%s\" must be COL=FORMAT", quote(&q, span_of(text)));
    if (!csv_value_is_format(equals + 1))
        die_usage("--time: \"%s\" must be a strptime(3) format for a complete date, with or without a complete time, "
                  "and without %%s, %%G and %%Z", quote(&q, span_of(equals + 1)));
    char *list = xmemdup(text, (size_t)(equals - text));
    set(c, (struct csv_conversion){ .format = equals + 1 }, "--time", &(struct option_list){ 1, { list } });
    free(list);
}

void xcsv_convert_open(struct csv_convert *c, const struct header *h, const struct option_list *decimals,
                       const struct option_list *times)
{
    *c = (struct csv_convert){ .header = h, .at = xcalloc(h->n, sizeof *c->at) };
    xrecord_size(&c->record, h->n);
    set(c, (struct csv_conversion){ .is_decimal = true }, "--decimal-comma", decimals);
    for (size_t i = 0; i < times->n; i++)
        set_format(c, times->at[i]);
}

/* Appends FIELD, a value of COLUMN, as it becomes. False: it does not fit; REASON says so. */
static bool convert(struct csv_convert *c, size_t column, struct span field)
{
    const char *format = c->at[column].format;
    char *to = xbuffer_reserve(&c->converted, 2 * field.len + 1 + CALENDAR_TIME_SIZE);
    char *value = to + field.len + CALENDAR_TIME_SIZE;
    struct quoted q[3];

    value[tsv_unescape(value, field)] = '\0';
    bool fits = format != NULL ? csv_value_time(format, value, to) : csv_value_number(value, to);
    if (fits)
        c->converted.len += strlen(to);
    else
        snprintf(c->reason, sizeof c->reason, "column %s: \"%s\" is not a %s%s", header_label(c->header, column, &q[0]),
                 quote(&q[1], field), format != NULL ? "time in the format " : "number with a decimal comma",
                 format != NULL ? quote(&q[2], span_of(format)) : "");
    return fits;
}

const char *xcsv_convert(struct csv_convert *c, const size_t *order, struct span last, struct writer *w)
{
    struct record *r = &c->record;

    r->text = w->buffer + w->committed;
    record_resplit(r, w->used - w->committed - 1);
    c->converted.len = 0;
    for (size_t i = 0; i < r->n_fields; i++) {
        struct span field = record_field(r, order != NULL ? order[i] : i);
        bool stays = (!c->at[i].is_decimal && c->at[i].format == NULL) || tsv_is_null(field);
        if (i > 0)
            xbuffer_append(&c->converted, (struct span){ "\t", 1 });
        if (stays)
            xbuffer_append(&c->converted, field);
        else if (!convert(c, i, field))
            return c->reason;
    }
    writer_rollback(w);
    xwriter_bytes(w, buffer_span(&c->converted));
    if (last.len > 0)
        xwriter_char(w, '\t');
    xwriter_bytes(w, last);
    xwriter_char(w, '\n');
    return NULL;
}

void csv_convert_close(struct csv_convert *c)
{
    free(c->at);
    record_free(&c->record);
    buffer_free(&c->converted);
}
