"""damaged_bytes.py --cut|--flip FILE COMMAND: COMMAND must fail, with a failure mark and no other record than whole ones
of FILE, if the packed FILE is cut anywhere between its members, or has any bit flipped where Python's gzip fails for it.
"""
import gzip, subprocess, sys

mode, name, *command = sys.argv[1:]
packed = open(name, 'rb').read()


def run(data):
    done = subprocess.run(command, input=data, capture_output=True)
    return done.returncode, done.stdout


def fails(status, output, what):
    lines = output.splitlines(keepends=True)
    assert status == 1 and lines[-1].startswith(b'\\!\t') and b'data' in lines[-1], (what, status, output)
    assert b''.join(lines[:-1]) == whole[:len(output) - len(lines[-1])], (what, output)


good, whole = run(packed)
assert good == 0
if mode == '--cut':
    for n in range(1, len(packed)):
        if packed[:n] != packed[n:]:
            fails(*run(packed[:n]), n)
else:
    assert run(gzip.decompress(packed)) == (good, whole)
    n_bad = 0
    for bit in range(16, 8 * len(packed)):
        data = bytearray(packed)
        data[bit // 8] ^= 1 << bit % 8
        try:
            plain = gzip.decompress(bytes(data))
        except Exception:
            plain = None
        status, output = run(bytes(data))
        if status == 1:
            assert output.split(b'\n')[-2].startswith(b'\\!\t'), bit
            n_bad += 1
        else:
            # A flip in the time or in what nobody reads changes no data.
            assert plain is not None and (status, output) == run(plain), bit
    assert n_bad > 8 * len(packed) / 2
