# outlier-weeks: the view of the weeks whose number of votes is more than 20% above or below the mean.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return
}

# weeks COUNT...: creates x.db, whose table votes has COUNT votes on each Monday from 2023-01-02 on.
weeks() {
    local week=0 count
    rm -f x.db
    {
        echo 'CREATE TABLE votes (CreationDate TEXT); BEGIN;'
        for count; do
            echo "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $count)
                INSERT INTO votes SELECT date('2023-01-02', '+$((7 * week)) days') FROM n;"
            week=$((week + 1))
        done
        echo 'COMMIT;'
    } | sqlite3 x.db
}

@test "any table votes will do" {
    weeks 1 3 2 2
    try outlier-weeks x.db
    gives 0 '' 'Year WeekNumber VoteCount' '2023 1 1' '2023 2 3'
    sqlite3 y.db "ATTACH 'x.db' AS x; CREATE TABLE v AS SELECT * FROM x.votes; CREATE VIEW votes AS SELECT * FROM v"
    try outlier-weeks y.db
    gives 0 '' 'Year WeekNumber VoteCount' '2023 1 1' '2023 2 3'
}

@test "a week at exactly 20% is not an outlier, one vote more is: decided in integers" {
    weeks 5 4 6 5
    try outlier-weeks x.db
    gives 0 '' 'Year WeekNumber VoteCount'
    weeks 50 40 60 50 50
    try outlier-weeks x.db
    gives 0 '' 'Year WeekNumber VoteCount'
    weeks 50 39 61 50 50
    try outlier-weeks x.db
    gives 0 '' 'Year WeekNumber VoteCount' '2023 2 39' '2023 3 61'
    for mean in 5 10 15 35 55 70 110 115 230 245; do
        weeks $((mean * 6 / 5)) $((mean * 4 / 5)) "$mean"
        try outlier-weeks x.db
        gives 0 '' 'Year WeekNumber VoteCount'
    done
}

@test "weeks begin on Monday; days before the first one of a year are week 0; UTC counts" {
    sqlite3 x.db "CREATE TABLE votes (CreationDate TEXT); INSERT INTO votes VALUES ('2022-01-01'), ('2022-01-02T23:59'),
        ('2022-01-03'), ('2021-12-31T23:59:59.999'), ('2021-12-31T23:30:00-01:00'), ('2024-12-30'), ('2024-12-31'),
        ('2024-12-30'), ('2024-12-30'), ('2024-12-30'), ('2024-12-30')"
    try outlier-weeks x.db
    gives 0 '' 'Year WeekNumber VoteCount' '2021 52 1' '2022 1 1' '2024 53 6'
}

@test "fractions of a second are dropped and offsets are applied, as in the programs" {
    local day times
    times=$(
        for day in 2022-01-02 2022-01-03 2023-12-31; do
            for time in '' T00:00 T23:59Z T01:59:59.9996+02:00 T23:59:59.9999999 T23:59:59.9999Z ' 23:59:59.99951-00:00' \
                T22:59:59.999999999-01:00 T23:59:59.9-01:00 T00:30+01:00 T00:30:00+01:00 T00:30:00.000+01:00; do
                echo "$day$time"
            done
        done
    )
    { echo CreationDate && echo "$times"; } > in
    tsv2sqlite x.db votes < in
    try sh -c 'weekagg -t CreationDate VoteCount=count | outliers'
    [ "$status" -eq 0 ]
    cp out programs
    [ "$(wc -l < programs)" -gt 3 ]
    try outlier-weeks x.db
    [ "$status" -eq 0 ]
    cmp programs out
}

@test "no votes, no weeks" {
    weeks
    try outlier-weeks x.db
    gives 0 '' 'Year WeekNumber VoteCount'
}

@test "a vote without a date that can be read is no week of its own: it is left out, and counted" {
    weeks 1 3 2 2
    sqlite3 x.db "INSERT INTO votes VALUES (NULL), (''), ('x'), ('2022-02-30'), ('2022-02-30T00:00+01:00'), (1641686400),
        (2459000.5), ('now'), ('12:00'), ('2022-01-09T24:00'), ('2022-01-09 noon'), (x'00')"
    try outlier-weeks x.db
    gives 0 'outlier-weeks: x.db: left out 12 votes whose CreationDate is null or no time' 'Year WeekNumber VoteCount' \
        '2023 1 1' '2023 2 3'
}

@test "the view is replaced, and follows the table" {
    weeks 1 3 2 2
    sqlite3 x.db 'CREATE VIEW outlier_weeks AS SELECT 1'
    try outlier-weeks x.db
    gives 0 '' 'Year WeekNumber VoteCount' '2023 1 1' '2023 2 3'
    sqlite3 x.db "DELETE FROM votes WHERE CreationDate = '2023-01-09'"
    run -0 sqlite3 x.db 'SELECT * FROM outlier_weeks'
    [ "$output" = '2023|1|1' ]
}

@test "a missing file, table or column, no database, a table of that name: an error, nothing is printed or created" {
    try outlier-weeks missing.db
    gives 3 'outlier-weeks: missing.db: no such database'
    [ ! -e missing.db ]
    echo 'this is not a database' > text.db
    try outlier-weeks text.db
    gives 1 '*file is not a database*'
    sqlite3 x.db 'CREATE TABLE other (a)'
    try outlier-weeks x.db
    gives 1 'outlier-weeks: x.db: cannot read column CreationDate of table votes: no such table: votes'
    sqlite3 x.db 'CREATE TABLE votes (a)'
    try outlier-weeks x.db
    gives 1 '*no such column: CreationDate*'
    run -0 sqlite3 x.db "SELECT count(*) FROM sqlite_schema WHERE name = 'outlier_weeks'"
    [ "$output" = 0 ]
    weeks 1 2
    sqlite3 x.db 'CREATE TABLE outlier_weeks (a)'
    try outlier-weeks x.db
    gives 3 'outlier-weeks: x.db: cannot create view outlier_weeks: *'
}

@test "unusual names, wrong usage, a full disk" {
    weeks 1 3 2 2
    mv x.db './-file:x y.db?'
    try outlier-weeks -- '-file:x y.db?'
    gives 0 '' 'Year WeekNumber VoteCount' '2023 1 1' '2023 2 3'
    try outlier-weeks
    gives 2 'outlier-weeks: *'
    try outlier-weeks -x
    gives 2 'outlier-weeks: unknown option -x*'
    try outlier-weeks --help
    gives_bytes 0 '' '%s\n' "$(sed -n '2,4s/^# //p' "$ROOT/scripts/outlier-weeks")"
    try sh -c "outlier-weeks -- '-file:x y.db?' > /dev/full"
    gives 3 '*write error'
}

@test "neither ~/.sqliterc nor the locale changes what is printed" {
    weeks 1 3 2 2
    printf '.mode json\n.headers on\n' > .sqliterc
    try env HOME="$PWD" LC_ALL=de_DE.UTF-8 TZ=Asia/Tokyo outlier-weeks x.db
    gives 0 '' 'Year WeekNumber VoteCount' '2023 1 1' '2023 2 3'
}

@test "what a database file hides in a view, trigger, generated column, CHECK or index does not run" {
    weeks 1 3 2 2
    mv x.db good.db
    harmless good.db outlier-weeks x.db
}
