# json_inner: matching an object inside a line with the one learned at its place changes no byte of output, no reject,
# no message, no status. Compares with a build with WEIR_PLAIN.

load helper
load builds

setup() {
    builds_setup jsonl2tsv
    tab=$'\t'
}

# Lines whose inner objects have few shapes, with scalars of any kind, and some that are broken or have another shape.
generate() { # SEED
    python3 - "$@" << 'END'
import random
import sys

r = random.Random(int(sys.argv[1]))
SCALARS = ["0", "7", "-3", "0.25", "1.5", "1e9", "12345678901234567", "true", "null", '""', '"x"', '"é\\n"',
           '"\\u0037"', '"2022-01-09T00:00:00"', '"' + "long " * 20 + '"',
           "[]", "{}", "007", "[1,2]", '{"c":1}', '"\\ud800"', '"\t"']
WEIGHTS = [9] * 15 + [1] * 7
KEYS = ["id", "n", "by", "x", "a key of more than sixteen bytes", "\\u0069d", "é"]


def shape():
    keys = r.sample(KEYS, r.randrange(1, 5))
    space = r.choice(["", "", " "])
    inner = r.random() < 0.4
    def element(depth):
        pairs = [f'"{k}":{space}{r.choices(SCALARS, WEIGHTS)[0]}' for k in keys]
        if inner:
            pairs.insert(1, f'"by":{{{space}"name":"{"n" * r.randrange(40)}","u":{r.choice(["1", "null"])}}}')
            pairs.append(f'"place":[{r.randrange(90)},{space}-{r.randrange(90)}.5]')
        if depth == 0 and r.random() < 0.3:
            pairs.append(f'"c":[{",".join(element(1) for _ in range(r.randrange(4)))}]')
        return "{" + f",{space}".join(pairs) + "}"
    return element


shapes = [shape() for _ in range(r.randrange(1, 4))]
with open("in", "w", encoding="utf-8", newline="\n") as out:
    for i in range(600):
        if r.random() < 0.01:
            shapes[r.randrange(len(shapes))] = shape()
        elements = ",".join(r.choice(shapes)(0) for _ in range(r.randrange(8)))
        line = f'{{"id":{i},"p":[{elements}],"o":{shapes[0](0)},"q":{{"p":[{elements}]}}}}'
        if r.random() < 0.1:
            at = r.randrange(len(line))
            wrong = r.choice(['"', "\\", "{", "}", "]", ",", ":", "0", "-", " ", "\x01", "é"])
            line = line[:at] + wrong + line[at + r.randrange(2):]
        out.write(line + "\n")
END
}

@test "inner objects of few shapes: both builds give the same records, rejects and messages" {
    for seed in 1 2 3 4 5 6 7 8; do
        generate $seed
        for outer in '' --outer; do
            both jsonl2tsv $outer id 'p[#]?' 'p[].id?' 'p[].n:int?' 'p[].by.name?' 'r=p[].c[].id?' 'p[].c[#]?' 'o.id?' 'q.p[2].n?'
            both jsonl2tsv $outer 'p[]?' 'p[].by?' 'p[].x:str?' 'p[].by.u:num?' 'p[].place?'
        done
        both jsonl2tsv id 'o?' 'o.by?' 'o.by.name:str?' 'o.c[0].n?' 'q.p[0].id?' 'o.é?'
        both jsonl2tsv 'q.p[].place[0]?' 'q.p[].place[1]:num?' 'o.n?'
        both jsonl2tsv id
    done
    [ "$(wc -l < fast.out)" -gt 300 ]
}

@test "an element with a byte missing, changed or added, after its shape was learned" {
    python3 - << 'END'
good = '{"id":12,"by":{"name":"plain"},"x":[1,-2.5],"s":"\\u00e9é","t":"2022-01-09","n":null}'.encode()
with open("in", "wb") as out:
    def line(element):
        out.write(b'{"e":[' + good + b"," + element + b"," + good + b'],"o":{"u":[' + element + b"]}}\n")
    for _ in range(5):
        line(good)
    for i in range(len(good) + 1):
        line(good[:i])
        line(good[:i] + good[i + 1:])
        for c in b'\0\x01\t\x1f "\\,:{}[]0-.eEtnu/x\x7f\x80\xa0\xc3\xff':
            line(good[:i] + bytes([c]) + good[i + 1:])
            line(good[:i] + bytes([c]) + good[i:])
END
    both jsonl2tsv 'e[#]' 'e[].id:int' 'e[].by.name?' 'e[].s' 'e[].t:time' 'e[].n'
    [ "$(wc -l < fast.out)" -gt 1000 ]
    [ "$(wc -l < fast.rejects)" -gt 3000 ]
    both jsonl2tsv 'o.u[0].s?' 'e[1].by?' 'e[0].x[1]'
    both jsonl2tsv 'o.u?'
}

@test "a key twice, a path in no object, a path only in a rejected line, and shapes that change" {
    for _ in 1 2 3 4 5 6; do
        printf '%s\n' '{"e":[{"a":1},{"a":2},{"a":3}]}' '{"e":[{"a":4},{"a":5,"a":6},{"a":7,"b":8}]}' \
            '{"e":[{"a":9,"b":10},{"b":11,"a":12},{"b":13,"b":14}]}' '{"e":[{"a":1,"c":1},{"a":2,"c":3},}' \
            '{"e":[{"a":{"d":15}},{"a":{"d":16}},{"a":[]},{"a":{}}]}'
    done > in
    both jsonl2tsv -N 'e[].a' 'e[].b' 'e[].c?' 'e[].a.d'
    diff <(head -n 13 fast.out | tail -n +5) - << END
6${tab}\\N${tab}\\N${tab}\\N
7${tab}8${tab}\\N${tab}\\N
9${tab}10${tab}\\N${tab}\\N
12${tab}11${tab}\\N${tab}\\N
\\N${tab}14${tab}\\N${tab}\\N
{"d":15}${tab}\\N${tab}\\N${tab}15
{"d":16}${tab}\\N${tab}\\N${tab}16
[]${tab}\\N${tab}\\N${tab}\\N
{}${tab}\\N${tab}\\N${tab}\\N
END
    both jsonl2tsv -N 'e[].a' 'e[].c' # only in objects of rejected lines
    [[ $(cat fast.err) == *'e[].c'* ]]
}

@test "objects with too many values or bytes, nested to every depth, and shapes that rest" {
    python3 - << 'END'
with open("in", "w") as out:
    for n in [1, 30, 62, 63, 64, 65, 66, 200]:
        for value in ["1", '"' + "v" * n + '"']:
            element = "{" + ",".join(f'"k{i}":{value}' for i in range(n)) + "}"
            for _ in range(5):
                out.write(f'{{"e":[{element},{element},{element}]}}\n')
    for depth in range(1, 70):
        element = '{"k0":' * depth + '{"k1":1}' + "}" * depth
        for _ in range(4):
            out.write(f'{{"e":[{element},{element}]}}\n')
    for i in range(30000):
        out.write(f'{{"e":[{{"k{i % 7}":{i}}},{{"x{i % 5}":{{"k1":{i}}}}},{{"k1":{i}}}]}}\n')
END
    both jsonl2tsv 'e[#]' 'e[].k0' 'e[].k1' 'e[].k63' 'e[].k0.k0.k0.k1' 'e[].x3.k1'
    both jsonl2tsv 'e[0].k1' 'e[2].k1:int!'
}
