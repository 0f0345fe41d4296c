# jsonl2tsv: JSON Lines to records. What is JSON and what is not: json.bats; that shapes change nothing: shape.bats.

load helper

# Standard input for the next try: the lines as they are.
given_lines() {
    printf '%s\n' "$@" > "$BATS_TEST_TMPDIR/in"
}

# The file of rejects of the last try: its header line and LINEs.
rejects() {
    diff -u --label expected --label rejected <(printf '%s\n' "line${tab}reason${tab}record" "$@") rejects
}

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    tab=$'\t'
}

# --- Values

@test "a column for each path, in the order asked for" {
    given_lines '{"Id":"1","PostId":"2"}' '{"PostId":"4","Id":"3"}'
    try jsonl2tsv PostId Id
    gives 0 '' 'PostId Id' '2 1' '4 3'
}

@test "missing and null are \\N, the empty string is empty, the string \\N is \\\\N" {
    given_lines '{"a":null,"b":""}' '{"b":"\\N"}' '{}'
    try jsonl2tsv a b
    gives 0 '' 'a b' '\N ' '\N \\N' '\N \N'
}

@test "numbers and literals are copied as they are written" {
    given_lines '{"v":9007199254740993}' '{"v":1e999}' '{"v":-0}' '{"v":0.10}' '{"v":1E+2}' '{"v":9223372036854775808}' \
        '{"v":true}' '{"v":false}' "{\"v\":$(printf '7%.0s' {1..5000})}"
    try jsonl2tsv v
    gives 0 '' v 9007199254740993 1e999 -0 0.10 1E+2 9223372036854775808 true false "$(printf '7%.0s' {1..5000})"
}

@test "strings are decoded, then escaped as fields: backslash, TAB, LF, CR and nothing else" {
    given_lines '{"v":"a\\b\tc\nd\re"}' '{"v":"\"\/\b\f"}' '{"v":"\u0009\u000a\u000d\u005c\u0022\u0001\u007f"}'
    try jsonl2tsv v
    gives_bytes 0 '' 'v\na\\\\b\\tc\\nd\\re\n"/\b\f\n\\t\\n\\r\\\\"\001\177\n'
}

@test "\\u escapes become UTF-8, surrogate pairs one character of four bytes" {
    given_lines '{"v":"\u00e9\u20AC\ud83d\ude00\uDBFF\uDFFF\ud800\udc00\uffff"}' '{"v":"é€😀"}'
    try jsonl2tsv v
    gives_bytes 0 '' 'v\n\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\xf4\x8f\xbf\xbf\xf0\x90\x80\x80\xef\xbf\xbf\né€😀\n'
}

@test "characters that some take for line ends are data: U+2028, U+0085, and escaped VT" {
    given_bytes '{"v":"a\xe2\x80\xa8b\xc2\x85c\\u000bd"}\n'
    try jsonl2tsv v
    gives_bytes 0 '' 'v\na\xe2\x80\xa8b\xc2\x85c\vd\n'
}

@test "U+0000 makes a record bad if it is selected, and only then" {
    given_lines '{"v":"x\u0000y","w":1}' '{"v":{"u":"\u0000"},"w":2}'
    try jsonl2tsv w
    gives 0 '' w 1 2
    try jsonl2tsv v
    gives 1 'jsonl2tsv: line 1: column v: "x\\u0000y" contains U+0000, which no field can hold' \
        v '\! jsonl2tsv line\s1:\scolumn\sv:\s"x\\u0000y"\scontains\sU+0000,\swhich\sno\sfield\scan\shold'
    try jsonl2tsv -r rejects v
    [ "$(tail -n +2 out)" = '{"u":"\\u0000"}' ] # text of JSON, in which it is escaped
}

@test "objects and arrays are their JSON text without insignificant white space" {
    given_lines '{"v": { "a" : [ 1 , 2.50 , "x  y\t\" ]" ] ,  "b":{ } } }' '{"v":[ ]}' '{"v":["é\u00e9\\"]}'
    try jsonl2tsv v
    gives_bytes 0 '' '%s\n' v '{"a":[1,2.50,"x  y\\t\\" ]"],"b":{}}' '[]' '["é\\u00e9\\\\"]'
}

@test "of a key that stands twice the last one counts, null and containers too" {
    given_lines '{"a":1,"a":2}' '{"a":1,"\u0061":3}' '{"a":1,"a":null}' '{"a":{"b":1},"a":{"c":2}}' '{"a":{"b":1},"a":5}'
    try jsonl2tsv a a.b?
    gives 0 '' 'a a.b' '2 \N' '3 \N' '\N \N' '{"c":2} \N' '5 \N'
}

@test "keys are compared decoded and in full" {
    given_lines '{"\u0049d":1,"I":2,"ID":3,"Idx":4,"Id ":5,"":6}'
    try jsonl2tsv Id I 'Id ' '.""' d?
    gives_bytes 0 '' '%s\n' "Id${tab}I${tab}Id $tab.\"\"${tab}d" "1${tab}2${tab}5${tab}6${tab}\\N"
}

