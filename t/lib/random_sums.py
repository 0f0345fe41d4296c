"""Writes random decimals to in, and their exact sums to want, in the directory argv[1]."""
import random, sys

random.seed(2)
with open(sys.argv[1] + "/in", "w") as given, open(sys.argv[1] + "/want", "w") as want:
    print("k\tv", file=given)
    print("k\ts", file=want)
    for k in range(1000, 2000):
        total, largest = 0, 0
        for _ in range(random.randint(1, 30)):
            digits, scale, exponent = random.randint(0, 10 ** random.randint(1, 18)), random.randint(0, 9), random.randint(-5, 5)
            text = "%0*d" % (scale + 1, digits)
            text = text[: len(text) - scale] + "." * (scale > 0) + text[len(text) - scale :]
            sign = random.choice(["", "-"])
            text = sign + text + (random.choice(["e%d", "E%+d"]) % exponent if exponent else "")
            print(k, text, sep="\t", file=given)
            total += int(sign + "1") * digits * 10 ** (20 - scale + exponent)
            largest = max(largest, scale - exponent if digits or exponent < 0 else 0)
        largest = max(0, largest)
        text = "%0*d" % (largest + 1, abs(total) // 10 ** (20 - largest))
        text = text[: len(text) - largest] + "." * (largest > 0) + text[len(text) - largest :]
        print(k, "-" * (total < 0) + text, sep="\t", file=want)
