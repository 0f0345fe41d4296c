"""Writes valid and invalid UTF-8 at every place of a vector to in, and how many there are of each to counts."""
from itertools import product
edges = [0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf]
edges += [0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff]
texts = [bytes(t) for n in (1, 2, 3) for t in product(edges[1:], repeat=n)]
texts += [bytes([a, b, 0x80, c]) for a in edges[-6:] for b in edges for c in (0x7f, 0x80, 0xbf, 0xc0)]
good = bad = 0
with open("in", "wb") as out:
    for i, text in enumerate(texts):
        try:
            text.decode()
            good += 1
        except UnicodeDecodeError:
            bad += 1
        out.write(b'{"k":1,"v":"' + "é".encode() * (i % 2) + b"x" * (i % 37) + text + b"yy" * (i // 37 % 3) + b'"}\n')
print(good, bad, file=open("counts", "w"))
