# usage: random_loads.py PLAIN PROGRAM SEED...: for each SEED, loads random records into a random table with both
# tsv2sqlite programs. Both must give the same status, messages, rejects and rows, with the same rowids.
import os
import random
import sqlite3
import subprocess
import sys

TABLES = [
    None,
    "(a INTEGER PRIMARY KEY, b TEXT, c)",
    "(a INTEGER PRIMARY KEY, b TEXT NOT NULL, c REAL)",
    "(c REAL, a INTEGER PRIMARY KEY NOT NULL, b TEXT, d TEXT)",
    "(a INTEGER PRIMARY KEY DESC, b, c NOT NULL)",
    "(a, b, c)",
    "(a INTEGER, b TEXT NOT NULL, c REAL, d)",
    "(a INTEGER UNIQUE, b, c)",
    "(a, b TEXT UNIQUE NOT NULL, c)",
    "(a INTEGER PRIMARY KEY, b TEXT UNIQUE, c)",
    "(a INTEGER PRIMARY KEY, b TEXT, c, UNIQUE (b, c))",
    "(a INT PRIMARY KEY, b, c) WITHOUT ROWID",
    "(a PRIMARY KEY, b, c NOT NULL) WITHOUT ROWID",
    "(a NUMERIC, b TEXT, c, PRIMARY KEY (b, a)) WITHOUT ROWID",
    "(a INT, b TEXT COLLATE NOCASE, c, PRIMARY KEY (b)) WITHOUT ROWID",
    "(a INT, b TEXT, c, PRIMARY KEY (a, b DESC)) WITHOUT ROWID",
    "(a REAL PRIMARY KEY, b TEXT, c) WITHOUT ROWID",
    "(a INT, b TEXT PRIMARY KEY, c UNIQUE) WITHOUT ROWID",
    "(a INTEGER PRIMARY KEY, b TEXT, c REAL) STRICT",
    "(a INT, b TEXT PRIMARY KEY, c ANY, d TEXT) STRICT, WITHOUT ROWID",
    "(a INT NOT NULL UNIQUE, b BLOB, c INTEGER) STRICT",
    "(a INTEGER PRIMARY KEY AUTOINCREMENT, b, c)",
    "(a INTEGER PRIMARY KEY, b CHECK (b <> 'x'), c)",
    "(a INTEGER PRIMARY KEY, b, c, d DEFAULT 5)",
    "(a INTEGER PRIMARY KEY, b, c, d NOT NULL)",
    "(a INTEGER PRIMARY KEY, b, c, d AS (b || c))",
    "(a INTEGER PRIMARY KEY ON CONFLICT REPLACE, b, c)",
    "(a INTEGER PRIMARY KEY, b NOT NULL ON CONFLICT IGNORE, c)",
    "(a INTEGER PRIMARY KEY, b REFERENCES p, c)",
]
EXTRAS = [
    "CREATE INDEX i ON t (c, b)",
    "CREATE UNIQUE INDEX i ON t (b) WHERE c > 5",
    "CREATE UNIQUE INDEX i ON t (lower(b))",
    "CREATE UNIQUE INDEX i ON t (a COLLATE NOCASE)",
    "CREATE TRIGGER r AFTER INSERT ON t WHEN new.a = 7 BEGIN SELECT raise(IGNORE); END",
    "CREATE TRIGGER r BEFORE UPDATE ON t WHEN new.c = 7 BEGIN SELECT raise(FAIL, 'seven'); END",
    "CREATE TRIGGER t AFTER INSERT ON p BEGIN SELECT 1; END",
    "CREATE TABLE child (a REFERENCES t)",
]
UNUSUAL = ["", "\\N", "x", "007", "1.0", "1e0", "-0", "-0.0", "0.5", "9223372036854775807", "9223372036854775808", "-1",
           "1e999", "a\\tb", "\\\\", "\u00fc", "X", "1e30", "9007199254740993", "true", "bad\\q", "7"]


def key(r, style, span, i):
    if r.random() < style["unusual"]:
        return r.choice(UNUSUAL)
    number = i + 1 if style["ordered"] and r.random() > style["repeats"] else r.randrange(1, span)
    return f"user-{number:06}" if style["texts"] else str(number)


