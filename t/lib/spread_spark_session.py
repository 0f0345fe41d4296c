"""Serves one session of Spark, so that many tests share its start. Each connection to the socket SOCKET runs a Python
script in it, such as the engine of spread-spark, with the working directory, PATH, standard input and outputs of the
client.

usage: python3 spread_spark_session.py SOCKET MASTER [NAME=VALUE...]
       python3 spread_spark_session.py SOCKET -- SCRIPT ARGUMENT...      the client
"""
import os
import runpy
import socket
import sys
import traceback

sys.dont_write_bytecode = True


def client(path, arguments):
    with socket.socket(socket.AF_UNIX) as server:
        server.connect(path)
        request = b''.join(os.fsencode(text) + b'\0' for text in [os.getcwd(), os.environ['PATH'], *arguments])
        socket.send_fds(server, [request], [0, 1, 2])
        server.recv(1)


def call(request, fds):
    directory, os.environ['PATH'], *sys.argv = (os.fsdecode(text) for text in request.split(b'\0')[:-1])
    os.chdir(directory)
    saved = [os.dup(fd) for fd in range(3)]
    streams = sys.stdin, sys.stdout
    for fd, new in enumerate(fds):
        os.dup2(new, fd)
        os.close(new)
    sys.stdin, sys.stdout = open(0, closefd=False), open(1, 'w', closefd=False)
    try:
        runpy.run_path(sys.argv[0], run_name='__main__')
    except Exception:
        traceback.print_exc()
    sys.stdin, sys.stdout = streams
    for fd, old in enumerate(saved):
        os.dup2(old, fd)
        os.close(old)


def serve(path, master, *settings):
    from pyspark import SparkConf, SparkContext
    conf = SparkConf().setMaster(master).set('spark.ui.enabled', 'false').setAll(s.split('=', 1) for s in settings)
    SparkContext(conf=conf)
    SparkContext.stop = lambda self: None
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path)
        server.listen()
        while True:
            connection, _ = server.accept()
            with connection:
                request, fds, _, _ = socket.recv_fds(connection, 1 << 16, 3)
                sys.path[0] = os.path.dirname(os.fsdecode(request.split(b'\0')[2]))
                call(request, fds)


if sys.argv[2] == '--':
    sys.exit(client(sys.argv[1], sys.argv[3:]))
serve(*sys.argv[1:])
