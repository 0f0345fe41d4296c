# keep-header: runs a command on the records and keeps the header line.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return
}

@test "the header line stays first, the command gets the rest" {
    given 'k v' 'b 2' 'a 1'
    try keep-header sort -k1,1
    gives 0 '' 'k v' 'a 1' 'b 2'
    try keep-header tr a-z A-Z
    gives 0 '' 'k v' 'B 2' 'A 1'
}

@test "a header line alone; one without LF; blanks and backslashes in it" {
    given 'k v'
    try keep-header sort
    gives 0 '' 'k v'
    given_bytes 'k'
    try keep-header sort
    gives 0 '' 'k'
    given_bytes '  a\\\\tb \\n\t c  \n2\n1'
    try keep-header sort
    gives_bytes 0 '' '  a\\\\tb \\n\t c  \n1\n2\n'
}

@test "the command gets its arguments as they are" {
    given 'k' '1'
    try keep-header awk '{ print "a  *", $0 }'
    gives_bytes 0 '' 'k\na  * 1\n'
}

@test "the end mark stays last, whatever the command prints" {
    given 'k' 'b' 'a' '\.'
    try keep-header sort
    gives 0 '' 'k' 'a' 'b' '\.'
    try keep-header sort -r
    gives 0 '' 'k' 'b' 'a' '\.'
    try keep-header wc -l
    gives 0 '' 'k' '2' '\.'
    given_bytes 'k\n\\.\r\n'
    try keep-header cat
    gives_bytes 0 '' 'k\n\\.\r\n'
}

@test "a failure mark stays last, wherever it was, and the status is 1" {
    given 'k' 'b' 'a' '\! dedup line\s2:\sbad'
    try keep-header sort
    gives 1 'keep-header: input failed: line 2: bad' 'k' 'a' 'b' '\! dedup line\s2:\sbad'
    given '\! dedup no\sheader\sline'
    try keep-header sort
    gives 1 'keep-header: input failed: no header line' '\! dedup no\sheader\sline'
    given 'k' 'b' '\.' '\! dedup late'
    try keep-header sort
    gives 1 'keep-header: input failed: late' 'k' 'b' '\! dedup late'
}

@test "data after the end mark is an error" {
    given 'k' 'b' '\.' 'a'
    try keep-header sort
    gives 1 'keep-header: line 4: data after the end mark' 'k' 'b' \
        '\! keep-header line\s4:\sdata\safter\sthe\send\smark'
}

@test "no header line" {
    try keep-header sort
    gives 1 'keep-header: no header line; the input is empty' \
        '\! keep-header no\sheader\sline;\sthe\sinput\sis\sempty'
    given '\.'
    try keep-header sort
    gives 1 'keep-header: no header line' '\! keep-header no\sheader\sline'
}

@test "a command that fails leaves its status and a failure mark, never the end mark" {
    given 'k' 'b' '\.'
    try keep-header sh -c 'cat; exit 7'
    gives 7 'keep-header: sh: exit status 7' 'k' 'b' '\! keep-header sh:\sexit\sstatus\s7'
    try keep-header sh -c 'kill -9 $$'
    gives 137 '*exit status 137' 'k' '\! keep-header sh:\sexit\sstatus\s137'
    try keep-header no-such-command
    gives 127 '*not found*' 'k' '\! keep-header no-such-command:\sexit\sstatus\s127'
}

@test "if the program before it dies, keep-header writes no end mark" {
    try sh -c '(printf "k\nb\na\n"; kill -9 "$(sh -c "echo \$PPID")") | keep-header sort'
    gives 0 '*' 'k' 'a' 'b'
}

@test "long lines, NUL bytes, invalid UTF-8, many records" {
    awk 'BEGIN { print "k"; for (i = 0; i < 20; i++) { for (j = 0; j < 50000; j++) printf "%05d", j; print i } }' \
        > "$BATS_TEST_TMPDIR/in"
    printf 'a\0b\377\n' >> "$BATS_TEST_TMPDIR/in"
    try keep-header cat
    [ "$status" -eq 0 ]
    cmp "$BATS_TEST_TMPDIR/in" "$BATS_TEST_TMPDIR/out"
    seq 200000 > "$BATS_TEST_TMPDIR/in"
    try keep-header sort -n
    [ "$status" -eq 0 ]
    cmp "$BATS_TEST_TMPDIR/in" "$BATS_TEST_TMPDIR/out"
}

