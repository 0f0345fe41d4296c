# json_scan: taking a line in one pass changes no byte of output, no reject, no message, no status. The other way is a
# build with -DWEIR_PLAIN, which has only the validator, the tokenizer and the selection; python3 is the judge of both.

load helper
load builds

setup() {
    builds_setup jsonl2tsv
    tab=$'\t'
}

# Lines of random objects: keys in any order, some twice, some spelled with escapes, values of any kind, white space.
# With a file WANT, what python3's json finds under the paths a b.c b.d[1] s n and the empty key goes there.
generate() { # SEED [WANT]
    python3 "$ROOT/t/lib/random_objects.py" "$@"
}

@test "random objects of all shapes: what both builds find is what python3 finds" {
    generate 1 want
    [ "$(wc -l < want)" -gt 1000 ]
    both jsonl2tsv -N a b.c 'b.d[1]' s n '.""'
    cmp want fast.out
}

@test "random objects of all shapes: both builds give the same, containers and types too" {
    for seed in 2 3; do
        generate $seed
        both jsonl2tsv a b b.c b.d 'b.d[1]' 'b.d[0].c' 'd[2]' 'long=."long key that is not asked for"' é:int 'again=a!'
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
    both jsonl2tsv a s b.c 'e=é[1]' 'd=é' n:int
    [ "$(wc -l < fast.out)" -gt 1000 ]
    [ "$(wc -l < fast.rejects)" -gt 4000 ]
}

@test "what is UTF-8 and what is not, at every place of a vector, before the end of a string and of a line" {
    python3 "$ROOT/t/lib/utf8_places.py"
    both jsonl2tsv -N v
    [ "$(cat fast.err)" = "jsonl2tsv: $(awk '{ print $1 + $2 " read, " $1 " written, " $2 }' counts) rejected to rejects" ]
}

@test "a key that stands twice, spelled with escapes, empty, or the beginning of another one" {
    for i in 1 2 3 4; do # the first lines of all are looked at more closely
        printf '%s\n' '{"a":1,"a":2}' '{"a":{"b":1},"a":{"c":2}}' '{"a":{"b":1,"b":2}}' '{"\u0061":{"\u0062":3}}' \
            '{"x":{"\u0061":1},"x":2,"":5}' '{"a":{"b":1},"\u0061":null}' '{"a":[{"b":1}],"ab":7,"abcdefghi":8}'
    done > in
    both jsonl2tsv -N a.b a '.""' ab abcdefghi 'i=a[0].b'
    diff <(head -n 7 fast.out) - << END
\\N${tab}2${tab}\\N${tab}\\N${tab}\\N${tab}\\N
\\N${tab}{"c":2}${tab}\\N${tab}\\N${tab}\\N${tab}\\N
2${tab}{"b":1,"b":2}${tab}\\N${tab}\\N${tab}\\N${tab}\\N
3${tab}{"\\\\u0062":3}${tab}\\N${tab}\\N${tab}\\N${tab}\\N
\\N${tab}\\N${tab}5${tab}\\N${tab}\\N${tab}\\N
\\N${tab}\\N${tab}\\N${tab}\\N${tab}\\N${tab}\\N
\\N${tab}[{"b":1}]${tab}\\N${tab}7${tab}8${tab}1
END
    for i in 1 2 3; do
        diff <(head -n 7 fast.out) <(tail -n +$((7 * i + 1)) fast.out | head -n 7)
    done
    # the same length too
    printf '{"the same beginning%d":%d}\n' 2 1 1 2 3 3 4 4 2 5 11 6 > in
    both jsonl2tsv -N '."the same beginning2"'
    diff <(printf '%s\n' 1 '\N' '\N' '\N' 5 '\N') fast.out
}

@test "many columns whose keys start alike, and levels of every depth" {
    seq 300 | sed 's/.*/the same beginning &/' > keys
    mapfile -t columns < keys
    for i in {1..20}; do
        shuf --random-source=<(yes "$i") keys | awk '{ printf "%s\"%s\":%d", NR == 1 ? "{" : ",", $0, $4 } END { print "}" }'
    done > in
    both jsonl2tsv -N "${columns[@]}"
    diff <(seq 300 | paste -s) <(sort -u fast.out)
    for n in {1..80} {1020..1028}; do
        printf -v open '%*s' "$n" ''
        printf '{"n":%d,"v":%s1%s}\n' "$n" "${open// /[}" "${open// /]}"
        printf '{"n":%d,"v":%s1%s}\n' "$n" "${open// /\{\"v\":}" "${open// /\}}"
    done > in
    both jsonl2tsv -N n v.v.v 'v[0][0]'
    [ "$(wc -l < fast.rejects)" = 11 ]
}

