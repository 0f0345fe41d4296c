# shape: the fast way through lines that look alike changes no byte of output, no reject, no message, no status. The
# other way is a build with -DWEIR_PLAIN, which learns no shape and has no vector code either; and for lines made by a
# generator it is known what must come out.

load helper

PLAIN=${WEIR_PLAIN_BUILD:-$ROOT/build/plain}/bin

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    [ -x "$PLAIN/jsonl2tsv" ] || skip "no plain build: make plain"
}

# Runs jsonl2tsv of both builds on the file in, with rejects and without, and keeps what the first run of the normal one
# gave in out, err, status and rejects.
both() { # OPERAND...
    local variant
    for variant in fast plain; do
        local program=jsonl2tsv
        [ $variant = fast ] || program=$PLAIN/jsonl2tsv
        status=0
        "$program" -r rejects "$@" < in > $variant.out 2> $variant.err || status=$?
        mv rejects $variant.rejects
        echo $status > $variant.status
        status=0
        "$program" "$@" < in > $variant.stopped.out 2> $variant.stopped.err || status=$?
        echo $status > $variant.stopped.status
    done
    for file in out err rejects status stopped.out stopped.err stopped.status; do
        cmp fast.$file plain.$file || return
    done
}

# What the lines of the generator have in them, under the paths that it is asked for.
generate() { # SEED TYPED
    python3 - "$@" << 'END'
import random
import re
import sys

seed, typed = int(sys.argv[1]), sys.argv[2] == "typed"
r = random.Random(seed)

NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
NUMBERS = ["0", "-0", "1", "-17", "1.50", "1e999", "2E-3", "9007199254740993", "-0.0e+00", "7" * 40]

# What a string may be made of: how JSON spells it and how a field does.
PIECES = [("a", "a"), ("Z9 ", "Z9 "), ("sixteen bytes and", "sixteen bytes and"), ("\x7f", "\x7f"), (",", ","), (":{", ":{")]
ODD = [("\\n", "\\n"), ("\\t", "\\t"), ("\\r", "\\r"), ("\\\\", "\\\\"), ("\\\"", "\""), ("\\/", "/"), ("\\b", "\b"),
       ("\\u0041", "A"), ("\\u00e9", "\u00e9"), ("\\uD83D\\ude00", "\U0001f600"), ("\\\\N", "\\\\N"), ("\\u005c", "\\\\")]
WIDE = [("\u00e9", "\u00e9"), ("\u20ac", "\u20ac"), ("\U0001f600", "\U0001f600"), ("\u2028", "\u2028"), ("\x85", "\x85")]


def string(odd):
    pieces = r.choices(PIECES + (ODD + WIDE if odd else []), k=r.choice([0, 1, 1, 2, 3, 9]))
    return "".join(p[0] for p in pieces), "".join(p[1] for p in pieces)


def space():
    return r.choice(["", "", "", " ", "\t", "  \r"]) if spaced else ""


# A value of KIND: as JSON, as a field, and its text if it has one that a type can judge.
def value(kind):
    if r.random() < 0.03:
        kind = r.choice(["number", "string", "id", "null", "bool", "object", "array"])
    if kind == "id":
        n = str(r.randrange(10 ** r.randrange(1, 18)))
        return '"' + n + '"', n, n
    if kind == "number":
        n = r.choice(NUMBERS) if r.random() < 0.2 else str(r.randrange(-1000, 1000000))
        return n, n, n
    if kind == "bool":
        b = r.choice(["true", "false"])
        return b, b, b
    if kind == "null":
        return "null", "\\N", None
    if kind == "object":
        n, (text, _) = str(r.randrange(100)), string(r.random() < 0.5)
        compact = '{"k":' + n + ',"t":"' + text + '"}'
        wide = "{" + space() + '"k"' + space() + ":" + n + space() + "," + '"t":' + space() + '"' + text + '"' + space() + "}"
        return wide, compact.replace("\\", "\\\\"), compact
    if kind == "array":
        items = [str(r.randrange(100)) for _ in range(r.randrange(3))]
        return "[" + space() + ("," + space()).join(items) + "]", "[" + ",".join(items) + "]", "[]"
    text, field = string(r.random() < 0.3)
    return '"' + text + '"', field, field


def accepts(column_type, json, text):
    if column_type == "int":
        return INTEGER.fullmatch(text) is not None
    if column_type == "num":
        return NUMBER.fullmatch(text) is not None
    if column_type == "bool":
        return text in ("true", "false")
    return json.startswith('"')


# Breaks LINE so that it is no JSON any more, wherever that happens to be.
def damage(line):
    how = r.randrange(7) if b":" in line else 2
    at = r.randrange(1, len(line))
    if how == 0:
        return line[:at].rstrip()
    if how == 1:
        return line[:at] + r.choice([b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\x80", b"\0", b"\x1f", b"\x0b"]) + line[at:]
    if how == 2:
        return line + r.choice([b"x", b",", b"{}", b"\0", b"}", b'"'])
    if how == 3:
        return re.sub(rb":([0-9])", rb":0\1", line, count=1) if re.search(rb":[0-9]", line) else b"{" + line
    if how == 4:
        return line.replace(b":", b"::", 1)
    if how == 5:
        return line.replace(b'"', b"'", 2)
    return line[:-1] + b',"x":' + r.choice([b"tru", b"-", b"1.", b'"\\x"', b'"\\ud800"', b"[1,]", b"NaN", b""]) + b"}"


COLUMNS = [("Id", "int"), ("n", "num"), ("s", "str"), ("flag", "bool"), ("a much longer name than a vector", None),
           ("o", None), ("missing", None)]
KINDS = {"Id": "id", "n": "number", "s": "string", "flag": "bool", "a much longer name than a vector": "string", "o": "object",
         "other": "string", "l": "array", "\u00e9": "number", "nothing": "null"}

shapes = []
for _ in range(r.choice([1, 3, 8, 20])):
    keys = [k for k in KINDS if r.random() < 0.7 and (k != "o" or r.random() < 0.3)]
    r.shuffle(keys)
    shapes.append(keys)
out = [("\t".join(c[0] for c in COLUMNS)).encode()]
rejected = []
lines = []
for number in range(1, 4001):
    spaced = r.random() < 0.1
    keys = list(shapes[0] if r.random() < 0.5 else r.choice(shapes))
    if r.random() < 0.02:
        r.shuffle(keys)
    if keys and r.random() < 0.02:
        keys.append(r.choice(keys))
    if r.random() < 0.01:
        lines.append(r.choice([b"", b" ", b"\r", b"\t \r"]))
        continue
    fields, good, members = {}, True, []
    for key in keys:
        json, field, text = value(KINDS[key])
        fields[key] = (json, field, text)
        name = key.replace("n", "\\u006e") if r.random() < 0.01 else key
        members.append(space() + '"' + name + '"' + space() + ":" + space() + json + space())
    for name, column_type in COLUMNS:
        if typed and column_type and name in fields and fields[name][2] is not None:
            good = good and accepts(column_type, fields[name][0], fields[name][2])
    line = ("{" + (",".join(members) or space()) + "}").encode()
    if r.random() < 0.03:
        line, good = damage(line), False
    if r.random() < 0.02:
        line += b"\r"
    lines.append(line)
    if good:
        out.append(("\t".join(fields[name][1] if name in fields else "\\N" for name, _ in COLUMNS)).encode())
    else:
        rejected.append(str(number).encode())
with open("in", "wb") as f:
    f.write(b"\n".join(lines) + r.choice([b"\n", b""]))
with open("want", "wb") as f:
    f.write(b"\n".join(out) + b"\n")
with open("want.rejected", "wb") as f:
    f.write(b"".join(n + b"\n" for n in rejected))
END
}

# Lines of the generator through both builds with OPERANDS: the values and the rejected lines are those it meant.
generated() { # TYPED OPERAND...
    local typed=$1 seed
    shift
    for seed in 1 2 3 4 5 6; do
        echo "seed $seed"
        generate $seed "$typed"
        both "$@"
        cmp want fast.out
        diff want.rejected <(tail -n +2 fast.rejects | cut -f 1)
        [ "$(cat fast.status)" = 0 ]
        [ "$(cat fast.stopped.status)" = 1 ]
        [ -s want.rejected ]
    done
}

@test "random lines, no types" {
    generated untyped Id n s flag 'a much longer name than a vector' o missing
}

@test "random lines, with types" {
    generated typed Id:int n:num s:str flag:bool 'a much longer name than a vector' o missing
}

@test "random lines, other paths: inside objects and arrays, each element, line numbers, all paths" {
    for seed in 1 2 3; do
        generate $seed untyped
        both o.k o.t 'l[1]' é
        both --outer @line 'l[#]' 'l[]' Id
        both 'Id!' 'é:int!' 'nothing'
        both --paths
    done
}

@test "random bytes changed in lines of one shape" {
    for seed in 1 2 3 4; do
        python3 - $seed << 'END'
import random
import sys

r = random.Random(int(sys.argv[1]))
with open("in", "wb") as f:
    for i in range(5000):
        line = bytearray(b'{"Id":"%d","PostId":"%d","n":%d,"t":true,"z":null,"s":"caf\xc3\xa9 %d"}' % (i, i * 7, i, i))
        for _ in range(r.choice([0, 1, 1, 2])):
            at = r.randrange(len(line))
            how = r.randrange(3)
            if how == 0:
                line[at] = r.choice(b'\0\t\r "\\{}[]:,0-+.eEtfn\x1f\x7f\x80\xa9\xc0\xc3\xed\xff')
            elif how == 1:
                del line[at]
            else:
                line.insert(at, r.choice(b'\0 "\\{}[]:,019-+.eE\xc3\xff'))
        if not line.startswith(b"\\!"):
            f.write(bytes(line) + b"\n")
END
        both Id PostId n t z s
        both Id:int PostId:int 'n:int!' t:bool z s:str
    done
}

@test "strings, keys and numbers of every length, and every odd byte at every place of them" {
    python3 - << 'END'
import random

r = random.Random(1)
ODD = [b"\xc3\xa9", b"\\n", b"\\u0041", b'\\"', b'"', b"\\", b"\t", b"\x1f", b"\x7f", b"\x80", b"\xff", b"\0"]
with open("in", "wb") as f:
    for length in range(70):
        for at in range(length + 1):
            text = b"s" * at + ODD[(length + at) % len(ODD)] + b"s" * (length - at)
            f.write(b'{"a":"%s","b":"%s"}\n' % (b"p" * length, text))
    for length in range(70):
        for i in range(4):
            f.write(b'{"%s":"%d","a":%d,"b":"%s"}\n' % (b"k" * length, i, i, b"v" * length))
    for length in range(1, 40):
        for at in range(length + 1):
            for odd in (b"", b".", b"-", b"e", b"E+", b" ", b"x"):
                f.write(b'{"a":%s,"b":"%d"}\n' % (b"1" * at + odd + b"0" * (length - at), at))
    for _ in range(20000):
        number = "".join(r.choices("0123456789.-+eE", [9] * 10 + [7, 5, 1, 2, 1], k=r.choice([1, 2, 3, 5, 15, 16, 17, 33])))
        f.write(b'{"a":%s,"b":"x"}\n' % number.encode())
END
    both a b
    [ "$(grep -c . fast.out)" -gt 9000 ]
    [ "$(grep -c . fast.rejects)" -gt 9000 ]
}

@test "lines that end at every place around the end of a block, and that come in pieces" {
    for first in $(seq 1 33); do
        awk -v n="$first" 'BEGIN { printf "{\"a\":\""; while (n-- > 0) printf "x"; print "\"}"
            for (i = 0; i < 9000; i++) printf "{\"a\":\"%08d\",\"b\":%d.5}\n", i, 100000 + i }' > in
        jsonl2tsv a b < in > fast.out
        "$PLAIN/jsonl2tsv" a b < in | cmp - fast.out
    done
    [ "$(tail -n 1 fast.out)" = "$(printf '00008999\t108999.5')" ]
    for size in 1 7 35 36 37; do
        head -n 300 in | dd bs=$size 2> dd.err | jsonl2tsv a b | cmp - <(head -n 301 fast.out)
    done
}

@test "a shape learned from empty values, with more than a vector of bytes behind the last" {
    end='                                        }'
    printf '%s\n' '{"a":"","b":"","c":""'"$end" '{"a":"1","b":"2","c":"3"'"$end" '{"a":"4","b":"","c":"6"'"$end" > in
    both a b c
    [ "$(cat fast.out)" = "$(printf 'a\tb\tc\n\t\t\n1\t2\t3\n4\t\t6')" ]
}

@test "the last line: at its end, without its LF, and cut at every byte" {
    line='{"Id":"1","n":-12.5e+3,"t":true,"f":false,"z":null,"s":"é","e":""}'
    bytes=$(printf %s "$line" | wc -c)
    for cut in $(seq 0 "$bytes"); do
        { printf '%s\n%s\n' "$line" "$line"; printf %s "$line" | head -c "$cut"; } > in
        both Id n t f z s e
        [ "$(wc -l < fast.out)" = $((cut == bytes ? 4 : 3)) ]
    done
}

@test "values that look like what comes after them" {
    { printf '{"a":"x","b":1}\n{"a":"y","b":2}\n'
      printf '%s\n' '{"a":"\",\"b\":3}","b":3}' '{"a":"","b":4}' '{"a":"x\\","b":5}' '{"a":"x","b":6,"b":7}' '{"a":"x","b":8} ' \
          '{"a":"x","b":"9"}' '{"a":"x" ,"b":10}' '{"a":null,"b":11}' '{"a":"x","b":12.}' '{"a":"x","b":-}' '{"a":"x","b":1e}' \
          '{"a":"x","b":trues}' '{"a":"x","b":nul}' '{"a":"x","b":{}}' '{"a":"x","b":[]}' '{"a":"x","b":}' '{"a":"x","b":00}' \
          '{"a":"x","b":13}x' '{"a":"x","b":14'; } > in
    both a b
    diff - fast.out << END
a	b
x	1
y	2
","b":3}	3
	4
x\\\\	5
x	7
x	8
x	9
x	10
\\N	11
x	{}
x	[]
END
    [ "$(cat fast.err)" = 'jsonl2tsv: 21 read, 12 written, 9 rejected to rejects' ]
}

@test "a value of every kind, and of none, in the place of every other" {
    python3 - > in <<'PYTHON'
values = ['null', 'true', 'false', '0', '-12.5e3', '""', '"x"', '"a longer text than a vector"', '"null"', '"\\t"', '"é"',
          'nul', 'nullx', '-', '"', '"x', 'x"', '0"', '""""', '"x"0', '', '[]', '{}', '"\\"']
for a in values:
    for b in values:
        print('{"a":%s,"b":%s,"c":[1,%s]}' % (a, b, a))
        print('{"a":1,"b":"text","c":[1,null]}')
PYTHON
    both a b 'c[1]'
    [ "$(grep -c '' fast.out)" -gt 700 ]
}

@test "what a shape cannot hold: columns that are containers, 501 values, 33 KB of keys, no value at all" {
    for i in 1 2 3 4; do
        echo '{}'
        echo '{"a":{"b":'$i'},"c":[]}'
        echo '{"a":'$i',"c":[]}'
        awk -v i=$i 'BEGIN { printf "{"; for (j = 0; j < 500; j++) printf "\"k%d\":%d,", j, j; print "\"a\":" i "}" }'
        awk -v i=$i 'BEGIN { printf "{\""; for (j = 0; j < 33000; j++) printf "k"; print "\":1,\"a\":" i "}" }'
    done > in
    both a a.b c k7
    [ "$(sed -n '7,11p' fast.out)" = "$(printf '\\N\t\\N\t\\N\t\\N\n{"b":2}\t2\t[]\t\\N\n2\t\\N\t[]\t\\N\n2\t\\N\t\\N\t7\n2\t\\N\t\\N\t\\N')" ]
}

@test "more shapes than are remembered, in turn and coming back" {
    awk 'BEGIN { for (i = 0; i < 20000; i++) { k = i < 10000 ? i % 17 : i % 3; print "{\"k" k "\":\"" i "\",\"a\":" i "}" } }' > in
    both a k0 k16
    diff <(seq 0 19999) <(tail -n +2 fast.out | cut -f 1)
    diff <(seq 0 17 9999; seq 10002 3 19999) <(tail -n +2 fast.out | cut -f 2 | grep -v N)
}

@test "the limit of a line holds on both ways" {
    printf '%s\n' '{"a":"123"}' '{"a":"123"}' '{"a":"1234"}' '{"a":"12"}' > in
    both --max-line 11 a
    diff - fast.out <<< $'a\n123\n123\n12'
    diff - <(tail -n +2 fast.rejects) <<< $'3\tlonger than 11 bytes\t{"a":"1234"'
}
