# weekagg: aggregates by calendar unit and group. calendar.bats tests times and units.

load helper

AGGREGATES='count, sum, min, max, mean, median, p0 to p100, stddev, distinct, first, last'
PLAIN=${WEIR_PLAIN_BUILD:-$ROOT/build/plain}/bin

# fails REASON [LINE...]: the last try stopped for REASON after writing LINEs.
fails() {
    local reason=$1
    shift
    gives 1 "weekagg: $reason" "$@" "\\! weekagg ${reason// /\\s}"
}

@test "records are counted by week, from Monday by default, and sorted by time" {
    given 'Id CreationDate' '1 2022-01-09T00:00:00.000' '2 2022-01-02T00:00:00.000' '3 2022-01-09T00:00:00.000' \
        '4 2021-12-31T00:00:00.000'
    try weekagg -t CreationDate
    gives 0 '' 'Year WeekNumber Count' '2021 52 1' '2022 0 1' '2022 1 2'
    try weekagg -t 2 VoteCount=count
    gives 0 '' 'Year WeekNumber VoteCount' '2021 52 1' '2022 0 1' '2022 1 2'
    try weekagg --time=CreationDate --week=date
    gives 0 '' 'Week Count' '2021-12-27 2' '2022-01-03 2'
}

@test "-u: the column of each unit" {
    given t 2022-01-31 2022-12-01T05:00 2022-03-31
    try weekagg -t t -u day
    gives 0 '' 'Date Count' '2022-01-31 1' '2022-03-31 1' '2022-12-01 1'
    try weekagg -t t -u month
    gives 0 '' 'Month Count' '2022-01 1' '2022-03 1' '2022-12 1'
    try weekagg -t t -u quarter
    gives 0 '' 'Quarter Count' '2022-Q1 2' '2022-Q4 1'
    try weekagg -t t -u year
    gives 0 '' 'Year Count' '2022 3'
    try weekagg -t t -u hour
    gives 0 '' 'Hour Count' '2022-01-31T00 1' '2022-03-31T00 1' '2022-12-01T05 1'
    try weekagg -t t -u week -w iso
    gives 0 '' 'Year WeekNumber Count' '2022 5 1' '2022 13 1' '2022 48 1'
}

@test "-g: columns in the order of -g; sorted by the bytes of each column in turn, then by time" {
    given 'a b t' 'x 2 2022-01-09' 'y 1 2022-01-02' 'x 10 2022-01-02' 'x 2 2022-01-02' 'é 1 2022-01-02' 'x 2 2022-01-02'
    try weekagg -t t -g a,b
    gives 0 '' 'a b Year WeekNumber Count' 'x 10 2022 0 1' 'x 2 2022 0 2' 'x 2 2022 1 1' 'y 1 2022 0 1' 'é 1 2022 0 1'
    try weekagg -t t -g b,a
    gives 0 '' 'b a Year WeekNumber Count' '1 y 2022 0 1' '1 é 2022 0 1' '10 x 2022 0 1' '2 x 2022 0 2' '2 x 2022 1 1'
}

@test "groups sort by value, not by spelling: a TAB in a value before !, null before the empty string" {
    given_bytes 'g\nx\\ty\nx!y\nx\nx y\nx\\\\\nx[\nx]\n\\N\n\n'
    try weekagg -g g
    gives_bytes 0 '' 'g\tCount\n\\N\t1\n\t1\nx\t1\nx\\ty\t1\nx y\t1\nx!y\t1\nx[\t1\nx\\\\\t1\nx]\t1\n'
    given_bytes 'g\nx!y\nx\\ty\n'
    try weekagg least=min:g greatest=max:g
    gives_bytes 0 '' 'least\tgreatest\nx\\ty\tx!y\n'
}

@test "groups: the end of a column sorts before any byte; null and the empty string are two groups" {
    given_bytes 'a\tb\tt\n\x01\tx\t2022-01-02\n\tx\t2022-01-02\na\x01\tx\t2022-01-02\na\tx\t2022-01-02\n\\N\tx\t2022-01-02\n'
    try weekagg -t t -g a,b -u year
    gives_bytes 0 '' 'a\tb\tYear\tCount\n\\N\tx\t2022\t1\n\tx\t2022\t1\n\x01\tx\t2022\t1\na\tx\t2022\t1\na\x01\tx\t2022\t1\n'
    given_bytes 'a\tt\n\t2022-01-02\n1\t2022-01-02\n\t2022-01-02\n1\t2022-01-02\n\t2022-01-02\n'
    try weekagg -t t -g a -u year
    gives_bytes 0 '' 'a\tYear\tCount\n\t2022\t3\n1\t2022\t2\n'
}

