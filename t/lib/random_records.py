"""Writes records, some of them bad, to standard output, for programs that copy them.

    random_records.py SEED N_FIELDS N
"""
import random
import sys

GOOD = [b"x", b"12", b"2014-09-05T00:00:00.000", b"\\N", b"", b"\\\\", b"a\\tb\\nc\\rd", "é€😀".encode(), b"\x01\x7f", b"it's", b"\\\\N"]
UNUSUAL = [b"\\b\\f\\v", b"it\\'s", b"\\\\\\'", b"x\r"]
BAD = [b"\xc3", b"\xff", b"\0", b"\r\r", b"\\", b"\\q", b"x\\N", b"\\Nx", b"\xed\xa0\x80", b"\xe2\x82", b"\t", b"a\tb"]


def field(rare):
    text = b"".join(random.choices(GOOD, k=random.choice([0, 1, 1, 1, 2])))
    if random.random() < rare:
        text += random.choice(UNUSUAL + BAD)
    return text + b"y" * random.choice([0, 0, 0, 1, 5, 30, random.randrange(200)])


def record(n, rare):
    n += random.random() < rare / 10
    return b"\t".join(b"\\N" if random.random() < 0.1 else field(rare / n) for _ in range(n))


def main(seed, n_fields, n):
    random.seed(seed)
    header = b"\t".join(b"c%d" % i for i in range(n_fields))
    lines = [header] + [record(n_fields, random.choice([0, 0, 0, 0.3])) for _ in range(n)]
    lines[n // 2] = header
    sys.stdout.buffer.write(b"\n".join(lines) + random.choice([b"", b"\n"]))


main(*map(int, sys.argv[1:]))
