# times: local time in all zones, and one definition of a time for the programs and both databases.

load helper
load postgres

setup() {
    cd "$BATS_TEST_TMPDIR" || return
}

# with_zones DIRECTORY COMMAND...: COMMAND, with DIRECTORY in place of the time zone database.
with_zones() {
    # shellcheck disable=SC2016 # for the inner shell
    unshare -rm sh -c 'mount --bind "$1" /usr/share/zoneinfo && shift && exec "$@"' sh "$@"
}

needs_zones() {
    [ -e /usr/share/zoneinfo/Europe/Berlin ] || skip 'no time zones (tzdata)'
    python3 -c 'import zoneinfo; zoneinfo.ZoneInfo("Europe/Berlin")' 2> /dev/null || skip 'no zoneinfo'
    mkdir -p none
    with_zones none true 2> /dev/null || skip 'no user namespaces here'
}

@test "-z: every zone of the database: equal to Python" {
    [ -e /usr/share/zoneinfo/Europe/Berlin ] || skip 'no time zones (tzdata)'
    python3 - << 'END' || skip 'no zoneinfo'
import datetime, os, random, zoneinfo

random.seed(3)
for name in sorted(zoneinfo.available_timezones()):
    if "/" in name and name[0].isupper() and os.path.isfile("/usr/share/zoneinfo/" + name):
        zone = zoneinfo.ZoneInfo(name)
        with open("in." + name.replace("/", "."), "w") as given, open("want." + name.replace("/", "."), "w") as want:
            for i in range(60):
                t = -2208988800 + i * 105000000 + random.randrange(100000000)
                print(t, file=given)
                print(f"{datetime.datetime.fromtimestamp(t, zone):%Y-%m-%dT%H}\t1", file=want)
END
    [ "$(printf '%s\n' in.* | wc -l)" -gt 300 ]
    for file in in.*; do
        zone=${file#in.}
        weekagg -N -t 1 --epoch s -u hour -z "${zone//.//}" < "$file" | diff "want.$zone" -
    done
}

@test "-z: every kind of rule after the last change, and files without changes: equal to the C library and Python" {
    needs_zones
    python3 "$ROOT/t/lib/zone_files.py" .
    # shellcheck disable=SC2016 # for the inner shell
    with_zones zones sh -e -c 'for file in zones/*; do
        zone=${file#zones/}
        grep "^$zone " want | cut -d " " -f 2 | weekagg -N -t 1 --epoch s -u hour -z "$zone" > out
        grep "^$zone " want | cut -d " " -f 3 | sort | uniq -c | sed "s/ *\(.*\) \(.*\)/\2\t\1/" | diff - out
    done'
}

@test "-z: a zone file that is cut off or damaged is status 3 with its name, never UTC" {
    needs_zones
    python3 "$ROOT/t/lib/zone_files.py" .
    # shellcheck disable=SC2016 # for the inner shell
    with_zones damaged sh -c 'for file in damaged/*; do
        status=0
        said=$(echo 0 | weekagg -t 1 --epoch s -z "${file#damaged/}" 2>&1) || status=$?
        case $status:$said in
        3:"weekagg: /usr/share/zoneinfo/${file#damaged/}: "*) ;;
        *) echo "$file: $status: $said" && exit 1 ;;
        esac
    done'
    with_zones changed sh -c 'for file in changed/*; do
        status=0
        echo 0 | weekagg -N -t 1 --epoch s -z "${file#changed/}" > out 2>&1 || status=$?
        [ $status -eq 0 ] || [ $status -eq 3 ] || { echo "$file: $status" && cat out && exit 1; }
    done'
}

@test "-z: a zone file that cannot be read is status 3 with the reason, never UTC or an unknown zone" {
    [ -e /usr/share/zoneinfo/Europe/Berlin ] || skip 'no time zones (tzdata)'
    strace -o trace true || skip 'strace is not installed, or not allowed'
    export ASAN_OPTIONS=detect_leaks=0 # LeakSanitizer does not work under strace
    local file=/usr/share/zoneinfo/Europe/Berlin
    given t 2022-01-01
    for fault in 'openat EMFILE Too\ many\ open\ files' 'openat EACCES Permission\ denied' \
        'openat EIO Input/output\ error' 'openat ELOOP Too\ many\ levels\ of\ symbolic\ links' \
        'read EIO Input/output\ error'; do
        eval "set -- $fault"
        try strace -o trace -P "$file" -e "inject=$1:error=$2" weekagg -t t -z Europe/Berlin
        gives 3 "weekagg: $file: $3"
    done
    try strace -o trace -P "$file" -e inject=read:error=EINTR:when=1 weekagg -t t -z Europe/Berlin
    gives 0 '' 'Year WeekNumber Count' '2022 0 1'
}

