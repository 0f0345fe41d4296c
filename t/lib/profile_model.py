# What profile should print for the table in the file in. With argv[1], a seed, first writes a random table there, with
# numbers of all spellings, times, texts of any UTF-8, nulls and empty strings.
import collections
import datetime
import fractions
import json
import random
import re
import sys

sys.set_int_max_str_digits(0)
NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?\Z", re.A)
TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|[-+]\d\d:\d\d)?)?\Z", re.A)
SHOWN = 60
LIMIT = 10**38


def random_digits(n):
    return "".join(random.choice("0123456789") for _ in range(n))


def random_integer():
    digits = random_digits(random.choice([1, 1, 2, 5, 12, 13, 14, 15, 25]))
    return random.choice(["", "-"]) + (digits.lstrip("0") or "0")


def random_number():
    text = random_integer()
    if random.random() < 0.5:
        text += "." + random_digits(random.choice([1, 2, 2, 9]))
    if random.random() < 0.2:
        text += random.choice("eE") + random.choice(["", "-", "+"]) + str(random.randrange(9))
    return text


def random_time():
    text = f"20{random.randrange(10, 20)}-{random.randrange(1, 13):02}-{random.randrange(1, 29):02}"
    if random.random() < 0.8:
        text += f"{random.choice('T ')}{random.randrange(24):02}:{random.randrange(60):02}"
        if random.random() < 0.8:
            text += f":{random.randrange(60):02}"
            if random.random() < 0.5:
                text += "." + random.choice(["0", "5", "50", "25", "123456789" * 3, "123456789" * 3 + "1"])
        text += random.choice(["", "Z", "+00:00", "-05:30", "+14:00"])
    return text


def random_text():
    letters = random.choice(["ab", "abc, \"", "\\\t\n\r", "éß日😀\x7f", "x", " "])
    return "".join(random.choice(letters) for _ in range(random.choice([1, 1, 2, 3, 7, 8, 9, 16, 17, 40, 61, 80])))


KINDS = {
    "few_integers": lambda: str(random.randrange(-20, 20)),
    "integers": random_integer,
    "dense": lambda: str(random.randrange(10**6, 10**6 + 3000)),
    "numbers": random_number,
    "spellings": lambda: random.choice(["1", "1.0", "1e0", "10e-1", "0", "-0", "0.00", "-1", "-1.0"]),
    "long": lambda: random.choice(["1e37", "1e38", "-1e999", "0." + "0" * 37 + "1", "0." + "0" * 38 + "1", "9" * 38]),
    "large": lambda: "9" * 37,
    "bools": lambda: random.choice(["true", "false"]),
    "times": random_time,
    "texts": random_text,
    "json": lambda: random.choice(['{"a":1}', "[]", "true", "7", '"x"']),
    "mixed": lambda: random.choice([random_integer, random_number, random_time, random_text, lambda: "true"])(),
    "one": lambda: "same",
    "only_null": lambda: None,
}


def escape(value):
    if value is None:
        return "\\N"
    for byte, name in ("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r"):
        value = value.replace(byte, name)
    return value


def write_random_table():
    columns = []
    n = random.choice([1, 5, 300, 6000])
    for name, make in KINDS.items():
        nulls, empty = random.choice([(0, 0), (0, 0), (0.1, 0), (0.9, 0), (0.1, 0.2)])
        pool = [make() for _ in range(random.choice([1, 5, 300, 6000]))]
        fields = []
        for _ in range(n):
            chance = random.random()
            fields.append(None if chance < nulls else "" if chance < nulls + empty else random.choice(pool))
        columns.append((name, fields))
    random.shuffle(columns)
    with open("in", "w", newline="\n") as out:
        print(*(name for name, _ in columns), sep="\t", file=out)
        for record in zip(*(fields for _, fields in columns)):
            print(*map(escape, record), sep="\t", file=out)


def unescape(field):
    return re.sub(r"\\(.)", lambda m: {"t": "\t", "n": "\n", "r": "\r"}.get(m[1], m[1]), field)


