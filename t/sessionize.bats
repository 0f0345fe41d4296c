# sessionize: splits the records of each key into sessions at gaps in time.

load helper

@test "the sessions of a key are numbered from 1; a gap that is long enough begins a new one" {
    given 'u t' 'a 2022-01-09T10:00' 'a 2022-01-09T10:14:59' 'a 2022-01-09T10:29:59' 'a 2022-01-09T11:00'
    try sessionize -k u -t t --gap 15m
    gives 0 '' 'u t Session' 'a 2022-01-09T10:00 1' 'a 2022-01-09T10:14:59 1' 'a 2022-01-09T10:29:59 2' \
        'a 2022-01-09T11:00 3'
}

@test "keys may interleave; the times of different keys are independent" {
    given 'u t' 'a 2022-01-09T10:00' 'b 2022-01-09T09:00' 'a 2022-01-09T10:10' 'b 2022-01-09T09:20' 'a 2022-01-09T10:20'
    try sessionize -k u -t t --gap 15m
    gives 0 '' 'u t Session' 'a 2022-01-09T10:00 1' 'b 2022-01-09T09:00 1' 'a 2022-01-09T10:10 1' \
        'b 2022-01-09T09:20 2' 'a 2022-01-09T10:20 1'
}

@test "fractions of a second count, exactly: 899.5 s and 900 s are not the same gap" {
    given 't u' '2022-01-09T10:00:00.5 a' '2022-01-09T10:15 a' '2022-01-09T10:30 a' \
        '2022-01-09T10:44:59.999999999999999999 a' '2022-01-09T10:59:59.999999999999999998 a'
    try sessionize -k u -t t --gap 15m
    gives 0 '' 't u Session' '2022-01-09T10:00:00.5 a 1' '2022-01-09T10:15 a 1' '2022-01-09T10:30 a 2' \
        '2022-01-09T10:44:59.999999999999999999 a 2' '2022-01-09T10:59:59.999999999999999998 a 2'
    try sessionize -k u -t t --gap 899.5s
    gives 0 '' 't u Session' '2022-01-09T10:00:00.5 a 1' '2022-01-09T10:15 a 2' '2022-01-09T10:30 a 3' \
        '2022-01-09T10:44:59.999999999999999999 a 4' '2022-01-09T10:59:59.999999999999999998 a 5'
}

@test "times finer than 18 decimal places are bad, except for zeros at the end" {
    given 'u t' 'a 2022-01-09T10:00:00.1234567890123456780000'
    try sessionize -k u -t t --gap 1
    gives 0 '' 'u t Session' 'a 2022-01-09T10:00:00.1234567890123456780000 1'
    given 'u t' 'a 2022-01-09T10:00:00.1234567890123456781'
    try sessionize -k u -t t --gap 1
    gives 1 'sessionize: line 2: column t: "2022-01-09T10:00:00.1234567890123456781" is finer than 18 decimal places of a second' \
        'u t Session' '\! sessionize line\s2:\scolumn\st:\s"2022-01-09T10:00:00.1234567890123456781"\sis\sfiner\sthan\s18\sdecimal\splaces\sof\sa\ssecond'
    given 'a 0.000000000001' 'a 0.0000000000010'
    try sessionize -N -k 1 -t 2 --gap 1 --epoch us
    gives 0 '' 'a 0.000000000001 1' 'a 0.0000000000010 1'
    given 'a 0.0000000000001'
    try sessionize -N -k 1 -t 2 --gap 1 --epoch us
    gives 1 '*is finer than*' '\! sessionize line\s1:\scolumn\s2:\s"0.0000000000001"\sis\sfiner\sthan\s18\sdecimal\splaces\sof\sa\ssecond'
}

@test "--gap in any unit, exactly: a shorter time begins no session" {
    local gap us
    while read -r gap us; do
        given_bytes 'k\t0\nk\t%s\nk\t%s\n' "$((us - 1)).9999" "$((2 * us - 1)).9999"
        try sessionize -N -k 1 -t 2 --epoch us --gap "$gap"
        gives_bytes 0 '' 'k\t0\t1\nk\t%s\t1\nk\t%s\t2\n' "$((us - 1)).9999" "$((2 * us - 1)).9999" || {
            echo "--gap $gap"
            return 1
        }
    done << 'END'
15m 900000000
900 900000000
900s 900000000
899.5s 899500000
1.5h 5400000000
500ms 500000
0.5ms 500
7us 7
1d 86400000000
0.25d 21600000000
END
}

