"""A task of spread-spark on a worker: a directory with its input, spread_task.sh, and the files that it leaves.

Files move as rows, (part, (path, size, at, chunk)): CHUNK is what is at AT in the file PATH of SIZE bytes. PATH is
relative to the directory of the job. Rows may come in any order.
"""
import os
import subprocess
import tempfile

CHUNK = 1 << 16  # Spark holds up to 1000 of them in memory


def save(rows, top):
    """Writes the files in ROWS into the directory TOP. Returns their number, or None if one is not whole."""
    missing = {}
    for _, (path, size, at, chunk) in rows:
        if path not in missing:
            missing[path] = size
            os.makedirs(os.path.dirname(f'{top}/{path}'), exist_ok=True)
        with open(os.open(f'{top}/{path}', os.O_WRONLY | os.O_CREAT, 0o666), 'wb') as file:
            file.seek(at)
            file.write(chunk)
        missing[path] -= len(chunk)
    return None if any(missing.values()) else len(missing)


def load(path, top, part):
    """The file PATH in the directory TOP, as rows."""
    with open(f'{top}/{path}', 'rb') as file:
        size = os.fstat(file.fileno()).st_size
        for at in range(0, max(size, 1), CHUNK):
            yield part, (path, size, at, file.read(CHUNK))


def run_task(kind, task, tools, outputs, content=None, rows=(), n_files=0):
    """Runs TASK, a line of the list for spread_task.sh, with what is in the directory TOOLS; on a copy of its file with
    CONTENT, or on the N_FILES files in ROWS. Yields a dict of the small files that it left, by path, then as rows those
    of OUTPUTS that exist."""
    folder = os.environ.get('SPARK_LOCAL_DIRS', '').split(',')[0] or os.environ.get('TMPDIR') or '/tmp'
    top = tempfile.mkdtemp('', 'weir.', os.path.abspath(folder))
    watch = subprocess.Popen(['sh', tools + '/spread_watch.sh', top, tools, kind, task], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0, start_new_session=True)
    try:
        if content is not None:
            with open(top + '/source', 'wb') as file:
                file.write(content)
        if save(rows, top) != n_files:
            raise OSError(0, 'Spark lost records')
        watch.stdin.write(b'\n')
        reason = os.fsdecode(watch.stdout.readline()).strip()
        name, small = kind + task.split('\t')[0], {}
        for file in 'said', 'header', 'rejects', 'done', 'failed':
            if os.path.exists(f'{top}/{name}/{file}'):
                with open(f'{top}/{name}/{file}', 'rb') as small_file:
                    small[f'{name}/{file}'] = small_file.read()
        if not {name + '/done', name + '/failed'}.intersection(small):
            raise OSError(0, reason or 'a program was killed')
        yield small
        for part, file in enumerate(outputs):
            if os.path.exists(f'{top}/{name}/{file}'):
                yield from load(f'{name}/{file}', top, part)
    finally:
        watch.stdin.close()
        watch.wait()
