# spread-spark on Spark: all tests share one session, which takes the time of ten of them to start. What needs no Spark
# is in spread-spark.bats.

load helper

setup_file() {
    find_spark
    [ -z "$no_spark" ] || return 0
    cd "$BATS_FILE_TMPDIR" || return
    mkdir local tmp
    export PYSPARK_PYTHON=python3 SPARK_LOCAL_DIRS=$PWD/local SPARK_LOCAL_IP=127.0.0.1
    TMPDIR=$PWD/tmp python3 "$ROOT/t/lib/spread_spark_session.py" session 'local[2,2]' \
        spark.driver.maxResultSize=4m > log 2>&1 3>&- &
    export SERVER=$!
    # The Python that runs the engine: python3 -B ENGINE WORK NAME
    mkdir python
    printf '#!/bin/sh\nexec %s "%s" "%s/session" -- "$2" "$3" "$4"\n' "$(command -v python3)" \
        "$ROOT/t/lib/spread_spark_session.py" "$PWD" > python/python3
    chmod +x python/python3
    for _ in $(seq 600); do [ ! -S session ] || return 0; kill -0 "$SERVER" || break; sleep 0.1; done
    cat log
    return 1
}

teardown_file() {
    [ -z "${SERVER-}" ] || kill "$SERVER"
}

setup() {
    find_spark
    [ -z "$no_spark" ] || skip "$no_spark"
    cd "$BATS_TEST_TMPDIR" || return
}

# No test leaves a file in the directories for temporary files, apart from Spark's own. Tasks that Spark cancelled may
# still be ending.
teardown() {
    [ -n "${SERVER-}" ] || return 0
    for _ in $(seq 200); do
        [ -n "$(find "$BATS_FILE_TMPDIR" -name 'weir.*')" ] || return 0
        sleep 0.1
    done
    return 1
}

spread() { # ARGUMENT...
    PATH=$BATS_FILE_TMPDIR/python:$PATH spread-spark "$@"
}

# pipeline FILE...: the votes job on one machine.
pipeline() {
    sed '' "$@" | jsonl2tsv Id CreationDate | dedup -k Id | weekagg -t CreationDate VoteCount=count | outliers
}

real_votes() {
    gzip -dc "$ROOT/t/data/votes.jsonl.gz"
}

@test "votes: blocks and parts of any size, files, packed files, directories and URLs" {
    mkdir data
    real_votes > data/a.jsonl
    real_votes | head -n 1000 | sed 's/"Id":"/&9/' > data/b.jsonl
    gzip < data/b.jsonl > data/c.jsonl.gz
    pipeline data/a.jsonl data/b.jsonl > want-weeks
    for arguments in '-b 1M data' '-n 1 -b 300K data' "-n 7 file://$PWD/data" \
        "-n 3 data/a.jsonl file://$PWD/data/c.jsonl.gz data/b.jsonl"; do
        # shellcheck disable=SC2086 # words are meant
        try spread -p votes -o weeks $arguments
        gives 0 ''
        cmp want-weeks weeks
        rm weeks
    done
}

@test "comments, sessions and sales are as spread makes them" {
    gzip -dc "$ROOT/t/data/comments/comment_info.jsonl.gz" > info.jsonl
    generate-events 3000 > events.csv
    cp "$ROOT"/t/data/sales/*.csv .
    for job in 'comments -b 1M info.jsonl' 'sessions -n 5 events.csv' \
        'sales -f calendar.csv -f product.csv -f store.csv sales.csv'; do
        # shellcheck disable=SC2086 # words are meant
        "$ROOT/scripts/spread" -o want-records -p $job
        # shellcheck disable=SC2086 # words are meant
        try spread -o result -p $job
        gives 0 ''
        cmp want-records result
    done
}

@test "without a key, the records stay in order, with any bytes" {
    {
        seq 200 | sed 's/.*/{"Id":18446744073709551&,"t":"x\\r\\ty\\\\"}/'
        printf '{"Id":1,"t":"\\r"}\r\n\n{"Id":2,"t":null}\r\n'
    } > v.jsonl
    jsonl2tsv Id t < v.jsonl > want-records
    try spread --map 'jsonl2tsv -E $PART Id t' -b 1K -o result v.jsonl
    gives 0 ''
    cmp want-records result
    dedup -k Id < want-records | keep-header sort > want-sorted
    try spread --map 'jsonl2tsv -E $PART Id t' -k Id --reduce 'dedup -k Id' --merge 'keep-header sort' -b 1K -o result v.jsonl
    gives 0 ''
    cmp want-sorted result
}

@test "copies of an id that disagree: the first one in the files counts" {
    for day in 03 10 17; do
        seq 500 | sed "s/.*/{\"Id\":&,\"CreationDate\":\"2022-01-$day\"}/"
    done > v.jsonl
    try spread --map 'jsonl2tsv -E $PART Id CreationDate' -k Id --reduce 'dedup -k Id | weekagg -t CreationDate' \
        --merge 'weekagg --merge' -b 1K -n 3 -o result v.jsonl
    gives 0 ''
    [ "$(cat result)" = $'Year\tWeekNumber\tCount\n2022\t1\t500' ]
}

