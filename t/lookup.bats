# lookup: a hash join of records against a table in memory.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return
}

# table LINE...: the file t.tsv, every space a TAB, as given makes the input.
table() {
    lines "$@" > t.tsv
}

# table_bytes FORMAT: the file t.tsv as printf makes it.
table_bytes() {
    # shellcheck disable=SC2059 # the format is the point
    printf "$1" > t.tsv
}

# The last try failed with status 1 and REASON; its only output is a failure mark with REASON.
stopped() { # REASON
    local err mark
    err=$(cat err)
    mark=$(cat out)
    if [ "$status" -ne 1 ] || [ "$err" != "lookup: $1" ] || [ "$mark" != "\\!	lookup	${1//\\/\\\\}" ]; then
        printf 'status %s\nstderr: %s\nstdout: %s\n' "$status" "$err" "$mark"
        return 1
    fi
}

@test "records with a match get the other columns of the table, in input order" {
    table 'k p q' '1 one uno' '2 two due' '3 three tre'
    given 'a k' 'x 3' 'y 1' 'z 9' 'w 3'
    try lookup -f t.tsv -k k
    gives 0 '' 'a k p q' 'x 3 three tre' 'y 1 one uno' 'w 3 three tre'
}

@test "--left also writes records without a match, --anti only those, --semi only the others" {
    table 'k p q' '1 one uno' '3 three tre'
    given 'a k' 'x 3' 'y 2' 'z 1'
    try lookup -f t.tsv -k k --left
    gives 0 '' 'a k p q' 'x 3 three tre' 'y 2 \N \N' 'z 1 one uno'
    try lookup -f t.tsv -k k --anti
    gives 0 '' 'a k' 'y 2'
    try lookup -f t.tsv -k k --semi
    gives 0 '' 'a k' 'x 3' 'z 1'
}

@test "-a: the columns, their order and their names" {
    table 'k p q' '1 one uno'
    given 'a k' 'x 1'
    try lookup -f t.tsv -k k -a q
    gives 0 '' 'a k q' 'x 1 uno'
    try lookup -f t.tsv -k k -a 3,2
    gives 0 '' 'a k q p' 'x 1 uno one'
    try lookup -f t.tsv -k k -a 'b=q,c=2,q,d=k'
    gives 0 '' 'a k b c q d' 'x 1 uno one uno 1'
}

@test "-a: names with = in them, on either side" {
    table 'k a=b b' '1 A B'
    given 'x k' 'x 1'
    try lookup -f t.tsv -k k -a 'a=b'
    gives 0 '' 'x k a=b' 'x 1 A'
    try lookup -f t.tsv -k k -a 'n=a=b'
    gives 0 '' 'x k n' 'x 1 A'
    try lookup -f t.tsv -k k -a 'n=m=b'
    gives 0 '' 'x k n=m' 'x 1 B'
    try lookup -f t.tsv -k k -a 'n=m=c'
    gives 2 'lookup: --add: unknown column m=c; the columns are k, a=b, b (try*'
}

@test "-K: the key columns have other names in the table" {
    table 'id sub p' '1 a one' '2 b two'
    given 'a k' 'a 1' 'a 2' 'b 2'
    try lookup -f t.tsv -k k,a -K id,sub
    gives 0 '' 'a k p' 'a 1 one' 'b 2 two'
    try lookup -f t.tsv -k 2,1 -K 1,2
    gives 0 '' 'a k p' 'a 1 one' 'b 2 two'
    try lookup -f t.tsv -k a -K sub -a id
    gives 0 '' 'a k id' 'a 1 1' 'a 2 1' 'b 2 2'
}

@test "a table with only key columns adds nothing" {
    table 'k' 'a' 'b'
    given 'k v' 'b 1' 'c 2'
    try lookup -f t.tsv -k k
    gives 0 '' 'k v' 'b 1'
    try lookup -f t.tsv -k k --left
    gives 0 '' 'k v' 'b 1' 'c 2'
}

