# tsvdiff: what changed between two versions of a table.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return
}

# old LINE..., new LINE...: the files old and new, every space a TAB, as given makes the input.
old() {
    lines "$@" > old
}

new() {
    lines "$@" > new
}

# The last try failed with status 1 and REASON, also in the failure mark; nothing but the header was written before it.
stopped() { # REASON
    if [ "$status" -ne 1 ] || [ "$(cat err)" != "tsvdiff: $1" ] ||
        [ "$(tail -n 1 out)" != "\\!	tsvdiff	${1//\\/\\\\}" ]; then
        printf 'status %s\nstderr: %s\nstdout: %s\n' "$status" "$(cat err)" "$(cat out)"
        return 1
    fi
}

@test "changed and added keys in the order of NEW, then removed keys in that of OLD" {
    old 'id a b' '3 x 1' '1 x 1' '2 x 1' '4 x 1' '5 x 1'
    new 'id a b' '6 n 1' '5 x 2' '4 x 1' '3 y 2' '7 n 1'
    try tsvdiff -k id old new
    gives 0 '' 'id Change Column Old New' '6 added a \N n' '6 added b \N 1' '5 changed b 1 2' '3 changed a x y' \
        '3 changed b 1 2' '7 added a \N n' '7 added b \N 1' '1 removed a x \N' '1 removed b 1 \N' '2 removed a x \N' \
        '2 removed b 1 \N'
    try tsvdiff -k id new old
    [ "$(sed 1d out | cut -f 1,2 | uniq | tr '\t\n' '  ')" = '3 changed 1 added 2 added 5 changed 6 removed 7 removed ' ]
}

@test "equal tables have no differences, whatever the order of records and columns" {
    old 'id a b' '1 x y' '2 z w'
    new 'b id a' 'w 2 z' 'y 1 x'
    try tsvdiff -k id old old
    gives 0 '' 'id Change Column Old New'
    try tsvdiff -k id old new
    gives 0 '' 'id Change Column Old New'
    try tsvdiff -k id new old
    gives 0 '' 'id Change Column Old New'
}

@test "columns are matched by name, also those of the key; positions are those of NEW" {
    old 'b id a' 'y 1 x' 'w 2 z'
    new 'id a b' '1 X y' '2 z W'
    try tsvdiff -k id old new
    gives 0 '' 'id Change Column Old New' '1 changed a x X' '2 changed b w W'
    try tsvdiff -k 1 old new
    gives 0 '' 'id Change Column Old New' '1 changed a x X' '2 changed b w W'
    try tsvdiff -k 1 new old
    gives 0 '' 'b Change Column Old New' 'y changed a X x' 'w added id \N 2' 'w added a \N z' 'W removed id 2 \N' \
        'W removed a z \N'
    try tsvdiff -k b,id old new
    gives 0 '' 'b id Change Column Old New' 'y 1 changed a x X' 'W 2 added a \N z' 'w 2 removed a z \N'
    try tsvdiff -k '!a' old new
    gives 0 '' 'id b Change Column Old New' '1 y changed a x X' '2 W added a \N z' '2 w removed a z \N'
}

@test "values and keys are compared as bytes; null is a value and a key" {
    old 'k v' '1 1' '2 \N' '3 ' '\N a' ' b' '4 a\tb'
    new 'k v' '1 1.0' '2 ' '3 \N' '\N A' ' b' '4 a\\tb' '01 1'
    try tsvdiff -k k old new
    gives 0 '' 'k Change Column Old New' '1 changed v 1 1.0' '2 changed v \N ' '3 changed v  \N' '\N changed v a A' \
        '4 changed v a\tb a\\tb' '01 added v \N 1'
}

@test "if all columns are in the key, an added or removed key is one record" {
    old 'a b' '1 x' '2 y'
    new 'b a' 'y 2' 'z 3'
    try tsvdiff -k a,b old new
    gives 0 '' 'a b Change Column Old New' '3 z added \N \N \N' '1 x removed \N \N \N'
}

