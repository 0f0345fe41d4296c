"""Checks pivot against a model, for random records, and that --long and pivot undo each other."""
import random, subprocess, sys

rng = random.Random(5)
FIELDS = ['\\N', '', 'a', 'b', 'A', '\\\\N', 'x\\ty', 'é', '1', '01', 'n', 'k' * 300]


def run(arguments, header, records):
    stream = ''.join('\t'.join(r) + '\n' for r in [header] * ('-N' not in arguments) + records)
    done = subprocess.run(['pivot'] + arguments, input=stream.encode(), capture_output=True)
    return done.returncode, [l.split('\t') for l in done.stdout.decode().split('\n')[:-1]], done.stderr.decode()


def expect(got, status, want, message):
    if got[0] != status or (want is not None and got[1] != want) or message not in got[2]:
        sys.exit('%s\ngot:  %s\nwant: %s' % (arguments, got, (status, want, message)))


def model(header, records, n, v, key, fill):
    """The lines that pivot writes, or why it stops."""
    names, rows = [], {}
    for line, r in enumerate(records, 2):
        name, place = r[n], tuple(r[i] for i in key)
        if name == '\\N':
            return 'line %d: column n: "\\N" cannot be the name of a column' % line
        if name in [header[i] for i in key]:
            return 'line %d: column n: "%s" is the name of a key column' % (line, name)
        if name not in names:
            names.append(name)
        row = rows.setdefault(place, {})
        if name in row:
            return 'already has a value for this key, in line %d' % row[name][1]
        row[name] = r[v], line
    lines = [list(k) + [row[x][0] if x in row else fill for x in names] for k, row in rows.items()]
    return [[header[i] for i in key] + names] + lines


for round_number in range(400):
    width = rng.randint(2, 5)
    order = rng.sample(range(width), width)
    header = ['' for _ in range(width)]
    for i, name in zip(order, ['n', 'v', 'a', 'k2', 'k3']):
        header[i] = name
    n, v = header.index('n'), header.index('v')
    key = [i for i in range(width) if i not in (n, v)]
    arguments = ['-n', 'n', '-v', 'v']
    if key and rng.random() < 0.5:
        key = rng.sample(key, rng.randint(1, len(key)))
        arguments += ['-k', ','.join(header[i] for i in key)]
    fill = rng.choice(['\\N', '', '0', 'x\\ty'])
    if fill != '\\N':
        arguments += ['--fill', fill]
    fields = rng.sample(FIELDS, rng.randint(2, len(FIELDS)))
    records, places = [], set()
    for _ in range(rng.choice([1, 2, 20, 60])):
        r = [rng.choice(fields) for _ in range(width)]
        place = tuple(r[i] for i in key + [n])
        is_bad = place in places or r[n] == '\\N' or r[n] in [header[i] for i in key]
        if is_bad and rng.random() < 0.98:
            continue
        places.add(place)
        records.append(r)
    want = model(header, records, n, v, key, fill)
    got = run(arguments, header, records)
    if not records and not key:
        expect(got, 1, None, 'no records and no key')
    elif isinstance(want, str):
        expect(got, 1, None, want)
    else:
        expect(got, 0, want, '')
        # Back: all places, nulls included; and again: the same table.
        names = want[0][len(key):]
        if names:
            arguments = ['--long', ','.join(str(i + 1) for i in range(len(key), len(key) + len(names))), '-n', 'n', '-v', 'v']
            if set(want[0][:len(key)]) & {'n', 'v'}:
                sys.exit('the key has a column n or v')
            longer = [r[:len(key)] + [name, value] for r in want[1:] for name, value in zip(names, r[len(key):])]
            expect(run(arguments, want[0], want[1:]), 0, [want[0][:len(key)] + ['n', 'v']] + longer, '')
            arguments = ['-n', 'n', '-v', 'v']
            expect(run(arguments, want[0][:len(key)] + ['n', 'v'], longer), 0, want, '')
            arguments = ['-N', '--long', '2-%d' % len(want[0])] if len(want[0]) > 1 else ['-N', '--long', '1']
            numbers = [r[:1] + [str(i + 1), r[i]] for r in want[1:] for i in range(1, len(r))] if len(want[0]) > 1 else \
                [['1', r[0]] for r in want[1:]]
            expect(run(arguments, None, want[1:]), 0, numbers, '')
