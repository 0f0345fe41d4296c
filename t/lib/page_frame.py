"""Prints a page that shows the page FILE in a frame of WIDTH pixels and then tells, in its body, what a browser makes of
it: its width, its colors, contrasts, which parts are visible and which boxes scroll. The page's own policy forbids it
scripts, so the frame has none."""
import html
import sys

MEASURE = """
const visible = e => e.checkVisibility({contentVisibilityAuto: true}) && e.getClientRects().length > 0;
const channel = c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
const luminance = c => { const [r, g, b] = c.match(/[0-9.]+/g).map(Number);
    return 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b); };
const contrast = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
document.querySelector("iframe").onload = event => {
    const page = event.target.contentDocument, root = page.documentElement, view = page.defaultView;
    const paper = view.getComputedStyle(page.body).backgroundColor;
    const all = [...page.querySelectorAll("h1,h2,p,th,td,dt,dd,summary,summary span,a,footer,i,code")];
    const boxes = [...page.querySelectorAll(".scroll")].filter(visible);
    const low = all.filter(visible).filter(e => contrast(luminance(view.getComputedStyle(e).color),
        luminance(paper)) < 4.5);
    const small = all.filter(visible).filter(e => parseFloat(view.getComputedStyle(e).fontSize) < 10);
    const facts = ["width " + root.scrollWidth, "paper " + paper, "low contrast " + low.length,
        "small text " + small.length, "tables " + boxes.length,
        "scroll " + boxes.some(e => e.scrollWidth > e.clientWidth),
        "pictures " + [...page.querySelectorAll("svg")].filter(e => visible(e) &&
            e.getBoundingClientRect().right <= root.clientWidth).length,
        "commands " + [...page.querySelectorAll(".commands pre")].filter(visible).length,
        "handlers " + page.querySelectorAll("script,[onclick],[onerror],[onload]").length];
    page.querySelectorAll("details").forEach(e => e.open = true);
    facts.push("open tables " + [...page.querySelectorAll(".scroll")].filter(visible).length,
        "open commands " + [...page.querySelectorAll(".commands pre")].filter(visible).length,
        "open width " + root.scrollWidth);
    const list = document.createElement("pre");
    list.textContent = "\\n" + facts.join("\\n") + "\\n";
    document.body.replaceChildren(list);
};
"""

name, width = sys.argv[1:]
with open(name, encoding="utf-8") as file:
    page = html.escape(file.read())
print(f'<!DOCTYPE html><meta charset="utf-8"><iframe srcdoc="{page}" style="border:0;width:{width}px;height:800px">'
      f"</iframe><script>{MEASURE}</script>")
