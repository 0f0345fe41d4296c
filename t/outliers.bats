# outliers: the records whose value is far from the others.

load helper

# fails REASON [LINE...]: the last try stopped for REASON after writing LINEs.
fails() {
    local reason=$1
    shift
    gives 1 "outliers: $reason" "$@" "\\! outliers ${reason// /\\s}"
}

@test "weeks whose count differs by more than 20% from the mean" {
    given 'Year WeekNumber VoteCount' '2022 0 1' '2022 1 3' '2022 2 3' '2022 3 2' '2022 4 2' '2022 5 1' '2022 6 1' \
        '2022 7 2' '2022 8 1'
    try outliers
    gives 0 '' 'Year WeekNumber VoteCount' '2022 0 1' '2022 1 3' '2022 2 3' '2022 5 1' '2022 6 1' '2022 8 1'
    try outliers -v VoteCount -m ratio -T 0.20
    gives 0 '' 'Year WeekNumber VoteCount' '2022 0 1' '2022 1 3' '2022 2 3' '2022 5 1' '2022 6 1' '2022 8 1'
}

@test "from votes to outlier weeks" {
    given Id,CreationDate '1 2022-01-02T00:00:00.000' '1 2022-01-02T00:00:00.000' '2 2022-01-09T00:00:00.000' \
        '3 2022-01-09T00:00:00.000' '4 2022-01-09T00:00:00.000' '5 2022-01-16T00:00:00.000' '6 2022-01-16T00:00:00.000'
    sed -i 's/,/\t/' "$BATS_TEST_TMPDIR/in"
    try sh -c 'dedup -k Id | weekagg -t CreationDate VoteCount=count | outliers'
    gives 0 '' 'Year WeekNumber VoteCount' '2022 0 1' '2022 1 3'
}

@test "a score equal to the threshold is not an outlier, even if binary floats say so" {
    # In binary |1 - 1.2 / 1.5| is 0.20000000000000007 and |1 - 11 / 10| is 0.10000000000000009.
    given v 1.2 1.8 1.5
    try outliers -T 0.2
    gives 0 '' v
    given v 9 11 10
    try outliers -T 0.1
    gives 0 '' v
    # A score slightly above it is one, even if binary floats see no difference.
    given v 900000000000000000000 1100000000000000000001 1000000000000000000000
    try outliers -T 0.1
    gives 0 '' v 900000000000000000000 1100000000000000000001
    given v 0.899999999999999999 1.100000000000000001 1
    try outliers -T 0.1
    gives 0 '' v 0.899999999999999999 1.100000000000000001
}

@test "means of all sizes: a value at 10%, 20%, ... is not an outlier, one unit further it is" {
    local percent
    for percent in 01 10 20 30 70 90; do
        python3 "$ROOT/t/lib/outlier_limits.py" $percent "$BATS_TEST_TMPDIR"
        try outliers -g group -T 0.$percent
        cmp "$BATS_TEST_TMPDIR/out" "$BATS_TEST_TMPDIR/all"
        [ "$status" -eq 0 ]
    done
}

@test "-A: all records, with Baseline, Score and Outlier" {
    given 'k v' 'a 1' 'b 2' 'c 3' 'd \N' 'e 10'
    try outliers -A
    gives 0 '' 'k v Baseline Score Outlier' 'a 1 4 0.75 1' 'b 2 4 0.5 1' 'c 3 4 0.25 1' 'd \N 4 \N 0' 'e 10 4 1.5 1'
    try outliers -A -T 0.5
    gives 0 '' 'k v Baseline Score Outlier' 'a 1 4 0.75 1' 'b 2 4 0.5 0' 'c 3 4 0.25 0' 'd \N 4 \N 0' 'e 10 4 1.5 1'
    try outliers -A -m z -T 1
    gives 0 '' 'k v Baseline Score Outlier' 'a 1 4 -0.734846922834953 0' 'b 2 4 -0.489897948556636 0' \
        'c 3 4 -0.244948974278318 0' 'd \N 4 \N 0' 'e 10 4 1.46969384566991 1'
    try outliers -A -m mad
    gives 0 '' 'k v Baseline Score Outlier' 'a 1 2.5 -1.01175 0' 'b 2 2.5 -0.33725 0' 'c 3 2.5 0.33725 0' \
        'd \N 2.5 \N 0' 'e 10 2.5 5.05875 1'
    try outliers -A -m iqr
    gives 0 '' 'k v Baseline Score Outlier' 'a 1 2.5 0.25 0' 'b 2 2.5 0 0' 'c 3 2.5 0 0' 'd \N 2.5 \N 0' \
        'e 10 2.5 1.75 1'
}