@test "without -t by group alone; without groups as well one total, even of no records" {
    given 'k v' 'b 1' 'a 2' 'b 3'
    try weekagg -g k N=count S=sum:v
    gives 0 '' 'k N S' 'a 1 2' 'b 2 4'
    try weekagg
    gives 0 '' Count 3
    given 'k v'
    try weekagg N=count S=sum:v Least=min:v
    gives 0 '' 'N S Least' '0 \N \N'
    try weekagg -g k
    gives 0 '' 'k Count'
    try weekagg -g k -t v
    gives 0 '' 'k Year WeekNumber Count'
}

@test "count, count:COL, sum, min and max skip nulls; without values they are 0 or null" {
    given 'k v' 'a 1' 'a \N' 'a 3' 'b \N'
    try weekagg -g k n=count v=count:v s=sum:v lo=min:v hi=max:v
    gives 0 '' 'k n v s lo hi' 'a 3 2 4 1 3' 'b 1 0 \N \N \N'
}

@test "sums are exact and have the largest scale of the values" {
    given v 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1
    try weekagg s=sum:v
    gives 0 '' s 1.0
    given v 300.24 300.24 300.24
    try weekagg s=sum:v
    gives 0 '' s 900.72
    given 'k v' 'a 1.50' 'a 2' 'b 1E+2' 'b 5e-1' 'c -0' 'd 1e2' 'd 1' 'e 0.5' 'e -0.50' 'f 0e9' 'f 0e99999999999999999999' 'g -0.001' 'h 1.5e1'
    try weekagg -g k s=sum:v
    gives 0 '' 'k s' 'a 3.50' 'b 100.5' 'c 0' 'd 101' 'e 0.00' 'f 0' 'g -0.001' 'h 15'
    given v 99999999999999999999999999999999999998 1
    try weekagg s=sum:v
    gives 0 '' s 99999999999999999999999999999999999999
    given v 0.00000000000000000000000000000000000001 -0.99999999999999999999999999999999999999
    try weekagg s=sum:v
    gives 0 '' s -0.99999999999999999999999999999999999998
}

@test "ten million times 0.1 is a million" {
    { echo v; yes 0.1 | head -n 10000000; } > "$BATS_TEST_TMPDIR/in"
    try weekagg s=sum:v
    gives 0 '' s 1000000.0
}

@test "a sum beyond 38 digits is an error, never a wrong number" {
    given v 99999999999999999999999999999999999999 1
    try weekagg s=sum:v
    fails 'line 3: column s: the total has too many digits' s
    given 't v' '2022-01-09 -99999999999999999999999999999999999999' '2022-01-02 -1' '2022-01-09 -1'
    try weekagg -t t s=sum:v
    fails 'line 4: column s: the total of 2022 1 has too many digits' 'Year WeekNumber s'
    given v 1e37 0.01
    try weekagg s=sum:v
    fails 'line 3: column s: the total has too many digits' s
}

@test "only the result of a sum must fit; intermediate sums may be larger" {
    local nines=99999999999999999999999999999999999999
    given v $nines 1 -1
    try weekagg s=sum:v
    gives 0 '' s $nines
    given v -$nines -$nines 1e37 0.00000000000000000000000000000000000001 $nines -1e37 $nines
    try weekagg s=sum:v
    gives 0 '' s 0.00000000000000000000000000000000000001
    given 'k v' "a $nines" 'b -1' 'a 1' 'c 1' "b -$nines"
    try weekagg -g k s=sum:v
    fails 'line 6: column s: the total of a has too many digits' 'k s'
    given 'k Year n' 'a 2022 18446744073709551615' 'a 2022 1'
    try weekagg --merge -u year n=count
    fails 'line 3: column n: the total of a, 2022 has too many digits' 'k Year n'
    python3 "$ROOT/t/lib/sum_limits.py" "$BATS_TEST_TMPDIR"
    try weekagg -g k s=sum:v
    [ "$status" -eq 0 ]
    cmp "$BATS_TEST_TMPDIR/want" "$BATS_TEST_TMPDIR/out"
}

