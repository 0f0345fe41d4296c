"""Checks that the program argv[1], where, selects what WHERE of SQLite selects, for argv[2] random tables and conditions.
SQL compares and combines; python3 tells numbers, patterns and times."""
import random, re, sqlite3, subprocess, sys
from datetime import datetime, timezone
from random_tables import database, field, quoted, text

rng = random.Random(3)
TEXTS = [None, '', 'a', 'A', 'ab', 'b', 'é', 'a\tb', 'a\x01', '\\', '\\N', '@a', 'a b', ' a', 'x' * 40]
NUMBERS = ['0', '-0', '1', '1.0', '2', '10', '007', '+1', '-1', '-1.5', '1.50', '0.5', '.5', '1e1', '1E-1', '0.1', '123456789012',
           '1234567890123', '999999999999.999999', '1000000000000', '0.0000001', '-', '1.', '1.5.1', '9007199254740992']
TIMES = ['2024-01-01', '2024-01-01T00:00', '2024-01-01T00:00:00Z', '2024-01-01 02:00:00+02:00', '2023-12-31T23:59:59.5',
         '2024-01-01T00:00:00.25+0000', '2024-01-02', '1969-12-31', '2024-01-01T01:30:00+01:30', '2023-02-29', '2024-13-01']
KINDS = [TEXTS, NUMBERS, NUMBERS + [None], TIMES, TIMES[:9] + [None], TEXTS + NUMBERS + TIMES]
NAMES = ['a', 'b', 'c', 'a=b', 'x y', 'é', 't:num', 'a!', '<', '', 'n ']
OPERATORS = {'=': '=', '!=': '<>', '<': '<', '<=': '<=', '>': '>', '>=': '>='}
PATTERNS = ['a', '^a', 'b$', '^1', '^$', '', '.', '^.$', '[0-9]+', '(a|b)', '1\\.', '^2024', 'é', '@', '5$', '^1.0$', 'x{3,}', '^ab$']
NUMBER = re.compile(r'-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?')


def is_number(value):
    return value is not None and NUMBER.fullmatch(value) is not None


def instant(value):
    """Seconds since 1970 of a time in TIMES, an exact binary fraction; None if it is no time."""
    value = (value or '').replace(' ', 'T')
    value = re.sub(r'(\.25|\.5)', lambda m: m[0].ljust(7, '0'), value)
    try:
        time = datetime.fromisoformat(re.sub(r'\+(..)(..)$', r'+\1:\2', value.replace('Z', '+00:00')))
    except ValueError:
        return None
    return (time if time.tzinfo else time.replace(tzinfo=timezone.utc)).timestamp()


def is_type(kind, value):
    return value is None or {'num': is_number, 'int': lambda v: re.fullmatch('-?(0|[1-9][0-9]*)', v) is not None,
                             'bool': lambda v: v in ('true', 'false'), 'time': lambda v: instant(v) is not None,
                             'str': lambda v: True}[kind](value)


def condition(names):
    """A condition, and SQL for whether it holds and whether a value is bad."""
    name = rng.choice(names)
    kind = rng.choice([None] * 4 + ['num', 'time', 'str', 'int', 'bool'])
    left = field(name) + (':' + kind if kind else '')
    column = quoted(name)
    blank = rng.choice(['', '', ' '])
    bad = '0' if kind is None else 'NOT is_type(%s, %s)' % (literal(kind), column)
    if rng.random() < 0.2:
        word, pattern = rng.choice(['~', '!~']), rng.choice(PATTERNS)
        return left + blank + word + blank + pattern, '%s matches(%s, %s)' % ('NOT' * (word == '!~'), column, literal(pattern)), bad
    word = rng.choice(list(OPERATORS))
    if rng.random() < 0.25:
        other = rng.choice(names)
        while other.startswith('@'):
            other = rng.choice(names)
        value, right = '@' + field(other), quoted(other)
        bad += ' OR NOT is_type(%s, %s)' % (literal(kind), right) if kind else ''
    else:
        chosen = rng.choice(TIMES[:9] if kind == 'time' else [v for v in rng.choice(KINDS) if kind is None or is_type(kind, v)] or [None])
        right = literal(chosen)
        value = ('@' if chosen is not None and chosen.startswith('@') else '') + field(chosen)
        if chosen is None:
            is_null = {'=': column + ' IS NULL', '!=': column + ' IS NOT NULL'}
            return left + blank + word + blank + value, is_null.get(word, '0'), bad
        if not blank and value.startswith(' '):
            blank = ' '
    sql = OPERATORS[word]
    numbers = 'CAST(%s AS NUMERIC) %s CAST(%s AS NUMERIC)' % (column, sql, right)
    both = 'CASE WHEN is_number(%s) AND is_number(%s) THEN %s ELSE %s %s %s END' % (column, right, numbers, column, sql, right)
    test = {'time': 'instant(%s) %s instant(%s)' % (column, sql, right), 'str': '%s %s %s' % (column, sql, right),
            'bool': '%s %s %s' % (column, sql, right)}.get(kind, both)
    return left + blank + word + blank + value, test, bad


def literal(value):
    return 'NULL' if value is None else "CAST(x'%s' AS TEXT)" % value.encode().hex()


for round in range(int(sys.argv[2])):
    names = rng.sample(NAMES, rng.randint(1, 5))
    kinds = [rng.choice(KINDS) for _ in names]
    records = [[rng.choice(kind) for kind in kinds] for _ in range(rng.choice([0, 1, 7, 40]))]
    names = [n for n in names if not any(n != m and field(n).startswith(field(m)) for m in names)]
    records = [r[:len(names)] for r in records]
    conditions = [condition(names) for _ in range(rng.choice([1, 1, 2, 3]))]
    any_, invert = rng.random() < 0.4, rng.random() < 0.3
    db = database(names, records)
    db.create_function('is_number', 1, is_number)
    db.create_function('is_type', 2, is_type)
    db.create_function('instant', 1, instant)
    db.create_function('matches', 2, lambda v, p: None if v is None else re.search(p.encode(), v.encode(), re.S) is not None)
    whole = (' OR ' if any_ else ' AND ').join('coalesce(%s, 0)' % test for _, test, _ in conditions)
    bad = ' OR '.join('coalesce(%s, 0)' % wrong for _, _, wrong in conditions)
    columns = ', '.join(quoted(name) for name in names)
    query = 'SELECT %s FROM t WHERE NOT (%s) AND %s(%s) ORDER BY n' % (columns, bad, 'NOT' * invert, whole)
    want = text(names, [list(r) for r in db.execute(query)])
    rejected = [n + 2 for n, in db.execute('SELECT n FROM t WHERE %s ORDER BY n' % bad)]
    command = [sys.argv[1], '-r', 'rejects'] + ['--any'] * any_ + ['-v'] * invert + ['--'] + [c for c, _, _ in conditions]
    done = subprocess.run(command, input=text(names, records).encode(), capture_output=True)
    lines = [int(line.split('\t')[0]) for line in open('rejects').read().split('\n')[1:-1]]
    if done.returncode != 0 or done.stdout.decode() != want or lines != rejected:
        sys.exit('round %d: %s: %s\nwant: %r\nrejected %s, want %s\n%s' % (round, command, done, want, lines, rejected, query))