@test "a key elsewhere is not taken: nested deeper, in an array, in the text of a string" {
    given_lines '{"x":{"a":1},"y":[{"a":2}],"z":"\"a\":3,","w":"{\"a\":4}"}'
    try jsonl2tsv a?
    gives 0 '' a '\N'
}

# --- Absent paths

# absent MESSAGE LINE...: the last try wrote the LINEs, then failed with the MESSAGE, which stands for all its lines.
absent() {
    local message=$1
    shift
    gives 1 "$message" "$@" "\\! jsonl2tsv $(tail -n 1 "$BATS_TEST_TMPDIR/err" | sed 's/^jsonl2tsv: //; s/ /\\s/g')"
}

@test "a path that is in no object is an error after the records, with the closest path" {
    given_lines '{"id":1,"userName":"x","post":{"h_id":2},"list":[{"a":1}]}' '{"id":2}'
    try jsonl2tsv Id
    absent 'jsonl2tsv: path Id: in none of 2 objects; the closest path is id' Id '\N' '\N'
    try jsonl2tsv id usrName
    absent 'jsonl2tsv: path usrName: in none of 2 objects; the closest path is userName' 'id usrName' '1 \N' '2 \N'
    try jsonl2tsv id h_id
    absent 'jsonl2tsv: path h_id: in none of 2 objects; the closest path is post.h_id' 'id h_id' '1 \N' '2 \N'
    try jsonl2tsv id user=USERNAME:str post.h_id
    absent 'jsonl2tsv: path USERNAME: in none of 2 objects; the closest path is userName' 'id user post.h_id' '1 \N 2' '2 \N \N'
    try jsonl2tsv zzz
    absent 'jsonl2tsv: path zzz: in none of 2 objects; end it with ? if it may be absent' zzz '\N' '\N'
    try jsonl2tsv id.x post.h_id.y
    absent 'jsonl2tsv: path id.x: in none of 2 objects; end it with ? if it may be absent
jsonl2tsv: path post.h_id.y: in none of 2 objects; the closest path is post.h_id' 'id.x post.h_id.y' '\N \N' '\N \N'
    try jsonl2tsv 'list[].A' 'list[].b'
    absent 'jsonl2tsv: path list?].A: in none of 2 objects; the closest path is list[[]].a
jsonl2tsv: path list?].b: in none of 2 objects; the closest path is list[[]].a' 'list[].A list[].b' '\N \N'
}

@test "an absent path is an error under -E, -r and -N too, and a sink rolls back" {
    given_lines '{"id":1}' x
    try jsonl2tsv -NE -r rejects Id
    absent 'jsonl2tsv: path Id: in none of 2 objects; the closest path is id' '\N'
    given_lines '{"id":1}'
    try sh -c 'jsonl2tsv -E Id | tsv2sqlite -E x.db t'
    gives 1 '*tsv2sqlite: input failed: path Id: not in the only object; the closest path is id'
    [ "$(sqlite3 x.db 'SELECT count(*) FROM sqlite_schema')" = 0 ]
}

@test "? after an operand allows that its path is in no object" {
    given_lines '{"id":1}'
    try jsonl2tsv id Id? 'n=a.b:int?' 'l[].x?' 'at=l[#]?'
    gives 0 '' 'id Id n l[].x at'
    try jsonl2tsv --outer id Id? 'n=a.b:int?' 'l[].x?' 'at=l[#]?'
    gives 0 '' 'id Id n l[].x at' '1 \N \N \N \N'
    try jsonl2tsv '."Id?"' id
    absent 'jsonl2tsv: path ."Id\?": not in the only object; end it with ? if it may be absent' '."Id?" id' '\N 1'
    for operand in 'id!?' 'id?!' 'id??' 'id?:int' 'a?b'; do
        try jsonl2tsv "$operand"
        gives 2 'jsonl2tsv: *: character *: invalid path*'
    done
}

@test "a path that is null, or in an array that is empty or too short, is there" {
    given_lines '{"a":null,"list":[],"short":[1],"none":null}'
    try jsonl2tsv --outer a 'list[].x' 'list[].y.z' 'i=list[#]' 'short[3].b' 'short[0]' 'none[1].b'
    gives 0 '' 'a list[].x list[].y.z i short[3].b short[0] none[1].b' '\N \N \N \N \N 1 \N'
    try jsonl2tsv 'none[].x'
    gives 0 '' 'none[].x'
    given_lines '{"list":[{"y":1}]}' '{"list":[]}'
    try jsonl2tsv 'list[].x'
    absent 'jsonl2tsv: path list?].x: in none of 2 objects; the closest path is list[[]].y' 'list[].x' '\N'
}

@test "an input without objects has no absent path" {
    try jsonl2tsv a 'b[].c'
    gives 0 '' 'a b[].c'
    given_lines '' '  '
    try jsonl2tsv a
    gives 0 '' a
    given_lines '{"a":1' '[]'
    try jsonl2tsv -r rejects a
    gives 0 'jsonl2tsv: 2 read, 0 written, 2 rejected to rejects' a
}

