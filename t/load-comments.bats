# load-comments: loads pages, posts, comments and replies into related tables, in any order, with duplicates and gaps.
# comments-postgres.bats does the same in PostgreSQL.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    real=$ROOT/t/data/comments
    time=2018-01-06T02:30:19+0000
}

# comment ID LIKES [REPLIES [TIME]]: a comment in JSON, or a reply.
comment() {
    printf '{"h_id":"%s","created_time":"%s","up_likes":%s,"comment_count":0%s}' "$1" "${4-$time}" "$2" \
        "$(nested "${3-}")"
}

# reply ID PARENT
reply() {
    printf '{"h_id":"%s","created_time":"%s","up_likes":0,"comment_count":0,"parent":{"h_id":"%s"}}' "$1" "$time" "$2"
}

# page PAGE POST [COMMENTS]: a line of a page with one post.
page() {
    printf '{"h_id":"%s","posts":{"data":[{"h_id":"%s"%s}]}}\n' "$1" "$2" "$(nested "${3-}")"
}

nested() {
    [ -z "$1" ] || printf ',"comments":{"data":[%s]}' "$1"
}

# meta POST PAGE TIME TYPE NAME: a line of metadata.
meta() {
    [ -s meta.csv ] || echo 'created_time,type,post_h_id,page_h_id,name_h_id' > meta.csv
    echo "$3,$4,$1,$2,$5" >> meta.csv
}