@test "an empty table matches nothing" {
    table 'k p'
    given 'k v' 'b 1'
    try lookup -f t.tsv -k k
    gives 0 '' 'k v p'
    try lookup -f t.tsv -k k --left
    gives 0 '' 'k v p' 'b 1 \N'
    try lookup -f t.tsv -k k --anti
    gives 0 '' 'k v' 'b 1'
    : > t.tsv
    try lookup -f t.tsv -k k
    stopped 't.tsv: no header line; the input is empty'
}

@test "null matches nothing, in any column of a key, on either side; the empty string is a key" {
    table 'k l p' '\N 1 a' '1 \N b' '\N \N c' ' 1 d' '1  e' '\N 1 f'
    given 'k l' '\N 1' '1 \N' '\N \N' ' 1' '1 ' ' '
    try lookup -f t.tsv -k k,l
    gives 0 '' 'k l p' ' 1 d' '1  e'
    try lookup -f t.tsv -k k,l --left
    gives 0 '' 'k l p' '\N 1 \N' '1 \N \N' '\N \N \N' ' 1 d' '1  e' '  \N'
    try lookup -i -f t.tsv -k k,l --anti
    gives 0 '' 'k l' '\N 1' '1 \N' '\N \N' ' '
}

@test "keys are bytes: field ends, escapes, spellings of numbers and accents make different keys" {
    table 'k l p' 'a\tb c 1' 'a b\tc 2' '1 x 3' '1.0 x 4' '\\N x 5' 'é x 6' 'a\\ b 7'
    given 'k l' 'a b\tc' 'a\tb c' '01 x' '1.0 x' '\\N x' $'e\xcc\x81 x' 'é x' 'a\\ b' 'a \\b'
    try lookup -f t.tsv -k k,l
    gives 0 '' 'k l p' 'a b\tc 2' 'a\tb c 1' '1.0 x 4' '\\N x 5' 'é x 6' 'a\\ b 7'
}

@test "each value has one spelling, in the table and in the input" {
    table_bytes 'k\tp\na\\fb\tx\\vy\n'
    given_bytes 'k\na\fb\n'
    try lookup -f t.tsv -k k
    gives_bytes 0 '' 'k\tp\na\fb\tx\vy\n'
}

@test "long keys and long added columns" {
    long=$(printf '%070000d' 1)
    table 'k p' "$long x" "${long}0 y" "z $long"
    given 'k v' "${long}0 1" "$long 2" 'z 3'
    try lookup -f t.tsv -k k
    gives 0 '' 'k v p' "${long}0 1 y" "$long 2 x" "z 3 $long"
}

@test "-i ignores case in keys, on both sides" {
    table 'k p' 'AB 1' 'É 2' 'c\n 3' 'ß 4' 'Ⱥ 5'
    given 'k v' 'ab X' 'Ab Y' 'é Z' 'C\n W' 'SS V' 'ẞ U' 'ⱥ T'
    try lookup -i -f t.tsv -k k
    gives 0 '' 'k v p' 'ab X 1' 'Ab Y 1' 'é Z 2' 'C\n W 3' 'ẞ U 4' 'ⱥ T 5'
    table 'k p' 'AB 1' 'aB 2'
    try lookup -f t.tsv -k k
    gives 0 '' 'k v p'
    try lookup -i -f t.tsv -k k
    stopped 't.tsv: line 3: duplicate key "ab", first in line 2; --multi writes a record for each match'
}

@test "a duplicate key in the table is an error that names both lines" {
    table 'k l p' 'a 1 x' 'b 1 x' 'a 2 x' 'b 1 x'
    given 'k x' 'a 1'
    try lookup -f t.tsv -k k
    stopped 't.tsv: line 4: duplicate key "a", first in line 2; --multi writes a record for each match'
    try lookup -f t.tsv -k k,x -K k,l -r rejects
    stopped 't.tsv: line 5: duplicate key "b\x091", first in line 3; --multi writes a record for each match'
    try lookup -f t.tsv -k k --semi
    stopped 't.tsv: line 4: duplicate key "a", first in line 2; --multi writes a record for each match'
}

