# sql/spark: the jobs in Spark SQL, with the programs as operators, give the same rows as SQLite. The tests are skipped
# if Spark (pip install pyspark) and Java are not installed.

load helper

setup() {
    command -v spark-sql > /dev/null || skip 'Spark is not installed: no spark-sql'
    cd "$BATS_TEST_TMPDIR" || return
}

# spark VOTES: tries the votes job on the files VOTES, in few partitions, because each one starts programs.
spark() {
    try spark-sql --master 'local[2]' --conf spark.sql.shuffle.partitions=3 --conf spark.ui.enabled=false \
        --conf spark.task.maxFailures=1 -S -d votes="$1" -f "$ROOT/sql/spark/votes.sql"
}

@test "the outlier weeks of t/data" {
    ingest-votes x.db "$ROOT/t/data/votes.jsonl.gz"
    outlier-weeks x.db | sed 1d > weeks
    [ "$(wc -l < weeks)" -eq 162 ]
    spark "$ROOT/t/data/votes.jsonl.gz"
    [ "$status" -eq 0 ]
    diff weeks out
}

@test "several files, votes in both of them" {
    for n in 1 2; do
        mkdir -p in
        python3 "$ROOT/t/lib/random_votes.py" $n > in/$n.jsonl
    done
    ingest-votes x.db in
    outlier-weeks x.db | sed 1d > weeks
    [ "$(wc -l < weeks)" -gt 10 ]
    [ "$(sqlite3 x.db 'SELECT count(*) FROM votes')" -lt 2500 ]
    spark "in/*.jsonl"
    [ "$status" -eq 0 ]
    diff weeks out
}

@test "a bad vote makes the query fail, and no row is printed" {
    gzip -dc "$ROOT/t/data/votes.jsonl.gz" | head -n 1000 > votes.jsonl
    echo '{"Id":1,"PostId":"x"}' >> votes.jsonl
    spark votes.jsonl
    [ "$status" -ne 0 ]
    [ ! -s out ]
    grep -q 'line .*: column PostId: "x" is not an integer' err
}

@test "a program that is killed makes the query fail, and no row is printed" {
    mkdir bin
    printf '#!/bin/sh\nPATH=%s\nweekagg "$@" | head -n 3\nkill -9 $$\n' "$PATH" > bin/weekagg
    chmod +x bin/weekagg
    PATH=$PWD/bin:$PATH spark "$ROOT/t/data/votes.jsonl.gz"
    [ "$status" -ne 0 ]
    [ ! -s out ]
}
