"""Writes random CSV records around blocks of 64 bytes, valid UTF-8 and not, to standard output. With an argument, writes
the number of each line with invalid UTF-8 and of its first invalid byte, as Python finds them, to that file."""
import random
import sys

random.seed(64)
VALID = ["a", "é", "日", "😂", "\x7f", "\u0080", "\u07ff", "\u0800", "\ud7ff", "\ue000", "\uffff", "\U00010000", "\U0010ffff"]
INVALID = [b"\x80", b"\xbf", b"\xc0\x80", b"\xc1\xbf", b"\xc3", b"\xe0\x9f\x80", b"\xe6\x97", b"\xed\xa0\x80",
           b"\xf0\x8f\x80\x80", b"\xf0\x9f\x98", b"\xf4\x90\x80\x80", b"\xf5\x80\x80\x80", b"\xff"]
wrong = open(sys.argv[1], "w") if sys.argv[1:] else None
for number in range(1, 6001):
    size = random.choice([0, 1, 15, 16, 17, 61, 62, 63, 64, 65, 66, 126, 127, 128, 129, 190, 300])
    alphabet = random.choice(["a", "aé", "日", VALID])
    line = b""
    while len(line) < size:
        line += random.choice(alphabet).encode()
    if random.random() < 0.6:
        at = random.choice([0, len(line), random.randint(0, len(line))])
        line = line[:at] + random.choice(INVALID) + line[at + random.choice([0, 0, 1]):]
    try:
        line.decode()
    except UnicodeDecodeError as error:
        if wrong:
            print(number, error.start + 1, file=wrong)
    sys.stdout.buffer.write(line + b"\n")
