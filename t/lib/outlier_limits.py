"""Writes values at argv[1] percent and beyond to in, and the outliers to all, in the directory argv[2]."""
import sys

percent, directory = int(sys.argv[1]), sys.argv[2]
with open(directory + "/in", "w") as given, open(directory + "/all", "w") as want:
    print("group", "v", sep="\t", file=given)
    print("group", "v", sep="\t", file=want)
    for mean in [*range(100, 30000, 100), *(10**n for n in range(5, 36)), *(300 * 7**n for n in range(37))]:
        distance = mean // 100 * percent
        print("at %d" % mean, mean - distance, sep="\t", file=given)
        print("at %d" % mean, mean + distance, sep="\t", file=given)
        for value in mean - distance - 1, mean + distance + 1:
            print("beyond %d" % mean, value, sep="\t", file=given)
            print("beyond %d" % mean, value, sep="\t", file=want)
