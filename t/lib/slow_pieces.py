"""Runs a command on the file in, in pieces: each is written when the command has read the one before.

    slow_pieces.py SIZE COMMAND...: pieces of SIZE bytes, the first of half that. Exits with the status of the command.
"""
import array
import fcntl
import subprocess
import sys
import termios
import time


def main(size, command):
    child = subprocess.Popen(command, stdin=subprocess.PIPE)
    data = open("in", "rb").read()
    waiting = array.array("i", [0])
    at = (size + 1) // 2
    pieces = [data[:at]] + [data[i : i + size] for i in range(at, len(data), size)]
    try:
        for piece in pieces:
            child.stdin.write(piece)
            child.stdin.flush()
            waiting[0] = 1
            while waiting[0] > 0 and child.poll() is None:
                fcntl.ioctl(child.stdin, termios.FIONREAD, waiting)
                time.sleep(0)
        child.stdin.close()
    except BrokenPipeError:
        pass
    return child.wait()


sys.exit(main(int(sys.argv[1]), sys.argv[2:]))
