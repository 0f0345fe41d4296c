"""Checks that the program argv[1] reads what the csv module of Python reads, in argv[2] random files."""
import csv, io, random, subprocess, sys

rnd = random.Random(20261121)
ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
PIECES = ["a", "bc", '"', '""', "\n", "\r\n", "\r", ",", ";", "\t", "\\", "\\N", "é", "漢字", " ", "x" * 15, "y" * 16,
          "z" * 40, "NA", "=1+1", "\x01", "\x7f", "🙂"]


def spelled(value):
    return "\\N" if isinstance(value, tuple) else "".join(ESCAPES.get(c, c) for c in value)


def quoted(value):
    return '"' + value.replace('"', '""') + '"'


for i in range(int(sys.argv[2])):
    d = rnd.choice(",;\t|\x1f~:a")
    nulls = rnd.choice([[], [], ["NA"], ["\\N"], ["x\\", "-"], ["-", "NA", "\\N"]])
    null_quoted = rnd.random() < 0.2
    n = rnd.choice([1, 2, 3, 8])
    lines = [d.join(quoted("k%d" % k) for k in range(n)) + "\n"]
    rows = [["k%d" % k for k in range(n)]]
    for _ in range(rnd.randrange(25)):
        raw, row = [], []
        for k in range(n):
            value = "".join(rnd.choice(PIECES) for _ in range(rnd.choice([0, 1, 1, 2, 5])))
            is_bare = rnd.random() < 0.5 and not any(c in value for c in '"\r\n' + d)
            raw.append(value if is_bare else quoted(value))
            row.append((None, value) if (is_bare or null_quoted) and value in ["", *nulls] else value)
        lines.append(d.join(raw) + rnd.choice(["\n", "\r\n"]))
        rows.append(row)
    text = "".join(lines)
    python = [r or [""] for r in csv.reader(io.StringIO(text, newline=""), delimiter=d, strict=True)]
    assert python == [[v[1] if isinstance(v, tuple) else v for v in r] for r in rows]
    args = [sys.argv[1], "-d", d, *["--null=" + n for n in nulls], *["--null-quoted"] * null_quoted]
    p = subprocess.run(args, input=text.encode(), capture_output=True)
    assert p.stdout.decode() == "".join("\t".join(map(spelled, r)) + "\n" for r in rows), (args, text, p)