# has QUERY LINE...: what the query must print.
has() {
    diff -u <([ $# -eq 1 ] || printf '%s\n' "${@:2}") <(sqlite3 -nullvalue null comments.db "$1")
}

# counts SUMMARY LINE...: what the last lines of the last try must be, except those that are 0.
counts() {
    diff -u <(printf '%s\n' "$@") <(sed -n 's/^\([1-9][0-9]*\)\t/\1 /p' out)
}

# gives_err PATTERN: what the last try must have said.
gives_err() {
    # shellcheck disable=SC2053 # a pattern is meant
    [[ $(cat err) == $1 ]] || { cat err && return 1; }
}

# query NAME [OPTION...]
query() {
    sqlite3 -header -tabs "${@:2}" comments.db < "$ROOT/sql/both/comments_$1.sql"
}

consistent() {
    has 'PRAGMA foreign_key_check'
    has 'SELECT id FROM comments_inbox'
    has 'SELECT h_id FROM texts_inbox'
    has 'SELECT post_h_id FROM posts_inbox'
}

@test "the real comments: the totals and every row, compared with Python" {
    try load-comments comments.db "$real/comment_info.jsonl.gz" --posts "$real/post_meta.csv.gz"
    [ "$status" -eq 0 ]
    counts '19616 comments' '14721 of them top-level' '4895 of them replies' '297 posts' '6 pages' \
        '19616 comments without text' '15 posts without metadata' '3249 posts of metadata alone' \
        '50 pages of metadata alone'
    consistent
    python3 "$ROOT/t/lib/expected_comments.py" "$real/comment_info.jsonl.gz" > want
    sqlite3 comments.db 'SELECT id, kind, parent, post, page, created_time, up_likes, comment_count FROM comments
        ORDER BY id' | diff -q want -
}

@test "the real posts and pages, compared with Python" {
    load-comments comments.db "$real/comment_info.jsonl.gz" --posts "$real/post_meta.csv.gz" > /dev/null
    python3 - "$real/post_meta.csv.gz" > want << 'END'
import csv, gzip, sys
rows = {tuple(row.values()) for row in csv.DictReader(gzip.open(sys.argv[1], "rt", newline=""))}
names = {}
for time, type, post, page, name in rows:
    names[page] = max(names.get(page, ("", "")), (time, name))
for time, type, post, page, name in sorted(rows, key=lambda row: row[2]):
    print(post, page, type, time, sep="|")
for page, (time, name) in sorted(names.items()):
    print(page, name, sep="|")
END
    sqlite3 comments.db 'SELECT id, page, type, created_time FROM posts WHERE created_time IS NOT NULL ORDER BY id' \
        'SELECT id, name FROM pages ORDER BY id' | diff -q want -
}

@test "a comment counts once: the latest, then the one with most likes, then most comments, in any order" {
    page p1 q1 "$(comment c1 9),$(comment c1 3 '' 2018-01-07T00:00:00Z)" > a.jsonl
    page p1 q1 "$(comment c1 10),$(comment c2 7)" > b.jsonl
    page p1 q1 "$(comment c2 11),$(comment c1 3 '' 2018-01-07T00:00:00Z | sed 's/_count":0/_count":10/')" > c.jsonl
    for order in 'a b c' 'c b a' 'b c a'; do
        rm -f comments.db
        for file in $order; do
            load-comments comments.db "$file.jsonl"
        done
        has 'SELECT id, created_time, up_likes, comment_count FROM comments ORDER BY id' \
            'c1|2018-01-07 00:00:00|3|10' 'c2|2018-01-06 02:30:19|11|0'
        rm comments.db
        # shellcheck disable=SC2046,SC2086 # to be split
        try load-comments comments.db $(printf '%s.jsonl ' $order)
        counts '2 comments' '2 of them top-level' '1 posts' '1 pages' '2 comments without text' \
            '1 posts without metadata'
        has 'SELECT up_likes FROM comments ORDER BY id' 3 11
    done
}

@test "random comments that contradict each other, in one run and in several: every row, compared with Python" {
    for seed in 11 12 13; do
        rm -rf in
        python3 "$ROOT/t/lib/random_comments.py" $seed
        python3 "$ROOT/t/lib/expected_comments.py" in/?.jsonl > want
        for runs in in 'in/3.jsonl in/1.jsonl|in/0.jsonl|in/2.jsonl' 'in/2.jsonl|in/3.jsonl in/0.jsonl|in/1.jsonl'; do
            rm -f comments.db
            while IFS= read -r -d '|' files; do
                # shellcheck disable=SC2086 # to be split
                load-comments comments.db $files > /dev/null
            done <<< "$runs|"
            sqlite3 comments.db 'SELECT id, kind, parent, post, page, created_time, up_likes, comment_count
                FROM comments ORDER BY id' | diff want -
            consistent
        done
    done
    [ "$(wc -l < want)" -gt 40 ]
}

@test "files in any order, of any kind, in any number of runs, give the same tables" {
    { page p1 q1 "$(comment c1 9 "$(reply r1 c1)")"; page p1 q5; } > a.jsonl
    { page p2 q1 "$(comment c1 9)"; page p2 q2 "$(comment c2 1)"; page p0 q2; page p2 q5; } > b.jsonl
    printf 'h_id,message\nc1,short\nc1,longer\nx1,unknown\n' > c.csv
    printf 'message,h_id\nfitter,c1\nagain,x1\n' > d.csv
    meta q1 p1 '2018-01-06 10:00:00' v Old
    meta q3 p1 '2018-01-07 10:00:00' l New
    mv meta.csv e.csv
    meta q1 p1 '2018-01-06 10:00:00' p Old
    meta q4 p4 '2018-01-07 10:00:00' '' ''
    mv meta.csv f.csv
    for order in abcdef fedcba cafdbe; do
        rm -f comments.db
        for ((i = 0; i < 6; i++)); do
            case ${order:i:1} in
            [ab]) load-comments comments.db "${order:i:1}.jsonl" ;;
            [cd]) load-comments comments.db --text "${order:i:1}.csv" ;;
            *) load-comments comments.db --posts "${order:i:1}.csv" ;;
            esac
        done
        consistent
        sqlite3 -nullvalue null comments.db 'SELECT * FROM pages ORDER BY id' 'SELECT * FROM posts ORDER BY id' \
            'SELECT * FROM comments ORDER BY id' > "$order"
    done
    rm comments.db
    load-comments comments.db a.jsonl b.jsonl --text c.csv d.csv --posts e.csv f.csv
    sqlite3 -nullvalue null comments.db 'SELECT * FROM pages ORDER BY id' 'SELECT * FROM posts ORDER BY id' \
        'SELECT * FROM comments ORDER BY id' > all
    diff -u all abcdef
    diff -u all fedcba
    diff -u all cafdbe
    diff -u all - << 'END'
