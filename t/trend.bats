# trend: columns that compare each record with those before it.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return
}

@test "every function, per group, in input order" {
    given 'g v' 'a 1' 'b 10' 'a 1.5' 'b 7' 'a 3' 'b 0'
    try trend -g g count lag:v change:v pct:v
    gives 0 '' 'g v count lag_v change_v pct_v' 'a 1 1 \N \N \N' 'b 10 1 \N \N \N' 'a 1.5 2 1 0.5 50.000000' \
        'b 7 2 10 -3 -30.000000' 'a 3 3 1.5 1.5 100.000000' 'b 0 3 7 -7 -100.000000'
    try trend -g g sum2:v mean2:v min2:v max2:v
    gives 0 '' 'g v sum2_v mean2_v min2_v max2_v' 'a 1 \N \N \N \N' 'b 10 \N \N \N \N' 'a 1.5 2.5 1.250000 1 1.5' \
        'b 7 17 8.500000 7 10' 'a 3 4.5 2.250000 1.5 3' 'b 0 7 3.500000 0 7'
    try trend -g g total:v share:v --scale 2
    gives 0 '' 'g v total_v share_v' 'a 1 1 18.18' 'b 10 10 58.82' 'a 1.5 2.5 27.27' 'b 7 17 41.18' 'a 3 5.5 54.55' \
        'b 0 17 0.00'
}

@test "without -g all records are one group; several columns make a group, and null is one" {
    given 'g h v' 'a x 1' '\N x 2' 'a x 3' 'a y 4' '\N x 5'
    try trend n=count lag:v
    gives 0 '' 'g h v n lag_v' 'a x 1 1 \N' '\N x 2 2 1' 'a x 3 3 2' 'a y 4 4 3' '\N x 5 5 4'
    try trend -g h,g n=count lag:v
    gives 0 '' 'g h v n lag_v' 'a x 1 1 \N' '\N x 2 1 \N' 'a x 3 2 1' 'a y 4 1 \N' '\N x 5 2 2'
}

@test "a number after lag, change and pct goes further back" {
    given 'v' '1' '2' '4' '8' '16'
    try trend lag3:v change2:v pct2:v --scale 0
    gives 0 '' 'v lag3_v change2_v pct2_v' '1 \N \N \N' '2 \N \N \N' '4 \N 3 300' '8 1 6 300' '16 2 12 300'
    try trend lag5:v lag1:v
    gives 0 '' 'v lag5_v lag1_v' '1 \N \N' '2 \N 1' '4 \N 2' '8 \N 4' '16 \N 8'
}

@test "windows are null until they are full of values; --partial takes the values there are" {
    given 'v' '\N' '4' '2' '\N' '6' '8' '\N' '\N'
    try trend sum2:v mean2:v min2:v max2:v --scale 1
    gives 0 '' 'v sum2_v mean2_v min2_v max2_v' '\N \N \N \N \N' '4 \N \N \N \N' '2 6 3.0 2 4' '\N \N \N \N \N' \
        '6 \N \N \N \N' '8 14 7.0 6 8' '\N \N \N \N \N' '\N \N \N \N \N'
    try trend sum2:v mean2:v min2:v max2:v --scale 1 --partial
    gives 0 '' 'v sum2_v mean2_v min2_v max2_v' '\N \N \N \N \N' '4 4 4.0 4 4' '2 6 3.0 2 4' '\N 2 2.0 2 2' \
        '6 6 6.0 6 6' '8 14 7.0 6 8' '\N 8 8.0 8 8' '\N \N \N \N \N'
}

@test "nulls: lag passes them on, change and pct need both values, total and share skip them" {
    given 'v' '\N' '5' '\N' '15'
    try trend lag:v change:v pct:v total:v share:v count:v --scale 0
    gives 0 '' 'v lag_v change_v pct_v total_v share_v count_v' '\N \N \N \N \N \N 0' '5 \N \N \N 5 25 1' \
        '\N 5 \N \N 5 \N 1' '15 \N \N \N 20 75 2'
    given 'v' '\N' '\N'
    try trend change2:v total:v share:v
    gives 0 '' 'v change2_v total_v share_v' '\N \N \N \N' '\N \N \N \N'
}

