"""Writes strings, keys and numbers of every length to in, with special bytes at every place."""
import random

r = random.Random(1)
ODD = [b"\xc3\xa9", b"\\n", b"\\u0041", b'\\"', b'"', b"\\", b"\t", b"\x1f", b"\x7f", b"\x80", b"\xff", b"\0"]
with open("in", "wb") as f:
    for length in range(70):
        for at in range(length + 1):
            text = b"s" * at + ODD[(length + at) % len(ODD)] + b"s" * (length - at)
            f.write(b'{"a":"%s","b":"%s"}\n' % (b"p" * length, text))
    for length in range(70):
        for i in range(4):
            f.write(b'{"%s":"%d","a":%d,"b":"%s"}\n' % (b"k" * length, i, i, b"v" * length))
    for length in range(1, 40):
        for at in range(length + 1):
            for odd in (b"", b".", b"-", b"e", b"E+", b" ", b"x"):
                f.write(b'{"a":%s,"b":"%d"}\n' % (b"1" * at + odd + b"0" * (length - at), at))
    for _ in range(20000):
        number = "".join(r.choices("0123456789.-+eE", [9] * 10 + [7, 5, 1, 2, 1], k=r.choice([1, 2, 3, 5, 15, 16, 17, 33])))
        f.write(b'{"a":%s,"b":"x"}\n' % number.encode())
