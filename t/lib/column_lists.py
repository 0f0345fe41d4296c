"""Checks that lists of columns select what a model selects, for random headers and lists."""
import fnmatch, os, random, subprocess, sys

rng = random.Random(11)
NAMES = ['a', 'b', 'ab', 'a_id', 'b_id', 'x_id', '_id', 'aa', 'é', '1-2', '*', '!a', 'a*', '-', '!', '', '7', '1-',
         'a b']


def single(names, item):
    if item.isdigit() and item.isascii() and 1 <= int(item) <= len(names):
        return int(item) - 1
    return names.index(item) if item in names else None


def select(names, item):
    """What ITEM selects: (a single column or None, all that it expands to)."""
    at = single(names, item)
    if at is not None:
        return at, [at]
    first, dash, last = item.partition('-')
    if dash and first.isdigit() and last.isdigit() and 1 <= int(first) <= int(last) <= len(names):
        return None, list(range(int(first) - 1, int(last)))
    if '*' in item:
        glob = ''.join(c if c == '*' else '[%s]' % c if c != '!' else c for c in item)
        return None, [i for i, name in enumerate(names) if fnmatch.fnmatchcase(name, glob)]
    return None, []


def model(names, items):
    excluded, selecting = set(), []
    for item in items:
        excludes = item.startswith('!') and single(names, item) is None
        at, all = select(names, item[excludes:])
        if not all:
            return None
        if excludes:
            excluded |= set(all)
        else:
            selecting.append((at, all))
    result = []
    for at, all in selecting or [(None, range(len(names)))]:
        result += [i for i in all if i not in excluded and (at is not None or i not in result)]
    return result or None


def item():
    base = rng.choice(NAMES + ['*' + rng.choice(['', 'd', 'a', '_id']), rng.choice('ab_') + '*', '*_*', 'a*b', '*a*a*',
                               '%d-%d' % (rng.randint(0, 4), rng.randint(0, 6)), str(rng.randint(0, 7)), 'zz'])
    return '!' * (rng.random() < 0.3) + base


def same_in_awk(names, items, want):
    """Whether expanded() of argv[1] gives names and numbers for WANT, or the list as it is if that is None."""
    program = 'BEGIN { n_columns = split(ENVIRON["names"], name, "\\t"); print expanded(ENVIRON["list"]) }'
    text = ','.join(items)
    got = subprocess.run(['awk', '-f', sys.argv[1], '-f', '/dev/stdin'], input=program.encode(), capture_output=True,
                         env={**os.environ, 'names': '\t'.join(names), 'list': text}).stdout.decode()[:-1]
    return got == text if want is None else [single(names, x) for x in got.split(',')] == want


for round in range(400):
    names = rng.sample(NAMES, rng.randint(1, 6))
    items = [item() for _ in range(rng.randint(1, 4))]
    want = model(names, items)
    text = '\t'.join(names) + '\n' + '\t'.join(map(str, range(len(names)))) + '\n'
    command = ['sessionize', '-s', '-t', '1', '--epoch', 's', '--gap', '1', '-k', ','.join(items)]
    done = subprocess.run(command, input=text.encode(), capture_output=True)
    if want is None or len(set(want)) < len(want):
        good = done.returncode == 2
    else:
        got = done.stdout.decode().split('\n')
        good = done.returncode == 0 and got[0].split('\t')[:-4] == [names[i] for i in want] and \
            got[1].split('\t')[:-4] == [str(i) for i in want]
    if not good:
        sys.exit('round %d: %r of %r: %s\nwant: %s' % (round, items, names, done, want))
    if not same_in_awk(names, items, want):
        sys.exit('round %d: %r of %r: awk, want: %s' % (round, items, names, want))
