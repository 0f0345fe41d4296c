# jsonl2tsv --array: an input that is one array of objects, on any lines.

load helper

PLAIN=${WEIR_PLAIN_BUILD:-$ROOT/build/plain}/bin

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    tab=$'\t'
}

# The file of rejects of the last try: its header line and LINEs.
rejects() {
    diff -u --label expected --label rejected <(printf '%s\n' "line${tab}reason${tab}record" "$@") rejects
}

# stops REASON INPUT: the array INPUT, for printf, ends the program for REASON, also with -r.
stops() {
    given_bytes "$2"
    for options in '' '-r rejects'; do
        # shellcheck disable=SC2086 # words are meant
        try jsonl2tsv --array $options a?
        if [ "$status" -ne 1 ] || [ "$(cat err)" != "jsonl2tsv: $1" ] ||
            [ "$(tail -n 1 out)" != "\\!${tab}jsonl2tsv${tab}${1//\\/\\\\}" ]; then
            echo "$2: status $status: $(cat err out)"
            return 1
        fi
    done
}

@test "random arrays, in random layouts and damaged, against python3 and against lines" {
    for seed in 1 2 3; do
        python3 "$ROOT/t/lib/json_arrays.py" $seed 50
    done
}

@test "large arrays give the records of lines, in one line, in a line an element, and in many" {
    generate-votes 30000 > lines
    python3 - << 'END'
import json
objects = [json.loads(line) for line in open("lines")]
json.dump(objects, open("one", "w"), separators=(",", ":"))
open("each", "w").write("[\n" + ",\n".join(map(json.dumps, objects)) + "\n]\n")
json.dump(objects, open("many", "w"), indent=4)
END
    jsonl2tsv Id PostId:int VoteTypeId CreationDate:time < lines > want
    for layout in one each many; do
        jsonl2tsv --array Id PostId:int VoteTypeId CreationDate:time < $layout | cmp - want
        gzip -c $layout | jsonl2tsv --array Id PostId:int VoteTypeId CreationDate:time | cmp - want
        [ ! -x "$PLAIN/jsonl2tsv" ] || "$PLAIN/jsonl2tsv" --array Id PostId VoteTypeId CreationDate < $layout | cmp - want
    done
    [ "$(jsonl2tsv --array -N @line < each | sed -n '$p')" = 30001 ]
    jsonl2tsv --array -N @line < many | cmp - <(grep -n '{' many | cut -d : -f 1)
}

@test "an array takes no more memory than an element" {
    [ -z "${SAN-}" ] || skip 'the sanitizers reserve memory'
    python3 -c 'print("[", ",".join(["{\"a\":1}"] * 20000000), "]", sep="")' > in
    try bash -c 'ulimit -v 60000; jsonl2tsv --array a | tail -n 1'
    gives 0 '' 1
}

@test "an array without elements has no records; white space is free; a byte order mark is skipped" {
    for input in '[]' ' [ \r\n\t ] \n' '\xef\xbb\xbf[]'; do
        given_bytes "$input"
        try jsonl2tsv --array -E a
        gives 0 '' a '\.'
        try jsonl2tsv --array --paths
        gives 0 '' 'Path Type Records Nulls Empty Shortest Longest Kinds Example'
    done
}

@test "an array in bytes one by one, and while it pauses" {
    given_bytes '\xef\xbb\xbf[{"a":"\\\\\\"]}\\u00e9"},\n{"a":[1,{"b":"}"}]}\n]\n'
    try jsonl2tsv --array a
    cp out whole
    python3 "$ROOT/t/lib/slow_pieces.py" 1 jsonl2tsv --array a > out
    cmp whole out
    python3 "$ROOT/t/lib/pausing_input.py" '[{"a":1},{"a":2}' ',{"a":3}]' -- 'out=1\n2\n' -- jsonl2tsv --array a
    diff out - <<< $'a\n1\n2\n3'
}

