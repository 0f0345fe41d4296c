"""Runs a command in the foreground of a terminal, as a person does who watches: watch.py COLUMNS EVENTS COMMAND...

EVENTS are separated by commas: "KEY@SECONDS" types a key (^C, ^Z), "COLUMNS@SECONDS" changes the width; "" is none. The
file "bars" gets a line for each bar that was drawn: seconds, columns of the terminal, text. Prints the lines of the
screen at the end, with a bar in brackets, and exits like the command, with 128 + N for signal N.
"""
import fcntl, os, re, select, signal, struct, sys, termios, time

columns = int(sys.argv[1])
events = []
for event in filter(None, sys.argv[2].split(",")):
    what, at = event.split("@")
    events.append((float(at), what))
events.sort()


def set_columns():
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))


master, slave = os.openpty()
set_columns()
child = os.fork()
if child == 0:
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    os.dup2(slave, 1)
    os.dup2(slave, 2)
    os.close(slave)
    os.close(master)
    for number in signal.SIGINT, signal.SIGPIPE:  # a job in the background ignores the first, Python the other
        signal.signal(number, signal.SIG_DFL)
    os.execvp(sys.argv[3], sys.argv[3:])
start = time.monotonic()
pieces = []  # (seconds, columns, bytes)
status = None
while True:
    ready = select.select([master], [], [], 0.02)[0]
    now = time.monotonic() - start
    if ready:
        pieces.append((now, columns, os.read(master, 65536)))
    elif status is not None:
        break
    if status is None:
        pid, wait_status = os.waitpid(child, os.WNOHANG)
        if pid:
            status = os.waitstatus_to_exitcode(wait_status)
    while events and events[0][0] <= now:
        what = events.pop(0)[1]
        if what.startswith("^"):
            os.write(master, bytes([ord(what[1]) & 31]))
        else:
            columns = int(what)
            set_columns()

screen, row, column, bars = [""], 0, 0, []  # wrapped lines go on in the next row
drawn = re.compile(r"\r\x1b\[K\r\r?\n\r\x1b\[K([^\x1b\r\n]+)\x1b\[A\r")
for seconds, width, piece in pieces:
    text = piece.decode("utf-8", "surrogateescape")
    bars += [(seconds, width, bar) for bar in drawn.findall(text)]
    for part in re.findall(r"\x1b\[[0-9;?]*[A-Za-z]|.", text, re.S):
        if part == "\r":
            column = 0
        elif part == "\n":
            row += 1
            if row == len(screen):
                screen.append("")
        elif part == "\x1b[A":
            row = max(row - 1, 0)
        elif part == "\x1b[K":
            screen[row] = screen[row][:column]
        elif part.startswith("\x1b"):
            sys.exit(f"unknown escape sequence {part!r}")
        else:
            if column == width:
                row, column = row + 1, 0
                screen += [""] * (row == len(screen))
            screen[row] = screen[row][:column].ljust(column) + part + screen[row][column + 1:]
            column += 1
while screen and not screen[-1]:
    screen.pop()
for line in screen:
    print(line)
with open("bars", "w") as file:
    for seconds, width, bar in bars:
        print(f"{seconds:.2f}", width, bar, sep="\t", file=file)
sys.exit(status if status >= 0 else 128 - status)