@test "a percentage of 0 is null; a negative base turns the sign" {
    given 'v' '0' '5' '-0.0' '-10' '-5' '5'
    try trend pct:v --scale 0
    gives 0 '' 'v pct_v' '0 \N' '5 \N' '-0.0 -100' '-10 \N' '-5 -50' '5 -200'
    given 'v' '-1' '1' '0'
    try trend share:v
    gives 0 '' 'v share_v' '-1 \N' '1 \N' '0 \N'
}

@test "decimals are exact, quotients are rounded half to even" {
    given 'v' '0.1' '0.2' '1e2' '-0.30' '123456789012345678901234567890123456'
    try trend change:v total:v
    gives 0 '' 'v change_v total_v' '0.1 \N 0.1' '0.2 0.1 0.3' '1e2 99.8 100.3' '-0.30 -100.30 100.00' \
        '123456789012345678901234567890123456 123456789012345678901234567890123456.30 123456789012345678901234567890123556.00'
    given 'v' '1' '2' '2' '3' '4' '3'
    try trend mean2:v --scale 0
    gives 0 '' 'v mean2_v' '1 \N' '2 2' '2 2' '3 2' '4 4' '3 4'
    given 'v' '8' '1' '7'
    try trend share:v pct:v --scale 1
    gives 0 '' 'v share_v pct_v' '8 50.0 \N' '1 6.2 -87.5' '7 43.8 600.0'
    given 'v' '0.1' '0.2' '0.3'
    try trend sum2:v
    gives 0 '' 'v sum2_v' '0.1 \N' '0.2 0.3' '0.3 0.5'
}

@test "a sum may pass 38 digits on the way, but a result that has more ends the program, also under -r" {
    nines=$(printf '9%.0s' {1..38})
    given 'v' "$nines" '-1' '0'
    try trend sum2:v
    gives 0 '' 'v sum2_v' "$nines \N" "-1 ${nines%9}8" '0 -1'
    given 'v' "$nines" '1' '0'
    try trend total:v -r rejects
    gives 1 'trend: line 3: column v: total has too many digits to be exact' 'v total_v' "$nines $nines" \
        '\! trend line\s3:\scolumn\sv:\stotal\shas\stoo\smany\sdigits\sto\sbe\sexact'
    given 'v' "$nines" "-$nines"
    try trend change:v
    gives 1 'trend: line 3: column v: change has too many digits to be exact' 'v change_v' "$nines \N" \
        '\! trend line\s3:\scolumn\sv:\schange\shas\stoo\smany\sdigits\sto\sbe\sexact'
    try trend mean2:v --scale 0 --partial
    gives 0 '' 'v mean2_v' "$nines $nines" "-$nines 0"
    try trend mean1:v
    [ "$status" -eq 1 ]
    [ "$(cat err)" = 'trend: line 2: column v: mean1 has too many digits to be exact' ]
}

@test "a share with too many digits is reported with the line of its record" {
    given 'g v' 'a 1' 'a x' 'b 1e-38' 'a 2' 'b 99'
    try trend -g g -r rejects share:v
    gives 1 'trend: line 4: column v: share has too many digits to be exact' 'g v share_v' 'a 1 33.333333' \
        '\! trend line\s4:\scolumn\sv:\sshare\shas\stoo\smany\sdigits\sto\sbe\sexact'
}

