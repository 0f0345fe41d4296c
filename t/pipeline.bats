# Whole pipelines: the votes job from end to end, and pipelines that break.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return
}

# Example votes: 1 on 2022-01-02, then 3, 3, 2, 2, 1, 1, 2 and 1 on the Sundays after it; some lines are duplicates.
example_votes() {
    local id=0 week=0 n i
    for n in 1 3 3 2 2 1 1 2 1; do
        for ((i = 0; i < n; i++)); do
            id=$((id + 1))
            printf '{"Id":"%d","PostId":"%d","VoteTypeId":"2","CreationDate":"%sT00:00:00.000"}\n' $id $((id % 4 + 1)) \
                "$(date -u -d "2022-01-02 + $week weeks" +%F)"
        done
        week=$((week + 1))
    done | tee example
    sed -n '1p; 5p; 5p; 16p' example
}

# Prints the outlier weeks of the votes on standard input, computed by the programs.
by_programs() {
    jsonl2tsv -E Id CreationDate | dedup -k Id | weekagg -t CreationDate VoteCount=count | outliers | sed '$d'
}

@test "the example: weeks 0, 1, 2, 5, 6 and 8 of 2022" {
    example_votes > votes.jsonl
    try sh -c 'jsonl2tsv Id CreationDate < votes.jsonl | dedup -k Id | weekagg -t CreationDate VoteCount=count | outliers'
    gives 0 '' 'Year WeekNumber VoteCount' '2022 0 1' '2022 1 3' '2022 2 3' '2022 5 1' '2022 6 1' '2022 8 1'
    ingest-votes warehouse.db votes.jsonl
    try outlier-weeks warehouse.db
    gives 0 '' 'Year WeekNumber VoteCount' '2022 0 1' '2022 1 3' '2022 2 3' '2022 5 1' '2022 6 1' '2022 8 1'
}

@test "programs, view and an independent program agree on real votes" {
    gzip -dc "$ROOT/t/data/votes.jsonl.gz" > votes.jsonl
    ingest-votes warehouse.db votes.jsonl
    outlier-weeks warehouse.db > by-view
    by_programs < votes.jsonl > by-programs
    python3 "$ROOT/t/lib/expected_weeks.py" > by-python
    [ "$(wc -l < by-view)" -eq 163 ]
    diff -u by-view by-programs
    diff -u by-view by-python
}

@test "programs and view agree on generated votes with all shapes, any order and duplicates" {
    generate-votes 30000 > votes.jsonl
    ingest-votes warehouse.db votes.jsonl
    outlier-weeks warehouse.db > by-view
    by_programs < votes.jsonl > by-programs
    [ "$(wc -l < by-view)" -gt 100 ]
    diff -u by-view by-programs
}

@test "generated votes are the same each time: N lines of JSON, one Id in a thousand duplicate" {
    generate-votes 10000 > a
    generate-votes 10000 | cmp a
    [ "$(jsonl2tsv -N Id:int! PostId:int! VoteTypeId:int! CreationDate:time! UserId:int BountyAmount:int < a | wc -l)" -eq 10000 ]
    [ "$(jsonl2tsv -N Id < a | dedup -N | wc -l)" -eq 9990 ]
    [ "$(generate-votes --plain 10000 | jsonl2tsv -N UserId? BountyAmount? | sort -u)" = $'\\N\t\\N' ]
}

@test "a pipeline with bad input says so at each stage, and its last line is the failure mark" {
    { example_votes; echo '{"Id":"99"'; } > votes.jsonl
    try sh -c 'jsonl2tsv Id CreationDate < votes.jsonl | dedup -k Id | weekagg -t CreationDate | outliers > weeks'
    gives 1 '*'
    sort err | diff - <(printf '%s: line 21: byte 11: unexpected end of line\n' 'dedup: input failed' jsonl2tsv \
        'outliers: input failed' 'weekagg: input failed')
    mv weeks in
    try tsv2sqlite warehouse.db weeks
    gives 1 'tsv2sqlite: input failed: line 21: byte 11: *'
    run -0 sqlite3 warehouse.db '.tables'
    [ -z "$output" ]
}

@test "if any stage is killed, there is no end mark, and the sink with -E stores nothing" {
    example_votes > votes.jsonl
    weeks='jsonl2tsv Id CreationDate < votes.jsonl | dedup -k Id | weekagg -t CreationDate | outliers'
    sh -c "$weeks" | tsv2sqlite warehouse.db weeks
    before=$(sqlite3 warehouse.db .dump)
    for killed in jsonl2tsv dedup weekagg outliers; do
        # The program is replaced by one that writes its first lines and is killed.
        broken=$(printf %s "$weeks" | sed "s/\(${killed}[^|<]*\)\(< votes.jsonl\)\{0,1\}/sh -c '\1 | head -n 5; kill -9 \$\$' \2/")
        try sh -c "$broken | tsv2sqlite -E --replace warehouse.db weeks"
        gives 1 '*tsv2sqlite: *end mark*'
        [ "$(sqlite3 warehouse.db .dump)" = "$before" ]
    done
    try sh -c "$weeks -E | tsv2sqlite -E --replace warehouse.db weeks"
    gives 0 'tsv2sqlite: *'
}

@test "a sink that is killed at any time leaves the old rows or all new ones" {
    generate-votes 100000 | jsonl2tsv Id CreationDate > votes.tsv
    printf 'Id\tCreationDate\n1\tx\n' | tsv2sqlite warehouse.db votes
    for delay in 0.01 0.03 0.05 0.07 0.1 0.15; do
        tsv2sqlite --replace warehouse.db votes < votes.tsv 3>&- &
        sleep $delay
        kill -9 $! || true
        wait $! || true
        run -0 sqlite3 warehouse.db 'PRAGMA integrity_check; SELECT count(*) IN (1, 100000) FROM votes'
        [ "$output" = $'ok\n1' ]
    done
}

@test "a reader that exits ends the pipeline at once and silently" {
    generate-votes 200000 > votes.jsonl
    try sh -c 'jsonl2tsv Id CreationDate < votes.jsonl | dedup -k Id | head -n 1'
    gives 0 '' 'Id CreationDate'
}
