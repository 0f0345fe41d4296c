# Units of minutes and hours of weekagg, and which units it writes: --whole, --fill-all.

load helper

@test "-u 15m, 6h: minutes and hours that divide a day, on the clock" {
    given t 2022-01-01T00:00 2022-01-01T00:14:59 2022-01-01T00:15 2022-01-01T23:59:59.9 1969-12-31T23:46 0001-01-01
    try weekagg -t t -u 15m
    gives 0 '' 'Time Count' '0001-01-01T00:00 1' '1969-12-31T23:45 1' '2022-01-01T00:00 2' '2022-01-01T00:15 1' '2022-01-01T23:45 1'
    try weekagg -t t -u 6h
    gives 0 '' 'Hour Count' '0001-01-01T00 1' '1969-12-31T18 1' '2022-01-01T00 3' '2022-01-01T18 1'
    try weekagg -t t -u 90m
    gives 0 '' 'Time Count' '0001-01-01T00:00 1' '1969-12-31T22:30 1' '2022-01-01T00:00 3' '2022-01-01T22:30 1'
    try weekagg -t t -u 24h
    gives 0 '' 'Hour Count' '0001-01-01T00 1' '1969-12-31T00 1' '2022-01-01T00 4'
    try weekagg -t t -u 1h
    cp "$BATS_TEST_TMPDIR/out" "$BATS_TEST_TMPDIR/hours"
    try weekagg -t t -u hour
    cmp "$BATS_TEST_TMPDIR/out" "$BATS_TEST_TMPDIR/hours"
}

@test "-u: every number of minutes and hours that divides a day: equal to awk" {
    local n
    awk 'BEGIN { print "t"; for (i = 0; i < 20000; i++) print i * 7919 % 604800 }' > "$BATS_TEST_TMPDIR/in"
    for n in $(seq 1 1440); do
        [ $((1440 % n)) -eq 0 ] || continue
        try weekagg -t t --epoch s -u ${n}m
        tail -n +2 "$BATS_TEST_TMPDIR/in" | awk -v s=$((n * 60)) '
            { n[$1 - $1 % s]++ }
            END {
                for (t in n)
                    printf "1970-01-%02dT%02d:%02d\t%d\n", t / 86400 + 1, t % 86400 / 3600, t % 3600 / 60, n[t]
            }' | sort | cmp - <(tail -n +2 "$BATS_TEST_TMPDIR/out")
    done
    for n in 1 2 3 4 6 8 12 24; do
        try weekagg -t t --epoch s -u ${n}h
        weekagg -t t --epoch s -u $((60 * n))m < "$BATS_TEST_TMPDIR/in" | sed 's/:00\t/\t/; 1s/Time/Hour/' |
            cmp - "$BATS_TEST_TMPDIR/out"
    done
}

@test "-u: other numbers are usage errors that say what is possible" {
    local unit
    given t 2022-01-01
    for unit in 7m 5h 721m 1441m 2880m 25h 48h 99999999999999999999m 18446744073709551617m '' 0m 0h m h 15 15s 15min 1.5h \
        -1h 015m '15 m' 15M 2d 15mh; do
        try weekagg -t t --unit="$unit"
        gives 2 "weekagg: --unit: \"$unit\" must be one of week, day, month, quarter, year, hour, or minutes or hours that divide a day, such as 15m or 6h (*"
    done
    try weekagg -t t -u 15m -w iso
    gives 2 'weekagg: --week requires --unit week (*'
    try weekagg -t t -u day --offset
    gives 2 'weekagg: --offset requires a unit of hours or minutes (*'
}

