# ingest-votes: loads votes from files into a database, each file once, as a whole or not at all.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return
}

# vote ID [TYPE [DATE]]: a line of JSON.
vote() {
    printf '{"Id":"%s","PostId":"1%s","VoteTypeId":"%s","CreationDate":"%s"}\n' "$1" "$1" "${2-2}" \
        "${3-2022-01-09T00:00:00.000}"
}

# has LINE...: what the votes in warehouse.db must be.
has() {
    diff -u <(printf '%s\n' "$@") <(sqlite3 warehouse.db 'SELECT Id, PostId, VoteTypeId FROM votes ORDER BY Id')
}

@test "a file is loaded, its values as integers, text and nulls" {
    vote 1 > a.jsonl
    echo '{"Id":2,"UserId":"-1","PostId":"3","VoteTypeId":"8","BountyAmount":50,"CreationDate":"2022-01-09","x":[1]}' >> a.jsonl
    try ingest-votes warehouse.db a.jsonl
    gives_bytes 0 '' 'a.jsonl: 2 read, 2 inserted, 0 updated, 0 ignored, 0 rejected\n'
    run -0 sqlite3 -nullvalue null warehouse.db 'SELECT *, typeof(Id) FROM votes'
    [ "${lines[0]}" = '1|11|2|2022-01-09T00:00:00|null|null|integer' ]
    [ "${lines[1]}" = '2|3|8|2022-01-09T00:00:00|-1|50|integer' ]
}

@test "packed files, and directories: only the files in them, ordered by name" {
    mkdir -p in/deeper
    vote 1 > in/b.jsonl
    vote 2 | gzip > in/c.jsonl.gz
    vote 3 | zstd -q > in/a.jsonl.zst
    vote 4 > in/deeper/d.jsonl
    vote 5 > in/notes.json
    vote 6 | gzip > other.gz
    try ingest-votes warehouse.db in other.gz
    gives_bytes 0 '' '%s: 1 read, 1 inserted, 0 updated, 0 ignored, 0 rejected\n' in/a.jsonl.zst in/b.jsonl in/c.jsonl.gz \
        other.gz
    has '1|11|2' '2|12|2' '3|13|2' '6|16|2'
}

@test "the first record of an Id is kept, in one file or in two" {
    { vote 1 1; vote 2 2; vote 1 3; } > a.jsonl
    { vote 2 4; vote 3 5; } > b.jsonl
    try ingest-votes warehouse.db a.jsonl b.jsonl
    gives_bytes 0 '' '%s\n' 'a.jsonl: 3 read, 2 inserted, 0 updated, 1 ignored, 0 rejected' \
        'b.jsonl: 2 read, 1 inserted, 0 updated, 1 ignored, 0 rejected'
    has '1|11|1' '2|12|2' '3|13|5'
}

@test "a file is loaded once, whatever its name: the database does not change" {
    mkdir in
    vote 1 > in/a.jsonl
    vote 2 | gzip > in/b.jsonl.gz
    ingest-votes warehouse.db in
    before=$(sqlite3 warehouse.db .dump | grep -v weir_runs)
    cp in/a.jsonl c.jsonl
    try ingest-votes warehouse.db in c.jsonl
    gives_bytes 0 '' '%s: already loaded\n' in/a.jsonl in/b.jsonl.gz c.jsonl
    [ "$(sqlite3 warehouse.db .dump | grep -v weir_runs)" = "$before" ]
}

@test "a bad file is not loaded, the others are, and the status is 1" {
    { vote 1; echo '{"Id":"2"}'; vote 3; } > bad.jsonl
    vote 4 > good.jsonl
    try ingest-votes warehouse.db bad.jsonl good.jsonl
    gives_bytes 1 'ingest-votes: bad.jsonl: not loaded: line 2: column PostId: missing' \
        'good.jsonl: 1 read, 1 inserted, 0 updated, 0 ignored, 0 rejected\n'
    has '4|14|2'
    vote 2 > bad.jsonl
    ingest-votes warehouse.db bad.jsonl
    has '2|12|2' '4|14|2'
}

