"""Checks that random values survive tsv2jsonl and jsonl2tsv, and that Python and SQLite read the JSON."""
import os, random, sqlite3
from random_values import *
random.seed(1)
database = sqlite3.connect(":memory:")
plain = os.environ["PLAIN"]
for turn in range(40):
    kinds = [random.choice(["", "", "num", "json"]) for _ in range(random.randrange(1, 9))]
    names = ["c%d %s" % (i, text(random, 6).replace('"', "").replace("=", "")) for i in range(len(kinds))]
    make = {"": value, "num": number, "json": jsons}
    records = [[None if random.random() < 0.1 else make[k](random) for k in kinds] for _ in range(60)]
    write_tsv("in", names, records)
    types = ",".join("%d:%s" % (i + 1, k) for i, k in enumerate(kinds) if k)
    command = ["tsv2jsonl"] + (["-c", types] if types else [])
    run(command, "in", "objects")
    run([plain + "/tsv2jsonl"] + command[1:], "in", "plain")
    same("objects", "plain")
    lines = open("objects", "rb").read().decode().split("\n")
    assert lines.pop() == "" and len(lines) == len(records)
    for line, record in zip(lines, records):
        got = strict(line)
        assert list(got) == names
        assert database.execute("SELECT json_valid(?)", [line]).fetchone() == (1,), line
        for name, kind, field in zip(names, kinds, record):
            if field is None or not kind:
                assert got[name] == field, (line, field)
            else:
                assert '":' + field + "," in line or '":' + field + "}" in line, (line, field)
    operands = [n + "=." + json.dumps(n) for n in names]
    run(["jsonl2tsv", "--"] + operands, "objects", "again")
    same("in", "again")
    run(command, "again", "objects2")
    same("objects", "objects2")
