"""Checks csv2tsv FILE... against the csv module of Python: argv[1] random sets of files, their columns in random orders."""
import csv, io, random, subprocess, sys

rnd = random.Random(20261128)
ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
VALUES = ["", "a", "1,5", "2.000,25", "NA", "two\nlines", 'q"q', "\\N", "tab\t", "é", "x" * 30, "05.05.2024", "31.12.1999"]


def spelled(value):
    return "".join(ESCAPES.get(c, c) for c in value)


for i in range(int(sys.argv[1])):
    d = rnd.choice(",;\t")
    columns = ["k%d" % k for k in range(rnd.randrange(1, 6))] + ["odd=name", "é\n"][:rnd.randrange(3)]
    has_header = rnd.random() < 0.8
    n_skipped = rnd.choice([0, 0, 0, 2])
    names, standard, want = [], b"", []
    for f in range(rnd.randrange(1, 5)):
        order = rnd.sample(columns, len(columns)) if has_header else columns
        out = io.StringIO()
        writer = csv.writer(out, delimiter=d, quoting=rnd.choice([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
                            lineterminator=rnd.choice(["\n", "\r\n"]))
        out.write('a "line\n, of text\n' if n_skipped else "")
        if has_header:
            writer.writerow(order)
        for _ in range(rnd.choice([0, 1, 5, 300])):
            writer.writerow([rnd.choice(VALUES) for _ in columns])
        name = rnd.choice(["-", "file %d.csv", "file\t%d"]) if "-" not in names else "file %d.csv"
        name = name % f if "%" in name else name
        text = out.getvalue()
        data = text.encode()
        if rnd.random() < 0.3:
            data = subprocess.run(rnd.choice([["gzip"], ["zstd", "-q"]]), input=data, capture_output=True, check=True).stdout
        if name == "-":
            standard = data
        else:
            open(name, "wb").write(data)
        names.append(name)
        reader = io.StringIO(text, newline="")
        for _ in range(n_skipped):
            reader.readline()
        rows = list(csv.reader(reader, delimiter=d, strict=True))
        for row in (rows[1:] if has_header else rows):
            row = dict(zip(order, row))
            want.append([row[c] for c in columns] if f else [row[c] for c in order])
        columns = columns if f else order
    lines = ["\t".join(map(spelled, columns + ["from"]))] if has_header else []
    args = ["csv2tsv", "-d", d, "--null-quoted", "--skip", str(n_skipped), "--file-column", "from", *([] if has_header else ["-N"]), "--", *names]
    p = subprocess.run(args, input=standard, capture_output=True)
    assert p.returncode == 0, (args, p)
    got = [line.split("\t") for line in p.stdout.decode().split("\n")[:-1]]
    if has_header:
        assert got[0] == lines[0].split("\t"), (args, got[0], lines)
        got = got[1:]
    assert [row[:-1] for row in got] == [[spelled(v) if v else "\\N" for v in row] for row in want], (args, got, want)
    files = [row[-1] for row in got]
    assert [f for k, f in enumerate(files) if k == 0 or files[k - 1] != f] == \
        [f for f in [spelled(n) if n != "-" else "\\N" for n in names] if f in files], (args, files, names)