@test "-u 15m and 6h in local time, with and without --offset" {
    [ -e /usr/share/zoneinfo/Europe/Berlin ] || skip 'no time zones (tzdata)'
    given t 2024-10-27T00:20Z 2024-10-27T01:20Z 2024-10-27T01:30Z 2024-10-27T05:00Z
    try weekagg -t t -u 15m -z Europe/Berlin
    gives 0 '' 'Time Count' '2024-10-27T02:15 2' '2024-10-27T02:30 1' '2024-10-27T06:00 1'
    try weekagg -t t -u 15m -z Europe/Berlin --offset
    gives 0 '' 'Time Count' '2024-10-27T02:15+02:00 1' '2024-10-27T02:15+01:00 1' '2024-10-27T02:30+01:00 1' \
        '2024-10-27T06:00+01:00 1'
    try weekagg -t t -u 6h -z Europe/Berlin
    gives 0 '' 'Hour Count' '2024-10-27T00 3' '2024-10-27T06 1'
    try weekagg -t t -u 6h -z Europe/Berlin --offset
    gives 0 '' 'Hour Count' '2024-10-27T00+02:00 1' '2024-10-27T00+01:00 2' '2024-10-27T06+01:00 1'
}

@test "--merge of minutes and hours; what is no unit is bad" {
    local bad
    given 'Time n' '2022-01-01T00:45 1' '2022-01-01T00:15 2' 'Time n' '2022-01-01T00:15 3'
    try weekagg --merge -u 15m
    gives 0 '' 'Time n' '2022-01-01T00:15 5' '2022-01-01T00:45 1'
    try weekagg --merge -u 15m --fill n=count
    gives 0 '' 'Time n' '2022-01-01T00:15 5' '2022-01-01T00:30 0' '2022-01-01T00:45 1'
    for bad in 2022-01-01T00:05 2022-01-01T24:00 2022-01-01T00 2022-01-01T00:60 2022-01-01T00:15+00:00; do
        given 'Time n' "$bad 1"
        try weekagg --merge -u 15m
        gives 1 "weekagg: line 2: column Time: \"$bad\" is not a bucket of this unit" 'Time n' \
            "\\! weekagg line\\s2:\\scolumn\\sTime:\\s\"$bad\"\\sis\\snot\\sa\\sbucket\\sof\\sthis\\sunit"
    done
    for bad in 2022-01-01T05+00:00 2022-01-01T06 2022-01-01T06+30:00 2022-01-01T06+00:9999; do
        given 'Hour n' "$bad 1"
        try weekagg --merge -u 6h --offset
        [ "$status" -eq 1 ]
        grep -q 'is not a bucket of this unit$' "$BATS_TEST_TMPDIR/err"
    done
}

@test "--whole: without weeks that New Year cuts, and ends that the input does not reach" {
    given t 2021-12-20 2021-12-30 2022-01-01 2022-01-05 2022-01-15 2022-01-16
    try weekagg -t t --whole
    gives 0 '' 'Year WeekNumber Count' '2021 51 1' '2022 1 1' '2022 2 2'
    try weekagg -t t --whole -w iso
    gives 0 '' 'Year WeekNumber Count' '2021 51 1' '2021 52 2' '2022 1 1' '2022 2 2'
    try weekagg -t t --whole -w date --fill
    gives 0 '' 'Week Count' '2021-12-20 1' '2021-12-27 2' '2022-01-03 1' '2022-01-10 2'
    try weekagg -t t --whole -w sunday
    gives 0 '' 'Year WeekNumber Count' '2022 1 1' '2022 2 1'
    try weekagg -t t --whole -u month
    gives 0 '' 'Month Count'
    try weekagg -t t --whole -u day # dates are whole days
    gives 0 '' 'Date Count' '2021-12-20 1' '2021-12-30 1' '2022-01-01 1' '2022-01-05 1' '2022-01-15 1' '2022-01-16 1'
    given t 2023-01-01 2023-12-30 2024-01-03 2024-01-07 # 2023 begins on a Sunday and ends on one, 2024 begins on a Monday
    try weekagg -t t --whole --fill
    [ "$(sed -n '2p;$p' "$BATS_TEST_TMPDIR/out" | tr '\t\n' '- ')" = '2023-1-0 2024-1-2 ' ]
    [ "$(wc -l < "$BATS_TEST_TMPDIR/out")" -eq 54 ]
}

