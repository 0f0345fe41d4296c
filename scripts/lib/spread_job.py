"""The job of spread-spark on Spark: the session, the maps and the reduces, and what they report."""
import glob
import os
import re
import sys
import tarfile
import threading
import uuid

from spread_task import NAME, Failed, attempt, block_name, map_block, part_name, reduce_part, stamp


def start_spark(plan, log):
    """Returns the session, the caller's or a new one, and whether it is new. Its messages go to the file LOG."""
    home = os.environ.get('SPARK_HOME', '')
    sys.path += [home + '/python', *glob.glob(glob.escape(home) + '/python/lib/py4j-*.zip')]
    try:
        from pyspark import SparkConf, SparkContext
    except ImportError:
        raise Failed(3, f'{NAME}: PySpark is not installed: install it, or set SPARK_HOME') from None
    if SparkContext._active_spark_context:
        return SparkContext._active_spark_context, False
    conf = SparkConf().setAppName(NAME).set('spark.ui.enabled', 'false')
    conf.setAll(setting.split('=', 1) for setting in plan['conf'])
    if plan['master']:
        conf.setMaster(plan['master'])
    if conf.get('spark.master', 'local').startswith('local'):
        os.environ.setdefault('PYSPARK_PYTHON', sys.executable)
    stderr = os.dup(2)
    try:
        with open(log, 'wb') as file:
            os.dup2(file.fileno(), 2)
        return SparkContext(conf=conf), True
    except Exception as error:
        with open(log, errors='replace') as file:
            lines = re.findall(r'.*\S', file.read())
        raise Failed(3, f'{NAME}: cannot start Spark: {[*lines, str(error).strip()][0]}') from None
    finally:
        os.dup2(stderr, 2)
        os.close(stderr)


def reason(error):
    """The last cause in an exception of Spark."""
    text = str(error)
    if 'spark.driver.maxResultSize' in text:
        return 'the result is larger than spark.driver.maxResultSize; raise it with --conf'
    causes = re.findall(r'^(?:: |Caused by: )?\S*(?:Exception|Error): (.*)', text, re.M)
    return causes[-1] if causes else text.split('\n')[0]


def run_job(sc, reports, stage, rdd, partitions=None):
    """The rows of an RDD. If a task of STAGE fails, ends once the tasks before it have: the first failure counts."""
    rows, errors, group = [], [], uuid.uuid4().hex

    def work():
        try:
            sc.setJobGroup(group, NAME, True)
            rows.extend(sc.runJob(rdd, lambda rows: rows, partitions))
        except Exception as error:
            errors.append(error)
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(0.05 + len(reports.value) / 1e5)  # less often if there are many
        done = {index: report for (of, index), report in list(reports.value.items()) if of == stage}
        first = min((index for index in done if 'failed' in done[index]), default=-1)
        if first >= 0 and all(index in done for index in range(first)):
            sc.cancelJobGroup(group)
    for _, report in sorted(reports.value.items()):
        if 'failed' in report:
            raise Failed(*report['failed'])
    if errors:
        raise Failed(3, f'{NAME}: {reason(errors[0])}')
    return rows


def common_header(reports, stage, names):
    """The header of all outputs of a stage, each of which must have been reported."""
    for index, name in enumerate(names):
        if (stage, index) not in reports:
            raise Failed(3, f'{NAME}: {name}: Spark did not run it')
    headers = [reports[stage, index]['header'] for index in range(len(names))]
    for name, header in zip(names, headers):
        if header != headers[0]:
            raise Failed(2, f'{NAME}: {name}: the columns differ from those of {names[0]}')
    return headers[0]


def write_rejects(plan, reports, path):
    """Writes the rejects of all blocks. Fails if there are too many."""
    lines = b''.join(reports[key].get('rejects', b'') for key in sorted(reports)).splitlines(True)
    with open(path, 'wb') as file:
        file.writelines([b'file\tline\treason\trecord\n', *lines])
    os.replace(path, plan['rejects'])
    if plan['limit'] is not None and len(lines) > plan['limit']:
        name, line, why, _ = os.fsdecode(lines[plan['limit']]).split('\t')
        raise Failed(1, f'{NAME}: {name}: line {line}: {why}; more than {plan["limit"]} bad records')


class Reports:
    """For an accumulator: collects what tasks report. A task may report twice, and then says the same."""

    def zero(self, value):
        return {}

    def addInPlace(self, value, more):
        value.update(more)
        return value


def on_spark(sc, plan, blocks, tools, rejects):
    """Runs the maps and the reduces. Returns the header and the chunks for the merge, and the reports."""
    from pyspark import SparkFiles, TaskContext
    archive, reports = f'{uuid.uuid4().hex}.tar', sc.accumulator({}, Reports())
    with tarfile.open(f'{tools}/{archive}', 'w', dereference=True) as tar:
        tar.add(tools + '/bin', 'bin')
        tar.add(tools + '/files', 'files')
    sc.addArchive(f'{tools}/{archive}')
    for module in 'spread_job', 'spread_task':
        sc.addPyFile(sys.modules[module].__file__)
    local = re.fullmatch(r'local(?:\[[^],]*(?:, *([0-9]+))?\])?', sc.master)
    attempts = int(local[1] or 1) if local else int(sc.getConf().get('spark.task.maxFailures', '4'))

    def task(stage, index, where, function, *arguments):
        found, is_last = {}, TaskContext.get().attemptNumber() + 1 >= attempts
        return attempt(function(*arguments, plan, SparkFiles.get(archive), found), where, found,
            lambda found: reports.add({(stage, index): found}), is_last)

    local_blocks = [(block, None) for block in blocks if not block['is_remote']]
    remote = {block['path']: block for block in blocks if block['is_remote']}
    inputs = [sc.parallelize(local_blocks, len(local_blocks))] if local_blocks else []
    if remote:
        paths = ','.join(re.sub(r'[\\{}\[\]*?,]', r'\\\g<0>', path) for path in remote)
        inputs.append(sc.binaryFiles(paths, len(remote)).map(lambda pair: (remote[pair[0]], pair[1])))
    rdd = sc.union(inputs).flatMap(lambda pair: task(0, pair[0]['index'], block_name(pair[0]), map_block, *pair))
    partitions = None
    if plan['key']:
        # One partition more than parts, without records: running it runs the maps.
        rdd, partitions = rdd.partitionBy(plan['parts'] + 1, lambda key: key[0]), [plan['parts']]
    try:
        rows = run_job(sc, reports, 0, rdd, partitions)
    finally:
        if rejects:
            write_rejects(plan, reports.value, rejects)
    for block in blocks:
        if not block['is_remote'] and stamp(block['path']) != block['stamp']:
            raise Failed(3, f'{NAME}: {block["name"]}: the file changed while it was read')
    header = common_header(reports.value, 0, [block_name(block) for block in blocks])
    if plan['key']:
        rdd = rdd.mapPartitionsWithIndex(
            lambda part, pieces: task(1, part, part_name(part), reduce_part, part, pieces, header))
        rows = run_job(sc, reports, 1, rdd, range(plan['parts']))
        sizes = [sum(report['size'] for (of, _), report in reports.value.items() if of == stage) for stage in (0, 1)]
        if sizes[0] != sizes[1]:
            raise Failed(3, f'{NAME}: the maps wrote {sizes[0]} bytes, and the reduces read {sizes[1]}')
        header = common_header(reports.value, 1, [part_name(part) for part in range(plan['parts'])])
    return [header, *(chunk for _, chunk in sorted(rows))], reports.value
