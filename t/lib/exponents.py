"""Writes numbers with large exponents to in, and the greatest of each key to want, in the directory argv[1]."""
import functools, random, sys


def magnitude(digits, point, exponent):
    """Orders 0.DIGITS times ten to the power POINT plus EXPONENT; zero is least."""
    zeros = len(digits) - len(digits.lstrip("0"))
    return (1, exponent + point - zeros, digits.strip("0")) if digits.strip("0") else (0, 0, "")


def compare(a, b):
    if a[0] != b[0]:
        return a[0] - b[0]
    return a[0] * ((a[1] > b[1]) - (a[1] < b[1]))


def number():
    whole = str(random.choice([0, 1, 9, 10, 10 ** 20, random.randrange(200)]))
    fraction = random.choice(["", "0", "001", "10", str(random.randrange(200))])
    exponent = random.choice([0, 10 ** 16, 10 ** 17, 10 ** 18, 10 ** 19, 10 ** 30, 10 ** 60]) + random.randrange(-4, 4)
    exponent *= random.choice([1, 1, -1])
    sign = random.choice([1, -1])
    text = "-" * (sign < 0) + whole + "." * (fraction != "") + fraction + random.choice("eE") + "%+0*d" % (random.randrange(30), exponent)
    size = magnitude(whole + fraction, len(whole), exponent)
    return text, (sign if size[0] else 0, size)


random.seed(7)
with open(sys.argv[1] + "/in", "w") as given, open(sys.argv[1] + "/want", "w") as want:
    print("k", "v", sep="\t", file=given)
    print("k", "v", sep="\t", file=want)
    for key in range(3000):
        numbers = [number() for _ in range(3)]
        for text, _ in numbers:
            print(key, text, sep="\t", file=given)
        print(key, max(numbers, key=functools.cmp_to_key(lambda a, b: compare(a[1], b[1])))[0], sep="\t", file=want)
