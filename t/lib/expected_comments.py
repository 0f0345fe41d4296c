"""Prints the comments that load-comments must store for the JSON Lines file argv[1]."""
import gzip, json, sys
best = {}


def see(kind, c, parent, post, page):
    row = (c["created_time"], c["up_likes"], c["comment_count"], kind, parent, post, page)
    best[c["h_id"]] = max(best.get(c["h_id"], row), row)


for line in gzip.open(sys.argv[1]):
    page = json.loads(line)
    for post in page["posts"]["data"]:
        for top in post.get("comments", {"data": []})["data"]:
            see("top", top, "", post["h_id"], page["h_id"])
            for reply in top.get("comments", {"data": []})["data"]:
                see("reply", reply, reply["parent"]["h_id"], post["h_id"], page["h_id"])
for id, (time, likes, count, kind, parent, post, page) in sorted(best.items()):
    print(id, kind, parent, post, page, time[:19].replace("T", " "), likes, count, sep="|")
