# The votes job in PostgreSQL: the same rows as in SQLite.

load helper
load postgres

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    postgres_database
    url=$(postgres_url)
}

# rows SHELL...: prints all votes with SHELL, the shell of the database.
rows() {
    echo 'SELECT Id, PostId, VoteTypeId, substr(CAST(CreationDate AS text), 1, 10), UserId, BountyAmount FROM votes ORDER BY 1;' |
        "$@"
}

@test "ingest-votes and outlier-weeks: real votes, and files that overlap" {
    gzip -dc "$ROOT/t/data/votes.jsonl.gz" > votes.jsonl
    head -n 15000 votes.jsonl > a.jsonl
    tail -n 30000 votes.jsonl | gzip > b.jsonl.gz
    for db in votes.db "$url"; do
        try ingest-votes "$db" a.jsonl b.jsonl.gz a.jsonl
        gives_bytes 0 '' '%s\n' 'a.jsonl: 15000 read, 15000 inserted, 0 updated, 0 ignored, 0 rejected' \
            'b.jsonl.gz: 30000 read, 25299 inserted, 0 updated, 4701 ignored, 0 rejected' 'a.jsonl: already loaded'
    done
    rows sqlite3 votes.db > sqlite
    PGOPTIONS='-c search_path=blog_analysis -c datestyle=ISO' rows psql -XqAt > postgres
    [ "$(wc -l < sqlite)" -eq 40299 ]
    cmp sqlite postgres
    outlier-weeks votes.db > sqlite
    outlier-weeks "$url" | cmp - sqlite
}

@test "the first vote of an Id is kept, and a bad vote keeps its file out" {
    vote() { printf '{"Id":"%s","PostId":"7","VoteTypeId":"%s","CreationDate":"%s"}\n' "$@"; }
    { vote 1 2 2022-01-09T23:30:00.5; vote 1 3 2021-01-09; vote 2 2 2022-01-09; } > a.jsonl
    { vote 2 9 2022-01-10; vote 3 0 2022-01-10; } > wrong.jsonl
    { vote 2 9 2023-01-10; vote 4 2 '1999-12-31 22:00:00-05:00'; } > b.jsonl
    for db in votes.db "$url"; do
        try ingest-votes "$db" a.jsonl wrong.jsonl b.jsonl
        gives_bytes 1 '*wrong.jsonl: not loaded: *record 2: *VoteTypeId is positive*' '%s\n' \
            'a.jsonl: 3 read, 2 inserted, 0 updated, 1 ignored, 0 rejected' \
            'b.jsonl: 2 read, 1 inserted, 0 updated, 1 ignored, 0 rejected'
    done
    export PGOPTIONS='-c search_path=blog_analysis -c timezone=UTC'
    run -0 psql -XqAt -c "SELECT Id, VoteTypeId, to_char(CreationDate, 'YYYY-MM-DD HH24:MI:SS.MS') FROM votes ORDER BY Id"
    [ "${lines[*]}" = '1|2|2022-01-09 23:30:00.500 2|2|2022-01-09 00:00:00.000 4|2|2000-01-01 03:00:00.000' ]
}

@test "a missing database, a role without privileges: one line, status 3, and nothing is created" {
    echo '{"Id":"1","PostId":"7","VoteTypeId":"2","CreationDate":"2022-01-09"}' > a.jsonl
    try ingest-votes "$(postgres_url nowhere)" a.jsonl
    gives_bytes 3 'ingest-votes: *: cannot create table votes: *database "nowhere" does not exist' ''
    psql -Xq -c 'CREATE ROLE voter LOGIN'
    try ingest-votes "postgresql://voter@/$PGDATABASE?host=$PGHOST" a.jsonl
    gives_bytes 3 'ingest-votes: *: cannot create table votes: permission denied for database *' ''
    try outlier-weeks "$url"
    gives_bytes 1 'outlier-weeks: *: cannot read column CreationDate of table votes: relation "votes" does not exist' ''
    [ "$(psql -XqAt -c "SELECT count(*) FROM pg_namespace WHERE nspname = 'blog_analysis'")" -eq 0 ]
}
