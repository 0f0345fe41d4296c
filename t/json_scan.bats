# json_scan: taking a line in one pass changes no byte of output, no reject, no message, no status. The other way is a
# build with -DWEIR_PLAIN, which has only the validator, the tokenizer and the selection; python3 is the judge of both.

load helper

PLAIN=${WEIR_PLAIN_BUILD:-$ROOT/build/plain}/bin

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    tab=$'\t'
    [ -x "$PLAIN/jsonl2tsv" ] || skip "no plain build: make plain"
}

# Runs jsonl2tsv of both builds on the file in, which must give the same; keeps out, err and rejects.
both() { # OPERAND...
    "$PLAIN/jsonl2tsv" -r rejects "$@" < in > plain.out 2> plain.err
    mv rejects plain.rejects
    jsonl2tsv -r rejects "$@" < in > out 2> err
    cmp plain.out out && cmp plain.err err && cmp plain.rejects rejects
}

# Lines of random objects: keys in any order, some twice, some spelled with escapes, values of any kind, white space.
# With a file WANT, what python3's json finds under the paths a b.c b.d[1] s n and the empty key goes there.
generate() { # SEED [WANT]
    python3 - "$@" << 'END'
import json
import random
import sys

r = random.Random(int(sys.argv[1]))
STRINGS = ["", "x", "sixteen bytes and", "more than thirty-two bytes in a string", "é", "日本語", "😂🔥", "\x7f",
           "a" * 15 + "é", "\\n", "\\\\", "\\\"", "\\u00e9", "\\ud83d\\ude00", "tab\\tand é", "\\/", "😂" * 9, ",:{}[]"]
NUMBERS = ["0", "-0", "7", "-17", "1.50", "1e999", "2E-3", "-0.0e+00", "9007199254740993", "8" * 40, "0." + "1" * 20]
KEYS = ["a", "b", "s", "n", "", "ab", "bb", "long key that is not asked for", "\\u0061", "é", "c", "d"]


def space():
    return r.choice(["", "", "", "", " ", "\t", "  \r"])


def string():
    return '"' + "".join(r.choices(STRINGS, k=r.choice([0, 1, 1, 2, 4]))) + '"'


def array(depth):
    return "[" + ",".join(space() + value(depth + 1) + space() for _ in range(r.randrange(4))) + space() + "]"


def members(keys, depth):
    keys = r.sample(keys, r.randrange(len(keys) + 1))
    if keys and r.random() < 0.1:
        keys.append(keys[0])
    return "{" + ",".join(f'{space()}"{k}"{space()}:{space()}{value(depth + 1)}{space()}' for k in keys) + space() + "}"


def value(depth):
    kind = r.randrange(7 if depth < 4 else 4)
    return (string() if kind < 2 else r.choice(NUMBERS) if kind == 2 else r.choice(["true", "false", "null"]) if kind == 3
            else array(depth) if kind == 4 else members(["c", "d", "é", "x", "\\u0063"], depth))


def field(v):
    if v is None:
        return "\\N"
    if isinstance(v, bool):
        return "true" if v else "false"
    if isinstance(v, float):
        raise ValueError
    return v[1] if isinstance(v, tuple) else v.translate({9: "\\t", 10: "\\n", 13: "\\r", 92: "\\\\"})


def at(v, *steps):
    for step in steps:
        if isinstance(step, str):
            v = v.get(step) if isinstance(v, dict) else None
        else:
            v = v[step] if isinstance(v, list) and step < len(v) else None
    return "a container" if isinstance(v, (dict, list)) else v


want = open(sys.argv[2], "w", encoding="utf-8", newline="\n") if len(sys.argv) > 2 else None
out = open("in", "w", encoding="utf-8", newline="\n")
for _ in range(4000):
    line = members(KEYS, 0)
    parsed = json.loads(line, parse_int=lambda s: (0, s), parse_float=lambda s: (0, s))
    row = [at(parsed, "a"), at(parsed, "b", "c"), at(parsed, "b", "d", 1), at(parsed, "s"), at(parsed, "n"), at(parsed, "")]
    if want and "a container" in row:
        continue
    out.write(space() + line + space() + "\n")
    if want:
        want.write("\t".join(map(field, row)) + "\n")
END
}

@test "random objects of all shapes: what both builds find is what python3 finds" {
    generate 1 want
    [ "$(wc -l < want)" -gt 1000 ]
    both -N a b.c 'b.d[1]' s n '.""'
    cmp want out
}

@test "random objects of all shapes: both builds give the same, containers and types too" {
    for seed in 2 3; do
        generate $seed
        both a b b.c b.d 'b.d[1]' 'b.d[0].c' 'd[2]' 'long=."long key that is not asked for"' é:int 'again=a!'
    done
}

