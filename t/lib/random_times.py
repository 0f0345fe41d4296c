"""Writes random times and values to descriptor 3, their counts by day to 4 and sums by group and day to 5."""
import collections, datetime, random
random.seed(7)
start = datetime.datetime(2012, 12, 31, 23, 59, 57)
few = [start + datetime.timedelta(days=n, microseconds=n % 3) for n in range(400)]
forms = ("%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S.%f", "%Y-%m-%dT%H:%M:%S.%fZ",
         "%Y-%m-%dT%H:%M:%S.%f+00:00", "%Y-%m-%dT%H:%M:%S.%f+23:59", "%Y-%m-%dT%H:%M:%S.%f00000+0000", "%Y-%m-%dT%H:%M:%S.%f000000000000+00:00")
days = collections.Counter()
sums = collections.Counter()
with open(3, "w") as lines:
    for i in range(150000):
        # First and last some that come again and again, in between none does.
        time = random.choice(few) if i < 30000 or i > 120000 else start + datetime.timedelta(seconds=i * 1009)
        form = random.choice(forms)
        text = time.strftime(form)
        day = str(time - datetime.timedelta(hours=23, minutes=59) if "+23:59" in form else time)[:10]
        value = "x" if i % 50 == 0 else str(i % 10)
        if i % 70 == 0:
            text = text.replace("2013", "2O13")
        print(i % 3, text, value, sep="\t", file=lines)
        if "O" not in text:
            days[day] += 1
        if "O" not in text and value != "x":
            sums[f"{i % 3}\t{day}"] += int(value)
for file, counts in (4, days), (5, sums):
    with open(file, "w") as want:
        for key, n in sorted(counts.items()):
            print(key, n, sep="\t", file=want)
