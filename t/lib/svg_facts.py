"""Reads a picture of chart on standard input as XML and prints what it shows: title, description, and for each bar or
point its class, its value as measured along the axis, and its tooltip; for bars without tooltips only "path" and their
values. Fails if the picture has an id, a script, a reference to anything outside, or a color without contrast."""
import re, sys
import xml.etree.ElementTree as tree

text = sys.stdin.buffer.read().decode("utf-8")
root = tree.fromstring(text)
name = lambda e: e.tag.replace("{http://www.w3.org/2000/svg}", "")
allowed = {"svg", "title", "desc", "style", "rect", "text", "tspan", "path", "g"}
for e in root.iter():
    assert name(e) in allowed, e.tag
    assert not {"id", "href", "onload"} & set(e.attrib), e.attrib
assert root.get("role") == "img" and root.get("viewBox")
assert not re.search(r"url\(|@import|://", text.replace("http://www.w3.org/2000/svg", "")), "a reference"

def luminance(color):
    digits = color[1:] if len(color) == 7 else "".join(2 * d for d in color[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    parts = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

def contrast(a, b):
    a, b = sorted((luminance(a), luminance(b)))
    return (b + 0.05) / (a + 0.05)

for theme in root.find("{*}style").text.split("@media (prefers-color-scheme:dark)"):
    rules = re.findall(r"\.weir-chart (\S+)\{(fill|stroke):(#[0-9a-f]+)\}", theme)
    paper = next(color for key, _, color in rules if key == ".p")
    for key, what, color in rules:
        if key not in (".p", ".h", ".o", ".grid"):
            least = 4.5 if key in ("text", ".t") or re.fullmatch(r"\.n\d", key) else 3
            assert contrast(color, paper) >= least, (key, color, contrast(color, paper))

print("title", root.find("{*}title").text)
print("desc", root.find("{*}desc").text)
ticks = {}
path = None
for e in root:
    if name(e) == "path" and e.get("class") in ("grid", "zero"):
        path = e
    elif name(e) == "text" and path is not None:
        ticks[float(re.match(r"M\S+ ([-\d.]+)H", path.get("d"))[1])] = float(e.text.replace(",", ""))
        path = None
    elif name(e) == "text":
        print("text", " ".join("".join(e.itertext()).split()))
if ticks:
    (y0, v0), (y1, v1) = min(ticks.items()), max(ticks.items())

    def value(y):  # a tenth of a pixel is about a 3000th of the axis
        v = v0 + (float(y) - y0) * (v1 - v0) / (y1 - y0)
        return "0" if abs(v) < abs(v1 - v0) / 1500 else "%.3g" % v

def show(kind, e):
    tip = e.find("{*}title")
    d = e.get("d")
    measured = [value(y) for y in re.findall(r"V([-\d.]+)|(?:M|^| )[-\d.]+ ([-\d.]+)h0", d) for y in y if y]
    if tip is not None:
        print(kind, measured[0], tip.text)
    elif measured:
        print(kind, "path", *measured)

rows = []  # bars in rows: from 0 to the right, as long as their values, of which the longest gives the scale
for e in root:
    row = re.fullmatch(r"M([-\d.]+) [-\d.]+H([-\d.]+)", e.get("d", ""))
    if row and e.get("class") in ("b", "m"):
        rows.append((e.get("class"), float(row[2]) - float(row[1]), e.find("{*}title").text))
longest = max(rows, key=lambda row: abs(row[1]), default=None)
for kind, length, tip in rows:
    print("row", kind, "%.3g" % (length * abs(float(longest[2].rsplit(": ")[1]) / longest[1])), tip)

for e in root:
    if name(e) == "g" and e.get("class") in ("b", "m", "tip"):
        for child in e:
            show(e.get("class"), child)
    elif name(e) == "path" and e.get("class") in ("h", "d", "a"):
        show(e.get("class"), e)
    elif name(e) == "path" and (e.get("class") or "").startswith("l "):
        print(e.get("class"), e.get("d").count("M"), "parts")
    elif name(e) == "g" and e.get("class") in ("wide", "narrow"):
        print(e.get("class"), *("".join(t.itertext()) for t in e if name(t) == "text"))