@test "--array goes with [], --outer, --paths, types, @line and @file, and several files" {
    printf '[{"id":1,"l":[{"x":1},\n{"x":2}]},\n\n {"id":2,"l":[]}]' > a
    printf '[\n{"id":3,"l":[{"x":"3"}]}]' > b
    try jsonl2tsv --array -f a -f b id:int 'x=l[].x:int' 'i=l[#]' @line @file
    gives 0 '' 'id x i @line @file' '1 1 0 1 a' '1 2 1 1 a' '3 3 0 2 b'
    try jsonl2tsv --array --outer -f a -f b id 'x=l[].x' @line
    gives 0 '' 'id x @line' '1 1 1' '1 2 1' '2 \N 4' '3 3 2'
    jsonl2tsv --array --paths -f a -f b | cut -f 1-4 | diff - <(lines 'Path Type Records Nulls' 'id int 3 0' \
        'l json 3 0' 'l[] json 3 0' 'l[].x int 3 0')
}

@test "an element that is bad can be rejected: its line, its text, and where in it the fault is" {
    given_bytes '[1,"s]",[{"a":1}],null,\n{"a":x},\n  {"a":\n 01},{"a":"\\q"}, {"a"\n\n: "\\ud800"},tru,{"a":"five"},\n{"a":5}]'
    try jsonl2tsv --array -r rejects a:int
    gives 0 'jsonl2tsv: 11 read, 1 written, 10 rejected to rejects' a 5
    rejects '1	byte 2: expected an object	1' '1	byte 4: expected an object	"s]"' \
        '1	byte 9: expected an object	[{"a":1}]' '1	byte 19: expected an object	null' \
        '2	byte 6: expected a value	{"a":x}' '3	line 4, byte 3: invalid number	{"a":\n 01}' \
        '4	byte 13: invalid escape in a string	{"a":"\\q"}' '4	line 6, byte 6: lone surrogate in a string	{"a"\n\n: "\\ud800"}' \
        '6	byte 13: expected an object	tru' '6	column a: "five" is not an integer	{"a":"five"}'
    try jsonl2tsv --array a:int
    [ "$(cat err)" = 'jsonl2tsv: line 1: byte 2: expected an object' ]
    try jsonl2tsv --array -r rejects --max-rejects 9 a:int
    [ "$(cat err)" = 'jsonl2tsv: line 6: column a: "five" is not an integer; more than 9 bad records' ]
}

@test "a fault of the array itself ends the program, at its line and byte" {
    stops 'line 1: byte 1: expected an array, which starts with [' ''
    stops 'line 2: byte 1: expected an array, which starts with [' '\n'
    stops 'line 1: byte 1: expected an array, which starts with [' '{"a":1}\n'
    stops 'line 2: byte 2: expected an array, which starts with [' '\n x[]'
    stops 'line 1: byte 2: the array is not closed' '['
    stops 'line 1: byte 9: the array is not closed' '[{"a":1}'
    stops 'line 2: byte 1: the array is not closed' '[{"a":1},\n'
    stops 'line 2: byte 4: the array is not closed' '[{"a":\n  1'
    stops 'line 1: byte 6: the array is not closed' '["{}]'
    stops 'line 1: byte 3: the array is not closed' '[1'
    stops 'line 1: byte 9: the array is not closed' '[{"a":"\\'
    stops 'line 2: byte 1: expected an element after a comma' '[{"a":1},\n]'
    stops 'line 1: byte 2: expected a value' '[,{"a":1}]'
    stops 'line 1: byte 10: expected a value' '[{"a":1},,{"a":1}]'
    stops 'line 1: byte 2: expected a value' '[:]'
    stops 'line 1: byte 2: expected a value' '[\0]'
    stops 'line 2: byte 1: expected a comma or ] after an element' '[{"a":1}\n{"a":2}]'
    stops 'line 1: byte 9: expected a comma or ] after an element' '[{"a":1}}'
    stops 'line 2: byte 1: unexpected text after the array' '[{"a":1}]\n[]'
    stops 'line 1: byte 3: unexpected text after the array' '[],'
    stops 'line 2: byte 3: expected a comma or a closing bracket after a value' '[{"a":[1\n, }]}]'
    stops 'line 1: byte 9: control character in a string' '[{"a":"x\n"}]'
    stops 'line 1: byte 9: control character in a string' '[{"a":"\\\n"}]'
    stops 'line 1: byte 1026: nested deeper than 1024 levels' \
        "$(python3 -c 'print("[" + "[" * 1030 + "]" * 1030 + "]")')"
}

