/* SPDX-License-Identifier: MIT */
#include "load_log.h"

#include <stddef.h>

bool xload_log_has(struct database *d, const char *id, const char *table)
{
    xdatabase_run(d, "CREATE TABLE IF NOT EXISTS main.weir_loads (\n"
                     "    id TEXT NOT NULL,\n"
                     "    table_name TEXT NOT NULL COLLATE NOCASE,\n"
                     "    rows INTEGER NOT NULL,\n"
                     "    loaded_at TEXT NOT NULL,\n"
                     "    PRIMARY KEY (id, table_name)\n"
                     ")");
    sqlite3_stmt *statement = xdatabase_query(d,
        "SELECT 1 FROM main.weir_loads WHERE id = ?1 AND table_name = ?2", id, table);
    bool has = xdatabase_step(d, statement);
    sqlite3_finalize(statement);
    return has;
}

void xload_log_add(struct database *d, const char *id, const char *table, uint64_t rows)
{
    sqlite3_stmt *statement = xdatabase_query(d,
        "INSERT INTO main.weir_loads (id, table_name, rows, loaded_at) "
        "VALUES (?1, ?2, ?3, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))", id, table);

    if (sqlite3_bind_int64(statement, 3, (sqlite3_int64)rows) != SQLITE_OK)
        die_database(d);
    xdatabase_step(d, statement);
    sqlite3_finalize(statement);
}

void xload_log_forget(struct database *d, const char *table)
{
    if (sqlite3_table_column_metadata(d->handle, "main", "weir_loads", NULL, NULL, NULL, NULL, NULL, NULL) != SQLITE_OK)
        return;
    sqlite3_stmt *statement = xdatabase_query(d,
        "DELETE FROM main.weir_loads WHERE table_name = ?1", table, NULL);
    xdatabase_step(d, statement);
    sqlite3_finalize(statement);
}
