# shape: the fast way through lines that look alike changes no byte of output, no reject, no message, no status. The
# other way is a build with -DWEIR_PLAIN, which learns no shape and has no vector code either; and for lines made by a
# generator it is known what must come out.

load helper
load builds

setup() { builds_setup jsonl2tsv; }

# As at_all_levels. The build of the levels has the index of shape_kernel.c also for lines with few values.
index() { # OPERAND...
    at_all_levels jsonl2tsv "$@" || return
    [ ! -x "$LEVELS/jsonl2tsv" ] || is_as_plain "$LEVELS/jsonl2tsv" "$@"
}

# What the lines of the generator have in them, under the paths that it is asked for.
generate() { # SEED TYPED
    python3 "$ROOT/t/lib/random_lines.py" "$@"
}

# Lines of the generator through both builds with OPERANDS: the values and the rejected lines are those it meant.
generated() { # TYPED OPERAND...
    local typed=$1 seed
    shift
    for seed in 1 2 3 4 5 6; do
        echo "seed $seed"
        generate $seed "$typed"
        both jsonl2tsv "$@"
        cmp want fast.out
        diff want.rejected <(tail -n +2 fast.rejects | cut -f 1)
        [ "$(cat fast.status)" = 0 ]
        [ "$(cat fast.stopped.status)" = 1 ]
        [ -s want.rejected ]
    done
}

@test "random lines, no types" {
    generated untyped Id? n? s? flag? 'a much longer name than a vector?' o? missing?
}

@test "random lines, with types" {
    generated typed Id:int? n:num? s:str? flag:bool? 'a much longer name than a vector?' o? missing?
}

@test "random lines: the same paths are absent" {
    local n
    for n in 1 2 3 5 9 20 50 200; do
        for seed in 1 2 3; do
            generate $seed$n untyped
            head -n $n in > few
            mv few in
            both jsonl2tsv Id n s flag 'nothing.x' 'o.x' 'l[0]' 'l[2].x' 'é' other.y missing
            both jsonl2tsv Id? n 'l[].x' 'l[#]' 'o.a'
            both jsonl2tsv 'o.l[].x' missing
        done
    done
    grep -q '^jsonl2tsv: path missing: in none of' fast.err
}

@test "random lines, other paths: inside objects and arrays, each element, line numbers, all paths" {
    for seed in 1 2 3; do
        generate $seed untyped
        both jsonl2tsv o.k o.t 'l[1]' é
        both jsonl2tsv --outer @line 'l[#]' 'l[]' Id
        both jsonl2tsv 'Id!' 'é:int!' 'nothing'
        both jsonl2tsv --paths
    done
}

@test "random bytes changed in lines of one shape" {
    for seed in 1 2 3 4; do
        python3 "$ROOT/t/lib/random_changes.py" $seed
        index Id PostId n t z s
        index Id:int PostId:int 'n:int!' t:bool z s:str
    done
}

@test "strings, keys and numbers of every length, and every odd byte at every place of them" {
    python3 "$ROOT/t/lib/special_bytes.py"
    index a b
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
    both jsonl2tsv a b c
    [ "$(cat fast.out)" = "$(printf 'a\tb\tc\n\t\t\n1\t2\t3\n4\t\t6')" ]
}

@test "the last line: at its end, without its LF, and cut at every byte" {
    line='{"Id":"1","n":-12.5e+3,"t":true,"f":false,"z":null,"s":"é","e":""}'
    bytes=$(printf %s "$line" | wc -c)
    for cut in $(seq 0 "$bytes"); do
        { printf '%s\n%s\n' "$line" "$line"; printf %s "$line" | head -c "$cut"; } > in
        both jsonl2tsv Id n t f z s e
        [ "$(wc -l < fast.out)" = $((cut == bytes ? 4 : 3)) ]
    done
}

@test "values that look like what comes after them" {
    { printf '{"a":"x","b":1}\n{"a":"y","b":2}\n'
      printf '%s\n' '{"a":"\",\"b\":3}","b":3}' '{"a":"","b":4}' '{"a":"x\\","b":5}' '{"a":"x","b":6,"b":7}' '{"a":"x","b":8} ' \
          '{"a":"x","b":"9"}' '{"a":"x" ,"b":10}' '{"a":null,"b":11}' '{"a":"x","b":12.}' '{"a":"x","b":-}' '{"a":"x","b":1e}' \
          '{"a":"x","b":trues}' '{"a":"x","b":nul}' '{"a":"x","b":{}}' '{"a":"x","b":[]}' '{"a":"x","b":}' '{"a":"x","b":00}' \
          '{"a":"x","b":13}x' '{"a":"x","b":14'; } > in
    index a b
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
    index a b 'c[1]'
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
    both jsonl2tsv a a.b c k7
    [ "$(sed -n '7,11p' fast.out)" = "$(printf '\\N\t\\N\t\\N\t\\N\n{"b":2}\t2\t[]\t\\N\n2\t\\N\t[]\t\\N\n2\t\\N\t\\N\t7\n2\t\\N\t\\N\t\\N')" ]
}

@test "many values: commas everywhere, white space, containers, escapes, wrong values, shapes that change, elements" {
    for seed in $(seq 1 12); do
        echo "seed $seed"
        python3 "$ROOT/t/lib/wide_lines.py" $seed
        index k0? k3? key_00? key_13? k59?
        index --outer 'k1?' key_02:int? key_07:str? k9:num? k16.in? 'k17[0]?' @line
        awk '{ print (NR > 1 ? "," : "[") $0 } END { print "]" }' in > elements
        mv elements in
        index --array k0? key_03?
    done
}

@test "many values: every byte, and two quotes, at every place of a line" {
    python3 "$ROOT/t/lib/wide_places.py"
    index @line a b c d h i
    index @line a e 'f[1].g' i:str
}

@test "more shapes than are remembered, in turn and coming back" {
    awk 'BEGIN { for (i = 0; i < 20000; i++) { k = i < 10000 ? i % 77 : i % 3; print "{\"k" k "\":\"" i "\",\"a\":" i "}" } }' > in
    both jsonl2tsv a k0 k76
    diff <(seq 0 19999) <(tail -n +2 fast.out | cut -f 1)
    diff <(seq 0 77 9999; seq 10002 3 19999) <(tail -n +2 fast.out | cut -f 2 | grep -v N)
}

@test "shapes that begin alike: keys that may be missing, come twice or in another order, long ones, with white space" {
    python3 "$ROOT/t/lib/like_shapes.py" > in
    both jsonl2tsv a? b? c? d? '."a long key that takes more than one vector"?' 'a.x?' 'b[0]?'
    [ "$(grep -c '' fast.out)" -gt 30000 ]
}

@test "the limit of a line holds on both ways" {
    printf '%s\n' '{"a":"123"}' '{"a":"123"}' '{"a":"1234"}' '{"a":"12"}' > in
    both jsonl2tsv --max-line 11 a
    diff - fast.out <<< $'a\n123\n123\n12'
    diff - <(tail -n +2 fast.rejects) <<< $'3\tlonger than 11 bytes\t{"a":"1234"'
}