@test "-z: out of memory at any allocation: status 3, or the output is complete" {
    [ -e /usr/share/zoneinfo/Europe/Berlin ] || skip 'no time zones (tzdata)'
    case $WEIR_BUILD in *san) skip 'the sanitizers have an allocator of their own' ;; esac
    cc -shared -fPIC -o fail.so "$ROOT/t/lib/fail_malloc.c" 2> cc.log || skip 'this C library allocates in another way'
    given t 2022-01-01T23:30 2022-07-01T22:30
    local n
    for n in $(seq 1 40); do
        try env LD_PRELOAD="$PWD/fail.so" FAIL_AT="$n" weekagg -t t -u day -z Europe/Berlin
        case $status in
        0) gives 0 '' 'Date Count' '2022-01-02 1' '2022-07-02 1' ;;
        3) [[ $(< err) == *memory* ]] ;;
        *) echo "allocation $n: status $status" && return 1 ;;
        esac
    done
}

@test "--fill: only units that exist in the zone, those with offset in the order of time: equal to Python" {
    python3 -c 'import zoneinfo; zoneinfo.ZoneInfo("Europe/Berlin")' 2> /dev/null || skip 'no zoneinfo'
    for zone in Europe/Berlin Pacific/Apia America/St_Johns Australia/Lord_Howe Antarctica/Troll Africa/Casablanca \
        Africa/Monrovia; do
        python3 "$ROOT/t/lib/zone_units.py" "$zone" .
        for unit in day hour 6h 15m 'hour --offset' '6h --offset' '15m --offset'; do
            # shellcheck disable=SC2086 # options are words
            weekagg -N -g 1 -t 2 --epoch s -z "$zone" -u $unit --fill < in | diff "want.$unit" -
            # Partial results too.
            sed '1s/^/g\tt\n/' in > named
            # shellcheck disable=SC2086
            weekagg -g g -t t --epoch s -z "$zone" -u $unit --fill < named > whole
            # shellcheck disable=SC2086
            weekagg -g g -t t --epoch s -z "$zone" -u $unit < named |
                weekagg --merge -z "$zone" -u $unit --fill count | diff whole -
        done
    done
}

@test "--fill -u hour -z Europe/Berlin: no 2024-03-31T02; -u day -z Pacific/Apia: no 2011-12-30; without -z all" {
    [ -e /usr/share/zoneinfo/Europe/Berlin ] || skip 'no time zones (tzdata)'
    given t 2024-03-31T00:30Z 2024-03-31T01:30Z
    try weekagg -t t -u hour -z Europe/Berlin --fill
    gives 0 '' 'Hour Count' '2024-03-31T01 1' '2024-03-31T03 1'
    given t 2011-12-30T00:00Z 2011-12-31T00:00Z
    try weekagg -t t -u day -z Pacific/Apia --fill
    gives 0 '' 'Date Count' '2011-12-29 1' '2011-12-31 1'
    given 'Date Count' '2011-12-29 1' '2011-12-31 1'
    try weekagg --merge -u day --fill Count=count
    gives 0 '' 'Date Count' '2011-12-29 1' '2011-12-30 0' '2011-12-31 1'
    try weekagg --merge -u day -z Pacific/Apia --fill Count=count
    gives 0 '' 'Date Count' '2011-12-29 1' '2011-12-31 1'
}

@test "--offset: the repeated hour in autumn is two; without it one, with the sum" {
    [ -e /usr/share/zoneinfo/Europe/Berlin ] || skip 'no time zones (tzdata)'
    given t 2024-10-27T00:30Z 2024-10-27T01:30Z 2024-10-27T02:30Z 2024-10-27T01:59:59Z
    try weekagg -t t -u hour -z Europe/Berlin
    gives 0 '' 'Hour Count' '2024-10-27T02 3' '2024-10-27T03 1'
    try weekagg -t t -u hour -z Europe/Berlin --offset
    gives 0 '' 'Hour Count' '2024-10-27T02+02:00 1' '2024-10-27T02+01:00 2' '2024-10-27T03+01:00 1'
    try weekagg -t t -u hour --offset
    gives 0 '' 'Hour Count' '2024-10-27T00+00:00 1' '2024-10-27T01+00:00 2' '2024-10-27T02+00:00 1'
    given t 1890-01-01T00:00Z 0001-01-01T12:00Z 9999-12-31T11:00Z
    try weekagg -t t -u hour -z Europe/Berlin --offset
    gives 0 '' 'Hour Count' '0001-01-01T12+00:53:28 1' '1890-01-01T00+00:53:28 1' '9999-12-31T12+01:00 1'
}

