# The aggregates of weekagg: their names, exact standard deviations, first and last.

load helper

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
    gives 2 'weekagg: operand "sum": sum requires a column: sum:COL (*'
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
    gives 2 'weekagg: --scale: must be at most 38 decimal places (*'
    try weekagg mean:v --scale -1
    gives 2 'weekagg: --scale: "-1" is not a whole number (*'
    given k 'v' 1
    try weekagg --merge -g 1 v=stddev
    gives 2 'weekagg: operand "v=stddev" cannot be merged: the stddev of parts is not the stddev of the whole (*'
}
