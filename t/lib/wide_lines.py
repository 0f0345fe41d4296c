"""Writes lines of wide objects of few shapes, some damaged, to in; argv[1] is the seed."""
import random
import sys

from damage import damage

r = random.Random(int(sys.argv[1]))
TEXTS = ["", "a", ",", "a,b", "{},[],:", "é", "日本", "x" * 63, "x" * 64, "y,z" * 30, "\\\"", "\\\\", "\\u0041",
         "a\\n", "true", "null", "1", "]", "}", "'", "\x7f"]
NUMBERS = ["0", "-0", "1", "12", "1234567890123456", "123456789012345", "0.5", "-1.25", "1e5", "1E-5", "12.5e+3",
           "10.0", "1234567.12345678", "0.1234567890123456789", "123456789012345678901234567890"]
BAD = ["01", "1.", ".5", "-", "1e", "1.2.3", "00", "+1", "1,", "tru", "nulll", "True", "", "1 2", "1:2", '"a"b', 'a"',
       '"a', "0x1", "--1", "1-1", "1.e5", "'a'", '"a""b"', '"\t"', "fals", "falsy", "trueish", "0.", "-01", "1..2"]
KEYS = ["k%d", "key_%02d", "a,b%d", "{%d}", "a longer name than a vector %d", "é%d", "q\\\"%d", "x%d,", "]%d"]


def value(bad):
    if bad:
        return r.choice(BAD)
    kind = r.randrange(10)
    if kind < 4:
        return '"%s"' % (r.choice(TEXTS[:5] + ["abc def"] * 5) if r.random() < plain else r.choice(TEXTS))
    if kind < 8:
        return str(r.randrange(10 ** r.randrange(1, 12))) if r.random() < plain else r.choice(NUMBERS)
    return r.choice(["true", "false", "null"])


def make_shape():
    n = r.choice([3, 14, 15, 16, 17, 40, 60, 130, 498, 511, 512, 513, 520]) if r.random() < .9 else r.randrange(1, 70)
    common = r.choice(KEYS[:2]) if r.random() < .5 else None
    shape = []
    last = 0
    for i in range(n):
        before = "," if i else "{"
        x = r.random()
        if x < spaces:
            before = r.choice([" ", "  ", "\t", "   " * 8]) + before
        elif x < 2 * spaces:
            before += r.choice([" ", "\t", " " * 20])
        if i and x > 1 - spaces / 2:
            before += '"e%d":{},"f%d":[],' % (i, i)
        key = (common or r.choice(KEYS)) % i
        shape.append(before + '"%s":' % key + r.choice(["", "", " " if x < 3 * spaces else ""]))
    if r.random() < .3:
        for _ in range(n // 8):
            i = r.randrange(n)
            shape[i] += r.choice(['[', '{"in":', '[[', '{"a":[true,'])
    return shape


def render(shape, bad_at=None):
    out = []
    closing = ""
    for i, before in enumerate(shape):
        out.append(closing + before + value(i == bad_at))
        tail = before[before.rindex('":') + 2:] if '":' in before else ""
        inner = before.strip()
        closing = ""
        for ending, close in (('{"a":[true,', "]}"), ("[[", "]]"), ('{"in":', "}"), ("[", "]")):
            if inner.endswith(ending) and not inner.endswith('":[],' + ending):
                closing = close
                break
    return "".join(out) + closing + r.choice(["}", "}", "}", "} ", " }" if spaces > .05 else "}"])


with open("in", "wb") as f:
    for _ in range(4):
        plain = r.choice([.5, .97, 1, 1])
        spaces = r.choice([0, 0, 0, .02, .1])
        bads = r.choice([0, 0, .02, .3])
        shapes = [make_shape() for _ in range(r.choice([1, 1, 2, 4]))]
        turn = r.choice([1, 1, 7, 300])
        for i in range(r.choice([20, 150, 400]) if len(shapes[0]) > 100 else 400):
            shape = shapes[i // turn % len(shapes)]
            line = bytearray(render(shape, r.randrange(len(shape)) if r.random() < bads else None).encode())
            if r.random() < bads:
                damage(r, line)
            if not line.startswith(b"\\!"):
                f.write(bytes(line) + b"\n")