@test "a column of one file only is null in the other, and is reported" {
    old 'id a b' '1 x 5' '2 y \N'
    new 'id c a' '1 7 x' '2 \N y' '3 8 z'
    try tsvdiff -k id old new
    gives 0 'tsvdiff: new: missing column b; unknown column c, compared with old; missing values are null' \
        'id Change Column Old New' '1 changed c \N 7' '1 changed b 5 \N' '3 added a \N z' '3 added c \N 8'
    try tsvdiff -k id new old
    gives 0 'tsvdiff: old: missing column c; unknown column b, compared with new; missing values are null' \
        'id Change Column Old New' '1 changed b \N 5' '1 changed c 7 \N' '3 removed a z \N' '3 removed c 8 \N'
    old 'id a' '1 x'
    new 'id a c' '1 x \N'
    try tsvdiff --check -k id old new
    gives 1 'tsvdiff: new: unknown column c, compared with old; missing values are null
tsvdiff: old and new differ' 'id Change Column Old New'
}

@test "--check: status 1 if the tables differ, after all differences" {
    old 'id a' '1 x' '2 y'
    new 'a id' 'y 2' 'x 1'
    try tsvdiff --check -k id old new
    gives 0 '' 'id Change Column Old New'
    new 'id a' '1 x' '2 z'
    try tsvdiff --check -k id old new
    gives 1 'tsvdiff: old and new differ' 'id Change Column Old New' '2 changed a y z'
    try tsvdiff --check -E -k id old new
    gives 1 'tsvdiff: old and new differ' 'id Change Column Old New' '2 changed a y z' '\.'
    new 'id a' '1 x'
    try tsvdiff --check -k id old new
    gives 1 'tsvdiff: old and new differ' 'id Change Column Old New' '2 removed a y \N'
    try tsvdiff --check -k id new old
    gives 1 'tsvdiff: new and old differ' 'id Change Column Old New' '2 added a \N y'
}

@test "a duplicate key in a file is bad, with both lines; with -r the first record counts" {
    old 'id a' '1 x' '2 y' '1 x'
    new 'id a' '1 x' '2 z'
    try tsvdiff -k id old new
    stopped 'old: line 4: duplicate key "1", first in line 2; add columns to -k, or drop duplicates with dedup -k'
    try tsvdiff -k id new old
    stopped 'old: line 4: duplicate key "1", first in line 2; add columns to -k, or drop duplicates with dedup -k'
    try tsvdiff -k id old new -r rejects
    gives 0 'tsvdiff: 5 read, 0 added, 0 removed, 1 changed, 1 rejected to rejects' 'id Change Column Old New' \
        '2 changed a y z'
    lines 'file line reason record' 'old 4 duplicate\skey\s"1",\sfirst\sin\sline\s2;\sadd\scolumns\sto\s-k,\sor\sdrop\sduplicates\swith\sdedup\s-k 1\tx' | diff - rejects
    new 'id a' '3 n' '1 x' '3 m' '1 y' '2 y'
    sed -i 4d old
    try tsvdiff -k id old new -r rejects
    gives 0 'tsvdiff: 7 read, 1 added, 0 removed, 0 changed, 2 rejected to rejects' 'id Change Column Old New' '3 added a \N n'
    lines 'file line reason record' 'new 4 duplicate\skey\s"3",\sfirst\sin\sline\s2;\sadd\scolumns\sto\s-k,\sor\sdrop\sduplicates\swith\sdedup\s-k 3\tm' \
        'new 5 duplicate\skey\s"1",\sfirst\sin\sline\s3;\sadd\scolumns\sto\s-k,\sor\sdrop\sduplicates\swith\sdedup\s-k 1\ty' | diff - rejects
    try tsvdiff -k id old new -r rejects --max-rejects 1
    stopped 'new: line 5: duplicate key "1", first in line 3; add columns to -k, or drop duplicates with dedup -k; more than 1 bad records'
    { echo 'id	a' && seq 1 1000 | sed 's/$/\tx/' && printf '7\tx\n'; } > new
    try tsvdiff -k id new old
    stopped 'new: line 1002: duplicate key "7", first in line 8; add columns to -k, or drop duplicates with dedup -k'
}

