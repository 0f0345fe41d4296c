"""Checks csv2tsv --time against datetime.strptime of Python, with argv[1] random formats and times, good and bad."""
import datetime, random, subprocess, sys

rnd = random.Random(20261126)


def random_format():
    day = ["%d", rnd.choice(["%m", "%m", "%b", "%B"]), rnd.choice(["%Y", "%Y", "%y"])]
    rnd.shuffle(day)
    week_day = rnd.choice(["", "", "", "%a ", "%A, ", "am "])
    if rnd.random() < 0.1 and "%" not in week_day: # glibc does not take both
        day = ["%Y", "%j"]
    text = rnd.choice([".", "-", "/", ", ", "Q"]).join(day)
    clock = rnd.choice(["", "", " %H:%M", "T%H:%M:%S", " %H.%M.%S", " %I:%M %p", " %I:%M:%S %p", " %H", "%%%H"])
    return week_day + text + clock + (rnd.choice(["", "", "%z", " %z"]) if clock else "")


def random_time(format):
    first = datetime.datetime(1969, 1, 1) if "%y" in format else datetime.datetime(1000, 1, 2)
    last = datetime.datetime(2068, 12, 31) if "%y" in format else datetime.datetime(9999, 12, 30)
    t = first + datetime.timedelta(seconds=rnd.randrange(int((last - first).total_seconds())))
    if "%z" in format:
        t = t.replace(tzinfo=datetime.timezone(datetime.timedelta(minutes=rnd.choice([0, 60, 120, -210, 330, -720, 839]))))
    text = t.strftime(format.replace("%Y", "%04d" % t.year))
    if rnd.random() < 0.5: # digits that may make another time, or none
        at = rnd.choice([i for i, c in enumerate(text) if c.isdigit()])
        text = text[:at] + rnd.choice("0123456789x") + text[at + 1:]
    if rnd.random() < 0.1:
        text = rnd.choice([text + "0", text + " ", text[:-1] if format[-2:] not in ("%y", "%B") else "x"])
    if rnd.random() < 0.1 and not any(c in format for c in ("T%", "Q", "am")): # Python ignores the case of all letters
        text = rnd.choice([text.upper(), text.lower()])
    return text


def model(text, format):
    try:
        t = datetime.datetime.strptime(text, format)
    except ValueError:
        return None
    for name in "%a", "%A": # Python does not compare the name with the day
        if name in format and not text.lower().startswith(t.strftime(name).lower()):
            return None
    if t.year < 1000 or ("%j" in format and "%04d" % t.year not in text): # day 366 of Python is in the next year
        return None
    if t.tzinfo:
        try:
            t = t.astimezone(datetime.timezone.utc)
        except OverflowError:
            return None
    return "%04d" % t.year + t.strftime("-%m-%dT%H:%M:%S")


n_good = n_bad = 0
for _ in range(int(sys.argv[1])):
    format = random_format()
    values = [random_time(format) for _ in range(40)]
    text = 'n,t\n' + "".join('%d,"%s"\n' % (i, v) for i, v in enumerate(values))
    p = subprocess.run(["csv2tsv", "--time", "t=" + format, "-r", "rejects"], input=text.encode(), capture_output=True)
    assert p.returncode == 0, (format, p)
    want = [[str(i), model(v, format)] for i, v in enumerate(values)]
    got = dict(line.split("\t") for line in p.stdout.decode().splitlines()[1:])
    for (i, t), v in zip(want, values):
        assert got.get(i) == t, (format, v, t, got.get(i))
    n_good += len(got)
    n_bad += len(values) - len(got)
assert n_good > n_bad > n_good / 10, (n_good, n_bad)