def instant_of(text):
    match = TIME.match(text)
    if not match:
        return None
    year, month, day, hour, minute, second, fraction, offset = match.groups(default="0")
    try:
        time = datetime.datetime(int(year), int(month), int(day), int(hour), int(minute), int(second))
    except ValueError:
        return None
    if offset[0] in "-+":
        ahead = datetime.timedelta(hours=int(offset[1:3]), minutes=int(offset[4:]))
        time = time - ahead if offset[0] == "+" else time + ahead
    return time, fraction.rstrip("0")


def is_json(text):
    try:
        json.loads(text, parse_constant=int)
    except ValueError:
        return False
    return text.strip(" \t\n\r") != ""


TYPES = {
    "int": lambda text: NUMBER.match(text) and not NUMBER.match(text)[2] and not NUMBER.match(text)[3],
    "num": NUMBER.match,
    "bool": lambda text: text in ("true", "false"),
    "time": instant_of,
    "json": is_json,
    "str": lambda text: True,
}


def order(field):  # numbers by value, then texts by the bytes of their values, then by the bytes of the fields
    if NUMBER.match(field):
        if int(field.lower().partition("e")[2] or 0) > 900:
            return 0, fractions.Fraction(-LIMIT**9) if field[0] == "-" else LIMIT**9, b"", field.encode()
        return 0, fractions.Fraction(field), b"", field.encode()
    return 1, 0, unescape(field).encode(), field.encode()


def cut(field):
    value = unescape(field).encode()
    if len(value) <= SHOWN:
        return field
    return escape(value[:SHOWN].decode(errors="ignore")) + "..."


def quoted(field):
    if field == "" or field[0] == " " or field[-1] == " " or "," in field or '"' in field:
        return '"' + field.replace('"', '""') + '"'
    return field


def parts_of(field):  # the digits and the scale of a decimal; None if they are too many
    mantissa, _, exponent = field.lower().partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits, scale = int(whole + fraction), len(fraction) - int(exponent or 0)
    if scale < 0:
        digits, scale = (digits * 10 ** -scale if -scale < 99 else LIMIT) if digits else 0, 0
    return (digits, scale) if scale <= 38 and abs(digits) < LIMIT else None


def mean_of(counts):
    parts = [(parts_of(field), n) for field, n in counts.items()]
    if any(part is None for part, _ in parts):
        return "\\N"
    scale = max(scale for (_, scale), _ in parts)
    total = sum(digits * 10 ** (scale - its) * n for (digits, its), n in parts)
    mean = round(fractions.Fraction(total, 10**scale * sum(counts.values())) * 10**6)
    if abs(total) >= LIMIT or abs(mean) >= LIMIT:
        return "\\N"
    return ("-" if mean < 0 else "") + f"{abs(mean) // 10**6}.{abs(mean) % 10**6:06}"


def describe(fields):
    counts = collections.Counter(fields)
    nulls = counts.pop("\\N", 0)
    start = [len(fields), nulls, counts[""], len(counts)]
    if nulls == len(fields):
        return ["\\N", len(fields), nulls, 0, 0] + ["\\N"] * 6
    if not counts[""]:
        del counts[""]
    start[3] = len(counts)
    kind = next(name for name, accepts in TYPES.items() if all(accepts(unescape(field)) for field in counts))
    ordered = sorted(counts, key=(lambda field: (instant_of(field), field.encode())) if kind == "time" else order)
    top = sorted(counts, key=lambda field: (-counts[field], order(field)))[:5]
    lengths = [len(unescape(field).encode()) for field in counts]
    shown = cut if kind in ("str", "json", "bool") else str
    return [kind, *start, shown(ordered[0]), shown(ordered[-1]), min(lengths), max(lengths),
            mean_of(counts) if kind in ("int", "num") else "\\N",
            ", ".join(f"{quoted(shown(field))} ({counts[field]})" for field in top)]


if len(sys.argv) > 1:
    random.seed(int(sys.argv[1]))
    write_random_table()
lines = [line.split("\t") for line in open("in", newline="\n").read().split("\n")[:-1]]
print("Column\tType\tRecords\tNulls\tEmpty\tDistinct\tLeast\tGreatest\tShortest\tLongest\tMean\tTop")
for column, name in enumerate(lines[0]):
    print(name, *describe([line[column] for line in lines[1:]]), sep="\t")