@test "--partial NAME: 1 for the units that --whole leaves out, else 0" {
    local options in=$BATS_TEST_TMPDIR/in
    given t 2021-12-20 2021-12-30 2022-01-01 2022-01-05 2022-01-15 2022-01-16
    try weekagg -t t --partial cut n=count
    gives 0 '' 'Year WeekNumber cut n' '2021 51 0 1' '2021 52 1 1' '2022 0 1 1' '2022 1 0 1' '2022 2 0 2'
    given 't g' '2021-12-22 a' '2022-02-03T10:20 b' '2022-01-05 b' '2022-01-05 a'
    for options in '-w iso' '-w date --fill-all' '-u month' '-u day' '-u hour' '-z Europe/Berlin -u 6h --offset'; do
        # shellcheck disable=SC2086 # words are meant
        diff <(weekagg -t t -g g $options --whole < "$in") \
            <(weekagg -t t -g g $options --partial p < "$in" | where p=0 | pick -x p)
        # shellcheck disable=SC2086
        diff <(weekagg -t t -g g $options < "$in") <(weekagg -t t -g g $options --partial p < "$in" | pick -x p)
    done
    try weekagg -t t --partial p --whole
    gives 2 'weekagg: --partial and --whole cannot be combined: *'
    try weekagg -t t --partial p --merge
    gives 2 'weekagg: --merge and --partial cannot be combined: *'
    try weekagg -t t --partial 'a\q'
    gives 2 'weekagg: --partial: "a\\q" must be escaped as in a header line *'
    try weekagg -t t --partial Year
    [ "$status" -eq 2 ]
}

@test "--whole: an end is reached by a time in its last day, hour, minute or second" {
    given t 2022-01-03T17:00 2022-01-09T08:30
    try weekagg -t t --whole
    gives 0 '' 'Year WeekNumber Count' '2022 1 2'
    try weekagg -t t --whole -u day
    gives 0 '' 'Date Count'
    given t 2022-01-03T00:59 2022-01-03T23:00
    try weekagg -t t --whole -u day
    gives 0 '' 'Date Count' '2022-01-03 2'
    given t 2022-01-03T01:00 2022-01-04T22:59:59
    try weekagg -t t --whole -u day
    gives 0 '' 'Date Count'
    given t 2022-01-03T10:00:59 2022-01-03T10:30 2022-01-03T10:59
    try weekagg -t t --whole -u hour
    gives 0 '' 'Hour Count' '2022-01-03T10 3'
    try weekagg -t t --whole -u 15m
    gives 0 '' 'Time Count' '2022-01-03T10:00 1' '2022-01-03T10:30 1' '2022-01-03T10:45 1'
    try weekagg -t t --whole -u 1m
    gives 0 '' 'Time Count' '2022-01-03T10:30 1'
    given t 2022-01-03T10:00:59 2022-01-03T10:30 2022-01-03T10:58:59
    try weekagg -t t --whole -u 15m
    gives 0 '' 'Time Count' '2022-01-03T10:00 1' '2022-01-03T10:30 1'
    given t 2022-01-03T10:00 2022-01-03T10:44:00 # on the minute: whole minutes
    try weekagg -t t --whole -u 1m
    gives 0 '' 'Time Count' '2022-01-03T10:00 1' '2022-01-03T10:44 1'
    given t 2022-01-03T10:00 2022-01-03T15:00
    try weekagg -t t --whole -u 6h # from 06 and from 12
    gives 0 '' 'Hour Count'
    given t 2022-01-03T06:00 2022-01-03T17:00 # on the hour: whole hours
    try weekagg -t t --whole -u 6h
    gives 0 '' 'Hour Count' '2022-01-03T06 1' '2022-01-03T12 1'
    given t
    try weekagg -t t --whole --fill-all
    gives 0 '' 'Year WeekNumber Count'
}

@test "--whole: the ends are those of all groups and of the records that count" {
    given 'g t v' 'a 2022-01-05 1' 'b 2022-01-03 1' 'a 2022-01-12 1' 'b 2022-01-16 1' 'a 2022-01-31 x'
    try weekagg -t t -g g --whole sum:v -r /dev/null
    gives 0 'weekagg: 5 read, 4 aggregated, 1 rejected to /dev/null' 'g Year WeekNumber sum_v' 'a 2022 1 1' 'a 2022 2 1' \
        'b 2022 1 1' 'b 2022 2 1'
    try weekagg -t t -g g --whole count
    gives 0 '' 'g Year WeekNumber Count' 'a 2022 1 1' 'a 2022 2 1' 'b 2022 1 1' 'b 2022 2 1'
}