@test "a byte that is missing, wrong or too much, anywhere in a line" {
    python3 - << 'END'
good = ('{"a" :"plain", "s":"\\u00e9\\ud83d\\ude00\\n","é":["日本語😂",-0.5e+1,10, true,{"a":null}],'
        '"b":{"c":false,"d":[]} , "n":1}').encode()
with open("in", "wb") as out:
    for i in range(len(good) + 1):
        out.write(good[:i] + b"\n" + good[:i] + good[i + 1:] + b"\n")
        for c in b'\0\x01\t\x1f "\\,:{}[]0-.eEtnu/x\x7f\x80\xa0\xbf\xc0\xc3\xe2\xed\xf0\xf4\xff':
            out.write(good[:i] + bytes([c]) + good[i + 1:] + b"\n" + good[:i] + bytes([c]) + good[i:] + b"\n")
END
    both a s b.c 'e=é[1]' 'd=é' n:int
    [ "$(wc -l < out)" -gt 1000 ]
    [ "$(wc -l < rejects)" -gt 4000 ]
}

@test "what is UTF-8 and what is not, at every place of a vector, before the end of a string and of a line" {
    python3 - << 'END'
from itertools import product
edges = [0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf]
edges += [0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff]
texts = [bytes(t) for n in (1, 2, 3) for t in product(edges[1:], repeat=n)]
texts += [bytes([a, b, 0x80, c]) for a in edges[-6:] for b in edges for c in (0x7f, 0x80, 0xbf, 0xc0)]
good = bad = 0
with open("in", "wb") as out:
    for i, text in enumerate(texts):
        try:
            text.decode()
            good += 1
        except UnicodeDecodeError:
            bad += 1
        out.write(b'{"k":1,"v":"' + "é".encode() * (i % 2) + b"x" * (i % 37) + text + b"yy" * (i // 37 % 3) + b'"}\n')
print(good, bad, file=open("counts", "w"))
END
    both -N v
    [ "$(cat err)" = "jsonl2tsv: $(awk '{ print $1 + $2 " read, " $1 " written, " $2 }' counts) rejected to rejects" ]
}

@test "a key that stands twice, spelled with escapes, empty, or the beginning of another one" {
    for i in 1 2 3 4; do # the first lines of all are looked at more closely
        printf '%s\n' '{"a":1,"a":2}' '{"a":{"b":1},"a":{"c":2}}' '{"a":{"b":1,"b":2}}' '{"\u0061":{"\u0062":3}}' \
            '{"x":{"\u0061":1},"x":2,"":5}' '{"a":{"b":1},"\u0061":null}' '{"a":[{"b":1}],"ab":7,"abcdefghi":8}'
    done > in
    both -N a.b a '.""' ab abcdefghi 'i=a[0].b'
    diff <(head -n 7 out) - << END
\\N${tab}2${tab}\\N${tab}\\N${tab}\\N${tab}\\N
\\N${tab}{"c":2}${tab}\\N${tab}\\N${tab}\\N${tab}\\N
2${tab}{"b":1,"b":2}${tab}\\N${tab}\\N${tab}\\N${tab}\\N
3${tab}{"\\\\u0062":3}${tab}\\N${tab}\\N${tab}\\N${tab}\\N
\\N${tab}\\N${tab}5${tab}\\N${tab}\\N${tab}\\N
\\N${tab}\\N${tab}\\N${tab}\\N${tab}\\N${tab}\\N
\\N${tab}[{"b":1}]${tab}\\N${tab}7${tab}8${tab}1
END
    for i in 1 2 3; do
        diff <(head -n 7 out) <(tail -n +$((7 * i + 1)) out | head -n 7)
    done
    # the same length too
    printf '{"the same beginning%d":%d}\n' 2 1 1 2 3 3 4 4 2 5 11 6 > in
    both -N '."the same beginning2"'
    diff <(printf '%s\n' 1 '\N' '\N' '\N' 5 '\N') out
}

@test "many columns whose keys start alike, and levels of every depth" {
    seq 300 | sed 's/.*/the same beginning &/' > keys
    mapfile -t columns < keys
    for i in {1..20}; do
        shuf --random-source=<(yes "$i") keys | awk '{ printf "%s\"%s\":%d", NR == 1 ? "{" : ",", $0, $4 } END { print "}" }'
    done > in
    both -N "${columns[@]}"
    diff <(seq 300 | paste -s) <(sort -u out)
    for n in {1..80} {1020..1028}; do
        printf -v open '%*s' "$n" ''
        printf '{"n":%d,"v":%s1%s}\n' "$n" "${open// /[}" "${open// /]}"
        printf '{"n":%d,"v":%s1%s}\n' "$n" "${open// /\{\"v\":}" "${open// /\}}"
    done > in
    both -N n v.v.v 'v[0][0]'
    [ "$(wc -l < rejects)" = 11 ]
}