p0|null|null|1
p1|New|2018-01-07 10:00:00|1
p2|null|null|1
p4|null|null|0
q1|p1|v|2018-01-06 10:00:00|1
q2|p2|null|null|1
q3|p1|l|2018-01-07 10:00:00|0
q4|p4|null|2018-01-07 10:00:00|0
q5|p2|null|null|1
c1|top|null|q1|p2|2018-01-06 02:30:19|9|0|longer
c2|top|null|q2|p2|2018-01-06 02:30:19|1|0|null
r1|reply|c1|q1|p1|2018-01-06 02:30:19|0|0|null
x1|null|null|null|null|null|null|null|unknown
END
}

@test "a file is loaded once, whatever its name: the database does not change" {
    page p1 q1 "$(comment c1 9)" > a.jsonl
    echo 'h_id,message
c1,hello' > t.csv
    load-comments comments.db a.jsonl --text t.csv
    before=$(sqlite3 comments.db .dump | grep -v weir_runs)
    gzip -k a.jsonl
    cp t.csv u.csv
    try load-comments comments.db a.jsonl --text u.csv
    [[ "$status $(cat out)" = '0 a.jsonl: already loaded'$'\n''u.csv: already loaded'* ]]
    [ "$(sqlite3 comments.db .dump | grep -v weir_runs)" = "$before" ]
    try load-comments comments.db a.jsonl.gz
    [[ $(cat out) = 'a.jsonl.gz: 1 read, 1 inserted, 0 updated, 0 ignored, 0 rejected'* ]]
    has 'SELECT id, up_likes, text FROM comments' 'c1|9|hello'
}

@test "a page without posts, a post without comments, an empty file" {
    { echo '{"h_id":"p1","posts":{"data":[]}}'; echo '{"h_id":"p2"}'; page p3 q3; } > a.jsonl
    : > b.jsonl
    try load-comments comments.db a.jsonl b.jsonl
    [ "$status" -eq 0 ]
    counts '1 posts' '3 pages' '1 posts without metadata'
    has 'SELECT id FROM pages ORDER BY id' p1 p2 p3
    has 'SELECT id, page, in_info FROM posts' 'q3|p3|1'
}

@test "a reply has the parent it names, or the comment that contains it; an unknown parent is a row, and counted" {
    page p1 q1 "$(comment c1 1 "$(comment r1 0),$(reply r2 c9),$(reply r3 c1)")" > a.jsonl
    try load-comments comments.db a.jsonl
    [ "$status" -eq 0 ]
    counts '4 comments' '1 of them top-level' '3 of them replies' '1 posts' '1 pages' '4 comments without text' \
        '1 replies to no known comment' '1 posts without metadata'
    has 'SELECT id, kind, parent FROM comments ORDER BY id' 'c1|top|null' 'c9|null|null' 'r1|reply|c1' 'r2|reply|c9' \
        'r3|reply|c1'
    consistent
    page p1 q1 "$(comment c9 5)" > b.jsonl
    try load-comments comments.db b.jsonl
    counts '5 comments' '2 of them top-level' '3 of them replies' '1 posts' '1 pages' '5 comments without text' \
        '1 posts without metadata'
    has "SELECT kind, up_likes FROM comments WHERE id = 'c9'" 'top|5'
}

