"""Checks that a program writes out what it has while its input pauses.

    pausing_input.py PART... -- FILE=REGEX... -- COMMAND...

Writes the PARTs to the COMMAND, whose standard output is the file "out". After each PART but the last, waits until every
FILE contains its REGEX; fails if that takes more than 5 seconds. Exits with the status of the command. An escape such as
\\n or \\x1f in a PART is the byte.
"""
import os
import re
import subprocess
import sys
import time


def unescape(text):
    return os.fsencode(text).decode("unicode_escape").encode("latin-1")


def has(file, regex):
    return os.path.exists(file) and re.search(os.fsencode(regex), open(file, "rb").read())


def main(arguments):
    first = arguments.index("--")
    second = arguments.index("--", first + 1)
    parts = [unescape(part) for part in arguments[:first]]
    waits = [word.split("=", 1) for word in arguments[first + 1 : second]]
    with open("out", "wb") as out:
        child = subprocess.Popen(arguments[second + 1 :], stdin=subprocess.PIPE, stdout=out)
    for number, part in enumerate(parts):
        child.stdin.write(part)
        child.stdin.flush()
        end = time.monotonic() + 5
        while number < len(parts) - 1 and not all(has(file, regex) for file, regex in waits):
            if time.monotonic() > end:
                child.kill()
                sys.exit(f"{' '.join(arguments[second + 1:])}: waits with its output")
            time.sleep(0.01)
    child.stdin.close()
    return child.wait()


sys.exit(main(sys.argv[1:]))