@test "--offset --merge: the results of parts give the result of the whole, with and without the zone" {
    [ -e /usr/share/zoneinfo/Europe/Berlin ] || skip 'no time zones (tzdata)'
    awk 'BEGIN { for (i = 0; i < 6000; i++) print 1161000000 + i * 997 }' > in
    for zone in Europe/Berlin America/St_Johns Asia/Kolkata; do
        { echo t && cat in; } | weekagg -t t --epoch s -u hour --offset -z $zone > whole
        for part in 0 1 2; do
            { echo t && awk -v part=$part 'NR % 3 == part' in; } | weekagg -t t --epoch s -u hour --offset -z $zone
        done > parts
        weekagg --merge -u hour --offset -z $zone < parts | diff whole -
        weekagg --merge -u hour --offset < parts | sort | diff <(sort whole) -
    done
    given 'Hour Count' '2024-03-31T02+02:00 1'
    try weekagg --merge -u hour --offset -z Europe/Berlin -r rejects
    gives 0 'weekagg: 1 read, 0 aggregated, 1 rejected to rejects' 'Hour Count'
    grep -q '"2024-03-31T02+02:00" does not exist in the zone' rejects
    for bad in 2024-03-31T02 2024-03-31T02Z 2024-03-31T02+02 2024-03-31T02+2:00 2024-03-31T02+02:00:00 2024-03-31T02+02:00:60 \
        2024-03-31T02-00:00 2024-03-31T24+01:00 2024-03-31T02:00+01:00 '2024-03-31 02+01:00' x '\N'; do
        given 'Hour Count' "${bad/ /\\s} 1"
        try weekagg --merge -u hour --offset
        [ "$status" -eq 1 ]
        grep -q 'line 2: column Hour: .* is not a bucket of this unit\|line 2: column Hour: null' err
    done
}

@test "--offset: usage errors" {
    given t 2022-01-01
    for option in '' '-u day' '-w iso' '--merge'; do
        # shellcheck disable=SC2086 # options are words
        try weekagg -t t $option --offset
        gives 2 "weekagg: --offset requires a unit of hours or minutes (try 'weekagg --help')"
    done
    try weekagg --merge -u hour --offset --fill Count=count
    gives 2 "weekagg: --merge with --fill and --offset requires --zone, to know which units exist (try 'weekagg --help')"
}

# spellings: good ones, each with its time in UTC after a bar.
spellings() {
    sed 's/  *|/|/' << 'END'
2019-09-02                                  |2019-09-02T00:00:00
2019-09-02T08:00                            |2019-09-02T08:00:00
2019-09-02 08:00:00                         |2019-09-02T08:00:00
2019-09-02t08:00:00z                        |2019-09-02T08:00:00
2019-09-02T10:00:00+02                      |2019-09-02T08:00:00
2019-09-02T10:00:00+0200                    |2019-09-02T08:00:00
2019-09-02 10:00+02:00                      |2019-09-02T08:00:00
2019-09-02T08:53:28+00:53:28                |2019-09-02T08:00:00
2019-09-02T08:00:00.000000-00:00            |2019-09-02T08:00:00
2019-09-01T23:59:59.9999999                 |2019-09-01T23:59:59.999999
2019-09-01 23:59:59.999999999999999999999Z  |2019-09-01T23:59:59.999999
2019-09-01T23:59:59.9995+00                 |2019-09-01T23:59:59.9995
2019-09-01T23:59:59.5                       |2019-09-01T23:59:59.5
2019-12-31T23:59:59.99999999-0000           |2019-12-31T23:59:59.999999
2016-12-31T23:59:60Z                        |2017-01-01T00:00:00
2017-01-01T05:29:60.5+0530                  |2017-01-01T00:00:00.5
2019-09-02T23:00:00+15:00                   |2019-09-02T08:00:00
2019-09-03 07:59+23:59                      |2019-09-02T08:00:00
2019-09-01T08:01:00-23:59                   |2019-09-02T08:00:00
2020-02-29T23:59:59.123456Z                 |2020-02-29T23:59:59.123456
1969-12-31T23:59:59.9999999                 |1969-12-31T23:59:59.999999
0001-01-01                                  |0001-01-01T00:00:00
9999-12-31T23:59:59.9999999Z                |9999-12-31T23:59:59.999999
END
}