@test "bad values: integers, dates, vote types, missing values, invalid JSON" {
    for line in "$(vote 1.5)" "$(vote x)" "$(vote '')" "$(vote 1 0)" "$(vote 1 -1)" "$(vote 1 2 2023-02-29)" \
        "$(vote 1 2 2022-01-09T24:00:00)" "$(vote 1 2 yesterday)" "$(vote 1 2 '')" '{"Id":"1"}' '[]' '{' \
        '{"Id":null,"PostId":"1","VoteTypeId":"2","CreationDate":"2022-01-09"}'; do
        printf '%s\n' "$line" > a.jsonl
        try ingest-votes warehouse.db a.jsonl
        gives 1 '*ingest-votes: a.jsonl: not loaded: *@(line|record) [12]: *'
    done
    run -0 sqlite3 warehouse.db 'SELECT count(*) FROM votes'
    [ "$output" = 0 ]
}

@test "the table refuses a vote type below 1, a day that does not exist, a negative bounty" {
    : > a.jsonl
    ingest-votes warehouse.db a.jsonl
    for values in "1, 0, '2022-01-09', NULL" "1, 2, '2023-02-30', NULL" "1, 2, 'now', NULL" "1, 2, '2459000', NULL" \
        "1, 2, '2022-01-09T24:00', NULL" "1, 2, '2022-01-09 noon', NULL" "1, 2, '2022-1-9', NULL" \
        "1, 2, '2022-01-09', -1" "'x', 2, '2022-01-09', NULL" "1, 2, NULL, NULL"; do
        run -19 sqlite3 warehouse.db "INSERT INTO votes (PostId, VoteTypeId, CreationDate, BountyAmount) VALUES ($values)"
    done
    for date in 2024-02-29 2022-01-09T00:00:00.000 '2022-01-09 23:59' 2022-01-09T10:00:00+02:00 2022-01-09T10:00Z; do
        sqlite3 warehouse.db "INSERT INTO votes (PostId, VoteTypeId, CreationDate) VALUES (1, 2, '$date')"
    done
}

@test "a packed file is not loaded if it is cut off anywhere or damaged; its contents tell whether it is packed" {
    seq 1 20000 | sed 's/.*/{"Id":"&","PostId":"1&","VoteTypeId":"2","CreationDate":"2022-01-09"}/' > all
    gzip -c all > all.gz
    zstd -qc all > all.zst
    for packed in all.gz all.zst; do
        size=$(stat -c %s $packed)
        for part in 5 $((size / 3)) $((size - 1)); do
            head -c "$part" $packed > "cut.jsonl.${packed#all.}"
            try ingest-votes warehouse.db "cut.jsonl.${packed#all.}"
            gives 1 "*ingest-votes: cut.jsonl.${packed#all.}: not loaded: *"
        done
    done
    { head -c 20000 all.gz; printf XXXX; tail -c +20005 all.gz; } > damaged.gz
    try ingest-votes warehouse.db damaged.gz
    gives 1 '*damaged.gz: not loaded*'
    run -0 sqlite3 warehouse.db 'SELECT count(*) FROM votes'
    [ "$output" = 0 ]
    cp all not.gz
    mv all.zst packed.jsonl
    try ingest-votes warehouse.db not.gz packed.jsonl
    gives_bytes 0 '' '%s\n' 'not.gz: 20000 read, 20000 inserted, 0 updated, 0 ignored, 0 rejected' \
        'packed.jsonl: 20000 read, 0 inserted, 0 updated, 20000 ignored, 0 rejected'
}

@test "nothing is loaded if a program in the pipeline is killed" {
    seq 1 1000 | while read -r id; do vote "$id"; done > a.jsonl
    with jsonl2tsv 'jsonl2tsv "$@" | head -n 500; kill -9 $$' ingest-votes warehouse.db a.jsonl
    gives 3 'ingest-votes: a.jsonl: not loaded: a program was killed'
    with tsv2sqlite 'head -n 500 | tsv2sqlite "$@"; kill -9 $$' ingest-votes warehouse.db a.jsonl
    gives 3 '*ingest-votes: a.jsonl: not loaded*'
    run -0 sqlite3 warehouse.db 'SELECT count(*) FROM votes'
    [ "$output" = 0 ]
}

@test "attached as blog_analysis, the database has blog_analysis.votes and blog_analysis.outlier_weeks" {
    { vote 1; vote 2; vote 3; vote 4 2 2022-01-17; } > a.jsonl
    ingest-votes warehouse.db a.jsonl
    outlier-weeks warehouse.db > /dev/null
    run -0 sqlite3 :memory: "ATTACH 'warehouse.db' AS blog_analysis" 'SELECT count(*) FROM blog_analysis.votes' \
        'SELECT * FROM blog_analysis.outlier_weeks'
    [ "$output" = $'4\n2022|1|3\n2022|3|1' ]
}