@test "a bad record in one of the files is rejected, with the file in the message" {
    old 'id a' '1 x' '2'
    new 'id a' '1 y' '2 z' '3\q x'
    try tsvdiff -k id old new
    stopped 'old: line 3: got 1 field, the header has 2'
    try tsvdiff -k id old new -r rejects
    gives 0 'tsvdiff: 5 read, 1 added, 0 removed, 1 changed, 2 rejected to rejects' 'id Change Column Old New' \
        '1 changed a x y' '2 added a \N z'
    lines 'file line reason record' 'old 3 got\s1\sfield,\sthe\sheader\shas\s2 2' \
        'new 4 byte\s2:\sinvalid\sescape 3\\q\tx' | diff - rejects
    old 'id a' '1 x' '2 y'
    try tsvdiff -k id old new
    gives 1 'tsvdiff: new: line 4: byte 2: invalid escape' 'id Change Column Old New' '1 changed a x y' '2 changed a y z' \
        '\! tsvdiff new:\sline\s4:\sbyte\s2:\sinvalid\sescape'
    new 'id a' '1 x' "2 $(printf '%0200d' 0)"
    try tsvdiff -k id old new --max-line 100
    stopped 'new: line 3: longer than 100 bytes'
}

@test "an unknown column, or a name that exists, is a usage error before anything is written" {
    old 'id a' '1 x'
    new 'b a id' '1 x 2'
    try tsvdiff -k z old new
    gives 2 'tsvdiff: new: unknown column z; the columns are b, a, id (try*'
    try tsvdiff -k b old new
    gives 2 'tsvdiff: old: unknown column b; the columns are id, a (try*'
    try tsvdiff -k id,1 old new
    gives 2 'tsvdiff: old: unknown column b; the columns are id, a (try*'
    old 'id Column' '1 x'
    try tsvdiff -k Column old old
    gives 2 'tsvdiff: output: duplicate column Column (try*'
}

@test "operands and options that are missing or wrong" {
    old 'id a' '1 x'
    for operands in '' old 'old old old'; do
        # shellcheck disable=SC2086 # words are meant
        try tsvdiff -k id $operands
        gives 2 'tsvdiff: expected OLD and NEW (try*'
    done
    try tsvdiff old old
    gives 2 'tsvdiff: --key is required (try*'
    try tsvdiff -k id - -
    gives 2 'tsvdiff: - (standard input) can be given only once (try*'
    try tsvdiff -k id old none
    gives 3 'tsvdiff: none: No such file or directory' '\! tsvdiff none:\sNo\ssuch\sfile\sor\sdirectory'
    try tsvdiff -k id . old
    gives 3 'tsvdiff: .: Is a directory' '\! tsvdiff .:\sIs\sa\sdirectory'
    try tsvdiff -k id old old -r old
    gives 2 'tsvdiff: --rejects: old is already in use (try*'
    try sh -c 'tsvdiff -k id old old >> old'
    gives 2 'tsvdiff: old is both input and output; write to another file (try*'
    [ "$(wc -l < old)" -eq 2 ]
}

@test "one of the files may be standard input, a regular file or a pipe, and a file may be a pipe" {
    old 'id a' '1 x'
    given 'a id' 'y 1'
    try tsvdiff -k id old -
    gives 0 '' 'id Change Column Old New' '1 changed a x y'
    try tsvdiff -k id - old
    gives 0 '' 'id Change Column Old New' '1 changed a y x'
    try sh -c 'cat | tsvdiff --check -k id - old'
    gives 1 'tsvdiff: - and old differ' 'id Change Column Old New' '1 changed a y x'
    try bash -c 'tsvdiff -k id <(cat old) <(cat)'
    gives 0 '' 'id Change Column Old New' '1 changed a x y'
    given 'a id' 'y 1' 'z'
    try tsvdiff -k id old -
    gives 1 'tsvdiff: line 3: got 1 field, the header has 2' 'id Change Column Old New' '1 changed a x y' \
        '\! tsvdiff line\s3:\sgot\s1\sfield,\sthe\sheader\shas\s2'
}

