"""Writes times around all changes of the clock to in, and their local hours to want; argv is zone and directory."""
import collections, datetime, sys, zoneinfo

zone = zoneinfo.ZoneInfo(sys.argv[1])
local = lambda t: datetime.datetime.fromtimestamp(t, zone)
times, offset = list(range(-62135510400, 253402214400, 9999999999)), None
for t in range(-2208988800, 4102444800, 86400):  # 1900 to 2100
    if local(t).utcoffset() != offset:
        times += range(t - 86400, t, 600)
    offset = local(t).utcoffset()
with open(sys.argv[2] + "/in", "w") as given:
    print(*times, sep="\n", file=given)
hours = collections.Counter(local(t).isoformat()[:13] for t in times)
with open(sys.argv[2] + "/want", "w") as want:
    for hour in sorted(hours):
        print(hour, hours[hour], sep="\t", file=want)
