"""Writes lines of one shape with random bytes changed to in; argv[1] is the seed."""
import random
import sys

from damage import damage

r = random.Random(int(sys.argv[1]))
with open("in", "wb") as f:
    for i in range(5000):
        line = bytearray(b'{"Id":"%d","PostId":"%d","n":%d,"t":true,"z":null,"s":"caf\xc3\xa9 %d"}' % (i, i * 7, i, i))
        for _ in range(r.choice([0, 1, 1, 2])):
            damage(r, line)
        if not line.startswith(b"\\!"):
            f.write(bytes(line) + b"\n")
