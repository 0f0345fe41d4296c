# daily-users: counts the visits of each day in a directory of CSV files, in SQLite and in PostgreSQL, all days or none.

load helper
load postgres

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    mkdir in
}

# visits FILE DATE...: a CSV file with a visit on each DATE.
visits() {
    { echo id,visit_date; printf '7,%s\n' "${@:2}"; } > "$1"
}

# has ROW...: what the table must be.
has() {
    diff -u <(printf '%s\n' "$@") \
        <(sqlite3 -nullvalue null x.db 'SELECT * FROM daily_user_counts ORDER BY year, month, day')
}

@test "the visits of t/data, counted by hand" {
    try daily-users x.db "$ROOT/t/data/users"
    gives_bytes 0 '' '%s: 8 read, 8 inserted, 0 updated, 0 ignored, 0 rejected\n' "$ROOT/t/data/users"
    has '2020|9|7|null|6' '2020|9|8|4.0|2' '2020|9|9|8.5|15' '2020|9|10|17.5|20' '2020|9|11|17.0|14' \
        '2020|9|14|12.0|10' '2020|9|15|11.0|12' '2020|9|16|15.5|19'
}

@test "a day in several files, plain and packed; any columns in any order; no files of subdirectories" {
    visits in/a.csv 2020-01-02 2020-01-01 2020-01-02
    printf '"visit_date"\r\n"2020-01-02"\r\n2020-01-05' | gzip > in/b.csv.gz
    printf '\xef\xbb\xbfvisit_date,"a,b",id\n2020-01-05T23:59:59,"x ""y""\n,z",1\n2020-01-02 00:00,,\n' | zstd -q > in/c.csv.zst
    visits in/none.csv
    sed -i 2d in/none.csv
    mkdir in/deeper
    visits in/deeper/d.csv 2021-01-01
    visits in/e.tsv 2021-01-01
    visits in/e.csv.bak 2021-01-01
    try daily-users x.db in
    gives_bytes 0 '' 'in: 3 read, 3 inserted, 0 updated, 0 ignored, 0 rejected\n'
    has '2020|1|1|null|1' '2020|1|2|2.5|4' '2020|1|5|3.0|2'
}

@test "the table follows the directory, however often it runs" {
    visits in/a.csv 2020-01-01
    visits in/b.csv 2020-01-01 2020-01-02
    daily-users x.db in
    daily-users x.db in
    has '2020|1|1|null|2' '2020|1|2|1.5|1'
    rm in/a.csv
    daily-users x.db in
    has '2020|1|1|null|1' '2020|1|2|1.0|1'
    sed -i 1q in/b.csv
    daily-users x.db in
    run -0 sqlite3 x.db 'SELECT count(*) FROM daily_user_counts'
    [ "$output" = 0 ]
}

@test "years 0001 to 9999, leap days, the end of a year" {
    visits in/a.csv 0001-01-01 9999-12-31 2024-02-29 2019-12-31 2020-01-01 2020-01-01
    try daily-users x.db in
    [ "$status" -eq 0 ]
    has '1|1|1|null|1' '2019|12|31|1.0|1' '2020|1|1|1.5|2' '2024|2|29|1.5|1' '9999|12|31|1.0|1'
}

@test "a time with an offset counts on its day in UTC" {
    visits in/a.csv 2020-01-01T00:30+01:00 2020-01-01T00:30Z
    try daily-users x.db in
    has '2019|12|31|null|1' '2020|1|1|1.0|1'
}

@test "a bad file: one line that names it, status 1, and the table is unchanged" {
    visits in/a.csv 2020-01-01
    daily-users x.db in
    visits in/b.csv 2020-01-02
    before=$(sqlite3 x.db .dump | grep -v weir_runs)
    bad() { # STDERR FORMAT
        # shellcheck disable=SC2059 # the format is the point
        printf "$2" > in/bad.csv
        try daily-users x.db in
        gives 1 "daily-users: in/bad.csv: $1"
        [ "$(wc -l < "$BATS_TEST_TMPDIR/err")" -eq 1 ]
        [ "$(sqlite3 x.db .dump | grep -v weir_runs)" = "$before" ]
    }
    bad 'csv2tsv: line 3: *' 'id,visit_date\n1,2020-01-03\n2\n'
    bad 'csv2tsv: line 2: *' 'id,visit_date\n1,2020-01-03,x\n'
    bad 'csv2tsv: line 2: *' 'id,visit_date\n"1,2020-01-03\n2,2020-01-04\n'
    bad 'csv2tsv: line 2: *' 'id,visit_date\n"1"x,2020-01-03\n'
    bad 'csv2tsv: *duplicate column*' 'visit_date,visit_date\n2020-01-03,2020-01-03\n'
    bad 'csv2tsv: no header line; the input is empty' ''
    bad 'weekagg: *unknown column visit_date; the columns are id, date*' 'id,date\n1,2020-01-03\n'
    bad 'weekagg: *unknown column visit_date*' 'id,Visit_Date\n1,2020-01-03\n'
    bad 'weekagg: *unknown column visit_date*' 'id,visited\n1,2020-01-03\n'
    bad "csv2tsv: line 1: only one field; * try -d ';'" 'id;visit_date\n1;2020-01-03\n'
    for date in 2020-02-30 2019-02-29 2020-13-01 2020-1-3 03.01.2020 2020-01-03T24:00 yesterday '""' '' ' 2020-01-03' \
        0000-01-01 20200103; do
        bad 'weekagg: line 3: column visit_date: *' "id,visit_date\n1,2020-01-03\n2,$date\n"
    done
    rm in/bad.csv
    daily-users x.db in
    has '2020|1|1|null|1' '2020|1|2|1.0|1'
}