@test "packed files are unpacked; one that is cut is an error" {
    old 'id a' '1 x'
    new 'id a' '1 y'
    gzip -k old
    zstd -q new
    try tsvdiff -k id old.gz new.zst
    gives 0 '' 'id Change Column Old New' '1 changed a x y'
    { echo 'id	a' && seq 1 100000 | sed 's/$/\tx/'; } | gzip > big.gz
    head -c 100000 big.gz > cut.gz
    try tsvdiff -k id old cut.gz
    [ "$status" -eq 1 ]
    [[ $(cat err) == 'tsvdiff: cut.gz: '* ]]
    [[ $(tail -n 1 out) == '\!	tsvdiff	cut.gz: '* ]]
}

@test "an empty file has no header line; a header alone is a table without records" {
    : > empty
    old 'id a' '1 x'
    try tsvdiff -k id empty old
    stopped 'empty: no header line; the input is empty'
    try tsvdiff -k id old empty
    stopped 'empty: no header line; the input is empty'
    new 'id a'
    try tsvdiff -k id old new
    gives 0 '' 'id Change Column Old New' '1 removed a x \N'
    try tsvdiff -k id new old
    gives 0 '' 'id Change Column Old New' '1 added a \N x'
    try tsvdiff -k id new new
    gives 0 '' 'id Change Column Old New'
}

@test "-N: columns by position, no header line" {
    old 'k x 1' 'l y 2'
    new 'k x 2' 'm z 3'
    try tsvdiff -N -k 1 old new
    gives 0 '' 'k changed 3 1 2' 'm added 2 \N z' 'm added 3 \N 3' 'l removed 2 y \N' 'l removed 3 2 \N'
    new 'k x'
    try tsvdiff -N -k 1 old new
    gives 0 'tsvdiff: new: 2 columns, not 3, compared with old; missing values are null' 'k changed 3 1 \N' \
        'l removed 2 y \N' 'l removed 3 2 \N'
    : > empty
    try tsvdiff -N -k 1,2 empty old
    gives 0 '' 'k x added 3 \N 1' 'l y added 3 \N 2'
    try tsvdiff -N -k 2 old empty
    gives 0 '' 'x removed 1 k \N' 'x removed 3 1 \N' 'y removed 1 l \N' 'y removed 3 2 \N'
    try tsvdiff -N --check -k 1 empty empty
    gives 0 ''
    try tsvdiff -N -k 3 old new
    [ "$status" -eq 2 ]
    [[ $(cat out) == '\!'*'new: unknown column 3; without a header there are columns 1 to 2'* ]]
    try tsvdiff -N -k 3 new old
    [ "$status" -eq 2 ]
    [[ $(cat out) == '\!'*'new: unknown column 3; without a header there are columns 1 to 2'* ]]
}

@test "marks: a failed file fails the program; an end mark is passed on if both have one" {
    old 'id a' '1 x' '\! weekagg wrong'
    new 'id a' '1 y'
    try tsvdiff -k id old new
    gives 1 'tsvdiff: old: input failed: wrong' 'id Change Column Old New' '\! weekagg wrong'
    try tsvdiff -k id new old
    gives 1 'tsvdiff: old: input failed: wrong' 'id Change Column Old New' '1 changed a y x' '\! weekagg wrong'
    old 'id a' '1 x' '\.'
    try tsvdiff -k id old new
    gives 0 '' 'id Change Column Old New' '1 changed a x y'
    try tsvdiff -k id old old
    gives 0 '' 'id Change Column Old New' '\.'
    try tsvdiff -E -k id old new
    gives 0 '' 'id Change Column Old New' '1 changed a x y' '\.'
    old 'id a' '1 x' '\.' '2 y'
    try tsvdiff -k id new old
    gives 1 'tsvdiff: old: line 4: data after the end mark' 'id Change Column Old New' '1 changed a y x' \
        '\! tsvdiff old:\sline\s4:\sdata\safter\sthe\send\smark'
}

