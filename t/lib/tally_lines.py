# Writes random lines GROUP TAB KEY to the file in, and what tally_lines.c should print to the file want. Keys are short
# and long, share beginnings, and repeat. Usage: tally_lines.py SEED N
import collections
import random
import sys

random.seed(int(sys.argv[1]))


def random_key():
    kind = random.randrange(7)
    if kind == 0:
        return "abcdefghijkl"[: random.randrange(13)]
    if kind == 1:
        return "".join(random.choice("ab\\\t") for _ in range(random.randrange(20)))
    if kind == 2:
        return "https://example.org/" + "".join(random.choice("abé") for _ in range(random.choice([0, 4, 5, 12, 30])))
    if kind == 3:
        return str(random.randrange(10 ** random.randrange(1, 20)))
    if kind == 4:
        return "x" * random.randrange(100)
    if kind == 5:
        return random.choice("xyz") * 8 + random.choice(["", "a", "aaaaaaaa", "aaaaaaaab", "\x01", "\U0010ffff"])
    return "same"


counts = collections.Counter()
with open("in", "wb") as out:
    for _ in range(int(sys.argv[2])):
        group, key = random.choice([0, 1, 5, 300, 70000, 2**32 - 1]), random_key().encode()
        counts[group, key] += 1
        out.write(b"%d\t%s\n" % (group, key))
with open("want", "wb") as out:
    for (group, key), count in sorted(counts.items()):
        out.write(b"%d\t%s\t%d\n" % (group, key, count))