@test "a packed file that is cut off anywhere or damaged; contents tell whether a file is packed" {
    seq 20000 | awk 'BEGIN { print "id,visit_date" } { printf "%d,2020-01-%02d\n", $1, $1 % 28 + 1 }' > all
    visits in/a.csv 2020-01-01
    daily-users x.db in
    gzip -c all > all.gz
    zstd -qc all > all.zst
    for packed in all.gz all.zst; do
        size=$(stat -c %s $packed)
        for part in 5 $((size / 3)) $((size / 2)) $((size - 9)) $((size - 1)); do
            head -c "$part" $packed > "in/cut.csv.${packed#all.}"
            try daily-users x.db in
            gives 1 "daily-users: in/cut.csv.${packed#all.}: ?*"
        done
        rm in/cut*
    done
    { head -c 20000 all.gz; printf XXXX; tail -c +20005 all.gz; } > in/damaged.csv.gz
    try daily-users x.db in
    gives 1 'daily-users: in/damaged.csv.gz: ?*'
    has '2020|1|1|null|1'
    rm in/damaged.csv.gz
    visits in/b.csv.gz 2020-01-01
    gzip -c in/a.csv > in/c.csv
    try daily-users x.db in
    gives_bytes 0 '' 'in: 1 read, 1 inserted, 0 updated, 0 ignored, 0 rejected\n'
    has '2020|1|1|null|3'
    rm in/[bc]*
    mkdir in/0.csv
    try daily-users x.db in
    gives_bytes 0 '' 'in: 1 read, 1 inserted, 0 updated, 0 ignored, 0 rejected\n'
}

@test "nothing changes if a program in the pipeline is killed" {
    visits in/a.csv 2020-01-01 2020-01-02 2020-01-03
    daily-users x.db in
    before=$(sqlite3 x.db .dump | grep -v weir_runs)
    for ((i = 0; i < 1000; i++)); do echo '1,2020-01-09'; done | sed '1i id,visit_date' > in/b.csv
    gzip in/b.csv
    for program in csv2tsv weekagg; do
        with $program "$program"' "$@" | head -n 2; kill -9 $$' daily-users x.db in
        gives 3 'daily-users: in/*'
        [ "$(sqlite3 x.db .dump | grep -v weir_runs)" = "$before" ]
    done
    with tsv2sqlite 'kill -9 $$' daily-users x.db in
    gives 3 'daily-users: in/a.csv:*'
    with sqlite3 'sqlite3 "$@" | head -n 1; kill -9 $$' daily-users x.db in
    gives 3 'daily-users: in: cannot count the days: Killed'
    with tsv2sqlite 'case $* in *--replace*) head -n 2 | tsv2sqlite "$@"; kill -9 $$;; *) exec tsv2sqlite "$@"; esac' \
        daily-users x.db in
    [ "$status" -ne 0 ]
    [ "$(sqlite3 x.db .dump | grep -v weir_runs)" = "$before" ]
}

@test "nothing is left in TMPDIR" {
    mkdir tmp
    visits in/a.csv 2020-01-01
    TMPDIR=$PWD/tmp daily-users x.db in
    echo 1 >> in/a.csv
    TMPDIR=$PWD/tmp try daily-users x.db in
    [ "$status" -eq 1 ]
    [ -z "$(ls -A tmp)" ]
    TMPDIR=$PWD/none try daily-users x.db in
    gives 3 '*'
}

@test "wrong usage is found before anything is created" {
    visits in/a.csv 2020-01-01
    mkdir empty
    visits empty/a.txt 2020-01-01
    for operands in '' x.db 'x.db in in' '-x x.db in' 'x.db in/a.csv' 'x.db none' 'x.db empty'; do
        # shellcheck disable=SC2086 # to be split
        try daily-users $operands
        gives 2 'daily-users: *'
    done
    [ ! -e x.db ]
    try daily-users --help
    gives_bytes 0 '' '%s\n' "$(sed -n '2,/^# usage/s/^# //p' "$ROOT/scripts/daily-users")"
}

@test "a failing database or standard output: status 3" {
    visits in/a.csv 2020-01-01
    cp in/a.csv no.db
    try daily-users no.db in
    gives 3 '*file is not a database*'
    cmp in/a.csv no.db
    try daily-users none/x.db in
    gives 3 '*unable to open database*'
    try sh -c 'daily-users x.db in > /dev/full'
    gives 3 '*'
    try daily-users "postgresql:///x?host=$PWD" in
    gives 3 '*daily-users: *'
}

