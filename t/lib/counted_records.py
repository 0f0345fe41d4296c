"""Writes records with a time in the second of three columns to standard output: times with a byte changed, fields of
lengths around blocks of 64 bytes, and some records with escapes, other alphabets, CR, too few or too many fields."""
import random
import sys

random.seed(12)
times = ["2020-02-29T19:50:59.5", "1999-12-31 23:00", "2000-10-10t10:10:10.123456789012Z", "2023-11-08", "2023-11-08Z",
         "2100-02-28",
         "1901-01-01T00:00z", "1900-02-28", "2099-12-31T23:59:59", "2016-12-31T23:59:60Z", "2001-02-28T00:00:00+02:00",
         "2020-03-31", "2023-02-29", "2020-11-30T00:00:00.000"]
for number in range(40000):
    time = random.choice(times)
    if random.random() < 0.5:
        at = random.randrange(len(time))
        time = time[:at] + chr(random.randint(32, 126)) + time[at + 1:]
    if random.random() < 0.05:
        time = time[:random.randrange(len(time) + 1)]
    fields = [random.choice(["2011-11-11", "x" * random.choice([0, 1, 8, 40, 61, 62, 63, 64, 65, 130])]), time.replace("\\", "\\\\"),
              "y" * random.choice([0, 3, 31, 127])]
    if random.random() < 0.1:
        fields[random.choice([0, 2])] += random.choice(["é", "\\t", "\\N", "\x01", "\\q", "\r"])
    if random.random() < 0.05:
        fields = fields[:-1] if random.random() < 0.5 else fields + [""]
    sys.stdout.buffer.write("\t".join(fields).encode() + b"\n")