@test "lag, min and max keep the spelling; lag, min, max and count take any text" {
    given 'v' '1.0' '1e0' 'b\n' '' 'é' '\N' 'x'
    try trend lag:v min2:v max2:v count:v
    gives 0 '' 'v lag_v min2_v max2_v count_v' '1.0 \N \N \N 1' '1e0 1.0 1.0 1.0 2' 'b\n 1e0 1e0 b\n 3' \
        ' b\n  b\n 4' 'é   é 5' '\N é \N \N 5' 'x \N \N \N 6'
    long=$(printf '%070000d' 1)
    given 'v' "$long" 'x' "${long}1" 'y'
    try trend lag:v lag2:v
    gives 0 '' 'v lag_v lag2_v' "$long \N \N" "x $long \N" "${long}1 x $long" "y ${long}1 x"
}

@test "operands: names, columns by number, columns and names with = and :" {
    given 'a=b x:y v' '1 2 3'
    try trend p=pct:3 total:2 total:a=b 'sum4=total:v' 'a:b=total:v' 'sum1:x:y' 'z=max1:a=b'
    gives 0 '' 'a=b x:y v p total_x:y total_a=b sum4 a:b sum1_x:y z' '1 2 3 \N 2 1 3 3 2 1'
}

@test "operands that are wrong are usage errors that say what is expected" {
    given 'v' '1'
    check() { # OPERAND REASON
        try trend "$1"
        gives 2 "trend: operand \"$1\"$2 (try*"
    }
    list='must be \[NAME=\]FUNC\[N\]\[:COL\], FUNC one of count, lag, change, pct, sum, mean, min, max, total, share'
    for operand in median4:v n=m=total:v lag4x:v lagx:v total3:v share1:v count2 x=count3 x= =lag:v v x=y=lag:v lag-1:v 'Lag:v'; do
        check "$operand" " $list"
    done
    check mean:v ': mean must be followed by a number of records from 1 to 1000000'
    check max0:v ': max must be followed by a number of records from 1 to 1000000'
    check lag0:v ': lag must be followed by a number of records from 1 to 1000000'
    check sum1000001:v ': sum must be followed by a number of records from 1 to 1000000'
    check sum99999999999999999999999999:v ': sum must be followed by a number of records from 1 to 1000000'
    check lag ': lag requires a column: \[NAME=\]FUNC\[N\]:COL'
    check x=mean4 ': mean requires a column: \[NAME=\]FUNC\[N\]:COL'
    try trend 'a\q=lag:v'
    gives 2 'trend: operand "a\\q=lag:v": the name must be escaped as in a header line (try*'
    try trend
    gives 2 'trend: at least one \[NAME=\]FUNC\[N\]\[:COL\] is required (try*'
    try trend lag:v --scale 37
    gives 2 'trend: --scale must be at most 36 decimal places (try*'
    try trend lag:v --scale -1
    gives 2 'trend: --scale: "-1" is not a whole number (try*'
}

@test "an unknown column, or a name that exists, is a usage error before anything is written" {
    given 'g v' 'a 1'
    try trend lag:w
    gives 2 'trend: unknown column w; the columns are g, v (try*'
    try trend lag:
    gives 2 'trend: unknown column ; the columns are g, v (try*'
    try trend -g w lag:v
    gives 2 'trend: --group-by: unknown column w; the columns are g, v (try*'
    try trend g=lag:v
    gives 2 'trend: output: duplicate column g (try*'
    try trend lag:v lag_v=pct:v
    gives 2 'trend: output: duplicate column lag_v (try*'
    try trend '\N=lag:v'
    gives 2 'trend: output: the name of column 3 is null (try*'
}

