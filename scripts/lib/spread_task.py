"""One task of spread-spark, on any machine: the map of a block, the reduce of a part, or the merge. It needs no Spark.

A plan is a dict: the commands map, reduce and merge; key, and fold (whether its case is ignored); parts, their number;
rejects, whether bad records are collected, and limit, how many. A block is a dict: index, its place among all blocks;
name, that of the file in messages; path; stamp, from stamp(); part, such as (3, 8), or None for a whole file.
"""
import os
import re
import shlex
import signal
import subprocess
import tempfile

NAME = 'spread-spark'
PROGRAMS = '''csv2tsv dedup jsonl2tsv keep-header lookup outliers pick pivot profile sessionize sqlite2tsv trend tsv2csv
    tsv2jsonl tsv2sqlite tsvcat tsvdiff tsvsplit utc weekagg where'''.split()
CHUNK = 1 << 18  # bytes moved at a time; Spark holds up to 1000 of them in memory
END_MARK = b'\\.\n'
KILLED = 'a program was killed, did not read its input, or wrote no end mark (-E)'
REPEATED = ': input failed: |: the input has no end mark|: no header line'  # messages that repeat an earlier failure
SUMMARY = re.compile(r'^\S+: ([0-9]+) read, ([0-9]+) written, ([0-9]+) rejected to .*\n', re.M)

# Until the task ends, reads the process group of each command, and an empty line when it has ended. $@: what to remove.
WATCH = '''while read -r line; do group=$line; done; [ -z "$group" ] || kill -9 "-$group"
    rm -rf -- "$@" || { sleep 1; rm -rf -- "$@"; }'''

# A program that fails says so, even in the middle of a pipeline.
FUNCTIONS = ''.join(
    '%s() { command %s "$@" || { weir_status=$?; echo "!%s $weir_status" >&2; return $weir_status; }; }\n'
    % (name, name, name) for name in PROGRAMS if '-' not in name)


class Failed(Exception):
    """The end of the job: an exit status and a message."""


def stamp(path):
    """What differs if the file changes: its size, time of change and inode."""
    status = os.stat(path)
    return status.st_size, status.st_mtime_ns, status.st_ino