@test "--multi: a record for each match, in the order of the table" {
    table 'k p' 'a 3' 'b 1' 'a 1' '\N 9' 'a 2' '\N 9'
    given 'v k' 'x b' 'y a' 'z c'
    try lookup -f t.tsv -k k --multi
    gives 0 '' 'v k p' 'x b 1' 'y a 3' 'y a 1' 'y a 2'
    try lookup -f t.tsv -k k --multi --left
    gives 0 '' 'v k p' 'x b 1' 'y a 3' 'y a 1' 'y a 2' 'z c \N'
    try lookup -f t.tsv -k k --multi --semi
    gives 0 '' 'v k' 'x b' 'y a'
    try lookup -f t.tsv -k k --multi --anti
    gives 0 '' 'v k' 'z c'
}

@test "-N: no header line in the input or the table" {
    table 'a 1 x' 'b 2 y'
    given 'u b' 'v c'
    try lookup -N -f t.tsv -k 2 -K 1
    gives 0 '' 'u b 2 y'
    try lookup -N -f t.tsv -k 2 -K 1 -a 3,n=1 --left
    gives 0 '' 'u b y b' 'v c \N \N'
    given
    try lookup -N -f t.tsv -k 2 -K 1
    gives 0 ''
}

@test "-N: an empty table has no columns unless -a names them" {
    : > t.tsv
    given 'u b' 'v c'
    try lookup -N -f t.tsv -k 2 -K 1
    gives 0 ''
    try lookup -N -f t.tsv -k 2 -K 1 --anti
    gives 0 '' 'u b' 'v c'
    try lookup -N -f t.tsv -k 2 -K 1 --left -a 3,2
    gives 0 '' 'u b \N \N' 'v c \N \N'
    try lookup -N -f t.tsv -k 2 -K 1 --left
    stopped 't.tsv: no records, so the columns to fill with nulls are unknown; number them with --add'
}

@test "a duplicate column name is a usage error that says what to do" {
    table 'k a p' '1 x y'
    given 'a k' 'x 1'
    try lookup -f t.tsv -k k
    gives 2 'lookup: the input already has a column a; rename it with --add NEW=a (try*'
    try lookup -f t.tsv -k k -a b=a,p
    gives 0 '' 'a k b p' 'x 1 x y'
    try lookup -f t.tsv -k k -a k
    gives 2 'lookup: the input already has a column k; *'
    try lookup -f t.tsv -k k -a p,p
    gives 2 'lookup: output: duplicate column p (try*'
    try lookup -f t.tsv -k k -a 'b\q=p'
    gives 2 'lookup: --add: the name b\\q must be escaped as in a header line *'
    try lookup -f t.tsv -k k --semi
    gives 0 '' 'a k' 'x 1'
}

@test "an unknown column of the input or the table is a usage error before anything is written" {
    table 'k p' '1 x'
    given 'a k' 'x 1'
    try lookup -f t.tsv -k z
    gives 2 'lookup: --key: unknown column z; the columns are a, k (try*'
    try lookup -f t.tsv -k a
    gives 2 'lookup: t.tsv: unknown column a; the columns are k, p (try*'
    try lookup -f t.tsv -k a -K z
    gives 2 'lookup: --table-key: unknown column z; the columns are k, p (try*'
    try lookup -f t.tsv -k k -a p,z
    gives 2 'lookup: --add: unknown column z; the columns are k, p (try*'
    try lookup -f t.tsv -k k -a n=z
    gives 2 'lookup: --add: unknown column z; the columns are k, p (try*'
    try lookup -f t.tsv -k k -a n=
    gives 2 'lookup: --add: unknown column ; the columns are k, p (try*'
}

@test "options that cannot be combined, and missing options" {
    table 'k p' '1 x'
    given 'a k' 'x 1'
    try lookup -k k
    gives 2 'lookup: --table is required (try*'
    try lookup -f t.tsv
    gives 2 'lookup: --key is required (try*'
    try lookup -f t.tsv -k a,k -K k
    gives 2 'lookup: --key and --table-key must have the same number of columns, not 2 and 1 (try*'
    try lookup -f t.tsv -k k --left --anti
    gives 2 'lookup: --left, --anti and --semi cannot be combined (try*'
    try lookup -f t.tsv -k k --semi -a p
    gives 2 'lookup: --add and --semi cannot be combined (try*'
    try lookup -f t.tsv -k k x
    gives 2 'lookup: unexpected operand "x"; --key takes a list: --key k,x (*'
}

