# pick: selects, reorders, renames and adds columns.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return
}

@test "columns in the order of the operands" {
    given 'a b c d' '1 2 3 4' '5 6  \N'
    try pick c a
    gives 0 '' 'c a' '3 1' ' 5'
    try pick d
    gives 0 '' 'd' '4' '\N'
    try pick a b c d
    gives 0 '' 'a b c d' '1 2 3 4' '5 6  \N'
    try pick d c b a
    gives 0 '' 'd c b a' '4 3 2 1' '\N  6 5'
    try pick c d a b
    gives 0 '' 'c d a b' '3 4 1 2' ' \N 5 6'
}

@test "numbers, ranges, patterns, all but; an expansion does not repeat a column" {
    given 'a_id b c_id d' '1 2 3 4'
    try pick 4 1
    gives 0 '' 'd a_id' '4 1'
    try pick 2-3 1
    gives 0 '' 'b c_id a_id' '2 3 1'
    try pick d '*_id'
    gives 0 '' 'd a_id c_id' '4 1 3'
    try pick c_id '*'
    gives 0 '' 'c_id a_id b d' '3 1 2 4'
    try pick '!b'
    gives 0 '' 'a_id c_id d' '1 3 4'
    try pick '*_id' '!a_id' d
    gives 0 '' 'c_id d' '3 4'
    try pick '!*'
    gives 2 'pick: no column is left (*'
}

@test "an operand is one item: a comma is part of the name" {
    given 'a,b a b' '1 2 3'
    try pick a,b
    gives 0 '' 'a,b' '1'
    try pick b,a
    gives 2 'pick: unknown column b,a; give each column as an operand of its own (*'
}

@test "NEW=COL renames; a column with an = in its name" {
    given 'a b x=y' '1 2 3'
    try pick new=a b
    gives 0 '' 'new b' '1 2'
    try pick b=a a=b
    gives 0 '' 'b a' '1 2'
    try pick z=1 =2
    gives 0 '' 'z ' '1 2'
    try pick x=y
    gives 0 '' 'x=y' '3'
    try pick n=x=y
    gives 0 '' 'n' '3'
    try pick a=a=b
    gives 0 '' 'a=a' '2'
    try pick 'n\tm=a' é=b
    gives 0 '' 'n\tm é' '1 2'
    try pick first=a '*'
    gives 0 '' 'first b x=y' '1 2 3'
    try pick n=z
    gives 2 'pick: unknown column z; the columns are a, b, x=y (*'
    try pick 'n=*'
    gives 2 'pick: no column matches \*; the columns are a, b, x=y (*'
}

@test "duplicate, null and unescaped names are usage errors, before anything is written" {
    given 'a b' '1 2'
    try pick a a
    gives 2 'pick: output: duplicate column a (*'
    try pick a=b a
    gives 2 'pick: output: duplicate column a (*'
    try pick '*' a
    gives 2 'pick: output: duplicate column a (*'
    try pick --add b=1
    gives 2 'pick: output: duplicate column b (*'
    try pick a --add n=1 --add n=1
    gives 2 'pick: output: duplicate column n (*'
    try pick '\N=a'
    gives 2 'pick: output: the name of column 1 is null (*'
    try pick $'x\ty=a'
    gives 2 'pick: the name x\\x09y must be escaped as in a header line (*'
    try pick 'x\q=a'
    gives 2 'pick: the name x\\q must be escaped as in a header line (*'
    try pick $'\xff=a'
    gives 2 'pick: the name \\xFF must be escaped as in a header line (*'
}

@test "-x: all columns but these" {
    given 'a_id b c_id d' '1 2 3 4'
    try pick -x b
    gives 0 '' 'a_id c_id d' '1 3 4'
    try pick -x '*_id' d
    gives 0 '' 'b' '2'
    try pick --except 2-4
    gives 0 '' 'a_id' '1'
    try pick -x '!b'
    gives 0 '' 'b' '2'
    try pick -x b b --add n=7
    gives 0 '' 'a_id c_id d n' '1 3 4 7'
    try pick -x '*'
    gives 2 'pick: no column is left (*'
    try pick -x n=b
    gives 2 'pick: unknown column n=b; the columns are a_id, b, c_id, d (*'
    try pick -x
    gives 2 'pick: at least one COL is required (*'
}