@test "texts keep TABs, line feeds, quotes and emoji; empty is not null; texts of unknown comments are kept and counted" {
    page p1 q1 "$(comment c1 1),$(comment c2 1),$(comment c3 1),$(comment c4 1)" > a.jsonl
    printf 'h_id,message\r\nc1,"a\tb\nc, ""d"" \\n 👍🏽é\r\n"\nc2,""\nc3,\nx1,hm\nx1,\n' > t.csv
    try load-comments comments.db a.jsonl --text t.csv
    [ "$status" -eq 0 ]
    counts '4 comments' '4 of them top-level' '1 posts' '1 pages' '2 comments without text' \
        '1 texts of no known comment' '1 posts without metadata'
    has "SELECT id, hex(text), length(text) FROM comments ORDER BY id" \
        'c1|6109620A632C20226422205C6E20F09F918DF09F8FBDC3A90D0A|19' 'c2||0' 'c3||null' 'c4||null' 'x1|686D|2'
}

@test "times with an offset are stored in UTC, times without one are UTC" {
    page p1 q1 "$(comment c1 1 '' 2018-01-01T01:30:00+0200),$(comment c2 1 '' 2018-01-01T01:30:00.75-10:30),$(
        comment c3 1 '' 2018-01-01T01:30:00Z),$(comment c4 1 '' '2018-01-01 01:30')" > a.jsonl
    meta q1 p1 2018-01-01T01:30:00+0200 v n
    load-comments comments.db a.jsonl --posts meta.csv
    has 'SELECT id, created_time FROM comments ORDER BY id' 'c1|2017-12-31 23:30:00' 'c2|2018-01-01 12:00:00' \
        'c3|2018-01-01 01:30:00' 'c4|2018-01-01 01:30:00'
    has 'SELECT created_time FROM posts' '2017-12-31 23:30:00'
}

@test "metadata as TSV, packed files, directories by kind" {
    mkdir in texts
    page p1 q1 "$(comment c1 1)" | gzip > in/a.jsonl.gz
    page p1 q2 "$(comment c2 1)" | zstd -q > in/b.jsonl.zst
    echo nothing > in/notes.txt
    printf 'h_id,message\nc1,one\n' | gzip > texts/a.csv.gz
    printf 'h_id,message\nc2,two\n' > texts/b.csv
    printf 'post_h_id\tpage_h_id\tname_h_id\ttype\tcreated_time\nq1\tp1\tA\\tB\tv\t2018-01-01\n' > meta.tsv
    try load-comments comments.db in --text texts --posts meta.tsv
    [ "$status" -eq 0 ]
    [ "$(grep -c ': 1 read, 1 inserted' out)" -eq 5 ]
    has 'SELECT id, text FROM comments ORDER BY id' 'c1|one' 'c2|two'
    has 'SELECT name, hex(name), named_at FROM pages' $'A\tB|410942|2018-01-01 00:00:00'
}

@test "a bad file is not loaded, the others are, and the status is 1" {
    page p1 q1 "$(comment c1 1)" > good.jsonl
    { page p2 q2 "$(comment c2 1)"; page p3 q3 "$(comment c3 1.5)"; } > bad.jsonl
    printf 'h_id,message\nc1,fine\n' > good.csv
    printf 'h_id,message\nc1,"finer\nand"so on\n' > bad.csv
    meta q1 p1 2018-02-30 v n
    try load-comments comments.db bad.jsonl good.jsonl --text bad.csv good.csv --posts meta.csv
    [ "$status" -eq 1 ]
    [ "$(wc -l < err)" -eq 3 ]
    gives_err 'load-comments: bad.jsonl: not loaded: line 2: column up_likes: "1.5" is not an integer*'
    gives_err '*load-comments: bad.csv: not loaded: line *'
    gives_err '*load-comments: meta.csv: not loaded: line 2: column created_time: "2018-02-30" is not a time'
    counts '1 comments' '1 of them top-level' '1 posts' '1 pages' '1 posts without metadata'
    has 'SELECT id, text FROM comments' 'c1|fine'
    consistent
}

