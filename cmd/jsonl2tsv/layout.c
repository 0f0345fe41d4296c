/* SPDX-License-Identifier: MIT */
#include "layout.h"

#include <stdlib.h>

#include "base/memory.h"
#include "value/json_scalar.h"
#include "value/number.h"

enum {
    MISS_COST = 2, /* in units of the time that a match saves */
    LEARN_COST = 64, /* likewise */
    MOST_CREDIT = 4096, /* also the first: enough to learn all layouts */
    RETRY_CREDIT = 512,
    SHORTEST_REST = 1 << 14,
    LONGEST_REST = 1 << 18,
};

void layouts_open(struct layouts *l, const struct json_column *columns, size_t n)
{
    *l = (struct layouts){ .columns = columns, .n_columns = n, .shortest = SIZE_MAX, .credit = MOST_CREDIT,
                           .next_rest = SHORTEST_REST };
}

size_t xlayouts_take(struct layouts *l, struct span lines, struct writer *w, const char **end)
{
    size_t n = VECTOR_PICK(xlayouts_match)(l, &lines, w);

    *end = lines.at;
    l->credit += (int)(n < MOST_CREDIT ? n : MOST_CREDIT);
    if (l->credit >= MOST_CREDIT) {
        l->credit = MOST_CREDIT;
        l->next_rest = SHORTEST_REST;
    }
    if (lines.len > 0 && (l->credit -= MISS_COST) <= 0) {
        l->credit = RETRY_CREDIT;
        l->rest = l->next_rest;
        l->next_rest = l->rest < LONGEST_REST ? 2 * l->rest : LONGEST_REST;
    }
    return n;
}

/* Allows bytes from LOWEST to HIGHEST at place I. */
static void allow(struct layout *layout, size_t i, int lowest, int highest)
{
    layout->blocks[i / VECTOR64_BYTES].lowest[i % VECTOR64_BYTES] = (char)lowest;
    layout->blocks[i / VECTOR64_BYTES].range[i % VECTOR64_BYTES] = (char)(highest - lowest);
}

/* Allows the bytes of TEXT from place I on, and any digit for a digit. */
static void allow_digits(struct layout *layout, size_t i, struct span text)
{
    for (size_t k = 0; k < text.len; k++)
        if (number_is_digit(text.at[k]))
            allow(layout, i + k, '0', '9');
        else
            allow(layout, i + k, text.at[k], text.at[k]);
}

/* Allows any number whose parts are as long as those of NUMBER, from place I on. 01 is not a number. */
static void allow_number(struct layout *layout, size_t i, struct span number)
{
    size_t sign = *number.at == '-';

    allow_digits(layout, i, number);
    if (number.len > sign + 1 && number_is_digit(number.at[sign + 1]))
        allow(layout, i + sign, '1', '9');
}

/*
 * Allows any text of the length of TEXT from place I on; if TEXT has only digits and the punctuation of times, only
 * texts with the same punctuation. False: TEXT has special bytes.
 */
static bool allow_text(struct layout *layout, size_t i, struct span text)
{
    bool is_form = true;

    for (size_t k = 0; k < text.len; k++) {
        if (!json_is_plain(text.at[k]))
            return false;
        is_form = is_form && strchr("0123456789-:.TZ+", text.at[k]) != NULL;
    }
    if (is_form) {
        allow_digits(layout, i, text);
        return true;
    }
    for (size_t k = i; k < i + text.len; k++) {
        allow(layout, k, ' ', 0x7f);
        layout->blocks[k / VECTOR64_BYTES].text |= UINT64_C(1) << k % VECTOR64_BYTES;
    }
    layout->has_texts = true;
    return true;
}

/* The length of the string at P, from quote to quote. */
static size_t string_length(const char *p)
{
    size_t len = 1;

    for (; p[len] != '"'; len++)
        if (p[len] == '\\')
            len++;
    return len + 1;
}

/* Allows the lines that have the shape of LINE, a valid object, and the same lengths. False: it has special bytes. */
static bool allow_line(struct layout *layout, struct span line)
{
    size_t i = 0;

    while (i < line.len) {
        const char *p = line.at + i;
        bool is_string = *p == '"';
        bool is_number = *p == '-' || number_is_digit(*p);
        size_t len = is_string ? string_length(p) : is_number ? strspn(p, "0123456789-+.eE") : 1;
        bool is_key = is_string && p[len + strspn(p + len, " \t\r")] == ':';
        for (size_t k = 0; k < len; k++)
            allow(layout, i + k, p[k], p[k]);
        if (is_number)
            allow_number(layout, i, (struct span){ p, len });
        if (is_string && !is_key && !allow_text(layout, i + 1, (struct span){ p + 1, len - 2 }))
            return false;
        i += len;
    }
    allow(layout, i, '\n', '\n');
    while (++i % VECTOR64_BYTES != 0)
        allow(layout, i, 0, 0xff);
    layout->n_blocks = i / VECTOR64_BYTES;
    layout->len = line.len + 1;
    return true;
}