@test "a sum that does not fit leaves the rejects file complete" {
    given v x 1e37 0.01
    try weekagg -r "$BATS_TEST_TMPDIR/rejects" s=sum:v
    fails 'line 4: column s: the total has too many digits' s
    diff - "$BATS_TEST_TMPDIR/rejects" <<< $'line\treason\trecord\n2\tcolumn v: "x" is not a number\tx'
}

@test "a value that is not a number or has too many digits is a bad record; the message names the column" {
    local value
    for value in '' NaN inf 0x10 1,5 +1 .5 1. 01 1e 1e+ - -- -. -.5 -1. -01 00 00.5 1.2.3 1..2 1- 1:2 '1 ' ' 1'; do
        given_bytes 'v\n%s\n' "$value"
        try weekagg s=sum:v
        fails "line 2: column v: \"$value\" is not a number" s
    done
    for value in 100000000000000000000000000000000000000 1e38 1e-39 0.000000000000000000000000000000000000001 1e999 \
        1e99999999999999999999 0e-99999999999999999999; do
        given_bytes 'v\n%s\n' "$value"
        try weekagg s=sum:v
        fails "line 2: column v: \"$value\" has too many digits to be exact" s
    done
}

@test "sums equal those of Python, in the plain build too" {
    python3 "$ROOT/t/lib/random_sums.py" "$BATS_TEST_TMPDIR"
    for program in weekagg "$PLAIN/weekagg"; do
        try "$program" -g k s=sum:v
        diff "$BATS_TEST_TMPDIR/want" "$BATS_TEST_TMPDIR/out"
    done
}

@test "min and max: numbers by value, then texts by bytes, for any order of the input" {
    local values=(-10 9 10 9.5 1e1 100000000000000000000000000001 x '' é B) order
    for order in '' -r -R; do
        { echo v; printf '%s\n' "${values[@]}" | sort $order; } > "$BATS_TEST_TMPDIR/in"
        try weekagg lo=min:v hi=max:v
        gives 0 '' 'lo hi' '-10 é'
    done
    given v 9 10 100000000000000000000000000001 100000000000000000000000000000 -1e-5
    try weekagg lo=min:v hi=max:v
    gives 0 '' 'lo hi' '-1e-5 100000000000000000000000000001'
    given v 1 1.0 0.5e0 0.5
    try weekagg lo=min:v hi=max:v
    gives 0 '' 'lo hi' '0.5e0 1'
    given t 2022-01-10T00:00 2022-01-09T12:00 2022-01-09T06:00
    try weekagg -t t -u year first=min:t last=max:t
    gives 0 '' 'Year first last' '2022 2022-01-09T06:00 2022-01-10T00:00'
}

@test "mean: exact, rounded half to even at 6 places; skips nulls; null without values" {
    given 'k v' 'a 1' 'a \N' 'a 2' 'b \N' 'c 2' 'd 0.0000005' 'e 0.0000015' 'f -0.0000005' 'g -0.0000025000001' 'h 1' 'h 1' 'h 0'
    try weekagg -g k m=mean:v
    gives 0 '' 'k m' 'a 1.500000' 'b \N' 'c 2.000000' 'd 0.000000' 'e 0.000002' 'f 0.000000' 'g -0.000003' 'h 0.666667'
    given 't v' '2022-01-01 0.1' '2022-01-03 -7'
    try weekagg -t t -u day --fill m=mean:v n=count
    gives 0 '' 'Date m n' '2022-01-01 0.100000 1' '2022-01-02 \N 0' '2022-01-03 -7.000000 1'
    given v x
    try weekagg m=mean:v
    fails 'line 2: column v: "x" is not a number' m
}

