# profile: describes each column of a table.

load helper

PLAIN=${WEIR_PLAIN_BUILD:-$ROOT/build/plain}/bin
HEADER='Column Type Records Nulls Empty Distinct Least Greatest Shortest Longest Mean Top'

setup() {
    cd "$BATS_TEST_TMPDIR" || return
}

# values FIELD...: a column v of these fields as the next input.
values() {
    printf '%s\n' v "$@" > in
}

# describes COLUMNS FIELD...: the last try succeeded and printed FIELDs in COLUMNS, as profile's header calls them.
describes() {
    local columns=$1
    shift
    [ "$status" -eq 0 ] && [ ! -s err ] || { cat err && return 1; }
    # shellcheck disable=SC2086 # words are meant
    pick $columns < out > picked
    diff -u <(tail -n +2 picked) <(printf '%s\n' "$@")
}

@test "a record for each column" {
    given 'id paid city' '7 12.50 Berlin' '8 3 \N' '10 -1e2 ' '7 3 Berlin'
    try profile
    gives 0 '' "$HEADER" \
        'id int 4 0 0 3 7 10 1 2 8.000000 7\s(2),\s8\s(1),\s10\s(1)' \
        'paid num 4 0 0 3 -1e2 12.50 1 5 -20.375000 3\s(2),\s-1e2\s(1),\s12.50\s(1)' \
        'city str 4 1 1 2  Berlin 0 6 \N Berlin\s(2),\s""\s(1)'
}

@test "Type is the narrowest that all values have; nulls have all types, an empty string is a str" {
    check() { # TYPE FIELD...
        values "${@:2}"
        try profile
        describes Type "$1" || { echo "${@:2}"; return 1; }
    }
    check int 1 -20 '\N' 0 -0 123456789012345678901234567890123456789012345
    check num 1 -20 1.0
    check num 1e3 1E-3
    check bool true false true
    check time 2022-01-09 '2022-01-09 10:00' 2022-01-09T10:00:00.5+02
    check json '{"a":1}' '[true]' null
    check json 1 true
    check json 1.5 '"x"'
    check str 1 ''
    check str ''
    check str 2022-01-09 true
    check str 2022-01-09 2022-02-30
    check str 01
    check str +1 .5
    check str 1 x
    check str '{"a":1' 7
    check '\N' '\N' '\N'
}

@test "a column of nulls, and a table without records" {
    values '\N' '\N'
    try profile
    gives 0 '' "$HEADER" 'v \N 2 2 0 0 \N \N \N \N \N \N'
    given 'a b'
    try profile
    gives 0 '' "$HEADER" 'a \N 0 0 0 0 \N \N \N \N \N \N' 'b \N 0 0 0 0 \N \N \N \N \N \N'
}

@test "Least and Greatest: numbers by value, exactly, whatever their size; equal ones by bytes" {
    values 9 10 -3 -20 100 -100
    try profile
    describes 'Least Greatest' '-100	100'
    values 1.0 1 1e0 10e-1
    try profile
    describes 'Least Greatest Distinct' '1	1e0	4'
    values 1e400 9007199254740993 9007199254740992.5 -1e400 -9e399
    try profile
    describes 'Least Greatest' '-1e400	1e400'
    values 123456789012345 -999999999999 1234567890123 99999999999999 -1000000000000
    try profile
    describes 'Least Greatest Shortest Longest' '-1000000000000	123456789012345	13	15'
    values 0 -0 0.0
    try profile
    describes 'Least Greatest Distinct' '-0	0.0	3'
}

@test "Least and Greatest: times by instant, however fine; texts after numbers, by the bytes of their values" {
    values 2022-01-01T00:30+01:00 2022-01-01 2021-12-31T23:00:00Z 2021-12-31T23:45
    try profile
    describes 'Least Greatest' '2021-12-31T23:00:00Z	2022-01-01'
    values 2022-01-01T00:00:00.1000000000000000000000000001 2022-01-01T00:00:00.1 2022-01-01T00:00:00.10 \
        2022-01-01T00:00:00.1000000000000000000000000002
    try profile
    describes 'Least Greatest' '2022-01-01T00:00:00.1	2022-01-01T00:00:00.1000000000000000000000000002'
    values x 9 10 '\t' Z é ''
    try profile
    describes 'Least Greatest' '9	é'
    values x '\t' Z
    try profile
    describes 'Least Greatest' '\t	x'
}

