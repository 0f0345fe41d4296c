"""Checks csv2tsv --encoding against the codecs of Python, with argv[1] random texts for each encoding, good and bad."""
import os, random, subprocess, sys

rnd = random.Random(20261127)
KANA = "あいうアイウ漢字日本"
ENCODINGS = {
    "cp1252": "äöüß€–’", "ISO-8859-1": "äöüÿ\u00a0", "ISO-8859-15": "€Šž", "cp850": "äöü¥", "KOI8-R": "жщЯ", "cp1255": "אבש",
    "UTF-16": KANA + "é€🙂", "UTF-16LE": KANA + "é🙂", "UTF-16BE": KANA + "é🙂", "UTF-32": KANA + "é🙂", "GB18030": "汉字é€🙂",
    "EUC-JP": KANA, "SHIFT_JIS": KANA, "EUC-KR": "한국어", "BIG5": "漢字", "ASCII": "~", "UTF-8": KANA + "é🙂",
}
# Bytes that are invalid after a whole character, and before an ASCII character.
INVALID = {"cp1252": b"\x81", "UTF-16LE": b"\x3d\xd8", "UTF-16BE": b"\xdc\x42", "ASCII": b"\xe4",
           "GB18030": b"\xff", "SHIFT_JIS": b"\xff", "EUC-KR": b"\xff", "UTF-16": b"\x3d\xd8", "UTF-32": b"\0\xd8\0\0"}


def run(args, data, pieces=None):
    p = subprocess.Popen(["csv2tsv", "-r", "rejects", *args], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE)
    while pieces and data:
        n = rnd.choice(pieces)
        os.write(p.stdin.fileno(), data[:n])
        data = data[n:]
    out, err = p.communicate(data)
    assert p.returncode == 0, (args, err)
    return out, open("rejects", "rb").read()


def packed(data):
    return subprocess.run(rnd.choice([["gzip"], ["zstd", "-q"]]), input=data, capture_output=True, check=True).stdout


for encoding, letters in ENCODINGS.items():
    for i in range(int(sys.argv[1])):
        n = rnd.choice([3, 30, 20000 if i == 0 else 300])
        values = ["".join(rnd.choice(letters + "ab,") for _ in range(rnd.randrange(12))) for _ in range(n)]
        text = "a,b\n" + "".join('%d,"%s%s"%s\n' % (i, v, rnd.choice(["", "\n"]), rnd.choice(["", "\r"]))
                                 for i, v in enumerate(values))
        data = text.encode(encoding)
        want = run([], text.encode())
        assert run(["--encoding", encoding], data) == want, (encoding, text[:200])
        assert run(["--encoding", encoding.lower()], packed(data)) == want, encoding
        if n < 100:
            assert run(["--encoding", encoding], data, [1, 2, 3, 100]) == want, (encoding, text)
    if encoding in INVALID:
        line = 2
        data, rejects, good = "a,b\n".encode(encoding), b"", b"a\tb\n"
        after = encoding.replace("16", "16LE").replace("LELE", "LE").replace("LEBE", "BE").replace("32", "32LE")
        for i in range(200):
            v = "".join(rnd.choice(letters) for _ in range(rnd.randrange(5)))
            bad = INVALID[encoding] * rnd.randrange(3)
            data += (str(i) + "," + v).encode(after) + bad + "x\n".encode(after)
            if bad:
                shown = ("%d,%s" % (i, v)).encode() + b"\xff" * (len(bad) // len(INVALID[encoding])) + b"x"
                reason = "character %d: invalid %s" % (len(str(i)) + 2 + len(v), encoding)
                rejects += b"%d\t%s\t%s\n" % (i + 2, reason.encode(), shown)
            else:
                good += ("%d\t%sx\n" % (i, v)).encode()
        cut = {"GB18030": b"\x81", "SHIFT_JIS": b"\x83", "UTF-16LE": b"\x41", "UTF-16": b"\x3d\xd8\x3d"}.get(encoding, b"")
        if cut: # the start of a character at the end of the input
            data += "7,".encode(after) + cut
            rejects += b"202\tcharacter 3: invalid %s\t7,\xff\n" % encoding.encode()
        assert run(["--encoding", encoding], data) == (good, b"line\treason\trecord\n" + rejects), encoding
