# spread: a job on many cores gives the bytes of the pipeline on one, or a clear failure and no file.

load helper
load spread

export engine=spread

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    mkdir tmp
    export TMPDIR=$PWD/tmp
}

teardown() {
    [ -z "$(ls "$BATS_TEST_TMPDIR/tmp")" ]
    [ -z "$(find "$BATS_TEST_TMPDIR" -name '*.part')" ]
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
    votes 1 30000 > votes.jsonl
    try bash -c 'ulimit -f 100; exec spread -p votes -j 2 -n 2 -o result votes.jsonl'
    fails 3 'spread: votes.jsonl: tsvsplit: *: File too large'
    needs_room
}

@test "a full disk: status 3, with its reason, whichever program finds it" {
    unshare -rm true 2> /dev/null || skip 'needs name spaces'
    for n in 5 20 28 30 31 33 60; do
        votes 1 ${n}000 > votes.jsonl
        # shellcheck disable=SC2016 # sh expands it
        try unshare -rm sh -c 'mount -t tmpfs -o size=512k none tmp && exec "$@"' sh spread -p votes -n 2 -o result votes.jsonl
        if [ $n -lt 28 ]; then gives 0 '*' && rm result; else fails 3 'spread: *No space left on device'; fi
    done
    # The list of files, of blocks, or the variables of the job did not fit: status 1, without a message.
    votes 1 3 > votes.jsonl
    for n in 512 508 504 500; do
        # shellcheck disable=SC2016 # sh expands it
        try unshare -rm sh -c 'mount -t tmpfs -o size=512k none tmp && head -c $1K /dev/zero > tmp/fill && shift && exec "$@"' \
            sh $n spread -p votes -n 2 -o result votes.jsonl
        fails 3 "spread: $TMPDIR: cannot write temporary files"
    done
}

@test "a signal ends it and all its programs, and leaves no file" {
    ends_on_a_signal
}

@test "over ssh: GNU parallel starts the tasks, and its settings are ignored" {
    votes 1 1000 > votes.jsonl
    mkdir -p home/.parallel
    echo --dry-run > home/.parallel/config
    # Runs the command here, as a shell that has logged in.
    printf '#!/bin/sh\nwhile [ "$1" != -- ]; do shift; done\nshift\nexec env -i HOME="$HOME" PATH=/usr/bin:/bin sh -c "$*"\n' > ssh
    chmod +x ssh
    one_machine votes votes.jsonl > want-records
    PARALLEL_SSH=$PWD/ssh HOME=$PWD/home PARALLEL=--dry-run SHELL=/bin/false try spread -p votes -j 2 -b 20K --sshlogin here \
        -o result votes.jsonl
    gives 0 ''
    cmp want-records result
    rm result
    echo '{"Id":' >> votes.jsonl
    PARALLEL_SSH=$PWD/ssh try spread -p votes -j 2 -b 20K --sshlogin here -o result votes.jsonl
    fails 1 'jsonl2tsv: votes.jsonl: line 1001: *'
}

@test "wrong usage" {
    explains_wrong_usage
}

@test "a number of jobs, and hosts" {
    votes 1 3 > votes.jsonl
    for jobs in 0 -1 10000; do
        try spread -p votes -j $jobs -o result votes.jsonl
        fails 2 'spread: -j must be a number from 1 to 9999*'
    done
    try spread -p votes --sshlogin none.invalid -o result votes.jsonl
    fails 3 'spread: cannot run the tasks: ssh: Could not resolve hostname none.invalid: *'
    [[ $(cat err) != *$'\r'* && $(cat err) != *x0D* ]]
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
