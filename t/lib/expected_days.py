"""Prints the rows that daily-users must store for the CSV files in the directory argv[1]."""
import collections, csv, fractions, glob, gzip, subprocess, sys
counts = collections.Counter()
for name in glob.glob(sys.argv[1] + '/*.csv*'):
    if name.endswith('.zst'):
        text = subprocess.run(['zstd', '-dcq', name], capture_output=True, check=True).stdout.decode()
    else:
        text = (gzip.open if name.endswith('.gz') else open)(name, 'rb').read().decode()
    for record in csv.DictReader(text.lstrip('\ufeff').splitlines(keepends=True)):
        counts[tuple(map(int, record['visit_date'][:10].split('-')))] += 1
before = None
for day, count in sorted(counts.items()):
    mean = 'null' if before is None else '%.1f' % fractions.Fraction(before + count, 2)
    print(*day, mean, count, sep='|')
    before = count