@test "a line that is no object has no paths, whatever it begins with" {
    given_lines '{"Id":1' '{"Id":1,"x":tru}' '{"x":1}'
    try jsonl2tsv -r rejects Id
    absent 'jsonl2tsv: path Id: in none of 3 objects; end it with ? if it may be absent' Id '\N'
}

@test "a path in one object of many is there, in whatever way that line is read" {
    for line in '{"Id":1}' '{"x":1,"Id":null}' '{"Id":"\u0041"}' '{"\u0049d":1}' '{ "x" : [ ] , "Id" : { } }'; do
        { yes '{"x":1}' | head -n 5000; echo "$line"; yes '{"x":1}' | head -n 5000; } > in
        try jsonl2tsv Id
        [ "$status" -eq 0 ]
    done
}

# --- Paths

@test "paths go into objects and to elements by number" {
    given_lines '{"a":{"b":{"c":1}},"l":[10,[20,21],{"k":30}]}'
    try jsonl2tsv a.b.c 'l[0]' 'l[1][1]' 'l[2].k' 'l[3]' 'l[0].x?' a.b.c.d? .a.b
    gives 0 '' 'a.b.c l[0] l[1][1] l[2].k l[3] l[0].x a.b.c.d .a.b' '1 10 21 30 \N \N \N {"c":1}'
}

@test "quoted keys hold any character, JSON escapes too; bare ones all but . [ ] \" @ : ! ? = #" {
    given_lines '{"odd.key":1,"a b":2,"-":3,"é":4,"q\"\\":5,"x[]":6,"k=v":7,"t:int":8,"@line":9,"b!":10,"\n":11,"c?":12}'
    try jsonl2tsv -N '."odd.key"' 'a b' '.-' é '."q\"\\"' '."x[]"' '."k=v"' '."t:int"' '."@line"' '."b!"' '."\n"' '."\u00e9"' '."c?"'
    gives 0 '' '1 2 3 4 5 6 7 8 9 10 11 4 12'
}

@test "NAME= names the column; without it the name is the path as written" {
    given_lines '{"a":{"b":"x"}}'
    try jsonl2tsv 'b=a.b' a.b 'odd name!:=a.b' $'tab\tname=a.b' '=a.b' '\N=a.b'
    gives_bytes 0 '' '%s\n' "b${tab}a.b${tab}odd name!:${tab}tab\\tname${tab}${tab}\\\\N" "x${tab}x${tab}x${tab}x${tab}x${tab}x"
}

@test "@line is the number of the line, blank lines counted" {
    given_lines '{"a":1}' '' '{"a":2}'
    try jsonl2tsv @line a 'n=@line:int!'
    gives 0 '' '@line a n' '1 1 1' '3 2 3'
}

@test "a[].b gives a record for each element, columns of the levels above repeat" {
    given_lines '{"id":1,"p":[{"n":"x","c":[{"t":"a"},{"t":"b"}]},{"n":"y","c":[{"t":"c"}]}]}' '{"id":2,"p":[{"n":"z","c":[]}]}'
    try jsonl2tsv id 'p[].n' 'p[].c[].t'
    gives 0 '' 'id p[].n p[].c[].t' '1 x a' '1 x b' '1 y c'
    try jsonl2tsv id 'p[].n'
    gives 0 '' 'id p[].n' '1 x' '1 y' '2 z'
}

@test "a[#] is the ordinal from 0, of each level" {
    given_lines '{"a":[[10,11],[],[12]]}'
    try jsonl2tsv 'a[#]' 'a[][#]' 'v=a[][]'
    gives 0 '' 'a[#] a[][#] v' '0 0 10' '0 1 11' '2 0 12'
    try jsonl2tsv 'a[#]'
    gives 0 '' 'a[#]' 0 1 2
}

@test "an array's elements, the whole of it and one by number side by side" {
    given_lines '{"a":[5,{"b":6}]}'
    try jsonl2tsv a 'a[]' 'a[0]' 'a[1].b' 'a[].b'
    gives 0 '' 'a a[] a[0] a[1].b a[].b' '[5,{"b":6}] 5 5 6 \N' '[5,{"b":6}] {"b":6} 5 6 6'
}

@test "an empty, null or missing array gives no record, with --outer one with nulls" {
    given_lines '{"n":1,"a":[]}' '{"n":2,"a":null}' '{"n":3}' '{"n":4,"a":[{"b":[7]},{}]}' '{"n":5,"a":[null]}'
    try jsonl2tsv n 'a[#]' 'a[].b[]'
    gives 0 '' 'n a[#] a[].b[]' '4 0 7'
    try jsonl2tsv --outer n 'a[#]' 'a[].b[]'
    gives 0 '' 'n a[#] a[].b[]' '1 \N \N' '2 \N \N' '3 \N \N' '4 0 7' '4 1 \N' '5 0 \N'
}

