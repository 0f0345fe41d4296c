"""Writes random lines to in, their fields to want, bad line numbers to want.rejected; argv[1] is the seed."""
import random
import re
import sys

seed, typed = int(sys.argv[1]), sys.argv[2] == "typed"
r = random.Random(seed)

NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
NUMBERS = ["0", "-0", "1", "-17", "1.50", "1e999", "2E-3", "9007199254740993", "-0.0e+00", "7" * 40]

# What a string may be made of: how JSON spells it and how a field does.
PIECES = [("a", "a"), ("Z9 ", "Z9 "), ("sixteen bytes and", "sixteen bytes and"), ("\x7f", "\x7f"), (",", ","), (":{", ":{")]
ODD = [("\\n", "\\n"), ("\\t", "\\t"), ("\\r", "\\r"), ("\\\\", "\\\\"), ("\\\"", "\""), ("\\/", "/"), ("\\b", "\b"),
       ("\\u0041", "A"), ("\\u00e9", "\u00e9"), ("\\uD83D\\ude00", "\U0001f600"), ("\\\\N", "\\\\N"), ("\\u005c", "\\\\")]
WIDE = [("\u00e9", "\u00e9"), ("\u20ac", "\u20ac"), ("\U0001f600", "\U0001f600"), ("\u2028", "\u2028"), ("\x85", "\x85")]


def string(odd):
    pieces = r.choices(PIECES + (ODD + WIDE if odd else []), k=r.choice([0, 1, 1, 2, 3, 9]))
    return "".join(p[0] for p in pieces), "".join(p[1] for p in pieces)


def space():
    return r.choice(["", "", "", " ", "\t", "  \r"]) if spaced else ""


# A value of KIND: as JSON, as a field, and its text if it has one that a type can judge.


def value(kind):
    if r.random() < 0.03:
        kind = r.choice(["number", "string", "id", "null", "bool", "object", "array"])
    if kind == "id":
        n = str(r.randrange(10 ** r.randrange(1, 18)))
        return '"' + n + '"', n, n
    if kind == "number":
        n = r.choice(NUMBERS) if r.random() < 0.2 else str(r.randrange(-1000, 1000000))
        return n, n, n
    if kind == "bool":
        b = r.choice(["true", "false"])
        return b, b, b
    if kind == "null":
        return "null", "\\N", None
    if kind == "object":
        n, (text, _) = str(r.randrange(100)), string(r.random() < 0.5)
        compact = '{"k":' + n + ',"t":"' + text + '"}'
        wide = "{" + space() + '"k"' + space() + ":" + n + space() + "," + '"t":' + space() + '"' + text + '"' + space() + "}"
        return wide, compact.replace("\\", "\\\\"), compact
    if kind == "array":
        items = [str(r.randrange(100)) for _ in range(r.randrange(3))]
        return "[" + space() + ("," + space()).join(items) + "]", "[" + ",".join(items) + "]", "[]"
    text, field = string(r.random() < 0.3)
    return '"' + text + '"', field, field


def accepts(column_type, json, text):
    if column_type == "int":
        return INTEGER.fullmatch(text) is not None
    if column_type == "num":
        return NUMBER.fullmatch(text) is not None
    if column_type == "bool":
        return text in ("true", "false")
    return json.startswith('"')


# Breaks LINE so that it is no JSON any more, wherever that happens to be.


def damage(line):
    how = r.randrange(7) if b":" in line else 2
    at = r.randrange(1, len(line))
    if how == 0:
        return line[:at].rstrip()
    if how == 1:
        return line[:at] + r.choice([b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\x80", b"\0", b"\x1f", b"\x0b"]) + line[at:]
    if how == 2:
        return line + r.choice([b"x", b",", b"{}", b"\0", b"}", b'"'])
    if how == 3:
        return re.sub(rb":([0-9])", rb":0\1", line, count=1) if re.search(rb":[0-9]", line) else b"{" + line
    if how == 4:
        return line.replace(b":", b"::", 1)
    if how == 5:
        return line.replace(b'"', b"'", 2)
    return line[:-1] + b',"x":' + r.choice([b"tru", b"-", b"1.", b'"\\x"', b'"\\ud800"', b"[1,]", b"NaN", b""]) + b"}"


COLUMNS = [("Id", "int"), ("n", "num"), ("s", "str"), ("flag", "bool"), ("a much longer name than a vector", None),
           ("o", None), ("missing", None)]
KINDS = {"Id": "id", "n": "number", "s": "string", "flag": "bool", "a much longer name than a vector": "string", "o": "object",
         "other": "string", "l": "array", "\u00e9": "number", "nothing": "null"}

shapes = []
for _ in range(r.choice([1, 3, 8, 20])):
    keys = [k for k in KINDS if r.random() < 0.7 and (k != "o" or r.random() < 0.3)]
    r.shuffle(keys)
    shapes.append(keys)
out = [("\t".join(c[0] for c in COLUMNS)).encode()]
rejected = []
lines = []
for number in range(1, 4001):
    spaced = r.random() < 0.1
    keys = list(shapes[0] if r.random() < 0.5 else r.choice(shapes))
    if r.random() < 0.02:
        r.shuffle(keys)
    if keys and r.random() < 0.02:
        keys.append(r.choice(keys))
    if r.random() < 0.01:
        lines.append(r.choice([b"", b" ", b"\r", b"\t \r"]))
        continue
    fields, good, members = {}, True, []
    for key in keys:
        json, field, text = value(KINDS[key])
        fields[key] = (json, field, text)
        name = key.replace("n", "\\u006e") if r.random() < 0.01 else key
        members.append(space() + '"' + name + '"' + space() + ":" + space() + json + space())
    for name, column_type in COLUMNS:
        if typed and column_type and name in fields and fields[name][2] is not None:
            good = good and accepts(column_type, fields[name][0], fields[name][2])
    line = ("{" + (",".join(members) or space()) + "}").encode()
    if r.random() < 0.03:
        line, good = damage(line), False
    if r.random() < 0.02:
        line += b"\r"
    lines.append(line)
    if good:
        out.append(("\t".join(fields[name][1] if name in fields else "\\N" for name, _ in COLUMNS)).encode())
    else:
        rejected.append(str(number).encode())
with open("in", "wb") as f:
    f.write(b"\n".join(lines) + r.choice([b"\n", b""]))
with open("want", "wb") as f:
    f.write(b"\n".join(out) + b"\n")
with open("want.rejected", "wb") as f:
    f.write(b"".join(n + b"\n" for n in rejected))