class Task:
    """A temporary directory, and commands that run in it. However this process ends, a shell then kills the command and
    removes the directory and the files REMOVE. TOOLS has two directories: bin, programs that come first in PATH, and
    files, the tables of the commands."""

    def __init__(self, tools, remove=()):
        folder = os.environ.get('SPARK_LOCAL_DIRS', '').split(',')[0] or os.environ.get('TMPDIR') or '/tmp'
        self.top = tempfile.mkdtemp('', 'weir.', os.path.abspath(folder))
        self.work, self.out, self.tools = self.top + '/work', self.top + '/out', tools
        end, self.pipe = os.pipe()
        self.watcher = subprocess.Popen(['sh', '-c', WATCH, 'sh', self.top, *remove], stdin=end,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        os.close(end)
        os.mkdir(self.work)
        if tools:
            for program in os.listdir(tools + '/bin'):
                if not os.access(f'{tools}/bin/{program}', os.X_OK):  # Spark does not keep the mode
                    os.chmod(f'{tools}/bin/{program}', 0o755)
            for table in os.listdir(tools + '/files'):
                os.symlink(f'{tools}/files/{table}', f'{self.work}/{table}')

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.close(self.pipe)
        self.watcher.wait()

    def run(self, command, stdin=subprocess.DEVNULL, feed=None, **environment):
        """Runs COMMAND, which reads STDIN or the chunks FEED, in a session of its own. Returns its status and messages;
        its output is in the file self.out."""
        memory = os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') // 4 // os.cpu_count()
        path = os.environ.get('PATH', os.defpath)
        environment.update(LC_ALL='C', TMPDIR=self.top, MEMORY=str(memory), PATH=f'{self.tools}/bin:{path}')
        with open(self.out, 'wb') as out, open(self.top + '/said', 'w+b') as said:
            program = subprocess.Popen(['sh', '-c', FUNCTIONS + command], bufsize=0, stdout=out, stderr=said,
                stdin=stdin if feed is None else subprocess.PIPE, cwd=self.work, env={**os.environ, **environment},
                start_new_session=True, preexec_fn=lambda: os.write(self.pipe, b'%d\n' % os.getpid()))
            is_read = True
            if feed is not None:
                try:
                    for chunk in feed:
                        while chunk:
                            chunk = chunk[program.stdin.write(chunk):]
                except BrokenPipeError:
                    is_read = False
                program.stdin.close()
            os.waitid(os.P_PID, program.pid, os.WEXITED | os.WNOWAIT)  # nothing else has its number until wait()
            os.killpg(program.pid, signal.SIGKILL)
            status = program.wait()
            os.write(self.pipe, b'\n')
            said.seek(0)
            return status if is_read else status or 1, os.fsdecode(said.read(1 << 20))


def check(status, said, where, first=None, file=None):
    """Raises Failed if a command or one of its programs failed. It ended with STATUS, and its messages are SAID. WHERE
    it ran and the FIRST program, which read FILE, are for the message. Otherwise returns the notes of the programs."""
    ends = {program: int(code) for program, code in re.findall('^!(\\S+) ([0-9]+)$', said, re.M)}
    if not status and not ends:
        return SUMMARY.sub('', said)
    genuine = [match for match in re.finditer('^([a-z][a-z0-9-]*): .*$', SUMMARY.sub('', said), re.M)
        if match[1] == first or not re.search(REPEATED, match[0])]
    found = [match for match in genuine if match[1] in ends] or genuine
    if not found or any(code > 128 and code != 141 for code in (*ends.values(), status)):
        raise Failed(3, f'{NAME}: {where}{KILLED}')
    program = found[0][1]
    text = [match[0] for match in found if match[1] == program][-1]
    code = ends.get(program) or ends.get('sh') or status
    of_file = re.fullmatch('[^:]*: (?:input: (.*)|((?:line [0-9]|input failed: ).*))', text)
    if file and of_file and (of_file[1] or program == first):
        text = f'{program}: {file}: {of_file[1] or of_file[2]}'
    elif program != first or code != 2:
        text = f'{NAME}: {where}{text}'
    raise Failed({1: 1, 2: 2, 126: 2, 127: 2}.get(code, 3), text)


def stream(path, where, end=END_MARK):
    """The header in the file PATH, and its records in chunks. The last line must be END, which is not a record."""
    with open(path, 'rb') as file:
        size = os.fstat(file.fileno()).st_size - len(end)
        header = file.readline()
        file.seek(max(size - 1, 0))
        if size < len(header) or not header.endswith(b'\n') or file.read() != b'\n' + end:
            raise Failed(3, f'{NAME}: {where}{KILLED}')

    def chunks():
        with open(path, 'rb') as file:
            for at in range(len(header), size, CHUNK):
                file.seek(at)
                yield file.read(min(CHUNK, size - at))
    return header, chunks()


def block_name(block):
    return block['name'] + (', part %d/%d' % block['part'] if block['part'] else '')


def part_name(part):
    return f'part {part:04}'


def take_rejects(path, name, found):
    """Puts the rejects in the file PATH into FOUND, with NAME as their file."""
    field = name.replace('\\', '\\\\').replace('\t', '\\t').replace('\n', '\\n').replace('\r', '\\r')
    with open(path, 'rb') as file:
        cut = len(b'input\t') if file.readline().startswith(b'file\t') else 0
        found['rejects'] = b''.join(os.fsencode(field) + b'\t' + line[cut:] for line in file)


def map_block(block, content, plan, tools, found):
    """Runs the map on a block of the file itself, or on CONTENT, the whole file. Yields ((part, index, n), chunk) for
    each chunk of records. FOUND gets the header, the size of the records, the notes, the rejects and the counts."""
    found['size'] = 0
    where, first = block_name(block) + ': ', os.path.basename(plan['map'].split()[0])
    with Task(tools) as task:
        source, rejects = task.work + '/input', task.work + '/rejects'
        if content is None:
            os.symlink(block['path'], source)
        else:
            with open(source, 'wb') as file:
                file.write(content)
        limit = '' if plan['limit'] is None else f' --max-rejects {plan["limit"]}'
        command = plan['map']
        if plan['key']:
            os.mkdir(task.top + '/pieces')
            command = '{ ( %s\n) || echo "!sh $?" >&2; } | tsvsplit -E -k %s %s -n %d ../pieces/' % (
                command, shlex.quote(plan['key']), '-i' * plan['fold'], plan['parts'])
        with open(source, 'rb') as file:
            status, said = task.run(command, file, REJECTS='-r rejects' + limit if plan['rejects'] else '',
                PART='--part %d/%d -f input' % block['part'] if block['part'] else '-f input')
        now = stamp(source) if content is None else (len(content), *block['stamp'][1:])
        if now != block['stamp']:
            raise Failed(3, f'{NAME}: {block["name"]}: the file changed while it was read')
        if os.path.exists(rejects):
            take_rejects(rejects, block['name'], found)
        found['notes'] = check(status, said, where, first, block['name'])
        summary = SUMMARY.search(said)
        found['counts'] = [int(count) for count in summary.groups()] if summary else [0, 0, 0]
        pieces = [task.out]
        if plan['key']:
            pieces = sorted(f'{task.top}/pieces/{file}' for file in os.listdir(task.top + '/pieces'))
        for part, piece in enumerate(pieces):
            found['header'], chunks = stream(piece, where, b'' if plan['key'] else END_MARK)
            for n, chunk in enumerate(chunks):
                found['size'] += len(chunk)
                yield (part, block['index'], n), chunk


def reduce_part(part, pieces, header, plan, tools, found):
    """Runs the reduce on the PIECES of a part, as map_block() yields them, in any order. They go through a file, so
    that a part may be larger than memory. Yields ((part, 0, n), chunk). FOUND gets the header and the notes."""
    where = part_name(part) + ': '
    with Task(tools) as task, open(task.top + '/spool', 'w+b') as spool:
        places = []
        for key, chunk in pieces:
            places.append((key, spool.tell(), len(chunk)))
            spool.write(chunk)
        spool.flush()
        found['size'] = spool.tell()

        def feed():
            yield header
            yield from (os.pread(spool.fileno(), size, at) for _, at, size in sorted(places))
            yield END_MARK
        found['notes'] = check(*task.run(plan['reduce'], feed=feed()), where)
        found['header'], chunks = stream(task.out, where)
        yield from (((part, 0, n), chunk) for n, chunk in enumerate(chunks))


def attempt(work, where, found, report, is_last):
    """Yields what WORK yields, and reports what it FOUND. Raises only if another attempt may do better."""
    try:
        yield from work
    except (Failed, OSError) as error:
        found['failed'] = error.args if isinstance(error, Failed) else (3, f'{NAME}: {where}: {error.strerror}')
        if found['failed'][0] == 3 and not is_last:
            raise
    report(found)