@test "--add: constant columns, spelled as fields; without operands after all columns" {
    given 'a b' '1 2' '3 4'
    try pick b --add n=x --add m=
    gives 0 '' 'b n m' '2 x ' '4 x '
    try pick --add 'n=a=b'
    gives 0 '' 'a b n' '1 2 a=b' '3 4 a=b'
    try pick a --add 'n\tm=\N' --add '=\\\t'
    gives 0 '' 'a n\tm ' '1 \N \\\t' '3 \N \\\t'
    long=$(printf '%0300000d' 7)
    try pick --add "long=${long:0:100000}"
    gives 0 '' 'a b long' "1 2 ${long:0:100000}" "3 4 ${long:0:100000}"
    try pick --add n
    gives 2 'pick: --add: "n" must be NAME=VALUE (*'
    for bad in $'n=a\tb' $'n=a\nb' 'n=\q' 'n=x\N' $'n=\xff' 'n\q=1' 'n=\b' $'n=\r'; do
        try pick --add "$bad"
        gives 2 'pick: --add: "*" must be escaped as in a record (*'
    done
    try pick --add '\N=1'
    gives 2 'pick: output: the name of column 3 is null (*'
    try pick
    gives 2 'pick: at least one COL is required (*'
}

@test "-N: numbers only; a column may be repeated, and new names are ignored" {
    given '1 2 3' '4 5 6'
    try pick -N 3 n=1 1 --add x=y
    gives 0 '' '3 1 1 y' '6 4 4 y'
    try pick -N -x 2
    gives 0 '' '1 3' '4 6'
    try pick -N 4
    gives 2 'pick: unknown column 4; without a header there are columns 1 to 3 (*' \
        "\\! pick unknown\\scolumn\\s4;\\swithout\\sa\\sheader\\sthere\\sare\\scolumns\\s1\\sto\\s3\\s(try\\s'pick\\s--help')"
    given
    for operands in 1 '3 1' '-x 2' '--add x=y' '2-3'; do
        # shellcheck disable=SC2086 # words are meant
        try pick -N $operands
        gives 0 ''
    done
}

@test "the whole record is checked, also the columns that are not written" {
    given_bytes 'a\tb\tc\n1\t2\n1\t2\t3\t4\n1\t2\t\\q\n\xff\t2\t3\n4\t5\t6\n'
    try pick b -r rejects
    gives 0 'pick: 5 read, 1 written, 4 rejected to rejects' 'b' '5'
    cut -f 1,2 rejects | diff - <(printf '%s\t%s\n' line reason 2 'got 2 fields, the header has 3' \
        3 'got 4 fields, the header has 3' 4 'byte 5: invalid escape' 5 'byte 1: invalid UTF-8')
    try pick b
    gives 1 'pick: line 2: got 2 fields, the header has 3' 'b' \
        '\! pick line\s2:\sgot\s2\sfields,\sthe\sheader\shas\s3'
}

@test "each value in its one spelling; empty fields; CRLF" {
    given_bytes 'a\tb\tc\r\nx\\fy\t\\b\t\r\n\t\t\\N'
    try pick c b a
    gives_bytes 0 '' 'c\tb\ta\n\t\b\tx\fy\n\\N\t\t\n'
}

@test "fields of any length, alone and in runs" {
    python3 -c '
import sys
print("a\tb\tc\td")
for n in list(range(70)) + [127, 128, 4095, 4096, 65536, 131071, 131072, 131073, 300000]:
    print("\t".join((chr(97 + i) * n) for i in range(4)))' > in
    for columns in 'a' 'd' 'b c' 'c a' 'd a b' 'd c b a' 'a b c d'; do
        # shellcheck disable=SC2086 # words are meant
        try pick $columns < in
        awk -F '\t' -v OFS='\t' -v columns="$columns" 'BEGIN { n = split(columns, c, " ") }
            { for (i = 1; i <= n; i++) printf "%s%s", $(index("abcd", c[i])), (i < n ? OFS : "\n") }' in | cmp - out
    done
    dd if=in bs=777 2> log | pick d b > pieces
    pick d b < in | cmp - pieces
}

@test "many columns and many operands" {
    awk 'BEGIN { for (line = 0; line < 3; line++) for (i = 1; i <= 3000; i++)
        printf "%s%s", (line == 0 ? "c" i : i * line), i < 3000 ? "\t" : "\n" }' > in
    # shellcheck disable=SC2046 # words are meant
    try pick $(seq 3000 -1 1) < in
    awk -F '\t' '{ for (i = 3000; i > 0; i--) printf "%s%s", $i, (i > 1 ? "\t" : "\n") }' in | cmp - out
}

@test "random tables and operands: the same result as SQLite's SELECT" {
    try python3 "$ROOT/t/lib/pick_against_sqlite.py"
    gives 0 ''
}