bad_spellings() {
    printf '%s\n' '' x 2019-02-29 2019-9-2 2019-09-02T24:00 2019-09-02T08 '2019-09-02 08:00:00 UTC' 2019-09-02T08:00:61 \
        2019-09-02T12:00:60Z 2019-09-02T08:00+24 2019-09-02T08:00:00+2 '2019-09-02 08:00:00 +02:00' now infinity epoch today \
        0000-12-31 10000-01-01 0001-01-01T00:00+01 '2019-09-02 BC' 20190902 1567411200 2019-245 allballs 24:00 \
        '2019-09-02 08:00 PM' J2458729 2019-09-02T08:00,5 2019-09-02T08:00.5
}

@test "utc writes one spelling of each time; null stays; other texts are bad" {
    { echo t && spellings | cut -d '|' -f 1; } > in
    { echo t && spellings | cut -d '|' -f 2; } > want
    utc -t t < in | diff want -
    utc -t t < want | diff want - # and keeps it
    { echo t && bad_spellings; } > in
    try utc -t t -r rejects
    [ "$status" -eq 0 ]
    [ "$(cat out)" = t ]
    [ "$(grep -c 'is not a time' rejects)" -eq "$(bad_spellings | wc -l)" ]
    given 'a t u' 'x \N 2019-09-02' '\N 2019-09-02 \N'
    try utc -t t,u
    gives 0 '' 'a t u' 'x \N 2019-09-02T00:00:00' '\N 2019-09-02T00:00:00 \N'
    try utc
    gives 2 "utc: --time is required (try 'utc --help')"
    try utc -t x
    gives 2 'utc: --time: unknown column x; the columns are a, t, u (*'
}

@test "utc of times before and after 1970, random: texts sort as times do, equal to Python" {
    python3 - << 'END'
import datetime, random

random.seed(11)
first, times = datetime.datetime(1, 1, 1), []
for _ in range(20000):
    times.append(first + datetime.timedelta(seconds=random.randrange(315537897600), microseconds=random.choice((0, 500000, random.randrange(10**6)))))
with open("in", "w") as given, open("want", "w") as want:
    for t in times:
        minutes = random.randrange(-1439, 1440)
        local = t + datetime.timedelta(minutes=minutes) if 2 < t.year < 9998 else t
        sign, minutes = "-" if minutes < 0 else "+", abs(minutes) if local != t else 0
        print(local.isoformat(random.choice("Tt "), "microseconds") + f"{sign}{minutes // 60:02}:{minutes % 60:02}", file=given)
        text = t.isoformat()
        print(text.rstrip("0") if "." in text else text, file=want)
with open("sorted", "w") as out:
    print(*(t.isoformat().rstrip("0") if t.microsecond else t.isoformat() for t in sorted(times)), sep="\n", file=out)
END
    utc -N -t 1 < in | diff want -
    sort want | diff sorted -
}

# votes and events: a file of each kind, from spellings on standard input.
votes() {
    awk -F '|' '{ printf "{\"Id\":%d,\"PostId\":1,\"VoteTypeId\":2,\"CreationDate\":\"%s\",\"UserId\":null,\"BountyAmount\":null}\n", NR, $1 }'
}

events() {
    echo 'anonymous_id;business_zoned;context_app_version;context_device_id;context_os_name;event_name;received_at;created_at'
    awk -F '|' '{ print "ann;;1;d;os;Open;" $1 ";" $1 }'
}

# both_databases: makes SQLite and PostgreSQL databases for a test.
both_databases() {
    postgres_database
    url=$(postgres_url)
}

# in_both SQLITE_QUERY POSTGRES_QUERY: both give the same rows, in the file rows.
in_both() {
    sqlite3 x.db "$1" > rows
    psql -X -q -A -t -c 'SET timezone = UTC' -c "SET datestyle = ISO" -c "$2" "$url" | diff rows -
}

# as_utc COLUMN: SQL for a timestamptz of PostgreSQL, as utc spells it.
as_utc() {
    echo "regexp_replace(to_char($1 AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US'), '[.]?0*\$', '')"
}

