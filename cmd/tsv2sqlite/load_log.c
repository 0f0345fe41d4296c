/* SPDX-License-Identifier: MIT */
#include "load_log.h"

bool xload_log_has(struct database *d, const char *id, const char *table)
{
    xdatabase_run(d, "CREATE TABLE IF NOT EXISTS main.weir_loads (\n"
                     "    id TEXT NOT NULL,\n"
                     "    table_name TEXT NOT NULL COLLATE NOCASE,\n"
                     "    rows INTEGER NOT NULL,\n"
                     "    loaded_at TEXT NOT NULL,\n"
                     "    PRIMARY KEY (id, table_name)\n"
                     ")");
    return xdatabase_run(d, "SELECT 1 FROM main.weir_loads WHERE id = %Q AND table_name = %Q", id, table);
}

void xload_log_add(struct database *d, const char *id, const char *table, uint64_t rows)
{
    xdatabase_run(d, "INSERT INTO main.weir_loads (id, table_name, rows, loaded_at) "
                     "VALUES (%Q, %Q, %llu, strftime('%%Y-%%m-%%dT%%H:%%M:%%SZ', 'now'))",
                  id, table, (unsigned long long)rows);
}

void xload_log_forget(struct database *d, const char *table)
{
    if (xdatabase_run(d, "SELECT 1 FROM main.sqlite_schema "
                         "WHERE type = 'table' AND name = 'weir_loads' COLLATE NOCASE"))
        xdatabase_run(d, "DELETE FROM main.weir_loads WHERE table_name = %Q", table);
}
