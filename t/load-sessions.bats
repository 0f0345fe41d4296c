# load-sessions: loads events of an app from files into a database and groups them into sessions.

load helper
load postgres

setup_file() {
    generate-events 20000 > "$BATS_FILE_TMPDIR/events.csv"
}

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    export LANG=C
}

# events LINE...: prints a file of events, each "USER|DEVICE|NAME|TIME"; _ stands for a blank.
events() {
    echo 'anonymous_id;business_zoned;context_app_version;context_device_id;context_os_name;event_name;received_at;created_at'
    printf '%s\n' "$@" | awk '{ gsub("_", " "); split($0, f, "|"); print f[1] ";;;" f[2] ";;" f[3] ";;" f[4] }'
}

# sessions LINE...: what the sessions in app.db must be.
sessions() {
    diff -u <(printf '%s\n' "$@") \
        <(sqlite3 app.db 'SELECT user_id, device_id, started_at, ended_at, events, successful_booking FROM sessions')
}

# tables SHELL...: prints events and sessions with SHELL, the shell of the database.
tables() {
    "$@" << 'END'
SELECT user_id, device_id, created_us, event_name, business_zoned, context_app_version, context_os_name FROM events
ORDER BY 1, 2, 3, 4, 5, 6, 7;
SELECT user_id, device_id, started_at, ended_at, events, successful_booking FROM sessions ORDER BY 1, 2, 3;
END
}

@test "a session ends with a pause of 15 minutes, to the fraction of a second" {
    events 'ann|d1|Open|2019-09-02 08:00:00' 'ann|d1|Open|2019-09-02 08:14:59.999999' 'ann|d1|Open|2019-09-02 08:29:59.999999' \
        'bob|d1|Open|2019-09-02 08:00:00.500' 'bob|d1|Open|2019-09-02 08:15:00.0' > a.csv
    try load-sessions app.db a.csv
    gives_bytes 0 '' '%s\n' 'a.csv: 5 read, 5 inserted, 0 updated, 0 ignored, 0 rejected' '5 events in 3 sessions'
    sessions 'ann|d1|2019-09-02 08:00:00|2019-09-02 08:14:59.999999|2|N' \
        'ann|d1|2019-09-02 08:29:59.999999|2019-09-02 08:29:59.999999|1|N' \
        'bob|d1|2019-09-02 08:00:00.5|2019-09-02 08:15:00|2|N'
}

@test "a session belongs to the day it began on, to the last fraction of a second" {
    events 'ann|d1|Rating Screen|2019-09-02 23:59:59.9999' 'ann|d1|Open|2019-09-03 00:00:00' > a.csv
    load-sessions app.db a.csv
    [ "$(sqlite3 app.db < "$ROOT/sql/both/sessions_by_day.sql")" = '2019-09-02|1|1|100.0' ]
}

@test "another gap computes all sessions again, with a decimal fraction, in any unit" {
    events 'ann|d1|Open|2019-09-02 08:00:00' 'ann|d1|Open|2019-09-02 08:14:59.500' > a.csv
    load-sessions --gap 899.5 app.db a.csv
    sessions 'ann|d1|2019-09-02 08:00:00|2019-09-02 08:00:00|1|N' 'ann|d1|2019-09-02 08:14:59.5|2019-09-02 08:14:59.5|1|N'
    for gap in 899501ms --gap=14.99168m 899500001us 0.25h 1d; do
        try load-sessions --gap "${gap#--gap=}" app.db a.csv
        gives_bytes 0 '' 'a.csv: already loaded\n2 events in 1 sessions\n'
    done
    try load-sessions --gap=899.5s app.db a.csv
    gives_bytes 0 '' 'a.csv: already loaded\n2 events in 2 sessions\n'
}

@test "a gap is never rounded down; what is finer than a microsecond is cut off times" {
    events 'ann|d1|Open|2019-09-02 08:00:00' 'ann|d1|Open|2019-09-02 08:14:59.999999' > a.csv
    load-sessions --gap 899.9999991s app.db a.csv
    [ "$(sqlite3 app.db 'SELECT count(*) FROM sessions')" -eq 1 ]
    events 'ann|d1|Open|2019-09-02 08:14:59.9999999' 'ann|d1|Close|2019-09-02 08:14:59.9999999' > b.csv
    try load-sessions app.db b.csv
    gives_bytes 0 '' 'b.csv: 2 read, 2 inserted, 0 updated, 0 ignored, 0 rejected\n3 events in 1 sessions\n'
}

