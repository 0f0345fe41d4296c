"""A task of spread-spark on a worker: a directory with its input, spread_task.sh, and the files that it leaves.

Files move as rows, (part, (path, size, at, chunk)): CHUNK is what is at AT in the file PATH of SIZE bytes. PATH is
relative to the directory of the job. Rows may come in any order.
"""
import os
import subprocess
import tempfile

CHUNK = 1 << 16  # Spark holds up to 1000 of them in memory
SMALL = 'said', 'header', 'rejects', 'done', 'failed'

# Removes DIRECTORY at the end of standard input. Starts the task at its first line, and prints a line when the task has
# ended; at the end, kills all its programs. Spark does not keep the mode of files. usage: DIRECTORY TOOLS KIND TASK
WATCH = '''if read -r line; then
        chmod 755 "$2"/bin/*
        setsid sh -c 'sh "$2/spread_task.sh" "$1" "$3" "$4" > /dev/null 2> "$1/log"; echo' sh "$@" & task=$!
        exec > /dev/null
        read -r line
        kill -9 "-$task" || kill -9 "$task"
    fi
    rm -rf -- "$1" || { sleep 1; rm -rf -- "$1"; }'''


def save(rows, top):
    """Writes the files that ROWS are into the directory TOP. Returns their number. None: one of them is not whole."""
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
    """Runs TASK, a line of the list for spread_task.sh, with the files in the directory TOOLS; on a copy of its file
    with CONTENT, or on the N_FILES files in ROWS. Yields a dict of the small files that it left, then as rows those of
    OUTPUTS that exist."""
    folder = os.environ.get('SPARK_LOCAL_DIRS', '').split(',')[0] or os.environ.get('TMPDIR') or '/tmp'
    top = tempfile.mkdtemp('', 'weir.', os.path.abspath(folder))
    name = kind + os.fsdecode(task).split('\t')[0]
    environment = {**os.environ, 'TMPDIR': top, 'PATH': f'{tools}/bin:{os.environ.get("PATH", os.defpath)}'}
    if content is not None:
        environment['SOURCE'] = top + '/source'
    watch = subprocess.Popen(['sh', '-c', WATCH, 'sh', top, tools, kind, task], stdin=subprocess.PIPE, bufsize=0,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, start_new_session=True)
    try:
        for shared in 'job', 'tables':
            os.symlink(f'{tools}/{shared}', f'{top}/{shared}')
        if content is not None:
            with open(top + '/source', 'wb') as file:
                file.write(content)
        if save(rows, top) != n_files:
            raise OSError(0, 'Spark lost records')
        watch.stdin.write(b'\n')
        watch.stdout.readline()
        small = {}
        for path in (f'{name}/{file}' for file in SMALL):
            if os.path.exists(f'{top}/{path}'):
                with open(f'{top}/{path}', 'rb') as file:
                    small[path] = file.read()
        if name + '/done' not in small and name + '/failed' not in small:
            with open(top + '/log') as file:
                raise OSError(0, file.readline().rstrip('\n') or 'a program was killed')
        yield small
        for part, file in enumerate(outputs):
            if os.path.exists(f'{top}/{name}/{file}'):
                yield from load(f'{name}/{file}', top, part)
    finally:
        watch.stdin.close()
        watch.wait()
