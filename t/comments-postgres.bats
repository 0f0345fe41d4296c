# load-comments into PostgreSQL: the same tables, the same answers, the same refusals as in SQLite.

load helper
load postgres

setup() {
    postgres_database
    cd "$BATS_TEST_TMPDIR" || return
    url=$(postgres_url)
    info=$ROOT/t/data/comments/comment_info.jsonl.gz
    meta=$ROOT/t/data/comments/post_meta.csv.gz
}

# post QUERY: prints the result in the format of sqlite3.
post() {
    PGOPTIONS='-c search_path=comments -c datestyle=ISO' psql -X -q -A -t -F '|' -P null=null -c "$1"
}

# has QUERY LINE...: what the query must print.
has() {
    diff -u <([ $# -eq 1 ] || printf '%s\n' "${@:2}") <(post "$1")
}

# same [AFTER]: all tables and query results must be the same in comments.db and in PostgreSQL.
same() {
    local table query
    for table in pages posts comments; do
        query="SELECT * FROM $table ORDER BY id"
        diff <(sqlite3 -nullvalue null comments.db "$query") <(post "$query")
    done
    for query in "$ROOT"/sql/both/comments_{busiest_day,by_post_type,longest,most_replies}.sql; do
        diff <(sqlite3 -tabs -cmd ".parameter set :after \"'${1-2018-01-08}'\"" comments.db < "$query") \
            <(PGOPTIONS='-c search_path=comments -c datestyle=ISO' psql -X -q -A -t -F $'\t' \
                -v "after='${1-2018-01-08}'" -f "$query")
    done
}

@test "the real comments with texts, in one run and in another order: the same rows and answers in both" {
    comment='posts.data[].comments.data[]'
    gzip -dc "$info" | jsonl2tsv "$comment.h_id" "$comment.comments.data[].h_id" |
        tr '\t' '\n' | sort -u | generate-texts > texts.csv
    load-comments comments.db "$info" --text texts.csv --posts "$meta" > want
    load-comments "$url" --posts "$meta" --text texts.csv > /dev/null
    try load-comments "$url" "$info"
    [ "$status" -eq 0 ]
    diff <(tail -n 11 want) <(tail -n 11 out)
    grep -qx '19616	comments' want
    same
    same 2018-01-20
}

@test "random comments that contradict each other, in several runs: the same rows and answers in both, in any locale" {
    psql -Xq -c "CREATE DATABASE english TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US'"
    export PGDATABASE=english
    url=$(postgres_url)
    for seed in 1 2; do
        rm -rf in comments.db
        python3 "$ROOT/t/lib/random_comments.py" $seed
        post 'DROP SCHEMA IF EXISTS comments CASCADE'
        load-comments comments.db in/[01].jsonl --text in/?.csv --posts in/?.meta.csv > /dev/null
        load-comments comments.db in/[23].jsonl > /dev/null
        for n in '[13]' '[02]'; do
            # shellcheck disable=SC2086 # to be expanded
            load-comments "$url" --text in/$n.csv --posts in/$n.meta.csv > /dev/null
            # shellcheck disable=SC2086 # to be expanded
            load-comments "$url" in/$n.jsonl > /dev/null
        done
        [ "$(sqlite3 comments.db 'SELECT count(*) FROM comments')" -gt 40 ]
        same 2018-01-05
    done
}

@test "a file is loaded once; the next run merges what an interrupted one has left" {
    load-comments "$url" --posts "$meta" > /dev/null
    post "INSERT INTO texts_inbox VALUES ('c1', 'hm')"
    try load-comments "$url" --posts "$meta"
    [ "$status" -eq 0 ]
    grep -q 'post_meta.csv.gz: already loaded' out
    has 'SELECT id, text FROM comments' 'c1|hm'
    has 'SELECT count(*) FROM texts_inbox' 0
}

@test "a bad file is not loaded, the others are, and the status is 1" {
    echo '{"h_id":"p1","posts":{"data":[{"h_id":"q1"}]}}' > good.jsonl
    { cat good.jsonl; echo '{"h_id":"p2","posts":{"data":[{}]}}'; } > bad.jsonl
    echo '{"h_id":"p3","posts":{"data":[{"h_id":"q","comments":{"data":[{"h_id":"c"}]}}]}}' > worse.jsonl
    printf 'h_id,message\nc1,fine\n' > good.csv
    printf 'h_id,message\nc1,"finer\nand"so on\n' > bad.csv
    head -c 20000 "$info" > cut.jsonl.gz
    try load-comments "$url" bad.jsonl worse.jsonl cut.jsonl.gz good.jsonl --text bad.csv good.csv
    cat err
    [ "$status" -eq 1 ]
    [ "$(grep -c ': not loaded: ' err)" -eq 4 ]
    grep -q 'record 2: .*a post has an id' err
    grep -q 'record 1: .*a comment has an id' err
    has 'SELECT id FROM pages' p1
    has 'SELECT id, text FROM comments' 'c1|fine'
}

@test "invalid times, and times that depend on the date style, are refused" {
    for time in '' noon 2018-01-06T24:00:00 2018-02-29 2100-02-29 2018-04-31 2018-13-01 0000-01-01 '01/06/2018 10:00' \
        '2018-01-06 10:00 PM' 2018-01-06T10:00:60 1515204000 now infinity 'Jan 6 2018' 20180106; do
        printf 'created_time,type,post_h_id,page_h_id,name_h_id\n%s,v,q1,p1,n\n' "$time" > meta.csv
        try load-comments "$url" --posts meta.csv
        echo "$time"
        [ "$status" -eq 1 ]
        [[ $(cat err) == *'load-comments: meta.csv: not loaded: '*@(line 2|record 1)': '* ]]
    done
    has 'SELECT count(*) FROM posts' 0
}

@test "several runs at once, into a database without tables, lose nothing" {
    for i in 1 2 3 4 5 6; do
        printf '{"h_id":"p1","posts":{"data":[{"h_id":"q%s","comments":{"data":[' "$i"
        printf '{"h_id":"c%s","created_time":"2018-01-01","up_likes":0,"comment_count":0},' "$i"
        printf '{"h_id":"all","created_time":"2018-01-01","up_likes":%s,"comment_count":0}]}}]}}\n' "$i"
    done | split -l 1 --additional-suffix .jsonl
    for file in *.jsonl; do
        load-comments "$url" "$file" > "$file.log" 2>&1 &
    done
    wait
    has 'SELECT count(*), max(up_likes) FROM comments' '7|6'
}

@test "an unreachable server or a role without privileges: one line, status 3, nothing is done" {
    echo '{"h_id":"p1"}' > a.jsonl
    try load-comments "postgresql://$PGUSER@/$PGDATABASE?host=/nowhere" a.jsonl
    gives 3 '*/nowhere*'
    psql -Xq -c 'CREATE ROLE reader LOGIN'
    try load-comments "postgresql://reader@/$PGDATABASE?host=$PGHOST" a.jsonl
    gives 3 '*permission denied*'
    load-comments "$url" a.jsonl
    psql -Xq -c 'GRANT USAGE ON SCHEMA comments TO reader' -c 'GRANT SELECT ON ALL TABLES IN SCHEMA comments TO reader'
    echo '{"h_id":"p2"}' > b.jsonl
    try load-comments "postgresql://reader@/$PGDATABASE?host=$PGHOST" b.jsonl
    gives 3 '*permission denied*'
    has 'SELECT id FROM pages' p1
}
