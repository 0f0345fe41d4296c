# Faults of the system, injected into system calls by strace(1): every program says so, with status 3, and leaves the
# failure mark; a call that only has to be repeated does no harm.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    command -v strace > /dev/null || skip 'strace is not installed'
    strace -qq -o /dev/null true 2> /dev/null || skip 'strace may not trace here'
}

# inject CALL FAULT COMMAND...: runs COMMAND on the file in with the fault, such as error=EIO:when=2+, in each CALL.
inject() {
    status=0
    env ASAN_OPTIONS=detect_leaks=0 strace -qq -o trace -e trace="$1" -e inject="$1:$2" "${@:3}" < in > out 2> err ||
        status=$?
}

# reads COMMAND...: how many calls of read(2) COMMAND makes on the file in.
reads() {
    env ASAN_OPTIONS=detect_leaks=0 strace -qq -o trace -e trace=read "$@" < in > /dev/null 2>&1 || :
    grep -c '^read(' trace
}

@test "a write that has to be repeated, after EAGAIN or EINTR, loses neither records, nor message, nor failure mark" {
    printf 'a\n1\n2\n\\q\n' > in
    for error in EAGAIN EINTR; do
        for n in 1 2 3 4; do
            inject write error=$error:when=$n dedup
            [ "$status" -eq 1 ]
            [ "$(cat err)" = 'dedup: line 4: byte 1: invalid escape' ]
            printf 'a\n1\n2\n\\!\tdedup\tline 4: byte 1: invalid escape\n' | diff - out
        done
    done
}

@test "an error in reading the input is status 3, with the failure mark after whole records" {
    local n
    printf 'a,b\n1,"2\n3"\n' > in.csv
    printf '{"a":1}\n' > in.jsonl
    printf 'a\n1\n' > in.tsv
    for command in 'csv2tsv' 'jsonl2tsv a' 'dedup' 'tsvcat' 'pick 1' 'where a=1' 'weekagg' 'outliers' 'profile' \
        'trend share:a' 'pivot --long a' 'chart' 'tsv2jsonl' 'tsv2csv' 'keep-header cat'; do
        case $command in csv2tsv) cp in.csv in ;; jsonl2tsv*) cp in.jsonl in ;; *) cp in.tsv in ;; esac
        # shellcheck disable=SC2086 # words are meant
        n=$(reads $command)
        # shellcheck disable=SC2086
        inject read error=EIO:when=$n $command
        [ "$status" -eq 3 ] || { echo "$command: $status" && cat err && return 1; }
        [ "$(cat err)" = "${command%% *}: read error: Input/output error" ]
        [ "$(tail -n 1 out)" = "\\!	${command%% *}	read error: Input/output error" ]
    done
}

@test "an error in reading that the system tells only once is status 3, and nothing is committed" {
    awk 'BEGIN { print "a"; srand(1); for (i = 0; i < 300000; i++) print int(rand() * 1e9) }' > in
    sqlite3 x.db 'CREATE TABLE t (a INTEGER PRIMARY KEY)'
    for command in 'tsv2sqlite -r rejects x.db t' 'dedup' 'sessionize -k a -t a --epoch s --gap 1s' \
        'weekagg -t a --epoch s' 'where a>5' 'lookup -f in -k a --semi --multi'; do
        for when in 3 5 8; do
            # shellcheck disable=SC2086 # words are meant
            inject read error=EIO:when=$when -P in $command
            [ "$status" -eq 3 ] || { echo "$command: $status" && cat err && return 1; }
        done
        [ "$(sqlite3 x.db 'SELECT count(*) FROM t')" -eq 0 ]
    done
}

@test "an error in reading a temporary file is status 3, and names the directory" {
    seq 1 300000 | sed 's/^/some longer text to fill the memory /; 1i\a' > in
    inject read error=EIO:when="$(reads dedup -S 16M)" dedup -S 16M
    [ "$status" -eq 3 ]
    [[ $(cat err) == "dedup: read error: temporary file in ${TMPDIR:-/tmp}: Input/output error" ]]
    [[ $(tail -n 1 out) == '\!	dedup	read error: temporary file'* ]]
}

@test "a full disk for temporary files is status 3, names the directory, and leaves the failure mark" {
    seq 1 300000 | sed 's/^/some longer text to fill the memory /; 1i\a' > in
    for command in 'profile -S 16M' 'dedup -S 16M --count'; do
        # shellcheck disable=SC2086 # words are meant
        inject write error=ENOSPC:when=2 $command # the first is that of the header line
        [ "$status" -eq 3 ] || { echo "$command: $status" && cat err && return 1; }
        [ "$(cat err)" = "${command%% *}: write error: ${TMPDIR:-/tmp}: No space left on device" ]
        [ "$(tail -n 1 out)" = "\!	${command%% *}	write error: ${TMPDIR:-/tmp}: No space left on device" ]
    done
}

@test "a file that cannot be renamed is status 3, and no part stays" {
    printf 'a\n1\n2\n3\n' > in
    for n in 1 2; do
        inject rename,renameat,renameat2 error=EIO:when=$n tsvsplit -n 2 x.
        [ "$status" -eq 3 ]
        [[ $(cat err) == 'tsvsplit: x.000'*': Input/output error' ]]
        ! ls x.* 2> /dev/null || return 1
    done
}

@test "a failure mark in a line that is too long still stops the program" {
    printf 'a\n1\n\\!\tcsv2tsv\t%0300d\n' 0 > in
    for program in dedup tsv2jsonl tsv2csv weekagg; do
        try "$program" --max-line 20 < in
        [ "$status" -eq 1 ]
        [[ $(cat err) == "$program: input failed: 0000"* ]]
    done
    printf '{"a":1}\n\\!\tcsv2tsv\t%0300d\n' 0 > in
    try jsonl2tsv --max-line 20 a < in
    [ "$status" -eq 1 ]
    [[ $(cat err) == 'jsonl2tsv: input failed: 0000'* ]]
}

@test "a file beyond the limit of its size is status 3 with the reason, on standard output, --rejects and --dups" {
    seq 1 100000 | sed '1i\a' > in
    sed '1!s/$/\\q/' in > bad
    for command in dedup tsvcat 'pick a' 'where a>0' tsv2jsonl tsv2csv 'weekagg -g a' 'outliers -A' 'trend change:a' 'pivot --long a' 'sessionize -k a -t a --epoch s --gap 1' 'csv2tsv'; do
        status=0
        # shellcheck disable=SC2086 # words are meant
        (ulimit -f 64 && exec $command < in > out 2> err) || status=$?
        [ "$status" -eq 3 ] || { echo "$command: $status: $(cat err)" && return 1; }
        [ "$(cat err)" = "${command%% *}: write error: File too large" ]
    done
    for option in '-r f < bad' '--dups f < twice'; do
        cat in in | sed '100002d' > twice
        status=0
        (ulimit -f 64 && eval "exec dedup $option" > /dev/null 2> err) || status=$?
        [ "$status" -eq 3 ]
        [ "$(cat err)" = 'dedup: write error: f: File too large' ]
    done
}