@test "Shortest and Longest are bytes of the value: an escape is one, an accent two" {
    values 'a\tb\\\n' é
    try profile
    describes 'Shortest Longest' '2	5'
    values -12 123
    try profile
    describes 'Shortest Longest' '3	3'
    values 7 -1 999
    try profile
    describes 'Shortest Longest' '1	3'
}

@test "Mean is exact, and rounded once, half to even; null if something has more than 38 digits" {
    check() { # MEAN FIELD...
        values "${@:2}"
        try profile
        describes Mean "$1" || { echo "${@:2}"; return 1; }
    }
    check 0.100000 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1
    check 0.666667 1 1 0
    check 0.000000 0.0000005
    check 0.000002 0.0000015
    check -0.000002 -0.0000015
    check 0.000001 0.00000050000000000000000000000000000001
    check 5.000000 9007199254740993 -9007199254740983
    check 0.000000 1e37 -1e37 '\N'
    check 25000000000000000000000000000000.000000 1e32 0 0 0
    check '\N' 1e32 # the mean has 39 digits
    check '\N' 1e38
    check '\N' 1e999 1
    check '\N' 0.000000000000000000000000000000000000001
    check '\N' x 1
    check '\N' true
}

@test "Top is the five most common values; with the same count, the least first" {
    values 3 c 3 b b 12 12 a 1 2 2 2
    try profile
    describes Top '2 (3), 3 (2), 12 (2), b (2), 1 (1)'
    values 10 9 8 7 6 5 -4
    try profile
    describes Top '-4 (1), 5 (1), 6 (1), 7 (1), 8 (1)'
    values 10 9.5 8 7 6 5 5.5 5.5 99
    try profile
    describes Top '5.5 (2), 5 (1), 6 (1), 7 (1), 8 (1)'
    values '\N' '\N' a
    try profile
    describes Top 'a (1)'
}

@test "Top puts a value in double quotes if it could be read in another way" {
    values 'a, b' 'a, b' 'say "x"' 'say "x"' '' ' x' 'y ' 'f(x) (3)'
    try profile
    describes Top '"a, b" (2), "say ""x""" (2), "" (1), " x" (1), f(x) (3) (1)'
    values 'y ' 'a\tb'
    try profile
    describes Top 'a\tb (1), "y " (1)'
}

@test "a text of more than 60 bytes is cut at a character or escape; numbers and times are not" {
    local x58
    x58=$(printf 'x%.0s' {1..58})
    values "${x58}yy" "${x58}\\t\\n" "${x58}ézzz" "${x58}z\\\\zz" "${x58}zé,"
    try profile
    describes 'Least Greatest Top Longest' \
        "${x58}\\t\\n	${x58}é...	${x58}\\t\\n (1), ${x58}yy (1), ${x58}z\\\\... (1), ${x58}z... (1), ${x58}é... (1)	63"
    values "1$x58" "${x58//x/1}0000"
    try profile
    describes 'Least Type' "${x58//x/1}00...	str"
    values "${x58//x/1}0000"
    try profile
    describes 'Type Least Top' "int	${x58//x/1}0000	${x58//x/1}0000 (1)"
}

@test "operands choose columns, in their order, by lists of all forms" {
    given 'a_id b c_id' '1 2 3'
    for operands in 'c_id a_id' 'c_id,a_id' '3 1' '3,1'; do
        # shellcheck disable=SC2086 # words are meant
        try profile $operands
        describes 'Column Least' 'c_id	3' 'a_id	1'
    done
    try profile '*_id'
    describes Column a_id c_id
    try profile '!b'
    describes Column a_id c_id
    try profile 2-3
    describes Column b c_id
    try profile none
    gives 2 "profile: unknown column none; the columns are a_id, b, c_id (try 'profile --help')"
    # shellcheck disable=SC2046 # words are meant
    try profile $(seq 4097)
    gives 2 'profile: at most 4096 operands; separate columns by commas (try*'
    try profile -S much
    gives 2 'profile: --memory: "much" is not a size such as 64M (try*'
}

