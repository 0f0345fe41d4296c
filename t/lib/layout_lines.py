"""Writes JSON lines of few lengths to in, for the test argv[1], so that most of them have a known layout."""
import itertools
import random
import sys

r = random.Random(1)
LINE = b'{"Id":"107368788","n":-12.50e+3,"i":4711,"t":true,"s":"some text\x7f","z":null,"at":"2021-03-23T00:00:00.000","k":7}'


def digits(n):
    return "".join(r.choices("0123456789", k=n))


def good(line=LINE):
    """LINE with other digits in its strings and numbers."""
    line = line.replace(b"107368788", str(r.randrange(10**8, 10**9)).encode())
    line = line.replace(b"4711", str(r.randrange(1000, 10000)).encode()).replace(b":7}", b":%d}" % r.randrange(10))
    return line.replace(b"03-23T", b"%02d-%02dT" % (r.randrange(1, 13), r.randrange(1, 29)))


def places(f):
    """Every byte at every place, among good lines."""
    for i in range(len(LINE)):
        for byte in range(256):
            f.write(b"".join(good() + b"\n" for _ in range(3)))
            line = good()
            f.write(line[:i] + bytes([byte]) + line[i + 1:] + b"\n")


def numbers(f):
    """Every text of up to four bytes that may look like a number, and every one among good ones of its form."""
    for n in range(1, 5):
        for text in itertools.product("019-+.eE", repeat=n):
            text = "".join(text)
            form = "".join("1" if c in "019" else c for c in text)
            for value in (form, form, text, form.replace("1", "0")):
                f.write('{{"n":{},"s":"{}"}}\n'.format(value, value).encode())
            f.write(b'{"n":%d,"s":"%d"}\n' % (10 ** (n - 1), 10 ** (n - 1)) * 6)


def lengths(f):
    """Lengths that change with every line, then few, then too many of them."""
    for digits_of in (lambda: r.randrange(1, 10), lambda: r.choice([8, 9]), lambda: r.randrange(1, 17), lambda: 5):
        for _ in range(20000):
            f.write('{{"a":"{}","b":1{},"c":"{}"}}\n'.format(
                digits(digits_of()), digits(digits_of()), "x" * digits_of()).encode())


def same_length(f):
    """Eight layouts of one length, in turn and at random; more of them than are tried."""
    forms = ['{{"a":"{0}","b":"{0}"}}', '{{"a":"{0}","c":"{0}"}}', '{{"b":"{0}","a":"{0}"}}', '{{"a":1{0},"b":1{0}}}',
             '{{"a":1{0}, "b":"{0}"}}', '{{"a":1{0} ,"b":"{0}"}}', '{{"a":"x{0}","b":{0}}}', '{{"a":null,"b":"{0}{0}"}}']
    for i in range(30000):
        form = forms[i % 8] if i < 10000 else r.choice(forms)
        f.write((form.format(digits(6)) + "\n").encode())


def spaces(f):
    """White space after keys, and other keys of the same length."""
    for space in (" ", "\t", "\r", "\r \t", ""):
        for i in range(600):
            key = "z" if i % 20 == 19 else "a"
            line = '{"' + key + '"s:s1' + digits(4) + ',s"b"s:"x' + digits(3) + '"s}\n'
            f.write(line.replace("s", space).encode())


def unusual(f):
    """What is between lines: blank lines, CR, escapes, other text, short and long lines."""
    others = [b"", b" ", b"\r", b"{}", b"[]", b"\xef\xbb\xbf" + good(), good() + b"\r", good()[:-1], good() + b"x",
              b" " + good(), good() + good(), good().replace(b"some", b"\\u0041"),
              good().replace(b"some te", "äöü ".encode()),
              good().replace(b"-12", b"--2"), b"\\", b"\\.x", b"\0", good().replace(b"true", b"fals"),
              b'{"s":"' + b"x" * 5000 + b'"}']
    f.write(b"\xef\xbb\xbf")
    for i in range(4000):
        for _ in range(r.randrange(12)):
            f.write(good(r.choice([LINE, LINE.replace(b"4711", b"71")])) + b"\n")
        f.write(r.choice(others) + b"\n")
    f.write(good())


def times(f):
    """Days and hours in range for their digits, right or wrong."""
    for form in ("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", "{:04}-{:02}-{:02} {:02}:{:02}:{:02}", "{:04}-{:02}-{:02}"):
        for _ in range(8000):
            year, month, day = r.choice([1999, 2000, 2023, 2024]), r.randrange(14), r.randrange(33)
            hour = r.randrange(26) if r.random() < 0.1 else 3
            time = form.format(year, month, day, hour, r.randrange(60), r.randrange(60))
            f.write('{{"at":"{}"}}\n'.format(time).encode())
            f.write(('{{"at":"{}"}}\n'.format(form.format(2020, 1, 1, 2, 3, r.randrange(60))) * 4).encode())


def long(f):
    """Lines and values around the limits of layouts, vectors and copies."""
    for n in itertools.chain(range(100), range(240, 262)):
        for _ in range(12):
            f.write('{{"a":"{}","b":"{}"}}\n'.format(digits(n), "y" * (n // 2) + digits(n - n // 2)).encode())


with open("in", "wb") as out:
    globals()[sys.argv[1]](out)
