# sql/spark: the jobs in Spark SQL, with the programs as operators, give the results of the pipelines and of SQLite.
# docs/spark.md: what it says of TRANSFORM. All tests use one session. They are skipped if Spark or
# Java is not installed.

load helper

setup_file() {
    find_spark
    [ -z "$no_spark" ] || return 0
    cd "$BATS_FILE_TMPDIR" || return
    mkfifo requests answers
    mkdir first
    # Names of files may be in UTF-8. The session ends with this file, however that ends.
    PATH=$PWD/first:$PATH LC_ALL=C.UTF-8 SPARK_LOCAL_IP=127.0.0.1 setpriv --pdeathsig KILL \
        python3 "$ROOT/t/lib/spark_session.py" spark.ui.enabled=false spark.sql.shuffle.partitions=3 \
        "spark.local.dir=$PWD" "spark.sql.warehouse.dir=$PWD/warehouse" spark.driver.memory=512m \
        spark.task.maxFailures=2 <> requests > answers 2> log 3>&- &
    echo $! > pid
    read -r -t 300 _ < answers || { cat log && return 1; }
    sql < "$ROOT/sql/spark/fields.sql"
}

teardown_file() {
    [ -e "$BATS_FILE_TMPDIR/pid" ] || return 0
    echo 1<> "$BATS_FILE_TMPDIR/requests"
    wait "$(cat "$BATS_FILE_TMPDIR/pid")"
}

setup() {
    find_spark
    [ -z "$no_spark" ] || skip "$no_spark"
    cd "$BATS_TEST_TMPDIR" || return
}

