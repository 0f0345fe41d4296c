"""Checks that tsv2jsonl --nest undoes jsonl2tsv, for random paths."""
import random
from random_values import *
random.seed(2)


def leaves(random, depth):
    """Paths of a random object, in its order."""
    keys = [text(random, 4) if random.random() < 0.3 else random.choice("abcdefgh") for _ in range(random.randrange(1, 5))]
    for key in dict.fromkeys(keys):
        if depth > 0 and random.random() < 0.5:
            for rest in leaves(random, depth - 1):
                yield [key] + rest
        else:
            yield [key]


def spell(path):
    bare = lambda k: k.isascii() and k.isalnum()
    return "".join("." + (k if bare(k) else json.dumps(k)) for k in path).removeprefix("." if bare(path[0]) else "")


def prune(o):
    kept = {k: prune(v) if isinstance(v, dict) else v for k, v in o.items()}
    return {k: v for k, v in kept.items() if v is not None and v != {}}


def nested(paths, record, omit):
    made = {}
    for path, field in zip(paths, record):
        at = made
        for key in path[:-1]:
            at = at.setdefault(key, {})
        at[path[-1]] = field
    return prune(made) if omit else made


for turn in range(60):
    paths = list(leaves(random, 5))
    random.shuffle(paths)
    names = [spell(p) for p in paths]
    records = [[value(random) if random.random() < 0.6 else None for _ in paths] for _ in range(20)]
    write_tsv("in", names, records)
    for omit in False, True:
        run(["tsv2jsonl", "--nest"] + ["--omit-null"] * omit, "in", "objects")
        with open("objects", encoding="utf-8", newline="\n") as lines:
            for line, record in zip(lines, records, strict=True):
                strict(line)
                want = json.dumps(nested(paths, record, omit), ensure_ascii=False, separators=(",", ":"))
                assert line == want + "\n", (line, want)
        run(["jsonl2tsv", "--"] + names, "objects", "again")
        same("in", "again")
