"""Checks units, --whole, --fill and --fill-all of weekagg against a model that looks at every half minute around the input.
Arguments are a zone and the number of random inputs for each unit."""
import datetime, random, subprocess, sys, zoneinfo

name = sys.argv[1]
rng = random.Random(name)
zone = zoneinfo.ZoneInfo(name)
UNITS = {  # of local times as isoformat() writes them: the unit, and the length of the grain that its ends must reach
    "day": (lambda time: time[:10], 13),
    "month": (lambda time: time[:7], 10),
    "quarter": (lambda time: f"{time[:4]}-Q{(int(time[5:7]) + 2) // 3}", 10),
    "hour": (lambda time: time[:13], 16),
    "6h": (lambda time: f"{time[:11]}{int(time[11:13]) // 6 * 6:02}", 13),
    "15m": (lambda time: f"{time[:14]}{int(time[14:16]) // 15 * 15:02}", 16),
    "week -w date": (lambda time: monday(time).isoformat(), 10),
    "week -w iso": (lambda time: "%d\t%d" % date(time).isocalendar()[:2], 10),
    "week": (lambda time: "%d\t%d" % (date(time).year, (date(time).timetuple().tm_yday + 6 - date(time).weekday()) // 7), 10),
    "week -w sunday": (lambda time: time[:4] + "\t" + str(int(date(time).strftime("%U"))), 10),
}
for unit in "hour", "15m", "6h":
    UNITS[unit + " --offset"] = (lambda time, of=UNITS[unit][0]: of(time) + time[19:], UNITS[unit][1])
date = lambda time: datetime.date.fromisoformat(time[:10])
monday = lambda time: date(time) - datetime.timedelta(date(time).weekday())
memo = {}


def local(t):
    if t not in memo:
        memo[t] = datetime.datetime.fromtimestamp(t, zone).isoformat()
    return memo[t]


def is_split(unit, time):  # whether New Year splits the week
    first = (date(time).weekday() + (unit == "week -w sunday")) % 7
    start = date(time) - datetime.timedelta(first)
    return unit in ("week", "week -w sunday") and start.year != (start + datetime.timedelta(6)).year


def grain_of(least, greatest, length):  # both ends at midnight, on the hour or on the minute count as all of it
    for end, zeros in (10, "00:00:00"), (13, "00:00"), (16, "00"):
        if end < length and all(local(t)[:19].endswith(zeros) for t in (least, greatest)):
            return end
    return length


def check(unit, start, step, n):
    of, length = UNITS[unit]
    times = sorted(start + step * rng.randrange(n) for _ in range(rng.choice([1, 2, 4, 8])))
    groups = {t: rng.choice("abc") for t in times}
    least, greatest = times[0], times[-1]
    if "--offset" not in unit:  # in order of the local clock
        least, greatest = min(times, key=local), max(times, key=local)
    grain = grain_of(least, greatest, length)
    reach = 92 * 86400 if unit in ("month", "quarter") else 8 * 86400 if "week" in unit else 2 * 86400
    fine = range(times[0] - reach, times[-1] + reach, 900 if length == 10 else 30)
    grains, firsts = {}, {}  # of each unit in the order of time
    for t in fine:
        firsts.setdefault(of(local(t)), local(t))
        grains.setdefault(of(local(t)), []).append(local(t)[:grain] if "--offset" not in unit else t)
    if "--offset" not in unit:
        low, high = local(least)[:grain], local(greatest)[:grain]
    else:
        whole = lambda t: [s for s in range(t - 86400, t + 86400, 30) if local(s)[:grain] == local(t)[:grain]
                           and local(s)[19:] == local(t)[19:]]
        low, high = min(whole(least)), max(whole(greatest))
    inside = [u for u in grains if low <= min(grains[u]) and max(grains[u]) <= high]
    inside = [u for u in inside if not is_split(unit, firsts[u])]
    rank = {u: i for i, u in enumerate(sorted(grains, key=lambda u: min(grains[u])))}
    records = "g\tt\n" + "".join(f"{groups[t]}\t{t}\n" for t in rng.sample(times, len(times)))
    for fill in "", "--fill", "--fill-all":
        for cut in [], ["--whole"]:
            want = []
            for g in sorted(set(groups.values())):
                counts = {}
                for t in times:
                    if groups[t] == g:
                        counts[of(local(t))] = counts.get(of(local(t)), 0) + 1
                ends = [rank[of(local(t))] for t in times if groups[t] == g or fill == "--fill-all"]
                for u in sorted(grains, key=rank.get):
                    if min(ends) <= rank[u] <= max(ends) and (fill or u in counts) and (not cut or u in inside):
                        want.append(f"{g}\t{u}\t{counts.get(u, 0)}\n")
            command = ["weekagg", "-t", "t", "-g", "g", "--epoch", "s", "-z", name, "-u", *unit.split(), *cut]
            got = subprocess.run(command + [fill] * bool(fill), input=records, capture_output=True, text=True, check=True)
            got = "".join(got.stdout.splitlines(True)[1:])
            if got != "".join(want):
                sys.exit(f"{command} {fill}\n{records}\n{[local(t) for t in times]}\ngot:\n{got}want:\n{''.join(want)}")


changes = [t for t in range(946684800, 1704067200, 86400)
           if datetime.datetime.fromtimestamp(t, zone).utcoffset() != datetime.datetime.fromtimestamp(t + 86400, zone).utcoffset()]
for unit in UNITS:
    for round in range(int(sys.argv[2])):
        memo.clear()
        length = {"month": 31, "quarter": 92, "week": 7, "day": 1}.get(unit.split()[0], 0.25) * 86400
        around = rng.choice(changes) if changes and rng.random() < 0.7 else rng.randrange(946684800, 1704067200, 86400)
        if "week" in unit and rng.random() < 0.4:
            around = int(datetime.datetime(rng.randint(2000, 2023), 12, 28).timestamp())
        # Steps that often hit the ends of units: days, hours, quarters of an hour, half minutes.
        step = rng.choice([s for s in (86400, 3600, 900, 60, 30) if s <= length])
        begin = around - around % step - rng.choice([0, 1, 2]) * int(length) // step * step
        if step >= 3600:  # on the local clock
            begin -= int(datetime.datetime.fromtimestamp(begin, zone).utcoffset().total_seconds())
        check(unit, begin - begin % 30, step, max(2, int(3 * length / step)))
