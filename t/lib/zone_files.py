"""Writes zone files of every rule to zones, damaged ones to damaged, and hours that Python shows to want; argv is a directory.
The files in zones are called Z1, Z2, ...; want has lines "NAME TIME HOUR", times are seconds. Those in damaged must be found bad."""
import datetime, io, os, random, re, struct, sys, time, zoneinfo

random.seed(5)
os.chdir(sys.argv[1])
rules = [
    "XXX3", "<+0530>-5:30", "<-00>0:15:20", "EST5EDT,M3.2.0,M11.1.0", "CET-1CEST,M3.5.0,M10.5.0/3",
    "IST-1GMT0,M10.5.0,M3.5.0/1",  # negative: Dublin
    "<-02>2<-01>,M3.5.0/-1,M10.5.0/0",  # Nuuk
    "AEST-10AEDT,M10.1.0,M4.1.0/3", "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
    "EET-2EEST,M3.4.4/50,M10.4.4/50",  # Gaza
    "<+0330>-3:30<+0430>,J79/24,J263/24", "<+0330>-3:30<+0430>,79/24,263/24:00:01",
    "XXX3EDT4,0/0,J365/23",  # always summer (RFC 8536, 3.3.1), which the C library does not know at New Year
    "AAA-12BBB-13:30:15,J60/-167,J300/167", "AAA11BBB10,59,364/-24", "AAA+0BBB-2,M2.5.1/0:30,J31/1:00:01",
]


def block(version, times, types, offsets, leaps=0):
    size = 8 if version else 4
    counts = struct.pack(">6l", 0, 0, leaps, len(times), len(offsets), 4)
    data = b"".join(t.to_bytes(size, "big", signed=True) for t in times) + bytes(types)
    data += b"".join(struct.pack(">lbB", o, i % 2, 0) for i, o in enumerate(offsets)) + b"XXX\0" + bytes((size + 4) * leaps)
    return b"TZif2" + bytes(15) + counts + data


def zone_file(rule, times=(), types=(), offsets=(0,), leaps=0):
    return block(False, (), (), (0,)) + block(True, times, types, offsets, leaps) + b"\n" + rule.encode() + b"\n"


os.makedirs("zones")
want = open("want", "w")
for i, rule in enumerate(rules + [r for r in rules if not re.search(",[0-9]|167", r)] + [""]):
    # zoneinfo takes day 0 of a rule for the day before New Year, and some versions know no 167 hours; localtime(3) has
    # it right, from 1970 on.
    uses_c = re.search(",[0-9]|167", rule)
    changes = sorted(random.sample(range(-2**31, 2**31), 40)) if i >= len(rules) else []
    content = zone_file(rule, changes, [random.randrange(4) for _ in changes], (-10000, 3600, 7200, 20700) if changes else (0,))
    with open(f"zones/Z{i}", "wb") as out:
        out.write(content)
    if not uses_c:
        zone = zoneinfo.ZoneInfo.from_file(io.BytesIO(content))
        local = lambda t: datetime.datetime.fromtimestamp(t, zone).strftime("%Y-%m-%dT%H")
    else:
        os.environ["TZ"] = "EDT4" if "XXX3EDT4" in rule else rule
        time.tzset()
        local = lambda t: time.strftime("%Y-%m-%dT%H", time.localtime(t))
    times = [random.randrange(0 if uses_c else -2208988800, 4102444800) for _ in range(2000)]
    for year in range(1971, 2101):
        new_year = int(datetime.datetime(year, 1, 1, tzinfo=datetime.timezone.utc).timestamp())
        times += [new_year + h * 3600 + random.choice((0, 1, 1799, 3599)) for h in (-30, -5, -1, 0, 1, 5, 30)]
    for day in range(1577836800, 1672531200, 86400):  # changes of three years, to the second
        if local(day)[11:] != local(day + 86400)[11:]:
            times += range(day, day + 86400, 1800)
            times += range(day - 1, day + 86400, 1800)
    for t in times:
        print(f"Z{i}", t, local(t), file=want)
want.close()

os.makedirs("damaged")
whole = zone_file(rules[3], [-5, 0, 5], [0, 1, 0], (0, 3600))
cuts = [whole[:n] for n in range(len(whole))]
texts = ["EST", "EST5EDT", "EST5EDT,M3.2.0", "EST5EDT,M3.2.0,M11.1.0,", "EST5EDT,M13.2.0,M11.1.0", "EST5EDT,M3.6.0,M11.1.0",
         "EST5EDT,M3.2.7,M11.1.0", "EST5EDT,J0,J5", "EST5EDT,J366,J5", "EST5EDT,366,5", "EST5EDT,M3.2.0/168,M11.1.0", "EST25",
         "ES5", "<EST5", "5", "EST5:60", "EST5EDT,M3.2,M11.1.0", "EST99999999999999", "EST5 ", "EST5EDT,M3.2.0/,M11.1.0", "\0", "EST-"]
faults = [zone_file(t) for t in texts] + [
    zone_file("", [5, 5], [0, 0]), zone_file("", [5, 4], [0, 0]), zone_file("", [5], [1]), zone_file("", [], [], ()),
    zone_file("", [], [], (93600,)), zone_file("", [], [], (-90000,)), zone_file("", [], [], (0,), 1), block(False, (), (), (0,)),
    whole.replace(b"TZif", b"TZiF"), whole.replace(b"TZif2", b"TZif\0"), b"TZif2" + b"\xff" * 70000, bytes(70000),
]
for i, content in enumerate(cuts + faults):
    with open(f"damaged/Z{i}", "wb") as out:
        out.write(content)

os.makedirs("changed")
berlin = open("/usr/share/zoneinfo/Europe/Berlin", "rb").read()
for i in range(100):
    content = bytearray(random.choice((whole, berlin)))
    for _ in range(random.randrange(1, 4)):
        content[random.randrange(len(content))] = random.randrange(256)
    with open(f"changed/Z{i}", "wb") as out:
        out.write(content)