@test "records at equal times are in one session, except with a gap of 0" {
    given 'u t' 'a 2022-01-09' 'a 2022-01-09T00:00:00.000Z' 'a 2022-01-09T01:00+01:00'
    try sessionize -k u -t t --gap 1us
    gives 0 '' 'u t Session' 'a 2022-01-09 1' 'a 2022-01-09T00:00:00.000Z 1' 'a 2022-01-09T01:00+01:00 1'
    for gap in 0 0s 0.0d; do
        try sessionize -k u -t t --gap $gap
        gives 0 '' 'u t Session' 'a 2022-01-09 1' 'a 2022-01-09T00:00:00.000Z 2' 'a 2022-01-09T01:00+01:00 3'
    done
}

@test "the longest gap: from the first possible time to the last" {
    given 'u t' 'a 0001-01-01' 'a 9999-12-31T23:59:59.999999999999999999'
    for gap in 3652059d 10000000000000000000s 100000000000000d; do
        try sessionize -k u -t t --gap $gap
        gives 0 '' 'u t Session' 'a 0001-01-01 1' 'a 9999-12-31T23:59:59.999999999999999999 1'
    done
    try sessionize -k u -t t --gap 315537897599.999999999999999999s
    gives 0 '' 'u t Session' 'a 0001-01-01 1' 'a 9999-12-31T23:59:59.999999999999999999 2'
}

@test "midnight, New Year, a leap day, a leap second and the epoch are ordinary times" {
    given 'u t' 'a 1969-12-31T23:59:59.9' 'a 1970-01-01T00:00:00.1' 'b 2016-12-31T23:59:59.5Z' 'b 2016-12-31T23:59:60Z' \
        'b 2017-01-01T00:00:00.5Z' 'c 2024-02-28T23:59:59' 'c 2024-02-29' 'c 2024-03-01' 'd 2022-03-27T01:59:59+01:00' \
        'd 2022-03-27T03:00+02:00'
    try sessionize -k u -t t --gap 1s -s
    gives 0 '' 'u Session Start End Events' 'c 1 2024-02-28T23:59:59 2024-02-28T23:59:59 1' \
        'c 2 2024-02-29 2024-02-29 1' 'd 1 2022-03-27T01:59:59+01:00 2022-03-27T01:59:59+01:00 1' \
        'a 1 1969-12-31T23:59:59.9 1970-01-01T00:00:00.1 2' 'b 1 2016-12-31T23:59:59.5Z 2017-01-01T00:00:00.5Z 3' \
        'c 3 2024-03-01 2024-03-01 1' 'd 2 2022-03-27T03:00+02:00 2022-03-27T03:00+02:00 1'
}

@test "--epoch: seconds, milliseconds, microseconds, with fractions, also before 1970" {
    given 'u t' 'a -1.5' 'a -0.5' 'a -0' 'a 0.5' 'a 1.49' 'a 2.49'
    try sessionize -k u -t t --epoch s --gap 1
    gives 0 '' 'u t Session' 'a -1.5 1' 'a -0.5 2' 'a -0 2' 'a 0.5 2' 'a 1.49 2' 'a 2.49 3'
    try sessionize -k u -t t --epoch ms --gap 1ms
    gives 0 '' 'u t Session' 'a -1.5 1' 'a -0.5 2' 'a -0 2' 'a 0.5 2' 'a 1.49 2' 'a 2.49 3'
    try sessionize -k u -t t --epoch us --gap 1us
    gives 0 '' 'u t Session' 'a -1.5 1' 'a -0.5 2' 'a -0 2' 'a 0.5 2' 'a 1.49 2' 'a 2.49 3'
    given 'u t' 'a 253402300799.9' 'a 253402300800'
    try sessionize -k u -t t --epoch s --gap 1
    gives 1 'sessionize: line 3: column t: "253402300800" is not a time' 'u t Session' 'a 253402300799.9 1' \
        '\! sessionize line\s3:\scolumn\st:\s"253402300800"\sis\snot\sa\stime'
}