@test "bad pages: invalid JSON; missing or invalid ids, times and numbers" {
    for page in '{' '[]' '{"posts":{"data":[]}}' '{"h_id":5}' '{"h_id":"p","posts":{"data":[{}]}}' \
        '{"h_id":"p","posts":{"data":[{"comments":{"data":[]}}]}}' '{"h_id":"p","posts":{"data":7}}' \
        '{"h_id":"p","posts":{"data":[{"h_id":"q","comments":{"data":[{}]}}]}}' \
        "$(page p q "$(comment c 1 '' yesterday)")" "$(page p q "$(comment c null)")" \
        "$(page p q "$(comment c '"x"')")" \
        "$(page p q "$(comment c 1 '' 2018-02-29)")" "$(page p q "$(comment c 1 '{}')")" \
        "$(page p q "$(comment c 9223372036854775808)")" "$(page p q "$(comment c 1 "$(comment r 1 '' noon)")")" \
        "$(page p q "$(comment c 1 | sed 's/"comment_count":0/"x":0/')")"; do
        printf '%s\n' "$page" > a.jsonl
        try load-comments comments.db a.jsonl
        echo "$page"
        [ "$status" -eq 1 ]
        gives_err '*load-comments: a.jsonl: not loaded: *@(line|record) [12]: *'
    done
    has 'SELECT count(*) FROM pages' 0
    consistent
}

@test "a post, comment or reply without an id is an error, also beside good records of its page, in any order" {
    {
        echo '{"h_id":"p","posts":{"data":[{}]}} a post has an id'
        echo '{"h_id":"p","posts":{"data":[{"h_id":"q","comments":{"data":[{}]}}]}} a comment has an id, *'
        echo "$(page p q "$(comment c 1 '{}')") a reply has an id, *"
    } > bad
    {
        echo '{"h_id":"p"}'
        page p q
        page p q "$(comment c 1)"
        echo "$(page p r),$(page p q)"
        echo '{"h_id":"p","posts":{"data":[{"h_id":"q"},{"h_id":"q"},{"h_id":"q"}]}}'
    } > good
    while read -r beside; do
        while read -r line reason; do
            for lines in "$line" "$line,$beside" "$beside,$line" "$beside,$beside,$line,$beside"; do
                printf '%s\n' "$lines" | sed 's/},{"h_id":"p"/}\n{"h_id":"p"/g' > a.jsonl
                try load-comments comments.db a.jsonl
                [ "$status" -eq 1 ]
                gives_err "load-comments: a.jsonl: not loaded: record [1-9]: *$reason"
            done
        done < bad
    done < good
    has 'SELECT count(*) FROM pages' 0
    consistent
}