@test "a value that is no number is a bad record, which leaves no trace in what follows" {
    given 'v w' '1 1' '2 x' '4 1' 'y 1' '8 1'
    try trend change:v sum2:w
    gives 1 'trend: line 3: column w: "x" is not a number' 'v w change_v sum2_w' '1 1 \N \N' \
        '\! trend line\s3:\scolumn\sw:\s"x"\sis\snot\sa\snumber'
    for share in '' share:v; do
        try trend change:v sum2:w $share -r rejects
        cut -f 1-4 out > columns
        mv columns out
        gives 0 'trend: 5 read, 3 written, 2 rejected to rejects' 'v w change_v sum2_w' '1 1 \N \N' '4 1 3 2' '8 1 4 2'
        printf '%s\t%s\t%s\n' line reason record 3 'column w: "x" is not a number' '2\tx' 5 \
            'column v: "y" is not a number' 'y\t1' | diff - rejects
    done
    for value in '' 0x10 1,5 +1 01 .5 NaN 1e99; do
        given 'v' "$value"
        try trend total:v
        [ "$status" -eq 1 ]
        [[ $(cat err) == "trend: line 2: column v: \"$value\" "* ]]
    done
}

@test "-N: columns by number, no header line" {
    given 'a 1' 'b 5' 'a 3'
    try trend -N -g 1 change:2 n=count share:2 --scale 0
    gives 0 '' 'a 1 \N 1 25' 'b 5 \N 1 100' 'a 3 2 2 75'
    given
    try trend -N -g 1 change:2
    gives 0 ''
    given 'a 1'
    try trend -N change:3
    [ "$status" -eq 2 ]
    [[ $(cat out) == '\!'*'unknown column 3; without a header there are columns 1 to 2'* ]]
}

@test "a header alone gives a header alone; so does an input whose marks are passed on" {
    given 'v'
    try trend share:v lag:v
    gives 0 '' 'v share_v lag_v'
    given 'v' '4' '\.'
    try trend share:v
    gives 0 '' 'v share_v' '4 100.000000' '\.'
    given 'v' '4' '\! x why'
    try trend share:v
    gives 1 'trend: input failed: why' 'v share_v' '\! x why'
    try trend total:v
    gives 1 'trend: input failed: why' 'v total_v' '4 4' '\! x why'
}

@test "random groups, values and windows: the same as window functions of SQLite" {
    try python3 "$ROOT/t/lib/trend_against_sqlite.py"
    gives 0 ''
}

@test "long windows: the memory of the records there are, and the same time in any order" {
    awk 'BEGIN { print "g\tv"; for (i = 0; i < 20000; i++) print i "\t" i }' > in
    (
        [ -n "${SAN-}" ] || ulimit -v 500000
        try trend -g g lag100000:v max100000:v
        tail -n 1 out > last
        [ "$status $(cat err last)" = $'0 19999\t19999\t\\N\t\\N' ]
    )
    awk 'BEGIN { print "v"; for (i = 0; i < 300000; i++) print i }' > in
    for f in min max; do
        timeout 20 trend ${f}100000:v < in > out
        last=299999
        [ $f = max ] || last=200000
        [ "$(tail -n 1 out)" = $'299999\t'$last ]
    done
}

@test "a long window, many groups, input in small pieces" {
    awk 'BEGIN { print "g\tv"; for (i = 0; i < 40000; i++) print i % 1000 "\t" (i * 7919) % 10007 }' > in
    try trend -g g sum30:v min30:v max30:v lag30:v
    awk -F '\t' -v OFS='\t' 'NR == 1 { print $0, "sum30_v", "min30_v", "max30_v", "lag30_v"; next }
        {
            v[$1, ++n[$1]] = $2
            sum = "\\N"; min = max = $2
            for (i = n[$1] - 29; i <= n[$1] && i > 0; i++) {
                sum += v[$1, i]
                if (v[$1, i] < min) min = v[$1, i]
                if (v[$1, i] > max) max = v[$1, i]
            }
            print $0, sum, sum == "\\N" ? sum : min, sum == "\\N" ? sum : max,
                (n[$1] > 30 ? v[$1, n[$1] - 30] : "\\N")
        }' in | cmp - out
    cp out whole
    dd if=in bs=777 2> log | trend -g g sum30:v min30:v max30:v lag30:v | cmp - whole
}
