"""Checks that trend gives what window functions of SQLite give, for random groups, values and windows.

SQLite computes with whole numbers of thousandths; quotients of these are made by fractions and rounded half to even."""
import random, sqlite3, subprocess, sys
from fractions import Fraction

rng = random.Random(11)
UNIT = 1000


def decimal(thousandths, places):
    """The exact decimal, which has no more places."""
    return rounded(Fraction(thousandths, UNIT), places)


def rounded(value, places):
    whole = round(value * 10 ** places)             # half to even
    text = '%0*d' % (places + 1, abs(whole))
    text = text[:len(text) - places] + '.' * (places > 0) + text[len(text) - places:]
    return '-' * (whole < 0) + text


def places_of(text):
    return len(text.partition('.')[2])


def value():
    """A field, the thousandths in it or None."""
    if rng.random() < 0.2:
        return '\\N', None
    thousandths = rng.choice([0, 0, 1, -1, 5, 10, 100, -100, 1000, rng.randint(-10 ** 6, 10 ** 6), rng.randint(0, 10 ** 15)])
    least = next(p for p in range(4) if thousandths * 10 ** p % UNIT == 0)
    return decimal(thousandths, rng.randint(least, 3)), thousandths


def check(round_number):
    records = []
    for i in range(rng.choice([0, 1, 5, 40, 40])):
        records.append((rng.choice('abc'),) + value())
    n, scale, partial = rng.randint(1, 7), rng.choice([0, 1, 6, 12]), rng.random() < 0.4
    by_group = rng.random() < 0.8

    db = sqlite3.connect(':memory:')
    db.execute('CREATE TABLE t (i INTEGER PRIMARY KEY, g TEXT, x INTEGER)')
    db.executemany('INSERT INTO t VALUES (?, ?, ?)', [(i, g, x) for i, (g, _, x) in enumerate(records)])
    part = 'PARTITION BY g' if by_group else ''
    rows = db.execute('''
        SELECT i, row_number() OVER w, count(x) OVER so_far, lag(i, %d) OVER w, x - lag(x, %d) OVER w,
            lag(x, %d) OVER w, sum(x) OVER last, count(x) OVER last, min(x) OVER last, max(x) OVER last,
            sum(x) OVER so_far, sum(x) OVER whole
        FROM t
        WINDOW w AS (%s ORDER BY i),
            so_far AS (%s ORDER BY i ROWS UNBOUNDED PRECEDING),
            last AS (%s ORDER BY i ROWS %d PRECEDING),
            whole AS (%s)
        ORDER BY i''' % (n, n, n, part, part, part, n - 1, part)).fetchall()

    def row(i, number, counted, earlier, difference, before, total_n, n_last, least, greatest, total, whole):
        group, field, x = records[i]
        mates = [j for j in range(i + 1) if not by_group or records[j][0] == group]
        so_far = max([places_of(records[j][1]) for j in mates if records[j][2] is not None], default=0)
        enough = n_last > 0 and (partial or n_last == n)
        text_of = lambda wanted: next(records[j][1] for j in mates[-n:] if records[j][2] == wanted)
        null = '\\N'
        return [group, field, str(number), str(counted),
            null if earlier is None else records[earlier][1],
            null if difference is None else decimal(difference, max(places_of(field), places_of(records[earlier][1]))),
            null if difference is None or before == 0 else rounded(Fraction(100 * difference, before), scale),
            decimal(total_n, so_far) if enough else null,
            rounded(Fraction(total_n, UNIT * n_last), scale) if enough else null,
            text_of(least) if enough else null,
            text_of(greatest) if enough else null,
            null if total is None else decimal(total, so_far),
            null if x is None or whole == 0 else rounded(Fraction(100 * x, whole), scale)]

    operands = ['n=count', 'count:x', 'lag%d:x', 'change%d:x', 'pct%d:x', 'sum%d:x', 'mean%d:x', 'min%d:x', 'max%d:x', 'total:x',
                'share:x']
    operands = [o.replace('%d', str(n)) for o in operands]
    want = [['g', 'x', 'n', 'count_x'] + [o.replace(':', '_') for o in operands[2:]]] + [row(*r) for r in rows]
    if rng.random() < 0.5:                          # without share, records are not held
        operands, want = operands[:-1], [r[:-1] for r in want]
    command = ['trend', '--scale', str(scale)] + ['-g', 'g'] * by_group + ['--partial'] * partial + operands
    stream = 'g\tx\n' + ''.join('%s\t%s\n' % r[:2] for r in records)
    done = subprocess.run(command, input=stream.encode(), capture_output=True)
    got = done.returncode, done.stdout.decode(), done.stderr.decode()
    if got != (0, ''.join('\t'.join(r) + '\n' for r in want), ''):
        for line, r in zip(got[1].splitlines(), want):
            if line.split('\t') != r:
                print('got: ', line, '\nwant:', '\t'.join(r))
        sys.exit('round %d: %s: %s' % (round_number, ' '.join(command), got[2]))


for round_number in range(300):
    check(round_number)