@test "rejects: file, line, reason and record, in order, and the totals" {
    real_votes | head -n 3000 | sed '5s/^/x/; 1500s/}/,}/; 2999s/"Id"/"\xff"/' > a.jsonl
    real_votes | tail -n 300 | sed '300s/$/\r x/' > b.jsonl
    jsonl2tsv -E -f a.jsonl -f b.jsonl -r want-rejects Id CreationDate > want-records 2> said
    try spread -p votes -b 50K -r rejects -o result a.jsonl b.jsonl
    gives 0 "spread-spark: $(sed 's/^jsonl2tsv: //; s/want-//' said)"
    cmp want-rejects rejects
    rm result
    try spread -p votes -b 50K -r rejects --max-rejects 3 -o result a.jsonl b.jsonl
    gives 1 'spread-spark: 3300 read, 3296 written, 4 rejected to rejects; more than 3 bad records'
    [ ! -e result ]
    cmp want-rejects rejects
}

@test "a bad record: the message of the program, with file and line, and no result" {
    real_votes > good.jsonl
    { cat good.jsonl && echo '{"Id":"x"' && cat good.jsonl && echo '{'; } > bad.jsonl
    for arguments in '-b 500K' '-n 50 -b 1M'; do
        # shellcheck disable=SC2086 # words are meant
        try spread -p votes $arguments -o result good.jsonl bad.jsonl
        gives 1 'jsonl2tsv: bad.jsonl: line 40300: byte 10: unexpected end of line'
    done
    try spread -p votes -o result "file://$PWD/bad.jsonl"
    gives 1 "jsonl2tsv: file://$PWD/bad.jsonl: line 40300: byte 10: unexpected end of line"
    echo '{"Id":"x","CreationDate":"2021-02-29"}' > bad.jsonl
    try spread -p votes -n 1 -o result good.jsonl bad.jsonl
    gives 1 'spread-spark: part 0000: weekagg: line 4030?: column CreationDate: "2021-02-29" is not a time'
    [ ! -e result ]
}

@test "a killed program: tried again; if that fails too, the job fails" {
    real_votes > v.jsonl
    pipeline v.jsonl > want-weeks
    mkdir stub
    for name in jsonl2tsv tsvsplit dedup weekagg; do
        # Prints its first lines, as if it were done. The second: only once.
        printf '#!/bin/sh\n%s "$@" | head -n 5\nkill -9 $$\n' "$(command -v $name)" > stub/$name
        chmod +x stub/$name
        PATH=$PWD/stub:$PATH try spread -p votes -b 2M -n 2 -o weeks v.jsonl
        gives 3 'spread-spark: *: a program was killed, did not read its input, or wrote no end mark (-E)'
        [ ! -e weeks ]
        printf '#!/bin/sh\nmkdir "%s/once" 2> /dev/null && kill -9 $$\nexec %s "$@"\n' "$PWD" "$(command -v $name)" > stub/$name
        PATH=$PWD/stub:$PATH try spread -p votes -b 2M -n 2 -o weeks v.jsonl
        gives 0 ''
        cmp want-weeks weeks
        rm -r stub/$name weeks once
    done
}

@test "programs end with their task, also if its Python is killed" {
    real_votes > v.jsonl
    # Kills the Python that started it, as Spark does with the loser of two attempts; the second attempt is a good one.
    printf '#!/bin/sh\nif mkdir "%s/once" 2> /dev/null; then
        sleep 3600.25 & echo $! > "%s/sleeper"
        kill -9 $(ps -o ppid= $(ps -o ppid= $(ps -o sid= $$))); sleep 3600.25
        fi\nexec %s "$@"\n' "$PWD" "$PWD" "$(command -v jsonl2tsv)" > jsonl2tsv
    chmod +x jsonl2tsv
    PATH=$PWD:$PATH try spread -p votes -o weeks v.jsonl
    gives 0 ''
    pipeline v.jsonl | cmp - weeks
    [ -s sleeper ]
    for _ in $(seq 100); do kill -0 "$(cat sleeper)" 2> /dev/null || break; sleep 0.02; done
    run ! kill -0 "$(cat sleeper)"
}

@test "a file that changes, a missing URL, a result that is too large for the driver" {
    real_votes > v.jsonl
    try spread --map 'jsonl2tsv -E Id; touch "$(readlink input)"' -o result v.jsonl
    gives 3 'spread-spark: v.jsonl: the file changed while it was read'
    try spread -p votes -o result "file://$PWD/none.jsonl"
    gives 3 "spread-spark: file://$PWD/none.jsonl: *"
    try spread -p votes -o result none://host/x
    gives 3 'spread-spark: none://host/x: *'
    for _ in $(seq 100); do printf '{"x":"%065536d"}\n' 1; done > v.jsonl
    try spread --map 'jsonl2tsv -E $PART x' -b 10M -o result v.jsonl
    gives 3 'spread-spark: the result of a part is larger than spark.driver.maxResultSize; raise it with --conf'
    [ ! -e result ]
}
