"""Checks that the programs argv[2:], each PATH or VARIABLE=VALUE:PATH, convert CSV alike: special pieces at every place
of a block, and argv[1] random files of many records that are good or nearly so, some of them cut at every byte."""
import os, random, subprocess, sys

rnd = random.Random(20261126)
DELIMITERS = [b",", b",", b",", b";", b"\t", b"\\", b"|", b"x", b"\x01", b" "]
NULLS = [[], [], [], ["NULL"], ["\\N"], ["-"], ["NULL", "n/a", "-"], ["y" * 63], ["y" * 64], [""], ["é"], ["a\\\t"]]
PIECES = [b'"', b'""', b'"a"', b'""""', b'"a""b"', b'"a,b"', b'"a\nb"', b'"a\r\nb"', b'"\\\t"', b'a"b', b'"a"b',
          b'"",""', b",", b",,", b",\n,", b",\r\n,", b"1,2", b"a\rb", b"\0", b"\x01", b"\\", b"\t", b"\\N", b"NULL",
          b",NULL,", b"\n\n", b"\r\n\r\n", b"\nh1,h2,h3\n", b"\xff", b"\xc3", b"\xed\xa0\x80",
          "é".encode(), "漢字🙂".encode()]


def run(program, data, options):
    variable, _, path = program.rpartition(":")
    env = {**os.environ, **dict([variable.split("=")])} if variable else None
    p = subprocess.run([path, *options, "-r", "rejects"], input=data, capture_output=True, env=env)
    with open("rejects", "rb") as rejects:
        return p.returncode, p.stdout, p.stderr, rejects.read()


def check(data, options):
    want = run(sys.argv[2], data, options)
    for program in sys.argv[3:]:
        got = run(program, data, options)
        if got != want:
            with open("failed.csv", "wb") as failed:
                failed.write(data)
            sys.exit(f"{program} {options} on failed.csv: {[i for i in range(4) if got[i] != want[i]]} differ")


def random_file(d, nulls):
    n, longest = rnd.choice([1, 2, 2, 3, 3, 5, 8, 40, 64, 65, 70]), rnd.choice([1, 3, 10, 40, 100, 500])
    quoted, empty = rnd.choice([0, 0, .1, .5, 1]), rnd.choice([0, 0, .1, .5, .9])
    hostile, line_ends = rnd.choice([0, 0, 0, .001, .01, .1]), rnd.choice([[b"\n"], [b"\r\n"], [b"\n", b"\r\n"]])
    texts = [b"a", b"b", b"0", b"1"]
    texts += rnd.choice([[], ["é".encode(), "漢".encode(), "🙂".encode()], [b"\\", b"\t", b"\x01", b"\x7f"]])
    inside = texts + rnd.choice([[], [d], [d, b"\n", b"\r\n"], [b'""'], [b'""', d, b"\n", b"\r"]])

    def field():
        if rnd.random() < empty:
            return rnd.choice([b"", b"", b"", b'""'])
        if nulls and rnd.random() < .2:
            return rnd.choice([b'"%s"', b"%s", b"%s", b"%s"]) % rnd.choice(nulls).encode()
        if rnd.random() < quoted:
            return b'"%s"' % b"".join(rnd.choices(inside, k=rnd.randrange(longest)))
        return b"".join(rnd.choices(texts, k=rnd.randrange(longest) + 1)).replace(d, b"z")

    def record():
        line = d.join(field() for _ in range(n)) + rnd.choice(line_ends)
        if rnd.random() < .01:
            line = rnd.choice([b"\n", b"\r\n", b"\\!\tx\n", b"\\!" + d + line, b"\\N" + d + line, header])
        if rnd.random() < hostile:
            i = rnd.randrange(len(line))
            line = line[:i] + rnd.choice(PIECES + [d]) + line[i + rnd.randrange(2):]
        return line

    header = d.join(b"h%d" % i for i in range(n)) + b"\n"
    return header + b"".join(record() for _ in range(rnd.choice([50, 500, 5000, 20000]) // (longest * n) + 2))


for piece in PIECES:
    for line in b"%s,%s,c\n", b"%s,b%s,c\n", b"%s,b,%s\n", b"%s,b,%sc\n":
        lines = [line % (b"x" * n, piece) + b"4,5,%s\n" % (b"z" * 130) for n in range(1, 130)]
        check(b"h1,h2,h3\n" + b"".join(lines), ["--null", "NULL"] if b"b" not in line[:4] else [])
        check(b"h1,h2,h3\n" + b"".join(lines), [])
for n in range(130):
    check(b"a,b\n%s,\n\\!\tx,\n%s,\n" % (b"x" * n, b"y" * 130), [])  # a failure mark
    check(b"a,b\n%s,1\na,b\n%s,1\n" % (b"x" * n, b"y" * 130), [])  # the header line again
    check(b'a,b\n"\n%s,1\r' % (b"x" * n), [])  # a CR at the end, in lines that were read for an open quote
    check(b"a,b\n" + b'"1","2"\n' * n + b'"\xff","%s"\n' % (b"z" * 130), [])
for n in range(4080, 4100):  # UTF-8 is checked after 4096 bytes
    check(b"a\n%s\xc3%s\n%s\n" % (b"x" * n, b"y" * 5000, b"z" * 99), [])
    check(b'a,b\n"%s"c,NULL\n%s,1\n' % (b"x" * n, b"z" * 130), [])
    check(b"a,b\n%s,NULL\n%s,1\n" % (b"x" * n, b"z" * 130), ["--null", "NULL"])
for i in range(int(sys.argv[1])):
    d = rnd.choice(DELIMITERS)
    nulls = [null for null in rnd.choice(NULLS) if d.decode() not in null]
    options = ["-d", d.decode(), *(word for null in nulls for word in ("--null", null))] + rnd.choice([[], [], ["-N"]])
    options += rnd.choice([[], [], [], [], ["--null-quoted"], ["--max-line", "200"]])
    data = random_file(d, nulls)
    cuts = range(max(1, len(data) - 130), len(data)) if i % 50 == 0 else [rnd.randrange(len(data))]
    for n in [len(data), *cuts]:
        check(data[:n], options)
