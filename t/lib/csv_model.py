"""Checks csv2tsv and the programs argv[2:] against a model of its rules, with argv[1] random inputs."""
import os, random, re, subprocess, sys

rnd = random.Random(20261122)
PIECES = [b"a", b"bc", b'"', b'"', b'""', b",", b",", b",", b"\n", b"\n", b"\r\n", b"\r", b"\\", b"\t", b"\0", b"\xff",
          b"\xc3\xa9", b"x" * 17, b"y" * 40, b"\n\n", b'","']
ESCAPES = {b"\\": b"\\\\", b"\t": b"\\t", b"\n": b"\\n", b"\r": b"\\r"}
QUOTED = re.compile(rb'"((?:[^"]|"")*)"(?!")')
BARE = re.compile(rb'(?:[^",\r\n]|\r(?!\n))*')
LINE_END = re.compile(rb"\r?\n")
CR = "CR not followed by LF: lines must end in LF or CRLF"
NUL_OR_CR = re.compile(rb"\0|\r")


def escape(text):
    return re.sub(rb"[\\\t\n\r]", lambda m: ESCAPES[m.group()], text)


def scan(text):
    """(fields, length) of the record at the start of TEXT, or (reason, offset, length or None if that is unknown)"""
    fields, p, error = [], 0, None
    while True:
        if text[p:p + 1] == b'"':
            m = QUOTED.match(text, p)
            if not m:
                return "unclosed quote", p, None
            field, at = m.group(1).replace(b'""', b'"'), m.group().find(b"\0")
            if at >= 0 and not error:
                error = "NUL byte", p + at
            p = m.end()
            if text[p:p + 1] != b"," and not LINE_END.match(text, p):
                return "text after a closing quote", p, None
        else:
            m = BARE.match(text, p)
            bad = NUL_OR_CR.search(m.group())
            if bad and not error:
                error = ("NUL byte" if bad.group() == b"\0" else CR), p + bad.start()
            p, field = m.end(), m.group() or None
            if text[p:p + 1] == b'"':
                return "quote in an unquoted field", p, None
        fields.append(field)
        if text[p:p + 1] != b",":
            p = LINE_END.match(text, p).end()
            break
        p += 1
    try:
        text[:p].decode()
    except UnicodeDecodeError as e:
        error = error or ("invalid UTF-8", e.start)
    return (*error, p) if error else (fields, p)


def model(text, n, lacks_lf):
    """what is written, and what is rejected; LACKS_LF: the last LF of TEXT is not in the input"""
    records, rejects, line = [], [], 2
    while text:
        result = scan(text)
        if lacks_lf and len(result) == 2 and result[1] == len(text) and text.endswith(b"\r\n"):
            result = CR, len(text) - 2, len(text)
        if LINE_END.match(text) and len(result) == 2:
            length = LINE_END.match(text).end()
        elif len(result) == 2:
            fields, length = result
            if len(fields) == n:
                records.append(b"\t".join(b"\\N" if f is None else escape(f) for f in fields))
            else:
                rejects.append((line, "got %d field%s, the header has %d" % (len(fields), "s"[len(fields) == 1:], n),
                                text[:length - 1]))
        else:
            reason, offset, length = result
            length = length or text.index(b"\n") + 1
            lines = text[:offset].count(b"\n")
            where = "line %d, " % (line + lines) if lines else ""
            byte = offset - text.rfind(b"\n", 0, offset)
            rejects.append((line, "%sbyte %d: %s" % (where, byte, reason), text[:length - 1]))
        line += text[:length].count(b"\n")
        text = text[length:]
    return records, [b"%d\t%s\t%s" % (k, reason.encode(), escape(record)) for k, reason, record in rejects]


def run(program, data, pieces=None):
    p = subprocess.Popen([program, "-r", "rejects"],
                         stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if pieces:
        while data:
            n = rnd.choice(pieces)
            os.write(p.stdin.fileno(), data[:n])
            data = data[n:]
    out, err = p.communicate(data)
    return p.returncode, out, err, open("rejects", "rb").read()


for i in range(int(sys.argv[1])):
    text = b"".join(rnd.choice(PIECES) for _ in range(rnd.randrange(120)))
    lacks_lf = text[-1:] != b"\n"
    if lacks_lf:
        text += b"\n"
    records, rejects = model(text, 2, lacks_lf)
    want = (0, b"".join(r + b"\n" for r in [b"h1\th2", *records]),
            b"csv2tsv: %d read, %d written, %d rejected to rejects\n" %
            (len(records) + len(rejects), len(records), len(rejects)),
            b"".join(r + b"\n" for r in [b"line\treason\trecord", *rejects]))
    for program, pieces in [("csv2tsv", None), ("csv2tsv", [1, 2, 3, 30])] + [(p, None) for p in sys.argv[2:]]:
        got = run(program, b"h1,h2\n" + (text[:-1] if lacks_lf else text), pieces)
        assert got == want, (program, pieces, text, got, want)