@test "usage, and a full standard output" {
    try keep-header --help
    [ "$status" -eq 0 ]
    [ "$(head -n 1 "$BATS_TEST_TMPDIR/out")" = 'usage: keep-header [options] [FILE... --] COMMAND [ARGUMENT]...' ]
    try keep-header
    gives 2 'keep-header: expected COMMAND*'
    try keep-header -x
    gives 2 'keep-header: unknown option -x*'
    given 'k' '1'
    try sh -c 'keep-header cat > /dev/full'
    gives 3 '*'
}

@test "the status shows wrong usage with standard error closed or full" {
    given k a '\.'
    for arguments in '' --hlp; do
        # shellcheck disable=SC2086 # none or one
        run -2 bash -c "keep-header $arguments < $BATS_TEST_TMPDIR/in 2> /dev/full"
        [ -z "$output" ]
        run -2 bash -c "keep-header $arguments < $BATS_TEST_TMPDIR/in 2>&-"
        [ -z "$output" ]
    done
}

@test "a bad header is bad data: a NUL byte, a duplicate name, invalid UTF-8" {
    given_bytes 'a\0b\n1\n'
    try keep-header cat
    gives 1 'keep-header: line 1: byte 2: NUL byte' '\! keep-header line\s1:\sbyte\s2:\sNUL\sbyte'
    given 'a b a' '1 2 3'
    try keep-header cat
    gives 1 'keep-header: line 1: duplicate column a' '\! keep-header line\s1:\sduplicate\scolumn\sa'
    given_bytes '\377\n1\n'
    try keep-header cat
    gives 1 'keep-header: line 1: byte 1: invalid UTF-8' '\! keep-header line\s1:\sbyte\s1:\sinvalid\sUTF-8'
}

@test "standard input that is a directory or closed is a failure of the system, with the failure mark" {
    run -3 --separate-stderr bash -c 'keep-header cat < /'
    [ "$output" = $'\\!\tkeep-header\tread error: Is a directory' ]
    run -3 --separate-stderr bash -c 'keep-header cat <&-'
    [ "$output" = $'\\!\tkeep-header\tread error: Bad file descriptor' ]
}

@test "a read error is a failure of the system: the command gets what came before, the failure mark comes last" {
    strace -o trace true || skip 'strace is not installed, or not allowed'
    export ASAN_OPTIONS=detect_leaks=0 # LeakSanitizer does not work under strace
    { echo k; seq 100000; echo '\.'; } > in
    try strace -o trace -P "$PWD/in" -e inject=read:error=EIO:when=2 keep-header sh -c 'sleep 0.2; cat'
    [ "$status" -eq 3 ]
    [ "$(cat err)" = 'keep-header: read error: Input/output error' ]
    [ "$(tail -n 1 out)" = $'\\!\tkeep-header\tread error: Input/output error' ]
    [ "$(sed '$d' out)" = "$(head -n $(($(wc -l < out) - 1)) in)" ]
}

@test "records that cannot be sent to the command are a failure of the system" {
    strace -o trace true || skip 'strace is not installed, or not allowed'
    export ASAN_OPTIONS=detect_leaks=0 # LeakSanitizer does not work under strace
    given 'k' 'b' 'a' '\.'
    try strace -o trace -e inject=write:error=EIO:when=2 keep-header sort
    gives 3 'keep-header: write error: Input/output error' 'k' '\! keep-header write\serror:\sInput/output\serror'
    try strace -o trace -e inject=pipe2:error=EMFILE keep-header sort
    gives 3 'keep-header: sort: Too many open files' 'k' '\! keep-header sort:\sToo\smany\sopen\sfiles'
    try strace -o trace -e inject=clone,fork,vfork:error=EAGAIN keep-header sort
    gives 3 'keep-header: sort: Resource temporarily unavailable' 'k' \
        '\! keep-header sort:\sResource\stemporarily\sunavailable'
}

@test "no memory, at any allocation: a failure that is seen, or all is well" {
    case $WEIR_BUILD in */san) skip 'the sanitizers have an allocator of their own' ;; esac
    cc -shared -fPIC -o fail.so "$ROOT/t/lib/fail_malloc.c" 2> cc.log || skip 'this C library allocates in another way'
    given 'k' 'b' 'a'
    cp in file
    try keep-header file file -- cat
    cp out whole
    for n in $(seq 1 30); do
        try env LD_PRELOAD="$PWD/fail.so" FAIL_AT="$n" keep-header file file -- cat
        case $status in
        0) cmp whole out ;;
        3) [[ $(< err) == *memory* ]] ;;
        *) [[ $(tail -n 1 out) == '\!'* ]] ;;
        esac
    done
}

