/* SPDX-License-Identifier: MIT */
/* outliers: prints the records whose value is far from the others. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/die.h"
#include "base/keyset.h"
#include "base/memory.h"
#include "base/quote.h"
#include "stream/columns.h"
#include "stream/stream.h"
#include "stream/tsv.h"
#include "value/decimal.h"
#include "deviation.h"

struct options {
    const char *value;     /* v */
    int method;            /* m: as enum deviation_method */
    const char *threshold; /* T */
    const char *group_by;  /* g */
    bool all;              /* A */
    struct stream_options stream;
};

static const char *const methods[] = { "ratio", "z", "mad", "iqr", NULL };

static const char *method_word(int i)
{
    return methods[i];
}

/* A record that has been read: a line of the text, without its LF. */
struct kept {
    size_t start;
    size_t len;
    size_t group;
    bool has_value;
    struct decimal value;
};

struct group {
    struct decimal *values;
    size_t n;
    size_t capacity;
    struct deviation deviation;
};

/* All records of the input, and the groups they are in. */
struct input {
    char *text;
    size_t used;
    size_t text_capacity;
    struct kept *records;
    size_t n;
    size_t capacity;
    struct keyset keys; /* the groups' fields; with each its place in GROUPS */
    struct group *groups;
    size_t groups_capacity;
};

static struct deviation_threshold find_threshold(const struct options *o)
{
    static const char *const defaults[] = { "0.2", "3", "3.5", "1.5" };
    const char *text = o->threshold != NULL ? o->threshold : defaults[o->method];
    struct deviation_threshold threshold;
    struct quoted q;

    if (!deviation_parse_threshold(span_of(text), &threshold))
        die_usage("--threshold: \"%s\" is not a number from 0 such as 0.2", quote(&q, span_of(text)));
    return threshold;
}

static void write_header(struct stream *s, const struct record *r, bool all)
{
    if (!all || s->header.names == NULL) {
        xstream_copy_header(s, record_line(r));
        return;
    }
    xstream_add_names(s, &s->header);
    xstream_add_name(s, span_of("Baseline"));
    xstream_add_name(s, span_of("Score"));
    xstream_add_name(s, span_of("Outlier"));
    xstream_end_header(s);
}

/* Makes room in ARRAY, of *CAPACITY items of SIZE bytes, for MORE behind the N there are. */
static void *grow(void *array, size_t *capacity, size_t size, size_t n, size_t more)
{
    if (more <= *capacity - n)
        return array;
    *capacity = 2 * (n + more);
    return xrealloc(array, *capacity, size);
}

/* The place of the group with the fields KEY, which may be new. */
static size_t find_group(struct input *all, struct span key)
{
    bool is_new;
    size_t *place = xkeyset_add(&all->keys, keyset_hash(&all->keys, key), key, &is_new);

    if (is_new) {
        *place = all->keys.n - 1;
        all->groups = grow(all->groups, &all->groups_capacity, sizeof *all->groups, *place, 1);
        all->groups[*place] = (struct group){ .n = 0 };
    }
    return *place;
}

/* Adds the record LINE, with what was found in it, to ALL. */
static void keep(struct input *all, struct span line, struct kept kept)
{
    struct group *group = &all->groups[kept.group];

    kept.start = all->used;
    kept.len = line.len;
    all->text = grow(all->text, &all->text_capacity, 1, all->used, line.len);
    memcpy(all->text + all->used, line.at, line.len);
    all->used += line.len;
    all->records = grow(all->records, &all->capacity, sizeof *all->records, all->n, 1);
    all->records[all->n++] = kept;
    if (kept.has_value) {
        group->values = grow(group->values, &group->capacity, sizeof *group->values, group->n, 1);
        group->values[group->n++] = kept.value;
    }
}

static void read_all(struct stream *s, struct record *r, size_t column, const struct columns *groups, struct input *all)
{
    struct buffer buffer = { .len = 0 };

    while (xstream_record(s, r)) {
        struct span field = record_field(r, column);
        struct kept kept = { .has_value = !tsv_is_null(field) };
        enum decimal_status status = kept.has_value ? decimal_parse(field, &kept.value) : DECIMAL_OK;
        if (status != DECIMAL_OK) {
            xstream_reject_field(s, r, column, decimal_status_text(status));
            continue;
        }
        kept.group = find_group(all, xcolumns_join(groups, r, &buffer));
        keep(all, record_line(r), kept);
    }
    buffer_free(&buffer);
}

