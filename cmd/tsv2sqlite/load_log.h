/* SPDX-License-Identifier: MIT */
/*
 * load_log: the loads that a database has seen, in its table weir_loads (id, table_name, rows, loaded_at), so that none
 * is done twice. It belongs to the transaction of the load. Functions die as xdatabase_prepare() does.
 */
#ifndef WEIR_LOAD_LOG_H
#define WEIR_LOAD_LOG_H

#include <stdbool.h>
#include <stdint.h>

#include "database.h"

/* Whether the load ID into TABLE was done. Makes the log if there is none. */
bool xload_log_has(struct database *d, const char *id, const char *table);

/* Notes that the load ID put ROWS rows into TABLE, now. */
void xload_log_add(struct database *d, const char *id, const char *table, uint64_t rows);

/* Forgets all loads into TABLE, whose contents are going, if there is a log. */
void xload_log_forget(struct database *d, const char *table);

#endif
