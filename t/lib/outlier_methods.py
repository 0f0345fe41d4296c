"""Writes random groups to in, and their outliers by each method to a file named after it, in the directory argv[1]."""
import random, sys

random.seed(4)
methods = {"ratio": (2, 10), "mad": (7, 2), "iqr": (3, 2), "median": (2, 10)}
files = {m: open("%s/%s" % (sys.argv[1], m), "w") for m in [*methods, "in"]}


def quantile(values, quarters):  # four times, of sorted values
    place, rest = divmod((len(values) - 1) * quarters, 4)
    return 4 * values[place] + (rest * (values[place + 1] - values[place]) if rest else 0)


for name in files:
    print("g", "v", sep="\t", file=files[name])
for group in range(1500):
    values = [random.choice([random.randint(-9, 30), random.randint(95, 105)]) for _ in range(random.randint(1, 12))]
    n, total, ordered = len(values), sum(values), sorted(values)
    middle = quantile(ordered, 2)
    mad = quantile(sorted(abs(4 * x - middle) for x in values), 2)
    low, high = quantile(ordered, 1), quantile(ordered, 3)
    for x in values:
        print(group, x, sep="\t", file=files["in"])
        far = {
            "ratio": abs(total - n * x) * 10 > 2 * abs(total) > 0,
            "mad": 1349 * abs(4 * x - middle) * 2 > 7 * 500 * mad > 0,
            "median": abs(4 * x - middle) * 10 > 2 * abs(middle) > 0,
            "iqr": max(low - 4 * x, 4 * x - high, 0) * 2 > 3 * (high - low) > 0,
        }
        for m in far:
            if far[m]:
                print(group, x, sep="\t", file=files[m])