@test "a session has a booking if a ride began, ended or was rated in it" {
    events 'a|d|Ride Started - Successful|2019-09-02 08:00:00' 'b|d|Ride Done - Successful|2019-09-02 08:00:00' \
        'c|d|Rating Screen|2019-09-02 08:00:00' 'd|d|ride started|2019-09-02 08:00:00' 'e|d|Rating|2019-09-02 08:00:00' \
        'e|d||2019-09-02 08:00:01' 'f|d|Skip Rating Screen|2019-09-02 08:00:00' > a.csv
    load-sessions app.db a.csv
    run -0 sqlite3 app.db 'SELECT user_id, successful_booking FROM sessions'
    [ "${lines[*]}" = 'a|Y b|Y c|Y d|N e|N f|Y' ]
}

@test "ids are the same in upper and lower case; events without one, empty or NULL, belong to one user and one device" {
    events 'Ann|D1|x|2019-09-02 08:00:00' 'aNN|d1|x|2019-09-02 08:00:01' '|d1|x|2019-09-02 08:00:00' \
        'NULL|d1|x|2019-09-02 08:00:01' '|NULL|x|2019-09-02 08:00:00' '||x|2019-09-02 08:00:01' > a.csv
    load-sessions app.db a.csv
    sessions '||2019-09-02 08:00:00|2019-09-02 08:00:01|2|N' '|d1|2019-09-02 08:00:00|2019-09-02 08:00:01|2|N' \
        'ann|d1|2019-09-02 08:00:00|2019-09-02 08:00:01|2|N'
}

@test "times with an offset are converted to UTC; a file with an invalid time is not loaded" {
    events 'ann|d1|x|2019-09-02T08:00:00.25+02:00' 'ann|d1|x|2019-09-02 06:00:01Z' > good.csv
    events 'ann|d1|x|2019-09-02 08:00:00' 'ann|d1|x|2019-02-29 08:00:00' > bad.csv
    try load-sessions app.db bad.csv good.csv
    gives_bytes 1 'load-sessions: bad.csv: not loaded: line 3: column created_at: "2019-02-29 08:00:00" is not a time' '%s\n' \
        'good.csv: 2 read, 2 inserted, 0 updated, 0 ignored, 0 rejected' '2 events in 1 sessions'
    sessions 'ann|d1|2019-09-02 06:00:00.25|2019-09-02 06:00:01|2|N'
    for time in 'yesterday' '2019-09' '2019-09-02 24:00:00' '2019-09-02 08:00:00 Uhr' '20190902 08:00:00' '1567411200' ''; do
        events "ann|d1|x|$time" > bad.csv
        try load-sessions app.db bad.csv
        gives_bytes 1 '*@(line 2|record 1): *' '2 events in 1 sessions\n'
    done
}

@test "an event is stored once, from overlapping files in any order" {
    head -n 1 "$BATS_FILE_TMPDIR/events.csv" | tee a.csv b.csv > c.csv
    sed -n '2,9000p' "$BATS_FILE_TMPDIR/events.csv" >> a.csv
    sed -n '8000,15000p' "$BATS_FILE_TMPDIR/events.csv" >> b.csv
    sed -n '14990,$p' "$BATS_FILE_TMPDIR/events.csv" | gzip > rest.gz
    gzip -c c.csv | cat - rest.gz > c.csv.gz
    load-sessions all.db "$BATS_FILE_TMPDIR/events.csv"
    load-sessions one.db a.csv b.csv c.csv.gz
    load-sessions two.db c.csv.gz
    load-sessions two.db b.csv
    load-sessions two.db a.csv b.csv
    tables sqlite3 all.db > all
    [ "$(wc -l < all)" -gt 20000 ]
    tables sqlite3 one.db | cmp - all
    tables sqlite3 two.db | cmp - all
}

@test "new events change only the sessions they belong to; one may join two sessions" {
    events 'ann|d1|x|2019-09-02 08:00:00' 'ann|d1|x|2019-09-02 08:20:00' 'ann|d1|x|2019-09-02 12:00:00' \
        'bob|d1|x|2019-09-02 08:00:00' > a.csv
    events 'ann|d1|x|2019-09-02 08:10:00' 'bob|d1|x|2019-09-02 08:00:00' > b.csv
    load-sessions app.db a.csv
    sqlite3 app.db 'CREATE TABLE log (what, user_id, started_at);
        CREATE TRIGGER added AFTER INSERT ON sessions BEGIN INSERT INTO log VALUES (1, new.user_id, new.started_at); END;
        CREATE TRIGGER gone AFTER DELETE ON sessions BEGIN INSERT INTO log VALUES (-1, old.user_id, old.started_at); END;'
    load-sessions app.db b.csv
    sessions 'ann|d1|2019-09-02 08:00:00|2019-09-02 08:20:00|3|N' 'ann|d1|2019-09-02 12:00:00|2019-09-02 12:00:00|1|N' \
        'bob|d1|2019-09-02 08:00:00|2019-09-02 08:00:00|1|N'
    run -0 sqlite3 app.db 'SELECT * FROM log ORDER BY 1, 3'
    [ "${lines[*]}" = '-1|ann|2019-09-02 08:00:00 -1|ann|2019-09-02 08:20:00 1|ann|2019-09-02 08:00:00' ]
}

