# The aggregates of weekagg that need more than a sum, and the names of all.

load helper

PLAIN=${WEIR_PLAIN_BUILD:-$ROOT/build/plain}/bin

@test "without NAME the column is called AGG_COL, and count alone Count" {
    given 'k v' 'a 1' 'b \N' 'a 3'
    try weekagg count count:v sum:v min:k last=max:k
    gives 0 '' 'Count count_v sum_v min_k last' '3 2 4 a b'
    try weekagg sum:2 first:1
    gives 0 '' 'sum_v first_k' '4 a'
    try weekagg -N count:2 sum:1
    gives 1 'weekagg: line 1: column 1: "k" is not a number' '\! weekagg line\s1:\scolumn\s1:\s"k"\sis\snot\sa\snumber'
    given_bytes 'a\\tb\n1\n'
    try weekagg 'sum:a\tb'
    gives_bytes 0 '' 'sum_a\\tb\n1\n'
    given 'a=b v' '1 2'
    try weekagg n=sum:a=b
    gives 0 '' n 1
    try weekagg sum:v sum:v
    gives 2 'weekagg: output: duplicate column sum_v (*'
    try weekagg sum:v=sum:v
    gives 0 '' sum:v 2
}

@test "--merge: operands without NAME, the same as for the parts" {
    given 't v' '2022-01-01 3' '2022-01-01 \N' '2022-01-02 1'
    try weekagg -t t -u day count count:v sum:v min:v first:v last:v
    gives 0 '' 'Date Count count_v sum_v min_v first_v last_v' '2022-01-01 2 1 3 3 3 3' '2022-01-02 1 1 1 1 1 1'
    cat "$BATS_TEST_TMPDIR/out" > "$BATS_TEST_TMPDIR/in"
    cat "$BATS_TEST_TMPDIR/out" >> "$BATS_TEST_TMPDIR/in"
    try weekagg --merge -u day count count:v sum:v min:v first:v last:v
    gives 0 '' 'Date Count count_v sum_v min_v first_v last_v' '2022-01-01 4 2 6 3 3 3' '2022-01-02 2 2 2 1 1 1'
    try weekagg --merge -u day sum
    gives 2 'weekagg: operand "sum" requires a column: sum:COL (*'
    try weekagg --merge -u day sum:w
    gives 2 'weekagg: unknown column sum_w; the columns are *'
}

@test "first and last: in the order of the input, as spelled, without nulls" {
    given 'k v' 'a \N' 'b 2' 'a 1.0' 'a ' 'b \N' 'c \N'
    try weekagg -g k first:v last:v
    gives 0 '' 'k first_v last_v' 'a 1.0 ' 'b 2 2' 'c \N \N'
    { echo v; seq 1000; printf '%01000d\n' 1 2; echo 3; } > "$BATS_TEST_TMPDIR/in"
    try weekagg first:v last:v
    gives 0 '' 'first_v last_v' '1 3'
}

@test "--merge of first and last: of the parts in their order" {
    given 'k f l' 'a 3 1' 'b \N \N' 'a 2 \N' 'k f l' 'a \N 7' 'b x y'
    try weekagg --merge -g k f=first l=last
    gives 0 '' 'k f l' 'a 3 7' 'b x y'
}

@test "stddev: of a sample, rounded half to even; a single value has none" {
    given 'k v' 'a 2' 'a 4' 'a 4' 'a 4' 'a 5' 'a 5' 'a 7' 'a 9' 'b 5' 'c \N' 'd 7' 'd \N' 'd 7.00'
    try weekagg -g k stddev:v
    gives 0 '' 'k stddev_v' 'a 2.138090' 'b \N' 'c \N' 'd 0.000000'
    given v 1000000000000001 1000000000000002 1000000000000003
    try weekagg stddev:v --scale 2
    gives 0 '' stddev_v 1.00
    given 'k v' 'a 0' 'a 0.5' 'a 1' 'b 0' 'b 1.5' 'b 3' 'c 0' 'c 2.5' 'c 5' 'd 0' 'd 2.5' 'd 5.0000000000000001'
    try weekagg -g k stddev:v --scale 0
    gives 0 '' 'k stddev_v' 'a 0' 'b 2' 'c 2' 'd 3'
    given v x
    try weekagg stddev:v
    gives 1 'weekagg: line 2: column v: "x" is not a number' stddev_v '\! weekagg line\s2:\scolumn\sv:\s"x"\sis\snot\sa\snumber'
}

