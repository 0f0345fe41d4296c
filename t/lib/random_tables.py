"""Random tables for tests against SQLite: records as text and as a table t of a database, with n, the record's number."""
import random, sqlite3

ESCAPES = {'\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r'}


def field(value):
    return '\\N' if value is None else ''.join(ESCAPES.get(c, c) for c in value)


def text(names, records):
    return ''.join('\t'.join(map(field, r)) + '\n' for r in ([names] if names else []) + records)


def quoted(name):
    return '"%s"' % name.replace('"', '""')


def database(names, records):
    db = sqlite3.connect(':memory:')
    db.execute('CREATE TABLE t (n INTEGER PRIMARY KEY, %s)' % ', '.join(quoted(name) + ' TEXT' for name in names))
    db.executemany('INSERT INTO t VALUES (%s)' % ', '.join('?' * (len(names) + 1)), [[i] + r for i, r in enumerate(records)])
    return db