@test "time that runs backwards within a key is bad and names both lines" {
    local advice='sort the records by time first: keep-header sort -t TAB -k 2,2'
    local sort=${advice// /\\s}
    given 'u t' 'a 2022-01-09T10:00' 'b 2022-01-09T09:00' 'a 2022-01-09T09:59:59.9' 'a 2022-01-09T10:01'
    try sessionize -k u -t t --gap 15m
    gives 1 'sessionize: line 4: column t: "2022-01-09T09:59:59.9" is earlier than that of line 2; '"$advice" \
        'u t Session' 'a 2022-01-09T10:00 1' 'b 2022-01-09T09:00 1' \
        '\! sessionize line\s4:\scolumn\st:\s"2022-01-09T09:59:59.9"\sis\searlier\sthan\sthat\sof\sline\s2;\s'"$sort"
    try sessionize -k u -t t --gap 15m -s
    gives 1 '*line 4*earlier than that of line 2; '"$advice" 'u Session Start End Events' \
        '\! sessionize line\s4:\scolumn\st:\s"2022-01-09T09:59:59.9"\sis\searlier\sthan\sthat\sof\sline\s2;\s'"$sort"
}

@test "a record rejected because time runs backwards has no effect on later records" {
    local advice='sort the records by time first: keep-header sort -t TAB -k 2,2'
    given 'u t e' 'a 2022-01-09T10:00 x' 'a 2022-01-09T08:00 y' 'a 2022-01-09T09:00 x' 'a 2022-01-09T10:14 x' 'b \N y' \
        'b 2022-01-09 x'
    try sessionize -k u -t t --gap 15m -r "$BATS_TEST_TMPDIR/rejects"
    gives 0 "sessionize: 6 read, 3 in 2 sessions, 3 rejected to $BATS_TEST_TMPDIR/rejects" 'u t e Session' \
        'a 2022-01-09T10:00 x 1' 'a 2022-01-09T10:14 x 1' 'b 2022-01-09 x 1'
    cut -f 1,2 "$BATS_TEST_TMPDIR/rejects" | diff - <(printf '%s\t%s\n' line reason \
        3 'column t: "2022-01-09T08:00" is earlier than that of line 2; '"$advice" \
        4 'column t: "2022-01-09T09:00" is earlier than that of line 2; '"$advice" \
        6 'column t: "\\N" is not a time')
    try sessionize -k u -t t --gap 15m -r "$BATS_TEST_TMPDIR/rejects" -s --flag 'Y=e~y'
    gives 0 "sessionize: 6 read, 3 in 2 sessions, 3 rejected to $BATS_TEST_TMPDIR/rejects" \
        'u Session Start End Events Y' 'a 1 2022-01-09T10:00 2022-01-09T10:14 2 N' 'b 1 2022-01-09 2022-01-09 1 N'
}

@test "invalid times are bad: null, empty, text, a day that does not exist" {
    local time
    for time in '\N' '' soon 2023-02-29 2022-01-09T24:00 1641722400; do
        given_bytes 'u\tt\na\t%s\n' "$time"
        try sessionize -k u -t t --gap 15m
        [ "$status" -eq 1 ]
        [ "$(cat "$BATS_TEST_TMPDIR/err")" = "sessionize: line 2: column t: \"$time\" is not a time" ]
    done
    for time in '\N' '' 2022-01-09 1e3 +1 1. .5 0x1 nan; do
        given_bytes 'u\tt\na\t%s\n' "$time"
        try sessionize -k u -t t --gap 15m --epoch s
        [ "$status" -eq 1 ]
        [ "$(cat "$BATS_TEST_TMPDIR/err")" = "sessionize: line 2: column t: \"$time\" is not a time" ]
    done
}

@test "keys are bytes: null and the empty string are two keys, case matters, and so does each column" {
    given 'u v t' '\N 1 2022-01-09' ' 1 2022-01-09' '\\N 1 2022-01-09' 'A 1 2022-01-09' 'a 1 2022-01-09' \
        'a 2 2022-01-09' '\N 1 2022-01-10' ' 1 2022-01-10'
    try sessionize -k u,v -t t --gap 1d
    gives 0 '' 'u v t Session' '\N 1 2022-01-09 1' ' 1 2022-01-09 1' '\\N 1 2022-01-09 1' 'A 1 2022-01-09 1' \
        'a 1 2022-01-09 1' 'a 2 2022-01-09 1' '\N 1 2022-01-10 2' ' 1 2022-01-10 2'
    given 'a t b' 'x 2022-01-09 yz' 'xy 2022-01-09 z'
    try sessionize -k a,b -t t --gap 1d -s
    gives 0 '' 'a b Session Start End Events' 'x yz 1 2022-01-09 2022-01-09 1' 'xy z 1 2022-01-09 2022-01-09 1'
}

@test "-i ignores case in keys; -s spells a key as the first record of the session does" {
    given 'u d t' 'Ab X 2022-01-09' 'aB x 2022-01-09' '\N x 2022-01-09' '\n x 2022-01-09' 'É x 2022-01-09' \
        'é x 2022-01-09' 'AB x 2022-01-10' 'ab x 2022-01-10'
    try sessionize -i -k u,d -t t --gap 1d
    gives 0 '' 'u d t Session' 'Ab X 2022-01-09 1' 'aB x 2022-01-09 1' '\N x 2022-01-09 1' '\n x 2022-01-09 1' \
        'É x 2022-01-09 1' 'é x 2022-01-09 1' 'AB x 2022-01-10 2' 'ab x 2022-01-10 2'
    try sessionize -i -k u,d -t t --gap 1d -s
    gives 0 '' 'u d Session Start End Events' 'Ab X 1 2022-01-09 2022-01-09 2' 'AB x 2 2022-01-10 2022-01-10 2' \
        '\N x 1 2022-01-09 2022-01-09 1' '\n x 1 2022-01-09 2022-01-09 1' 'É x 1 2022-01-09 2022-01-09 2'
    try sessionize -i -k d,u -t t --gap 1d -s
    [ "$(sed -n 2p "$BATS_TEST_TMPDIR/out")" = 'X	Ab	1	2022-01-09	2022-01-09	2' ]
}

@test "-s: a session is written when the next one of its key begins, the last ones at the end as keys appeared" {
    given 'u t' 'c 10' 'a 10' 'b 10' 'a 30' 'c 11' 'c 40' 'a 50'
    try sessionize -k u -t t --epoch s --gap 10 -s
    gives 0 '' 'u Session Start End Events' 'a 1 10 10 1' 'c 1 10 11 2' 'a 2 30 30 1' 'c 2 40 40 1' 'a 3 50 50 1' \
        'b 1 10 10 1'
}

@test "-s: Start and End as spelled in the input, short or long" {
    given 'u t' 'a 2022-01-09T10:00:00.000000000000000000000000000000000000Z' 'a 2022-01-10' 'b 2022-01-09' \
        'b 2022-01-09T00:00:00.000000000000000000000000000000000000+00:00'
    try sessionize -k u -t t --gap 1d -s
    gives 0 '' 'u Session Start End Events' \
        'a 1 2022-01-09T10:00:00.000000000000000000000000000000000000Z 2022-01-10 2' \
        'b 1 2022-01-09 2022-01-09T00:00:00.000000000000000000000000000000000000+00:00 2'
}

@test "--flag: Y if a record of the session matches, columns in the order given" {
    given 'u t e' 'a 1 Ride\sStarted' 'a 2 Map' 'b 1 Map' 'a 20 Map' 'b 2 Rating\sScreen'
    try sessionize -k u -t t --epoch s --gap 10 -s --flag 'Booked=e~^(Ride (Started|Done)|Rating Screen)$' --flag 'map=3~^M' \
        --flag 'None=e~x'
    gives 0 '' 'u Session Start End Events Booked map None' 'a 1 1 2 2 Y Y N' 'a 2 20 20 1 N Y N' 'b 1 1 2 2 Y Y N'
}

@test "--flag matches the value, not its spelling; null never matches, case matters" {
    local regex want
    given 't e' '1 a\tb' '2 \N' '3 ' '4 \\N' '5 x\ny' '6 é'
    while read -r regex want; do
        try sessionize -k e -t t --epoch s --gap 1 -s --flag "F=e~$regex"
        [ "$(tail -n +2 "$BATS_TEST_TMPDIR/out" | cut -f 6 | tr -d '\n')" = "$want" ] || {
            echo "$regex: $(cat "$BATS_TEST_TMPDIR/out")"
            return 1
        }
    done << 'END'
^a[[:space:]]b$ YNNNNN
N NNNYNN
^\\N$ NNNYNN
^$ NNYNNN
. YNNYYY
^..$ NNNYNY
^x.y$ NNNNYN
^y NNNNNN
[[:upper:]] NNNYNN
(a|x)(.)[by] YNNNYN
a{1,2} YNNNNN
B NNNNNN
END
}

@test "--flag: a name may have escapes, an expression may contain = and ~" {
    given 'u=1 t' 'a~b=c 1'
    try sessionize -k u=1 -t t --epoch s --gap 1 -s --flag 'f\tg=u=1~~b=' --flag 'h=1~=~'
    gives 0 '' 'u=1 Session Start End Events f\tg h' 'a~b=c 1 1 1 1 Y N'
}

@test "an invalid --flag, or one without -s, is a usage error" {
    local flag
    given 'u t' 'a 1'
    try sessionize -k u -t t --epoch s --gap 1 --flag 'F=u~x'
    gives 2 "sessionize: --flag requires --summary (try*"
    for flag in F '=u~x' ''; do
        try sessionize -k u -t t --epoch s --gap 1 -s --flag "$flag"
        gives 2 "sessionize: --flag: \"$flag\" must be NAME=CONDITION (try*"
    done
    for flag in F=u '~=u' 'F~u=x'; do
        try sessionize -k u -t t --epoch s --gap 1 -s --flag "$flag"
        gives 2 "sessionize: \"${flag#*=}\" must be COL[[]:TYPE]OP VALUE; OP must be one of * (try*"
    done
    try sessionize -k u -t t --epoch s --gap 1 -s --flag 'F=t:int>1'
    gives 2 'sessionize: --flag: a condition must not have a type (try*'
    try sessionize -k u -t t --epoch s --gap 1 -s --flag 'F=u~(x'
    gives 2 'sessionize: u~(x: "(x" has an invalid regular expression: * (try*'
    try sessionize -k u -t t --epoch s --gap 1 -s --flag 'F=none~x'
    gives 2 'sessionize: unknown column none; the columns are u, t (try*'
    try sessionize -k u -t t --epoch s --gap 1 -s --flag $'F\tG=u~x'
    gives 2 'sessionize: --flag: "F\\x09G=u~x" has a name that must be escaped as in a header line (try*'
    # shellcheck disable=SC2046 # words are meant
    try sessionize -k u -t t --epoch s --gap 1 -s $(seq -f '--flag F%g=u~a' 65)
    gives 2 'sessionize: --flag can be given at most 64 times (try*'
    # shellcheck disable=SC2046 # words are meant
    try sessionize -k u -t t --epoch s --gap 1 -s $(seq -f '--flag F%g=u~a' 63) --flag F64=u~b
    [ "$status" -eq 0 ]
    [ "$(tail -n 1 "$BATS_TEST_TMPDIR/out" | cut -f 6- | tr -d '\t')" = "$(printf 'Y%.0s' $(seq 63))N" ]
}

@test "a duplicate output column is a usage error" {
    given 'Session t' 'a 1'
    try sessionize -k t -t t --epoch s --gap 1
    gives 2 'sessionize: output: duplicate column Session (try*'
    try sessionize -k Session -t t --epoch s --gap 1 -s
    gives 2 'sessionize: output: duplicate column Session (try*'
    try sessionize -k t -t t --epoch s --gap 1 -s --flag 'Events=t~1'
    gives 2 'sessionize: output: duplicate column Events (try*'
    try sessionize -k t,1 -t t --epoch s --gap 1 -s --flag 't=t~1'
    gives 2 'sessionize: output: duplicate column * (try*'
    given 'Start t End' 'a 1 b'
    try sessionize -k t -t t --epoch s --gap 1 -s
    gives 0 '' 't Session Start End Events' '1 1 1 1 1'
}

@test "a missing option and an invalid duration are usage errors" {
    local gap
    given 'u t' 'a 1'
    try sessionize -t t --gap 1
    gives 2 'sessionize: --key is required (try*'
    try sessionize -k u --gap 1
    gives 2 'sessionize: --time is required (try*'
    try sessionize -k u -t t
    gives 2 'sessionize: --gap is required (try*'
    for gap in '' s 1x 1S 15M -1 -0 +1 1e3 1.s .5s 01 1h30m '1 h' ' 1' 1,5 inf 1.0000000000000000001s 0.0000000000001us \
        1000000000000000000000000000000000000000 1000000000000000000d; do
        try sessionize -k u -t t --epoch s "--gap=$gap"
        gives 2 "sessionize: --gap: \"$gap\" must be a duration such as 15m or 899.5s; the units are us, ms, s, m, h, d (*" || {
            echo "--gap '$gap'"
            return 1
        }
    done
    try sessionize -k u -t t --gap 1 --epoch ns
    gives 2 'sessionize: --epoch: "ns" must be one of s, ms, us (try*'
    try sessionize -k u -t none --gap 1
    gives 2 'sessionize: --time: unknown column none; the columns are u, t (try*'
    try sessionize -k u,none -t t --gap 1
    gives 2 'sessionize: --key: unknown column none; the columns are u, t (try*'
    try sessionize -k u -t t --gap 1 file
    gives 2 'sessionize: unexpected operand "*"; records are read from standard input (try*'
}

@test "-N: columns by number, no header line" {
    given 'a 1 x' 'a 5 y'
    try sessionize -N -k 1 -t 2 --epoch s --gap 5
    gives 0 '' 'a 1 x 1' 'a 5 y 1'
    try sessionize -N -k 3,1 -t 2 --epoch s --gap 4 -s --flag 'F=3~y'
    gives 0 '' 'x a 1 1 1 1 N' 'y a 1 5 5 1 Y'
    given
    try sessionize -N -k 1 -t 2 --gap 5 -s --flag 'F=3~y'
    gives 0 ''
}

@test "only a header; an end mark; a failed input gives no unfinished session" {
    given 'u t'
    try sessionize -k u -t t --gap 1
    gives 0 '' 'u t Session'
    try sessionize -k u -t t --gap 1 -s
    gives 0 '' 'u Session Start End Events'
    given 'u t' 'a 2022-01-09' 'a 2022-01-10' '\.'
    try sessionize -k u -t t --gap 1d -s
    gives 0 '' 'u Session Start End Events' 'a 1 2022-01-09 2022-01-09 1' 'a 2 2022-01-10 2022-01-10 1' '\.'
    given 'u t' 'a 2022-01-09' 'a 2022-01-10' '\! csv2tsv broken'
    try sessionize -k u -t t --gap 1d -s
    gives 1 'sessionize: input failed: broken' 'u Session Start End Events' 'a 1 2022-01-09 2022-01-09 1' \
        '\! csv2tsv broken'
}

@test "the output does not depend on locale, time zone or run" {
    given 'u t' 'É 2022-03-27T01:30' 'i 2022-03-27T01:59' 'I 2022-03-27T02:10' 'é 2022-03-27T03:10' 'É 2022-03-27T03:10'
    try sessionize -i -k u -t t --gap 15m -s --flag 'F=u~^.i?.$'
    cp "$BATS_TEST_TMPDIR/out" "$BATS_TEST_TMPDIR/first"
    for locale in C.UTF-8 de_DE.UTF-8 tr_TR.UTF-8; do
        try env LC_ALL=$locale TZ=Europe/Berlin sessionize -i -k u -t t --gap 15m -s --flag 'F=u~^.i?.$'
        cmp "$BATS_TEST_TMPDIR/first" "$BATS_TEST_TMPDIR/out"
    done
}

@test "many keys and long keys: each has its own sessions" {
    awk 'BEGIN { long = sprintf("%5000s", ""); gsub(" ", "x", long)
        print "u\tt"
        for (round = 0; round < 3; round++)
            for (i = 0; i < 20000; i++)
                print (i % 1000 ? i : long i) "\t" round * 10 + i % 10 }' > "$BATS_TEST_TMPDIR/in"
    try sessionize -k u -t t --epoch s --gap 10 -s
    [ "$status" -eq 0 ]
    awk -F '\t' 'NR > 1 { if ($3 != $4 || $5 != 1 || $2 != ++last[$1]) exit 1 } END { if (NR != 60001) exit 1 }' \
        "$BATS_TEST_TMPDIR/out"
    try sessionize -k u -t t --epoch s --gap 11 -s
    [ "$(wc -l < "$BATS_TEST_TMPDIR/out")" -eq 20001 ]
    [ "$(cut -f 5 "$BATS_TEST_TMPDIR/out" | sort -u | tr '\n' ' ')" = '3 Events ' ]
}

# Random events, as records with numbers and as summaries.
@test "the same sessions as SQLite's window functions" {
    python3 "$ROOT/t/lib/sessions_against_sqlite.py"
}

@test "--flag: an escape that POSIX leaves undefined is a usage error; in a bracket expression it is none" {
    for regex in '\d+' 'a\b' '[0-9]\w' '\<x' 'x\'; do
        given 'u t' '1 2'
        try sessionize -k u -t t --epoch s --gap 1 -s --flag "F=u~$regex"
        gives 2 'sessionize: u~*: "*" has *'
    done
    for regex in '^[\d1]$' '^\(?[[:digit:]]\)?$' '^[]\d1]$' '^[^\d]$'; do
        given 'u t' '1 2'
        try sessionize -k u -t t --epoch s --gap 1 -s --flag "F=u~$regex"
        gives 0 '' 'u Session Start End Events F' '1 1 2 2 1 Y'
    done
}
