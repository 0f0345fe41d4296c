# Runs a program in several builds, which must give the same: the normal one, the one without fast paths (make plain),
# and the one with the lowest level of vector instructions (make levels).
#
#     load helper
#     load builds
#     setup() { builds_setup jsonl2tsv; }       # in a directory of its own; skips the test without a plain build
#
#     ... > in
#     both jsonl2tsv Id n:int                   # with rejects and without: output, messages, rejects and status
#     at_all_levels jsonl2tsv Id n:int          # the same at the lowest level
#     wc -l < fast.out                          # fast.out fast.err fast.rejects fast.status; fast.stopped.*: without -r
PLAIN=${WEIR_PLAIN_BUILD:-$ROOT/build/plain}/bin
LEVELS=${WEIR_LEVELS_BUILD:-$ROOT/build/levels}/bin

builds_setup() { # PROGRAM
    cd "$BATS_TEST_TMPDIR" || return
    [ -x "$PLAIN/$1" ] || skip "no plain build: make plain"
}

# Runs PROGRAM on the file in, with rejects and without, and keeps the results in BUILD.*.
run_build() { # BUILD PROGRAM OPERAND...
    local build=$1 status=0
    shift
    "$1" -r rejects "${@:2}" < in > "$build.out" 2> "$build.err" || status=$?
    mv rejects "$build.rejects"
    echo $status > "$build.status"
    status=0
    "$@" < in > "$build.stopped.out" 2> "$build.stopped.err" || status=$?
    echo $status > "$build.stopped.status"
}

# Runs PROGRAM, a build of the one that ran plain, and compares the results.
is_as_plain() { # PROGRAM OPERAND...
    local file
    run_build fast "$@"
    for file in out err rejects status stopped.out stopped.err stopped.status; do
        cmp plain.$file fast.$file || return
    done
}

both() { # PROGRAM OPERAND...
    run_build plain "$PLAIN/$1" "${@:2}"
    is_as_plain "$@"
}

at_all_levels() { # PROGRAM OPERAND...
    both "$@" || return
    [ ! -x "$LEVELS/$1" ] || WEIR_VECTOR=base is_as_plain "$LEVELS/$1" "${@:2}"
}
