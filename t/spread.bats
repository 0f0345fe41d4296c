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
    gzip -dc "$ROOT/t/data/votes.jsonl.gz" > votes.jsonl
    for arguments in '' '-j 1 -n 1' '-n 7 -b 1M' '-j 3 -n 50 -b 500K'; do
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
    try spread -p votes -j 4 -b 10K -o result good bad
    fails 1 'jsonl2tsv: bad: line 1001: byte 10: unexpected end of line'
    echo '{"Id":"x"' | gzip > bad.gz
    try spread -p votes -o result bad.gz
    fails 1 'jsonl2tsv: bad.gz: line 1: byte 10: unexpected end of line'
    { cat good && echo '{"Id":"x","CreationDate":"2021-02-29"}'; } > bad
    try spread -p votes -n 1 -o result bad
    fails 1 'spread: part 0000: weekagg: line 1002: column CreationDate: "2021-02-29" is not a time'
    printf 'a;b\n1;2\n3\n' > bad.csv
    try spread --map 'csv2tsv -E -d ";" | dedup' -k a -o result bad.csv
    fails 1 'csv2tsv: bad.csv: line 3: *'
    printf 'a;b\n1;2\n' > bad.csv
    try spread --map 'csv2tsv -E -d ";" | pick c' -k a -o result bad.csv
    fails 2 'spread: bad.csv: pick: *c*'
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
    for name in jsonl2tsv tsvsplit tsvcat dedup weekagg outliers; do
        # Prints its first lines, as if it were done.
        printf '#!/bin/sh\n%s "$@" | head -n 5\nkill -9 $$\n' "$(command -v $name)" > stub/$name
        chmod +x stub/$name
        PATH=$PWD/stub:$PATH try spread -p votes -j 2 -b 20K -o result votes.jsonl
        [[ -f result ]] && echo $name
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
    votes 1 30000 > votes.jsonl
    try bash -c 'ulimit -f 100; exec spread -p votes -j 2 -n 2 -o result votes.jsonl'
    fails 3 'spread: votes.jsonl: tsvsplit: *: File too large'
    try spread -p votes -o none/result votes.jsonl
    gives 3 'spread: none/result: cannot write to the directory'
    TMPDIR=$PWD/none try spread -p votes -o result votes.jsonl
    fails 3 '*spread: cannot create a temporary directory'
}

@test "a signal ends it and all its programs, and leaves no file" {
    votes 1 1000 > votes.jsonl
    spread --map ': > "$(dirname "$(readlink input)")/started"; sleep 60.0625' -o result votes.jsonl > out 2> err 3>&- &
    for _ in $(seq 200); do [ ! -e started ] || break; sleep 0.02; done
    kill $!
    status=0
    wait $! || status=$?
    [ $status -eq 3 ]
    [ ! -e result ]
    for _ in $(seq 100); do pgrep -f 'sleep 60\.0625' > /dev/null || return 0; sleep 0.02; done
    return 1
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
    votes 1 3 > votes.jsonl
    mkfifo pipe
    mkdir none
    for file in pipe /dev/null missing; do
        try spread -p votes -o result "$file"
        fails 2 "spread: $file: not a file or directory"
    done
    try spread -p votes -o result none
    fails 2 'spread: none: no .csv, .jsonl or .tsv files, plain or packed'
    try spread -p votes -o result
    fails 2 "spread: expected at least one INPUT or DIRECTORY (try 'spread --help')"
    try spread -p votes votes.jsonl
    fails 2 'spread: expected -o FILE*'
    try spread -o result votes.jsonl
    fails 2 'spread: expected --map or -p*'
    try spread -p vote -o result votes.jsonl
    fails 2 'spread: vote: no such plan; there are: comments sales sessions votes*'
    for arguments in '-j 0' '-n x' '-n 10001' '-j -1' '-b 0' '-b x' '--max-rejects -1'; do
        # shellcheck disable=SC2086 # words are meant
        try spread -p votes -r x $arguments -o result votes.jsonl
        fails 2 "spread: ${arguments% *} must be a *"
    done
    try spread -p votes --max-rejects 1 -o result votes.jsonl
    fails 2 'spread: --max-rejects requires -r*'
    try spread --map x --reduce y -o result votes.jsonl
    fails 2 'spread: --reduce requires -k*'
    try spread --none
    fails 2 'spread: unknown option --none*'
    chmod 0 votes.jsonl
    try unprivileged spread -p votes -o result votes.jsonl
    [ "$status" -eq 3 ]
}

@test "an output that is no file, or an input, is not replaced" {
    replaces_no_input
}

@test "no shell expands the name of the temporary directory or of the current one; CDPATH and a relative TMPDIR are fine" {
    expands_no_names
}
