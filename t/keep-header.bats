# keep-header: runs a command on the records and keeps the header line.

load helper

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
    gives 1 'keep-header: line 2: bad' 'k' 'a' 'b' '\! dedup line\s2:\sbad'
    given '\! dedup no\sheader\sline'
    try keep-header sort
    gives 1 'keep-header: no header line' '\! dedup no\sheader\sline'
    given 'k' 'b' '\.' '\! dedup late'
    try keep-header sort
    gives 1 'keep-header: late' 'k' 'b' '\! dedup late'
}

@test "data after the end mark is an error" {
    given 'k' 'b' '\.' 'a'
    try keep-header sort
    gives 1 'keep-header: data after the end mark' 'k' 'b' '\! keep-header data\safter\sthe\send\smark'
}

@test "no header line" {
    try keep-header sort
    gives 1 'keep-header: no header line' '\! keep-header no\sheader\sline'
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
    gives_bytes 0 '' '%s\n' "$(sed -n '2,4s/^# //p' "$ROOT/scripts/keep-header")"
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
