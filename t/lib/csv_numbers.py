"""Checks csv2tsv --decimal-comma against a model of its rules, with argv[1] random values, good and bad."""
import decimal, random, re, subprocess, sys

rnd = random.Random(20261125)
SEPARATORS = [".", " ", "'", "\u2019", "\u00a0", "\u202f", "\u2009"]
NUMBER = re.compile(r"([+-]?)(0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:(%s)[0-9]{3})(?:\3[0-9]{3})*)(,[0-9]+)?([eE][+-]?[0-9]+)?" %
                    "|".join(map(re.escape, SEPARATORS)))


def model(text):
    m = NUMBER.fullmatch(text)
    if not m:
        return None
    sign, whole, _, fraction, exponent = m.groups(default="")
    return sign.strip("+") + re.sub("[^0-9]", "", whole) + fraction.replace(",", ".") + exponent


def number():
    whole = str(rnd.choice([0, 1, 12, 123, 1234, 123456, 1234567, 10 ** 40]))
    if rnd.random() < 0.5:
        separator = rnd.choice(SEPARATORS)
        whole = re.sub(r"(?<=\d)(?=(\d{3})+$)", lambda m: separator, whole)
    return rnd.choice(["", "", "-", "+"]) + whole + rnd.choice(["", ",0", ",56", ",123456"]) + \
        rnd.choice(["", "", "", "E+05", "e3", "E-7"])


def damaged(text):
    at = rnd.randrange(len(text) + 1)
    return text[:at] + rnd.choice(["", *SEPARATORS, ",", "0", "1", "-", "+", "e", "x", "\u2212", "٣"]) + text[at + rnd.randrange(3):]


values = ["", ",", ".", "-", "+", "e", ",5", "5,", "-,5", "00", "-0", "-0,00", "+0", "007,5", "1.", ".1", "1.23", "1.2345",
          "12.34,5", "1234.567", "1234.567,8", "1.234.56", "1.234 567", "1 234.567", "1,234.5", "1,234,5", "0.123", "000.123",
          "1..234", "1.234.", "1.234e5", "1E5,5", "--1", "+-1", "1-", "1,5 ", " 1,5", "1,5\n", "NaN", "inf", "0x10", "1\\234",
          "1\t234", "\\N", "1.234" * 9 + ",5", "9" * 5000 + "," + "8" * 5000, "1" + ".234" * 2000]
while len(values) < int(sys.argv[1]):
    values.append(number())
    values.append(damaged(values[-1]))
quote = lambda v: '"%s"' % v.replace('"', '""')
bare = lambda v: v if v and not re.search(r'[";\r\n]', v) and rnd.random() < 0.5 else quote(v)
text = "a;b;n\n" + "".join("%d;%s;%s\n" % (i, bare(v), bare(v)) for i, v in enumerate(values))
p = subprocess.run(["csv2tsv", "-d", ";", "--decimal-comma", "n", "-r", "rejects"], input=text.encode(), capture_output=True)
assert p.returncode == 0, p
got = [line.split("\t") for line in p.stdout.decode().split("\n")[1:-1]]
want = [(str(i), model(v)) for i, v in enumerate(values) if model(v) is not None]
got = {i: n for i, _, n in got}
for i, v in enumerate(values):
    assert got.get(str(i)) == model(v), (v[:100], got.get(str(i), "")[:100])
assert 0.2 * len(values) < len(want) < 0.8 * len(values)
JSON = re.compile("-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]+)?")
with decimal.localcontext() as context:
    context.prec = 20000
    for i, n in want:
        plain = re.sub("[^0-9eE,+-]", "", values[int(i)]).replace(",", ".")
        assert JSON.fullmatch(n) and decimal.Decimal(n) == decimal.Decimal(plain), (values[int(i)], n)