@test "names with blanks, a leading dash, a line feed, quotes" {
    mkdir -- $'-a b\n'\''"'
    visits $'./-a b\n'\''"/x y'\''.csv' 2020-01-01
    visits $'./-a b\n'\''"/-.csv' 2020-01-01
    try daily-users -- 'file:x?mode=ro' $'-a b\n'\''"'
    [ "$status" -eq 0 ]
    run -0 sqlite3 './file:x?mode=ro' 'SELECT count FROM daily_user_counts'
    [ "$output" = 2 ]
}

@test "the table refuses days that do not exist, duplicate days, no visits" {
    visits in/a.csv 2020-01-01
    daily-users x.db in
    for values in '2023, 2, 29, 1, 1' '2023, 13, 1, 1, 1' '2023, 0, 1, 1, 1' '2020, 1, 1, 1, 1' '2023, 1, 1, 1, 0' \
        '2023, 1, 1, 1, NULL' "2023, 1, 1, 'x', 1" 'NULL, 1, 1, 1, 1'; do
        run -19 sqlite3 x.db "INSERT INTO daily_user_counts VALUES ($values)"
    done
}

@test "random directories: the same rows as from Python, in SQLite and in PostgreSQL" {
    postgres_database
    for seed in 1 2 3 4 5 6; do
        rm -rf in && mkdir in
        python3 "$ROOT/t/lib/random_visits.py" $seed
        python3 "$ROOT/t/lib/expected_days.py" in > expected
        try daily-users x.db in
        gives_bytes 0 '' 'in: %d read, %d inserted, 0 updated, 0 ignored, 0 rejected\n' "$(wc -l < expected)" "$(wc -l < expected)"
        has "$(cat expected)"
        try daily-users "$(postgres_url)" in
        gives_bytes 0 '' 'in: %d read, %d inserted, 0 updated, 0 ignored, 0 rejected\n' "$(wc -l < expected)" "$(wc -l < expected)"
        psql -XAqt -P null=null -c 'SELECT * FROM daily_user_counts ORDER BY year, month, day' | diff -u expected -
    done
}

@test "PostgreSQL: a bad file changes nothing; a role without privileges, a missing database" {
    postgres_database
    visits in/a.csv 2020-01-01
    daily-users "$(postgres_url)" in
    visits in/b.csv 2020-01-02 2020-01-32
    try daily-users "$(postgres_url)" in
    gives 1 'daily-users: in/b.csv: weekagg: line 3: *'
    run -0 psql -XAqtc 'TABLE daily_user_counts'
    [ "$output" = '2020|1|1||1' ]
    rm in/b.csv
    psql -Xqc 'CREATE ROLE visitor LOGIN'
    PGUSER=visitor try daily-users "$(PGUSER=visitor postgres_url)" in
    gives 3 '*permission denied*'
    try daily-users "$(postgres_url none)" in
    gives 3 '*database "none" does not exist*'
    run -0 psql -XAqtc 'TABLE daily_user_counts'
    [ "$output" = '2020|1|1||1' ]
}

@test "PostgreSQL: in the database from render-sql, with its roles" {
    postgres_database
    for env in dev prod; do
        sed "s/users_/visits_/" "$ROOT/sql/env/$env" > $env
        render-sql -o $env.sql ./$env users.sql
        psql -Xqd postgres -f $env.sql
    done
    try daily-users "$(PGUSER=visits_dev_job postgres_url visits_dev)" "$ROOT/t/data/users"
    gives_bytes 0 '' '%s: 8 read, 8 inserted, 0 updated, 0 ignored, 0 rejected\n' "$ROOT/t/data/users"
    daily-users x.db "$ROOT/t/data/users"
    psql -XAqt -P null=null -U visits_dev_reader -d visits_dev -c 'SELECT * FROM users.daily_user_counts ORDER BY 1, 2, 3' > rows
    has "$(cat rows)"
    [ "$(wc -l < rows)" -eq 8 ]
    # Running it again keeps the rows.
    psql -Xqd postgres -f dev.sql
    psql -XAqt -P null=null -d visits_dev -c 'SELECT * FROM users.daily_user_counts ORDER BY 1, 2, 3' | diff rows -
    [ -z "$(psql -XAqtd visits_prod -c 'TABLE users.daily_user_counts')" ]
    run -0 psql -XAqtd visits_dev -c "SELECT schemaname FROM pg_tables WHERE tablename = 'daily_user_counts'"
    [ "$output" = users ]
}

@test "it works when installed" {
    make -s -C "$ROOT" -o all B="${WEIR_BUILD:-$ROOT/build}" install DESTDIR= PREFIX="$PWD/my weir"
    PATH=/usr/bin:/bin
    './my weir/bin/daily-users' x.db "$ROOT/t/data/users"
    run -0 sqlite3 x.db 'SELECT sum(count) FROM daily_user_counts'
    [ "$output" = 98 ]
}

@test "what a database file hides in a view, trigger, generated column, CHECK or index does not run" {
    visits in/a.csv 2020-01-01
    daily-users good.db in
    harmless good.db daily-users x.db in
}
