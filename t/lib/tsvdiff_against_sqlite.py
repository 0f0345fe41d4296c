"""Checks that tsvdiff finds what a full outer join of SQLite finds, for random tables, and that OLD and its output make NEW."""
import random, sqlite3, subprocess, sys

rng = random.Random(13)
FIELDS = ['\\N', '', 'a', 'b', 'A', '\\\\N', 'x\\ty', 'é', '1', '1.0', 'k' * 300]
KEYS = FIELDS + [str(i) for i in range(60)]


def write(name, header, records, no_header):
    with open(name, 'w', newline='') as f:
        f.write(''.join('\t'.join(r) + '\n' for r in [header] * (not no_header) + records))


def table(n_records, key_width, columns):
    """Records with different keys: first the key, then a value for each column."""
    records = {}
    for _ in range(n_records):
        records.setdefault(tuple(rng.choice(KEYS) for _ in range(key_width)), [rng.choice(fields) for _ in columns])
    return records


def changed(old, key_width, columns):
    """A later version of the table OLD."""
    new = {}
    for key in rng.sample(list(old), len(old)) if rng.random() < 0.5 else old:
        if rng.random() < 0.9:
            new[key] = [v if rng.random() < 0.8 else rng.choice(fields) for v in old[key]]
    new.update((k, v) for k, v in table(rng.choice([0, 1, 10]), key_width, columns).items() if k not in new)
    return new


def expected(keys, old_columns, new_columns, old, new, old_header):
    db = sqlite3.connect(':memory:')
    for name, columns, records in ('o', old_columns, old), ('n', new_columns, new):
        names = keys + columns
        db.execute('CREATE TABLE %s (i INTEGER PRIMARY KEY, %s)' % (name, ', '.join('"%s" TEXT' % c for c in names)))
        db.executemany('INSERT INTO %s VALUES (%s)' % (name, ', '.join('?' * (len(names) + 1))),
                       [(i,) + k + tuple(v) for i, (k, v) in enumerate(records.items())])
    all_columns = [c for c in new_columns if c in old_columns] + [c for c in new_columns if c not in old_columns]
    all_columns += [c for c in old_header if c in old_columns and c not in new_columns]
    side = lambda name, columns: [name + '."%s"' % c if c in columns else "'\\N'" for c in all_columns]
    query = 'SELECT o.i, n.i, %s FROM o FULL JOIN n ON %s ORDER BY n.i IS NULL, n.i, o.i' % (
        ', '.join(['coalesce(o."%s", n."%s")' % (k, k) for k in keys] + side('o', old_columns) + side('n', new_columns)),
        ' AND '.join('o."%s" = n."%s"' % (k, k) for k in keys))
    lines = []
    for row in db.execute(query):
        was, is_now, key, values = row[0], row[1], list(row[2:2 + len(keys)]), row[2 + len(keys):]
        change = 'added' if was is None else 'removed' if is_now is None else 'changed'
        own = {'added': new_columns, 'removed': old_columns}.get(change)
        before, after = values[:len(all_columns)], values[len(all_columns):]
        for c, b, a in zip(all_columns, before, after):
            if b != a and change == 'changed' or own is not None and c in own:
                lines.append(key + [change, c, '\\N' if b is None else b, '\\N' if a is None else a])
        if own == []:
            lines.append(key + [change, '\\N', '\\N', '\\N'])
    return lines


def replay(lines, keys, columns, old):
    """The table that OLD and the differences make."""
    new = {k: dict(v) for k, v in old.items()}
    for r in lines:
        key = tuple(r[:keys])
        if r[keys] == 'removed':
            new.pop(key, None)
        elif r[keys + 1] != '\\N':
            new.setdefault(key, {})[r[keys + 1]] = r[keys + 3]
        else:
            new.setdefault(key, {})
    return {k: [v.get(c, '\\N') for c in columns] for k, v in new.items()}


def check(round_number):
    global fields
    fields = rng.sample(FIELDS, rng.randint(2, len(FIELDS)))
    key_width = rng.choice([1, 1, 2, 3])
    no_header = rng.random() < 0.2
    keys = ['k%d' % i for i in range(key_width)]
    common = ['c%d' % i for i in range(rng.choice([0, 1, 2, 4]))]
    old_columns = common + ['o1', 'o2'][:rng.choice([0, 0, 0, 1, 2])]
    new_columns = common + ['n1', 'n2'][:rng.choice([0, 0, 0, 1, 2])] * (not no_header)
    if rng.random() < 0.5 and not no_header:
        rng.shuffle(old_columns)
        rng.shuffle(new_columns)
    old = table(rng.choice([0, 1, 31, 32, 33, 200]), key_width, old_columns)
    later = changed(old, key_width, old_columns) if rng.random() < 0.9 else table(20, key_width, old_columns)
    new = {k: [v[old_columns.index(c)] if c in old_columns else rng.choice(fields) for c in new_columns]
           for k, v in later.items()}
    if no_header and (not old or not new):
        new_columns = old_columns       # a file without records and header has all columns
        new = later
    order = list(range(key_width + len(old_columns)))
    if not no_header:
        rng.shuffle(order)              # the key need not come first
    old_records = [[(k + tuple(v))[i] for i in order] for k, v in old.items()]
    old_header = [(keys + old_columns)[i] for i in order]
    write('old.tsv', old_header, old_records, no_header)
    write('new.tsv', keys + new_columns, [list(k) + v for k, v in new.items()], no_header)

    lines = expected(keys, old_columns, new_columns, old, new, old_header)
    if no_header:                       # columns are called by their positions
        position = {c: str(i + 1) for i, c in enumerate(keys + max(old_columns, new_columns, key=len))}
        want = [r[:-3] + [position.get(r[-3], '\\N')] + r[-2:] for r in lines]
    else:
        want = [keys + ['Change', 'Column', 'Old', 'New']] + lines
    differ = bool(lines) or set(old_columns) != set(new_columns)
    command = ['tsvdiff', '--check', '-k', ','.join(str(i + 1) for i in range(key_width)) if no_header else ','.join(keys)]
    command += ['-N'] * no_header + ['old.tsv', 'new.tsv']
    done = subprocess.run(command, capture_output=True)
    got = [l.split('\t') for l in done.stdout.decode().split('\n')[:-1]]
    if got != want or done.returncode != differ:
        print('round %d: %s: %d: %s' % (round_number, command, done.returncode, done.stderr))
        sys.exit(next(('got:  %s\nwant: %s' % pair for pair in zip(got, want) if pair[0] != pair[1]), 'the rest differs')[:1000])
    before = {k: dict(zip(old_columns, v)) for k, v in old.items()}
    if replay(lines, key_width, new_columns, before) != new:
        sys.exit('round %d: the differences do not make the new table' % round_number)


for round_number in range(300):
    check(round_number)
