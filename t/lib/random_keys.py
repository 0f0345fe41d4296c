"""Writes records whose keys are numbers, near-numbers, times and texts, to standard output.

    random_keys.py SEED N: columns key, n, text. Keys repeat after one record or many; their kind may change in the
    middle of the file. A few records are bad; some are long.
"""
import random
import sys

NEAR = ["7", "07", "007", "+7", "-7", "7.0", "7e0", " 7", "7 ", "", "\\N", "0", "00", "x", "12345678", "1234567/", "1234567:",
        "9" * 16, "9" * 17, "9" * 18, "9" * 19, "1" + "0" * 18, "18446744073709551615", "18446744073709551616", "18446744073709551623",
        "2021-03-23T00:00:00.000", "2021-03-23 00:00:00.000", "2021-03-23T00:00:00.000Z", "2021-03-23T00:00:00+02:00",
        "1:-2345678901234567890123456", ":-23456789012345678901234567", "2:-" * 9, ":-" * 14, "T" * 31, " " * 31, "T" * 32,
        " " * 32, "Z" * 33, "T" * 20 + " " * 20, "2021-03-23T00:00:00.000 2021-03-23", "2021-03-23 00:00:00.000 2021-03-23",
        "2021-03-23T00:00:00.000T2021-03-23", "0123456789" * 3, "0123456789" * 3 + "/", "01234/6789" * 3, "1,23456789" * 3,
        "0123456789" * 6 + "0123", "0123456789" * 6 + "01234", "9" * 25, "9" * 24 + "-", "é" * 20, "É" * 20, "a\\tb" * 12]
BAD = ["\\q", "\\N1", "a\tb", "\r1", "\0"]


def kinds(r):
    return [lambda i: r.choice(NEAR),
            lambda i: str(r.randrange(10 ** r.randrange(1, 20))),
            lambda i: str(100000 + (i * 7919) % 3001),
            lambda i: str(i),
            lambda i: "%04d-%02d-%02dT%02d:%02d:%02d.%03d" % (2000 + i % 23, r.randrange(1, 13), r.randrange(1, 29),
                                                             r.randrange(24), r.randrange(60), r.choice([0, 30]), 0),
            lambda i: "%d %04d-%02d-%02d %02d:%02d:%02d" % (r.randrange(10 ** r.randrange(1, 12)), 2000 + i % 23, r.randrange(1, 13),
                                                         r.randrange(1, 29), r.randrange(24), r.randrange(60), i % 60),
            lambda i: "".join(r.choices("0123456789-:TZ. ", k=r.choice([24, 25, 26, 31, 32, 33, 48, 63, 64, 65]))),
            lambda i: "user%d" % r.randrange(500)]


def main(seed, n):
    r = random.Random(seed)
    all_kinds = kinds(r)
    lines = ["key\tn\ttext"]
    kind = all_kinds[seed % len(all_kinds)]
    for i in range(n):
        if r.random() < 0.002:
            kind = r.choice(all_kinds)
        key = kind(i) if r.random() < 0.99 else r.choice(NEAR)
        text = "y" * r.choice([0, 0, 1, 5, 20, 30, 40, r.randrange(300)])
        if r.random() < 0.0003:
            text = r.choice(BAD + ["z" * 3000, "\u20ac", "a\\\\b", "\\f", "\\'"])
        lines.append("%s\t%d\t%s" % (key, i % 7, text))
        if r.random() < 0.02:
            lines.append(lines[-r.choice([1, 2, 31, 32, 33, 63, 64, 65, 900]) % len(lines)])
    sys.stdout.buffer.write(("\n".join(lines) + r.choice(["", "\n"])).encode())


main(*map(int, sys.argv[1:]))