@test "records that a file repeats in other places are stored once in the inbox" {
    { page p q "$(comment c 1 "$(reply r c),$(reply s c)"),$(comment d 1)"; echo '{"h_id":"o"}'; page p r; } > a.jsonl
    { cat a.jsonl; sed 's/"data":\[/&{"h_id":"first"},/' a.jsonl; cat a.jsonl; } > b.jsonl
    try load-comments comments.db a.jsonl b.jsonl
    [ "$status" -eq 0 ]
    [ "$(grep inserted out)" = 'a.jsonl: 5 read, 5 inserted, 0 updated, 0 ignored, 0 rejected
b.jsonl: 6 read, 6 inserted, 0 updated, 0 ignored, 0 rejected' ]
    has 'SELECT id, parent FROM comments ORDER BY id' 'c|null' 'd|null' 'r|c' 's|c'
    has 'SELECT id FROM posts ORDER BY id' first q r
}

@test "bad tables: no header, ids or times, ragged records, bad quotes, invalid times" {
    load-comments comments.db "$real/comment_info.jsonl.gz" > /dev/null
    before=$(sqlite3 comments.db 'SELECT * FROM comments' | sha256sum)
    for text in '' 'h_id,message\n,x\n' 'h_id,message\nc1\n' 'h_id,message\nc1,a,b\n' 'h_id,message\nc1,"x\n' \
        'h_id,message\nc1,"x"y\n' 'h_id,message\nc1,x\xff\n'; do
        # shellcheck disable=SC2059 # the format is the point
        printf "$text" > t.csv
        try load-comments comments.db --text t.csv
        [ "$status" -eq 1 ]
        gives_err '*load-comments: t.csv: not loaded: *'
    done
    for time in '' noon 2018-01-06T24:00:00 2018-02-29 2100-02-29 2018-04-31 2018-13-01 0000-01-01 '01/06/2018 10:00' \
        '2018-01-06 10:00 PM' 2018-01-06T10:00:60 1515204000 now infinity 'Jan 6 2018' 20180106; do
        rm -f meta.csv
        meta q1 p1 "$time" v n
        try load-comments comments.db --posts meta.csv
        echo "$time"
        [ "$status" -eq 1 ]
        gives_err '*load-comments: meta.csv: not loaded: *@(line 2|record 1): *'
    done
    [ "$(sqlite3 comments.db 'SELECT * FROM comments' | sha256sum)" = "$before" ]
    consistent
}

@test "a packed file that is cut off is not loaded" {
    head -c 20000 "$real/comment_info.jsonl.gz" > cut.jsonl.gz
    seq 1 9999 | generate-texts | gzip | head -c 9000 > cut.csv.gz
    printf 'post_h_id\tpage_h_id\tcreated_time\nq1\tp1\t2018-01-01\n' | gzip | head -c 60 > cut.tsv.gz
    try load-comments comments.db cut.jsonl.gz --text cut.csv.gz --posts cut.tsv.gz
    [ "$status" -eq 1 ]
    gives_err '*cut.jsonl.gz: not loaded: the gzip data is cut off after byte 20000*'
    gives_err '*cut.csv.gz: not loaded: the gzip data is cut off after byte 9000*'
    gives_err '*cut.tsv.gz: not loaded: ?*'
    has 'SELECT count(*) FROM comments' 0
}

@test "nothing is loaded if a program in the pipeline is killed" {
    page p1 q1 "$(comment c1 1)" > a.jsonl
    seq 1 999 | generate-texts > t.csv
    printf 'post_h_id\tpage_h_id\tcreated_time\ttype\tname_h_id\nq1\tp1\t2018-01-01\tv\tn\n' > m.tsv
    mkdir bin
    for program in jsonl2tsv csv2tsv dedup; do
        printf '#!/bin/sh\nPATH=%s\n%s "$@" | head -n 1\nkill -9 $$\n' "$PATH" "$program" > bin/$program
        chmod +x bin/$program
    done
    # The directory of the script comes first in PATH.
    cp -r "$ROOT/scripts/load-comments" "$ROOT/scripts/lib" bin
    ln -s "$ROOT/sql" sql
    for files in a.jsonl '--text t.csv' '--posts m.tsv'; do
        # shellcheck disable=SC2086 # words are meant
        try bin/load-comments comments.db $files a.jsonl
        [ "$status" -eq 3 ]
        gives_err "load-comments: ${files##* }: not loaded: a program was killed"
    done
    has 'SELECT (SELECT count(*) FROM comments), (SELECT count(*) FROM pages)' '0|0'
    consistent
}

@test "the next run merges what an interrupted one has left in the inboxes" {
    page p1 q1 "$(comment c1 1)" > a.jsonl
    load-comments comments.db a.jsonl
    sqlite3 comments.db "INSERT INTO comments_inbox (page, post_ordinal, post, ordinal, id, created_time, up_likes,
        comment_count) VALUES ('p1', 0, 'q1', 0, 'c2', '2018-01-06', 1, 0)" \
        "INSERT INTO texts_inbox VALUES ('c1', 'hm')"
    try load-comments comments.db a.jsonl
    [ "$status" -eq 0 ]
    has 'SELECT id, text FROM comments ORDER BY id' 'c1|hm' 'c2|null'
    consistent
}

