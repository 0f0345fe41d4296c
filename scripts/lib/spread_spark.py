"""The engine of spread-spark: runs the tasks of spread on Spark.

usage: spread_spark.py WORK NAME
Reads requests, and prints an answer to each, an exit status and a result or message:
    start       starts Spark, or takes a running session, with the settings in WORK/conf; answers the number of cores
    list URL    if it is a directory, makes WORK/listing with an empty file for each file in it
    state URL   answers the size of a file, and its time of change
    map, reduce runs the tasks in WORK/map or WORK/reduce; their files are then in WORK. "failed": one of them did
"""
import glob
import os
import re
import sys
import tarfile
import threading
import uuid

from spread_worker import run_task, save

LIB = os.path.dirname(os.path.abspath(__file__))


class Failed(Exception):
    """The end of the job: an exit status and a message."""


class Files:
    """For an accumulator: the small files of tasks, by path. A task may report them twice; then they are the same."""

    def zero(self, value):
        return {}

    def addInPlace(self, value, more):
        value.update(more)
        return value


def reason(error):
    """The last cause in an exception of Spark."""
    text = str(error)
    if 'spark.driver.maxResultSize' in text:
        return 'the result of a part is larger than spark.driver.maxResultSize; raise it with --conf'
    causes = re.findall(r'^(?:: |Caused by: )?\S*(?:Exception|Error): (.*)', text, re.M)
    return causes[-1] if causes else text.split('\n')[0]