@test "the next run uses what an interrupted one has left in the inbox" {
    events 'ann|d1|x|2019-09-02 08:00:00' > a.csv
    events 'bob|d1|x|2019-09-02 08:00:00' > b.csv
    load-sessions app.db a.csv
    csv2tsv -d ';' < b.csv | utc -t received_at,created_at | tsv2sqlite app.db events_inbox
    try load-sessions app.db a.csv
    gives_bytes 0 '' 'a.csv: already loaded\n2 events in 2 sessions\n'
    [ "$(sqlite3 app.db 'SELECT count(*) FROM events_inbox')" -eq 0 ]
}

@test "sessions are those of sessionize" {
    load-sessions app.db "$BATS_FILE_TMPDIR/events.csv"
    csv2tsv -d ';' --null NULL < "$BATS_FILE_TMPDIR/events.csv" | dedup | keep-header sort -t "$(printf '\t')" -k 8,8 |
        sessionize -i -s -k anonymous_id,context_device_id -t created_at --gap 15m \
            --flag 'booked=event_name~(Ride Started|Ride Done|Rating Screen)' |
        awk -F '\t' 'NR > 1 {
            sub(/^\\N$/, "", $1); sub(/^\\N$/, "", $2); sub(/\.?0+$/, "", $4); sub(/\.?0+$/, "", $5)
            print tolower($1) "|" tolower($2) "|" $4 "|" $5 "|" $6 "|" $7 }' | sort > programs
    sqlite3 app.db 'SELECT user_id, device_id, rtrim(started_at, "0"), rtrim(ended_at, "0"), events, successful_booking
        FROM sessions' | sed 's/:|/:00|/g' | sort > database
    [ "$(wc -l < programs)" -gt 3000 ]
    diff programs database
}

@test "SQLite and PostgreSQL have the same events, sessions and answer" {
    postgres_database
    head -n 8000 "$BATS_FILE_TMPDIR/events.csv" > a.csv
    for gap in 15m 899.5; do
        load-sessions --gap $gap app.db a.csv "$BATS_FILE_TMPDIR/events.csv"
        load-sessions --gap $gap "$(postgres_url)" a.csv "$BATS_FILE_TMPDIR/events.csv" > said
        [[ $(tail -n 1 said) == *' events in '*' sessions' ]]
        tables sqlite3 app.db > sqlite
        PGOPTIONS='-c search_path=app -c datestyle=ISO' tables psql -XqAt > postgres
        cmp sqlite postgres
        sqlite3 -header app.db < "$ROOT/sql/both/sessions_by_day.sql" > sqlite
        PGOPTIONS='-c search_path=app -c datestyle=ISO' psql -XqA -P footer=off -f "$ROOT/sql/both/sessions_by_day.sql" > postgres
        [ "$(wc -l < sqlite)" -gt 20 ]
        diff sqlite postgres
    done
}

@test "--booked: a regular expression of events that mean a booking; another one computes all sessions again" {
    postgres_database
    events "a|d|Buy 'it' \\ now|2019-09-02 08:00:00" 'b|d|Ride Done|2019-09-02 08:00:00' 'c|d|buy|2019-09-02 08:00:00' \
        'd|d||2019-09-02 08:00:00' > a.csv
    for database in app.db "$(postgres_url)"; do
        while read -r regex flags; do
            try load-sessions "--booked=$regex" "$database" a.csv
            [ "$status" -eq 0 ]
            case $database in
            app.db) run -0 sqlite3 app.db 'SELECT successful_booking FROM sessions ORDER BY user_id' ;;
            *) run -0 psql -XqAt -c 'SELECT successful_booking FROM app.sessions ORDER BY user_id' ;;
            esac
            [ "${lines[*]}" = "$flags" ]
        done << 'END'
^Buy Y N N N
'it'.\\.now$ Y N N N
(Done|buy)$ N Y Y N
[Bb]uy Y N Y N
END
        try load-sessions --booked 'x(' "$database" a.csv
        gives_bytes 2 'load-sessions: *: cannot use --booked x(: *' ''
        load-sessions "$database" a.csv
    done
    [ "$(sqlite3 app.db 'SELECT group_concat(successful_booking) FROM sessions')" = N,Y,N,N ]
}

