"""Serves one session of Spark, so that many tests share its start. Each connection to the socket SOCKET runs
spread-spark once: it sends the working directory, PATH and arguments, each ended by a NUL, and gets the exit status, LF,
and what was said on standard error.

usage: python3 spread_spark_session.py SOCKET SPREAD-SPARK MASTER [NAME=VALUE...]
       python3 spread_spark_session.py SOCKET -- ARGUMENT...      the client
"""
import os
import socket
import sys
import types

sys.dont_write_bytecode = True


def client(path, arguments):
    with socket.socket(socket.AF_UNIX) as server:
        server.connect(path)
        server.sendall(b''.join(os.fsencode(text) + b'\0' for text in [os.getcwd(), os.environ['PATH'], *arguments]))
        server.shutdown(socket.SHUT_WR)
        status, said = server.makefile('rb').read().split(b'\n', 1)
    os.write(2, said)
    return int(status)


def call(script, request):
    directory, os.environ['PATH'], *arguments = (os.fsdecode(text) for text in request.split(b'\0')[:-1])
    os.chdir(directory)
    with open(os.path.join(os.environ['TMPDIR'], 'said'), 'w+b') as said:
        stderr = os.dup(2)
        os.dup2(said.fileno(), 2)
        try:
            status = script.main(arguments)
        finally:
            os.dup2(stderr, 2)
            os.close(stderr)
        said.seek(0)
        return b'%d\n' % status + said.read()


def serve(path, source, master, *settings):
    from pyspark import SparkConf, SparkContext
    script = types.ModuleType('spread_spark')
    script.__file__ = source
    with open(source) as file:
        exec(compile(file.read(), source, 'exec'), script.__dict__)
    conf = SparkConf().setMaster(master).set('spark.ui.enabled', 'false').setAll(s.split('=', 1) for s in settings)
    sc = SparkContext(conf=conf)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path)
        server.listen()
        while True:
            connection, _ = server.accept()
            with connection:
                request = connection.makefile('rb').read()
                if not request:
                    break
                connection.sendall(call(script, request))
    sc.stop()


if sys.argv[2] == '--':
    sys.exit(client(sys.argv[1], sys.argv[3:]))
serve(*sys.argv[1:])
