"""Prints random values for columns: word of the rule, what the column keeps, type, value, and for floating-point numbers
t if the nearest one has other digits than the value, else f. usage: random_typed_values.py SEED N"""
import random
import struct
import sys
from decimal import Context, Decimal

random.seed(int(sys.argv[1]))


def number(whole, places):
    def digits(n):
        return "".join(random.choice("0001234567899") for _ in range(random.randint(1, n)))

    text = random.choice(["", "", "-"]) + (digits(whole).lstrip("0") or "0")
    if random.random() < 0.7:
        text += "." + digits(places)
    if random.random() < 0.3:
        text += random.choice("eE") + random.choice(["", "+", "-"]) + str(random.randint(0, 5))
    return text


def time(places):
    text = "%02d:%02d" % (random.choice([0, 9, 23]), random.choice([0, 7, 59]))
    if random.random() < 0.7:
        text += ":%02d" % random.choice([0, 8, 58])
        if random.random() < 0.5:
            text += "." + random.choice(["0", "5", "07", "60", "125", "999999"])[:places]
    return text


def changes(value, is_single):
    stored = float(value)
    if is_single:
        stored = struct.unpack("f", struct.pack("f", stored))[0]
    wanted = Decimal(value).normalize(Context(prec=1000))
    n = max(len(wanted.as_tuple().digits), 1)
    return "ft"[wanted != Context(prec=n).create_decimal(Decimal(stored))]


days = ["2022-01-09", "2000-02-29", "01/02/2022", "Jan 6 2018", "20220109"]
offsets = ["", "", "Z", " UTC", "+00", "-00:00", "+02", "-0500", " +05:30", " EST", "+02:00:07"]
for _ in range(int(sys.argv[2])):
    single, double = number(9, 5), number(18, 10)
    text = random.choice(["a", "ü ", "", "bcd"]) + " " * random.randint(0, 4)
    for row in [
        ("number", "2", "numeric(12,2)", number(5, 4), ""),
        ("number", "0", "numeric(12,0)", number(5, 2), ""),
        ("number", "-2", "numeric(12,-2)", number(5, 1), ""),
        ("single", "", "real", single, changes(single, True)),
        ("double", "", "double precision", double, changes(double, False)),
        ("timestamp", "", "timestamp", random.choice(days) + " " + time(6) + random.choice(offsets), ""),
        ("timestamp", "1", "timestamp(1)", "2022-01-09T" + time(3) + random.choice(offsets), ""),
        ("timestamptz", "0", "timestamptz(0)", "2022-01-09T" + time(2) + random.choice(offsets), ""),
        ("date", "", "date", "2022-01-09" + random.choice(["", "T" + time(3)]) + random.choice(offsets), ""),
        ("length", "3", "varchar(3)", text, ""),
    ]:
        print(*row, sep="\t")
