"""Runs SCRIPT, the engine of spread-spark, on a Spark of a few lines, in this process: tasks run in random order, some
of them twice, as after the loss of a machine, and a task that raises an error runs again.

usage: python3 without_spark.py SEED SCRIPT ARGUMENT...
"""
import os
import random
import runpy
import sys
import tarfile
import tempfile
import types

sys.dont_write_bytecode = True
chance = random.Random(sys.argv[1])
ATTEMPTS = 3


class Accumulator:
    def __init__(self, value, parameter):
        self.value, self.parameter = value, parameter

    def add(self, more):
        pending.append((self, more))


pending = []  # what the running task added; it counts if the task succeeds


def run_task(function):
    """The rows that a task yields, as a list. Runs it again if it fails."""
    for attempt in range(ATTEMPTS):
        pending.clear()
        try:
            rows = list(function())
        except Exception as error:
            if attempt == ATTEMPTS - 1:
                last = str(error).split('Exception: ')[-1]
                raise Exception(f'...\nCaused by: java.lang.Exception: {last}') from error
            continue
        for accumulator, more in pending:
            accumulator.value = accumulator.parameter.addInPlace(accumulator.value, more)
        return rows if chance.random() < 0.8 else run_task(function)


def run_all(functions):
    order = list(range(len(functions)))
    chance.shuffle(order)
    rows = {index: run_task(functions[index]) for index in order}
    return [rows[index] for index in range(len(functions))]


class RDD:
    def __init__(self, partitions):
        self.partitions = partitions  # functions that return rows

    persist = unpersist = lambda self, *_: None

    @property
    def _jrdd(self):
        return self

    def count(self):
        self.rows = run_all(self.partitions)

    def toLocalIterator(self):
        return sum(self.rows, [])

    def flatMap(self, function):
        return RDD([lambda rows=rows: (y for x in rows() for y in function(x)) for rows in self.partitions])

    def mapPartitionsWithIndex(self, function):
        return RDD([lambda rows=rows, n=n: function(n, iter(rows())) for n, rows in enumerate(self.partitions)])

    def partitionBy(self, n, function):
        shuffled = []

        def rows(part):
            if not shuffled:
                written = sum(run_all(self.partitions), [])
                shuffled.extend([] for _ in range(n))
                for row in written:
                    shuffled[function(row[0]) % n].append(row)
            return chance.sample(shuffled[part], len(shuffled[part]))
        return RDD([lambda part=part: rows(part) for part in range(n)])


class SparkConf(dict):
    def setAppName(self, name):
        return self

    def set(self, name, value):
        self[name] = value
        return self

    def setAll(self, pairs):
        self.update(pairs)


class SparkContext:
    defaultParallelism = 2
    master = f'local[2,{ATTEMPTS}]'

    @classmethod
    def getOrCreate(cls, conf):
        return cls()

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        SparkFiles.get = lambda name: os.path.abspath(f'{self.folder.name}/{name}')

    def accumulator(self, value, parameter):
        return Accumulator(value, parameter)

    def addArchive(self, path):
        with tarfile.open(path) as tar:
            tar.extractall(f'{self.folder.name}/{os.path.basename(path)}')

    def addPyFile(self, path):
        pass

    def parallelize(self, rows, n):
        assert len(rows) == n
        return RDD([lambda row=row: [row] for row in rows])

    def union(self, rdds):
        return RDD([rows for rdd in rdds for rows in rdd.partitions])

    def setJobGroup(self, *_):
        pass

    cancelJobGroup = setJobGroup

    def runJob(self, rdd, function, partitions=None):
        chosen = rdd.partitions if partitions is None else [rdd.partitions[n] for n in partitions]
        return sum(run_all([lambda rows=rows: function(rows()) for rows in chosen]), [])

    def stop(self):
        self.folder.cleanup()


class SparkFiles:
    pass


class StorageLevel:
    DISK_ONLY = None


pyspark = types.ModuleType('pyspark')
for thing in SparkConf, SparkContext, SparkFiles, StorageLevel:
    setattr(pyspark, thing.__name__, thing)
sys.modules['pyspark'] = pyspark
sys.argv = sys.argv[2:]
sys.path.insert(0, os.path.dirname(sys.argv[0]))
runpy.run_path(sys.argv[0], run_name='__main__')
