"""Writes lines of one shape with random bytes changed to in; argv[1] is the seed."""
import random
import sys

r = random.Random(int(sys.argv[1]))
with open("in", "wb") as f:
    for i in range(5000):
        line = bytearray(b'{"Id":"%d","PostId":"%d","n":%d,"t":true,"z":null,"s":"caf\xc3\xa9 %d"}' % (i, i * 7, i, i))
        for _ in range(r.choice([0, 1, 1, 2])):
            at = r.randrange(len(line))
            how = r.randrange(3)
            if how == 0:
                line[at] = r.choice(b'\0\t\r "\\{}[]:,0-+.eEtfn\x1f\x7f\x80\xa9\xc0\xc3\xed\xff')
            elif how == 1:
                del line[at]
            else:
                line.insert(at, r.choice(b'\0 "\\{}[]:,019-+.eE\xc3\xff'))
        if not line.startswith(b"\\!"):
            f.write(bytes(line) + b"\n")
