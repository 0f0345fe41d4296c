"""Writes a line, with each byte changed or added at each place, to in; between them enough good lines for the index."""
LINE = '{"a":"x,y","b":-1.5,"c":null,"d":10,"e":"","f":[true,{"g":"e"}],"h":0.25,"i":"z"}'.encode()
CHANGES = [bytes([c]) for c in b'\0\t\r "\\{}[]:,01-+.eEtn\x1f\x7f\x80\xc3\xff'] + [b'""', b'"a"']

with open("in", "wb") as f:
    for i in range(len(LINE) + 1):
        for change in CHANGES:
            f.write((LINE + b"\n") * 5)
            for end in (i, i + 1):
                line = LINE[:i] + change + LINE[end:]
                if not line.startswith(b"\\!"):
                    f.write(line + b"\n")
