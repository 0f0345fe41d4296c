# What all scripts have in common: options, messages, temporary files.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    scripts='daily-users ingest-votes load-comments load-files load-sessions outlier-weeks render-sql spread spread-spark tsv2pg tsvview weekly-sales'
}

@test "--help, -h and --version in every script, also after other options" {
    version=$(dedup --version)
    for script in $scripts; do
        try "$script" --help
        [ "$status" -eq 0 ]
        [ ! -s err ]
        grep -q "^usage: $script " out
        cp out help
        try "$script" -h
        cmp help out
        try "$script" --version
        gives_bytes 0 '' '%s\n' "$script${version#dedup}"
        try "$script" -- --help
        [ "$status" -ne 0 ]
        try "$script" --no-such-option
        gives_bytes 2 "$script: unknown option --no-such-option (try '$script --help')" ''
    done
}

@test "-- ends the options: operands may begin with a dash" {
    mkdir -- -d
    printf 'id,visit_date\n1,2020-01-01\n' > -d/-a.csv
    try daily-users -- -x.db -d
    gives_bytes 0 '' '%s\n' '-d: 1 read, 1 inserted, 0 updated, 0 ignored, 0 rejected'
    echo '{"Id":1,"PostId":1,"VoteTypeId":2,"CreationDate":"2022-01-09"}' > -v.jsonl
    try ingest-votes -- -v.db -v.jsonl
    [ "$status" -eq 0 ]
    try outlier-weeks -- -v.db
    gives 0 '' 'Year WeekNumber VoteCount'
    echo '{"h_id":"p"}' > -c.jsonl
    printf 'h_id,message\n' > --text
    try load-comments -- -c.db -c.jsonl
    [ "$status" -eq 0 ]
    try load-comments -c.db
    gives 2 'load-comments: unknown option -c.db*'
    try load-comments c.db --text -- --text
    [ "$status" -eq 0 ]
    grep -q '^--text: 0 read' out
    try load-sessions -- -s.db -c.jsonl
    gives 1 'load-sessions: -c.jsonl: not loaded: *' '0\sevents\sin\s0\ssessions'
    try weekly-sales -- -x
    gives 2 'weekly-sales: unexpected operand -x*'
}

@test "a directory without files for the job, or that may not be read, is wrong usage; names in capitals are found" {
    mkdir empty secret big
    echo x > empty/notes.txt
    chmod 0 secret
    for command in 'ingest-votes x.db' 'load-comments x.db' 'load-comments x.db --text' 'load-sessions x.db' 'daily-users x.db'; do
        case $command in ingest* | *comments' 'x.db) suffix=jsonl ;; *) suffix=csv ;; esac
        try $command empty
        gives 2 "${command%% *}: empty: no *.$suffix, *.$suffix.gz or *.$suffix.zst files"
        try unprivileged $command secret
        gives 2 "${command%% *}: secret: cannot read the directory"
    done
    [ ! -e x.db ]
    printf 'visit_date\n2020-01-01\n' > big/A.CSV
    printf 'visit_date\n2020-01-01\n' | gzip > big/B.Csv.GZ
    printf 'visit_date\n2020-01-01\n' | zstd -q > big/C.csv.ZST
    daily-users x.db big
    [ "$(sqlite3 x.db 'SELECT count FROM daily_user_counts')" = 3 ]
    echo '{"Id":1,"PostId":1,"VoteTypeId":2,"CreationDate":"2022-01-09"}' > big/D.JSONL
    try ingest-votes v.db big
    gives_bytes 0 '' 'big/D.JSONL: 1 read, 1 inserted, 0 updated, 0 ignored, 0 rejected\n'
    printf 'h_id\tmessage\n' > big/E.TSV
    try load-comments c.db --text big/E.TSV
    [ "$status" -eq 0 ]
}

