"""Compares tsvcat with a model, on random files with the same, some or other columns.

    merged_files.py SEED N
"""
import random
import subprocess
import sys

NAMES = ["id", "name", "", "a b", "\\t", "é", "7", "Id"]
FIELDS = ["", "\\N", "1", "x\\ty", "ü", "z" * 300]


def model(rule, files):
    """The columns of the output, or None if the files do not go together."""
    columns = list(files[0][0])
    for header, _ in files[1:]:
        if rule == "":
            if set(header) != set(columns):
                return None
        elif rule == "--union":
            columns += [name for name in header if name not in columns]
        else:
            columns = [name for name in columns if name in header]
            if not columns:
                return None
    return columns


def make_file(path, base):
    header = random.choice([base, base, random.sample(base, len(base)), random.sample(NAMES, random.randrange(1, 6))])
    records = [[random.choice(FIELDS) for _ in header] for _ in range(random.choice([0, 1, 5, 30]))]
    lines = ["\t".join(line) for line in [header, *records]]
    text = "\n".join(lines) + (random.choice(["", "\n"]) if len(lines[-1]) > 0 else "\n")
    with open(path, "w", newline="") as file:
        file.write(text)
    if random.random() < 0.3:
        subprocess.run(["gzip", "-f", path], check=True)
        path += ".gz"
    return path, header, records


def check():
    base = random.sample(NAMES, random.randrange(1, 6))
    made = [make_file(f"file{i}", base) for i in range(random.choice([1, 2, 3, 8]))]
    rule = random.choice(["", "--union", "--common"])
    has_file = random.random() < 0.5
    command = ["tsvcat", *([rule] if rule else []), *(["--file-column", "FILE"] if has_file else [])]
    # Some files come as pipes, one as standard input.
    last = made[-1][0] if random.random() < 0.3 else None
    words = ["-" if path == last else f"<(cat {path})" if not has_file and random.random() < 0.3 else path for path, _, _ in made]
    shell = " ".join(command + words)
    with open(last or "/dev/null", "rb") as standard:
        result = subprocess.run(["bash", "-c", shell], stdin=standard, capture_output=True)
    columns = model(rule, [(header, records) for _, header, records in made])
    if columns is None:
        assert result.returncode == 2 and result.stdout == b"", (shell, result)
        return
    want = "\t".join(columns + ["FILE"] * has_file) + "\n"
    for (path, header, records), word in zip(made, words):
        for record in records:
            values = dict(zip(header, record))
            name = ["\\N" if word == "-" else path] * has_file
            want += "\t".join([values.get(column, "\\N") for column in columns] + name) + "\n"
    assert (result.returncode, result.stderr, result.stdout.decode()) == (0, b"", want), (shell, result)


def main(seed, n):
    random.seed(seed)
    for _ in range(n):
        check()


main(int(sys.argv[1]), int(sys.argv[2]))