class Engine:
    def __init__(self, work, name):
        self.work, self.name = work, name
        self.urls = {}  # for each URL its state, and the path that Spark calls it by

    def start(self, _):
        home = os.environ.get('SPARK_HOME', '')
        sys.path += [home + '/python', *glob.glob(glob.escape(home) + '/python/lib/py4j-*.zip')]
        try:
            from pyspark import SparkConf, SparkContext
        except ImportError:
            raise Failed(3, 'PySpark is not installed: install it, or set SPARK_HOME') from None
        conf = SparkConf().setAppName(self.name).set('spark.ui.enabled', 'false')
        with open(self.work + '/conf') as file:
            conf.setAll(setting.split('=', 1) for setting in file.read().split('\0')[:-1])
        if conf.get('spark.master', 'local').startswith('local'):
            os.environ.setdefault('PYSPARK_PYTHON', sys.executable)
        try:
            self.sc = SparkContext.getOrCreate(conf)
        except Exception as error:
            with open(self.work + '/log', errors='replace') as file:
                lines = re.findall(r'.*\S', file.read())
            raise Failed(3, f'cannot start Spark: {[*lines, str(error).strip()][0]}') from None
        return self.sc.defaultParallelism

    def find(self, url):
        path = self.sc._jvm.org.apache.hadoop.fs.Path(url)
        system = path.getFileSystem(self.sc._jsc.hadoopConfiguration())
        return system, system.getFileStatus(path)

    def list(self, url):
        system, found = self.find(url)
        if found.isDirectory():
            os.mkdir(self.work + '/listing')
            for file in system.listStatus(found.getPath()):
                if file.isFile():
                    open(f'{self.work}/listing/{file.getPath().getName()}', 'x').close()

    def state(self, url):
        _, file = self.find(url)
        if file.getLen() >= 2 ** 31 - 64:
            raise Failed(2, f'{url}: too large: a file of a URL must have less than 2 GB; split it')
        self.urls[url] = f'{file.getLen()} {file.getModificationTime()}', file.getPath().toString()
        return self.urls[url][0]

    def read_list(self, kind):
        with open(f'{self.work}/{kind}', 'rb') as file:
            return os.fsdecode(file.read()).split('\n')[:-1]

    def start_tasks(self):
        """Sends what tasks need to the workers. Returns the function that runs one there."""
        from pyspark import SparkFiles
        archive, name, files = f'{uuid.uuid4().hex}.tar', self.name, self.sc.accumulator({}, Files())
        with tarfile.open(f'{self.work}/{archive}', 'w', dereference=True) as tar:
            for file in 'job', 'tables', 'bin':
                tar.add(f'{self.work}/{file}', file)
            for file in 'spread_task.sh', 'spread_watch.sh', 'spread_reason.awk':
                tar.add(f'{LIB}/{file}', file)
        self.sc.addArchive(f'{self.work}/{archive}')
        self.sc.addPyFile(LIB + '/spread_worker.py')
        self.files = files

        def run(kind, task, where, outputs, **more):
            try:
                rows = run_task(kind, task, SparkFiles.get(archive), outputs, **more)
                small = next(rows)
                code, _, why = small.get(kind + task.split('\t')[0] + '/failed', b'').partition(b'\n')
                if code == b'3':  # Spark tries again
                    raise RuntimeError(os.fsdecode(why.strip()).removeprefix(name + ': '))
                if not code:
                    yield from rows
            except OSError as error:
                raise RuntimeError(f'{where}: {error.strerror}') from None
            files.add(small)
        return run

    def run(self, kind, tasks, compute):
        """Runs the tasks by calling COMPUTE, and puts their small files into WORK. If a task fails, ends once the tasks
        before it have ended: the first failure counts."""
        errors, group = [], uuid.uuid4().hex

        def work():
            try:
                self.sc.setJobGroup(group, self.name, True)
                compute()
            except Exception as error:
                errors.append(error)
        names = [kind + task.split('\t')[0] for task in tasks]
        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        count = open(f'{self.work}/{kind}.done', 'wb', buffering=0)
        while thread.is_alive():
            thread.join(0.05 + len(self.files.value) / 1e5)  # less often if there are many
            files = set(self.files.value)
            os.pwrite(count.fileno(), b'%d\n' % sum(name + '/done' in files for name in names), 0)
            first = next((name for name in names if name + '/done' not in files), '')
            if first + '/failed' in files:
                self.sc.cancelJobGroup(group)
        for path, content in self.files.value.items():
            os.makedirs(os.path.dirname(f'{self.work}/{path}'), exist_ok=True)
            with open(f'{self.work}/{path}', 'wb') as file:
                file.write(content)
        if any(name + '/failed' in self.files.value for name in names):
            raise Failed(0, 'failed')
        if errors:
            raise errors[0]
        if not all(name + '/done' in self.files.value for name in names):
            raise Failed(3, 'Spark lost a task')

    def collect(self, kind, tasks, rdd):
        """Runs the tasks that compute RDD. Their output stays on the disks of the workers until all are done, and is
        fetched part by part, because it may not fit in memory."""
        from pyspark import StorageLevel
        rdd.persist(StorageLevel.DISK_ONLY)
        try:
            self.run(kind, tasks, rdd._jrdd.count)
            if save(rdd.toLocalIterator(), self.work) != len(tasks):
                raise Failed(3, 'Spark lost the output of a task')
        finally:
            rdd.unpersist()

    def map(self, _):
        tasks = {task: task.split('\t')[3] for task in self.read_list('map')}
        self.n_maps, self.parts, self.run_task = len(tasks), self.read_list('reduce'), self.start_tasks()
        run, outputs = self.run_task, self.parts or ['out']
        local = [(task, None) for task, file in tasks.items() if file not in self.urls]
        remote = {self.urls[file][1]: task for task, file in tasks.items() if file in self.urls}
        if len(local) + len(remote) < len(tasks):
            raise Failed(2, 'a URL must not be given twice')
        inputs = [self.sc.parallelize(local, len(local))] if local else []
        if remote:
            paths = ','.join(re.sub(r'[\\{}\[\]*?,]', r'\\\g<0>', path) for path in remote)
            inputs.append(self.sc.binaryFiles(paths, len(remote)).map(lambda pair: (remote[pair[0]], pair[1])))
        rdd = self.sc.union(inputs).flatMap(lambda pair: run('map', pair[0], tasks[pair[0]], outputs, content=pair[1]))
        if self.parts:
            # One partition more than parts, without rows: running it runs the maps.
            self.pieces = rdd.partitionBy(len(self.parts) + 1, lambda part: part)
            self.run('map', tasks, lambda: self.sc.runJob(self.pieces, lambda rows: rows, [len(self.parts)]))
        else:
            self.collect('map', tasks, rdd)
        for url, (state, _) in list(self.urls.items()):
            if self.state(url) != state:
                raise Failed(3, f'{url}: the file changed while it was read')
        return 'done'

    def reduce(self, _):
        run, parts, n_maps = self.run_task, self.parts, self.n_maps
        self.collect('reduce', parts, self.pieces.mapPartitionsWithIndex(
            lambda part, rows: run('reduce', parts[part], f'part {parts[part]}', ['out'], rows=rows, n_files=n_maps)
            if part < len(parts) else ()))
        return 'done'


def main(work, name):
    engine = Engine(work, name)
    for line in sys.stdin:
        request, _, argument = line.rstrip('\n').partition(' ')
        try:
            answer = 0, getattr(engine, request)(argument)
        except Failed as failed:
            answer = failed.args
        except Exception as error:
            answer = 3, (argument + ': ' if argument else '') + reason(error)
        print(*answer, flush=True)


if __name__ == '__main__':
    main(*sys.argv[1:])