teardown() {
    rm -f "$BATS_FILE_TMPDIR"/first/*
}

# sql [STATEMENT]...: what the statements print, or those on standard input, in the session.
sql() {
    if [ $# -gt 0 ]; then printf '%s;\n' "$@" > sql; else cat > sql; fi
    kill -0 "$(cat "$BATS_FILE_TMPDIR/pid")" || return
    echo "$PWD" 1<> "$BATS_FILE_TMPDIR/requests"
    read -r -t 300 _ <> "$BATS_FILE_TMPDIR/answers" || return
    [ ! -s err ] || { head -n 3 err && return 1; }
}

# spark FILE NAME=VALUE [STATEMENT]...: tries the statements of FILE with a variable, then the STATEMENTs. What SET
# prints is left out.
spark() {
    status=0
    { echo "SET $2;" && cat "$ROOT/sql/spark/$1" && printf '%s;\n' "${@:3}"; } | sql || status=1
    sed -i "/^\(${2%%=*}\|spark[.]sql[.][^\t]*\)\t/d" out
}

# weeks FILE...: what the pipeline of programs gives for votes, without a header.
weeks() {
    cat "$@" | jsonl2tsv -E Id CreationDate | dedup -k Id | weekagg -t CreationDate VoteCount=count | outliers |
        sed '1d; $d'
}

# Prints votes of 200 days, one a day, but N of day N if N is a multiple of 10. Ids begin with PREFIX.
days() { # PREFIX
    awk -v prefix="$1" 'BEGIN {
        for (day = 0; day < 200; day++)
            for (i = 0; i < (day % 10 ? 1 : day); i++)
                printf "{\"Id\":\"%s%d\",\"PostId\":1,\"VoteTypeId\":2,\"CreationDate\":\"2020-%02d-%02d\"}\n",
                    prefix, id++, day / 28 + 1, day % 28 + 1 }'
}

@test "votes: the outlier weeks of t/data, as SQLite and the pipeline print them" {
    ingest-votes x.db "$ROOT/t/data/votes.jsonl.gz"
    outlier-weeks x.db | sed 1d > weeks
    [ "$(wc -l < weeks)" -eq 162 ]
    spark votes.sql votes="$ROOT/t/data/votes.jsonl.gz"
    [ "$status" -eq 0 ]
    diff weeks out
    weeks "$ROOT/t/data/votes.jsonl.gz" | diff - out
}

@test "votes: several files, votes in both of them" {
    mkdir in
    for n in 1 2; do
        python3 "$ROOT/t/lib/random_votes.py" $n > in/$n.jsonl
    done
    ingest-votes x.db in
    outlier-weeks x.db | sed 1d > weeks
    [ "$(wc -l < weeks)" -gt 10 ]
    [ "$(sqlite3 x.db 'SELECT count(*) FROM votes')" -lt 2500 ]
    spark votes.sql votes="$PWD/in/*.jsonl"
    [ "$status" -eq 0 ]
    diff weeks out
}

@test "votes: the first copy of an Id counts, by file and line, also if a later one has an earlier date" {
    mkdir 'a "b" é%'
    days 1 | sed 's/2020/2021/' | shuf --random-source="$ROOT/t/data/votes.jsonl.gz" > 'a "b" é%/2.jsonl'
    days 1 | shuf --random-source="$ROOT/t/data/votes.jsonl.gz" > 'a "b" é%/10.jsonl'
    days 1 | tac | sed 's/2020/2019/' >> 'a "b" é%/10.jsonl'
    weeks 'a "b" é%/10.jsonl' 'a "b" é%/2.jsonl' > want
    [ "$(grep -c ^2020 want)" -gt 20 ]
    spark votes.sql votes="$PWD/a*"
    [ "$status" -eq 0 ]
    diff want out
}

@test "votes: Ids of 2^63 and more stay apart, CRLF and blank lines do not matter" {
    { days 92233720368547758 && days 9223372036854775 && days 1; } > votes.jsonl
    weeks votes.jsonl > want
    [ "$(wc -l < want)" -gt 20 ]
    sed 's/$/\r/; 1~7s/$/\n\r\n/; 1~3s/^/  /' votes.jsonl > crlf.jsonl
    spark votes.sql votes="$PWD/crlf.jsonl"
    [ "$status" -eq 0 ]
    diff want out
}

@test "votes: a bad vote makes the query fail, and no row is printed" {
    gzip -dc "$ROOT/t/data/votes.jsonl.gz" | head -n 1000 > good.jsonl
    while read -r vote reason; do
        { cat good.jsonl && printf "$vote\n"; } > votes.jsonl
        spark votes.sql votes="$PWD/votes.jsonl"
        echo "$vote"
        [ "$status" -eq 1 ]
        [ ! -s out ]
        grep -q -e "$reason" err || { head -n 5 err && return 1; }
    done << 'END'
{"Id":1,"PostId":"x"} line 1001: column PostId: "x" is not an integer
x"Id":1} line 1001: .*expected an object
{} line 1001: 
{"Id":1,"x":"\xff"} jsonl2tsv: input failed: invalid UTF-8 in file:.*/votes.jsonl
END
}

@test "votes: a program that is killed makes the query fail, and no row is printed" {
    for program in jsonl2tsv pick dedup weekagg outliers; do
        file=$BATS_FILE_TMPDIR/first/$program
        printf '#!/bin/sh\nPATH=%s\n%s "$@" | head -n 3\nkill -9 $$\n' "$PATH" $program > "$file"
        chmod +x "$file"
        spark votes.sql votes="$ROOT/t/data/votes.jsonl.gz"
        [ "$status" -eq 1 ]
        [ ! -s out ]
        rm "$file"
    done
}

# comments_of DATABASE: the table comments that load-comments has made, as spark-sql prints it.
comments_of() {
    sqlite3 -tabs -nullvalue NULL "$1" 'SELECT id, kind, parent, post, page, created_time, up_likes, comment_count
        FROM comments WHERE kind IS NOT NULL ORDER BY id'
}

