"""Checks that sqlite2tsv writes what Python's sqlite3 module selects, for argv[1] random tables: integers, the shortest
real numbers, texts, nulls; and that tsv2sqlite loads the same values again."""
import math, os, random, sqlite3, struct, subprocess, sys

rnd = random.Random(20261127)
ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
PIECES = ["a", "\\", "\t", "\n", "\r", "\\N", "é", "漢字", "🙂", " ", "'", '"', "x" * 40, "\x01", "0", "1.0", "-5"]


def any_real():
    kind = rnd.randrange(6)
    if kind == 0:
        x = struct.unpack("<d", rnd.randbytes(8))[0]
        return x if math.isfinite(x) else 0.5
    if kind == 1:
        return rnd.choice([1, -1]) * rnd.randrange(1, 2 ** 52) * 2.0 ** -1074  # subnormal
    if kind == 2:
        return float(rnd.randrange(-10 ** 18, 10 ** 18))
    return rnd.randrange(-10 ** 8, 10 ** 8) / rnd.choice([1, 2, 10, 100, 3, 1000, 10 ** 6])


def any_value(kind):
    if rnd.random() < 0.1:
        return None
    if kind == "INTEGER":
        return rnd.choice([0, 1, -1, rnd.randrange(-2 ** 63, 2 ** 63), -2 ** 63, 2 ** 63 - 1, rnd.randrange(100000)])
    if kind == "REAL":
        return any_real()
    return "".join(rnd.choice(PIECES) for _ in range(rnd.randrange(4)))


def check_real(text, x):
    """TEXT reads back as X, and no number with fewer digits does. Only powers of two may have one digit more."""
    assert float(text) == x and ("." in text or "e" in text), (text, x)
    digits = text.split("e")[0].replace(".", "").strip("-0")
    fewest = repr(x).split("e")[0].replace(".", "").strip("-0")
    assert len(digits) <= len(fewest) + (math.frexp(x)[0] in (0.5, -0.5)), (text, x)


for _ in range(int(sys.argv[1])):
    kinds = [rnd.choice(["INTEGER", "REAL", "TEXT"]) for _ in range(rnd.randrange(1, 6))]
    names = ["c%d" % i + rnd.choice(["", "é", "\t", "\\", " x"]) for i in range(len(kinds))]
    rows = [[any_value(kind) for kind in kinds] for _ in range(rnd.randrange(60))]
    for path in "x.db", "y.db":
        if os.path.exists(path):
            os.remove(path)
    db = sqlite3.connect("x.db")
    db.execute("PRAGMA encoding = '%s'" % rnd.choice(["UTF-8", "UTF-16le", "UTF-16be"]))
    db.execute("CREATE TABLE t (" + ", ".join('"%s" %s' % pair for pair in zip(names, kinds)) + ")")
    db.executemany("INSERT INTO t VALUES (" + ", ".join("?" * len(kinds)) + ")", rows)
    db.commit()
    rows = db.execute("SELECT * FROM t ORDER BY rowid").fetchall()  # SQLite has no -0.0
    out = subprocess.run(["sqlite2tsv", "x.db", "SELECT * FROM t ORDER BY rowid"], stdout=subprocess.PIPE, check=True).stdout
    header, *lines = [line.split("\t") for line in out.decode()[:-1].split("\n")]
    assert header == ["".join(ESCAPES.get(c, c) for c in name) for name in names]
    assert len(lines) == len(rows)
    for line, row in zip(lines, rows):
        for text, value in zip(line, row):
            if isinstance(value, float):
                check_real(text, value)
            else:
                assert text == ("\\N" if value is None else "".join(ESCAPES.get(c, c) for c in str(value))), (text, value)
    types = ",".join("%d:%s" % (i + 1, {"INTEGER": "int", "REAL": "num", "TEXT": "str"}[k]) for i, k in enumerate(kinds))
    subprocess.run(["tsv2sqlite", "-c", types, "y.db", "t"], input=out, stderr=subprocess.PIPE, check=True)
    again = sqlite3.connect("y.db").execute("SELECT * FROM t ORDER BY rowid").fetchall()
    assert again == rows, (again, rows)