@test "mean: more than 38 digits are an error, never a wrong number" {
    local nines=99999999999999999999999999999999
    given v $nines.999999
    try weekagg m=mean:v
    gives 0 '' m $nines.999999
    given v 1${nines//9/0}
    try weekagg m=mean:v
    fails 'line 2: column m: the total has too many digits' m
    given v $nines.999999 $nines.999999
    try weekagg m=mean:v
    fails 'line 3: column m: the total has too many digits' m
    given v 99999999999999999999999999999999999999 -99999999999999999999999999999999999998 0
    try weekagg m=mean:v
    gives 0 '' m 0.333333
}

@test "means equal those of Python" {
    python3 - "$BATS_TEST_TMPDIR" << 'END'
import decimal, fractions, random, sys

random.seed(5)
decimal.getcontext().prec = 200
with open(sys.argv[1] + "/in", "w") as given, open(sys.argv[1] + "/want", "w") as want:
    print("k\tv", file=given)
    print("k\tm", file=want)
    for k in range(1000, 4000):
        n = random.choice([1, 2, 3, 4, 8, 16, 25, random.randint(1, 60)])
        scale, digits = random.choice([0, 1, 5, 6, 7, 8, random.randint(0, 25)]), random.randint(1, 10)
        values = [decimal.Decimal(random.randint(-(10**digits), 10**digits)).scaleb(-scale) for _ in range(n)]
        if k % 2:  # a mean half-way between two results
            half = decimal.Decimal(random.randrange(-99, 99, 2) * 5).scaleb(-7)
            values = [half - 1, half + 1, half] if k % 3 else [half, half + decimal.Decimal("1e-30")]
        for value in values:
            print(k, value, sep="\t", file=given)
        mean = sum(fractions.Fraction(value) for value in values) / len(values)
        text = "%07d" % abs(round(mean * 10**6))
        print(k, "-" * (round(mean * 10**6) < 0) + text[:-6] + "." + text[-6:], sep="\t", file=want)
        if len(values) in (1, 2, 4, 8, 16, 25):
            exact = (sum(values) / len(values)).quantize(decimal.Decimal("1e-6"), decimal.ROUND_HALF_EVEN)
            assert exact == decimal.Decimal(text).scaleb(-6).copy_sign(exact)
END
    try weekagg -g k m=mean:v
    [ "$status" -eq 0 ]
    cmp "$BATS_TEST_TMPDIR/want" "$BATS_TEST_TMPDIR/out"
}

@test "--fill adds the units between the first and the last of each group: counts are 0, others null" {
    given 'k t v' 'a 2021-12-25 1' 'a 2022-01-10 2' 'b 2022-01-10 3'
    try weekagg -t t -g k --fill n=count nv=count:v s=sum:v lo=min:v
    gives 0 '' 'k Year WeekNumber n nv s lo' 'a 2021 51 1 1 1 1' 'a 2021 52 0 0 \N \N' 'a 2022 0 0 0 \N \N' \
        'a 2022 1 0 0 \N \N' 'a 2022 2 1 1 2 2' 'b 2022 2 1 1 3 3'
    given t 2019-11-30 2020-02-01
    try weekagg -t t -u month --fill
    gives 0 '' 'Month Count' '2019-11 1' '2019-12 0' '2020-01 0' '2020-02 1'
    try weekagg -t t -u quarter --fill
    gives 0 '' 'Quarter Count' '2019-Q4 1' '2020-Q1 1'
    try weekagg -t t --fill -w iso
    [ "$(cut -f 1,2 "$BATS_TEST_TMPDIR/out" | tr '\t\n' '- ')" = \
        'Year-WeekNumber 2019-48 2019-49 2019-50 2019-51 2019-52 2020-1 2020-2 2020-3 2020-4 2020-5 ' ]
}

@test "--fill streams: all hours of two centuries in little memory" {
    given t 1800-01-01 2000-01-01
    (
        [ -n "${SAN-}" ] || ulimit -v 65536
        weekagg -t t -u hour --fill < "$BATS_TEST_TMPDIR/in" | wc -l > "$BATS_TEST_TMPDIR/n"
    )
    [ "$(cat "$BATS_TEST_TMPDIR/n")" -eq $((73048 * 24 + 2)) ]
}

@test "--merge: the results of parts, one after the other, give the result of the whole" {
    local part unit
    awk 'BEGIN {
        print "k\tt\tv"
        for (i = 0; i < 600; i++)
            printf "%s\t2022-%02d-%02dT%02d:00\t%d.%d\n", substr("abc", i % 3 + 1, 1), i % 12 + 1, i * 7 % 28 + 1, i % 24, i % 50, i
    }' > "$BATS_TEST_TMPDIR/in"
    for unit in -wmonday -wsunday -wiso -wdate -uday -umonth -uquarter -uyear -uhour; do
        try weekagg -t t -g k "$unit" n=count s=sum:v lo=min:v hi=max:v
        [ "$status" -eq 0 ]
        cp "$BATS_TEST_TMPDIR/out" "$BATS_TEST_TMPDIR/whole"
        for part in 0 1 2; do
            awk -v part=$part 'NR == 1 || NR % 3 == part' "$BATS_TEST_TMPDIR/in" |
                weekagg -t t -g k "$unit" n=count s=sum:v lo=min:v hi=max:v
        done > "$BATS_TEST_TMPDIR/parts"
        weekagg --merge "$unit" n=count s=sum lo=min hi=max < "$BATS_TEST_TMPDIR/parts" | cmp - "$BATS_TEST_TMPDIR/whole"
    done
}

