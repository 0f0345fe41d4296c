# calendar: which texts are times, and the week, month or other unit of each; tested through weekagg.

load helper

PLAIN=${WEIR_PLAIN_BUILD:-$ROOT/build/plain}/bin

# hours_of TIME...: prints a line "TIME: RESULT" for each TIME: its hour, or "bad".
hours_of() {
    local time
    for time in "$@"; do
        printf 'T\n%s\n' "$time" | weekagg -t T -u hour 2> "$BATS_TEST_TMPDIR/err" | awk -v time="$time" -F '\t' '
            NR == 2 { print time ": " ($1 == "\\!" ? "bad" : $1) }'
    done
}

# hour_is TIME HOUR...: each TIME must have the HOUR after it.
hour_is() {
    while [ $# -gt 0 ]; do
        echo "$1: $2"
        hours_of "$1" > "$BATS_TEST_TMPDIR/hour"
        [ "$(cat "$BATS_TEST_TMPDIR/hour")" = "$1: $2" ] || { cat "$BATS_TEST_TMPDIR/hour"; return 1; }
        shift 2
    done
}

# unit_is OPTIONS DATE UNIT...: each DATE must have the UNIT after it, fields separated by a space.
unit_is() {
    local options=$1 unit
    shift
    while [ $# -gt 0 ]; do
        # shellcheck disable=SC2086 # options are words
        unit=$(printf '%s\n' "$1" | weekagg -N -t 1 $options 2>&1 | tail -n 1 | sed 's/\t1$//; s/\t/ /')
        [ "$unit" = "$2" ] || { echo "$options $1: $unit, not $2"; return 1; }
        shift 2
    done
}

@test "a time is a date, or a date and a clock with or without an offset" {
    hour_is 2022-01-09 2022-01-09T00 \
        2022-01-09T23:59 2022-01-09T23 \
        '2022-01-09 23:59:59' 2022-01-09T23 \
        2022-01-09T23:59:59.999999999999999999999999999999 2022-01-09T23 \
        2022-01-09T12:00Z 2022-01-09T12 \
        2022-01-09T12:00:00.5Z 2022-01-09T12 \
        2022-01-09t12:00:00z 2022-01-09T12 \
        '2022-01-09 12:00z' 2022-01-09T12
}

@test "offsets are applied, across any unit" {
    hour_is 2022-01-01T00:00+14:00 2021-12-31T10 \
        2021-12-31T12:00:00-12:00 2022-01-01T00 \
        2022-01-09T12:00+0530 2022-01-09T06 \
        2022-01-09T12:00+05:30 2022-01-09T06 \
        2022-01-09T12:00-00:00 2022-01-09T12 \
        2022-01-09T12:00+23:59 2022-01-08T12 \
        '2022-01-09 12:00:00.25+00' 2022-01-09T12 \
        2022-01-09t12:00+02 2022-01-09T10 \
        2022-01-09T12:00-11 2022-01-09T23 \
        '1890-01-01 00:53:28+00:53:28' 1890-01-01T00 \
        '1890-01-01 00:53:27+00:53:28' 1889-12-31T23
}

@test "any other text is bad, never guessed" {
    local time
    for time in '' x 2022 2022-01 2022-1-5 22-01-05 2022/01/05 2022-01-05T 2022-01-05T12 2022-01-05T1:00 \
        2022-01-05T24:00 2022-01-05T12:60 2022-01-05T12:00:61 2022-01-05T12:00: 2022-01-05T12:00:5 \
        2022-01-05T12:00:00. 2022-01-05T12:00:00,5 2022-01-05T12:00:00Zx 2022-01-05T12:00:00.5+01:00x \
        2022-01-05x12:00 2022-01-05T12:00y '2022-01-05T12:00 Z' ' 2022-01-05' '2022-01-05 ' 2022-01-05Z \
        2022-01-05T12:00+5 2022-01-05T12:00+24 2022-01-05T12:00+0x 2022-01-05T12:00+05: 2022-01-05T12:00+005 \
        2022-01-05T12:00+05:30:60 2022-01-05T12:00+05:30: 2022-01-05T12:00+053015 2022-01-05T12+05 2022-01-05+05 \
        2022-01-05z 2022-01-05t 2022-01-05T12:00+5:30 2022-01-05T12:00+24:00 2022-01-05T12:00+05:60 \
        2022-01-05T12:00+05-30 20220105 2022-W01-1 +2022-01-05 2022-01-0x 1641379200; do
        hour_is "$time" bad
    done
}

@test "a time with any byte replaced by any other: equal to Python, in the plain build too" {
    cd "$BATS_TEST_TMPDIR"
    python3 "$ROOT/t/lib/changed_times.py" 3> in 4> want
    [ "$(wc -l < want)" -gt 100 ]
    for program in weekagg "$PLAIN/weekagg"; do
        "$program" -N -t 1 -u hour -r bad < in | diff want -
    done
}

@test "days that do not exist are bad: the 29th of February, the 31st, month 0 and 13, day 0" {
    hour_is 2024-02-29 2024-02-29T00 2000-02-29 2000-02-29T00 \
        2023-02-29 bad 1900-02-29 bad 2100-02-29 bad 2024-02-30 bad \
        2024-04-31 bad 2024-12-31 2024-12-31T00 2024-12-32 bad 2024-00-10 bad 2024-13-01 bad 2024-01-00 bad
}

@test "the leap second counts as the next second; at any other time it is bad" {
    hour_is 2016-12-31T23:59:60Z 2017-01-01T00 2016-12-31T23:59:60.9 2017-01-01T00 \
        2017-01-01T05:29:60+05:30 2017-01-01T00 \
        2016-12-31T12:00:60Z bad 2016-12-31T23:58:60Z bad 2016-12-31T23:59:60+01:00 bad 2016-12-31T23:59:61Z bad
}

@test "years are 0001 to 9999, also after applying the offset" {
    hour_is 0001-01-01 0001-01-01T00 9999-12-31T23:59:59Z 9999-12-31T23 1969-12-31T23:59:59 1969-12-31T23 \
        0000-12-31 bad -0001-01-01 bad 10000-01-01 bad 0001-01-01T00:00+00:01 bad 9999-12-31T23:59-00:01 bad \
        9999-12-31T23:59:60Z bad
}

@test "--epoch: seconds, milliseconds or microseconds by option, rounded down, before 1970 too" {
    given t -1 -0.5 0 -0 3599.999 3600
    try weekagg -t t --epoch s -u hour
    gives 0 '' 'Hour Count' '1969-12-31T23 2' '1970-01-01T00 3' '1970-01-01T01 1'
    given t -1 1641686400000
    try weekagg -t t --epoch ms -u hour
    gives 0 '' 'Hour Count' '1969-12-31T23 1' '2022-01-09T00 1'
    given t -0.1 1641686400000000
    try weekagg -t t --epoch us -u hour
    gives 0 '' 'Hour Count' '1969-12-31T23 1' '2022-01-09T00 1'
}

@test "--epoch: a text that is not a number, or is outside the years 0001 to 9999, is bad" {
    local time
    for time in '' - . 1. .5 +1 1e3 0x10 1,5 nan 2022-01-09 1700000000000 -62135596801 253402300800 \
        9999999999999999999999999999; do
        given_bytes 't\n%s\n' "$time"
        try weekagg -t t --epoch s
        gives 1 "weekagg: line 2: column t: \"$time\" is not a time" 'Year WeekNumber Count' \
            "\\! weekagg line\\s2:\\scolumn\\st:\\s\"$time\"\\sis\\snot\\sa\\stime"
    done
}

@test "weeks around New Year by each rule" {
    unit_is '-w monday' 2022-01-02 '2022 0' 2022-01-03 '2022 1' 2022-01-09 '2022 1' 2021-12-31 '2021 52' \
        2018-01-01 '2018 1' 2018-12-31 '2018 53'
    unit_is '-w sunday' 2022-01-01 '2022 0' 2022-01-02 '2022 1' 2023-01-01 '2023 1' 2024-12-31 '2024 52'
    unit_is '-w iso' 2021-01-03 '2020 53' 2021-01-04 '2021 1' 2018-12-31 '2019 1' 2022-01-01 '2021 52' \
        0001-01-01 '1 1' 9999-12-31 '9999 52'
    unit_is '-w date' 2022-01-02 2021-12-27 2022-01-03 2022-01-03 0001-01-01 0001-01-01 9999-12-31 9999-12-27
}

@test "the other units" {
    unit_is '-u day' 0033-04-03 0033-04-03
    unit_is '-u month' 2022-01-31 2022-01 0999-12-31 0999-12
    unit_is '-u quarter' 2022-03-31 2022-Q1 2022-04-01 2022-Q2 2022-12-31 2022-Q4
    unit_is '-u year' 2022-12-31 2022 0001-01-01 1
    unit_is '-u hour' 2022-12-31T07:59 2022-12-31T07
}

@test "every year from 1 to 9999, by every rule: equal to Python" {
    for unit in -wmonday -wsunday -wiso -wdate -umonth -uquarter; do
        python3 "$ROOT/t/lib/calendar_units.py" "$unit" "$BATS_TEST_TMPDIR"
        weekagg -N -t 1 "$unit" < "$BATS_TEST_TMPDIR/in" | sed 's/\t[0-9]*$//' | cmp - "$BATS_TEST_TMPDIR/want"
    done
}

@test "-z: units of local time, across a gap and a fold" {
    [ -e /usr/share/zoneinfo/Europe/Berlin ] || skip 'no time zones (tzdata)'
    # In Berlin 2022-03-27 jumps from 02:00 to 03:00 at 01:00Z, and 2022-10-30 from 03:00 back to 02:00 at 01:00Z.
    given T 2022-03-27T00:59:59Z 2022-03-27T01:00:00Z 2022-10-30T00:00:00Z 2022-10-30T01:00:00Z 2022-12-31T23:00 \
        2022-07-31T22:30
    try weekagg -t T -u hour -z Europe/Berlin
    gives 0 '' 'Hour Count' '2022-03-27T01 1' '2022-03-27T03 1' '2022-08-01T00 1' '2022-10-30T02 2' '2023-01-01T00 1'
    # Lord Howe changes its clock by half an hour: from 02:00 to 02:30, and back to 01:30.
    given T 2022-10-01T15:29:59Z 2022-10-01T15:30:00Z 2022-04-02T14:59:59Z 2022-04-02T15:00:00Z
    try weekagg -t T -u hour -z Australia/Lord_Howe
    gives 0 '' 'Hour Count' '2022-04-03T01 2' '2022-10-02T01 1' '2022-10-02T02 1'
    # A date without a clock is midnight in UTC.
    given T 2022-01-01
    try weekagg -t T -u day -z America/New_York
    gives 0 '' 'Date Count' '2021-12-31 1'
}

@test "-z: zones with all changes of their clocks: equal to Python" {
    python3 -c 'import zoneinfo; zoneinfo.ZoneInfo("Europe/Berlin")' 2> /dev/null || skip 'no zoneinfo'
    for zone in Europe/Berlin America/New_York Asia/Kolkata Africa/Casablanca Pacific/Apia Africa/Monrovia Etc/GMT+5 \
        Europe/Dublin America/Nuuk Asia/Tehran Antarctica/Troll Australia/Lord_Howe America/St_Johns Asia/Gaza; do
        python3 "$ROOT/t/lib/zone_hours.py" "$zone" "$BATS_TEST_TMPDIR"
        weekagg -N -t 1 --epoch s -u hour -z "$zone" < "$BATS_TEST_TMPDIR/in" | cmp - "$BATS_TEST_TMPDIR/want"
    done
}

@test "-z accepts only zones of the database" {
    [ -e /usr/share/zoneinfo/Europe/Berlin ] || skip 'no time zones (tzdata)'
    local zone
    given T 2022-01-01
    for zone in '' X Europe Europe/Nowhere europe/berlin localtime right/Europe/Berlin /etc/localtime \
        ../zoneinfo/Europe/Berlin Europe/../Europe/Berlin EST5EDT,M3.2.0,M11.1.0 UTC+3 :UTC tzdata.zi; do
        try weekagg -t T -z "$zone"
        gives 2 "weekagg: --zone: unknown time zone \"$zone\" (try 'weekagg --help')"
    done
}

@test "-z: local years outside 0001 to 9999 are bad" {
    [ -e /usr/share/zoneinfo/Europe/Berlin ] || skip 'no time zones (tzdata)'
    given T 0001-01-01
    try weekagg -t T -z America/New_York
    gives 1 'weekagg: line 2: column T: "0001-01-01" is outside the years 0001 to 9999 in local time' 'Year WeekNumber Count' \
        '\! weekagg line\s2:\scolumn\sT:\s"0001-01-01"\sis\soutside\sthe\syears\s0001\sto\s9999\sin\slocal\stime'
}

@test "TZ, TZDIR and the locale do not change a byte" {
    given T 2022-01-02 2022-01-02T23:30 2022-03-27T02:30 1641686400
    try weekagg -t T -u hour -r /dev/null
    cp "$BATS_TEST_TMPDIR/out" "$BATS_TEST_TMPDIR/utc"
    try env TZ=America/New_York TZDIR=/nowhere LC_ALL=de_DE.UTF-8 weekagg -t T -u hour -r /dev/null
    cmp "$BATS_TEST_TMPDIR/out" "$BATS_TEST_TMPDIR/utc"
    try env TZ=America/New_York TZDIR=/nowhere weekagg -t T -u hour -z UTC -r /dev/null
    cmp "$BATS_TEST_TMPDIR/out" "$BATS_TEST_TMPDIR/utc"
}
