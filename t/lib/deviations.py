"""Writes random groups to in and their standard deviations with SCALE places to want; argv is a directory and SCALE.
A deviation with more than 38 digits is not written; its group is in too-long, and not in in."""
import decimal, math, random, statistics, sys
from fractions import Fraction

directory, scale = sys.argv[1], int(sys.argv[2])
random.seed(7 + scale)
decimal.getcontext().prec = 100
D = decimal.Decimal


def round_root(square):  # the root of a fraction, with SCALE places, rounded half to even
    square *= 10 ** (2 * scale)
    root = math.isqrt(math.floor(square))
    above = square - (root * root + root + Fraction(1, 4))
    return root + (above > 0 or (above == 0 and root % 2 == 1))


def groups():
    for offset in 10**15, 10**22, -(10**30), 10**37:  # tiny spreads far from zero
        yield [D(offset + i) for i in (1, 2)]
        yield [D(offset + i) for i in (1, 2, 4)]
        yield [D(offset)] * 5
    for half in range(1, 60, 2):  # deviations half-way between two results, and next to half-way
        step = D(half * 5).scaleb(-scale - 1)
        if scale < 37:
            yield [D(1), 1 + step, 1 + 2 * step]
            yield [-step, D(0), step, D("1e-36")]
            yield [D(0), step, 2 * step + D("1e-36")]
    nines = D(10**38 - 1)
    yield [nines, -nines]
    yield [nines.scaleb(-38), -nines.scaleb(-38)]
    yield [D(10**37), D(-(10**37)), D(10**36)]
    yield [nines.scaleb(-38)] * 3 + [nines.scaleb(-1)]
    yield [nines] * 7
    for _ in range(600):
        places, digits = random.choice([0, 1, 2, 6, 7, random.randint(0, 38)]), random.choice([1, 3, 18, 19, 20, 37, 38])
        largest = 10 ** random.randint(1, digits)
        yield [D(random.randint(-largest, largest - 1)).scaleb(-random.choice([places, random.randint(0, 38)]))
               for _ in range(random.choice([1, 2, 2, 3, 4, random.randint(2, 40)]))]



with open(directory + "/in", "w") as given, open(directory + "/want", "w") as want, \
        open(directory + "/too-long", "w") as long:
    print("k", "v", sep="\t", file=given)
    print("k", "v", sep="\t", file=long)
    print("k", "stddev_v", sep="\t", file=want)
    for k, values in enumerate(groups(), 10000):
        out, text = given, "\\N"
        if len(values) > 1:
            mean = sum(map(Fraction, values)) / len(values)
            variance = sum((Fraction(v) - mean) ** 2 for v in values) / (len(values) - 1)
            root = round_root(variance)
            out = given if len(str(root)) <= 38 else long
            about = statistics.stdev(map(Fraction, values))
            assert abs(root / 10**scale - float(about)) <= float(about) * 1e-12 + 10.0**-scale
            text = str(root).zfill(scale + 1)
            text = text[: len(text) - scale] + "." * (scale > 0) + text[len(text) - scale :]
        for v in values:
            print(k, f"{v:f}", sep="\t", file=out)
        if out is given:
            print(k, text, sep="\t", file=want)