@test "comments: those of t/data, as load-comments stores them, and a query of sql/both" {
    load-comments x.db "$ROOT/t/data/comments/comment_info.jsonl.gz"
    comments_of x.db > want
    [ "$(wc -l < want)" -eq 19616 ]
    spark comments.sql comments="$ROOT/t/data/comments/comment_info.jsonl.gz" 'SELECT * FROM comments ORDER BY id' \
        "$(sed 's/;$//' "$ROOT/sql/both/comments_busiest_day.sql")"
    [ "$status" -eq 0 ]
    sed '$d' out | diff -q want -
    [ "$(tail -n 1 out)" = $'2018-01-10\t1529' ]
}

@test "comments: random comments that contradict each other in several files" {
    for seed in 11 12; do
        rm -rf in x.db
        python3 "$ROOT/t/lib/random_comments.py" $seed
        load-comments x.db in > log
        comments_of x.db > want
        [ "$(wc -l < want)" -gt 30 ]
        spark comments.sql comments="$PWD/in/*.jsonl" 'SELECT * FROM comments ORDER BY id'
        [ "$status" -eq 0 ]
        diff want out
    done
}

@test "comments: a post, comment or reply without an id, or without likes, makes the query fail" {
    comment='{"h_id":"c","created_time":"2020-01-01","up_likes":1,"comment_count":1,"comments":{"data":[{}]}}'
    while read -r page; do
        page=${page/COMMENT/$comment}
        { echo '{"h_id":"p","posts":{"data":[{"h_id":"q"}]}}' && echo "$page"; } > pages.jsonl
        ! load-comments x.db pages.jsonl > log 2>&1
        spark comments.sql comments="$PWD/pages.jsonl" 'SELECT * FROM comments'
        echo "$page"
        [ "$status" -eq 1 ]
        [ ! -s out ]
        grep -q -e ' has an id' -e 'up_likes: "x" is not an integer' err
    done << 'END'
{"h_id":"p","posts":{"data":[{}]}}
{"h_id":"p","posts":{"data":[{"h_id":"q","comments":{"data":[{}]}}]}}
{"h_id":"p","posts":{"data":[{"h_id":"q","comments":{"data":[{"h_id":"c","created_time":"2020-01-01","up_likes":1}]}}]}}
{"h_id":"p","posts":{"data":[{"h_id":"q","comments":{"data":[{"h_id":"c","up_likes":"x"}]}}]}}
{"h_id":"p","posts":{"data":[{"h_id":"q","comments":{"data":[COMMENT]}}]}}
END
}

# sessions_of DATABASE: the table sessions that load-sessions has made, as spark-sql prints it.
sessions_of() {
    sqlite3 -tabs "$1" 'SELECT user_id, device_id, events, successful_booking, day, started_at, ended_at
        FROM sessions ORDER BY user_id, device_id, started_at'
}