@test "z: large values that differ in their last digits" {
    given v 1000000000 1000000001 1000000002
    try outliers -A -m z -T 0.9
    gives 0 '' 'v Baseline Score Outlier' '1000000000 1000000001 -1 1' '1000000001 1000000001 0 0' \
        '1000000002 1000000001 1 1'
    given v 100000000000000000000000000000.1 100000000000000000000000000000.2 100000000000000000000000000000.3
    try outliers -A -m z -T 0.9
    gives 0 '' 'v Baseline Score Outlier' '100000000000000000000000000000.1 1e+29 -1 1' \
        '100000000000000000000000000000.2 1e+29 0 0' '100000000000000000000000000000.3 1e+29 1 1'
}

@test "mad and iqr: a score equal to the threshold is not an outlier" {
    # Median 0 and median distance 1: the score of 2 is 1.349.
    given v -2 -1 0 1 2
    try outliers -m mad -T 1.349
    gives 0 '' v
    try outliers -m mad -T 1.348999999999
    gives 0 '' v -2 2
    # Quartiles 1.1 and 3.3: the fences at 1.5 are -2.2 and 6.6.
    given v -2.2 1.1 2.2 3.3 6.6
    try outliers -m iqr
    gives 0 '' v
    given v -2.3 1.1 2.2 3.3 6.7
    try outliers -m iqr
    gives 0 '' v -2.3 6.7
    try outliers -m iqr -T 1.6
    gives 0 '' v
}

@test "-m iqr: quartiles between two values" {
    given v 1 2 3 4 5 6 7 8 100
    try outliers -m iqr
    gives 0 '' v 100
    given v 1 2 3 4
    try outliers -A -m iqr -T 0.5
    gives 0 '' 'v Baseline Score Outlier' '1 2.5 0.5 0' '2 2.5 0 0' '3 2.5 0 0' '4 2.5 0.5 0'
}

@test "-m median: the ratio to the median; a score equal to the threshold is not an outlier" {
    given v 1.2 1.5 1.8 1.5 100
    try outliers -m median
    gives 0 '' v 100
    try outliers -A -m median -T 0.1999999999
    gives 0 '' 'v Baseline Score Outlier' '1.2 1.5 0.2 1' '1.5 1.5 0 0' '1.8 1.5 0.2 1' '1.5 1.5 0 0' \
        '100 1.5 65.6666666666667 1'
    given v -10 -8 -12 -13
    try outliers -A -m median
    gives 0 '' 'v Baseline Score Outlier' '-10 -11 0.0909090909090909 0' '-8 -11 0.272727272727273 1' \
        '-12 -11 0.0909090909090909 0' '-13 -11 0.181818181818182 0'
    given v -1 0 5
    try outliers -m median
    gives 0 'outliers: no outliers by median: the median is zero' v
    given v 9999999999999999999999999999999999999 1
    try outliers -m median
    gives 0 '' v 9999999999999999999999999999999999999 1
    given v 99999999999999999999999999999999999999 1
    try outliers -m median
    fails 'line 3: column v: the values have too many digits to be compared exactly' v
}

