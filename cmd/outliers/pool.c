/* SPDX-License-Identifier: MIT */
#include "pool.h"

#include <stdlib.h>

#include "base/memory.h"

void xpool_open(struct pool *p)
{
    *p = (struct pool){ .n = 0 };
    xkeyset_open(&p->keys, sizeof(size_t));
}

/* The index of the group with KEY, which may be new. */
static size_t xfind_group(struct pool *p, struct span key)
{
    bool is_new;
    size_t *group = xkeyset_add(&p->keys, keyset_hash(&p->keys, key), key, &is_new);

    if (is_new) {
        *group = p->keys.n - 1;
        p->groups = xgrow(p->groups, *group, sizeof *p->groups);
        p->groups[*group] = (struct pool_group){ .n = 0 };
    }
    return *group;
}

void xpool_add(struct pool *p, struct span line, struct span key, const struct decimal *value)
{
    struct pool_record r = { .start = p->text.len, .len = line.len, .group = xfind_group(p, key) };

    if (value != NULL) {
        struct pool_group *group = &p->groups[r.group];
        group->values = xgrow(group->values, group->n, sizeof *group->values);
        group->values[group->n++] = *value;
        r.has_value = true;
        r.value = *value;
    }
    xbuffer_append(&p->text, line);
    p->records = xgrow(p->records, p->n, sizeof *p->records);
    p->records[p->n++] = r;
}

void pool_close(struct pool *p)
{
    for (size_t i = 0; i < p->keys.n; i++)
        free(p->groups[i].values);
    keyset_close(&p->keys);
    free(p->groups);
    free(p->records);
    buffer_free(&p->text);
}
