# The benchmark and its generated data.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    mkdir peers
    PATH=$BATS_TEST_TMPDIR/peers:$PATH
}

# fake_peer NAME COMMAND: a peer of version 1.0 that otherwise does COMMAND.
fake_peer() {
    printf '#!/bin/sh\n[ "$1" != --version ] || exec echo %s 1.0\n%s\n' "$1" "$2" > "peers/$1"
    chmod +x "peers/$1"
}

@test "the installed peers give the same result as weir in every job" {
    cc -D_GNU_SOURCE -o peers/bench_sqlite "$ROOT/scripts/bench/sqlite.c" -lsqlite3
    try bench data 2000 1
    [ "$status" -eq 0 ]
    grep -q '^| dedup, 1 | 2000 | sort -u [0-9.]* | ' out
    grep -q '^| tsv2sqlite, 1 | 2000 | insert loop [0-9.]* | ' out
    grep -q '^| votes, whole | [0-9]* | [0-9]* | ' out
    grep -q '^on 1000 votes takes [0-9.]* ms' out
}

@test "only the named jobs run, and only their data are generated" {
    fake_peer datamash 'exec cat'
    fake_peer mawk 'exit 1'
    try bench data 500 1 dedup tsv2sqlite
    [ "$status" -eq 0 ]
    [ "$(grep -c '^| dedup, 1 | 500 | datamash 1\.0 | ' out)" -eq 1 ]
    [ "$(grep '^| [a-z]' out | grep -cv '^| \(job\|dedup\|tsv2sqlite\)')" -eq 0 ]
    diff <(ls data) <(printf 'votes-%s\n' 1000.jsonl 50.jsonl 50.tsv 500.jsonl 500.tsv)
    try bench data 500 1 dedupe
    gives 1 'bench: unknown job dedupe; must be one of: jsonl2tsv; *; votes, whole'
}

@test "a peer that fails or gives another result ends the benchmark and leaves no database" {
    fake_peer jq 'cat > /dev/null; echo 1'
    try bench data 500 1 jsonl2tsv
    [ "$status" -eq 1 ]
    [ "$(cat err)" = 'bench: jsonl2tsv: the results of jq and weir differ' ]
    fake_peer jq 'echo no >&2; exit 5'
    try bench data 500 1 jsonl2tsv
    [ "$status" -eq 1 ]
    [[ $(cat err) == 'bench: jq -r '*$': exit status 5\nno' ]]
    fake_peer sqlite3 'cat > /dev/null'
    try bench data 500 1 tsv2sqlite
    [ "$(cat err)" = 'bench: tsv2sqlite: the results of sqlite3 and weir differ' ]
    [ ! -e data/bench.db ]
}

@test "a peer that takes over 10 seconds is compared on all votes, and measured on a tenth of them" {
    fake_peer jq 'cat > seen; [ "$(wc -l < seen)" -lt 500 ] || sleep 10.1; jsonl2tsv -N Id CreationDate < seen'
    try bench data 500 1 jsonl2tsv
    [ "$status" -eq 0 ]
    grep -q '^| jsonl2tsv, 1 | 50 | jq 1\.0 | 0\.' out
}

@test "generated records are the same each time and in any locale: N lines of JSON" {
    for generate in generate-mixed generate-wide; do
        $generate 1000 > records
        LC_ALL=C.UTF-8 $generate 1000 | cmp - records
        [ "$(jsonl2tsv -N @line < records | tail -n 1)" = 1000 ]
        try $generate ten
        gives 2 "usage: $generate N"
    done
}

@test "generate-comments: every page N times, with other ids for page, posts, comments and parents" {
    run -2 generate-comments
    [ "$(echo '{"h_id":"a","posts":{"data":[{"h_id":"b"}]}}' | generate-comments 2)" = \
'{"h_id":"a.1","posts":{"data":[{"h_id":"b.1"}]}}
{"h_id":"a.2","posts":{"data":[{"h_id":"b.2"}]}}' ]
    gzip -dc "$ROOT/t/data/comments/comment_info.jsonl.gz" | head -n 3 > some.jsonl
    generate-comments 1 < some.jsonl | sed 's/\.1"/"/g' | cmp - some.jsonl
}

@test "the fields that the jobs select from mixed and wide records are never missing or null" {
    generate-mixed 1000 | jsonl2tsv title:str! score:num! author.name:str! > /dev/null
    generate-wide 1000 | jsonl2tsv field_05:num! field_31:str! field_58:str! > /dev/null
}
