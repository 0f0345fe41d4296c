/* SPDX-License-Identifier: MIT */
#include "partitions.h"

#include <stdlib.h>

#include "base/memory.h"

enum {
    BITS = 4,           /* of the hash, for a level */
    LEVELS = 32 / BITS, /* the lower half of the hash; hash tables use the upper half */
};

void xpartitions_add(struct partitions *p, uint64_t hash, const struct item *item)
{
    if (!p->is_open)
        for (int i = 0; i < PARTITIONS; i++)
            xspill_create(&p->files[i]);
    p->is_open = true;
    size_t i = hash >> BITS * (p->level % LEVELS) & (PARTITIONS - 1);
    xspill_write(&p->files[i], item);
    p->n[i]++;
}

void xpartitions_end(struct partitions *p)
{
    if (!p->is_open)
        return;
    for (int i = 0; i < PARTITIONS; i++) {
        p->waiting = xgrow(p->waiting, p->n_waiting, sizeof *p->waiting);
        struct partition *partition = &p->waiting[p->n_waiting++];
        partition->level = p->level + 1;
        partition->n = p->n[i];
        p->n[i] = 0;
        xspill_reopen(&p->files[i], &partition->items);
    }
    p->is_open = false;
}

bool partitions_next(struct partitions *p, struct reader *items)
{
    if (p->n_waiting == 0) {
        free(p->waiting);
        p->waiting = NULL;
        return false;
    }
    const struct partition *partition = &p->waiting[--p->n_waiting];
    *items = partition->items;
    p->level = partition->level;
    return true;
}
