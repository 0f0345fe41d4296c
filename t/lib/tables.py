"""Checks tsvview with argv[1] random tables against a model that takes widths from Python's Unicode data."""
import random, re, subprocess, sys, unicodedata

from width_ranges import width

rnd = random.Random(20261128)
PIECES = ["a", "bc", "é", "te\u0301", "漢字", "🙂", "ｱ", "한글", "\u1112\u1161\u11ab", "\u200d", "\u00ad", "ไทย", "\\\\",
          "\\t", "\\n", "\\N", "|", "*", "_", "`", "<b>", "[x]", "&", " ", "\x01", "\x1b[31m", "\x7f", "\u0085", "\u202e", "\u2066", "x" * 30, "-"]
NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def columns(text):
    return sum(1 if ord(c) < 0x80 else width(ord(c)) for c in text)


def shown(value, most):
    value = UNSAFE.sub(lambda m: "".join("\\x%02X" % b for b in m.group().encode()), value)
    if most and columns(value) > most:
        n, total = 0, 0
        while total + columns(value[n]) < most:
            total += columns(value[n])
            n += 1
        value = value[:n] + "…"
    return value


def markdown(value):
    if value == "\\N":
        return ""
    value = re.sub(r"[\\|`*<>&~\[\]]", r"\\\g<0>", shown(value, 0))
    return value.replace("_", "\\_") if re.search(r"(^|[^A-Za-z0-9])_|_([^A-Za-z0-9]|$)", value, re.ASCII) else value


def is_number(rows, i):
    values = [row[i] for row in rows[:1000] if row[i] != "\\N"]
    return bool(values) and all(NUMBER.fullmatch(v) for v in values)


def aligned(header, rows, most):
    cells = [[shown(v, most) for v in row] for row in ([header] if header else []) + rows]
    n = len(rows[0] if rows else header)
    widths = [max(columns(row[i]) for row in cells[:1000 + bool(header)]) for i in range(n)]
    right = [is_number(rows, i) for i in range(n)]
    for row in cells:
        line = []
        for i, v in enumerate(row):
            pad = " " * (widths[i] - columns(v))
            line.append(pad + v if right[i] else v + pad * (i < n - 1))
        yield "  ".join(line)


def in_markdown(header, rows):
    n = len(rows[0] if rows else header)
    for k, row in enumerate([header or [str(i + 1) for i in range(n)], None] + rows):
        if k == 1:
            yield "".join("| ---: " if is_number(rows, i) else "| --- " for i in range(n)) + "|"
        else:
            yield "".join("| " + v + " " * (v != "") for v in map(markdown, row)) + "|"


def any_value(kind):
    if rnd.random() < 0.1:
        return "\\N"
    if kind == "number":
        return rnd.choice([str(rnd.randrange(-1000, 100000)), "%.3f" % rnd.random(), "-0.5e+10"])
    value = "".join(rnd.choice(PIECES) for _ in range(rnd.choice([0, 1, 1, 2, 3, 6])))
    return re.sub(r"\\N", "N", value) if value != "\\N" else value


for i in range(int(sys.argv[1])):
    n = rnd.choice([1, 2, 5])
    kinds = [rnd.choice(["number", "text"]) for _ in range(n)]
    rows = [[any_value(kind) for kind in kinds] for _ in range(rnd.choice([0, 1, 20, 20, 20, 999, 1000, 1001, 1200]))]
    header = None
    if not rows or rnd.random() < 0.7:
        header = ["%d" % k + rnd.choice(PIECES).replace("\\N", "N") for k in range(n)]
    if len(rows) > 1000:
        rows[1000][0] = "a longer text than all in the sample, and no number"
    most = rnd.choice([None, 0, 1, 2, 5, 12])
    text = "".join("\t".join(row) + "\n" for row in ([header] if header else []) + rows)
    limit = [] if most is None else ["--max-width", str(most)]
    for options, want in [(limit, aligned(header, rows, 60 if most is None else most)),
                          (["--markdown"], in_markdown(header, rows))]:
        options += [] if header else ["-N"]
        p = subprocess.run(["tsvview", *options], input=text.encode(), stdout=subprocess.PIPE, check=True)
        want = "".join(line + "\n" for line in want)
        assert p.stdout.decode() == want, (options, text, p.stdout.decode(), want)
