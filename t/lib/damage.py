"""damage(): what a line of JSON becomes if a byte of it is wrong."""


def damage(r, line):
    """Replaces, deletes or inserts a byte of LINE, a bytearray that is not empty, as the random numbers of R say."""
    at = r.randrange(len(line))
    how = r.randrange(3)
    if how == 0:
        line[at] = r.choice(b'\0\t\r "\\{}[]:,0-+.eEtfn\x1f\x7f\x80\xa9\xc0\xc3\xed\xff')
    elif how == 1:
        del line[at]
    else:
        line.insert(at, r.choice(b'\0 "\\{}[]:,019-+.eE\xc3\xff'))
