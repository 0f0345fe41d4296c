/* SPDX-License-Identifier: MIT */
/*
 * visits: the records of a stream and the sessions of their keys. Records are read in batches, so that the cache misses
 * of their sessions overlap. This takes less than half the time if the sessions do not fit into the cache.
 */
#ifndef WEIR_VISITS_H
#define WEIR_VISITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/keyset.h"
#include "base/span.h"
#include "stream/columns.h"
#include "stream/record.h"
#include "stream/stream.h"
#include "session.h"

enum { VISITS_BATCH = 32 };

/* A record and its key: views, valid until the next visit. */
struct visit {
    struct record record;
    struct span label; /* the key as it is spelled */
    struct span key;   /* without case, if that is ignored */
    uint64_t hash;     /* of KEY */
    size_t place;      /* keyset_place() of its session; 0: it may be new */
    struct buffer label_room; /* for a label or key that is not a view of the record */
    struct buffer key_room;
};

struct visits {
    struct stream *stream;
    const struct columns *columns; /* of keys */
    struct keyset *sessions;       /* the payload of a key is a struct session of session_size() */
    bool ignore_case;              /* in keys */
    bool is_summary;               /* sessions are summarized */
    size_t n;                      /* visits in the batch, ... */
    size_t taken;                  /* ... and those taken */
    struct visit batch[VISITS_BATCH];
};

/* Makes room for records of V->stream. The caller has set the fields before N and owns what they point to. */
void xvisits_open(struct visits *v);

/* The next visit, in order; NULL at the end of the input. */
struct visit *xvisits_next(struct visits *v);

/* The session of VISIT, valid until the next call. *IS_NEW: it was added, all zero. */
struct session *xvisits_session(struct visits *v, const struct visit *visit, bool *is_new);

void visits_close(struct visits *v);

#endif
