"""Checks that sessionize gives the sessions that window functions of SQLite give, for random events."""
import random, sqlite3, subprocess, sys
from datetime import datetime, timedelta

GAPS = {"15m": 900_000, "899.999s": 899_999, "500ms": 500, "1000us": 1, "0": 0, "11574d": 999_993_600_000}
EVENTS = ["Ride Done", "Ride Started", "x\\tRide", "Map", "\\N", ""]


def spell(ms):
    text = (datetime(2019, 12, 31, 23, 50) + timedelta(milliseconds=ms)).strftime("%Y-%m-%dT%H:%M:%S")
    return text + (".%03d" % (ms % 1000) if ms % 1000 or ms % 7 == 0 else "") + ("Z" if ms % 3 == 0 else "")


def null(field):
    return None if field == "\\N" else field


def run(given, *options):
    done = subprocess.run(["sessionize", "-k", "user,device", "-t", "time", *options], input=given.encode(),
                          capture_output=True, check=True)
    return [tuple(line.split("\t")) for line in done.stdout.decode().split("\n")[1:-1]]


random.seed(4)
for round in range(24):
    keys = ["a", "A", "b", "", "\\N", "\\n", "é", "x y"][: random.randint(1, 8)]
    ms, rows = 0, []
    for _ in range(random.randint(0, 300)):
        ms += random.choice([0, 1, 300, 500, 500, 1000, 899_000, 899_999, 900_000, 900_001])
        rows.append((random.choice(keys), random.choice(["p", "\\N"]), ms, random.choice(EVENTS)))
    given = "user\tdevice\ttime\tevent\n" + "".join(f"{u}\t{d}\t{spell(t)}\t{e}\n" for u, d, t, e in rows)
    gap = list(GAPS)[round % len(GAPS)]
    fold = random.random() < 0.4
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE events (line INTEGER PRIMARY KEY, user, device, ms, event)")
    db.executemany("INSERT INTO events VALUES (?, ?, ?, ?, ?)",
                   [(i, null(u), null(d), t, null(e)) for i, (u, d, t, e) in enumerate(rows)])
    db.execute(f"""
        CREATE TABLE sessions AS
        WITH starts AS (
            SELECT *, {'lower(user)' if fold else 'user'} AS who, coalesce(ms - lag(ms) OVER key >= {GAPS[gap]}, 1) AS is_new
            FROM events
            WINDOW key AS (PARTITION BY {'lower(user)' if fold else 'user'}, device ORDER BY ms, line))
        SELECT *, sum(is_new) OVER (PARTITION BY who, device ORDER BY ms, line) AS session
        FROM starts""")
    options = ["--gap", gap] + ["-i"] * fold
    want = [(*given.split("\n")[line + 1].split("\t"), str(n))
            for line, n in db.execute("SELECT line, session FROM sessions ORDER BY line")]
    assert run(given, *options) == want, (round, gap)
    want = [(rows[first][0], rows[first][1], str(n), spell(rows[first][2]), spell(rows[last][2]), str(count),
             "NY"[ride], "NY"[done])
            for first, last, n, count, ride, done in db.execute("""
                SELECT min(line), max(line), session, count(*), max(coalesce(event GLOB 'Ride*', 0)),
                       max(coalesce(event LIKE '%Done', 0))
                FROM sessions
                GROUP BY who, device, session""")]
    got = run(given, *options, "-s", "--flag", "ride=event~^Ride", "--flag", "done=4~Done$")
    assert sorted(got) == sorted(want), (round, gap)
