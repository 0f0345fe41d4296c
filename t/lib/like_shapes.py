"""Prints JSON lines of 150 shapes that begin alike: keys that are missing, come twice or in another order."""
import random

r = random.Random(7)
KEYS = ["a", "b", "c", "d", "a long key that takes more than one vector", "a longer key that takes more than two vectors"]
WRAPS = [(":", ""), (":", ""), (": ", " "), (":[", "]"), (':{"x":', "}")]


def shape():
    keys = [k for k in KEYS if r.random() < 0.6]
    if r.random() < 0.3:
        keys += r.choices(KEYS, k=2)
    if r.random() < 0.3:
        r.shuffle(keys)
    return [(k, *r.choice(WRAPS)) for k in keys]


def value():
    return r.choice(['"%s"' % ("v" * r.randrange(40)), str(r.randrange(10**6)), "null", "true", '"\\n"', '"é"'])


shapes = [shape() for _ in range(150)]
for i in range(40000):
    some = shapes[:3] if i % 5000 < 1000 else shapes[:60] if i < 30000 else shapes
    line = "{" + ",".join('"' + k + '"' + begin + value() + end for k, begin, end in r.choice(some)) + "}"
    print(line if r.random() < 0.999 else line[:-1])
