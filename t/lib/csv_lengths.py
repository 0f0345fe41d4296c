"""Checks csv2tsv with fields and records of every length, and at the end of a block."""
import subprocess


def check(data, want):
    got = subprocess.run(["csv2tsv"], input=data, stdout=subprocess.PIPE, check=True).stdout
    assert got == want, (len(data), data[:50])


for n in [*range(0, 70), 255, 4095, 4096, 4097]:  # a field of n bytes before each kind of byte that ends a run
    x = b"x" * n
    check(b'a,b\n%s,%sy\n"%s","%s"""\r\n%s\t\\,"%s,\n\r\n"\n' % ((x,) * 6),
          b'a\tb\n%s\t%sy\n%s\t%s"\n%s\\t\\\\\t%s,\\n\\r\\n\n' % (x or b"\\N", x, x, x, x, x))
for n in [262144 + i for i in range(-40, 8)] + [131072 + i for i in range(-40, 8)]:  # over the end of a block
    x = b"x" * (n - 4)
    check(b'a\n"%s\r\n""\n"\r\n\xc3\xa9\r\n""\r\n' % x, b'a\n%s\\r\\n"\\n\n\xc3\xa9\n\n' % x)
