/* SPDX-License-Identifier: MIT */
#include "points.h"

#include <stdlib.h>

#include "base/memory.h"

void xpoints_open(struct points *p, bool has_groups)
{
    *p = (struct points){ .has_groups = has_groups };
    xkeyset_open(&p->groups, sizeof(size_t));
    xkeyset_open(&p->labels, sizeof(size_t));
    xkeyset_open(&p->pairs, 0);
    xbuffer_append(&p->text, (struct span){ "", 1 }); /* no text is at place 0 */
}

/* Keeps BYTES, made safe to show; returns its place. */
static size_t keep(struct points *p, struct span bytes)
{
    const size_t place = p->text.len;
    struct quoted q;

    quote(&q, bytes);
    xbuffer_append(&p->text, (struct span){ q.text, strlen(q.text) + 1 });
    return place;
}

bool xpoints_group(struct points *p, struct span key, struct span name, size_t *group)
{
    bool is_new;
    size_t *index = xkeyset_add(&p->groups, keyset_hash(&p->groups, key), key, &is_new);

    if (is_new && p->groups.n > POINTS_GROUPS)
        return false;
    if (is_new) {
        *index = p->groups.n - 1;
        p->group_names[*index] = keep(p, name);
    }
    *group = *index;
    return true;
}

/* Whether LABEL is new in GROUP. */
static bool add_pair(struct points *p, size_t group, struct span label)
{
    struct buffer key = { .len = 0 };
    bool is_new;

    xbuffer_append(&key, (struct span){ (const char *)&group, sizeof group });
    xbuffer_append(&key, label);
    xkeyset_add(&p->pairs, keyset_hash(&p->pairs, buffer_span(&key)), buffer_span(&key), &is_new);
    buffer_free(&key);
    return is_new;
}

bool xpoints_add(struct points *p, struct point point, struct span label, struct span text)
{
    point.slot = p->n;
    if (p->has_groups) {
        bool is_new;
        if (!add_pair(p, point.group, label))
            return false;
        size_t *slot = xkeyset_add(&p->labels, keyset_hash(&p->labels, label), label, &is_new);
        if (is_new)
            *slot = p->labels.n - 1;
        point.slot = *slot;
    }
    point.label = keep(p, label);
    point.text = point.has_value ? keep(p, text) : 0;
    p->at = xgrow(p->at, p->n, sizeof *p->at);
    p->at[p->n++] = point;
    return true;
}

struct points_summary points_summarize(const struct points *p)
{
    struct points_summary s = { .is_whole = true };

    for (size_t i = 0; i < p->n; i++) {
        const struct point *point = &p->at[i];
        s.n_marked += point->is_marked;
        s.n_hatched += point->is_hatched;
        if (!point->has_value)
            continue;
        s.n_values++;
        if (s.least == NULL || point->value < s.least->value)
            s.least = point;
        if (s.greatest == NULL || point->value > s.greatest->value)
            s.greatest = point;
        if (point->value > 1e15 || point->value < -1e15 || (double)(int64_t)point->value != point->value)
            s.is_whole = false;
    }
    return s;
}

const char *points_label(const struct points *p, size_t slot, struct quoted *q)
{
    if (p->slot_labels[slot] != 0)
        return points_text(p, p->slot_labels[slot]);
    unit_format(p->unit, p->first + (int64_t)slot * p->step, q->text);
    return q->text;
}

void points_close(struct points *p)
{
    free(p->at);
    free(p->slot_labels);
    keyset_close(&p->groups);
    keyset_close(&p->labels);
    keyset_close(&p->pairs);
    buffer_free(&p->text);
}