@test "names with blanks, a leading dash, a line feed, quotes, a colon" {
    vote 1 > '-a b.jsonl'
    vote 2 > $'x\ny'\''".jsonl'
    try ingest-votes -- 'file:my db?mode=ro' '-a b.jsonl' $'x\ny'\''".jsonl'
    [ "$status" -eq 0 ]
    [ -f 'file:my db?mode=ro' ]
    run -0 sqlite3 './file:my db?mode=ro' 'SELECT count(*) FROM votes'
    [ "$output" = 2 ]
}

@test "an existing table votes is used as it is" {
    sqlite3 warehouse.db 'CREATE TABLE votes (CreationDate, VoteTypeId INT, PostId INT, Id INT UNIQUE, UserId, BountyAmount, Note)'
    sqlite3 warehouse.db "INSERT INTO votes (Id, PostId, VoteTypeId, Note) VALUES (1, 7, 8, 'mine')"
    { vote 1; vote 2; } > a.jsonl
    try ingest-votes warehouse.db a.jsonl
    gives_bytes 0 '' 'a.jsonl: 2 read, 1 inserted, 0 updated, 1 ignored, 0 rejected\n'
    has '1|7|8' '2|12|2'
}

@test "wrong usage is found before anything is created" {
    vote 1 > a.jsonl
    try ingest-votes --help
    gives_bytes 0 '' '%s\n' "$(sed -n '2,/^set/s/^# //p' "$ROOT/scripts/ingest-votes")"
    for operands in '' warehouse.db 'warehouse.db a.jsonl missing' '-x warehouse.db a.jsonl' \
        'warehouse.db /dev/null'; do
        # shellcheck disable=SC2086 # to be split
        try ingest-votes $operands
        gives 2 'ingest-votes: *'
    done
    [ ! -e warehouse.db ]
}

@test "a failing database or standard output gives status 3" {
    vote 1 > a.jsonl
    vote 2 > b.jsonl
    cp a.jsonl no.db
    try ingest-votes no.db a.jsonl
    gives 3 '*file is not a database*'
    cmp a.jsonl no.db
    mkdir dir.db
    try ingest-votes dir.db a.jsonl
    gives 3 '*unable to open database*'
    try sh -c 'ingest-votes warehouse.db a.jsonl > /dev/full'
    gives 3 '*'
}

@test "the status is right with standard error closed or full" {
    echo '{"Id":"x"' > bad.jsonl
    for stderr in '>&-' '>/dev/full'; do
        run -1 bash -c "ingest-votes x.db bad.jsonl 2$stderr"
        run -2 bash -c "ingest-votes x.db missing.jsonl 2$stderr"
        run -3 bash -c "outlier-weeks missing.db 2$stderr"
    done
}

@test "a failure of the system stops the run: the first record of an Id is the same after the next run" {
    vote 1 1 > a.jsonl
    vote 1 2 > b.jsonl
    with jsonl2tsv 'grep -q "Type.*1" && kill -9 $$; exec jsonl2tsv' ingest-votes x.db a.jsonl b.jsonl
    gives 3 'ingest-votes: a.jsonl: not loaded: a program was killed'
    with jsonl2tsv 'ulimit -v 10; exec jsonl2tsv "$@"' ingest-votes x.db a.jsonl b.jsonl
    gives 3 'ingest-votes: a.jsonl: not loaded: *'
    ingest-votes warehouse.db a.jsonl b.jsonl
    has '1|11|1'
}

@test "a file that cannot be read stops the run, and may be loaded later" {
    vote 1 > a.jsonl
    vote 2 > b.jsonl
    with sha256sum 'exit 1' ingest-votes warehouse.db a.jsonl b.jsonl
    gives 3 'ingest-votes: a.jsonl: not loaded: cannot read the file'
    try ingest-votes warehouse.db a.jsonl b.jsonl
    gives_bytes 0 '' '%s: 1 read, 1 inserted, 0 updated, 0 ignored, 0 rejected\n' a.jsonl b.jsonl
}

@test "what a database file hides in a view, trigger, generated column, CHECK or index does not run" {
    vote 1 > a.jsonl
    ingest-votes good.db a.jsonl
    { vote 1; vote 2; } > b.jsonl
    harmless good.db ingest-votes x.db b.jsonl
}