@test "votes: every spelling is the same row and week in SQLite, PostgreSQL and weekagg" {
    both_databases
    # Not the last half of a millisecond: SQLite rounds it into year 10000, and the table refuses it.
    spellings | grep -v '|9999' > good
    votes < good > votes.jsonl
    ingest-votes x.db votes.jsonl
    ingest-votes "$url" votes.jsonl
    in_both 'SELECT Id, CreationDate FROM votes ORDER BY Id' \
        "SELECT Id, $(as_utc "CreationDate") FROM blog_analysis.votes ORDER BY Id"
    [ "$(wc -l < rows)" -eq "$(wc -l < good)" ]
    sqlite3 x.db 'SELECT CreationDate FROM votes ORDER BY Id' | diff <(cut -d '|' -f 2 good) -
    outlier-weeks x.db > sqlite
    outlier-weeks "$url" | diff sqlite -
    jsonl2tsv Id CreationDate < votes.jsonl | weekagg -t CreationDate VoteCount=count | outliers | diff sqlite -
    [ "$(wc -l < sqlite)" -gt 5 ]
}

@test "events and sessions: every spelling is the same in SQLite and PostgreSQL; one event in two spellings is one" {
    both_databases
    spellings | events > events.csv
    load-sessions x.db events.csv
    load-sessions "$url" events.csv
    in_both 'SELECT created_us, created_at, received_at FROM events ORDER BY created_us' \
        "SELECT created_us, $(as_utc "created_at"), $(as_utc "received_at")
         FROM app.events ORDER BY created_us"
    sqlite3 x.db 'SELECT created_at FROM events' | sort | diff <(spellings | cut -d '|' -f 2 | sort -u) -
    in_both 'SELECT start_us, end_us, events, day, started_at, ended_at FROM sessions ORDER BY 1' \
        'SELECT start_us, end_us, events, day, started_at, ended_at FROM app.sessions ORDER BY 1'
}

@test "comments: every spelling is the same in SQLite and PostgreSQL" {
    both_databases
    spellings | awk -F '|' '{ printf "{\"h_id\":\"p\",\"posts\":{\"data\":[{\"h_id\":\"q%d\",\"comments\":{\"data\":[{\"h_id\":\"c%d\",\"created_time\":\"%s\",\"up_likes\":1,\"comment_count\":1,\"comments\":{\"data\":[{\"h_id\":\"r%d\",\"created_time\":\"%s\",\"up_likes\":0,\"comment_count\":0,\"parent\":{\"h_id\":\"c%d\"}}]}}]}}]}}\n", NR, NR, $1, NR, $1, NR }' > info.jsonl
    { echo created_time,type,post_h_id,page_h_id,name_h_id && spellings | awk -F '|' '{ print $1 ",photo,q" NR ",p,Name" }'; } > posts.csv
    load-comments x.db info.jsonl --posts posts.csv
    load-comments "$url" info.jsonl --posts posts.csv
    in_both 'SELECT id, created_time FROM comments ORDER BY id' 'SELECT id, created_time FROM comments.comments ORDER BY id COLLATE "C"'
    sqlite3 x.db "SELECT replace(created_time, ' ', 'T') FROM comments WHERE kind = 'top' ORDER BY CAST(substr(id, 2) AS INT)" |
        diff <(spellings | cut -d '|' -f 2 | cut -c 1-19) -
    in_both 'SELECT id, created_time FROM posts ORDER BY id' 'SELECT id, created_time FROM comments.posts ORDER BY id COLLATE "C"'
}

# refused PROGRAM FILE RECORDS: both databases refuse every bad spelling, with the same message about the time.
refused() {
    both_databases
    bad_spellings > bad
    while IFS= read -r time; do
        echo "$time" | "$3" > "$2"
        try "$1" x.db "$2"
        [ "$status" -eq 1 ]
        cp err sqlite
        try "$1" "$url" "$2"
        [ "$status" -eq 1 ]
        if grep -q 'is not a time' sqlite; then
            diff sqlite err
        else # an empty field is null, which each database refuses in its own words
            grep -q 'record 1: .*created_at' sqlite
            grep -q 'record 1: .*created_at' err
        fi
    done < bad
}

@test "a vote with a text that is no time is refused by both databases, with the same message" {
    refused ingest-votes votes.jsonl votes
    [ "$(sqlite3 x.db 'SELECT count(*) FROM votes')" -eq 0 ]
}

@test "an event with a text that is no time is refused by both databases, with the same message" {
    refused load-sessions events.csv events
}
