# tally and number_key, modules that count keys and order numbers, through small programs that do little else.

load helper

# Compiles t/lib/NAME.c with the modules of the build in DIRECTORY.
compile() { # NAME DIRECTORY PROGRAM
    local sanitize=''
    [ -z "${SAN-}" ] || sanitize='-fsanitize=address,undefined'
    # shellcheck disable=SC2086 # nothing or one word
    ${CC:-cc} -std=c11 -D_GNU_SOURCE -I "$ROOT/common" $sanitize -o "$3" "$ROOT/t/lib/$1.c" "$2/common.a"
}

setup_file() {
    BUILD=${WEIR_BUILD:-$ROOT/build} PLAIN=${WEIR_PLAIN_BUILD:-$ROOT/build/plain}
    cd "$BATS_FILE_TMPDIR" || return
    compile tally_lines "$BUILD" ./tally_lines
    compile number_keys "$BUILD" ./number_keys
    [ ! -e "$PLAIN/common.a" ] || compile tally_lines "$PLAIN" ./tally_lines_plain
}

setup() {
    cd "$BATS_FILE_TMPDIR" || return
}

@test "a tally has each key of each group once, in order, with its count: random keys, as python3 counts them" {
    for seed in 1 2 3; do
        python3 "$ROOT/t/lib/tally_lines.py" $seed $((10 ** (seed + 1)))
        ./tally_lines < in | cmp - want
    done
    : > in
    ./tally_lines < in | cmp - in
}

@test "a tally that spills gives the same: one run, and so many that runs of runs are merged; counts beyond a field" {
    [ -x tally_lines_plain ] || skip 'no plain build: make plain'
    for seed in 4 5; do
        python3 "$ROOT/t/lib/tally_lines.py" $seed $((10 ** seed))
        ./tally_lines_plain 1 < in | cmp - want
        ./tally_lines_plain 8480000 < in | cmp - want
        ./tally_lines_plain 1000000000 < in | cmp - want
    done
}

@test "a tally holds at most its memory, and more only for a key that is larger" {
    python3 -c '
for i in range(700000):
    print(i % 7, i * 7919 % 1000003, sep="\t")
    if i % 7 == 0:
        print(0, "a longer key, " * (i % 5) + str(i % 100003), sep="\t")
print(1, "x" * 40000000, sep="\t")
print(1, "x" * 40000000, sep="\t")' > in
    ./tally_lines 1000000000 < in > want
    head -n 800000 in > small
    ./tally_lines 1000000000 < small > small.want
    python3 -c '
import resource, subprocess, sys
subprocess.run(["./tally_lines", "1"], stdin=open("small"), stdout=open("small.out", "w"), check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)' > peak
    cmp small.want small.out
    case $WEIR_BUILD in
    *san) ;; # the sanitizers' own memory counts there
    *) [ "$(cat peak)" -lt 20000 ] ;;
    esac
    ./tally_lines 1 < in | cmp - want
}

@test "long equal beginnings of keys do not make a tally slow" {
    python3 -c '
for i in range(1500):
    print(0, "a" * (8 * i) + "b", sep="\t")
for i in range(300000):
    print(0, "z" * 64 + str(i % 150000), sep="\t")
    print(1, chr(33 + i % 90) * 8 + "same rest" * 3, sep="\t")' > in
    timeout 20 ./tally_lines < in | awk -F '\t' '{ n += $3 } END { print NR, n }' > out
    diff - out <<< '151590 601500'
}

@test "number keys are in the order of the numbers, exactly, whatever their size and spelling, and give them back" {
    python3 "$ROOT/t/lib/number_keys.py" ./number_keys
}