@test "--merge without operands adds up all columns after the unit; without -g all before it are groups" {
    given 'k Year WeekNumber n s' 'b 2022 1 1 0.5' 'a 2022 1 2 1.25' 'k Year WeekNumber n s' 'a 2022 1 3 \N' 'a 2021 9 1 \N'
    try weekagg --merge
    gives 0 '' 'k Year WeekNumber n s' 'a 2021 9 1 \N' 'a 2022 1 5 1.25' 'b 2022 1 1 0.5'
    try weekagg --merge -g k
    gives 0 '' 'k Year WeekNumber n s' 'a 2021 9 1 \N' 'a 2022 1 5 1.25' 'b 2022 1 1 0.5'
}

@test "--merge of many columns" {
    python3 - "$BATS_TEST_TMPDIR" << 'END'
import sys

n = range(20000)
with open(sys.argv[1] + "/in", "w") as given, open(sys.argv[1] + "/want", "w") as want:
    for out in given, want:
        print(*("g%d" % i for i in n), "Year", *("v%d" % i for i in n), sep="\t", file=out)
    for out in given, given, want:
        print(*("x" for i in n), 2022, *(i * (2 if out is want else 1) for i in n), sep="\t", file=out)
END
    try weekagg --merge -u year
    [ "$status" -eq 0 ]
    cmp "$BATS_TEST_TMPDIR/want" "$BATS_TEST_TMPDIR/out"
}

@test "--merge drops group columns and turns weeks into years" {
    given 'k Year WeekNumber n s' 'b 2022 1 1 0.5' 'a 2022 1 2 1.25' 'a 2021 9 1 \N'
    try weekagg --merge -g WeekNumber -u year n=count s=sum
    gives 0 '' 'WeekNumber Year n s' '1 2022 3 1.75' '9 2021 1 \N'
    given 'k Year WeekNumber n' 'b 2022 1 1' 'a 2022 1 2' 'a 2021 9 1'
    try weekagg --merge --week monday -g n WeekNumber=max
    gives 2 'weekagg: output: duplicate column WeekNumber (*'
}

@test "--merge of groups alone" {
    given 'k n hi' 'b 1 x' 'a 2 y' 'k n hi' 'b 3 z'
    try weekagg --merge -g k n=count hi=max
    gives 0 '' 'k n hi' 'a 2 y' 'b 4 z'
    given 'k n' 'b 1' 'b 3'
    try weekagg --merge -g k
    gives 0 '' 'k n' 'b 4'
}

@test "--merge --fill" {
    given 'Month n s' '2022-03 1 5' '2022-01 1 6'
    try weekagg --merge --fill -u month n=count s=sum
    gives 0 '' 'Month n s' '2022-01 1 6' '2022-02 0 \N' '2022-03 1 5'
    try weekagg --merge --fill -u month
    gives 2 "weekagg: --merge with --fill requires operands, to tell counts from sums (try 'weekagg --help')"
}