@test "[] over what is no array makes the record bad, and all its records are taken back" {
    given_lines '{"n":1,"a":[{"b":[1]},{"b":[2]},{"b":{"0":3}}]}' '{"n":2,"a":"x"}' '{"n":3,"a":[{"b":[4]}]}'
    try jsonl2tsv -r rejects n 'a[].b[]'
    gives 0 'jsonl2tsv: 3 read, 1 written, 2 rejected to rejects' 'n a[].b[]' '3 4'
    rejects "1${tab}expected an array where a path has []${tab}{\"n\":1,\"a\":[{\"b\":[1]},{\"b\":[2]},{\"b\":{\"0\":3}}]}" \
        "2${tab}expected an array where a path has []${tab}{\"n\":2,\"a\":\"x\"}"
}

@test "two arrays of which neither is inside the other are a usage error, never a product" {
    for paths in 'a[].x b[].y' 'a[] a.b[]' 'a[].b[] a[].c[]' 'a[#] b[#]' 'a[0][] a[][]'; do
        try jsonl2tsv "${paths% *}" "${paths#* }"
        gives 2 "jsonl2tsv: *: crosses an array that is not inside the other paths' arrays; use two runs (try 'jsonl2tsv --help')"
    done
}

@test "the records of an object that repeats much are as good as others, and memory stays small" {
    # A line of 190 KB, 1.5 GB if all its records were held until the last of them is known to be good.
    awk 'BEGIN { printf "{\"s\":\""; for (i = 0; i < 10000; i++) printf "0123456789"
                 printf "\",\"a\":["; for (i = 0; i < 15000; i++) printf "%d,", i; print "-1]}" }' > in
    python3 -c '
import os, sys
pid = os.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
_, status, usage = os.wait4(pid, 0)
print(status, usage.ru_maxrss < 100000, file=sys.stderr)' jsonl2tsv -N s 'a[]' < in 2> status | awk -F '\t' '
        length($1) != 100000 || $2 != (NR < 15001 ? NR - 1 : -1) { bad = 1; exit } END { exit bad || NR != 15001 }'
    [ "$(cat status)" = '0 True' ]
    sed 's/-1]/"x"]/' in > bad
    jsonl2tsv -N -r rejects s 'a[]:int' < bad > out 2> err
    [ ! -s out ]
    [ "$(cat err)" = 'jsonl2tsv: 1 read, 0 written, 1 rejected to rejects' ]
}

@test "what is wrong with an operand is said with its place, and nothing is written" {
    for case in '|character 1: invalid path' 'a..b|character 3: invalid path' '.|character 2: invalid path' \
        'a.|character 3: invalid path' 'a[|character 2: invalid path' 'a[x]|character 2: invalid path' \
        'a[-1]|character 2: invalid path' 'a[0|character 2: invalid path' 'a[0]b|character 5: invalid path' \
        '[0]|character 1: invalid path' 'a[#].b|character 5: invalid path' 'a[99999999999]|character 2: invalid path' \
        '."a|character 2: invalid path' '."\x"|character 2: invalid path' '."a"b|character 5: invalid path' '@lines|character 1: invalid path' \
        'n=|character 3: invalid path' 'a:real|character 3: the type must be one of int, num, bool, time, str, json' \
        'a:|character 3: the type must be one of int, num, bool, time, str, json' 'a!:int|character 2: invalid path' \
        'a!b|character 2: invalid path'; do
        try jsonl2tsv "${case%%|*}"
        gives 2 "jsonl2tsv: *: ${case#*|} (try 'jsonl2tsv --help')"
    done
    try jsonl2tsv $'a\xff'
    gives 2 "jsonl2tsv: a\\\\xFF: character 1: invalid path (try 'jsonl2tsv --help')"
    try jsonl2tsv $'n\xff=a'
    gives 2 "jsonl2tsv: n\\\\xFF=a: character 2: invalid UTF-8 (try 'jsonl2tsv --help')"
}

@test "no path, and two columns of one name, are usage errors" {
    try jsonl2tsv
    gives 2 "jsonl2tsv: no PATH given (try 'jsonl2tsv --help')"
    try jsonl2tsv a b a
    gives 2 "jsonl2tsv: output: duplicate column a (try 'jsonl2tsv --help')"
    given_lines '{"a":1}'
    try jsonl2tsv a again=a
    gives 0 '' 'a again' '1 1'
}

@test "a path that looks like an option stands behind --" {
    given_lines '{"-x":1}'
    try jsonl2tsv -- -x
    gives 0 '' '-x' 1
}

# --- Types