@test "stddev: exact for any values and places, or an error: equal to Python's fractions and statistics" {
    cd "$BATS_TEST_TMPDIR"
    for scale in 0 1 6 20 37 38; do
        python3 "$ROOT/t/lib/deviations.py" . $scale
        try weekagg -g k stddev:v --scale $scale
        [ "$status" -eq 0 ]
        cmp want out
        for k in $(tail -n +2 too-long | cut -f 1 | uniq | head -n 5); do
            awk -v k="$k" 'NR == 1 || $1 == k' too-long > in
            try weekagg stddev:v --scale $scale
            [ "$status" -eq 1 ]
            grep -q 'column stddev_v: the total has too many digits$' err
        done
    done
}

@test "median and percentiles: exact, with the scale of the values or as many places as they need" {
    given 'k v' 'a 1' 'a 10' 'a 2' 'b 3' 'b \N' 'b 3.50' 'c \N' 'd -1' 'd -2' 'e 5'
    try weekagg -g k median:v p0:v p25:v p99.9:v p100:v
    gives 0 '' 'k median_v p0_v p25_v p99.9_v p100_v' 'a 2 1 1.5 9.984 10' 'b 3.25 3.00 3.125 3.4995 3.50' \
        'c \N \N \N \N \N' 'd -1.5 -2 -1.75 -1.001 -1' 'e 5 5 5 5 5'
    given 't v' '2022-01-03 0.10' '2022-01-03 0.20' '2022-01-04 1e2'
    try weekagg -t t -u day n=count m=median:v v=median:v distinct:v
    gives 0 '' 'Date n m v distinct_v' '2022-01-03 2 0.15 0.15 2' '2022-01-04 1 100 100 1'
    try weekagg -t t -u day --fill-all --whole p50:v distinct:v
    gives 0 '' 'Date p50_v distinct_v' '2022-01-03 0.15 2' '2022-01-04 100 1'
    given v 1 x
    try weekagg p95:v
    gives 1 'weekagg: line 3: column v: "x" is not a number' p95_v '\! weekagg line\s3:\scolumn\sv:\s"x"\sis\snot\sa\snumber'
    given v 1 1e38
    try weekagg median:v -r /dev/null
    gives 0 'weekagg: 2 read, 1 aggregated, 1 rejected to /dev/null' median_v 1
    given v 0.00000000000000000000000000000000000001 0.00000000000000000000000000000000000002
    try weekagg median:v
    gives 1 'weekagg: line 3: column median_v: the total has too many digits' median_v \
        '\! weekagg line\s3:\scolumn\smedian_v:\sthe\stotal\shas\stoo\smany\sdigits'
    try weekagg -N p0:1 -r /dev/null
    gives 0 'weekagg: 3 read, 2 aggregated, 1 rejected to /dev/null' 0.00000000000000000000000000000000000001
}

@test "percentiles and distinct: equal to Python's fractions and SQLite, in the plain build too" {
    cd "$BATS_TEST_TMPDIR"
    local percents='0 1 25 50 75 95 99.9 99.999999999 100' operands='' program k p
    # shellcheck disable=SC2086 # a list
    python3 "$ROOT/t/lib/percentiles.py" . $percents
    for p in $percents; do
        operands+=" p$p:2"
    done
    for program in weekagg "$PLAIN/weekagg"; do
        # shellcheck disable=SC2086
        "$program" -N -g 1 $operands distinct:2 < in | diff want -
    done
    [ "$(cut -f 1 too-long | uniq | wc -l)" -gt 5 ]
    for k in $(cut -f 1 too-long | uniq); do
        grep "^$k" too-long > in
        # shellcheck disable=SC2086
        try weekagg -N $operands
        [ "$status" -eq 1 ]
        grep -q 'the total has too many digits$' err
    done
}