@test "usage errors under -N write the failure mark, because an empty stream would be complete" {
    table '1 x'
    given 'x 1'
    try lookup -N -f t.tsv -k 9 -K 1
    [ "$status" -eq 2 ]
    [[ $(cat out) == '\!'*'unknown column 9; without a header there are columns 1 to 2'* ]]
}

@test "the table must not be standard input if that is a pipe" {
    given 'a k' 'x 1'
    try lookup -f - -k k
    gives 2 'lookup: --table must not be standard input, which holds the records (try*'
    try sh -c 'cat | lookup -f /dev/stdin -k k'
    gives 2 'lookup: --table must not be standard input, which holds the records (try*'
    # A regular file is read twice, each time from its start.
    try lookup -f /dev/stdin -k k -a b=a
    gives 0 '' 'a k b' 'x 1 x'
    table 'k p' '1 x'
    mkfifo pipe
    cat t.tsv > pipe &
    try lookup -f pipe -k k
    gives 0 '' 'a k p' 'x 1 x'
}

@test "a table that cannot be read is a system failure" {
    given 'a k' 'x 1'
    try lookup -f none.tsv -k k
    [ "$status" -eq 3 ]
    [ "$(cat err)" = 'lookup: none.tsv: No such file or directory' ]
    try lookup -f . -k k
    [ "$status" -eq 3 ]
    [ "$(cat err)" = 'lookup: .: read error: Is a directory' ]
}

@test "a bad record in the table ends the program, with file and line, also under -r" {
    given 'a k' 'x 1'
    check() { # TABLE-FORMAT REASON
        table_bytes "$1"
        try lookup -f t.tsv -k k
        stopped "t.tsv: $2"
        try lookup -f t.tsv -k k -r rejects
        stopped "t.tsv: $2"
    }
    check 'k\tp\n1\tx\n2\n' 'line 3: got 1 field, the header has 2'
    check 'k\tp\n1\tx\n2' 'line 3: got 1 field, the header has 2'
    check 'k\tp\n1\tx\ty\n' 'line 2: got 3 fields, the header has 2'
    check 'k\tp\n1\tx\\q\n' 'line 2: byte 4: invalid escape'
    check 'k\tp\n1\t\300\200\n' 'line 2: byte 3: invalid UTF-8'
    check 'k\tk\n1\tx\n' 'line 1: duplicate column k'
    check 'k\tp\n1\tx\n\\.\n2\ty\n' 'line 4: data after the end mark'
}

@test "a line of the table longer than --max-line is bad" {
    table 'k p' "1 $(printf '%0200d' 0)"
    given 'k' '1'
    try lookup -f t.tsv -k k --max-line 100
    stopped 't.tsv: line 2: longer than 100 bytes'
}

@test "a failure mark in the table is a failed input" {
    given 'a k' 'x 1'
    table 'k p' '1 x' '\! weekagg line\s3:\swrong'
    try lookup -f t.tsv -k k
    stopped 't.tsv: input failed: line 3: wrong'
    table '\! weekagg line\s3:\swrong'
    try lookup -f t.tsv -k k
    stopped 't.tsv: input failed: line 3: wrong'
    try lookup -N -f t.tsv -k 1
    stopped 't.tsv: input failed: line 3: wrong'
}

@test "an end mark ends the table and is not passed on" {
    table 'k p' '1 x' '\.'
    given 'a k' 'x 1'
    try lookup -f t.tsv -k k
    gives 0 '' 'a k p' 'x 1 x'
    given 'a k' 'x 1' '\.'
    try lookup -f t.tsv -k k
    gives 0 '' 'a k p' 'x 1 x' '\.'
}

