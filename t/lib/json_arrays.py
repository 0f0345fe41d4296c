"""Compares jsonl2tsv --array with python3's json and with jsonl2tsv on lines, on random arrays.

    json_arrays.py SEED N
"""
import json
import random
import subprocess
import sys

COLUMNS = ["a?", "b?", "c?", "@line"]


def run(options, text):
    result = subprocess.run(["jsonl2tsv", *options], input=text.encode(), capture_output=True)
    return result.returncode, result.stdout.decode(), result.stderr.decode()


def value(depth=0):
    kind = random.randrange(9 if depth < 4 else 6)
    if kind < 3:
        return "".join(random.choices('ab"\\,:[]{}\n\té/ ', k=random.randrange(20)))
    if kind < 6:
        return random.choice([0, -1, 2.5, True, False, None])
    if kind < 8:
        return {random.choice("abcx"): value(depth + 1) for _ in range(random.randrange(4))}
    return [value(depth + 1) for _ in range(random.randrange(4))]


def member():
    return {key: value() for key in random.sample("abcdef", random.randrange(6))}


def space():
    return "".join(random.choices(" \t\r\n", k=random.choice([0, 0, 0, 1, 3])))


def spell(objects):
    """The text of an array of objects, in a random layout, and the line where each begins."""
    indent = random.choice([None, None, 0, 1, 4])
    text = space() + "["
    starts = []
    for i, member_ in enumerate(objects):
        text += space() + ("," if i > 0 else "") + space()
        starts.append(text.count("\n") + 1)
        separators = random.choice([(",", ":"), (", ", ": "), (" \n, ", " :\r\n ")])
        text += json.dumps(member_, indent=indent, separators=separators, ensure_ascii=False)
    return text + space() + "]" + space(), starts


def lines(objects):
    return "".join(json.dumps(member_, ensure_ascii=False) + "\n" for member_ in objects)


def check_good(objects):
    """The records are those of lines; @line is where an element begins."""
    text, starts = spell(objects)
    status, out, err = run(["--array", *COLUMNS], text)
    want = run(COLUMNS[:-1], lines(objects))
    records = [line.rsplit("\t", 1) for line in out.splitlines()]
    assert (status, err) == (0, ""), (text, err)
    assert "".join(record + "\n" for record, _ in records) == want[1], text
    assert [int(start) for _, start in records[1:]] == starts, text
    paths = [run(options, input_)[1] for options, input_ in ((["--array", "--paths"], text), (["--paths"], lines(objects)))]
    assert [line.split("\t")[:2] for line in paths[0].splitlines()] == [
        line.split("\t")[:2] for line in paths[1].splitlines()
    ], text


def is_array_of_objects(text):
    try:
        parsed = json.loads(text, parse_constant=lambda constant: 1 / 0)
    except (ValueError, ZeroDivisionError):
        return None
    return parsed if isinstance(parsed, list) and all(isinstance(x, dict) for x in parsed) else None


def plain(records):
    """The fields except the last, without texts of objects and arrays, which depend on how they are written."""
    return [["" if field[:1] in "[{" else field for field in line.split("\t")[:-1]] for line in records.splitlines()]


def check_damaged(objects):
    """A change of some bytes is an error, with a place in the text, unless python3 accepts it too."""
    text, _ = spell(objects)
    for _ in range(random.randrange(1, 3)):
        at = random.randrange(len(text))
        text = text[:at] + random.choice(["", *'[]{},:"\\1 x\n']) + text[at + random.randrange(2) :]
    status, out, err = run(["--array", *COLUMNS], text)
    parsed = is_array_of_objects(text)
    assert status == (0 if parsed is not None else 1), (text, status, err)
    if parsed is not None:
        assert plain(out) == plain(run(COLUMNS[:-1] + ["@line"], lines(parsed))[1]), text
        return
    assert err.startswith("jsonl2tsv: line "), err
    words = err.replace(",", ":").split(": ")
    place = [word for word in words if word.startswith(("line ", "byte "))]
    line, byte = int(place[-2].split()[-1]), int(place[-1].split()[-1])
    assert byte <= len((text + " ").split("\n")[line - 1].encode()) + 1, (text, err)
    # With -r, what is read is written or rejected, and a program that ends well has seen the end of the array.
    status, out, err = run(["--array", "-r", "rejects", *COLUMNS], text)
    if status == 0:
        read, written, rejected = (int(word.split()[0]) for word in err.split(": ")[1].split(", "))
        assert read == written + rejected and rejected > 0, (text, err)
        assert written == out.count("\n") - 1 and rejected == open("rejects").read().count("\n") - 1
        assert text.rstrip().endswith("]")


def main(seed, n):
    random.seed(seed)
    for _ in range(n):
        objects = [member() for _ in range(random.choice([0, 1, 2, 5, 40]))]
        check_good(objects)
        check_damaged(objects)


main(int(sys.argv[1]), int(sys.argv[2]))
