"""Writes numbers of up to 38 digits to in, and their exact sums to want, in the directory argv[1]."""
import random, sys

random.seed(3)
with open(sys.argv[1] + "/in", "w") as given, open(sys.argv[1] + "/want", "w") as want:
    print("k\tv", file=given)
    print("k\ts", file=want)
    for k in range(1000, 2000):
        numbers = []
        for _ in range(random.randrange(20)):
            number = random.choice([10 ** random.randrange(39) - 1, random.randrange(10 ** random.randrange(1, 39)), 2 ** 64, 2 ** 126])
            numbers.append((random.choice([number, -number]), random.randrange(39)))
        numbers += [(-number, scale) for number, scale in numbers]
        largest = max((scale for _, scale in numbers), default=38)
        numbers.append((random.randrange(-(10 ** 38) + 1, 10 ** 38), largest))
        random.shuffle(numbers)
        for number, scale in numbers:
            print(k, "%de-%d" % (number, scale), sep="\t", file=given)
        total = sum(number * 10 ** (largest - scale) for number, scale in numbers)
        text = "%0*d" % (largest + 1, abs(total))
        print(k, "-" * (total < 0) + text[: len(text) - largest] + "." * (largest > 0) + text[len(text) - largest :], sep="\t", file=want)