@test "CRLF, a byte order mark and a last line without LF, in the table as in the input" {
    table_bytes '\357\273\277k\tp\r\n1\tx\r\n2\ty'
    given_bytes '\357\273\277a\tk\r\nb\t2\r\nc\t1'
    try lookup -f t.tsv -k k
    gives 0 '' 'a k p' 'b 2 y' 'c 1 x'
}

@test "a failure mark of the input is passed on after the records before it" {
    table 'k p' '1 x'
    given 'a k' 'x 1' '\! weekagg line\s3:\swrong'
    try lookup -f t.tsv -k k
    gives 1 'lookup: input failed: line 3: wrong' 'a k p' 'x 1 x' '\! weekagg line\s3:\swrong'
}

@test "the first bad record ends the program, after the records before it" {
    table 'k p' '1 x'
    given 'a k' 'x 1' 'y 1' 'z'
    try lookup -f t.tsv -k k
    gives 1 'lookup: line 4: got 1 field, the header has 2' 'a k p' 'x 1 x' 'y 1 x' \
        '\! lookup line\s4:\sgot\s1\sfield,\sthe\sheader\shas\s2'
}

@test "-r: counts of records read, written, without a match, and rejected" {
    table 'k p' '1 x' '1 y'
    given 'a k' 'x 1' 'y' 'z 2' 'w 2'
    try lookup -f t.tsv -k k --multi -r rejects
    gives 0 'lookup: 4 read, 2 written, 2 without a match, 1 rejected to rejects' 'a k p' 'x 1 x' 'x 1 y'
    try lookup -f t.tsv -k k --multi --left -r rejects
    gives 0 'lookup: 4 read, 4 written, 2 without a match, 1 rejected to rejects' \
        'a k p' 'x 1 x' 'x 1 y' 'z 2 \N' 'w 2 \N'
    try lookup -f t.tsv -k k --multi --anti -r rejects
    gives 0 'lookup: 4 read, 2 written, 2 without a match, 1 rejected to rejects' 'a k' 'z 2' 'w 2'
}

@test "a write error is a system failure" {
    table 'k p' '1 x'
    given 'a k' 'x 1'
    try sh -c 'lookup -f t.tsv -k k > /dev/full'
    gives 3 'lookup: write error: No space left on device'
}

@test "random tables and records: the same result as SQLite's joins" {
    try python3 "$ROOT/t/lib/lookup_against_sqlite.py"
    gives 0 ''
}

@test "the same result from a pipe in small pieces and from a file" {
    awk 'BEGIN { print "id\tp"; for (i = 0; i < 5000; i++) printf "%d\tvalue %d\n", i * 3, i }' > t.tsv
    awk 'BEGIN { print "a\tid"; for (i = 0; i < 40000; i++) printf "é%d\t%d\n", i, i * 7919 % 20000 }' > in
    try lookup -f t.tsv -k id --left
    awk -F '\t' 'NR == 1 { print $0 "\tp"; next }
        { print $0 "\t" ($2 % 3 == 0 && $2 < 15000 ? "value " $2 / 3 : "\\N") }' in | cmp - out
    cp out whole
    dd if=in bs=777 2> log | lookup -f t.tsv -k id --left | cmp - whole
}

@test "keys of all lengths that come again and again, and differ in one byte: the plain build gives the same" {
    cd "$BATS_TEST_TMPDIR"
    plain=${WEIR_PLAIN_BUILD:-$ROOT/build/plain}/bin/lookup
    [ -x "$plain" ] || skip "no plain build: make plain"
    python3 "$ROOT/t/lib/repeated_keys.py" 3> table 4> in
    for options in '-k 2 -K 1' '-k 2 -K 1 --left' '-k 2 -K 1 --anti' '-k 2 -K 1 --semi -i --multi' '-k 2,3 -K 1,3 --left'; do
        # shellcheck disable=SC2086 # several options
        lookup -N -f table $options < in | cmp - <("$plain" -N -f table $options < in)
    done
    lookup -N -f table -k 2 -K 1 < in | awk -F '\t' '
        NR == FNR { number[$1] = $2; next } # of the table
        $4 != number[$2] || !($2 in number) { exit 1 }
        END { if (FNR < 1000) exit 1 }' table -
}
