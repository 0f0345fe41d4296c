"""Checks the programs argv[2:], builds of tsv2csv, with argv[1] random inputs and options: what they write is what a model
of the rules writes, csv2tsv reads the same bytes back, and the csv module of Python the same values."""
import csv, io, random, subprocess, sys

rnd = random.Random(20261126)
ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
BOM = "\ufeff"
PIECES = ["a", "bc", '"', '""', "\n", "\r\n", "\r", ",", ";", "\t", "\\", "\\N", "\\!", "\\.", "é", "漢字", " ", "x" * 15,
          "y" * 16, "z" * 40, "NA", "=1+1", "\x01", "\x7f", "🙂", "sep=", BOM]
STARTS = "\\!", "\\.", "sep=", BOM


def spelled(value):
    return "\\N" if value is None else "".join(ESCAPES.get(c, c) for c in value)


def written(value, d, null, quote_all, starts):
    if value is None:
        return null
    if quote_all or value in ("", null) or any(c in value for c in d + '"\r\n') or value.startswith(starts):
        return '"' + value.replace('"', '""') + '"'
    return value


def run(args, data):
    p = subprocess.run(args, input=data.encode(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert p.returncode == 0, (args, data, p)
    return p.stdout.decode()


for i in range(int(sys.argv[1])):
    d = rnd.choice(",,,;\t|\x1f~:a\\")
    null = rnd.choice(["", "", "NA", "\\N", "x\\", "-", "é"])
    if d in null:
        null = ""
    has_header, bom, crlf, quote_all = (rnd.random() < 0.5 for _ in range(4))
    n = rnd.choice([1, 1, 2, 3, 8])
    rows = [[None if rnd.random() < 0.15 else
             "".join(rnd.choice(PIECES) for _ in range(rnd.choice([0, 1, 1, 1, 2, 5]))) for _ in range(n)]
            for _ in range(rnd.randrange(30))]
    if has_header:
        rows.insert(0, [(rnd.choice(PIECES) + "%d" % k) if rnd.random() < 0.9 or k else "" for k in range(n)])
    tsv = "".join("\t".join(map(spelled, row)) + "\n" for row in rows)
    if tsv.startswith(BOM):
        tsv = BOM + tsv  # the reader drops one
    end = "\r\n" if crlf else "\n"
    want = "".join(d.join(written(v, d, null, quote_all, () if k else STARTS[:4 if not r else 2])
                          for k, v in enumerate(row)) + end for r, row in enumerate(rows))
    common = ["-d", d] + ["--null", null][:2 * bool(null)] + ([] if has_header else ["-N"])
    options = common + ["--bom"] * bom + ["--crlf"] * crlf + (["--quote", "all"] if quote_all else [])
    for program in sys.argv[2:]:
        got = run([program, *options], tsv)
        assert got == (BOM if bom and rows else "") + want, (options, tsv, got, want)
    back = run(["csv2tsv", *common], got)
    assert back == (tsv[1:] if tsv.startswith(BOM) else tsv), (options, tsv, got, back)
    python = list(csv.reader(io.StringIO(want, newline=""), delimiter=d, strict=True))
    assert [row or [""] for row in python] == [[null if v is None else v for v in row] for row in rows], (tsv, want)
