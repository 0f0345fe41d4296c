"""Random values, fields and objects, for values_come_back.py and paths_come_back.py."""
import json, random, subprocess

ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
POOL = [chr(c) for c in range(1, 0x7f)] + list('"\\/{}[]:,') * 4 + list("é\u0085\u2028\u2029\ufeff\uffff\U0001f600\U0010ffff") * 3


def escape(value):
    return "\\N" if value is None else "".join(ESCAPES.get(c, c) for c in value)


def text(random, most):
    return "".join(random.choices(POOL, k=random.randrange(most)))


def value(random):
    return random.choice([None, "", "\\N", "null", "x" * random.randrange(40), text(random, 5), text(random, 20), text(random, 200)])


def number(random):
    return random.choice(["0", "-0", "7", "-12", "9007199254740993", "0.10", "1e999", "-1.5E+07", "%d" % random.randrange(10**30)])


def jsons(random):
    made = random.choice([{}, [], {"a": [1, "x\n", None]}, [[], {"é": True}], 5, False, {"": {"": ""}}])
    return json.dumps(made, separators=(",", ":"), ensure_ascii=random.random() < 0.5)


def write_tsv(path, names, records):
    with open(path, "wb") as out:
        for fields in [names] + records:
            out.write(("\t".join(map(escape, fields)) + "\n").encode())


def strict(line):
    def unique(pairs):
        assert len(dict(pairs)) == len(pairs), line
        return dict(pairs)
    def no_constant(word):
        raise ValueError(word)
    return json.loads(line, object_pairs_hook=unique, parse_constant=no_constant)


def run(arguments, source, target):
    with open(source, "rb") as i, open(target, "wb") as o:
        subprocess.run(arguments, stdin=i, stdout=o, check=True)


def same(a, b):
    assert open(a, "rb").read() == open(b, "rb").read(), (a, b)
