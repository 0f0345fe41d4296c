"""Prints the rows that load-comments must store for the JSON Lines files argv[1:], without texts."""
import datetime, gzip, json, re, sys
best = {}
parents = set()


def utc(text):
    *parts, zone = re.fullmatch(
        r"(\d+)-(\d+)-(\d+)(?:[T ](\d+):(\d+)(?::(\d+)(?:\.\d+)?)?(?:Z|([+-]\d\d:?\d\d)?))?", text).groups()
    at = datetime.datetime(*(int(part or 0) for part in parts))
    if zone:
        minutes = int(zone[1:3]) * 60 + int(zone[-2:])
        at -= datetime.timedelta(minutes=-minutes if zone[0] == "-" else minutes)
    return str(at)


def see(kind, c, parent, post, page):
    row = (utc(c["created_time"]), int(c["up_likes"]), int(c["comment_count"]), post, page, parent, kind)
    best[c["h_id"]] = max(best.get(c["h_id"], row), row)


for name in sys.argv[1:]:
    for line in gzip.open(name) if name.endswith(".gz") else open(name):
        page = json.loads(line)
        for post in page["posts"]["data"]:
            for top in post.get("comments", {"data": []})["data"]:
                see("top", top, "", post["h_id"], page["h_id"])
                for reply in top.get("comments", {"data": []})["data"]:
                    parent = reply.get("parent", top)["h_id"]
                    parents.add(parent)
                    see("reply", reply, parent, post["h_id"], page["h_id"])
for id in sorted(best.keys() | parents):
    time, likes, count, post, page, parent, kind = best.get(id, [""] * 7)
    print(id, kind, parent, post, page, time, likes, count, sep="|")
