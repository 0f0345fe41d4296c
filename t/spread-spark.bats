# spread-spark, without Spark: t/lib/without_spark.py runs its tasks in random order, some twice. What needs Spark is in
# spread-spark-session.bats.

load helper
load spread

export engine=spread-spark

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    mkdir tmp
    export TMPDIR=$PWD/tmp
    export SEED=0
    # The Python that runs the engine: python3 -B ENGINE WORK NAME
    mkdir python
    printf '#!/bin/sh\nexec %s "%s" $SEED "$2" "$3" "$4"\n' "$(command -v python3)" "$ROOT/t/lib/without_spark.py" \
        > python/python3
    chmod +x python/python3
    PATH=$PWD/python:$PATH
}

teardown() {
    [ -z "$(ls "$BATS_TEST_TMPDIR/tmp")" ]
    [ -z "$(find "$BATS_TEST_TMPDIR" -name '*.part')" ]
}

spread() { # ARGUMENT...
    SEED=$((SEED + 1))
    spread-spark "$@"
}

@test "votes: any number of jobs and parts, and blocks of any size" {
    finds_outliers
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
    names_the_bad_record
}

@test "rejects: file, line, reason and record, in order, and the totals" {
    lists_rejects
}

@test "if any program is killed: status 3, and no result" {
    fails_if_a_program_is_killed
}

@test "a command that ends early, or that does not exist" {
    needs_commands_that_read_all
}

@test "a file that changes while it is read is an error" {
    refuses_a_file_that_changes
}

@test "a failed write is a system failure" {
    needs_room
}

@test "a signal ends it and all its programs, and leaves no file" {
    ends_on_a_signal
}

@test "wrong usage" {
    explains_wrong_usage
}

@test "options of Spark" {
    votes 1 3 > votes.jsonl
    try spread -p votes --conf spark.x -o result votes.jsonl
    fails 2 'spread-spark: --conf must be NAME=VALUE*'
    try spread -p votes -j 2 -o result votes.jsonl
    fails 2 'spread-spark: unknown option -j*'
}

@test "an output that is no file, or an input, is not replaced" {
    replaces_no_input
}

@test "no table, and no rejects, are overwritten" {
    keeps_tables
}

@test "columns are matched by name; others are an error" {
    matches_columns_by_name
}

@test "no shell expands the name of the temporary directory or of the current one; CDPATH and a relative TMPDIR are fine" {
    expands_no_names
}