@test "a signal that is ignored, as HUP is under nohup, changes nothing" {
    mkfifo fifo
    env --ignore-signal=HUP,TERM keep-header sort < fifo > out 3>&- &
    exec 4> fifo
    printf 'k\n2\n' >&4
    while [ "$(cat out 2> /dev/null)" != k ]; do sleep 0.02; done
    kill -HUP $!
    kill -TERM $!
    echo 1 >&4
    exec 4>&-
    wait $!
    diff <(printf 'k\n1\n2\n') out
}

@test "a signal that ends keep-header ends its command, which has not got all records; no mark is written" {
    mkfifo fifo
    exec 4<> fifo # held open here: only the signal ends the input
    printf 'k\n2\n1\n' >&4
    for signal in HUP TERM; do
        rm -f out
        env --default-signal=$signal keep-header sort < fifo > out 4>&- &
        while [ "$(cat out 2> /dev/null)" != k ]; do sleep 0.02; done
        sleep 0.1
        kill -$signal $!
        status=0
        wait $! || status=$?
        [ "$status" -eq $((128 + $(kill -l $signal))) ]
        sleep 0.2
        [ "$(cat out)" = k ]
        printf 'k\n2\n1\n' >&4
    done
    exec 4>&-
    { echo k; seq 100000; } > in
    # shellcheck disable=SC2016 # the inner shell's
    try bash -c 'keep-header sh -c "kill -9 \$PPID; cat" ; echo $? > status'
    [ "$(cat status)" -eq 137 ]
    ! grep -q '^\\' out
}

@test "a status of 1 from grep says that no line matched, which is no failure" {
    given 'k' 'b' 'a' '\.'
    try keep-header grep x
    gives 0 '' 'k' '\.'
    try keep-header grep a
    gives 0 '' 'k' 'a' '\.'
    try keep-header "$(command -v egrep)" x
    [ "$status" -eq 0 ]
    [ "$(cat out)" = $'k\n\\.' ]
    try keep-header grep '\('
    gives 2 'grep: *keep-header: grep: exit status 2' 'k' '\! keep-header grep:\sexit\sstatus\s2'
}

@test "a status of 1 from any other command is a failure, unless --ok says that it is none" {
    given 'k' 'b' 'a' '\.'
    try keep-header awk '{ print; exit 1 }'
    gives 1 'keep-header: awk: exit status 1' 'k' 'b' '\! keep-header awk:\sexit\sstatus\s1'
    try keep-header sh -c 'grep x'
    gives 1 'keep-header: sh: exit status 1' 'k' '\! keep-header sh:\sexit\sstatus\s1'
    try keep-header --ok 1 sh -c 'grep x'
    gives 0 '' 'k' '\.'
    echo a > old
    try keep-header --ok 1 diff - old
    gives_bytes 0 '' 'k\n1d0\n< b\n\\.\n'
    try keep-header --ok 1 sh -c 'exit 2'
    gives 2 '*' 'k' '\! keep-header sh:\sexit\sstatus\s2'
    try keep-header --ok 256 cat
    gives 2 'keep-header: --ok must be at most 255*'
    try keep-header --ok x cat
    gives 2 'keep-header: --ok: "x" is not a whole number*'
}

@test "a command that cannot be executed has status 126, also where SIGCHLD is ignored" {
    given 'k' 'b'
    try keep-header /
    gives 126 '*Permission denied*' 'k' '\! keep-header /:\sexit\sstatus\s126'
    try bash -c "trap '' CHLD; keep-header sh -c 'exit 5'"
    gives 5 'keep-header: sh: exit status 5' 'k' '\! keep-header sh:\sexit\sstatus\s5'
    printf 'cat\n' > script
    chmod +x script
    try keep-header ./script
    gives 0 '' 'k' 'b'
}

@test "after a command that stops early the rest is read: the end mark comes last, a failure is seen" {
    { echo k; seq 200000; echo '\.'; } > in
    try keep-header head -n 2
    gives 0 '' 'k' '1' '2' '\.'
    try keep-header true
    gives 0 '' 'k' '\.'
    try keep-header sh -c 'exec <&-; sleep 0.2; echo late'
    gives 0 '' 'k' 'late' '\.'
    { echo k; seq 200000; printf '\\!\tdedup\tlate\n'; } > in
    try keep-header head -n 2
    gives 1 'keep-header: input failed: late' 'k' '1' '2' '\! dedup late'
    { echo k; seq 200000; } > in
    try keep-header head -n 2
    gives 0 '' 'k' '1' '2'
    try keep-header sh -c 'head -n 2; exit 4'
    gives 4 '*' 'k' '1' '2' '\! keep-header sh:\sexit\sstatus\s4'
}