# Which of the JSON values a column of a type takes: those come out as they are, the others are rejected.
takes() { # TYPE VALUE...
    local type=$1
    shift
    printf '{"v":%s}\n' "${all[@]}" > in
    jsonl2tsv -N -r rejects v < in | cat > all.tsv
    jsonl2tsv -N -r rejects "v:$type" < in > out 2> err
    diff -u --label "$type takes" --label printed <(printf '{"v":%s}\n' "$@" | jsonl2tsv -N v) out
    [ "$(($(wc -l < out) + $(tail -n +2 rejects | wc -l)))" = ${#all[@]} ]
}

@test "types check and never change: int num bool time str json" {
    all=(5 '"5"' -0 '"-12"' 1.0 '"1e5"' 1E+2 '"007"' '"+1"' '" 5"' '"5 "' '""' '"-"' true '"false"' '"True"' '"x"' '"NaN"'
        '"2022-02-28"' '"2022-02-29"' '"2022-01-09T00:00:00.000"' '"2022-01-09 23:59:59+05:30"' '"2022-01-09T24:00:00"'
        20220109 '[]' '{"a":1}' '"[1, 2]"' '"[1,"' '"\u0035"' '"null"' 12345678901234567890123 1e99999999999999999999 \
        '"1e99999999999999999999"' '"0E-99999999999999999999"')
    takes int 5 '"5"' -0 '"-12"' 20220109 '"\u0035"' 12345678901234567890123
    takes num 5 '"5"' -0 '"-12"' 1.0 '"1e5"' 1E+2 20220109 '"\u0035"' 12345678901234567890123 1e99999999999999999999 \
        '"1e99999999999999999999"' '"0E-99999999999999999999"'
    takes bool true '"false"'
    takes time '"2022-02-28"' '"2022-01-09T00:00:00.000"' '"2022-01-09 23:59:59+05:30"'
    takes str '"5"' '"-12"' '"1e5"' '"007"' '"+1"' '" 5"' '"5 "' '""' '"-"' '"false"' '"True"' '"x"' '"NaN"' \
        '"2022-02-28"' '"2022-02-29"' '"2022-01-09T00:00:00.000"' '"2022-01-09 23:59:59+05:30"' '"2022-01-09T24:00:00"' \
        '"[1, 2]"' '"[1,"' '"\u0035"' '"null"' '"1e99999999999999999999"' '"0E-99999999999999999999"'
    takes json 5 '"5"' -0 '"-12"' 1.0 '"1e5"' 1E+2 '" 5"' '"5 "' true '"false"' 20220109 '[]' '{"a":1}' '"[1, 2]"' \
        '"\u0035"' '"null"' 12345678901234567890123 1e99999999999999999999 \
        '"1e99999999999999999999"' '"0E-99999999999999999999"'
}

@test "what is not of its type is named with its column, as it is written" {
    while IFS='|' read -r type value reason; do
        printf '{"v":%s}\n' "$value" > in
        try jsonl2tsv -N "v:$type"
        [ "$status" = 1 ]
        [ "$(cat err)" = "jsonl2tsv: line 1: column v: $reason" ]
    done << 'END'
int|"h"|"h" is not an integer
int|1.0|"1.0" is not an integer
num|["x"]|["x"] is not a number
str|true|"true" is not a string
bool|"yes"|"yes" is not true or false
time|"2023-02-29"|"2023-02-29" is not a time
json|"{"|"{" is not JSON
int|"\u001b[31m"|"\u001b[31m" is not an integer
END
}

@test "null and missing are of every type; ! allows neither" {
    given_lines '{"v":null}' '{}' '{"v":1}'
    try jsonl2tsv v:int
    gives 0 '' v '\N' '\N' 1
    try jsonl2tsv -r rejects 'v!'
    gives 0 'jsonl2tsv: 3 read, 1 written, 2 rejected to rejects' v 1
    rejects "1${tab}column v: null${tab}{\"v\":null}" "2${tab}column v: missing${tab}{}"
    try jsonl2tsv 'v:int!'
    gives 1 'jsonl2tsv: line 1: column v: null' v '\! jsonl2tsv line\s1:\scolumn\sv:\snull'
}

# --- Lines

@test "blank lines are skipped and counted, white space is what JSON calls so, CR before LF too" {
    given_bytes '\n  \t\r\n{"a":1}\r\n\n \t{ "a"\t:\r2 } \n\r\n{"a":}\n'
    try jsonl2tsv a
    gives 1 'jsonl2tsv: line 7: byte 6: expected a value' a 1 2 \
        '\! jsonl2tsv line\s7:\sbyte\s6:\sexpected\sa\svalue'
}

@test "a byte order mark at the start is dropped, anywhere else it is bad" {
    given_bytes '\xef\xbb\xbf{"a":1}\n\xef\xbb\xbf{"a":2}\n'
    try jsonl2tsv -r rejects a
    gives 0 'jsonl2tsv: 2 read, 1 written, 1 rejected to rejects' a 1
    given_bytes '\xef\xbb\xbf'
    try jsonl2tsv a
    gives 0 '' a
    given_bytes '\xef\xbb\xbf\n{"a":1}'
    try jsonl2tsv a
    gives 0 '' a 1
}

@test "the last line may lack its LF, unless it is cut short" {
    given_bytes '{"a":1}\n{"a":2}'
    try jsonl2tsv a
    gives 0 '' a 1 2
    given_bytes '{"a":1}\n{"a":2'
    try jsonl2tsv a
    gives 1 'jsonl2tsv: line 2: byte 7: unexpected end of line' a 1 \
        '\! jsonl2tsv line\s2:\sbyte\s7:\sunexpected\send\sof\sline'
}

@test "a failure mark in the input is passed on" {
    given_lines '{"a":1}' '\!	fetch	no route to host' '{"a":2}'
    try jsonl2tsv -r rejects a
    gives 1 'jsonl2tsv: input failed: no route to host' a 1 '\! fetch no\sroute\sto\shost'
    given_bytes '\\!'
    try jsonl2tsv a
    gives 1 'jsonl2tsv: input failed: \\!' a '\!'
}

@test "an error in a column that nobody asked for makes the record bad all the same" {
    given_lines '{"a":1,"b":01}' '{"a":2,"b":"\ud800"}' '{"a":3,"b":{"c":[1,]}}' '{"a":4}'
    try jsonl2tsv -r rejects a
    gives 0 'jsonl2tsv: 4 read, 1 written, 3 rejected to rejects' a 4
    rejects "1${tab}byte 13: invalid number${tab}{\"a\":1,\"b\":01}" \
        "2${tab}byte 15: lone surrogate in a string${tab}{\"a\":2,\"b\":\"\\\\ud800\"}" \
        "3${tab}byte 20: expected a value${tab}{\"a\":3,\"b\":{\"c\":[1,]}}"
}

@test "a bad record after a thousand good ones of the same shape is found all the same" {
    seq 1000 | sed 's/.*/{"Id":"&","n":&}/' > in
    echo '{"Id":"1001","n":01}' >> in
    try jsonl2tsv Id n
    [ "$status" = 1 ]
    [ "$(cat err)" = 'jsonl2tsv: line 1001: byte 19: invalid number' ]
    diff <(echo "Id${tab}n"; seq 1000 | sed "s/.*/&$tab&/") <(head -n -1 out)
}

@test "records are written as a whole or not: a bad value in the last column takes back the others" {
    given_lines '{"a":"x","b":"1"}' '{"a":"y","b":"h"}' '{"a":"z","b":"3"}'
    try jsonl2tsv -r rejects a b:int
    gives 0 'jsonl2tsv: 3 read, 2 written, 1 rejected to rejects' 'a b' 'x 1' 'z 3'
    rejects "2${tab}column b: \"h\" is not an integer${tab}{\"a\":\"y\",\"b\":\"h\"}"
}

@test "time grows with the input: a line of 60 MB, 100,000 keys, 60,000 columns, deep nesting, no two lines alike" {
    awk 'BEGIN { printf "{\"a\":\""; for (i = 0; i < 600000; i++) printf "%099d ", i; print "\"}" }' > in
    [ "$(timeout 10 jsonl2tsv -N a < in | wc -c)" = 60000001 ]
    awk 'BEGIN { printf "{"; for (i = 0; i < 100000; i++) printf "\"k%d\":%d,", i, i; print "\"a\":1}" }' > in
    seq 0 100 99999 | sed 's/^/k/' > columns
    timeout 5 xargs -n 2000 -a columns jsonl2tsv -N < in > out
    diff <(seq 0 100 99999) <(tr '\t' '\n' < out)
    seq 60000 | sed 's/^/k/' > columns
    timeout 5 xargs -x -s 1000000 -n 60000 -a columns jsonl2tsv -N < in > out
    diff <(seq 60000) <(tr '\t' '\n' < out)
    awk 'BEGIN { printf "{\"a\":"; for (i = 0; i < 100000; i++) printf "["; for (i = 0; i < 100000; i++) printf "]"; print "}" }' > in
    timeout 1 jsonl2tsv -r rejects a < in > out 2> err
    [[ $(sed -n 2p rejects) == "1${tab}byte 1029: nested deeper than 1024 levels$tab"* ]]
    awk 'BEGIN { for (i = 0; i < 50000; i++) { printf "{"; for (j = 0; j < 10; j++) printf "\"k%d_%d\":1,", i, j; print "\"a\":1}" } }' > in
    [ "$(timeout 5 jsonl2tsv -N a < in | sort | uniq -c | tr -d ' ')" = 500001 ]
}

# --- --paths

@test "--paths describes every path: type, counts, shortest, longest, JSON types, an example" {
    given_lines '{"id":"7","tags":["x",null,"yyy"],"at":{"lat":1.5}}' '{"id":"","tags":[],"at":null}' '{"id":12,"more":true}'
    try jsonl2tsv --paths
    gives 0 '' 'Path Type Records Nulls Empty Shortest Longest Kinds Example' \
        'id \N 3 0 1 0 2 string,number 7' \
        'tags json 2 0 0 2 16 array ["x",null,"yyy"]' \
        'tags[] str 3 1 0 1 3 string,null x' \
        'at json 2 1 0 11 11 object,null {"lat":1.5}' \
        'at.lat num 1 0 0 3 3 number 1.5' \
        'more bool 1 0 0 4 4 boolean true'
}

@test "--paths: the type is the narrowest that an operand may demand of the path; null if there is none" {
    check() { # TYPE VALUE...
        printf '{"a":%s}\n' "${@:2}" > in
        try jsonl2tsv -N --paths
        [ "$(head -n 1 out | cut -f 2)" = "$1" ] || { cat out && return 1; }
        for type in int num bool time json str; do
            try jsonl2tsv "a:$type"
            [ "$type" != "$1" ] || { [ "$status" -eq 0 ]; return; }
            [ "$status" -eq 1 ] || { echo "$type: $status" && return 1; }
        done
    }
    check int 1 '"-2"' '"\u0030"' null
    check num 1.5 '"1e3"' 7
    check bool true '"false"'
    check time '"2022-01-09"' '"2022-01-09T10:00Z"'
    check str '"x"' '"7"' '""'
    check json '[1]' 5 true '"7"'
    check json '{}' '"[1,\"x\"]"'
    check '\N' '"x"' 7
    check '\N' '"x"' '[]'
    given_lines '{"a":null}'
    try jsonl2tsv -N --paths
    gives 0 '' 'a \N 1 1 0 \N \N null \N'
}

@test "--paths: an empty string counts as the shortest value and as the example" {
    given_lines '{"a":""}' '{"a":"abc"}'
    try jsonl2tsv -N --paths
    gives 0 '' 'a str 2 0 1 0 3 string '
}

@test "--paths: what it prints are operands that find the same values" {
    given_lines '{"":{"x y":[[1],[2,[3]]],"q\"\\\u0001\u0000":5},"é":7,"a.b":8,"@line":9,"#":10}'
    try jsonl2tsv -N --paths
    [ "$status" = 0 ]
    cut -f 1 out | sed 's/\\\\/\\/g' > paths
    [ "$(wc -l < paths)" = 10 ]
    while IFS= read -r path; do
        jsonl2tsv -N "$path" < in | grep -qv '^\\N$' || { echo "not found: $path"; return 1; }
    done < paths
}

@test "--paths: examples are cut at 60 bytes, but not inside a character" {
    given_lines "{\"a\":\"$(printf 'x%.0s' {1..59})é...\"}"
    try jsonl2tsv -N --paths
    gives 0 '' "a str 1 0 0 64 64 string $(printf 'x%.0s' {1..59})"
}

@test "--paths judges lines as always, and takes no operands" {
    given_lines '{"a":1}' 'x' '{"a":2}'
    try jsonl2tsv --paths
    gives 1 'jsonl2tsv: line 2: byte 1: expected an object' 'Path Type Records Nulls Empty Shortest Longest Kinds Example' \
        '\! jsonl2tsv line\s2:\sbyte\s1:\sexpected\san\sobject'
    try jsonl2tsv -N -r rejects --paths
    gives 0 'jsonl2tsv: 3 read, 2 written, 1 rejected to rejects' 'a int 2 0 0 1 1 number 1'
    try jsonl2tsv --paths a
    gives 2 "jsonl2tsv: --paths and PATH cannot be combined (try 'jsonl2tsv --help')"
    : > in
    try jsonl2tsv --paths
    gives 0 '' 'Path Type Records Nulls Empty Shortest Longest Kinds Example'
}

@test "--paths ends where keys are data, with what was rejected so far" {
    { echo x; awk 'BEGIN { for (i = 0; i < 101; i++) { printf "{"; for (j = 0; j < 1000; j++) printf "\"k%d_%d\":1,", i, j; print "\"a\":1}" } }'; } > in
    try jsonl2tsv -N -r rejects --paths
    gives 1 'jsonl2tsv: line 101: more than 100000 paths, or 256 MiB of paths; the keys seem to be data' \
        '\! jsonl2tsv line\s101:\smore\sthan\s100000\spaths,\sor\s256\sMiB\sof\spaths;\sthe\skeys\sseem\sto\sbe\sdata'
    rejects "1${tab}byte 1: expected an object${tab}x"
}

@test "--paths: a long key costs its length once, not for each value below it" {
    awk 'BEGIN { printf "{\""; for (i = 0; i < 100000; i++) printf "0123456789"
                 printf "\":["; for (i = 0; i < 100000; i++) printf "{\"b\":1},"; print "1]}" }' > in
    timeout 2 jsonl2tsv -N --paths < in | sed 's/^0*\(0123456789\)*//' > out
    diff - out <<< "${tab}json${tab}1${tab}0${tab}0${tab}800003${tab}800003${tab}array${tab}[$(printf '{"b":1},%.0s' {1..7}){\"b
[]${tab}json${tab}100001${tab}0${tab}0${tab}1${tab}7${tab}object,number${tab}{\"b\":1}
[].b${tab}int${tab}100000${tab}0${tab}0${tab}1${tab}1${tab}number${tab}1"
}

# --- --progress

@test "--progress is silent unless standard error is a terminal or it is given twice" {
    given_lines '{"a":1}' '{"a":2}'
    try jsonl2tsv --progress a
    gives 0 '' a 1 2
    try jsonl2tsv --progress --progress a
    gives 0 'jsonl2tsv: 0 MB (100%), * MB/s, 2 records' a 1 2
    try sh -c 'cat | jsonl2tsv --progress --progress a'
    gives 0 'jsonl2tsv: 0 MB, * MB/s, 2 records' a 1 2
}

# --- Parts

# All parts of FILE, for each number of parts from 1 to MOST: together they must give what the whole file does.
parts_are_whole() { # FILE MOST OPERAND...
    local file=$1 most=$2 n i lines
    shift 2
    jsonl2tsv -N -r whole.rejects -f "$file" "$@" > whole 2> whole.err || return
    for n in $(seq 1 "$most"); do
        lines=0
        for i in $(seq 1 "$n"); do
            jsonl2tsv -N -r "rejects.$i" --part "$i/$n" -f "$file" "$@" 2> "err.$i" || return
            # The lines of the parts before this one.
            awk -F '\t' -v OFS='\t' -v lines="$lines" 'NR > 1 { $2 += lines; print }' "rejects.$i" >> rejects
            lines=$((lines + $(sed -n "s,^jsonl2tsv: part $i/$n has \(.*\) lines,\1,p" "err.$i")))
        done > out
        [ $lines -eq "$(sed -n '$=' "$file" | grep . || echo 0)" ] || return
        cmp whole out && cmp <(tail -n +2 whole.rejects) rejects || return
        rm rejects
    done
}

@test "--part: all parts give each line once, in order, with the lines of the file counted from its start" {
    { printf '\xef\xbb\xbf{"a":1}\n{"a":22}\r\n\n  \n{"a":333}\nbad\n{"a":'; printf '4%.0s' {1..90}
      printf '}\n\xef\xbb\xbf{"a":5}\n{"a":6\n{"a":"7"}\n\r\n{"a":8}'; } > lines
    parts_are_whole lines 16 a @line x=@file
    parts_are_whole lines 5 a
    [ "$(wc -l < whole)" -eq 6 ]
    parts_are_whole lines 7 --max-line 60 a
    [ "$(wc -l < whole.rejects)" -eq 5 ]
    size=$(wc -c < lines)
    jsonl2tsv -r rejects --part "$((size / 2))/$size" -f lines a
    jsonl2tsv --part 999999/1000000 -f lines a | diff - <(echo a)
}

@test "--part: no line, one line, blank lines, a last line with and without LF" {
    for text in '' '\n' '\n\n' '{"a":1}' '{"a":1}\n' '{"a":1}\n\n{"a":2}' '\n{"a":1}\n'; do
        # shellcheck disable=SC2059 # the format is the point
        printf "$text" > lines
        parts_are_whole lines 20 a
    done
}

@test "--part: lines that cross the ends of blocks" {
    awk 'BEGIN { for (i = 0; i < 20000; i++) print "{\"a\":\"" i "\",\"b\":" i % 7 "}" }' > lines
    awk 'BEGIN { printf "{\"a\":\""; for (i = 0; i < 300000; i++) printf "x"; print "\"}"; print "bad" }' >> lines
    parts_are_whole lines 9 a b
}

@test "--part: messages have the number of the line in the file" {
    printf '%s\n' '{"a":1}' '{"a":2}' '{"a":3}' 'bad' > lines
    try jsonl2tsv --part 2/2 -f lines a
    gives 1 'jsonl2tsv: lines: line 4: byte 1: expected an object' a 3 '\! jsonl2tsv lines:\sline\s4:\sbyte\s1:\sexpected\san\sobject'
}

@test "--part: packed and other input, wrong numbers" {
    echo '{"a":1}' > lines
    gzip -k lines
    try jsonl2tsv --part 1/2 -f lines.gz a
    gives 1 'jsonl2tsv: lines.gz: --part cannot read a packed file; unpack it first' a \
        '\! jsonl2tsv lines.gz:\s--part\scannot\sread\sa\spacked\sfile;\sunpack\sit\sfirst'
    for part in '' 1 1/ /1 0/1 2/1 1/1x 01/2 1/1000001 -1/2 ' 1/2' 1/2/3 99999999999999999999/99999999999999999999; do
        try jsonl2tsv --part "$part" -f lines a
        gives 2 "jsonl2tsv: --part: \"$part\" must be I/N, with I from 1 to N (try 'jsonl2tsv --help')"
    done
    for files in '' '-f -' '-f lines -f lines'; do
        # shellcheck disable=SC2086 # words are meant
        try jsonl2tsv --part 1/1 $files a
        gives 2 "jsonl2tsv: --part requires -f FILE, once (try 'jsonl2tsv --help')"
    done
    try jsonl2tsv --part 1/1 --array -f lines a
    gives 2 "jsonl2tsv: --part and --array cannot be combined (try 'jsonl2tsv --help')"
    mkfifo fifo
    cat lines > fifo &
    try jsonl2tsv --part 1/1 -f fifo a
    gives 1 'jsonl2tsv: fifo: --part requires a regular file' a '\! jsonl2tsv fifo:\s--part\srequires\sa\sregular\sfile'
}
