"""Writes streams to input.N of the directory argv[2], what `keep-header cat` makes of them to want.N, its status to
status.N; argv[1] is the seed."""
import random
import sys

r = random.Random(int(sys.argv[1]))
PIECES = ["a", "\\N", "\t", "\\.", "\\!", "\\", "\r", "\0", "\xff", "x" * 14, "y" * 15, "z" * 16]


def line():
    text = "".join(r.choices(PIECES, k=r.choice([0, 1, 1, 2, 3, 8])))
    return text if not text.startswith("\\!") and text not in ("\\.", "\\.\r") else "a" + text


def write(name, text):
    with open(f"{sys.argv[2]}/{name}", "wb") as f:
        f.write(text.encode("latin-1"))


for n in range(12):
    lines = ["k"] + [line() for _ in range(r.choice([0, 1, 5, 40, 20000]))]
    end, mark, status = r.choice([
        ("", "", 0),
        ("\\.\n", "\\.\n", 0),
        ("\\.", "\\.\n", 0),
        ("\\.\r\n", "\\.\r\n", 0),
        ("\\!\tx\ty\n", "\\!\tx\ty\n", 1),
        ("\\!\tx\ty\nmore\n", "\\!\tx\ty\n", 1),
        ("\\.\n\\!\tx\ty\n", "\\!\tx\ty\n", 1),
        ("\\.\nmore\n", f"\\!\tkeep-header\tline {len(lines) + 2}: data after the end mark\n", 1),
        ("\\.\n\\.\n", f"\\!\tkeep-header\tline {len(lines) + 2}: data after the end mark\n", 1),
    ])
    records = "".join(text + "\n" for text in lines)
    write(f"input.{n}", records + end)
    write(f"want.{n}", records + mark)
    write(f"status.{n}", str(status))
