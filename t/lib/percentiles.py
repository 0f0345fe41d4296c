"""Writes random groups of numbers to in, and their percentiles and numbers of distinct values to want; argv is a directory
and then the percentiles. A group with a result of more than 38 digits or places is in too-long instead."""
import random, sqlite3, sys
from fractions import Fraction

directory, *percents = sys.argv[1:]
rng = random.Random(11)


def spell(digits, scale, exponent):  # digits / 10^scale, with an exponent that is taken back
    sign, text = "-" * (digits < 0), str(abs(digits)).zfill(max(scale + exponent, 0) + 1)
    point = len(text) - (scale + exponent)
    text = text + "0" * (point - len(text)) if point > len(text) else text[:point] + "." * (point < len(text)) + text[point:]
    return sign + text + rng.choice(["e%d", "E%+d"]) % exponent * (exponent != 0)


def groups():
    nines = 10**38 - 1
    yield [(nines, 0), (nines - 2, 0)]
    yield [(nines, 0), (nines - 1, 0)]
    yield [(nines, 0), (-nines, 0)]
    yield [(nines, 38), (-nines, 38), (0, 0)]
    yield [(1, 38), (2, 38)]
    yield [(10**37, 0), (1, 2)]
    yield [(-3, 0), (-2, 0)]
    yield [(0, 3), (0, 0)]
    for _ in range(400):
        scale, digits = rng.choice([0, 0, 2, 6, rng.randint(0, 30)]), rng.choice([1, 2, 9, 17, rng.randint(1, 30)])
        least = rng.choice([-(10**digits), 0, 10**digits // 2])
        values = [(rng.randint(least, 10**digits), rng.choice([scale, scale, 0])) for _ in range(rng.randint(1, 12))]
        yield [rng.choice(values) for _ in range(rng.choice([1, 2, 5, 11, 40]))]


def percentile(values, percent):  # type 7 of Hyndman and Fan
    rank, part = divmod((len(values) - 1) * percent, 100)
    rank = int(rank)
    return values[rank] if part == 0 else values[rank] + (values[rank + 1] - values[rank]) * part / 100


def write(value, scale):
    while value * 10**scale % 1 != 0:
        scale += 1
    digits = abs(int(value * 10**scale))
    if scale > 38 or digits >= 10**38:
        return None
    text = str(digits).zfill(scale + 1)
    return "-" * (value < 0) + text[: len(text) - scale] + "." * (scale > 0) + text[len(text) - scale :]


database = sqlite3.connect(":memory:")
database.execute("CREATE TABLE t (k, v)")
with open(directory + "/in", "w") as given, open(directory + "/want", "w") as want, open(directory + "/too-long", "w") as long:
    lines, results = [], []
    for k, group in enumerate(groups(), 1000):
        values = sorted(Fraction(digits, 10**scale) for digits, scale in group)
        scale = max(scale for _, scale in group)
        texts = [spell(d, s, rng.choice([0, 0, 0, rng.randint(-3, 3)]) if abs(d) < 10**30 and 3 < s < 30 else 0) for d, s in group]
        found = [write(percentile(values, Fraction(p)), scale) for p in percents]
        if None in found or any(abs(v) * 10**scale >= 10**38 for v in values):
            long.writelines(f"{k}\t{text}\n" for text in texts)
            continue
        lines += [(k, text) for text in texts]
        database.executemany("INSERT INTO t VALUES (?, ?)", [(k, text) for text in texts])
        results.append((k, *found))
    rng.shuffle(lines)
    given.writelines(f"{k}\t{text}\n" for k, text in lines)
    counts = dict(database.execute("SELECT k, COUNT(DISTINCT v) FROM t GROUP BY k"))
    want.writelines("\t".join(map(str, [*result, counts[result[0]]])) + "\n" for result in results)
