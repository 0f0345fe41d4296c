"""Runs the command argv[1:] with a pseudo terminal as standard output, prints what appears there, and exits like it."""
import os, pty, subprocess, sys

master, slave = pty.openpty()
p = subprocess.Popen(sys.argv[1:], stdout=slave)
os.close(slave)
text = b""
while True:
    try:
        part = os.read(master, 65536)
    except OSError:  # the command and its children have closed it
        break
    if not part:
        break
    text += part
sys.stdout.buffer.write(text.replace(b"\r\n", b"\n"))
sys.exit(p.wait())
