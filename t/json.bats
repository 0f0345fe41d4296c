# What is JSON: RFC 8259 and RFC 3629 to the letter, with JSONTestSuite (https://github.com/nst/JSONTestSuite, MIT) as
# the judge: documents named y_ are JSON, n_ are not, i_ are left to us.

load helper

setup_file() {
    tar -xzf "$ROOT/t/data/JSONTestSuite.tar.gz" -C "$BATS_FILE_TMPDIR"
}

setup() {
    cd "$BATS_FILE_TMPDIR/JSONTestSuite/test_parsing" || return
    rejects=$BATS_TEST_TMPDIR/rejects
}

# The document FILE as one line without its end. CR for LF: both are white space, and in a string both are wrong.
document() {
    tr '\n' '\r' < "$1"
}

# The same for many: each of the documents FILE... as a line, between BEFORE and AFTER.
documents() { # BEFORE AFTER FILE...
    python3 -c 'if True:
        import os, sys
        before, after, *files = map(os.fsencode, sys.argv[1:])
        for file in files:
            document = open(file, "rb").read().replace(b"\n", b"\r")
            sys.stdout.buffer.write(before + document + after + b"\n")' "$@"
}

# Standard input for the next try: documents.
given_documents() { # BEFORE AFTER FILE...
    documents "$@" > "$BATS_TEST_TMPDIR/in"
    [ "$(wc -l < "$BATS_TEST_TMPDIR/in")" = $(($# - 2)) ]
}

# The last try took all lines but those that are the documents FILE...
rejected() { # FILE...
    local err
    err=$(cat "$BATS_TEST_TMPDIR/err")
    [ "$status" = 0 ]
    [ "${err##*written, }" = "$# rejected to $rejects" ]
    [ "$(wc -l < "$BATS_TEST_TMPDIR/out")" = "$(($(wc -l < "$BATS_TEST_TMPDIR/in") - $#))" ] || {
        cut -f 1,2 "$rejects"
        return 1
    }
}

@test "the suite is all there" {
    [ "$(printf '%s\n' *_*.json | sed 's/_.*//' | sort | uniq -c | tr -d ' \n')" = 35i188n95y ]
}

@test "JSONTestSuite, alone on a line: of y_ the objects are taken, the others are no objects" {
    mapfile -t others < <(grep -Lz '^[[:space:]]*{' y_*)
    [ ${#others[@]} -lt 95 ]
    given_documents '' '' y_*
    try jsonl2tsv -N -r "$rejects" @line
    rejected "${others[@]}"
    diff <(cut -f 2 "$rejects" | tail -n +2 | sed 's/byte [0-9]*: //; s/;.*//' | uniq) - <<< 'expected an object'
}

@test "JSONTestSuite, alone on a line: n_ are rejected" {
    given_documents '' '' n_*
    try jsonl2tsv -N -r "$rejects" @line
    # Two are blank lines: n_single_space and n_structure_no_data.
    [ "$(cat "$BATS_TEST_TMPDIR/err")" = "jsonl2tsv: 186 read, 0 written, 186 rejected to $rejects" ]
    gives 0 '*'
}

@test "JSONTestSuite, one at a time and without LF: n_ are rejected" {
    for file in n_*; do
        document "$file" > "$BATS_TEST_TMPDIR/in"
        try jsonl2tsv -N @line
        case $file in
        # nothing at all is no record, and no error either
        n_single_space.json | n_structure_no_data.json | n_structure_UTF8_BOM_no_data.json) gives 0 '' ;;
        *) [ "$status" = 1 ] || { echo "$file"; return 1; } ;;
        esac
    done
}

@test "JSONTestSuite, as a value in an object: y_ are taken" {
    given_documents '{"v":' '}' y_*
    try jsonl2tsv -N -r "$rejects" @line
    rejected
}

@test "JSONTestSuite, as a value in an object: n_ are rejected" {
    given_documents '{"v":' '}' n_*
    try jsonl2tsv -N -r "$rejects" @line
    rejected n_*
}

@test "JSONTestSuite, as a value in an array in an object, after good lines of that shape: n_ are rejected" {
    documents $'{"k":"x","v":[1,"y",true],"z":null}\n{"k":"x","v":[1,' ',true],"z":null}' n_* > "$BATS_TEST_TMPDIR/in"
    try jsonl2tsv -N -r "$rejects" @line
    rejected n_*
    diff <(seq 2 2 376) <(tail -n +2 "$rejects" | cut -f 1)
}

@test "JSONTestSuite: of i_ numbers are taken whatever their size, what is not UTF-8 or has lone surrogates is not" {
    given_documents '{"v":' '}' i_number_* i_structure_500_nested_arrays.json
    try jsonl2tsv -N -r "$rejects" v
    rejected
    diff <(for file in i_number_*; do cat "$file"; echo; done) <(head -n -1 "$BATS_TEST_TMPDIR/out")
    given_documents '{"v":' '}' i_string_* i_object_* i_structure_UTF-8_BOM_empty_object.json
    try jsonl2tsv -N -r "$rejects" v
    rejected i_string_* i_object_* i_structure_UTF-8_BOM_empty_object.json
    given_documents '' '' i_structure_UTF-8_BOM_empty_object.json # the mark at the start of the input
    try jsonl2tsv -N v?
    gives 0 '' '\N'
}

@test "lines that a tokenizer takes: two objects, a part of pretty-printed JSON, text after a NUL, and the like" {
    printf '%b\n' '{"a":1}{"b":2}' '{"a":1} {"b":2}' '{"a":1}\0anything' '{"a":1}\0' '"a": 1,' '{' '}' '],' '{"a":}' '{"a"}' \
        ',{}' '{"a":truetrue}' '{"a":1-2}' '{"a":1}x' '{"a":1},' '[{"a":1}]' '1' '"a"' 'null' "{'a':1}" '{a:1}' '{"a":1,}' \
        '{"a"::1}' '{"a":1 "b":2}' '{"a":[1 2]}' '{"a":[1,]}' '{"a":[,1]}' '{"a":{]}' '{"a":[}}' '// {}' '{"a":1}//' \
        > "$BATS_TEST_TMPDIR/in"
    total=$(wc -l < "$BATS_TEST_TMPDIR/in")
    try jsonl2tsv -N -r "$rejects" a
    gives 0 "jsonl2tsv: $total read, 0 written, $total rejected to $rejects"
}

@test "numbers, literals and escapes by the letter" {
    for value in 01 -01 +1 .5 1. 1.e5 1e 1e+ 0x1 1_000 NaN Infinity -Infinity - -- 1e5.5 1-2 00 tru True TRUE nullx nul falsee \
        undefined "'x'" '"\x41"' '"\u12G4"' '"\u123"' "\"\\'\"" '"\a"' '"\0"' '"\U0041"' '"\ud800"' '"\udc00"' \
        '"\udc00\ud800"' '"\ud800\ud800"' '"\ud800x"' '"\ud800\n"' '"\ud83d\u0041"' '"\ud83d\"'; do
        printf '{"v":%s}\n' "$value"
    done > "$BATS_TEST_TMPDIR/in"
    total=$(wc -l < "$BATS_TEST_TMPDIR/in")
    try jsonl2tsv -N -r "$rejects" v
    gives 0 "jsonl2tsv: $total read, 0 written, $total rejected to $rejects"
}

@test "every control character in a string, and every byte that UTF-8 does not have, makes a line bad" {
    {
        for i in {0..31} {128..193} {245..255}; do
            [ "$i" = 10 ] || printf '{"v":"aaaaaaaaaaaaaaa%b!aaaaaaaaaaaaaaaa"}\n' "\\0$(printf %03o "$i")"
        done
        # overlong, surrogates, beyond U+10FFFF, cut short
        for bytes in 'c0\x80' 'c1\xbf' 'e0\x80\x80' 'e0\x9f\xbf' 'f0\x80\x80\x80' 'f0\x8f\xbf\xbf' 'ed\xa0\x80' 'ed\xbf\xbf' \
            'f4\x90\x80\x80' 'f5\x80\x80\x80' 'c3' 'e2\x82' 'f0\x9f\x98' 'e2\x28\xa1' 'f0\x28\x8c\x80'; do
            printf '{"v":"aaaaaaaaaaaaaaa%b"}\n' "\\x$bytes"
        done
    } > "$BATS_TEST_TMPDIR/in"
    total=$(wc -l < "$BATS_TEST_TMPDIR/in")
    try jsonl2tsv -N -r "$rejects" v
    gives 0 "jsonl2tsv: $total read, 0 written, $total rejected to $rejects"
}

@test "the first and the last character of each length of UTF-8 are good" {
    given_bytes '{"v":"\x20\x7f\xc2\x80\xdf\xbf\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbf\xf0\x90\x80\x80\xf4\x8f\xbf\xbf"}\n'
    try jsonl2tsv -N v
    gives_bytes 0 '' '\x20\x7f\xc2\x80\xdf\xbf\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbf\xf0\x90\x80\x80\xf4\x8f\xbf\xbf\n'
}

@test "1024 levels are good, one more is too deep, closed or not" {
    nested() { # N
        awk -v n="$1" 'BEGIN {
            printf "{\"v\":"
            for (i = 1; i < n; i++) printf "["
            for (i = 1; i < n; i++) printf "]"
            print "}" }'
    }
    { nested 1024; nested 1025; nested 1025 | tr -d ']}'; } > "$BATS_TEST_TMPDIR/in"
    try jsonl2tsv -N -r "$rejects" @line
    gives 0 "jsonl2tsv: 3 read, 1 written, 2 rejected to $rejects" 1
    diff <(printf '2\tbyte 1029: nested deeper than 1024 levels\n3\tbyte 1029: nested deeper than 1024 levels\n') \
        <(tail -n +2 "$rejects" | cut -f 1,2)
}

@test "each thing that can be wrong is named, with the byte where it is" {
    while IFS='|' read -r line reason; do
        printf '%b\n' "$line" > "$BATS_TEST_TMPDIR/in"
        try jsonl2tsv v
        [ "$status" = 1 ]
        [ "$(cat "$BATS_TEST_TMPDIR/err")" = "jsonl2tsv: line 1: $reason" ]
        [ "$(tail -n 1 "$BATS_TEST_TMPDIR/out")" = $'\\!\tjsonl2tsv\tline 1: '"$reason" ]
    done << 'END'
[1]|byte 1: expected an object; if the input is one array, use --array
"x"|byte 1: expected an object
{|byte 2: unexpected end of line
{"v":"x|byte 8: unexpected end of line
{"v":,|byte 6: expected a value
{v:1}|byte 2: expected a key in quotes
{"v":1,}|byte 8: expected a key in quotes
{"v" 1}|byte 6: expected a colon after a key
{"v":1 2}|byte 8: expected a comma or a closing bracket after a value
{"v":[1}|byte 8: expected a comma or a closing bracket after a value
{"v":-x}|byte 7: invalid number
{"v":trve}|byte 8: expected true, false or null
{"v":"\\x"}|byte 8: invalid escape in a string
{"v":"\\udc00"}|byte 9: lone surrogate in a string
{"v":"\001"}|byte 7: control character in a string
{"v":"\0377"}|byte 7: invalid UTF-8
{"v":1}}|byte 8: unexpected text after the object
END
}
