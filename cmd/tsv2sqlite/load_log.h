/* SPDX-License-Identifier: MIT */
/*
 * load_log: which loads a database has seen, so that none is repeated: the table weir_loads (id, table_name, rows,
 * loaded_at). Its changes are part of the load's transaction. Strings are C strings in UTF-8. Functions die as
 * xdatabase_prepare() does.
 */
#ifndef WEIR_LOAD_LOG_H
#define WEIR_LOAD_LOG_H

#include <stdbool.h>
#include <stdint.h>

#include "stream/database.h"

/* Whether the load ID into TABLE was done. Creates the log if there is none. */
bool xload_log_has(struct database *d, const char *id, const char *table);

/* Adds the load ID, which has just changed ROWS rows of TABLE. The log must exist. */
void xload_log_add(struct database *d, const char *id, const char *table, uint64_t rows);

/* Removes all loads into TABLE, for when its rows are deleted. Does nothing if there is no log. */
void xload_log_forget(struct database *d, const char *table);

#endif