@test "a file that lacks any of its columns is not loaded; names in capitals and other columns are fine" {
    events 'ann|d1|x|2019-09-02 08:00:00' > all.csv
    for column in 1 2 3 4 5 6 7 8; do
        cut -d ';' --complement -f $column all.csv > less.csv
        missing=$(head -n 1 all.csv | cut -d ';' -f $column)
        try load-sessions app.db less.csv
        gives_bytes 1 "load-sessions: less.csv: not loaded: no column $missing; the columns are *" '0 events in 0 sessions\n'
    done
    sed '1s/.*/\U&;extra/; 2s/$/;1/' all.csv > more.csv
    try load-sessions app.db all.csv
    [ "$status" -eq 0 ]
}

@test "bad CSV, a missing column, a file cut short: not loaded, and one line says why" {
    events 'ann|d1|x|2019-09-02 08:00:00' > good.csv
    { cat good.csv; echo 'ann;too;short'; } > ragged.csv
    { cat good.csv; echo '"ann;;;d1;;x;;2019-09-02 09:00:00'; } > unclosed.csv
    cut -d ';' -f 1-7 good.csv > less.csv
    sed '1s/event_name/event/' good.csv > other.csv
    gzip -c good.csv | head -c 60 > cut.csv.gz
    for file in ragged.csv unclosed.csv less.csv other.csv cut.csv.gz; do
        try load-sessions app.db $file good.csv
        [ "$status" -eq 1 ] || [ "$status" -eq 2 ]
        grep -q "^load-sessions: $file: not loaded: ." err
        [ "$(sqlite3 app.db 'SELECT count(*) FROM events')" -le 1 ]
        rm -f app.db
    done
}

@test "wrong usage, a missing file, an unreachable database" {
    for gap in 0 x minutes 1.5.2 -1 '' 5w 1e3; do
        try load-sessions --gap "$gap" app.db a.csv
        gives_bytes 2 'load-sessions: --gap: "*" must be a duration such as 15m or 899.5s*' ''
    done
    try load-sessions app.db
    gives_bytes 2 'load-sessions: expected DATABASE and at least one FILE or DIRECTORY*' ''
    try load-sessions --frob app.db a.csv
    gives_bytes 2 'load-sessions: unknown option --frob*' ''
    try load-sessions app.db missing.csv
    gives_bytes 2 'load-sessions: missing.csv: not a file or directory' ''
    [ ! -e app.db ]
    events 'ann|d1|x|2019-09-02 08:00:00' > a.csv
    try load-sessions 'postgresql:///x?host=/nowhere' a.csv
    gives_bytes 3 '*load-sessions: postgresql:///x?host=/nowhere: cannot create the tables: connection *' ''
}

@test "without the SQL that computes sessions, the run fails; the next one completes it" {
    events 'ann|d1|x|2019-09-02 08:00:00' > a.csv
    cp -r "$ROOT/scripts" "$ROOT/sql" .
    mv sql/both/sessions_merge.sql .
    try scripts/load-sessions app.db a.csv
    gives_bytes 3 'load-sessions: app.db: cannot update the sessions: cannot read *sessions_merge.sql' 'a.csv: 1 read, 1 inserted, 0 updated, 0 ignored, 0 rejected\n'
    try load-sessions app.db a.csv
    gives_bytes 0 '' 'a.csv: already loaded\n1 events in 1 sessions\n'
}

@test "the status is right with standard error closed or full" {
    events 'ann|d1|x|2019-09-02 08:00:00' > a.csv
    for stderr in '>&-' '>/dev/full'; do
        run -0 bash -c "load-sessions app.db a.csv 2$stderr"
        [ "${lines[1]}" = '1 events in 1 sessions' ]
        run -2 bash -c "load-sessions --gap x app.db a.csv 2$stderr"
        run -2 bash -c "load-sessions app.db missing.csv 2$stderr"
    done
}

@test "what a database file hides in a view, trigger, generated column, CHECK or index does not run" {
    events 'ann|d1|Open|2019-09-02 08:00:00' > a.csv
    load-sessions good.db a.csv
    events 'ann|d1|Open|2019-09-02 08:10:00' > b.csv
    harmless good.db load-sessions x.db b.csv
}

@test "a failure of the system stops the run" {
    events 'ann|d1|x|2019-09-02 08:00:00' > a.csv
    mkdir bin
    printf '#!/bin/sh\nPATH=%s\ncsv2tsv "$@" | head -n 1\nkill -9 $$\n' "$PATH" > bin/csv2tsv
    chmod +x bin/csv2tsv
    # The directory of the script comes first in PATH.
    cp -r "$ROOT/scripts/load-sessions" "$ROOT/scripts/lib" bin
    ln -s "$ROOT/sql" sql
    try bin/load-sessions app.db a.csv
    gives_bytes 3 'load-sessions: a.csv: not loaded: a program was killed' ''
}
