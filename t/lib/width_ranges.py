"""Prints the ranges of code points from U+0080 on that take argv[1] columns, 0 or 2, of a terminal, as width.awk has
them: in decimal, by the Unicode data of this Python. Code points that are not assigned are in any range around them."""
import sys, unicodedata


def width(code):
    """None if CODE is not assigned."""
    c = chr(code)
    category = unicodedata.category(c)
    if category in ("Cn", "Cs"):
        return None
    # not the soft hyphen, but Hangul vowels and finals
    if code != 0xAD and category in ("Mn", "Me", "Cf") or 0x1160 <= code <= 0x11FF:
        return 0
    return 2 if unicodedata.east_asian_width(c) in "WF" else 1


def ranges(wanted):
    found, last = [], 1
    for code in range(0x80, 0x110000):
        w = width(code)
        if w == wanted and last == wanted:
            found[-1][1] = code
        elif w == wanted:
            found.append([code, code])
        last = last if w is None else w
    return found


if __name__ == "__main__":
    print(unicodedata.unidata_version)
    print(" ".join("%d-%d" % (a, b) if a < b else str(a) for a, b in ranges(int(sys.argv[1]))))
