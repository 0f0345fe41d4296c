"""Checks dedup -i: two characters are the same key exactly if the simple case folding of Unicode makes them the same, for all
characters that this python3 knows. Where its full folding, casefold(), makes several characters of one, the simple folding is
that of lower() or none: U+1E9E becomes U+00DF, and U+0130 stays."""
import subprocess, sys, unicodedata

TABLE = (15, 0)  # the version of Unicode in common/base/fold_table.h


def folded(c):
    for form in c.casefold(), c.lower():
        if len(form) == 1:
            return form
    return c


is_newer = tuple(map(int, unicodedata.unidata_version.split('.')[:2])) > TABLE
characters = [chr(c) for c in range(0x20, 0x110000) if not 0xd800 <= c < 0xe000 and c != 0x5c and unicodedata.category(chr(c)) != 'Cn']
done = subprocess.run(['dedup', '-iN'], input='\n'.join(characters).encode(), capture_output=True)
got = done.stdout.decode().split('\n')[:-1]
seen, want = set(), []
for c in characters:
    if folded(c) not in seen:
        seen.add(folded(c))
        want.append(c)
if is_newer:  # what it added stays as it is
    want = want if set(want) <= set(got) and len(got) - len(want) < 200 else []
    got = want
if done.returncode != 0 or not want or got != want:
    sys.exit('differ: %s' % ascii(set(got) ^ set(want)))
if len(characters) - len(want) < 1300:
    sys.exit('only %d characters are folded' % (len(characters) - len(want)))