@test "--merge: an invalid unit, count or sum is a bad record" {
    local bad
    for bad in '2022 54' '2022 x' '2022 ' '2022 01' '02022 1' '0 1' '10000 1' '2024 0' '2022 -1' ' 1' '\N \N' '2022 99999999999'; do
        given 'Year WeekNumber n' "$bad 1"
        try weekagg --merge
        [ "$status" -eq 1 ]
        grep -q 'line 2: column Year: ".*" has no such WeekNumber' "$BATS_TEST_TMPDIR/err"
    done
    for bad in 2022-13 2022-00 2022-1 2022 2022-01-01 x '' '\N' 0000-01 2022-0000000001 2022/01; do
        given 'Month n' "$bad 1"
        try weekagg --merge -u month
        [ "$status" -eq 1 ]
        grep -qF 'is not a bucket of this unit' "$BATS_TEST_TMPDIR/err"
    done
    for bad in 2022-01-04 2022-02-30 0001-00-01; do
        given 'Week n' "$bad 1"
        try weekagg --merge -w date
        fails "line 2: column Week: \"$bad\" is not a bucket of this unit" 'Week n'
    done
    for bad in 2022-Q5 2022-Q0 2022Q1; do
        given 'Quarter n' "$bad 1"
        try weekagg --merge -u quarter
        fails "line 2: column Quarter: \"$bad\" is not a bucket of this unit" 'Quarter n'
    done
    for bad in 1.5 -1 x 1e99 18446744073709551616; do
        given 'Year n' "2022 $bad"
        try weekagg --merge -u year n=count
        fails "line 2: column n: \"$bad\" is not a count" 'Year n'
    done
    given 'Year n' '2022 18446744073709551615' '2022 1'
    try weekagg --merge -u year n=count
    fails 'line 3: column n: the total of 2022 has too many digits' 'Year n'
    given 'Year n' '2022 x'
    try weekagg --merge -u year
    fails 'line 2: column n: "x" is not a number' 'Year n'
}

@test "--merge: usage errors" {
    local message
    given 'k n' 'a 1'
    message="weekagg: --merge: the input has no column Year,WeekNumber; to merge by group alone, give --group-by (*"
    try weekagg --merge
    gives 2 "$message"
    try weekagg --merge -g k -w iso
    gives 2 "$message"
    try weekagg --merge -g k x=sum
    gives 2 "weekagg: unknown column x; the columns are k, n (*"
    try weekagg --merge -g k n=mean
    gives 2 "weekagg: operand \"n=mean\" cannot be merged: the mean of parts is not the mean of the whole (*"
    try weekagg --merge -N
    [ "$status" -eq 2 ]
    grep -q 'weekagg: --merge and --no-header cannot be combined: buckets are found by column name' "$BATS_TEST_TMPDIR/err"
}

@test "--merge accepts the options that made the parts" {
    given 'Date n' '2022-01-04 1' '2022-01-04 2'
    try weekagg --merge -t When -z Europe/Berlin --epoch s -u day n=count
    gives 0 '' 'Date n' '2022-01-04 3'
}

@test "--merge: -z does not move buckets, which are in local time already" {
    local zone unit
    given t 2022-01-02T03:00Z 2022-01-02T23:30Z
    for zone in America/New_York Asia/Tokyo; do
        for unit in -uday -uhour -wmonday; do
            weekagg -t t -z $zone $unit < "$BATS_TEST_TMPDIR/in" > "$BATS_TEST_TMPDIR/part"
            weekagg --merge -z $zone $unit < "$BATS_TEST_TMPDIR/part" | cmp - "$BATS_TEST_TMPDIR/part"
        done
    done
    given 'Year n' '1 2' '9999 3'
    try weekagg --merge -z Asia/Tokyo -u year
    gives 0 '' 'Year n' '1 2' '9999 3'
}

@test "--merge: the end mark or failure mark of a part in the middle is an error" {
    given 'Year n' '2022 1' '\.' 'Year n' '2022 2'
    try weekagg --merge -u year
    fails 'line 4: data after the end mark' 'Year n'
    given 'Year n' '2022 1' '\! weekagg reason' 'Year n' '2022 2'
    try weekagg --merge -u year
    gives 1 'weekagg: input failed: reason' 'Year n' '\! weekagg reason'
}

