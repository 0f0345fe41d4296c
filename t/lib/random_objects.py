"""Writes random objects to in, and their fields, found by Python, to argv[2]; argv[1] is the seed."""
import json
import random
import sys

r = random.Random(int(sys.argv[1]))
STRINGS = ["", "x", "sixteen bytes and", "more than thirty-two bytes in a string", "é", "日本語", "😂🔥", "\x7f",
           "a" * 15 + "é", "\\n", "\\\\", "\\\"", "\\u00e9", "\\ud83d\\ude00", "tab\\tand é", "\\/", "😂" * 9, ",:{}[]"]
NUMBERS = ["0", "-0", "7", "-17", "1.50", "1e999", "2E-3", "-0.0e+00", "9007199254740993", "8" * 40, "0." + "1" * 20]
KEYS = ["a", "b", "s", "n", "", "ab", "bb", "long key that is not asked for", "\\u0061", "é", "c", "d"]


def space():
    return r.choice(["", "", "", "", " ", "\t", "  \r"])


def string():
    return '"' + "".join(r.choices(STRINGS, k=r.choice([0, 1, 1, 2, 4]))) + '"'


def array(depth):
    return "[" + ",".join(space() + value(depth + 1) + space() for _ in range(r.randrange(4))) + space() + "]"


def members(keys, depth):
    keys = r.sample(keys, r.randrange(len(keys) + 1))
    if keys and r.random() < 0.1:
        keys.append(keys[0])
    return "{" + ",".join(f'{space()}"{k}"{space()}:{space()}{value(depth + 1)}{space()}' for k in keys) + space() + "}"


def value(depth):
    kind = r.randrange(7 if depth < 4 else 4)
    return (string() if kind < 2 else r.choice(NUMBERS) if kind == 2 else r.choice(["true", "false", "null"]) if kind == 3
            else array(depth) if kind == 4 else members(["c", "d", "é", "x", "\\u0063"], depth))


def field(v):
    if v is None:
        return "\\N"
    if isinstance(v, bool):
        return "true" if v else "false"
    if isinstance(v, float):
        raise ValueError
    return v[1] if isinstance(v, tuple) else v.translate({9: "\\t", 10: "\\n", 13: "\\r", 92: "\\\\"})


def at(v, *steps):
    for step in steps:
        if isinstance(step, str):
            v = v.get(step) if isinstance(v, dict) else None
        else:
            v = v[step] if isinstance(v, list) and step < len(v) else None
    return "a container" if isinstance(v, (dict, list)) else v


want = open(sys.argv[2], "w", encoding="utf-8", newline="\n") if len(sys.argv) > 2 else None
out = open("in", "w", encoding="utf-8", newline="\n")
for _ in range(4000):
    line = members(KEYS, 0)
    parsed = json.loads(line, parse_int=lambda s: (0, s), parse_float=lambda s: (0, s))
    row = [at(parsed, "a"), at(parsed, "b", "c"), at(parsed, "b", "d", 1), at(parsed, "s"), at(parsed, "n"), at(parsed, "")]
    if want and "a container" in row:
        continue
    out.write(space() + line + space() + "\n")
    if want:
        want.write("\t".join(map(field, row)) + "\n")
