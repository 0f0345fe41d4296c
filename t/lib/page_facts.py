"""Reads a page of report(1) from standard input and prints what it says, a line for each part. Fails if it is not well
formed, not accessible, or refers to something outside, except by links."""
import re
import sys
from html.parser import HTMLParser

VOID = {"meta", "link", "img", "hr", "br"}
SVG_VOID = {"path", "rect"}
BLOCKS = {"title", "h1", "h2", "h3", "h4", "p", "th", "td", "dt", "dd", "summary", "code", "desc", "text"}


def check(condition, *what):
    if not condition:
        sys.exit("page: " + " ".join(map(str, what)))


class Page(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.text, self.record, self.counts, self.attributes = [], [], [], {}, {}
        self.facts = []

    def handle_starttag(self, tag, pairs):
        attributes = dict(pairs)
        check(len(attributes) == len(pairs), "an attribute twice", pairs)
        check(tag not in ("script", "iframe", "object", "embed", "form", "base"), "a", tag)
        check(not any(name.startswith("on") for name in attributes), "a handler", pairs)
        check("style" not in attributes, "a style of its own", pairs)
        for name in ("src", "href", "xlink:href", "srcset", "poster", "data", "action"):
            if name in attributes:
                check(attributes[name].startswith("data:") or (tag, name) == ("a", "href"), "refers to", pairs)
        check(tag != "th" or attributes.get("scope") == "col", "a header without scope")
        check(tag != "svg" or attributes.get("role") == "img", "a picture without role")
        self.counts[tag] = self.counts.get(tag, 0) + 1
        self.attributes[tag] = attributes
        if tag in ("thead", "tbody", "dl"):
            self.record = []
        if tag in BLOCKS and (tag != "code" or self.open[-1][0] == "pre"):
            self.text = []
        if tag == "i" and attributes.get("class") == "null":
            self.text.append("NULL:")
        if tag == "details":
            check("open" not in attributes, "open details")
        if tag not in VOID:
            self.open.append((tag, attributes))

    def handle_startendtag(self, tag, pairs):
        self.handle_starttag(tag, pairs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        check(self.open and self.open[-1][0] == tag, "ends", tag, "in", self.open[-1:])
        attributes = self.open.pop()[1]
        text, inside = "".join(self.text), [name for name, _ in self.open]
        in_svg = "svg" in inside
        if tag in ("th", "td", "dt", "dd"):
            self.record.append(("+" if attributes.get("class") == "n" else "") + text)
        elif tag == "tr" or tag == "dl":
            kind = "number " if tag == "dl" else "head " if "thead" in inside else "row "
            self.facts.append(kind + "|".join(self.record))
            self.record = []
        elif in_svg and tag == "title" and inside[-1] == "svg":
            self.facts.append("chart " + text)
        elif tag in BLOCKS and not in_svg and not (tag == "code" and inside[-1] != "pre") and text.strip():
            self.facts.append(("" if tag == "p" else tag + " ") + text.strip("\n"))

    def handle_data(self, data):
        self.text.append(data)
        if self.open and self.open[-1][0] == "style":
            check(not re.search(r"url\(|@import|expression", data), "a style refers to something")

    def handle_comment(self, data):
        check(data.strip() == "raw HTML omitted", "a comment:", data)


text = sys.stdin.buffer.read().decode("utf-8")
check(text.startswith("<!DOCTYPE html>\n<html lang="), "no doctype and language")
check(not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text), "unsafe characters")
page = Page()
page.feed(text)
page.close()
check(not page.open, "unclosed", page.open)
for tag in ("html", "head", "title", "body", "main", "footer", "h1"):
    check(page.counts.get(tag, 0) >= 1 and (tag == "title" or page.counts[tag] == 1), page.counts.get(tag), tag)
check("default-src 'none'" in text and 'name="viewport"' in text and "prefers-color-scheme:dark" in text, "head")
print("\n".join(page.facts))
