"""Writes a table with keys of 0 to 40 bytes to descriptor 3, and to descriptor 4 records whose keys, in the table or not,
repeat often. Many keys differ only in one byte."""
import random

random.seed(31)
keys = set()
for length in range(41):
    text = "".join(random.choice("ab0189-:T é") for _ in range(length))
    keys.add(text)
    for _ in range(min(length * 4, 60)):
        at = random.randrange(length)
        keys.add(text[:at] + random.choice("xy27Z") + text[at + 1:])
keys = sorted(keys) + ["\\N"]
with open(3, "w") as table:
    for number, key in enumerate(keys[::2]):
        print(key, number, "v" * (number % 50), sep="\t", file=table)
with open(4, "w") as records:
    for number in range(30000):
        print(number % 9, random.choice(keys), random.choice("pq"), sep="\t", file=records)