/* Adds a piece for the LEN bytes at FROM in the line. NULL: there are too many. */
static struct layout_piece *add_piece(struct layout *layout, size_t from, size_t len)
{
    struct layout_piece *piece = &layout->pieces[layout->n_pieces];

    if (layout->n_pieces == LAYOUT_PIECES)
        return NULL;
    *piece = (struct layout_piece){ .from = (uint16_t)from, .len = (uint16_t)len, .all_len = (uint16_t)len };
    layout->n_pieces++;
    layout->room += len;
    return piece;
}

/* Adds TAIL to the last piece or, if there is no room, to an empty one. False: there are too many. */
static bool add_tail(struct layout *layout, struct span tail)
{
    struct layout_piece *piece = layout->n_pieces > 0 ? &layout->pieces[layout->n_pieces - 1] : NULL;

    if (piece == NULL || piece->all_len - piece->len + tail.len > LAYOUT_TAIL_BYTES)
        piece = add_piece(layout, 0, 0);
    if (piece == NULL)
        return false;
    memcpy(piece->tail + (piece->all_len - piece->len), tail.at, tail.len);
    piece->all_len = (uint16_t)(piece->all_len + tail.len);
    layout->room += tail.len;
    return true;
}

/* Adds the pieces for VALUE, in LINE. False: a layout cannot tell whether COLUMN accepts such values. */
static bool add_column(struct layout *layout, const struct json_column *column, struct span line,
                       const struct json_value *value)
{
    size_t from = (size_t)(value->text.at - line.at);

    if (!json_column_knows(column, value))
        return false;
    if (value->kind <= JSON_NULL)
        return add_tail(layout, json_field(value));
    struct layout_piece *piece = add_piece(layout, from, value->text.len);
    if (piece == NULL)
        return false;
    if (column->type == TYPE_INT && value->text.len > 1)
        allow(layout, from, '1', '9');
    if (column->type == TYPE_TIME) {
        piece->time = column;
        layout->has_texts = true;
    }
    return true;
}

/* Makes LAYOUT, all zero, that of LINE. False: it could not tell whether a line is good, or would be too large. */
static bool make(struct layout *layout, const struct layouts *l, struct span line, const struct json_value *values)
{
    if (!allow_line(layout, line))
        return false;
    layout->room = WRITER_SHORT + LAYOUT_TAIL_BYTES;
    for (size_t c = 0; c < l->n_columns; c++)
        if (!add_column(layout, &l->columns[c], line, &values[c]) ||
            !add_tail(layout, span_of(c + 1 < l->n_columns ? "\t" : "\n")))
            return false;
    return layout->room <= LAYOUT_MOST_ROOM;
}

/* A layout to overwrite, all zero: one that has not matched since it was last considered. */
static struct layout *replace(struct layouts *l)
{
    struct layout *layout;
    struct layout **at;

    if (l->all == NULL)
        l->all = xcalloc(LAYOUTS, sizeof *l->all);
    while ((layout = &l->all[l->n++ % LAYOUTS])->has_matched)
        layout->has_matched = false;
    if (layout->len > 0) {
        for (at = &l->of_length[layout->len]; *at != layout; at = &(*at)->other)
            ;
        *at = layout->other;
    }
    *layout = (struct layout){ .len = 0 };
    return layout;
}

void xlayouts_learn(struct layouts *l, struct span line, const struct json_value *values)
{
    if (line.len >= LAYOUT_BYTES || l->credit <= LEARN_COST || l->rest > 0)
        return;
    l->credit -= LEARN_COST;
    struct layout *layout = replace(l);
    if (!make(layout, l, line, values)) {
        layout->len = 0;
        return;
    }
    layout->other = l->of_length[layout->len];
    l->of_length[layout->len] = layout;
    l->room = layout->room > l->room ? layout->room : l->room;
    l->shortest = SIZE_MAX;
    for (size_t i = 0; i < LAYOUTS; i++)
        if (l->all[i].len > 0 && l->all[i].len < l->shortest)
            l->shortest = l->all[i].len;
}

void layouts_close(struct layouts *l)
{
    free(l->all);
}
