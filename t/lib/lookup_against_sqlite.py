"""Checks that lookup gives what joins of SQLite give, for random tables and records."""
import random, sqlite3, subprocess, sys

rng = random.Random(7)
VALUES = [None, '', 'a', 'A', 'ab', 'b', 'B', 'a\tb', 'b\t', '\t', '\\', '\\N', '\\\\N', 'N', 'n\n', '\r', 'é', 'É', 'ß', 'SS', '1', '01',
          'x' * 300]
ESCAPES = {'\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r'}


def field(value):
    return '\\N' if value is None else ''.join(ESCAPES.get(c, c) for c in value)


def case_folded(value):
    return ''.join(c if len(c.casefold()) > 1 else c.casefold() for c in value)


def text(names, records):
    return ''.join('\t'.join(map(field, r)) + '\n' for r in [names] + records).encode()


def run(arguments, stream):
    done = subprocess.run(['lookup', '-f', 'table.tsv'] + arguments, input=stream, capture_output=True)
    return done.returncode, done.stdout, done.stderr.decode()


def check(round):
    width = rng.choice([1, 1, 2, 3])                # columns of the key
    values = rng.sample(VALUES, rng.randint(2, len(VALUES)))
    fold = rng.random() < 0.3
    def records(n, columns):
        return [[rng.choice(values) for _ in range(columns)] for _ in range(n)]
    stream_names = ['k%d' % i for i in range(width)] + ['s']
    table_names = ['t%d' % i for i in range(width)] + ['p', 'q']
    stream = records(rng.choice([0, 1, 5, 31, 32, 33, 200]), width + 1)
    table = records(rng.choice([0, 1, 4, 40]), width + 2)
    multi = rng.random() < 0.5
    fold_key = lambda r: [case_folded(v) if fold and v is not None else v for v in r[:width]]
    if not multi and rng.random() < 0.9:            # else a duplicate is left, if there is one
        seen, unique = set(), []
        for r in table:
            key = tuple(fold_key(r))
            if None in key or key not in seen:
                seen.add(key)
                unique.append(r)
        table = unique
    keys = [tuple(fold_key(r)) for r in table if None not in r[:width]]
    # The columns stand in any order in the table.
    order = rng.sample(range(width + 2), width + 2)
    with open('table.tsv', 'wb') as f:
        f.write(text([table_names[i] for i in order], [[r[i] for i in order] for r in table]))

    db = sqlite3.connect(':memory:')
    db.create_collation('fold', lambda a, b: (case_folded(a) > case_folded(b)) - (case_folded(a) < case_folded(b)))
    collation = ' COLLATE fold' if fold else ''
    for name, names, rows in ('s', stream_names, stream), ('t', table_names, table):
        db.execute('CREATE TABLE %s (n INTEGER PRIMARY KEY, %s)' % (name, ', '.join('%s TEXT%s' % (c, collation) for c in names)))
        db.executemany('INSERT INTO %s VALUES (%s)' % (name, ', '.join('?' * (len(names) + 1))),
                       [[i] + r for i, r in enumerate(rows)])
    on = ' AND '.join('s.k%d = t.t%d' % (i, i) for i in range(width))
    columns = ', '.join('s.' + c for c in stream_names)
    added = [c for c in (table_names[i] for i in order) if c in 'pq']
    names = added
    option = []
    if rng.random() < 0.5:
        added = [rng.choice(table_names) for _ in range(rng.randint(1, 3))]
        names = ['new%d' % i for i in range(len(added))]
        option = ['-a', ','.join('%s=%s' % x for x in zip(names, added))]
    both = columns + ''.join(', t.' + c for c in added)
    queries = {
        '': ('SELECT %s FROM s JOIN t ON %s ORDER BY s.n, t.n' % (both, on), stream_names + names),
        '--left': ('SELECT %s FROM s LEFT JOIN t ON %s ORDER BY s.n, t.n' % (both, on), stream_names + names),
        '--semi': ('SELECT %s FROM s WHERE EXISTS (SELECT 1 FROM t WHERE %s) ORDER BY s.n' % (columns, on), stream_names),
        '--anti': ('SELECT %s FROM s WHERE NOT EXISTS (SELECT 1 FROM t WHERE %s) ORDER BY s.n' % (columns, on), stream_names),
    }
    for kind, (query, header) in queries.items():
        arguments = ['-k', ','.join(stream_names[:width]), '-K', ','.join(table_names[:width])]
        arguments += [kind] * (kind != '') + ['--multi'] * multi + ['-i'] * fold
        arguments += option if kind in ('', '--left') else []
        got = run(arguments, text(stream_names, stream))
        if not multi and len(set(keys)) < len(keys):
            good = got[0] == 1 and 'duplicate key' in got[2]
            want = 'a duplicate key'
        else:
            want = text(header, [list(r) for r in db.execute(query)])
            good = got == (0, want, '')
        if not good:
            sys.exit('round %d: lookup %s: %s\nwant: %s' % (round, ' '.join(arguments), got, want))


for round in range(120):
    check(round)
