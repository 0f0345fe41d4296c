# weir_runs: every run of a job that loads adds a row to its database, also if it fails.

load helper
load postgres

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    postgres_database
    url=$(postgres_url)
    echo '{"Id":"1","PostId":"2","VoteTypeId":"2","CreationDate":"2022-01-01T00:00:00.000"}' > a.jsonl
    sed 'p; s/"1"/"3"/' a.jsonl > b.jsonl
    echo '{"Id":' > bad.jsonl
    mkdir days
    printf 'visit_date\n2024-01-01\n2024-01-01\n2024-01-02\n' > days/a.csv
}

# runs DATABASE: its runs, without what differs each time.
runs() {
    local sql="SELECT job, files, read, inserted, updated, ignored, rejected, status FROM weir_runs ORDER BY started;"
    case $1 in
        postgres*) PGOPTIONS="-c search_path=blog_analysis,public" psql -XqAt -c "$sql" ;;
        *) sqlite3 "$1" "$sql" ;;
    esac
}

@test "ingest-votes: loads, files loaded before, bad files" {
    for db in x.db "$url"; do
        ingest-votes "$db" a.jsonl > out
        sleep 1
        ingest-votes "$db" a.jsonl b.jsonl > out
        sleep 1
        try ingest-votes "$db" bad.jsonl a.jsonl
        [ "$status" -eq 1 ]
        try weir-runs "$db" blog_analysis
        [ "$status" -eq 1 ]
        [ "$(pick Job Status Measure StandsOut < out | sed -n 2p)" = $'ingest-votes\t1\tread\t1' ]
        runs "$db" | diff - <(printf '%s\n' 'ingest-votes|1|1|1|0|0|0|0' 'ingest-votes|2|2|1|0|1|0|0' 'ingest-votes|2|0|0|0|0|0|1')
    done
}

@test "started, seconds, cpu_seconds and peak_bytes" {
    ingest-votes x.db a.jsonl > out
    [ "$(sqlite3 x.db "SELECT abs(julianday('now') - julianday(started)) < 0.01 AND seconds BETWEEN 0.001 AND 60 AND
        cpu_seconds >= 0 AND peak_bytes BETWEEN 1000000 AND 1000000000 FROM weir_runs")" = 1 ]
}

@test "daily-users: a bad file leaves the table unchanged, and a row in weir_runs" {
    for db in x.db "$url"; do
        daily-users "$db" days > out
        sleep 1
        echo 2024-01-41 > days/b.csv
        sed -i '1i visit_date' days/b.csv
        try daily-users "$db" days
        [ "$status" -eq 1 ]
        rm days/b.csv
        runs "$db" | diff - <(printf '%s\n' 'daily-users|1|2|2|0|0|0|0' 'daily-users|2|0|0|0|0|0|1')
    done
}

@test "load-comments and load-sessions add rows, too" {
    echo 'anonymous_id;business_zoned;context_app_version;context_device_id;context_os_name;event_name;received_at;created_at
a;b;1;d;ios;Ride Started;2022-01-01T00:00:00;2022-01-01T00:00:00' > events.csv
    load-sessions x.db events.csv > out
    runs x.db | diff - <(echo 'load-sessions|1|1|1|0|0|0|0')
    printf 'h_id,message\n1,x\n' > texts.csv
    load-comments y.db --text texts.csv > out
    runs y.db | diff - <(echo 'load-comments|1|1|1|0|0|0|0')
}

@test "a usage error, or a database that is none, leaves no trace" {
    try ingest-votes x.db none.jsonl
    [ "$status" -eq 2 ]
    [ ! -e x.db ]
    cp a.jsonl no.db
    try ingest-votes no.db a.jsonl
    [ "$status" -eq 3 ]
    cmp a.jsonl no.db
}

@test "--metrics FILE: the run as Prometheus text, replaced as a whole; also of a failed run" {
    ingest-votes --metrics m.prom x.db a.jsonl > out
    grep -x 'weir_run_status{job="ingest-votes"} 0' m.prom
    grep -x 'weir_run_inserted_rows{job="ingest-votes"} 1' m.prom
    [ "$(grep -c '^# TYPE weir_run_[a-z_]* gauge$' m.prom)" -eq "$(grep -c '^weir_run_[a-z_]*{job="ingest-votes"} [0-9.]*$' m.prom)" ]
    try ingest-votes --metrics=m.prom x.db bad.jsonl
    [ "$status" -eq 1 ]
    grep -x 'weir_run_status{job="ingest-votes"} 1' m.prom
    daily-users --metrics d.prom x.db days > out
    grep -x 'weir_run_read_records{job="daily-users"} 2' d.prom
    try ingest-votes --metrics no/m.prom x.db a.jsonl
    gives 3 'ingest-votes: no/m.prom: cannot write the metrics' 'a.jsonl:\salready\sloaded'
    [ "$(echo *.prom*)" = 'd.prom m.prom' ]
    ! command -v promtool || promtool check metrics < m.prom
}