@test "without a header, columns are numbers and the output has no header" {
    given '5 x' '5 \N'
    try profile -N
    gives 0 '' '1 int 2 0 0 1 5 5 1 1 5.000000 5\s(2)' '2 str 2 1 0 1 x x 1 1 \N x\s(1)'
    try profile -N 2
    gives 0 '' '2 str 2 1 0 1 x x 1 1 \N x\s(1)'
}

@test "names of columns are written as they are spelled" {
    given_bytes 'a\\tb\t\té\n1\t2\t3\n'
    try profile
    describes Column 'a\tb' '' é
}

@test "bad records are not described" {
    given 'k v' 'a 1' 'b' 'c \q' 'a 2'
    try profile -r rejects
    gives 0 'profile: 4 read, 2 described, 2 rejected to rejects' "$HEADER" \
        'k str 2 0 0 1 a a 1 1 \N a\s(2)' 'v int 2 0 0 2 1 2 1 1 1.500000 1\s(1),\s2\s(1)'
}

@test "random tables are described as a model in python3 does, by both builds, with all memory and with the least" {
    [ -x "$PLAIN/profile" ] || skip 'no plain build: make plain'
    for seed in $(seq 100 115); do
        python3 "$ROOT/t/lib/profile_model.py" "$seed" > want
        for memory in 1 4G; do
            profile -S $memory < in | diff want -
            "$PLAIN/profile" -S $memory < in | diff want -
        done
    done
}

# A table of N records with ids, texts of some length, and numbers.
table() { # N
    awk -v n="$1" 'BEGIN {
        print "id\ttext\tnumber"
        for (i = 0; i < n; i++) {
            x = i * 7919 % 1000003
            print x "\ta longer text, " x * 31 % 1000003 "\t" x % 1000 / 8
        }
    }'
}

@test "-S changes only memory: what is spilled counts as well, and memory stays bounded" {
    table 600000 > in
    profile -S 4G < in > want
    [ "$(cut -f 6 want | tr '\n' ' ')" = 'Distinct 600000 600000 1000 ' ]
    try python3 -c '
import resource, subprocess, sys
status = subprocess.call(["profile", "-S", "1"])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(status)'
    [ "$status" -eq 0 ]
    cmp want out
    case $WEIR_BUILD in
    *san) ;; # the sanitizers' own memory counts there
    *) [ "$(cat err)" -lt 20000 ] ;;
    esac
}

@test "a value larger than memory is a value like any other" {
    python3 -c '
print("a\tb")
for i in range(3):
    print("x" * 20000000 + str(i % 2), i, sep="\t")' > in
    try profile -S 1
    describes 'Type Distinct Longest' 'str	2	20000001' 'int	3	1'
    [[ $(sed -n 2p out) == *'xxx... (2), xxx'*'xxx... (1)' ]]
}

@test "a missing TMPDIR and a limit of file size are system failures, with a failure mark; nothing is left in TMPDIR" {
    table 400000 > in
    try env TMPDIR="$PWD/none" profile -S 1
    gives 3 "profile: temporary file in $PWD/none: No such file or directory" "$HEADER" \
        "\\! profile temporary\\sfile\\sin\\s$PWD/none:\\sNo\\ssuch\\sfile\\sor\\sdirectory"
    mkdir tmp
    try sh -c "ulimit -f 100; TMPDIR='$PWD/tmp' profile -S 1"
    gives 3 "profile: write error: $PWD/tmp: File too large" "$HEADER" \
        "\\! profile write\\serror:\\s$PWD/tmp:\\sFile\\stoo\\slarge"
    [ -z "$(ls -A tmp)" ]
}
