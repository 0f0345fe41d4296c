# spread-spark, without Spark: t/lib/without_spark.py runs its tasks in random order, some twice. What needs Spark is in
# spread-spark-session.bats.

load helper
load spread

export engine=spread-spark

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    mkdir tmp
    export TMPDIR=$PWD/tmp
    seed=0
}

teardown() {
    [ -z "$(ls "$BATS_TEST_TMPDIR/tmp")" ]
    [ -z "$(find "$BATS_TEST_TMPDIR" -name '*.part')" ]
}

# spread-spark ARGUMENT...: runs it without Spark.
spread() {
    python3 "$ROOT/t/lib/without_spark.py" $((seed += 1)) "$ROOT/scripts/spread-spark" "$@"
}

@test "votes: any number of jobs and parts, and blocks of any size" {
    gzip -dc "$ROOT/t/data/votes.jsonl.gz" > votes.jsonl
    for arguments in '' '-n 1' '-n 7 -b 1M' '-n 50 -b 500K'; do
        same votes "$arguments" votes.jsonl
        [ "$(wc -l < result)" -eq 163 ]
    done
    outliers_of_all=$(cat result)
    try spread -p votes -o result "$ROOT/t/data/votes.jsonl.gz"
    [ "$(cat result)" = "$outliers_of_all" ]
}

@test "blocks are cut wherever lines are: each line counts once" {
    cuts_blocks_at_lines
}

@test "comments: the best record of an id, wherever the copies are" {
    keeps_the_best_comment
}

@test "sessions: a key that differs in case only, in whole files" {
    folds_the_keys_of_sessions
}

@test "sales: tables are found by their names, from any directory" {
    finds_tables
}

@test "without a key, the records stay in order" {
    keeps_the_order_without_a_key
}

@test "options after the plan replace what it sets" {
    lets_options_replace_the_plan
}

@test "the first record of an Id counts, also across blocks and files" {
    keeps_the_first_record
}

@test "inputs: empty, of one line, without a last LF, of any name, directories" {
    reads_any_inputs
}

@test "a bad record: the program's message, with the name of the file and the line in it" {
    votes 1 1000 > good
    { cat good && echo '{"Id":"x"' && cat good; } > bad
    try spread -p votes -b 10K -o result good bad
    fails 1 'jsonl2tsv: bad: line 1001: byte 10: unexpected end of line'
    echo '{"Id":"x"' | gzip > bad.gz
    try spread -p votes -o result bad.gz
    fails 1 'jsonl2tsv: bad.gz: line 1: byte 10: unexpected end of line'
    { cat good && echo '{"Id":"x","CreationDate":"2021-02-29"}'; } > bad
    try spread -p votes -n 1 -o result bad
    fails 1 'spread-spark: part 0000: weekagg: line 1002: column CreationDate: "2021-02-29" is not a time'
    printf 'a;b\n1;2\n3\n' > bad.csv
    try spread --map 'csv2tsv -E -d ";" | dedup' -k a -o result bad.csv
    fails 1 'csv2tsv: bad.csv: line 3: *'
    printf 'a;b\n1;2\n' > good.csv
    try spread --map 'csv2tsv -E -d ";" | pick c' -k a -o result good.csv
    fails 2 'spread-spark: good.csv: pick: *c*'
    { cat good && printf '\\!\tzcat\tcut off\n'; } > bad
    try spread -p votes -o result good bad
    fails 1 'jsonl2tsv: bad: input failed: cut off'
}

@test "rejects: file, line, reason and record, in order, and the totals" {
    lists_rejects
}

@test "if any program is killed: status 3, and no result" {
    votes 1 1000 > votes.jsonl
    mkdir stub
    for name in jsonl2tsv tsvsplit dedup weekagg outliers; do
        # Prints its first lines, as if it were done.
        printf '#!/bin/sh\n%s "$@" | head -n 5\nkill -9 $$\n' "$(command -v $name)" > stub/$name
        chmod +x stub/$name
        PATH=$PWD/stub:$PATH try spread -p votes -b 20K -o result votes.jsonl
        fails 3 '*a program was killed, did not read its input, or wrote no end mark (-E)'
        rm stub/$name
    done
}

@test "a command that ends early, or that does not exist" {
    needs_commands_that_read_all
}

@test "a file that changes while it is read is an error" {
    refuses_a_file_that_changes
}

@test "a failed write is a system failure" {
    votes 1 3000 > votes.jsonl
    try spread --map 'jsonl2tsv -E Id' -k Id --reduce 'ulimit -f 1; dedup' -n 1 -o result votes.jsonl
    fails 3 'spread-spark: part 0000: dedup: write error: File too large'
    try spread -p votes -o none/result votes.jsonl
    gives 3 'spread-spark: none/result: cannot write to the directory'
    TMPDIR=$PWD/none try spread -p votes -o result votes.jsonl
    fails 3 'spread-spark: */none/*: No such file or directory'
}

@test "wrong usage" {
    votes 1 3 > votes.jsonl
    mkfifo pipe
    mkdir none
    for file in pipe /dev/null missing; do
        try spread -p votes -o result "$file"
        fails 2 "spread-spark: $file: not a file or directory"
    done
    try spread -p votes -o result none
    fails 2 'spread-spark: none: no .csv, .jsonl or .tsv files, plain or packed'
    try spread -p votes -o result
    fails 2 "spread-spark: expected at least one INPUT or DIRECTORY (try 'spread-spark --help')"
    try spread -p votes votes.jsonl
    fails 2 'spread-spark: expected -o FILE*'
    try spread -o result votes.jsonl
    fails 2 'spread-spark: expected --map or -p*'
    try spread -p vote -o result votes.jsonl
    fails 2 'spread-spark: vote: no such plan; there are: comments sales sessions votes*'
    for arguments in '-n 0' '-n x' '-n 10001' '-n -1' '-b 0' '-b x' '--max-rejects -1'; do
        # shellcheck disable=SC2086 # words are meant
        try spread -p votes -r x $arguments -o result votes.jsonl
        fails 2 "spread-spark: ${arguments% *} must be a *"
    done
    try spread -p votes --max-rejects 1 -o result votes.jsonl
    fails 2 'spread-spark: --max-rejects requires -r*'
    try spread --map x --reduce y -o result votes.jsonl
    fails 2 'spread-spark: --reduce requires -k*'
    try spread --none
    fails 2 'spread-spark: unknown option --none*'
    chmod 0 votes.jsonl
    try unprivileged spread -p votes -o result votes.jsonl
    [ "$status" -eq 3 ]
}

@test "an output that is no file, or an input, is not replaced" {
    replaces_no_input
}

@test "files with other columns cannot follow one another" {
    printf 'a,b\n1,2\n' > x.csv
    printf 'b,a\n1,2\n' > y.csv
    for key in '' '-k a'; do
        # shellcheck disable=SC2086 # words are meant
        try spread --map 'csv2tsv -E' $key -o result x.csv y.csv
        fails 2 'spread-spark: y.csv: the columns differ from those of x.csv'
    done
}

@test "no shell expands the name of the temporary directory or of the current one; CDPATH and a relative TMPDIR are fine" {
    expands_no_names
}