@test "sessions: repeated events, other orders of columns, records of several lines; as load-sessions stores them" {
    generate-events 5000 > 1.csv
    sed '2,3999d' 1.csv > 2.csv
    printf '"a\tB\n\\\\c";;;"x\r\ny";;Ride Done;2019-09-01;2019-09-01T01:00+01:00\n' >> 2.csv
    csv2tsv -d ';' --null NULL 1.csv | keep-header tail -n 100 | pick created_at '*' |
        tsv2csv -d ';' > 3.csv
    mkdir in
    mv ./*.csv in
    load-sessions x.db in
    sessions_of x.db > want
    [ "$(wc -l < want)" -gt 800 ]
    spark sessions.sql events="$PWD/in" 'SELECT * FROM sessions ORDER BY user_id, device_id, started_at'
    [ "$status" -eq 0 ]
    diff want out
}

@test "sessions: a file that is cut in parts, or without a column, makes the query fail" {
    generate-events 1000 > events.csv
    for cut in 's/;created_at$/;created/' '500s/;[^;]*$/;yesterday/' '500s/$/\xff/'; do
        sed "$cut" events.csv > cut.csv
        spark sessions.sql events="$PWD/cut.csv" 'SELECT * FROM sessions'
        echo "$cut"
        [ "$status" -eq 1 ]
        [ ! -s out ]
    done
    spark sessions.sql events="$PWD/events.csv" 'SET spark.sql.files.maxPartitionBytes = 20k' 'SELECT * FROM sessions'
    [ "$status" -eq 1 ]
    [ ! -s out ]
    grep -q 'unknown column' err
}

# check_statement WHERE STATEMENT WANT: the statement must print WANT, or fail with a message that matches WANT after
# "fails: ". What SET, RESET and ADD print does not matter.
check_statement() {
    local status
    for _ in 1 2 3; do
        status=0
        sql "$2" || status=1
        grep -q 'exited with status [0-9]*\. Error: \.$' err || break # Spark read what the program said too early
    done
    if [[ $3 == 'fails: '* ]]; then
        [ "$status" -eq 1 ] && [ ! -s out ] && grep -q -E -e "$(sed 's/^fails: //' <<< "${3%$'\n'}")" err && return
    elif [ "$status" -eq 0 ]; then
        [[ ! -s err && ( $2 == [SRA][ED][STD]* || $(cat out; echo .) == "$3". ) ]] && return
    fi
    printf '%s:\n%s\n' "$1" "$2"
    diff -u --label shown --label printed <(printf %s "$3") <(cat out; head -n 3 err)
    return 1
}

# check_page FILE: runs what is in blocks of sh, in the directory of the session, and the statements in blocks of sql.
# After a statement come the lines that it prints, each after "-- ".
check_page() {
    local line block='' text='' want='' bad='' n=0 at=0
    while IFS= read -r line; do
        n=$((n + 1))
        case $block:$line in
        :'```'sh | :'```'sql) block=${line#'```'} text='' want='' ;;
        sh:'```') (cd "$BATS_FILE_TMPDIR" && sh -c "$text") && block='' ;;
        sql:'--'*) line=${line#--} && want+=${line# }$'\n' ;;
        sh:* | sql:*)
            if [[ $block = sql && $text == *';' ]]; then
                check_statement "${1#"$ROOT"/}:$at" "${text%;}" "$want" || bad=1
                text='' want=''
            fi
            [ -n "$text" ] || at=$n
            text+=${text:+$'\n'}$line
            [ "$line" != '```' ] || block=''
            ;;
        esac
    done < "$1"
    [ -z "$bad" ] && [ "$at" -gt 0 ]
}

@test "docs/spark.md: the examples print what they show" {
    check_page "$ROOT/docs/spark.md"
}

@test "docs/spark.md: a killed executor ends the input of a program, and only -E keeps a sink from storing a part" {
    cat > once << 'END'
# Kills the process $1, but only once.
mkdir killed 2> /dev/null && (sleep 1 && kill -9 "$1") &
END
    pause="substr(reflect('java.lang.Thread', 'sleep', 3000L), 5)"
    sql "SELECT TRANSFORM (if(record = '2900', concat(record, $pause), record))
            ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t'
        USING 'cd $PWD && sh once \$PPID; cat > \$\$.tsv' AS (a STRING) ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t'
        FROM (
            SELECT if(id = 0, 'id', if(id = 3000, '\\\\.', CAST(id AS STRING))) AS record
            FROM range(0, 3001, 1, 1))"
    [ "$(wc -l ./*.tsv | awk '$2 != "total" { print $1 == 3001 }' | sort | tr -d '\n')" = 01 ]
    for file in *.tsv; do
        tsv2sqlite all.db t < "$file"
        tsv2sqlite -E whole.db t < "$file" || :
    done
    [ "$(sqlite3 all.db 'SELECT count(*) > 2999 FROM t')" -eq 1 ]
    [ "$(sqlite3 whole.db 'SELECT count(*) FROM t')" -eq 2999 ]
}