@test "a reader that goes away ends it silently, whatever the command does" {
    printf 'cat | cat\n' > pipeline
    printf 'cat; exit 3\n' > fails
    for command in cat 'head -n 2' 'sh pipeline' 'sh fails'; do
        run -0 --separate-stderr bash -c "{ echo k; yes; } | keep-header $command | head -n 2; echo \${PIPESTATUS[1]}"
        [ "$output" = $'k\ny\n141' ]
        # shellcheck disable=SC2154 # run sets it
        [[ $stderr != *keep-header* ]]
    done
    run -0 --separate-stderr bash -c "trap '' PIPE
        { echo k; yes 2> /dev/null; } | { keep-header cat; echo \$? > status; } | head -n 2"
    [[ $stderr == *'keep-header: cat: exit status 1' ]]
    [ "$(cat status)" -eq 1 ]
}

@test "several files: one header, then the records of all" {
    given 'k v' 'b 2'
    mv in b.tsv
    given 'k v' 'a 1'
    mv in a.tsv
    given 'k v' 'c 3'
    try keep-header b.tsv a.tsv -- sort
    gives 0 '' 'k v' 'a 1' 'b 2'
    try keep-header b.tsv - a.tsv -- cat
    gives 0 '' 'k v' 'b 2' 'c 3' 'a 1'
    try keep-header b.tsv -- cat
    gives 0 '' 'k v' 'b 2'
    try bash -c 'keep-header <(cat a.tsv) <(cat b.tsv) -- cat'
    gives 0 '' 'k v' 'a 1' 'b 2'
    try keep-header -N b.tsv a.tsv -- sort
    gives 0 '' 'a 1' 'b 2' 'k v' 'k v'
    # A CR before LF and a byte order mark are no part of a header.
    printf '\357\273\277k\tv\r\nd\t4' > d.tsv
    try keep-header a.tsv d.tsv -- cat
    gives 0 '' 'k v' 'a 1' 'd 4'
}

@test "files with different headers, or without one, are an error before anything is written" {
    given 'k v' 'b 2'
    mv in b.tsv
    for header in 'v k' 'k' 'k v w' 'K v'; do
        given "$header" '1 2'
        mv in other.tsv
        try keep-header b.tsv other.tsv -- cat
        gives 2 'keep-header: other.tsv: the header differs from that of b.tsv (*'
    done
    given
    try keep-header b.tsv - -- cat
    gives 1 'keep-header: no header line; the input is empty' \
        '\! keep-header no\sheader\sline;\sthe\sinput\sis\sempty'
    try keep-header b.tsv none.tsv -- cat
    gives 3 'keep-header: none.tsv: No such file or directory' \
        '\! keep-header none.tsv:\sNo\ssuch\sfile\sor\sdirectory'
    try keep-header b.tsv . -- cat
    gives 3 'keep-header: .: read error: Is a directory' '\! keep-header .:\sread\serror:\sIs\sa\sdirectory'
    try keep-header b.tsv --
    gives 2 'keep-header: expected COMMAND*'
}

@test "marks in files: the end mark is passed on if all have one, a failure mark names its file" {
    given 'k' '1' '\.'
    mv in whole.tsv
    given 'k' '2'
    mv in open.tsv
    try keep-header whole.tsv whole.tsv -- cat
    gives 0 '' 'k' '1' '1' '\.'
    try keep-header whole.tsv open.tsv -- cat
    gives 0 '' 'k' '1' '2'
    try keep-header open.tsv whole.tsv -- cat
    gives 0 '' 'k' '2' '1'
    try keep-header -E open.tsv whole.tsv -- cat
    gives 0 '' 'k' '2' '1' '\.'
    given 'k' '3' '\! dedup bad'
    mv in failed.tsv
    try keep-header failed.tsv whole.tsv -- cat
    gives 1 'keep-header: failed.tsv: input failed: bad' 'k' '3' '\! keep-header failed.tsv:\sinput\sfailed:\sbad'
    given 'k' '3' '\.' '4'
    mv in late.tsv
    try keep-header late.tsv whole.tsv -- cat
    gives 1 'keep-header: late.tsv: line 4: data after the end mark' 'k' '3' \
        '\! keep-header late.tsv:\sline\s4:\sdata\safter\sthe\send\smark'
}