@test "each default threshold" {
    given v 10 10 10 10 10 10 10 10 10 10 20
    try outliers
    gives 0 '' v 20
    try outliers -m z
    gives 0 '' v 20
    given v 9 10 11 13.7
    try outliers -m mad
    gives 0 '' v
    given v 9 10 11 12 23.5
    try outliers -m mad
    gives 0 '' v 23.5
    try outliers -m iqr
    gives 0 '' v 23.5
}

@test "all methods give the results of Python" {
    python3 "$ROOT/t/lib/outlier_methods.py" "$BATS_TEST_TMPDIR"
    for method in ratio mad iqr median; do
        try outliers -g g -m $method
        diff "$BATS_TEST_TMPDIR/$method" "$BATS_TEST_TMPDIR/out"
        [ "$status" -eq 0 ]
    done
}

@test "-g: compares within groups and keeps the order of the input" {
    given 'k v' 'a 1' 'b 100' 'a 1' 'b 200' 'a 4' 'b 300'
    try outliers -v v -g k
    gives 0 '' 'k v' 'a 1' 'b 100' 'a 1' 'a 4' 'b 300'
    try outliers -A -g k -T 0.5
    gives 0 '' 'k v Baseline Score Outlier' 'a 1 2 0.5 0' 'b 100 200 0.5 0' 'a 1 2 0.5 0' 'b 200 200 0 0' 'a 4 2 1 1' \
        'b 300 200 0.5 0'
}

@test "if nothing can be an outlier, one line says why" {
    given v 5
    try outliers
    gives 0 'outliers: no outliers by ratio: there is only one value' v
    given v -1 1
    try outliers
    gives 0 'outliers: no outliers by ratio: the mean is zero' v
    given v 3 3 3
    try outliers
    gives 0 '' v
    try outliers -m z
    gives 0 'outliers: no outliers by z: the standard deviation is zero' v
    try outliers -m iqr
    gives 0 'outliers: no outliers by iqr: the quartiles are equal' v
    given v 3 3 3 9
    try outliers -m mad
    gives 0 'outliers: no outliers by mad: the median distance from the median is zero' v
    given v '\N' '\N'
    try outliers -A
    gives 0 'outliers: no outliers by ratio: there is no value' 'v Baseline Score Outlier' '\N \N \N 0' '\N \N \N 0'
    given v 0.1 0.1 0.1
    try outliers -A -m z
    gives 0 'outliers: no outliers by z: the standard deviation is zero' 'v Baseline Score Outlier' '0.1 0.1 \N 0' \
        '0.1 0.1 \N 0' '0.1 0.1 \N 0'
    given 'k v' 'a 1' 'b 1' 'b 3' 'c 5'
    try outliers -g k
    gives 0 'outliers: no outliers by ratio in 2 of 3 groups: there is only one value' 'k v' 'b 1' 'b 3'
    given v
    try outliers
    gives 0 '' v
}

@test "a mean below zero" {
    given v -8 -12 -10 -10 -10
    try outliers
    gives 0 '' v
    try outliers -T 0.1 -A
    gives 0 '' 'v Baseline Score Outlier' '-8 -10 0.2 1' '-12 -10 0.2 1' '-10 -10 0 0' '-10 -10 0 0' '-10 -10 0 0'
}

@test "nulls are skipped and are no outliers; 0 is a value" {
    given v 10 '\N' 10
    try outliers
    gives 0 '' v
    given v 10 0 10
    try outliers
    gives 0 '' v 10 0 10
}

@test "a value that is not a number is a bad record; the message names the column" {
    local value
    for value in '' x NaN inf 0x10 1,5 +1 .5 1.; do
        given_bytes 'k\tv\na\t1\na\t%s\n' "$value"
        try outliers
        fails "line 3: column v: \"$value\" is not a number" 'k v'
    done
    given v 1e38
    try outliers
    fails 'line 2: column v: "1e38" has too many digits to be exact' v
    given v 1 x 3 y
    try outliers -r "$BATS_TEST_TMPDIR/rejects"
    gives 0 "outliers: 4 read, 2 measured, 2 rejected to $BATS_TEST_TMPDIR/rejects" v 1 3
    diff - "$BATS_TEST_TMPDIR/rejects" <<< $'line\treason\trecord\n3\tcolumn v: "x" is not a number\tx
5\tcolumn v: "y" is not a number\ty'
}

