# parallel-weeks: the votes job on many cores, compared with the pipeline.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    mkdir tmp
    export TMPDIR=$PWD/tmp
}

teardown() {
    [ -z "$(ls "$BATS_TEST_TMPDIR/tmp")" ]
}

by_pipeline() { # FILE...
    sed '' "$@" | jsonl2tsv Id CreationDate | dedup -k Id | weekagg -t CreationDate VoteCount=count | outliers
}

# Prints votes FROM to TO, one for each day from 2020-01-01 on.
votes() { # FROM TO [FIRST-ID]
    awk -v from="$1" -v to="$2" -v id="${3-1}" 'BEGIN {
        for (i = from; i <= to; i++)
            printf "{\"Id\":\"%d\",\"CreationDate\":\"20%02d-%02d-%02d\"}\n", id++, 20 + i / 336 % 80, i / 28 % 12 + 1, i % 28 + 1
    }'
}

# parallel-weeks with ARGUMENTS must print the result of the pipeline for FILEs.
same() { # "ARGUMENTS" FILE...
    local arguments=$1
    shift
    by_pipeline "$@" > want-weeks
    # shellcheck disable=SC2086 # words are meant
    try parallel-weeks $arguments "$@"
    [ "$status" -eq 0 ]
    cmp want-weeks out
}

@test "the real votes, by any number of jobs and parts" {
    gzip -dc "$ROOT/t/data/votes.jsonl.gz" > votes.jsonl
    for arguments in '' '-j 1' '-n 1' '-j 3 -n 7' '-j 8'; do
        same "$arguments" votes.jsonl
        [ "$(wc -l < out)" -eq 163 ]
    done
}

@test "blocks are cut wherever lines are: each line counts once" {
    for n in 2 3 5 10 11 50 101; do
        { votes 1 $n && votes 1 1 && votes 1 20 $((n + 1)); } > votes.jsonl
        same '-j 7 -n 2' votes.jsonl
    done
    votes 1 40 | tr -d '\n' | sed 's/}/}\n/g; s/\n$//' > votes.jsonl
    [ -n "$(tail -c 1 votes.jsonl)" ]
    same '-j 4' votes.jsonl
    { votes 1 3 && printf '{"Id":"long","x":"%0300000d","CreationDate":"2020-03-03"}\n' 1 && votes 4 30 4; } > votes.jsonl
    same '-j 4' votes.jsonl
}

@test "the first record of an Id counts, also across blocks and files" {
    { votes 1 1000 && votes 501 1500 && votes 1001 1010 2000; } > votes.jsonl
    votes 2000 2999 > more.jsonl
    for n in 1 2 5; do
        same "-j 6 -n $n" votes.jsonl
        same "-j 3 -n $n" votes.jsonl more.jsonl
        same "-j 3 -n $n" more.jsonl votes.jsonl
    done
}

@test "files: empty, of one line, without a last LF, of any name" {
    : > empty
    votes 1 1 > one
    votes 2 80 2 | head -c -1 > -f
    votes 81 99 81 > "it's \"two\" \$words {} {#}"
    by_pipeline empty > want-weeks
    try parallel-weeks empty
    gives 0 '' "$(tr '\t' ' ' < want-weeks)"
    try parallel-weeks one
    gives 0 'outliers: no outliers by ratio: there is only one value' 'Year WeekNumber VoteCount'
    try parallel-weeks -j 2 -- -f empty one "it's \"two\" \$words {} {#}"
    cmp out <(by_pipeline ./-f empty one it*)
    [ "$(wc -l < out)" -gt 2 ]
    mkdir "tmp/it's \$(x)"
    TMPDIR="$PWD/tmp/it's \$(x)" try parallel-weeks -j 2 one empty ./-f
    [ "$status" -eq 0 ]
    rmdir "tmp/it's \$(x)"
}

@test "a bad record: the pipeline's message, with the line's number in the file, and nothing else" {
    votes 1 1000 > good
    { cat good && echo '{"Id":"x"' && cat good; } > bad
    try parallel-weeks -j 4 bad
    gives 1 'jsonl2tsv: line 1001: byte 10: unexpected end of line'
    { cat good && votes 1 1 && echo '{"Id":"x","CreationDate":"2021-02-29"}'; } > bad
    try parallel-weeks -j 4 bad
    gives 1 'weekagg: line 1002: column CreationDate: "2021-02-29" is not a time'
    { cat good && printf '\\!\tzcat\tcut off\n'; } > bad
    try parallel-weeks -j 2 good bad
    gives 1 'jsonl2tsv: input failed: cut off'
}