@test "names and the words of a database reach the terminal as \\xHH, on one line" {
    bad=$'a\e[31m\a\n\xc2\x9b\xe2\x80\xaeb\xff' shown='a\x1B[31m\x07\x0A\xC2\x9B\xE2\x80\xAEb\xFF'
    mkdir "$bad" "$bad.d"
    echo '{' > "$bad/$bad.jsonl"
    printf 'x\n' | tee "$bad/$bad.csv" > "$bad.csv"
    cp "$bad.csv" "$bad.db"
    shows() { # STATUS COMMAND...
        local want=$1
        shift
        try "$@"
        echo "$*: $status"
        cat err out
        [ "$status" -eq "$want" ]
        [ "$(cat err out | wc -l)" -eq 1 ]
        ! grep -aq '[^ -~]' err out
        cat err out > both
        grep -qF "$shown" both
    }
    shows 1 daily-users x.db "$bad"
    shows 2 daily-users x.db "$bad.d"
    shows 1 ingest-votes x.db "$bad"
    shows 3 ingest-votes "$bad.db" "$bad"
    shows 2 ingest-votes x.db "$bad.none"
    : > "$bad.jsonl"
    shows 0 ingest-votes x.db "$bad.jsonl"
    shows 3 outlier-weeks "$bad.none"
    shows 1 outlier-weeks "$bad.db"
    sqlite3 view.db "CREATE VIEW votes AS SELECT \"$bad\"(1) AS CreationDate"
    shown='no such function: a\x1B[31m\x07' shows 1 outlier-weeks view.db
    shows 2 load-sessions --gap "$bad" x.db "$bad.csv"
    shows 2 load-comments x.db "$bad.none"
    shows 3 load-comments "$bad.db" "$bad"
    shows 2 spread -p votes -o x "$bad.none"
    shows 2 spread -p "$bad" -o x a.csv
    shows 2 render-sql "$bad" users.sql
    shows 2 render-sql dev "./$bad"
    shows 2 weekly-sales "$bad"
    shows 3 weekly-sales --sales "$bad.none" --calendar "$bad.csv" --products "$bad.csv" --stores "$bad.csv"
    shows 1 weekly-sales --sales "$bad.csv" --calendar "$bad.csv" --products "$bad.csv" --stores "$bad.csv" -r rejects
    for script in $scripts; do
        shows 2 "$script" "-$bad"
        try "$script" "-$(printf %0100d 1)"
        grep -q "unknown option -0\{59\}\.\.\. (try" err
    done
}

@test "quote shows text as the programs do" {
    cat > quote.sh << 'END'
here=$ROOT/scripts lib=$ROOT/scripts/lib
. "$lib/job.sh"
quote "$1" 60
END
    while IFS= read -r format; do
        # shellcheck disable=SC2059 # the format is the point
        text=$(printf "$format.")
        try weekagg -t t --epoch "$text"
        program=$(sed 's/^weekagg: --epoch: "//; s/" must be one of .*//' err)
        [ "$(sh quote.sh "$text")" = "$program" ] || { echo "$program" && sh quote.sh "$text" && return 1; }
    done << 'END'
plain
a\\b"c
a\tb\nc\033[31m\007\177
\302\205x\303\251\342\200\256\342\201\246\342\201\252\360\237\230\200
01234567890123456789012345678901234567890123456789012345678
012345678901234567890123456789012345678901234567890123456789
01234567890123456789012345678901234567890123456789012345678\303\251x
0123456789012345678901234567890123456789012345678901234567\360\237\230\200
\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001\001
END
}

@test "a signal at any time leaves no file" {
    mkdir tmp stub
    export TMPDIR=$PWD/tmp
    printf 'visit_date\n2020-01-01\n' > a.csv
    mkdir in
    cp a.csv in
    # The directory exists, but its name is not yet known: as bad as it gets.
    printf '#!/bin/sh\nPATH=%s\nname=$(mktemp "$@") || exit\ncase "$*" in *"$at"*) kill -%%s $PPID $$; esac\necho "$name"\n' "$PATH" > mktemp
    for signal in HUP INT TERM; do
        sed "s/%s/$signal/g" mktemp > stub/mktemp
        chmod +x stub/mktemp
        export at=''
        for command in 'daily-users x.db in' 'spread -p votes -o x a.csv' 'render-sql -o out.sql dev users.sql' \
            'weekly-sales --sales a.csv --calendar a.csv --products a.csv --stores a.csv -o out.d' \
            'weekly-sales --sales a.csv --calendar a.csv --products a.csv --stores a.csv --o out.d'; do
            case $command in *--o*) at=.weekly-sales command=${command/--o/-o} ;; esac
            # shellcheck disable=SC2086 # words are meant
            PATH=$PWD/stub:$PATH try setsid -w $command
            [ "$status" -eq 3 ] || { echo "$signal $command: $status" && cat err && return 1; }
            [ -z "$(ls -A tmp)" ] || { echo "$signal $command" && ls -A tmp && return 1; }
            [ ! -e out.d ] || [ -z "$(ls -A out.d)" ]
        done
    done
    [ ! -e x.db ]
    diff <(ls -A) <(printf '%s\n' a.csv err in mktemp out out.d stub tmp)
}
