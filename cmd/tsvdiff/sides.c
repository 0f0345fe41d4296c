/* SPDX-License-Identifier: MIT */
#include "sides.h"

#include <stdio.h>

#include "base/die.h"
#include "stream/heading.h"
#include "stream/match.h"
#include "value/number.h"

static const struct span null = { "\\N", 2 };

/* Sets *COLUMN to the column of TO that is column I of FROM. */
static bool find(const struct header *to, const struct header *from, size_t i, size_t *column)
{
    *column = i;
    return from->names != NULL ? header_find_name(to, from->names[i], column) : i < to->n;
}

/* Adds the values of SIDE that OTHER lacks. */
static void add_own(struct side *side, const struct side *other)
{
    size_t column;

    for (size_t i = 0; i < side->header.n; i++)
        if (!find(&other->header, &side->header, i, &column))
            side->values.at[side->values.n++] = i;
}

/* Says which columns a table lacks, if there are any. */
static void report(const struct sides *s, const char *const names[2])
{
    const struct header *old = &s->old.header;
    const struct header *new = &s->new.header;
    char reason[MATCH_REASON_SIZE];

    if (!sides_differ(s))
        return;
    if (old->names == NULL || match_differs(old, new, reason) == NULL)
        snprintf(reason, sizeof reason, "%zu columns, not %zu", new->n, old->n);
    warn("%s: %s, compared with %s; missing values are null", names[1], reason, names[0]);
}

void xsides_resolve(struct sides *s, const struct option_list *key, const char *const names[2])
{
    struct side *old = &s->old;
    struct side *new = &s->new;
    size_t column;

    if (old->header.n == 0 || new->header.n == 0) /* under -N, an empty table has the columns of the other one */
        old->header.n = new->header.n = old->header.n + new->header.n;
    new->key = xcolumns(&new->header, names[1], key);
    old->key = xcolumns_like(&old->header, names[0], &new->header, &new->key);
    old->values = xcolumns_first(old->header.n);
    new->values = xcolumns_first(new->header.n);
    for (size_t i = 0; i < new->header.n; i++)
        if (!columns_have(&new->key, i) && find(&old->header, &new->header, i, &column)) {
            old->values.at[s->n_common] = column;
            new->values.at[s->n_common++] = i;
        }
    old->values.n = new->values.n = s->n_common;
    add_own(old, new);
    add_own(new, old);
    report(s, names);
}

bool sides_differ(const struct sides *s)
{
    return s->old.values.n > s->n_common || s->new.values.n > s->n_common;
}

void xsides_write_header(const struct sides *s, struct stream *out)
{
    for (size_t i = 0; i < s->new.key.n && s->new.header.names != NULL; i++)
        xheading_add(out, s->new.header.names[s->new.key.at[i]]);
    xheading_add(out, span_of("Change"));
    xheading_add(out, span_of("Column"));
    xheading_add(out, span_of("Old"));
    xheading_add(out, span_of("New"));
    xheading_end(out);
}

/* Cuts the first field off FIELDS and returns it. */
static struct span cut(struct span *fields)
{
    const char *tab = memchr(fields->at, '\t', fields->len);
    struct span field = { fields->at, tab != NULL ? (size_t)(tab - fields->at) : fields->len };
    size_t taken = field.len + (tab != NULL);

    *fields = (struct span){ fields->at + taken, fields->len - taken };
    return field;
}

static void write_change(struct stream *out, struct span key, enum change change, struct span column, struct span old,
                         struct span new)
{
    static const char *const words[] = {
        [CHANGE_ADDED] = "added", [CHANGE_REMOVED] = "removed", [CHANGE_CHANGED] = "changed"
    };
    const struct span fields[] = { key, span_of(words[change]), column, old, new };

    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (i > 0)
            xwriter_char(&out->out, '\t');
        xwriter_bytes(&out->out, fields[i]);
    }
    xstream_end_record(out);
}

/* The name of column I of H, or its number, built in NUMBER. */
static struct span name_of(const struct header *h, size_t i, char number[NUMBER_DIGITS])
{
    return h->names != NULL ? h->names[i] : (struct span){ number, number_format(i + 1, number) };
}

enum change xsides_write(const struct sides *s, struct stream *out, struct span key, struct span old, struct span new)
{
    enum change change = old.at == NULL ? CHANGE_ADDED : new.at == NULL ? CHANGE_REMOVED : CHANGE_CHANGED;
    enum change result = change == CHANGE_CHANGED ? CHANGE_NONE : change;
    size_t n_new = s->new.values.n;
    size_t n = n_new + s->old.values.n - s->n_common;
    char number[NUMBER_DIGITS];

    if (change == CHANGE_CHANGED && !sides_differ(s) && span_equal(old, new))
        return CHANGE_NONE;
    for (size_t i = 0; i < n; i++) {
        bool in_old = old.at != NULL && (i < s->n_common || i >= n_new);
        bool in_new = new.at != NULL && i < n_new;
        struct span from = in_old ? cut(&old) : null;
        struct span to = in_new ? cut(&new) : null;
        if (change == CHANGE_CHANGED ? span_equal(from, to) : !in_old && !in_new)
            continue;
        struct span name = i < n_new ? name_of(&s->new.header, s->new.values.at[i], number)
                                     : name_of(&s->old.header, s->old.values.at[i - n_new + s->n_common], number);
        write_change(out, key, change, name, from, to);
        result = change;
    }
    if (change != CHANGE_CHANGED && (change == CHANGE_ADDED ? n_new : s->old.values.n) == 0)
        write_change(out, key, change, null, null, null);
    return result;
}

void sides_free(struct sides *s)
{
    struct side *const sides[] = { &s->old, &s->new };

    for (size_t i = 0; i < 2; i++) {
        header_free(&sides[i]->header);
        columns_free(&sides[i]->key);
        columns_free(&sides[i]->values);
    }
}
