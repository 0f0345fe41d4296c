# What every test file loads: the built programs first in PATH, and how to state input, command and result.
#
#     given 'k v' '1 a' '1 b'          # standard input: lines, spaces standing for TABs
#     try dedup -k k                   # the command; try sh -c '... | ...' for more than one
#     gives 0 '' 'k v' '1 a'           # exit status, standard error, lines of standard output
bats_require_minimum_version 1.5.0

ROOT=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
PATH=${WEIR_BUILD:-$ROOT/build}/bin:$ROOT/scripts:$ROOT/scripts/bench:$PATH
export ROOT PATH LC_ALL=C TZ=UTC

# given LINE...: standard input for the next try, every space a TAB (\s: a space).
given() {
    lines "$@" > "$BATS_TEST_TMPDIR/in"
}

# given_bytes FORMAT [ARGUMENT...]: standard input for the next try, as printf makes it.
given_bytes() {
    # shellcheck disable=SC2059 # the format is the point
    printf "$@" > "$BATS_TEST_TMPDIR/in"
}

lines() {
    [ $# -eq 0 ] || printf '%s\n' "$@" | tr ' ' '\t' | sed 's/\\s/ /g'
}

# try COMMAND [ARGUMENT...]: runs it on the input given (none: empty) and keeps its status and what it wrote.
try() {
    local in=$BATS_TEST_TMPDIR/in
    [ -e "$in" ] || : > "$in"
    status=0
    "$@" < "$in" > "$BATS_TEST_TMPDIR/out" 2> "$BATS_TEST_TMPDIR/err" || status=$?
}

# gives STATUS STDERR [LINE...]: what the last try must have done; STDERR may be a glob pattern, LINEs as in given.
gives() {
    local want_status=$1 want_err=$2 err
    shift 2
    err=$(cat "$BATS_TEST_TMPDIR/err")
    lines "$@" > "$BATS_TEST_TMPDIR/want"
    if [ "$status" -ne "$want_status" ]; then
        echo "status $status, not $want_status; stderr: $err"
        return 1
    fi
    # shellcheck disable=SC2053 # a pattern is meant
    if [[ $err != $want_err ]]; then
        printf 'stderr: %s\nnot:    %s\n' "$err" "$want_err"
        return 1
    fi
    diff -u --label expected --label printed "$BATS_TEST_TMPDIR/want" "$BATS_TEST_TMPDIR/out"
}

# gives_bytes STATUS STDERR FORMAT [ARGUMENT...]: as gives, standard output as printf makes it.
gives_bytes() {
    local want_status=$1 want_err=$2
    shift 2
    # shellcheck disable=SC2059 # the format is the point
    printf "$@" > "$BATS_TEST_TMPDIR/exact"
    cp "$BATS_TEST_TMPDIR/out" "$BATS_TEST_TMPDIR/printed"
    : > "$BATS_TEST_TMPDIR/out"
    gives "$want_status" "$want_err"
    cmp "$BATS_TEST_TMPDIR/exact" "$BATS_TEST_TMPDIR/printed"
}