def records(r, n, names):
    style = {"unusual": r.choice([0, 0, 0.0005, 0.1]), "ordered": r.random() < 0.4, "repeats": r.choice([0, 0.01, 0.5]),
             "texts": r.random() < 0.3}
    span = r.choice([n // 3 + 2, 10 * n + 2, 10**12])
    pad = "p" * r.choice([1, 1, 30])
    for i in range(n):
        fields = {"a": key(r, style, span, i), "b": key(r, style, 10 * span, i), "c": str(r.randrange(1000)), "d": pad}
        if style["texts"]:
            fields["a"] = str(r.randrange(1, span))
        if r.random() < style["unusual"]:
            fields["c"] = r.choice(UNUSUAL)
        line = "\t".join(fields[name] for name in names)
        if r.random() < style["unusual"] / 10:
            long = "z" * 70000 + "\t" * (len(names) - 1)
            line = r.choice(["\t".join(names), line + "\tmore", long, "\\!\tx\tstopped"])
        yield line


def can_be_key(setup, columns):
    connection = sqlite3.connect(":memory:")
    try:
        for sql in setup:
            connection.execute(sql)
        connection.execute(f"INSERT INTO t (a, b, c) VALUES (1, 1, 1) ON CONFLICT ({columns}) DO NOTHING")
        return True
    except sqlite3.Error:
        return False


def run(program, database, arguments, data, chunk):
    process = subprocess.Popen([program, *arguments, database, "t"], stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        for at in range(0, len(data), chunk):
            process.stdin.write(data[at:at + chunk])
            process.stdin.flush()
    except BrokenPipeError:
        pass
    try:
        process.stdin.close()
    except BrokenPipeError:
        pass
    messages = process.stderr.read().decode()
    status = process.wait()
    connection = sqlite3.connect(database)
    result = [status, messages]
    for (sql,) in connection.execute("SELECT sql FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall():
        name = sql.split("(")[0].split()[-1].strip('"')
        columns = [c[1] for c in connection.execute(f"PRAGMA table_info({name})") if c[1] != "loaded_at"]
        rowid = [] if "WITHOUT ROWID" in sql or "(id, table_name)" in sql else ["rowid"]
        order = ", ".join(f"quote({c})" for c in rowid + columns)
        result.append((sql, connection.execute(f"SELECT {order} FROM {name} ORDER BY {order}").fetchall()))
    result.append(connection.execute("PRAGMA integrity_check").fetchall())
    connection.close()
    if os.path.exists("rejects"):
        result.append(open("rejects", "rb").read())
        os.remove("rejects")
    os.remove(database)
    return result


def check(programs, seed):
    r = random.Random(seed)
    table = r.choice(TABLES)
    setup = ["CREATE TABLE p (x INTEGER PRIMARY KEY)", "INSERT INTO p VALUES (1), (2), (3)"]
    if table is not None:
        setup.append("CREATE TABLE t " + table)
        if r.random() < 0.3:
            setup.append(r.choice(EXTRAS))
        if r.random() < 0.3:
            setup.append("INSERT OR IGNORE INTO t (a, b, c) SELECT 3 * value, 'user-' || value, value FROM json_each('["
                         + ",".join(map(str, range(1, 500))) + "]')")
    names = r.sample(["a", "b", "c"], 3) + (["d"] if table is None or ", d" in table and r.random() < 0.5 else [])
    keys = ["a", "b", "c", "a,b"]
    unique = r.choice([k for k in keys if table is None or can_be_key(setup[:3], k)] or keys)
    arguments = {"append": [], "replace": ["--replace"], "ignore": ["--ignore"] + r.choice([[], ["-k", unique]]),
                 "upsert": ["--upsert", "-k", unique], "key": ["-k", unique]}[
                     r.choice(["append", "append", "replace", "ignore", "upsert", "key"])]
    rejects = ["-r", "rejects"]
    arguments = arguments + r.choice([[], rejects, rejects, [*rejects, "--max-rejects", "9"]])
    arguments += r.choice([[], [], ["--once", "this"], ["-E"], ["-c", "a:int"]])
    n = r.choice([1, 30, 3000, 15000, 30000])
    data = "".join(line + "\n" for line in ["\t".join(names), *records(r, n, names)])
    if r.random() < 0.9 and "-E" in arguments:
        data += "\\.\n"
    chunk = r.choice([1 << 30, 1 << 30, 50000, 777])
    results = []
    for program in programs:
        connection = sqlite3.connect("random.db", isolation_level=None)
        if seed % 7 == 0:
            connection.execute("PRAGMA encoding = 'UTF-16'")
        for sql in setup:
            try:
                connection.execute(sql)
            except sqlite3.Error:
                pass
        connection.close()
        results.append(run(program, "random.db", arguments, data.encode("utf-8"), chunk))
    if results[0] != results[1]:
        open("failed.tsv", "w").write(data)
        sys.exit(f"seed {seed}: {setup[2:]} {arguments} chunk {chunk}, failed.tsv: "
                 f"{[str(part)[:300] for parts in zip(*results) if parts[0] != parts[1] for part in parts]}")
    return results[0]


if __name__ == "__main__":
    for number in sys.argv[3:]:
        outcome = check(sys.argv[1:3], int(number))
        if os.environ.get("SHOW"):
            print(number, outcome[0], outcome[1][:150].strip())
