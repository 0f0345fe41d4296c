"""Writes random comments, texts and metadata that contradict each other to the directory in; argv[1] is the seed."""
import csv, json, os, random, sys
random.seed(int(sys.argv[1]))
pick = lambda *of: random.choice(of)


def time():
    zone = pick("", "Z", "+0000", "+02:00", "-0930")
    clock = pick("", "T%02d:%02d" % (random.randrange(24), random.randrange(60)))
    clock += clock and pick("", ":%02d" % random.randrange(60), ":07.25")
    return "2018-01-%02d" % random.randrange(1, 12) + (clock and clock.replace("T", pick("T", " ")) + zone)


def id(kind, n=12):
    return "%s%s%d" % (kind, pick("", "a", "A", "_"), random.randrange(n))


def comment(kind):
    numbers = {"up_likes": pick(0, 1, "2", 10), "comment_count": pick(0, 9, 10)}
    return {"h_id": id(kind, 15), "created_time": pick(time(), "2018-01-05")} | numbers


def reply():
    return comment(pick("r", "r", "c")) | pick({}, {"parent": {"h_id": id("c")}}, {"parent": {"h_id": id("gone", 3)}})


def many(what, n=4):
    return [what() for i in range(random.randrange(n))]


def top():
    return comment("c") | pick({}, {"comments": {"data": many(reply)}})


def post():
    return {"h_id": id("q", 40), "comments": {"data": many(top)}}


def text():
    return "".join(random.choices("abcé日🔥,\"\n\t\r\\ '", k=random.randrange(7)))


os.mkdir("in")
for n in range(4):
    with open("in/%d.jsonl" % n, "w") as out:
        for i in range(12):
            page = {"h_id": id("p", 4), "posts": {"data": many(post)}}
            print(json.dumps(page), file=out)
            # The same posts again, in other places, perhaps with other comments.
            page["posts"]["data"] = many(post, 2) + page["posts"]["data"]
            for again in page["posts"]["data"][-1:] * pick(0, 1):
                again["comments"]["data"] = many(top, 3) + again["comments"]["data"][pick(0, 1):]
            print(json.dumps(page), file=out)
    with open("in/%d.csv" % n, "w", newline="") as out:
        write = csv.writer(out).writerow
        write(["h_id", "message"])
        for i in range(40):
            write([id(pick("c", "r", "gone")), text()])
    with open("in/%d.meta.csv" % n, "w", newline="") as out:
        write = csv.writer(out).writerow
        write(["page_h_id", "created_time", "type", "post_h_id", "name_h_id"])
        for i in range(20):
            write([id("p", 4), time(), pick("v", "l", ""), id("q", 9), pick("", id("Name"), "été")])
