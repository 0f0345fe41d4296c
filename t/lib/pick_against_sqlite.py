"""Checks that pick gives what SELECT of SQLite gives, for random tables and operands."""
import random, subprocess, sys
from random_tables import database, field, quoted, text

rng = random.Random(5)
NAMES = ['a', 'b', 'c_id', 'd_id', 'x y', 'é', '"', 'q=r', '', '\t', 'e*']
VALUES = [None, '', 'A', 'b\t', '\\', '\\N', 'n\n', 'É', '1', '0.10', 'x' * 40, 'y' * 300]

for round in range(300):
    names = rng.sample(NAMES, rng.randint(1, 8))
    records = [[rng.choice(VALUES) for _ in names] for _ in range(rng.choice([0, 1, 7, 50]))]
    picked = rng.sample(names, rng.randint(1, len(names)))
    added = [('new%d' % i, rng.choice(VALUES)) for i in range(rng.choice([0, 0, 1, 2]))]
    selected = [(name, 'to' + name if rng.random() < 0.3 else name) for name in picked]
    except_ = rng.random() < 0.3 and len(picked) < len(names)
    if except_:
        operands = ['-x', '--'] + [field(name) for name in picked]
        selected = [(name, name) for name in names if name not in picked]
    else:
        operands = ['--'] + [field(name) if name == new else '%s=%s' % (field(new), field(name)) for name, new in selected]
    operands = ['--add=%s=%s' % (name, field(value)) for name, value in added] + operands
    query = 'SELECT %s FROM t ORDER BY n' % ', '.join([quoted(name) for name, _ in selected] + ['?'] * len(added))
    rows = [list(r) for r in database(names, records).execute(query, [value for _, value in added])]
    want = text([new for _, new in selected] + [name for name, _ in added], rows)
    done = subprocess.run(['pick'] + operands, input=text(names, records).encode(), capture_output=True)
    if (done.returncode, done.stdout.decode(), done.stderr) != (0, want, b''):
        sys.exit('round %d: %s: %s\nwant: %s' % (round, operands, done, want))
