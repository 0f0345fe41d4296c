"""Writes two times around each change of a clock to in, and all units between them to want.UNIT; argv is zone and directory.
Fields of in are the number of the change and the time in seconds; those of want are the number, the unit and its count."""
import datetime, sys, zoneinfo

zone = zoneinfo.ZoneInfo(sys.argv[1])
local = lambda t: datetime.datetime.fromtimestamp(t, zone)
day = lambda t: f"{local(t):%Y-%m-%d}"
hour = lambda t: f"{local(t):%Y-%m-%dT%H}"
offset_hour = lambda t: f"{local(t):%Y-%m-%dT%H}" + local(t).isoformat()[len("YYYY-MM-DDTHH:MM:SS"):]
times = range(0, 2240524800, 86400)  # to 2040
changes = [t for t in times if local(t).utcoffset() != local(t + 86400).utcoffset()]
changes = changes[:: 1 if len(changes) < 30 else 3]  # where there are many, every third: spring and autumn in turn
with open(sys.argv[2] + "/in", "w") as given:
    for i, t in enumerate(changes):
        for end in t - 86400, t + 172800:
            print(f"{i:03}", end, sep="\t", file=given)
for name, unit in ("day", day), ("hour", hour), ("offset", offset_hour):
    with open(f"{sys.argv[2]}/want.{name}", "w") as want:
        for i, t in enumerate(changes):
            units = list(dict.fromkeys(unit(s) for s in range(t - 86400, t + 172801, 60)))
            for u in units:
                print(f"{i:03}", u, (u == units[0]) + (u == units[-1]), sep="\t", file=want)
