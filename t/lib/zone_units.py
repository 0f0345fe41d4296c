"""Writes two times around each change of a clock to in, and all units between them to want.UNIT; argv is zone and directory.
Fields of in are the number of the change and the time in seconds; those of want are the number, the unit and its count."""
import datetime, sys, zoneinfo

zone = zoneinfo.ZoneInfo(sys.argv[1])
local = lambda t: datetime.datetime.fromtimestamp(t, zone)
units = {  # of local times as isoformat() writes them
    "day": lambda time: time[:10],
    "hour": lambda time: time[:13],
    "6h": lambda time: f"{time[:11]}{int(time[11:13]) // 6 * 6:02}",
    "15m": lambda time: f"{time[:14]}{int(time[14:16]) // 15 * 15:02}",
}
for name in "hour", "6h", "15m":
    units[name + " --offset"] = lambda time, unit=units[name]: unit(time) + time[19:]
times = range(0, 2240524800, 86400)  # to 2040
changes = [t for t in times if local(t).utcoffset() != local(t + 86400).utcoffset()]
changes = changes[:: 1 if len(changes) < 30 else 3]  # where there are many, every third: spring and autumn in turn
files = {name: open(f"{sys.argv[2]}/want.{name}", "w") for name in units}
with open(sys.argv[2] + "/in", "w") as given:
    for i, t in enumerate(changes):
        for end in t - 86400, t + 172800:
            print(f"{i:03}", end, sep="\t", file=given)
        times = [local(s).isoformat() for s in range(t - 86400, t + 172801, 30)]
        for name, unit in units.items():
            names = list(dict.fromkeys(map(unit, times)))
            for u in names:
                print(f"{i:03}", u, (u == names[0]) + (u == names[-1]), sep="\t", file=files[name])
