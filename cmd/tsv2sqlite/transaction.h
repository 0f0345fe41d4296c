/* SPDX-License-Identifier: MIT */
/* transaction: the one transaction of a load. Functions die as xdatabase_prepare() does. */
#ifndef WEIR_TRANSACTION_H
#define WEIR_TRANSACTION_H

#include "stream/database.h"

/* Begins the transaction and takes the write lock, waiting for it up to the timeout. */
void xtransaction_begin(struct database *d);

/*
 * Commits. Waits for readers up to the timeout or a signal. A violated deferred foreign key is STATUS_BAD_DATA; the
 * message names a row that violates it, of TABLE if there is one.
 */
void xtransaction_commit(struct database *d, const char *table);

/* Rolls back the transaction, if one is open: the file is as before, without a journal. Ignores errors. */
void transaction_rollback(struct database *d);

#endif