@test "--whole: a total in a unit that is cut short may have too many digits" {
    local nines=99999999999999999999999999999999999999
    given 't v' "2022-01-02 $nines" "2022-01-02 1" '2022-01-03 5' '2022-01-09 5' "2022-01-10 $nines" '2022-01-10 1'
    try weekagg -t t --whole sum:v
    gives 0 '' 'Year WeekNumber sum_v' '2022 1 10'
    try weekagg -t t sum:v
    [ "$status" -eq 1 ]
}

@test "--fill-all: every group over the range of all" {
    given 'g t' 'a 2022-01-02' 'b 2022-03-01' 'c 2022-02-01' 'a 2022-04-01'
    try weekagg -t t -g g -u month --fill-all count sum:t -r /dev/null
    gives 0 'weekagg: 4 read, 0 aggregated, 4 rejected to /dev/null' 'g Month Count sum_t'
    try weekagg -t t -g g -u month --fill-all count max:t
    gives 0 '' 'g Month Count max_t' 'a 2022-01 1 2022-01-02' 'a 2022-02 0 \N' 'a 2022-03 0 \N' 'a 2022-04 1 2022-04-01' \
        'b 2022-01 0 \N' 'b 2022-02 0 \N' 'b 2022-03 1 2022-03-01' 'b 2022-04 0 \N' 'c 2022-01 0 \N' \
        'c 2022-02 1 2022-02-01' 'c 2022-03 0 \N' 'c 2022-04 0 \N'
    try weekagg -t t -g g -u year --fill-all
    gives 0 '' 'g Year Count' 'a 2022 2' 'b 2022 1' 'c 2022 1'
    given t 9999-11-05 9999-12-31
    try weekagg -t t -u month --fill-all --whole
    gives 0 '' 'Month Count' '9999-12 1'
}

@test "--fill-all --whole: a group that was seen only in a unit cut short has the others with 0" {
    given 'g t' 'old 2021-12-31' 'a 2022-01-03' 'a 2022-01-16' 'new 2022-01-17'
    try weekagg -t t -g g --fill-all --whole
    gives 0 '' 'g Year WeekNumber Count' 'a 2022 1 1' 'a 2022 2 1' 'new 2022 1 0' 'new 2022 2 0' 'old 2022 1 0' 'old 2022 2 0'
}

@test "--merge --fill-all, also with buckets that the zone skips" {
    [ -e /usr/share/zoneinfo/Pacific/Apia ] || skip 'no time zones (tzdata)'
    given 'g Date n' 'a 2011-12-29 1' 'b 2011-12-30 1' 'c 2011-12-31 1'
    try weekagg --merge -u day -z Pacific/Apia --fill-all n=count
    gives 0 '' 'g Date n' 'a 2011-12-29 1' 'a 2011-12-31 0' 'b 2011-12-29 0' 'b 2011-12-30 1' 'b 2011-12-31 0' \
        'c 2011-12-29 0' 'c 2011-12-31 1'
    given 'g Date n' 'a 2011-12-29 1' 'b 2011-12-30 1'
    try weekagg --merge -u day -z Pacific/Apia --fill-all n=count
    gives 0 '' 'g Date n' 'a 2011-12-29 1' 'b 2011-12-29 0' 'b 2011-12-30 1'
    try weekagg --merge -u day --fill-all
    gives 2 'weekagg: --merge with --fill requires operands, to tell counts from sums (*'
    try weekagg --merge -u day --whole n=count
    gives 2 'weekagg: --merge and --whole cannot be combined: results do not tell which of their units are cut short (*'
}

@test "units, --whole, --fill and --fill-all in local time: equal to Python" {
    python3 -c 'import zoneinfo; zoneinfo.ZoneInfo("Europe/Berlin")' 2> /dev/null || skip 'no zoneinfo'
    for zone in UTC Europe/Berlin America/Sao_Paulo Australia/Lord_Howe America/St_Johns; do
        python3 "$ROOT/t/lib/whole_units.py" $zone 2
    done
}