@test "values with too many digits are an error, never a wrong answer" {
    given v 99999999999999999999999999999999999999 1
    try outliers
    fails 'line 3: column v: the values have too many digits to be compared exactly' v
    given v 1e37 0.01 1
    try outliers -m iqr
    fails 'line 4: column v: the values have too many digits to be compared exactly' v
    given v 9999999999999999999999999999999999999 1
    try outliers
    gives 0 '' v 9999999999999999999999999999999999999 1
}

@test "invalid thresholds are usage errors" {
    local threshold
    given v 1 2
    for threshold in -1 -0.1 nan inf '' x .2 1e400 20% 0.00000000000000000001 18446744073709551616; do
        try outliers -T "$threshold"
        gives 2 "outliers: --threshold: \"$threshold\" must be a number of at least 0, such as 0.2 (try 'outliers --help')"
    done
    given v 1 1 2
    try outliers -T 0
    gives 0 '' v 1 1 2
    try outliers -T 2e-1
    gives 0 '' v 1 1 2
    try outliers -T 18446744073709551615
    gives 0 '' v
}

@test "unknown columns and methods, operands, and duplicate columns are usage errors" {
    given 'a b' '1 2' '3 4'
    try outliers -v c
    gives 2 'outliers: --value: unknown column c; the columns are a, b (*'
    try outliers -g c
    gives 2 'outliers: --group-by: unknown column c; the columns are a, b (*'
    try outliers -m mean
    gives 2 'outliers: --method: "mean" must be one of ratio, z, mad, iqr, median (*'
    try outliers a
    gives 2 "outliers: unexpected operand "*"; records are read from standard input (try 'outliers --help')"
    given 'Score b' '1 2' '3 4'
    try outliers -A
    gives 2 "outliers: output: duplicate column Score (try 'outliers --help')"
}

@test "-N: columns by number, no header" {
    given '1 a' '1 b' '4 c'
    try outliers -N -v 1 -T 0.5
    gives 0 '' '4 c'
    try outliers -N -v 1 -A -T 0.5
    gives 0 '' '1 a 2 0.5 0' '1 b 2 0.5 0' '4 c 2 1 1'
    given
    try outliers -N
    gives 0 ''
}

@test "records are written unchanged, and every field is checked" {
    given_bytes 'k\tv\na\\tb\xc3\xa9\t1\r\n\\N\t9\n'
    try outliers
    gives_bytes 0 '' 'k\tv\na\\tb\xc3\xa9\t1\n\\N\t9\n'
    given_bytes 'k\tv\n\xff\t1\n'
    try outliers
    fails 'line 2: byte 1: invalid UTF-8' 'k v'
}

@test "marks: a failed input gives no records; the end mark is written last" {
    given v 1 2 9 '\! weekagg why'
    try outliers
    gives 1 'outliers: input failed: why' v '\! weekagg why'
    given v 1 2 9 '\.'
    try outliers
    gives 0 '' v 1 2 9 '\.'
    given v 1 2 9
    try outliers -E
    gives 0 '' v 1 2 9 '\.'
}

@test "an input without a header is an error" {
    given
    try outliers
    fails 'no header line; the input is empty'
}

@test "the note says for each reason how many groups have no scores" {
    given 'g v' 'a 1' 'a 1' 'a 1' 'b 1' 'b 2' 'b 30' 'c \N' 'd 5' 'e 7'
    try outliers -g g -m iqr
    gives 0 'outliers: no outliers by iqr in 4 of 5 groups: the quartiles are equal (1), there is no value (1), there is only one value (2)' 'g v'
}