@test "-- ends the options; it also ends the files, so a command with a -- of its own needs one before it" {
    given 'k' '-x' 'b'
    try keep-header -- grep -- -x
    gives 0 '' 'k' '-x'
    try keep-header -E -- sort -r
    gives 0 '' 'k' 'b' '-x' '\.'
    try keep-header sort -r
    gives 0 '' 'k' 'b' '-x'
    try env POSIXLY_CORRECT=1 keep-header -E sort -r
    gives 0 '' 'k' 'b' '-x' '\.'
}

@test "-N: no header line, the command gets all records, and marks stay last" {
    given 'b' 'a' '\.'
    try keep-header -N sort
    gives 0 '' 'a' 'b' '\.'
    given
    try keep-header -N wc -l
    gives 0 '' '0'
    given '\! dedup bad'
    try keep-header -N sort
    gives 1 'keep-header: input failed: bad' '\! dedup bad'
    try keep-header -N
    gives 2 'keep-header: expected COMMAND*' "\\! keep-header expected\sCOMMAND\s(try\s'keep-header\s--help')"
}

@test "a record that equals the header line is passed on, and said once with its line" {
    given 'k v' '1 2' 'k v' 'k vw' 'k v' '\.'
    try keep-header sort
    gives 0 'keep-header: line 3: the record equals the header line; were files concatenated?' \
        'k v' '1 2' 'k v' 'k v' 'k vw' '\.'
    given 'k v' 'k vw' 'k' '1 2' '\.'
    try keep-header cat
    gives 0 '' 'k v' 'k vw' 'k' '1 2' '\.'
    { echo k; seq 100000; echo k; seq 5; } > a.tsv
    try keep-header a.tsv -- cat
    gives_bytes 0 'keep-header: a.tsv: line 100002: the record equals the header line; were files concatenated?' \
        "$(cat a.tsv)\\n"
    given_bytes 'k\r\n1\r\nk\r\n'
    try keep-header cat
    gives_bytes 0 'keep-header: line 3: the record equals the header line; *' 'k\r\n1\r\nk\r\n'
    given 'k' 'k'
    try keep-header -N cat
    gives 0 '' 'k' 'k'
}

@test "a line beyond --max-line is a bad record, whether it comes at once or in parts" {
    given 'k' '12' '123' '1' '\.'
    try keep-header --max-line 2 cat
    gives 1 'keep-header: line 3: longer than 2 bytes' 'k' '12' \
        '\! keep-header line\s3:\slonger\sthan\s2\sbytes'
    try keep-header --max-line 2 -r rejects cat
    gives 0 'keep-header: 3 read, 2 passed on, 1 rejected to rejects' 'k' '12' '1' '\.'
    diff - rejects <<< $'line\treason\trecord\n3\tlonger than 2 bytes\t12'
    try keep-header --max-line 2 -r rejects --max-rejects 0 cat
    gives 1 'keep-header: line 3: longer than 2 bytes; more than 0 bad records' 'k' '12' \
        '\! keep-header line\s3:\slonger\sthan\s2\sbytes;\smore\sthan\s0\sbad\srecords'
    { echo k; head -c 3000000 /dev/zero | tr '\0' x; echo; echo 1; } > in
    try keep-header --max-line 1M -r rejects cat
    gives 0 'keep-header: 2 read, 1 passed on, 1 rejected to rejects' 'k' '1'
    try keep-header cat
    cmp in out
    try keep-header -r in cat
    gives 2 'keep-header: --rejects: in is already in use*'
}

@test "records come out as they come in, while the input pauses" {
    mkfifo fifo
    keep-header cat < fifo > out &
    exec 4> fifo
    printf 'k\n1\n2' >&4
    for _ in $(seq 100); do [ "$(wc -l < out)" -eq 2 ] && break; sleep 0.02; done
    [ "$(cat out)" = $'k\n1' ]
    exec 4>&-
    wait $!
    [ "$(cat out)" = $'k\n1\n2' ]
}

@test "random lines with backslashes and marks anywhere are copied as a model copies them, also by the plain build" {
    for seed in 1 2 3; do
        python3 "$ROOT/t/lib/random_marks.py" $seed "$PWD"
        for program in keep-header "${WEIR_PLAIN_BUILD:-$ROOT/build/plain}/bin/keep-header"; do
            for input in input.*; do
                run -"$(cat "status.${input#input.}")" bash -c "$program cat < $input > out 2> err"
                cmp out "want.${input#input.}"
            done
        done
    done
}