@test "an element longer than --max-line is a bad record and takes no memory" {
    given_bytes '[{"a":1},{"a":"xxxxx}\\\\\\"],"},12345678901234567,{"a":"\\"}"},\n {"a":3}]'
    try jsonl2tsv --array --max-line 10 -r rejects a
    gives 0 'jsonl2tsv: 5 read, 2 written, 3 rejected to rejects' a 1 3
    try jsonl2tsv --array --max-line 10 a
    [ "$(cat err)" = 'jsonl2tsv: line 1: longer than 10 bytes' ]
    rejects '1	longer than 10 bytes	{"a":"xxxx' '1	longer than 10 bytes	1234567890' '1	longer than 10 bytes	{"a":"\\"}"'
    [ -z "${SAN-}" ] || return 0
    python3 -c 'print("[{\"a\":1},{\"a\":[" + "{\"b\":\"]\"},\n" * 10000000 + "1]},{\"a\":2}]")' > in
    try bash -c 'ulimit -v 60000; jsonl2tsv --array --max-line 1M -r rejects a @line'
    gives 0 'jsonl2tsv: 3 read, 2 written, 1 rejected to rejects' 'a @line' '1 1' '2 10000001'
}

@test "a failure mark in an array is passed on, wherever its writer stopped" {
    for start in '' '[\n' '[{"a":1},\n' '[{"a":1}\n' '[{"a":1,\n' '[{"a":[\n' '[{"a":"x\n' '[{"a":1}]\n' '[1,\n'; do
        given_bytes "$start"'\\!\tcurl\tno host\n'
        try jsonl2tsv --array -r rejects a
        [ "$status" -eq 1 ]
        [ "$(cat err)" = 'jsonl2tsv: input failed: no host' ]
        [ "$(tail -n 1 out)" = "\\!${tab}curl${tab}no host" ]
    done
    given 'a' '1' '\! curl no\shost'
    try sh -c 'tsv2jsonl --array | jsonl2tsv --array a'
    [ "$(tail -n 1 out)" = "\\!${tab}curl${tab}no host" ]
}

@test "tsv2jsonl --array and jsonl2tsv --array give the same records back" {
    given 'a b.c' '1 x\\y' '\N ' 'é \t'
    try sh -c 'tsv2jsonl --array | jsonl2tsv --array a b.c=.\"b.c\"'
    gives 0 '' 'a b.c' '1 x\\y' '\N ' 'é \t'
}

@test "an array given as lines is an error that says --array, once" {
    given_bytes '\n[{"a":1},\n[2]\n'
    try jsonl2tsv -r rejects a
    gives 0 'jsonl2tsv: 2 read, 0 written, 2 rejected to rejects' a
    rejects '2	byte 1: expected an object; if the input is one array, use --array	[{"a":1},' '3	byte 1: expected an object	[2]'
    printf '{"a":1}\n' > a
    printf ' [\n' > b
    try jsonl2tsv -f a -f b a
    [ "$(cat err)" = 'jsonl2tsv: b: line 1: byte 2: expected an object; if the input is one array, use --array' ]
}

@test "special and wrong bytes at every place of a block: the same as the plain build" {
    [ -x "$PLAIN/jsonl2tsv" ] || skip "no plain build: make plain"
    python3 - << 'END'
import os

# The element is long enough that what follows a change is in whole blocks.
good = '{"a":"' + "x" * 70 + '","b":[1,{"c":"\\\\ \\" \\\\\\" ]}"}, "é"],"d":[[],{}],"e":"' + "y" * 140 + '"}'
changes = ["", "\"", "\\", "\n", "\\\n", "}", "[", "Y"]
os.mkdir("arrays")
n = 0
def write(text):
    global n
    with open(f"arrays/{n}", "w", encoding="utf-8", newline="") as out:
        out.write(text)
    n += 1
for pad in range(0, 70):
    write("[" + " " * pad + good + ",\n" + good + "\n]")
    write("[" + " " * pad + good[:90] + "\n" + good[90:] + "]")
for i in range(0, len(good) - 120):
    for change in changes:
        write("[" + good[:i] + change + good[i + 1:] + "," + good + "]\n")
END
    python3 "$ROOT/t/lib/same_results.py" arrays/* -- "$PLAIN/jsonl2tsv" jsonl2tsv --array -r rejects a e
}