@test "several runs at once lose nothing" {
    for i in 1 2 3 4 5 6; do
        page p1 "q$i" "$(comment "c$i" 1),$(comment all "$i")" > "$i.jsonl"
        load-comments comments.db "$i.jsonl" > "log$i" 2>&1 &
    done
    wait
    has 'SELECT count(*), max(up_likes) FROM comments' '7|6'
    consistent
}

@test "the queries: days and dates" {
    replies=$(comment r1 8 '' 2018-01-09T05:00:00Z),$(comment r2 8 '' 2018-01-08T05:00:00Z)
    page p1 q1 "$(comment c1 1 '' 2018-01-08T23:59:59Z),$(comment c2 2 '' 2018-01-09T00:00:00Z),$(
        comment c3 4 "$replies" 2018-01-08T10:00:00Z)" > a.jsonl
    page p1 q2 "$(comment c4 16 '' 2018-01-10T10:00:00Z),$(comment c5 32 '' 2018-01-09T23:59:59Z)" >> a.jsonl
    page p1 q3 "$(comment c6 64 '' 2018-01-10T10:00:00Z)" >> a.jsonl
    meta q1 p1 2018-01-01 v n
    meta q2 p1 2018-01-01 l n
    meta q9 p1 2018-01-01 s n
    load-comments comments.db a.jsonl --posts meta.csv
    [ "$(query busiest_day)" = $'day\tcomments\n2018-01-08\t2' ]
    [ "$(query by_post_type -cmd ".parameter set :after \"'2018-01-08'\"")" = \
        $'type\tcomments\tup_likes\nl\t2\t48\nv\t2\t10' ]
    [ "$(query by_post_type -cmd ".parameter set :after \"'2018-01-09'\"")" = $'type\tcomments\tup_likes\nl\t1\t16' ]
    [ -z "$(query by_post_type -cmd ".parameter set :after \"'2018-01-10'\"")" ]
}

@test "the queries: means in characters, rounded half up, of comments with a text" {
    for i in 1 2 3 4 5 6; do
        page "p$i" "q$i" "$(comment "a$i" 1),$(comment "b$i" 1),$(comment "c$i" 1)"
    done > a.jsonl
    printf '%s\n' h_id,message a1,👍🏽é b1,日本 c1,x a2,1234 a3,xxxx b3, a4, a5,aé b5,🔥 a6,x 'b6,""' > t.csv
    { cat t.csv; printf 'x1,unknown and long\n'; } > u.csv
    load-comments comments.db a.jsonl --text u.csv
    diff -u - <(query longest) << 'END'
id	name	comments	mean_characters
p2		1	4.0
p3		1	4.0
p1		3	2.0
p5		2	1.5
p6		2	0.5
END
    # 57.35 is below that as a binary fraction.
    long=$(printf %057d 0)
    { echo h_id,message; echo "d1,${long}1234567"; printf "d%s,$long\n" {2..20}; } > v.csv
    page p7 q7 "$(for i in {1..20}; do comment "d$i" 0; done | sed 's/}{/},{/g')" > b.jsonl
    load-comments comments.db b.jsonl --text v.csv
    [ "$(query longest | sed -n 2p)" = $'p7\t\t20\t57.4' ]
}

