"""Prints the outlier weeks of the votes in votes.jsonl."""
import collections, datetime, fractions, json
first = {}
for line in open("votes.jsonl"):
    vote = json.loads(line)
    first.setdefault(vote["Id"], datetime.date.fromisoformat(vote["CreationDate"][:10]))
weeks = collections.Counter((day.year, int(day.strftime("%W"))) for day in first.values())
mean = fractions.Fraction(sum(weeks.values()), len(weeks))
print("Year\tWeekNumber\tVoteCount")
for (year, week), n in sorted(weeks.items()):
    if abs(1 - n / mean) > fractions.Fraction(1, 5):
        print(year, week, n, sep="\t")
