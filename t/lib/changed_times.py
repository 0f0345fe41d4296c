"""Writes times with each byte changed to descriptor 3, and their hours, counted by Python, to 4."""
import collections, datetime, re
form = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?", re.ASCII)
hours = collections.Counter()


def hour_of(time):
    *numbers, zone = form.fullmatch(time).groups()
    zone = zone if zone not in (None, "Z") else "+0000"
    if int(zone[1:3]) > 23 or int(zone[-2:]) > 59:
        raise ValueError
    ahead = datetime.timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    time = datetime.datetime(*(int(n or 0) for n in numbers)) + (ahead if zone[0] == "-" else -ahead)
    return f"{time.year:04}-{time:%m-%dT%H}"


with open(3, "w") as lines:
    for time in "2020-02-29T19:50:59.5", "1999-12-31 23:00", "2000-10-10T10:10:10+01:30", "2023-11-08":
        for i in range(len(time)):
            for c in [chr(n) for n in range(1, 128) if chr(n) not in "\t\n\r\\"] + ["é"]:
                print(time[:i] + c + time[i + len(c.encode()):], file=lines)
                try:
                    hours[hour_of(time[:i] + c + time[i + len(c.encode()):])] += 1
                except (AttributeError, ValueError):
                    pass
with open(4, "w") as want:
    for hour, n in sorted(hours.items()):
        print(hour, n, sep="\t", file=want)