@test "the queries: top-level comments by loaded replies, one line each" {
    {
        page p1 q1 "$(comment c1 1 "$(reply r1 c1),$(reply r2 c1)"),$(comment c2 1 "$(reply r3 c2),$(reply r4 c2)")"
        page p1 q2 "$(comment c3 1 "$(reply r5 c3),$(reply r6 c3),$(reply r7 c3),$(reply r5 c3)")"
        page p2 q3 "$(comment c4 1 "$(reply r8 c4)"),$(comment c5 99),$(comment c6 1 "$(reply r9 c6),$(reply s1 x1)")"
        page p2 q4 "$(comment c7 1 "$(reply s2 c7)"),$(comment c8 1 "$(reply s3 r1),$(reply s4 r1)")"
    } > a.jsonl
    printf 'h_id,message\nc1,"a\tb\r\nc, ""d"""\nc3,👍\n' > t.csv
    meta q1 p1 2018-01-01 v 'The Show'
    load-comments comments.db a.jsonl --text t.csv --posts meta.csv
    diff -u - <(query most_replies) << 'END'
page	post	id	replies	text
The Show	q2	c3	3	👍
The Show	q1	c1	2	a b  c, "d"
The Show	q1	c2	2	
	q3	c4	1	
	q3	c6	1	
END
}

@test "a file with other columns is not loaded, and the columns are named" {
    printf 'id,text\nc1,x\n' > t.csv
    try load-comments comments.db --text t.csv
    [ "$status" -eq 1 ]
    gives_err 'load-comments: t.csv: not loaded: no column h_id; the columns are id, text'
}

@test "wrong usage is found before anything is created" {
    page p1 q1 > a.jsonl
    try load-comments --help
    gives_bytes 0 '' '%s\n' "$(sed -n '2,5s/^# //p' "$ROOT/scripts/load-comments")"
    for operands in '' comments.db 'comments.db a.jsonl missing' '-x comments.db a.jsonl' 'comments.db a.jsonl -x' \
        'comments.db a.jsonl --text missing.csv' 'comments.db /dev/null' 'comments.db --text'; do
        # shellcheck disable=SC2086 # to be split
        try load-comments $operands
        gives 2 'load-comments: *'
    done
    [ ! -e comments.db ]
}

@test "a failing database or standard output gives status 3" {
    page p1 q1 > a.jsonl
    cp a.jsonl no.db
    try load-comments no.db a.jsonl
    gives 3 '*file is not a database*'
    cmp a.jsonl no.db
    try sh -c 'load-comments comments.db a.jsonl > /dev/full'
    gives 3 '*'
}

@test "generate-texts: the same texts in any locale, for most of the ids, in CSV that Python reads" {
    seq 1 2000 | generate-texts > a.csv
    seq 1 2000 | LC_ALL=C.UTF-8 generate-texts | cmp - a.csv
    run -0 python3 - << 'END'
import csv
header, *rows = csv.reader(open("a.csv", newline="", encoding="utf-8"), strict=True)
ids = {int(id) for id, text in rows if id.isdecimal()}
text = "".join(text for id, text in rows)
print(header, 1800 < len(ids) < 1980, 40 < len(rows) - sum(id.isdecimal() for id, text in rows) < 100)
print(len(rows) > len({id for id, text in rows}), any(text == "" for id, text in rows))
print(*(part in text for part in (",", '"', "\n", "\r\n", "\t", "\\", "é", "日", "🔥")))
END
    [ "$output" = $'[\'h_id\', \'message\'] True True\nTrue True\nTrue True True True True True True True True' ]
}

@test "what a database file hides in a view, trigger, generated column, CHECK or index does not run" {
    page A A_1 "$(comment c1 3 "$(reply r1 c1)")" > a.jsonl
    meta A_1 A 2018-01-01 link Name
    load-comments good.db a.jsonl --posts meta.csv
    page A A_1 "$(comment c1 4),$(comment c2 1)" > b.jsonl
    printf 'h_id,message\nc1,text\n' > texts.csv
    meta A_2 A 2018-01-02 link Name
    harmless good.db load-comments x.db b.jsonl --text texts.csv --posts meta.csv
}
