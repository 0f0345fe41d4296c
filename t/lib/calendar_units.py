"""Writes days of every year to in and their units, for the option argv[1], to want, in the directory argv[2]."""
import datetime, sys

unit, directory = sys.argv[1:]
rules = {
    "-wmonday": lambda d, day: (d.year, (day + 6 - d.weekday()) // 7),
    "-wsunday": lambda d, day: (d.year, (day + 6 - (d.weekday() + 1) % 7) // 7),
    "-wiso": lambda d, day: d.isocalendar()[:2],
    "-wdate": lambda d, day: (datetime.date.fromordinal(d.toordinal() - d.weekday()).isoformat(),),
    "-umonth": lambda d, day: ("%04d-%02d" % (d.year, d.month),),
    "-uquarter": lambda d, day: ("%04d-Q%d" % (d.year, (d.month + 2) // 3),),
}
last = None
with open(directory + "/in", "w") as given, open(directory + "/want", "w") as want:
    for year in range(1, 10000):
        # New Year, the end of February, and a day that moves through the year.
        start = datetime.date(year, 1, 1).toordinal()
        for day in [*range(10), 57, 58, 59, 60, 61 + year % 290, *range(352, 365)]:
            d = datetime.date.fromordinal(start + day)
            fields = rules[unit](d, day + 1)
            if unit == "-wmonday" and day < 3 and year > 999:
                assert d.strftime("%W") == "%02d" % fields[1]
            print(d.isoformat(), file=given)
            if fields != last:
                print(*fields, sep="\t", file=want)
            last = fields
