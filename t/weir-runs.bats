# weir-runs: what changed between the last run of a job and those before it, with a status for cron.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    sqlite3 x.db < "$ROOT/sql/sqlite/weir_runs.sql"
    for day in 1 2 3 4 5; do run_of $day 100 1 2 0; done
}

run_of() { # DAY READ REJECTED SECONDS STATUS
    sqlite3 x.db "INSERT INTO weir_runs VALUES ('a', '2024-05-0$1T00:00:00', $4, 1, 1, 1, $2, $2 - $3, 0, 0, $3, $5)"
}

@test "a run like those before: status 0; values that stand out, failed runs: 1" {
    try weir-runs x.db
    gives 0 '' 'Job Started Status Measure Value Median StandsOut' 'a 2024-05-05T00:00:00 0 read 100 100 0' \
        'a 2024-05-05T00:00:00 0 rejected_share 0.01 0.01 0' 'a 2024-05-05T00:00:00 0 seconds 2 2 0'
    run_of 6 40 1 2.9 0
    try weir-runs x.db
    gives 1 '' 'Job Started Status Measure Value Median StandsOut' 'a 2024-05-06T00:00:00 0 read 40 100 1' \
        'a 2024-05-06T00:00:00 0 rejected_share 0.025 0.01 1' 'a 2024-05-06T00:00:00 0 seconds 2.9 2 0'
    try weir-runs -T 2 x.db
    [ "$status" -eq 0 ]
    run_of 7 100 1 2 3
    try weir-runs x.db
    [ "$status" -eq 1 ]
    run_of 8 100 1 3.1 0
    try weir-runs x.db
    gives 1 '' 'Job Started Status Measure Value Median StandsOut' 'a 2024-05-08T00:00:00 0 read 100 100 0' \
        'a 2024-05-08T00:00:00 0 rejected_share 0.01 0.01 0' 'a 2024-05-08T00:00:00 0 seconds 3.1 2 1'
}

@test "few runs have no median; no table is an error" {
    sqlite3 x.db "DELETE FROM weir_runs WHERE started > '2024-05-04'"
    try weir-runs x.db
    [ "$status" -eq 0 ]
    [ "$(pick Median < out | sort -u)" = $'Median\n\\N' ]
    try sh -c 'weir-runs x.db > /dev/full'
    [ "$status" -eq 3 ]
    try weir-runs none.db
    gives 3 'weir-runs: none.db: not a file'
    sqlite3 empty.db 'CREATE TABLE t (a)'
    try weir-runs empty.db
    gives 3 'weir-runs: empty.db: cannot read weir_runs: no such table: weir_runs*'
    try weir-runs -T x x.db
    gives 2 'weir-runs: -T: "x" must be a number such as 0.5*'
}