@test "if any program is killed: status 3, and nothing is printed" {
    votes 1 1000 > votes.jsonl
    mkdir stub
    for name in jsonl2tsv tsvsplit dedup weekagg outliers; do
        # Prints its first lines, as if it were done.
        printf '#!/bin/sh\n%s "$@" | head -n 5\nkill -9 $$\n' "$(command -v $name)" > stub/$name
        chmod +x stub/$name
        PATH=$PWD/stub:$PATH try parallel-weeks -j 2 votes.jsonl
        gives 3 '*parallel-weeks: *'
        rm stub/$name
    done
}

@test "a failed write is a system failure" {
    votes 1 30000 > votes.jsonl
    run -3 bash -c 'parallel-weeks votes.jsonl > /dev/full'
    [[ $output == *'parallel-weeks: write error' ]]
    try bash -c 'ulimit -f 100; exec parallel-weeks -j 2 -n 2 votes.jsonl'
    gives 3 'parallel-weeks: a part failed: *: File too large'
    TMPDIR=$PWD/none try parallel-weeks votes.jsonl
    gives 3 '*parallel-weeks: cannot create a temporary directory'
}

@test "a signal ends it, and no file is left" {
    votes 1 1000 > votes.jsonl
    mkdir stub
    printf '#!/bin/sh\n: > started\nsleep 1\n' > stub/jsonl2tsv
    chmod +x stub/jsonl2tsv
    PATH=$PWD/stub:$PATH parallel-weeks -j 2 votes.jsonl > out 2> err 3>&- &
    for _ in $(seq 200); do [ ! -e started ] || break; sleep 0.02; done
    kill $!
    status=0
    wait $! || status=$?
    [ $status -eq 3 ]
    [ ! -s out ]
}

@test "settings of GNU parallel are ignored" {
    votes 1 100 > votes.jsonl
    mkdir -p home/.parallel
    echo --dry-run > home/.parallel/config
    by_pipeline votes.jsonl > want-weeks
    HOME=$PWD/home PARALLEL=--dry-run SHELL=/bin/false try parallel-weeks -j 2 votes.jsonl
    [ ! -s err ]
    cmp want-weeks out
    HOME=/none try parallel-weeks -j 2 votes.jsonl
    [ ! -s err ]
    cmp want-weeks out
}

@test "files that cannot be read in blocks, and other wrong usage" {
    votes 1 3 | gzip > votes.jsonl.gz
    mkfifo pipe
    try parallel-weeks votes.jsonl.gz
    gives 2 'parallel-weeks: votes.jsonl.gz: packed files cannot be read in blocks; unpack it first'
    for file in pipe . /dev/null none; do
        try parallel-weeks "$file"
        gives 2 "parallel-weeks: $file: only regular files can be read in blocks"
    done
    try parallel-weeks
    gives 2 "parallel-weeks: expected at least one FILE (try 'parallel-weeks --help')"
    for arguments in -j '-j 0' '-n x' '-n 10000' '-j -1'; do
        # shellcheck disable=SC2086 # words are meant
        try parallel-weeks $arguments
        gives 2 'parallel-weeks: -[jn] must be a number from 1 to 9999*'
    done
    try parallel-weeks --none
    gives 2 'parallel-weeks: unknown option --none*'
    try parallel-weeks --help
    [ "$status" -eq 0 ]
    [[ $(tail -n 1 out) == 'usage: parallel-weeks '* ]]
}

@test "a file without permission to read is named" {
    votes 1 3 > votes.jsonl
    chmod 0 votes.jsonl
    try unprivileged parallel-weeks votes.jsonl
    gives 3 'parallel-weeks: votes.jsonl: permission denied'
}

@test "no shell expands the name of the temporary directory or of the current one; CDPATH and a relative TMPDIR are fine" {
    votes 1 1000 > votes.jsonl
    by_pipeline votes.jsonl > want-weeks
    mkdir 'a$(touch PWNED)b' other
    TMPDIR="$PWD/a\$(touch PWNED)b" try parallel-weeks -j 2 votes.jsonl
    gives 0 ''  "$(tr '\t' ' ' < want-weeks)"
    CDPATH=other:.:/tmp TMPDIR='a$(touch PWNED)b' try parallel-weeks -j 2 votes.jsonl
    gives 0 ''  "$(tr '\t' ' ' < want-weeks)"
    cd 'a$(touch PWNED)b'
    TMPDIR=. parallel-weeks -j 2 ../votes.jsonl | cmp - ../want-weeks
    cd ..
    [ -z "$(find . -name PWNED)" ]
    rmdir 'a$(touch PWNED)b'
}