# Lines of random objects with arrays in arrays, some broken: what `[]` names may be missing, null or no array.
generate_arrays() { # SEED
    python3 - "$@" << 'END'
import random
import sys

r = random.Random(int(sys.argv[1]))
SCALARS = ["0", "17", "-3", "1.5", "1e9", "true", "null", '"007"', '"7"', '"x"', '"é\\n"', '""', '"\\u0037"',
           '"2022-01-09T00:00:00"']


def scalar():
    return r.choice(SCALARS)


def members(*pairs):
    pairs = [f'"{k}"{r.choice(["", "", " "])}:{v}' for k, v in pairs if r.random() < 0.85]
    if pairs and r.random() < 0.03:
        pairs.append(r.choice(pairs))
    r.shuffle(pairs)
    return "{" + ",".join(pairs) + "}"


def array(element):
    how = r.random()
    if how < 0.06:
        return r.choice(["null", "[]", "{}", '{"0":[1]}', '"[]"', "5", "[ ]"])
    return "[" + ",".join(element() for _ in range(r.choice([0, 1, 1, 2, 3, 7]))) + r.choice(["", "", " "]) + "]"


def reply():
    last = ("\\u0069d", scalar()) if r.random() < 0.02 else ("x", array(scalar))
    return members(("id", scalar()), ("n", scalar()), last)


def comment():
    if r.random() < 0.05:
        return scalar()
    return members(("id", scalar()), ("by", members(("name", scalar()))), ("c", array(reply)),
                   ("m", array(lambda: array(scalar))))


def break_(line):
    at = r.randrange(len(line))
    how = r.randrange(3)
    return line[:at] + (line[at + 1:] if how == 0 else r.choice('"\\{}[]:,0-x\t\x01é') + line[at + how - 1:])


with open("in", "w", encoding="utf-8", newline="\n") as out:
    for _ in range(1500):
        line = members(("id", scalar()), ("p", array(comment)), ("a", array(scalar)),
                       ("o", members(("p", array(comment)))))
        out.write((break_(line) if r.random() < 0.15 else line) + "\n")
END
}

@test "random arrays in arrays: both builds give the same records, rejects and messages" {
    for seed in 1 2 3; do
        generate_arrays $seed
        for outer in '' --outer; do
            both jsonl2tsv $outer id 'p[].id' 'p[].by.name' 'n=p[].c[#]' 'p[].c[].id' 'q=p[].c[].n' 'o.p' 'first=p[#]' @line
            [ "$(wc -l < fast.out)" -gt 500 ]
            both jsonl2tsv $outer 'p[].m[][]' 'p[].m[][#]' 'p[].m[]' 'p[].by' 'p[].id:int' '@line:int!'
            both jsonl2tsv $outer 'o.p[].c[].x[]:num' 'o.p[].c[].n:str' 'o.p[].id!' 'a'
            both jsonl2tsv $outer 'a[]:time' 'a[#]' 'a'
            both jsonl2tsv $outer 'a[]' 'a[0]' 'a[2]' 'id:json'
            both jsonl2tsv $outer 'p[]' 'p[0].id' 'p[1].c[0].id' 'p[].c'
        done
    done
}

@test "a line number, a type and ! take the fast ways and change nothing" {
    for seed in 1 2; do
        generate $seed
        both jsonl2tsv @line a s:str 'n:num' 'b.c:bool' 'line=@line:int!' é
        both jsonl2tsv 's!' 'a:json' 'b.c:int' 'again=@line'
    done
}

@test "what is an integer and what is a time, at every length and with every byte changed" {
    python3 - << 'END'
times = ["2022-01-09", "2022-01-09T12:34:56", "2022-01-09 12:34:56", "2022-01-09T12:34:56Z", "2022-01-09T12:34:56.789",
         "2022-01-09T12:34:56.789Z", "2022-01-09T12:34:56+0530", "2022-01-09T12:34:56-0530",
         "2022-01-09T12:34:56+05:30",
         "2022-01-09T12:34", "2022-01-09T23:59:60", "2022-01-09T12:34:56.123456", "0001-01-01T00:00:00+0001",
         "0999-12-31T00:00:00Z", "9999-12-31T23:59:59-0001", "9999-12-31T23:59:59+0001", "2022-01-09T12:34:56+2359"]
years = ["1000", "1900", "2022", "2024", "8999"]
dates = [f"{y}-{m:02}-{d:02}" for y in years for m in range(0, 21) for d in range(0, 41)]
with open("in", "w") as out:
    def line(text):
        out.write('{"n":%s,"v":"%s"}\n' % ("17", text))
        out.write('{"n":"%s","v":"2022-01-09"}\n' % text)
    for d in dates:
        line(d)
        line(d + "T00:00:00.000")
    for t in times:
        for i in range(len(t) + 1):
            line(t[:i])
            for c in "09125:-T tZz.+/;\x7f":
                line(t[:i] + c + t[i + 1:])
                line(t[:i] + c + t[i:])
    for h in range(100):
        line("2022-01-09T%02d:%02d:00" % (h, h))
    for length in range(1, 40):
        for i in range(length):
            for c in "09-./:":
                line("1" * i + c + "7" * (length - i - 1))
                out.write('{"n":%s%s%s,"v":null}\n' % ("1" * i, c, "7" * (length - i - 1)))
END
    both jsonl2tsv n v:time
    [ "$(wc -l < fast.out)" -gt 2000 ]
    [ "$(wc -l < fast.rejects)" -gt 5000 ]
    both jsonl2tsv n:int v
    [ "$(wc -l < fast.out)" -gt 2000 ]
    both jsonl2tsv 'v:time!' 'n:num!'
}
