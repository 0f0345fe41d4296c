# tsv2jsonl: records to JSON Lines, and back by jsonl2tsv to the same bytes.

load helper

export PLAIN=${WEIR_PLAIN_BUILD:-$ROOT/build/plain}/bin

setup() {
    cd "$BATS_TEST_TMPDIR" || return
}

# What the last try must have done: STATUS STDERR-PATTERN LINE..., lines as they are.
gives_lines() {
    local want_status=$1 want_err=$2
    shift 2
    gives_bytes "$want_status" "$want_err" '%s\n' "$@"
}

# The last try was a usage error with this REASON, and left nothing but the failure mark.
is_usage_error() { # REASON
    [ "$status" -eq 2 ]
    [ "$(cat err)" = "tsv2jsonl: $1 (try 'tsv2jsonl --help')" ] || { cat err; return 1; }
    [ "$(wc -l < out)" -eq 1 ]
    grep -q '^\\!	tsv2jsonl	' out
}

# --- Values

@test "an object for each record, its members in the order of the columns" {
    given 'b a c' '1 2 3' '4 5 6'
    try tsv2jsonl
    gives_lines 0 '' '{"b":"1","a":"2","c":"3"}' '{"b":"4","a":"5","c":"6"}'
}

@test "values are strings: what looks like a number too; null is null, empty is empty, \\N as text is text" {
    given 'v' '007' '1.0' '1e999' 'NaN' '+1' 'true' 'null' '\N' '' '\\N' '{}'
    try tsv2jsonl
    gives_lines 0 '' '{"v":"007"}' '{"v":"1.0"}' '{"v":"1e999"}' '{"v":"NaN"}' '{"v":"+1"}' '{"v":"true"}' \
        '{"v":"null"}' '{"v":null}' '{"v":""}' '{"v":"\\N"}' '{"v":"{}"}'
}

@test "quotes, backslashes and control characters are escaped, and nothing else" {
    given_bytes 'v\n"\\\\"\n\\t\\n\\r\\b\\f\\v\n\001\037\b\f\v\177\n/<>&\n\342\200\250\302\205\303\251\360\237\230\200\n'
    try tsv2jsonl
    gives_bytes 0 '' '{"v":"\\"\\\\\\""}\n{"v":"\\t\\n\\r\\b\\f\\u000b"}\n{"v":"\\u0001\\u001f\\b\\f\\u000b\177"}\n%s\n%b\n' \
        '{"v":"/<>&"}' '{"v":"\0342\0200\0250\0302\0205\0303\0251\0360\0237\0230\0200"}'
}

@test "names of columns are keys, whatever they are" {
    given_bytes 'a"b\t\tx\\ty\ta.b\t\\\\N\t\303\251\t\001\n1\t2\t3\t4\t5\t6\t7\n'
    try tsv2jsonl
    gives_lines 0 '' '{"a\"b":"1","":"2","x\ty":"3","a.b":"4","\\N":"5","é":"6","\u0001":"7"}'
}

@test "-N: the first line is a record, and keys are numbers" {
    given 'b a' '1 2'
    try tsv2jsonl -N -c 2:str
    gives_lines 0 '' '{"1":"b","2":"a"}' '{"1":"1","2":"2"}'
}

@test "a header alone gives nothing; so does an empty input under -N, while without it is no input" {
    given 'a b'
    try tsv2jsonl
    gives 0 ''
    given
    try tsv2jsonl -N
    gives 0 ''
    try tsv2jsonl
    gives 1 'tsv2jsonl: no header line; the input is empty' '\! tsv2jsonl no\sheader\sline;\sthe\sinput\sis\sempty'
}

