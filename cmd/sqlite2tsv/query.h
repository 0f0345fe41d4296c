/* SPDX-License-Identifier: MIT */
/* query: one SQL statement that only reads, and its parameters. What is wrong with them is a usage error. */
#ifndef WEIR_QUERY_H
#define WEIR_QUERY_H

#include "stream/database.h"
#include "stream/options.h"

/* Compiles SQL, one statement that returns columns and changes nothing. The caller finalizes it. */
sqlite3_stmt *xquery_prepare(const struct database *d, const char *sql);

/*
 * Gives each parameter :NAME, @NAME or $NAME of QUERY the value of the one among PARAMETERS, arguments NAME=VALUE, with
 * its name. VALUE is spelled as a field. It is bound as a number if SQLite prints that number in the same way, else as
 * text.
 */
void xquery_bind(struct database *d, sqlite3_stmt *query, const struct option_list *parameters);

#endif
