# What every test file loads: the built programs first in PATH, and words for input, command and result.
#
#     given 'k v' '1 a' '1 b'          # standard input: lines, with spaces for TABs
#     try dedup -k k                   # the command; for several: try sh -c '... | ...'
#     gives 0 '' 'k v' '1 a'           # exit status, standard error, lines of standard output
bats_require_minimum_version 1.5.0

ROOT=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
PATH=${WEIR_BUILD:-$ROOT/build}/bin:$ROOT/scripts:$ROOT/scripts/bench:$PATH
export ROOT PATH LC_ALL=C TZ=UTC PYTHONDONTWRITEBYTECODE=1
[[ ${WEIR_BUILD-} != *san ]] || export SAN=1 # built with the sanitizers

# given LINE...: standard input for the next try, every space a TAB (\s: a space).
given() {
    lines "$@" > "$BATS_TEST_TMPDIR/in"
}

# given_bytes FORMAT [ARGUMENT...]: standard input for the next try, made by printf.
given_bytes() {
    # shellcheck disable=SC2059 # the format is the point
    printf "$@" > "$BATS_TEST_TMPDIR/in"
}

lines() {
    local all
    [ $# -gt 0 ] || return 0
    printf -v all '%s\n' "$@"
    all=${all// /$'\t'}
    printf %s "${all//\\s/ }"
}

# try COMMAND [ARGUMENT...]: runs it on the input given (default: empty) and keeps its status, output and messages.
try() {
    local in=$BATS_TEST_TMPDIR/in
    [ -e "$in" ] || : > "$in"
    status=0
    "$@" < "$in" > "$BATS_TEST_TMPDIR/out" 2> "$BATS_TEST_TMPDIR/err" || status=$?
}

# gives STATUS STDERR [LINE...]: checks the last try. STDERR may be a glob pattern; LINEs as in given.
gives() {
    local want_status=$1 want_err=$2 err
    shift 2
    err=$(< "$BATS_TEST_TMPDIR/err")
    if [ "$status" -ne "$want_status" ]; then
        echo "status $status, not $want_status; stderr: $err"
        return 1
    fi
    # shellcheck disable=SC2053 # a pattern is meant
    if [[ $err != $want_err ]]; then
        printf 'stderr: %s\nnot:    %s\n' "$err" "$want_err"
        return 1
    fi
    [ $# -gt 0 ] || [ -s "$BATS_TEST_TMPDIR/out" ] || return 0
    lines "$@" > "$BATS_TEST_TMPDIR/want"
    diff -u --label expected --label printed "$BATS_TEST_TMPDIR/want" "$BATS_TEST_TMPDIR/out"
}

# gives_bytes STATUS STDERR FORMAT [ARGUMENT...]: as gives, but standard output is what printf makes.
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

# with NAME SHELL COMMAND...: tries COMMAND with the shell script SHELL in place of program NAME; SHELL has the real PATH.
with() {
    mkdir -p "$1"
    printf '#!/bin/sh\nPATH=%s\n%s\n' "$PATH" "$2" > "$1/$1"
    chmod +x "$1/$1"
    try env PATH="$PWD/$1:$PATH" "${@:3}"
}

# wait_for CONDITION...: waits until the command succeeds, at most 10 s.
wait_for() {
    local n=0
    until "$@"; do
        n=$((n + 1))
        [ $n -lt 500 ] || return
        sleep 0.02
    done
}

# unprivileged COMMAND [ARGUMENT...]: runs it as a user whom file permissions bind; root only loses its privileges.
unprivileged() {
    if [ "$(id -u)" -eq 0 ]; then
        setpriv --bounding-set=-all --inh-caps=-all -- "$@"
    else
        "$@"
    fi
}

# Puts the Python of make spark-setup first in PATH. If tests with Spark cannot run, sets no_spark to the reason.
# shellcheck disable=SC2034
find_spark() {
    PATH=$ROOT/build/spark/bin:$PATH no_spark=''
    if [ -n "${SAN-}" ]; then
        no_spark='the tests of the normal build run them'
    elif ! python3 -c 'import pyspark' 2> /dev/null; then
        no_spark='Spark is not installed (make spark-setup)'
    elif ! command -v java > /dev/null; then
        no_spark='Java is not installed (Debian: default-jre-headless)'
    fi
}

# harmless GOOD_DATABASE COMMAND...: COMMAND, given x.db, must not run what a table of GOOD_DATABASE hides (see
# evil_database.py): it must reach neither the shell nor a file nor standard output.
harmless() {
    local good=$1 table kind
    shift
    echo secret > hidden
    export VISUAL='touch PWNED; true'
    for table in $(sqlite3 "$good" "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'weir_loads'"); do
        for kind in view trigger generated check index fts; do
            hides "$table" "$kind" "edit('x', 'touch PWNED; true')" "$@" || return
        done
        hides "$table" check "writefile('PWNED', 'x')" "$@" || return
        hides "$table" view "shell_putsnl('PWNED')" "$@" || return
        hides "$table" fts "readfile('hidden')" "$@" || return
    done
}

hides() { # TABLE KIND EXPRESSION COMMAND...
    cp "$good" x.db
    python3 "$ROOT/t/lib/evil_database.py" x.db "$1" "$2" "$3"
    try "${@:4}"
    if [ -e PWNED ] || grep -q -e PWNED -e secret out; then
        echo "ran $3: $2 in $1"
        return 1
    fi
}