@test "strings of any length around vectors and pieces" {
    python3 - << 'END'
import json
with open("in", "w") as out, open("want", "w") as want:
    out.write("v\tw\n")
    for n in list(range(70)) + [4094, 4095, 4096, 4097, 4098, 8191, 8192, 8193, 131072, 300000]:
        for c in '"\1':
            for at in {0, n // 2, n - 1}:
                text = "x" * at + c + "y" * (n - at - 1)
                out.write(text + "\t" + c * (n % 5000) + "\n")
                want.write(json.dumps({"v": text, "w": c * (n % 5000)}, separators=(",", ":")) + "\n")
END
    try tsv2jsonl
    [ "$status" -eq 0 ]
    cmp want out
}

# --- Types

@test "-c: numbers, literals and JSON are copied as they are, null too" {
    given 'i n b j t s' '9007199254740993 0.10 true {"a":[1,"x"]} 2022-01-09T23:30 5' '-0 -1.5E+007 false null 2022-01-09 x' \
        '\N \N \N \N \N \N' "12345678901234567890123 1e999 true \"\\\\u00e9\\\\n\" 2022-01-09 "
    try tsv2jsonl -c i:int,n:num,b:bool,j:json,t:time,6:str
    gives_lines 0 '' '{"i":9007199254740993,"n":0.10,"b":true,"j":{"a":[1,"x"]},"t":"2022-01-09T23:30","s":"5"}' \
        '{"i":-0,"n":-1.5E+007,"b":false,"j":null,"t":"2022-01-09","s":"x"}' \
        '{"i":null,"n":null,"b":null,"j":null,"t":null,"s":null}' \
        '{"i":12345678901234567890123,"n":1e999,"b":true,"j":"\u00e9\n","t":"2022-01-09","s":""}'
}

@test "a value of another type is a bad record" {
    check() { # TYPE VALUE WORDS
        printf 'Id\n\\N\n%s\n' "$2" > in
        try tsv2jsonl -c "Id:$1"
        [ "$status" -eq 1 ]
        [ "$(cat err)" = "tsv2jsonl: line 3: column Id: \"$2\" is not $3" ]
        [ "$(head -n 1 out)" = '{"Id":null}' ]
        [[ $(tail -n 1 out) == "\\!	tsv2jsonl	line 3: column Id: "* ]]
        [ "$(wc -l < out)" -eq 2 ]
    }
    for value in x '' 007 +1 1.0 1e3 ' 1' '1 ' - 0x10 '"1"'; do
        check int "$value" 'an integer'
    done
    for value in x '' 007 +1 .5 1. 1e ' 1' '1 ' NaN Infinity '"1"' '-' '1e99999999999999999999x'; do
        check num "$value" 'a number'
    done
    for value in 1 '' True TRUE 'true ' null; do
        check bool "$value" 'true or false'
    done
    for value in '' x '{"a":1' '{"a":1}{}' "{'a':1}" '[1,]' '01' '"x' '"\\ud800"' '"\\q"' nul; do
        check json "$value" JSON
    done
    check time 2022-01-32 'a time'
}

@test "a number with any exponent is a number" {
    given 'v' '1e99999999999999999999' '-0.0E-99999999999999999999'
    try tsv2jsonl -c v:num
    gives_lines 0 '' '{"v":1e99999999999999999999}' '{"v":-0.0E-99999999999999999999}'
}

@test "JSON loses the white space between its tokens, and no other" {
    given_bytes 'v\n { "a b" : [ 1 , "x  \\\\" y\\\\\\\\" ] ,\\t\\n\\r"" :{ } } \n'
    try tsv2jsonl -c v:json
    gives_lines 0 '' '{"v":{"a b":[1,"x  \" y\\"],"":{}}}'
}

@test "-c: an unknown type, an unknown column and a duplicate are usage errors" {
    given 'a b' '1 2'
    try tsv2jsonl -c a:float
    is_usage_error '--types: a:float: the type must be one of int, num, bool, time, str, json'
    try tsv2jsonl -c a
    is_usage_error '--types: a: the type must be one of int, num, bool, time, str, json'
    try tsv2jsonl -c c:int
    is_usage_error '--types: unknown column c; the columns are a, b'
    try tsv2jsonl -c a:int,1:num
    is_usage_error '--types: duplicate column a'
    try tsv2jsonl x
    is_usage_error 'unexpected operand "x"; records are read from standard input'
}

# --- Bad records

@test "-r takes records of the wrong type and goes on" {
    given 'a b' '1 2' 'x 3' '4' '5 y' '6 "'
    try tsv2jsonl -c a:int -r rejects
    gives_lines 0 'tsv2jsonl: 5 read, 3 written, 2 rejected to rejects' '{"a":1,"b":"2"}' '{"a":5,"b":"y"}' '{"a":6,"b":"\""}'
    diff - rejects << 'END'
line	reason	record
3	column a: "x" is not an integer	x\t3
4	got 1 field, the header has 2	4
END
}

# --- An array

@test "--array: one JSON array, an object on each line" {
    given 'a b' '1 "' '\N x'
    try tsv2jsonl --array -c a:int
    gives_lines 0 '' '[' '{"a":1,"b":"\""}' ',{"a":null,"b":"x"}' ']'
    python3 -c 'import json; assert json.load(open("printed")) == [{"a": 1, "b": "\""}, {"a": None, "b": "x"}]'
    given 'a.b' '1' '\N'
    try tsv2jsonl --array --nest --omit-null
    gives_lines 0 '' '[' '{"a":{"b":"1"}}' ',{}' ']'
}

@test "--array: without records, and where the first or last ones are bad, it is still an array" {
    given 'a'
    try tsv2jsonl --array
    gives_lines 0 '' '[]'
    given
    try tsv2jsonl --array -N
    gives_lines 0 '' '[]'
    given 'a' 'x' '1' 'y'
    try tsv2jsonl --array -c a:int -r rejects
    gives_lines 0 'tsv2jsonl: 3 read, 1 written, 2 rejected to rejects' '[' '{"a":1}' ']'
    given 'a' 'x'
    try tsv2jsonl --array -c a:int -r rejects
    gives_lines 0 'tsv2jsonl: 1 read, 0 written, 1 rejected to rejects' '[]'
}

@test "--array: a failed run leaves no complete array" {
    fails_at() { # STATUS COMMAND...
        try "${@:2}"
        [ "$status" -eq "$1" ]
        ! grep -q -e '^\]' -e '^\[\]' out || return 1
        [[ $(tail -n 1 out) == '\!	'* ]]
        python3 -c '
import json
try:
    json.load(open("out"))
except ValueError:
    raise SystemExit(0)
raise SystemExit("complete")'
    }
    given 'a' '1' 'x'
    fails_at 1 tsv2jsonl --array -c a:int
    fails_at 2 tsv2jsonl --array -c b:int
    fails_at 1 tsv2jsonl --array -c a:int -r rejects --max-rejects 0
    given 'a' '1'
    fails_at 1 tsv2jsonl --array -E
    given 'a'
    fails_at 1 tsv2jsonl --array -E
    given 'a' '1' '\! dedup why'
    fails_at 1 tsv2jsonl --array
    given
    fails_at 1 tsv2jsonl --array
    given 'a' '1' '\.'
    try tsv2jsonl --array -E
    gives_lines 0 '' '[' '{"a":"1"}' ']'
    run -3 --separate-stderr bash -c 'tsv2jsonl --array < in > /dev/full'
    [ "$stderr" = 'tsv2jsonl: write error: No space left on device' ]
}

@test "--array: jsonl2tsv --array reads it back, and recognizes a failed run" {
    given 'a b.c' '1 "' '\N x' ' \\N'
    try sh -c 'tsv2jsonl --array --nest | jsonl2tsv --array a b.c'
    gives 0 '' 'a b.c' '1 "' '\N x' ' \\N'
    given 'a'
    try sh -c 'tsv2jsonl --array | jsonl2tsv --array a'
    gives 0 '' a
    given 'a b' '1 2' '3'
    try sh -c 'tsv2jsonl --array 2> /dev/null | jsonl2tsv --array a'
    gives 1 'jsonl2tsv: input failed: line 3: got 1 field, the header has 2' 'a' '1' \
        '\! tsv2jsonl line\s3:\sgot\s1\sfield,\sthe\sheader\shas\s2'
}

# --- Nesting

@test "--nest: members of one object stand together where the first of them does" {
    given 'a.b c a.d.e f a.d.g.h a.i f2.x' '1 2 3 4 5 6 7'
    try tsv2jsonl --nest
    gives_lines 0 '' '{"a":{"b":"1","d":{"e":"3","g":{"h":"5"}},"i":"6"},"c":"2","f":"4","f2":{"x":"7"}}'
}

@test "--nest: names are paths as jsonl2tsv spells them" {
    given_bytes '."odd.key"\ta."b\\\\"c"\ta."\\\\u00e9\\\\n"\t.x\ta.""\ta b.c-d\n1\t2\t3\t4\t5\t6\n'
    try tsv2jsonl --nest
    gives_lines 0 '' '{"odd.key":"1","a":{"b\"c":"2","é\n":"3","":"5"},"x":"4","a b":{"c-d":"6"}}'
    mv out objects
    jsonl2tsv '."odd.key"' 'a."b\"c"' 'a."\u00e9\n"' .x 'a.""' 'a b.c-d' < printed > again
    cmp in again
}

@test "--nest: what makes no object is wrong usage, before any output" {
    wrong() { # HEADER REASON
        given "$1" "$(sed 's/[^ ][^ ]*/1/g' <<< "$1")"
        try tsv2jsonl --nest
        is_usage_error "--nest: $2"
    }
    wrong 'a a.b' 'column a.b would be inside column a, which is a value'
    wrong 'x a.b a' 'column a.b would be inside column a, which is a value'
    wrong 'a.b.c.d a.e a.b' 'column a.b.c.d would be inside column a.b, which is a value'
    wrong 'a.b x a."b"' 'columns a.b and a."b" are the same path'
    wrong 'a .a' 'columns a and .a are the same path'
    for name in a..b a. . .. 'a"b' '"a' '@line' 'x!'; do
        wrong "x $name" "column \"$name\" is not a path such as a.b or a.\"odd.key\""
    done
    for name in 'a[0]' 'a[].b' 'a[#]'; do
        wrong "x $name" "column $name: a path must not go through an array"
    done
    given_bytes 'x\t\n1\t2\n'
    try tsv2jsonl --nest
    is_usage_error '--nest: column "" is not a path such as a.b or a."odd.key"'
}

@test "--nest: 1024 levels are as many as jsonl2tsv reads, and one more is wrong usage" {
    path=$(printf 'a.%.0s' {1..1023})
    printf '%sb\t%sc\n1\t2\n' "$path" "$path" > in
    try tsv2jsonl --nest
    [ "$status" -eq 0 ]
    jsonl2tsv "${path}b" "${path}c" < out | cmp - in
    printf 'a.%sb\n1\n' "$path" > in
    try tsv2jsonl --nest
    [ "$status" -eq 2 ]
    [[ $(cat err) == 'tsv2jsonl: --nest: column a.a.'*'...: nested deeper than 1024 levels '* ]]
}

@test "JSON may be nested as deep as there is room where it stands" {
    { echo a.b; printf '[%.0s' {1..1022}; printf ']%.0s' {1..1022}; echo; } > in
    try tsv2jsonl --nest -c a.b:json
    [ "$status" -eq 0 ]
    jsonl2tsv a.b < out | cmp - in
    { echo a.b; printf '[%.0s' {1..1023}; printf ']%.0s' {1..1023}; echo; } > in
    try tsv2jsonl --nest -c a.b:json
    [ "$status" -eq 1 ]
    [[ $(cat err) == 'tsv2jsonl: line 2: column a.b: "'*'" would be nested deeper than 1024 levels' ]]
}

@test "--omit-null leaves nulls out, and objects of nothing else" {
    given 'a.b.c a.b.d a.e f g.h g.i' '1 2 3 4 5 6' '\N 2 \N \N 5 \N' '\N \N 3 \N \N 6' '\N \N \N \N \N \N' \
        '1 \N \N \N \N 6' '\N \N \N 4 \N \N' '\N 2 \N \N \N \N'
    try tsv2jsonl --nest --omit-null
    gives_lines 0 '' '{"a":{"b":{"c":"1","d":"2"},"e":"3"},"f":"4","g":{"h":"5","i":"6"}}' \
        '{"a":{"b":{"d":"2"}},"g":{"h":"5"}}' '{"a":{"e":"3"},"g":{"i":"6"}}' '{}' '{"a":{"b":{"c":"1"}},"g":{"i":"6"}}' \
        '{"f":"4"}' '{"a":{"b":{"d":"2"}}}'
    given 'a b c' '\N 2 3' '1 \N 3' '1 2 \N' '\N \N \N'
    try tsv2jsonl --omit-null
    gives_lines 0 '' '{"b":"2","c":"3"}' '{"a":"1","c":"3"}' '{"a":"1","b":"2"}' '{}'
}

# --- Marks

@test "a failure upstream is passed on, and so a pipeline that failed is no JSON" {
    given 'a' '1' '\! zcat out\sof\sspace' '2'
    try tsv2jsonl
    gives_lines 1 'tsv2jsonl: input failed: out of space' '{"a":"1"}' '\!	zcat	out of space'
    try sh -c 'tsv2jsonl | jsonl2tsv a'
    gives 1 '*: input failed: out of space*: input failed: out of space' 'a' '1' '\! zcat out\sof\sspace'
}

@test "the end mark of the input ends it and is not written; with -E it must be there" {
    given 'a' '1' '\.'
    for option in '' -E; do
        # shellcheck disable=SC2086 # none is meant
        try tsv2jsonl $option
        gives_lines 0 '' '{"a":"1"}'
    done
    given 'a' '1'
    try tsv2jsonl -E -r rejects
    gives_lines 1 'tsv2jsonl: the input has no end mark: it is not complete' '{"a":"1"}' \
        '\!	tsv2jsonl	the input has no end mark: it is not complete'
    given 'a' '1' '\.' '2'
    try tsv2jsonl
    gives_lines 1 'tsv2jsonl: line 4: data after the end mark' '{"a":"1"}' '\!	tsv2jsonl	line 4: data after the end mark'
}

@test "what cannot be written is a system failure" {
    given 'a' '1'
    run -3 --separate-stderr bash -c 'tsv2jsonl < in > /dev/full'
    # shellcheck disable=SC2154 # run sets it
    [ "$stderr" = 'tsv2jsonl: write error: No space left on device' ]
}

# --- Against python3, SQLite and jsonl2tsv

@test "random values come back: python3 reads them, SQLite finds them valid, jsonl2tsv gives the same bytes" {
    python3 "$ROOT/t/lib/values_come_back.py"
}

@test "random paths come back: --nest undoes what jsonl2tsv did" {
    python3 "$ROOT/t/lib/paths_come_back.py"
}

@test "ten thousand columns" {
    python3 - << 'END'
with open("in", "w") as out:
    out.write("\t".join("g%d.c%d" % (i % 100, i) for i in range(10000)) + "\n")
    for r in range(20):
        out.write("\t".join(str(r + i) for i in range(10000)) + "\n")
END
    for options in '' '--nest' '--nest --omit-null'; do
        # shellcheck disable=SC2086 # words are meant
        try tsv2jsonl $options
        [ "$status" -eq 0 ]
        python3 - "$options" << 'END'
import json, sys
want = [{"g%d.c%d" % (i % 100, i): str(r + i) for i in range(10000)} for r in range(20)]
if sys.argv[1]:
    want = [{"g%d" % g: {"c%d" % i: str(r + i) for i in range(g, 10000, 100)} for g in range(100)} for r in range(20)]
for line, record in zip(open("out"), want, strict=True):
    assert line == json.dumps(record, separators=(",", ":")) + "\n"
END
    done
}