@test "distinct: values as they are spelled, without nulls" {
    given_bytes 'k\tv\na\t1\na\t1.0\na\t\\N\na\t\na\t\na\t-0\na\t0\nb\tx\\ty\nb\tx\\ny\nb\tx\nb\tx\nc\t\\N\n'
    try weekagg -g k distinct:v n=count:v
    gives 0 '' 'k distinct_v n' 'a 5 6' 'b 3 4' 'c 0 0'
    try weekagg distinct:k distinct:v
    gives 0 '' 'distinct_k distinct_v' '3 8'
}

@test "distinct of long and similar values: equal to sort -u, also beyond -S" {
    cd "$BATS_TEST_TMPDIR"
    awk 'BEGIN {
        for (i = 0; i < 26; i++)
            long = long "a long common prefix " i
        for (i = 0; i < 150000; i++)
            print i * 7919 % 13 "\t" (i % 3 ? i * 31 % 9973 : i % 2 ? long i % 101 : "id-" i * 7 % 40009)
    }' > in
    sort -u in | cut -f 1 | uniq -c | awk '{ print $2 "\t" $1 }' > want
    for program in weekagg "$PLAIN/weekagg"; do
        "$program" -N -g 1 distinct:2 < in | diff want -
        "$program" -N -g 1 -S 1 distinct:2 < in | diff want -
    done
}

@test "-S: memory is bounded, and results are the same" {
    cd "$BATS_TEST_TMPDIR"
    awk 'BEGIN {
        print "t\tv"
        for (i = 0; i < 2500000; i++)
            printf "2022-01-%02d\t%d\n", i % 28 + 1, i * 7919 % 1000003 * 1000 + i % 1000
    }' > in
    try weekagg -t t -u day p95:v median:v distinct:v
    [ "$status" -eq 0 ]
    cp out whole
    [ "$(cut -f 4 out | tail -n +2 | sort -u)" = "$(seq 89285 89286)" ]
    [ -z "${SAN-}" ] || skip 'sanitizers take memory of their own'
    try bash -c 'ulimit -v 102400; exec weekagg -t t -u day p95:v median:v distinct:v'
    gives 3 'weekagg: out of memory' 'Date p95_v median_v distinct_v' '\! weekagg out\sof\smemory'
    try bash -c 'ulimit -v 102400; exec weekagg -t t -u day p95:v median:v distinct:v -S 32M'
    [ "$status" -eq 0 ]
    cmp whole out
    try env TMPDIR=/nowhere weekagg -t t -u day -S 32M p95:v median:v distinct:v
    [ "$status" -eq 3 ]
    grep -q '^weekagg: temporary file in /nowhere: ' err
}

@test "--merge: median, percentiles, distinct and stddev of parts are not those of the whole" {
    local agg
    given 'k n' 'a 1'
    for agg in median p95 p99.9 distinct stddev mean; do
        try weekagg --merge -g k n=$agg
        gives 2 "weekagg: operand \"n=$agg\" cannot be merged: the $agg of parts is not the $agg of the whole (*"
    done
}

@test "--scale: the places of means and standard deviations" {
    given v 1 2 2
    try weekagg mean:v stddev:v
    gives 0 '' 'mean_v stddev_v' '1.666667 0.577350'
    try weekagg mean:v stddev:v --scale 0
    gives 0 '' 'mean_v stddev_v' '2 1'
    try weekagg mean:v --scale 37
    gives 0 '' mean_v 1.6666666666666666666666666666666666667
    try weekagg sum:v --scale 2
    gives 2 'weekagg: --scale requires mean or stddev: other aggregates are not rounded (*'
    try weekagg mean:v --scale 39
    gives 2 'weekagg: --scale must be at most 38 decimal places (*'
    try weekagg mean:v --scale -1
    gives 2 'weekagg: --scale: "-1" is not a whole number (*'
}
