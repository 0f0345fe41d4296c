# Checks number_keys.c, the program of argv[1], against exact arithmetic: keys are in the order of the numbers, equal
# ones have equal keys; a number that fits comes back as a decimal; short whole numbers have the same key as a word.
import decimal
import random
import subprocess
import sys

random.seed(11)
sys.set_int_max_str_digits(0)
context = decimal.Context(prec=1000, Emax=decimal.MAX_EMAX, Emin=decimal.MIN_EMIN, traps=[decimal.Inexact])


def random_digits(lengths):
    return "".join(random.choice(random.choice(["0123456789", "09", "0"])) for _ in range(random.choice(lengths)))


def random_number():
    text = random.choice(["", "-"]) + (random_digits([1, 1, 2, 3, 5, 9, 12, 13, 14, 15, 20, 38, 40]).lstrip("0") or "0")
    if random.random() < 0.4:
        text += "." + random_digits([1, 2, 3, 8, 20, 40])
    if random.random() < 0.4:
        text += random.choice("eE") + random.choice(["", "+", "-"]) + random.choice(["", "0", "00"])
        text += str(random.choice([0, 1, 2, 9, 14, *range(26, 33), 39, 99, 100, 999, 1000, 99999999, 10**9]))
    return text


def respell(text):  # the same number with another exponent
    mantissa, _, exponent = text.lower().partition("e")
    sign = mantissa[: mantissa.startswith("-")]
    whole, _, fraction = mantissa[len(sign) :].partition(".")
    moved = random.randrange(-5, 6)
    digits = "0" * 6 + whole + fraction + "0" * 6
    point = 6 + len(whole) + moved
    return f"{sign}{digits[:point].lstrip('0') or '0'}.{digits[point:]}e{int(exponent or 0) - moved}"


def value_of(text):  # sign, power of ten and digits, which compare as the number does
    sign, digits, exponent = context.create_decimal(text).normalize(context).as_tuple()
    digits = "".join(map(str, digits))
    return (0, 0, "") if digits == "0" else (-1 if sign else 1, exponent + len(digits), digits)


def order(value):
    sign, point, digits = value
    if sign < 0:
        return sign, -point, "".join("9876543210"[int(digit)] for digit in digits) + "~"
    return sign, point, digits


texts = [random_number() for _ in range(8000)] + [str(i) for i in range(-300, 2000)]
texts += [respell(text) for text in texts]
values = [value_of(text) for text in texts]
# Beyond the exponents of module decimal, and where number.h counts them in another way.
for power in 10**17, 10**18, 10**40:
    for near in range(-9, 10):
        for sign in "", "-":
            for digits in "1", "25", "100", "0.5", "0.05":
                for exponent in power + near, -power + near:
                    kept = value_of(digits)
                    texts.append(f"{sign}{digits}e{exponent}")
                    values.append((-1 if sign else 1, kept[1] + exponent, kept[2]))
program = subprocess.run([sys.argv[1]], input="\n".join(texts) + "\n", stdout=subprocess.PIPE, text=True, check=True)
keys = []
for text, value, line in zip(texts, values, program.stdout.splitlines(), strict=True):
    key, number, word = line.split("\t")
    key = bytes.fromhex(key)
    assert not set(b"\0\t\n\r") & set(key) and 0x80 <= key[0] < 0xC0, (text, key)
    places = max(0, len(value[2]) - value[1])
    fits = value[0] == 0 or places <= 38 and value[1] + places <= 38
    assert fits == (number != "-"), (text, number)
    if fits:
        assert value_of(number) == value and len(number.partition(".")[2]) == places, (text, number)
    is_short = len(text.lstrip("-")) <= (12 if text[0] == "-" else 14) and text.lstrip("-").isdigit() and text != "-0"
    assert is_short == (word != "-"), (text, word)
    if is_short:
        assert bytes.fromhex(word) == key.ljust(8, b"\0"), (text, word)
    keys.append((order(value), key, text))
keys.sort()
for a, b in zip(keys, keys[1:]):
    assert (a[0] == b[0]) == (a[1] == b[1]) and a[1] <= b[1], (a, b)