@test "CR before LF, a byte order mark, a missing last LF and other spellings are no differences" {
    printf '\357\273\277id\ta\r\n1\tx\\fy\r\n2\tz' > old
    printf 'id\ta\n1\tx\fy\n2\tz\n' > new
    try tsvdiff --check -k id old new
    gives 0 '' 'id Change Column Old New'
    try tsvdiff --check -N -k 1 old new
    gives 0 ''
    for options in '-k id' '-N -k 1'; do
        # shellcheck disable=SC2086 # words are meant
        { head -c 1 old && sleep 0.05 && tail -c +2 old | head -c 3 && sleep 0.05 && tail -c +5 old; } |
            tsvdiff --check $options - new > out
    done
}

@test "failures of the system: output that cannot be written, input that cannot be read" {
    old 'id a' '1 x'
    new 'id a' '1 y'
    try sh -c 'tsvdiff -k id old new > /dev/full'
    gives 3 'tsvdiff: write error: No space left on device'
    try sh -c 'tsvdiff -k id old new >&-'
    [ "$status" -eq 3 ]
    try sh -c 'tsvdiff -k id old - <&-'
    gives 3 'tsvdiff: read error: Bad file descriptor' '\! tsvdiff read\serror:\sBad\sfile\sdescriptor'
    try tsvdiff -E -k id old new -r /dev/full --max-line 3
    [ "$status" -eq 3 ] || [ "$status" -eq 1 ]
    [ "$(tail -n 1 out)" != '\.' ]
    case $WEIR_BUILD in *san) return ;; esac
    cc -shared -fPIC -o fail.so "$ROOT/t/lib/fail_malloc.c" 2> cc.log || skip 'this C library allocates in another way'
    try tsvdiff -k id old new
    cp out whole
    for n in $(seq 1 60); do
        try env LD_PRELOAD="$PWD/fail.so" FAIL_AT="$n" tsvdiff -k id old new
        case $status in
        0) cmp whole out ;;
        3) [[ $(< err) == *memory* ]] ;;
        *) echo "allocation $n: status $status: $(cat err)" && return 1 ;;
        esac
    done
}

@test "random tables: the same as a full outer join of SQLite, and OLD and the differences make NEW" {
    try python3 "$ROOT/t/lib/tsvdiff_against_sqlite.py"
    gives 0 ''
}

@test "many records in another order, long values, keys in the middle, input in small pieces" {
    awk 'BEGIN { print "a\tid\tb"; for (i = 0; i < 60000; i++) print "a" i "\t" i "\t" sprintf("%0" (i % 50) "d", i) }' > old
    { echo 'b	id	a' && awk -F '\t' -v OFS='\t' 'NR > 1 && $2 % 100 != 1 { if ($2 % 100 == 7) $1 = "x"; print $3, $2, $1 }' old |
        sort -k 2 && printf 'n\tnew\tn\n'; } > new
    try tsvdiff -k id old new
    [ "$status" -eq 0 ]
    { echo 'id	Change	Column	Old	New' && tail -n +2 new | awk -F '\t' -v OFS='\t' '
        $2 % 100 == 7 { print $2, "changed", "a", "a" $2, "x" }
        $2 == "new" { print $2, "added", "b", "\\N", "n"; print $2, "added", "a", "\\N", "n" }' &&
        awk -F '\t' -v OFS='\t' '$2 % 100 == 1 && NR > 1 { print $2, "removed", "b", $3, "\\N"; print $2, "removed", "a", $1, "\\N" }' old
    } | cmp - out
    cp out whole
    dd if=new bs=777 2> log | tsvdiff -k id old - | cmp - whole
    dd if=old bs=777 2> log | tsvdiff -k id - new | cmp - whole
}
