/* SPDX-License-Identifier: MIT */
#include "visits.h"

#include "base/fold.h"

void xvisits_open(struct visits *v)
{
    for (size_t i = 0; i < VISITS_BATCH; i++)
        xrecord_size(&v->batch[i].record, v->stream->header.n);
}

static void find_key(const struct visits *v, struct visit *visit)
{
    struct span label = xcolumns_join(v->columns, &visit->record, &visit->label_room);
    struct span key = v->ignore_case ? xfold(label, &visit->key_room) : label;

    visit->hash = keyset_hash(v->sessions, key);
    visit->label = label;
    visit->key = key;
    keyset_prefetch(v->sessions, visit->hash);
}

static void find_session(const struct visits *v, struct visit *visit)
{
    const struct session *session = keyset_find(v->sessions, visit->hash, visit->key);

    visit->place = session != NULL ? keyset_place(v->sessions, session) : 0;
    if (session != NULL && v->is_summary)
        __builtin_prefetch(session->text.at, 1);
}

/* Reads as many records as fit and are in the window. False at the end of the input. */
static bool fill(struct visits *v)
{
    v->taken = 0;
    v->n = 0;
    if (!xstream_record(v->stream, &v->batch->record))
        return false;
    do
        find_key(v, &v->batch[v->n++]);
    while (v->n < VISITS_BATCH && stream_next_good(v->stream, &v->batch[v->n].record));
    for (size_t i = 0; i < v->n; i++)
        keyset_prefetch_entry(v->sessions, v->batch[i].hash);
    for (size_t i = 0; i < v->n; i++)
        find_session(v, &v->batch[i]);
    return true;
}

struct visit *xvisits_next(struct visits *v)
{
    return v->taken < v->n || fill(v) ? &v->batch[v->taken++] : NULL;
}

struct session *xvisits_session(struct visits *v, const struct visit *visit, bool *is_new)
{
    *is_new = false;
    if (visit->place != 0)
        return keyset_at(v->sessions, visit->place);
    return xkeyset_add(v->sessions, visit->hash, visit->key, is_new);
}

void visits_close(struct visits *v)
{
    for (size_t i = 0; i < VISITS_BATCH; i++) {
        record_free(&v->batch[i].record);
        buffer_free(&v->batch[i].key_room);
        buffer_free(&v->batch[i].label_room);
    }
}
