"""Checks that csv2tsv finds all fields, whatever byte follows a delimiter, a quote, a line end or a vector."""
import random, subprocess

rnd = random.Random(20261123)
for d in ",", "\t", ";":
    rows = [[("x" * rnd.choice([1, 1, 2, 3, 7, 14, 15, 16, 17, 31]), "", "é")[rnd.choice([0, 0, 0, 0, 0, 0, 0, 1, 2])]
             for _ in range(23)] for _ in range(3000)]
    text = "".join(d.join(row) + rnd.choice(["\n", "\r\n"]) for row in rows)
    for null in "", "xxx":
        got = subprocess.run(["csv2tsv", "-N", "-d", d, "--null", null], input=text.encode(), stdout=subprocess.PIPE,
                             check=True).stdout.decode()
        assert got == "".join("\t".join("\\N" if v in ("", null) else v for v in row) + "\n" for row in rows)