@test "null and bad times are bad records; with -r the others are aggregated" {
    given 'Id t' '1 2022-01-02' '2 \N' '3 2023-02-29' '4' '5 2022-01-02'
    try weekagg -t t
    fails 'line 3: column t: "\\N" is not a time' 'Year WeekNumber Count'
    try weekagg -t t -r "$BATS_TEST_TMPDIR/rejects"
    gives 0 "weekagg: 5 read, 2 aggregated, 3 rejected to $BATS_TEST_TMPDIR/rejects" 'Year WeekNumber Count' '2022 0 2'
    diff "$BATS_TEST_TMPDIR/rejects" - << 'END'
line	reason	record
3	column t: "\\N" is not a time	2\t\\N
4	column t: "2023-02-29" is not a time	3\t2023-02-29
5	got 1 field, the header has 2	4
END
}

@test "a rejected record adds to no column, not even to those before the bad one" {
    given 't v w' '2022-01-02 1 1' '2022-01-02 5 x' '2022-03-03 5 x'
    try weekagg -t t n=count s=sum:v lo=min:v w=sum:w -r /dev/null
    gives 0 'weekagg: 3 read, 1 aggregated, 2 rejected to /dev/null' 'Year WeekNumber n s lo w' '2022 0 1 1 1 1'
}

@test "-N: columns by number, no header" {
    given 'a 2022-01-02 1' 'b 2022-01-02 2' 'a 2022-01-02 3'
    try weekagg -N -t 2 -g 1 n=count s=sum:3
    gives 0 '' 'a 2022 0 2 4' 'b 2022 0 1 2'
    try weekagg -N -t 3
    fails 'line 1: column 3: "1" is not a time'
    given
    try weekagg -N -t 2 -g 1
    gives 0 ''
    try weekagg -N -g 1
    gives 0 ''
    try weekagg -N
    gives 0 '' 0
}

@test "invalid operands are usage errors" {
    local message
    given 'k v' 'a 1'
    while IFS='|' read -r operand message; do
        try weekagg "$operand"
        gives 2 "weekagg: ${message/LIST/$AGGREGATES} (try 'weekagg --help')"
    done << 'END'
x|operand "x": "x" must be one of LIST
=count|operand "=count" must be AGG, AGG:COL, NAME=AGG or NAME=AGG:COL
n=|operand "n=": "" must be one of LIST
n=avg:v|operand "n=avg:v": "avg" must be one of LIST
n=Count|operand "n=Count": "Count" must be one of LIST
p:v|operand "p:v": "p" must be one of LIST
p101:v|operand "p101:v": "p101" must be one of LIST
p100.1:v|operand "p100.1:v": "p100.1" must be one of LIST
p-1:v|operand "p-1:v": "p-1" must be one of LIST
p05:v|operand "p05:v": "p05" must be one of LIST
p5.:v|operand "p5.:v": "p5." must be one of LIST
p1.0000000001:v|operand "p1.0000000001:v": "p1.0000000001" must be one of LIST
p99999999999999999999999999999999999999:v|operand "p99999999999999999999999999999999999999:v": "p99999999999999999999999999999999999999" must be one of LIST
p0 to p100:v|operand "p0 to p100:v": "p0 to p100" must be one of LIST
P95:v|operand "P95:v": "P95" must be one of LIST
n=sum|operand "n=sum" requires a column: n=sum:COL
first|operand "first" requires a column: first:COL
p95|operand "p95" requires a column: p95:COL
n=sum:x|unknown column x; the columns are k, v
n=sum:|unknown column ; the columns are k, v
n=count:x|unknown column x; the columns are k, v
a\b=count|operand "a\\b=count": the name must be escaped as in a header line
END
    try weekagg $'a\tb=count'
    gives 2 "weekagg: operand \"a\\\\x09b=count\": the name must be escaped as in a header line (*"
    try weekagg $'a\nb=count'
    gives 2 "weekagg: operand \"a\\\\x0Ab=count\": the name must be escaped as in a header line (*"
    try weekagg $'\xff=count'
    gives 2 "weekagg: operand \"\\\\xFF=count\": the name must be escaped as in a header line (*"
    try weekagg 'a\tb=sum:v' 'c=d=count'
    gives 2 "weekagg: operand \"c=d=count\": \"d=count\" must be one of $AGGREGATES (*"
    try weekagg 'a\tb=sum:v'
    gives 0 '' 'a\tb' 1
}

