"""Writes times with each byte changed to descriptor 3, and their hours, counted by Python, to 4."""
import collections, datetime, re
form = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?([Zz]|[+-]\d\d(?::?\d\d|:\d\d:\d\d)?)?)?", re.ASCII)
counts = collections.Counter()


def hour_of(time):
    *numbers, zone = form.fullmatch(time).groups()
    zone = zone if zone not in (None, "Z", "z") else "+00"
    hours, minutes, seconds = ([int(n) for n in re.findall(r"\d\d", zone)] + [0, 0])[:3]
    if hours > 23 or minutes > 59 or seconds > 59:
        raise ValueError
    ahead = datetime.timedelta(hours=hours, minutes=minutes, seconds=seconds)
    time = datetime.datetime(*(int(n or 0) for n in numbers)) + (ahead if zone[0] == "-" else -ahead)
    return f"{time.year:04}-{time:%m-%dT%H}"


with open(3, "w") as lines:
    for time in "2020-02-29T19:50:59.5", "1999-12-31 23:00", "2000-10-10T10:10:10+01:30", "2023-11-08", \
            "2000-10-10 10:10:10.5+01", "2000-10-10t10:10z", "2000-10-10 10:10-0130", "2020-10-10 10:10:10", \
            "1890-01-01T00:00:00+00:53:28":
        for i in range(len(time)):
            for c in [chr(n) for n in range(1, 128) if chr(n) not in "\t\n\r\\"] + ["é"]:
                print(time[:i] + c + time[i + len(c.encode()):], file=lines)
                try:
                    counts[hour_of(time[:i] + c + time[i + len(c.encode()):])] += 1
                except (AttributeError, ValueError):
                    pass
with open(4, "w") as want:
    for hour, n in sorted(counts.items()):
        print(hour, n, sep="\t", file=want)