/* Measures all groups and says if there are some without scores. */
static void measure(struct stream *s, struct input *all, size_t column, enum deviation_method method)
{
    size_t n_undefined = 0;
    const char *reason = NULL;
    struct quoted name;

    for (size_t i = 0; i < all->keys.n; i++) {
        struct group *group = &all->groups[i];
        if (!xdeviation_measure(&group->deviation, method, group->values, group->n))
            xstream_stop(s, s->in.line, "column %s: the values have too many digits to be compared exactly",
                         header_label(&s->header, column, &name));
        if (group->deviation.undefined != NULL && n_undefined++ == 0)
            reason = group->deviation.undefined;
    }
    if (n_undefined > 0 && all->keys.n == 1)
        warn("no outliers by %s: %s", methods[method], reason);
    else if (n_undefined > 0)
        warn("no outliers by %s in %zu of %zu groups: %s", methods[method], n_undefined, all->keys.n, reason);
}

static void write_score(struct writer *w, const struct deviation *d, const struct kept *kept, bool is_outlier)
{
    char baseline[40] = "\\N";
    char score[40] = "\\N";
    char text[100];

    if (d->has_baseline)
        snprintf(baseline, sizeof baseline, "%.15g", d->baseline);
    if (kept->has_value && d->undefined == NULL)
        snprintf(score, sizeof score, "%.15g", deviation_score(d, kept->value));
    snprintf(text, sizeof text, "\t%s\t%s\t%d", baseline, score, is_outlier);
    xwriter_bytes(w, span_of(text));
}

static void write_outliers(struct stream *s, const struct input *all, struct deviation_threshold threshold,
                           bool with_others)
{
    for (size_t i = 0; i < all->n; i++) {
        const struct kept *kept = &all->records[i];
        const struct deviation *d = &all->groups[kept->group].deviation;
        bool is_outlier = kept->has_value && deviation_exceeds(d, kept->value, threshold);
        if (!is_outlier && !with_others)
            continue;
        xwriter_bytes(&s->out, (struct span){ all->text + kept->start, kept->len });
        if (with_others)
            write_score(&s->out, d, kept, is_outlier);
        xstream_end_record(s);
    }
}

static void free_all(struct input *all)
{
    for (size_t i = 0; i < all->keys.n; i++)
        free(all->groups[i].values);
    keyset_close(&all->keys);
    free(all->groups);
    free(all->records);
    free(all->text);
}

int main(int argc, char **argv)
{
    struct options o = { .method = DEVIATION_RATIO };
    const struct option_spec specs[] = {
        { 'v', "value", "COL", "column of values (default: the last)", .text = &o.value },
        { 'm', "method", "METHOD", "how to measure (default ratio)", .word = method_word, .choice = &o.method },
        { 'T', "threshold", "N", "how far is too far (0.2; z 3, mad 3.5, iqr 1.5)", .text = &o.threshold },
        { 'g', "group-by", "COLS", "compare within groups of equal COLS", .text = &o.group_by },
        { 'A', "all", NULL, "all records, with Baseline, Score and Outlier (0 or 1)", .flag = &o.all },
    };
    const struct usage usage = { "", "Prints the records whose value is far from the others.", STREAM_FILTER, specs,
                                 sizeof specs / sizeof *specs };
    options_parse(argc, argv, &usage, &o.stream);
    struct stream s;
    struct record r = { .text = NULL };
    struct input all = { .text = NULL };

    struct deviation_threshold threshold = find_threshold(&o);

    xstream_open(&s, &o.stream);
    xstream_read_header(&s, &r);
    size_t column = o.value != NULL ? xcolumns_one(&s.header, "value", span_of(o.value)) : s.header.n - 1;
    struct columns groups = xcolumns(&s.header, "group-by", o.group_by);
    write_header(&s, &r, o.all);

    xkeyset_open(&all.keys, sizeof(size_t));
    read_all(&s, &r, column, &groups, &all);
    measure(&s, &all, column, (enum deviation_method)o.method);
    write_outliers(&s, &all, threshold, o.all);
    free_all(&all);
    columns_free(&groups);
    record_free(&r);
    return (int)xstream_finish(&s, "%" PRIu64 " measured", s.n_read - s.n_rejected);
}