@test "duplicate output columns are usage errors" {
    given 'Year v t' '1 2 2022-01-02'
    try weekagg n=count n=sum:v
    gives 2 "weekagg: output: duplicate column n (*"
    try weekagg -t t -g Year
    gives 2 "weekagg: output: duplicate column Year (*"
    try weekagg -t t WeekNumber=count
    gives 2 "weekagg: output: duplicate column WeekNumber (*"
    try weekagg -g v,v
    gives 2 "weekagg: output: duplicate column v (*"
    try weekagg -t t -g Year -u month
    gives 0 '' 'Year Month Count' '1 2022-01 1'
}

@test "options that cannot be combined, and invalid arguments" {
    local option
    given 't v' '2022-01-02 1'
    for option in -wiso -uweek -u15m -zUTC --epoch=ms --offset --fill --fill-all --whole \
        --partial=p; do
        try weekagg "$option"
        gives 2 "weekagg: --week, --unit, --zone, --epoch, --offset, --fill, --whole and --partial require --time (try 'weekagg --help')"
    done
    try weekagg -t t -w iso -u month
    gives 2 "weekagg: --week requires --unit week (try 'weekagg --help')"
    try weekagg -t t -w tuesday
    gives 2 'weekagg: --week: "tuesday" must be one of monday, sunday, iso, date (*'
    try weekagg -t t -u minute
    gives 2 'weekagg: --unit: "minute" must be one of week, day, month, quarter, year, hour, or minutes or hours that divide a day, such as 15m or 6h (*'
    try weekagg -t t --epoch ns
    gives 2 'weekagg: --epoch: "ns" must be one of s, ms, us (*'
    try weekagg -t x
    gives 2 'weekagg: --time: unknown column x; the columns are t, v (*'
    try weekagg -g v,x
    gives 2 'weekagg: --group-by: unknown column x; the columns are t, v (*'
}

@test "an input without a header is an error" {
    given
    try weekagg -t t
    fails 'no header line; the input is empty'
    given t
    try weekagg -t t
    gives 0 '' 'Year WeekNumber Count'
}

@test "marks: a failed input is not aggregated; the end mark is written last" {
    given t 2022-01-02 '\! dedup why'
    try weekagg -t t
    gives 1 'weekagg: input failed: why' 'Year WeekNumber Count' '\! dedup why'
    given t 2022-01-02 '\.'
    try weekagg -t t
    gives 0 '' 'Year WeekNumber Count' '2022 0 1' '\.'
    given t 2022-01-02
    try weekagg -E -t t
    gives 0 '' 'Year WeekNumber Count' '2022 0 1' '\.'
}

@test "many groups: sorted, the same on every run, equal to sort and uniq" {
    awk 'BEGIN { print "k"; for (i = 0; i < 200000; i++) print "key" i * 7919 % 50021 }' > "$BATS_TEST_TMPDIR/in"
    try weekagg -g k
    tail -n +2 "$BATS_TEST_TMPDIR/in" | sort | uniq -c | awk '{ print $2 "\t" $1 }' > "$BATS_TEST_TMPDIR/want"
    tail -n +2 "$BATS_TEST_TMPDIR/out" | cmp - "$BATS_TEST_TMPDIR/want"
}

@test "memory grows with the groups, not with the input" {
    [ -z "${SAN-}" ] || skip 'sanitizers take memory of their own'
    { echo t; yes 2022-01-02T00:00:00 | head -n 3000000; } > "$BATS_TEST_TMPDIR/in"
    try bash -c 'ulimit -v 16384; exec weekagg -t t max=max:t'
    gives 0 '' 'Year WeekNumber max' '2022 0 2022-01-02T00:00:00'
}

@test "repeated times in any spelling: equal to Python, in the plain build too" {
    cd "$BATS_TEST_TMPDIR"
    python3 "$ROOT/t/lib/random_times.py" 3> in 4> days 5> sums
    for program in weekagg "$PLAIN/weekagg"; do
        "$program" -N -t 2 -u day -r bad < in | diff days -
        "$program" -N -g 1 -t 2 -u day sum=sum:3 -r bad < in | diff sums -
    done
    given t 1111111111 11111111111 1111111111 111111111111
    try weekagg -t t --epoch s -u year
    gives 0 '' 'Year Count' '2005 2' '2322 1' '5490 1'
}
