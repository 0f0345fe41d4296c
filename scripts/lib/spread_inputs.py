"""The inputs of spread-spark: files, directories and URLs, and the blocks that they are cut into."""
import os
import re

from spread_job import reason
from spread_task import NAME, Failed, stamp

is_url = re.compile('[A-Za-z][A-Za-z0-9+.-]*:/').match


def in_directory(names, directory):
    """Those of the NAMES in DIRECTORY that each_file of job.sh finds, in its order."""
    kinds = [[name for name in sorted(names, key=os.fsencode) if name[0] != '.' and
        re.fullmatch(rf'.*\.{suffix}(\.gz|\.zst)?', name, re.I | re.S)] for suffix in ('csv', 'jsonl', 'tsv')]
    if not any(kinds):
        raise Failed(2, f'{NAME}: {directory}: no .csv, .jsonl or .tsv files, plain or packed')
    return sum(kinds, [])


def local_files(operand):
    """Yields name, path, stamp and first bytes of OPERAND, or of each file in it if it is a directory."""
    names = [operand]
    if os.path.isdir(operand):
        found = [name for name in os.listdir(operand) if not os.path.isdir(f'{operand}/{name}')]
        names = [f'{operand}/{name}' for name in in_directory(found, operand)]
    for name in names:
        if not os.path.isfile(name):
            raise Failed(2, f'{NAME}: {name}: not a file or directory')
        with open(name, 'rb') as file:
            yield name, os.path.abspath(name), stamp(name), file.read(4)


def remote_files(sc, operand):
    """The same for a URL of a file system that Spark knows."""
    try:
        path = sc._jvm.org.apache.hadoop.fs.Path(operand)
        system = path.getFileSystem(sc._jsc.hadoopConfiguration())
        entries = {operand: system.getFileStatus(path)}
        is_directory = entries[operand].isDirectory()
        found = {file.getPath().getName(): file for file in system.listStatus(path) if is_directory and file.isFile()}
    except Exception as error:
        raise Failed(3, f'{NAME}: {operand}: {reason(error)}') from None
    if is_directory:
        entries = {f'{operand.rstrip("/")}/{name}': found[name] for name in in_directory(found, operand)}
    for name, file in entries.items():
        if file.getLen() >= 2 ** 31 - 64:
            raise Failed(2, f'{NAME}: {name}: too large: a file of a URL must have less than 2 GB; split it')
        yield name, file.getPath().toString(), (file.getLen(), file.getModificationTime()), None


def make_blocks(plan, files):
    """The blocks of the files, as spread_task.py describes them. Files of a URL have is_remote."""
    blocks = []
    for name, path, state, magic in files:
        is_packed = magic is not None and (magic[:2] == b'\x1f\x8b' or magic == b'\x28\xb5\x2f\xfd')
        is_cut = '$PART' in plan['map'] and magic is not None and not is_packed
        n = max(1, -(-state[0] // plan['block'])) if is_cut else 1
        for i in range(n):
            blocks.append(dict(index=len(blocks), name=name, path=path, stamp=state, part=(i + 1, n) if n > 1 else None,
                is_remote=magic is None))
    return blocks
