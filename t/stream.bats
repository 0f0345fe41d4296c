# What weir(7) promises of every program: records, header, marks, bad records, exit status.

load helper

FILTERS='dedup pick weekagg outliers lookup sessionize pivot profile trend tsvcat utc where' # read and write records
SINKS='tsv2sqlite tsvsplit'                            # read records, write nothing to standard output
TEXTS='tsv2csv tsv2jsonl'                              # read records, write lines that are none
READERS="$FILTERS $TEXTS $SINKS"                       # read records
WRITERS="$FILTERS csv2tsv jsonl2tsv sqlite2tsv $TEXTS" # write lines
ALL="$READERS csv2tsv jsonl2tsv sqlite2tsv"

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    echo k > keys.tsv
    : > empty.db
}

# The command line of program $1 for an input with the columns a, a number, and b, a date; also valid with -N.
command_of() {
    case $1 in
    dedup) echo dedup ;;
    pick) echo pick 1 2 ;;
    where) echo where 1!=x ;;
    weekagg) echo weekagg -t 2 ;;
    outliers) echo outliers -v 1 ;;
    lookup) echo lookup -f keys.tsv -k 1 -K 1 --anti ;;
    sessionize) echo sessionize -k 1 -t 2 --gap 1h ;;
    pivot) echo pivot --long 2 ;;
    profile) echo profile ;;
    trend) echo trend total:1 ;;
    tsvcat) echo tsvcat ;;
    utc) echo utc -t 2 ;;
    tsv2csv) echo tsv2csv ;;
    tsv2jsonl) echo tsv2jsonl ;;
    csv2tsv) echo csv2tsv -d '\t' ;;
    tsv2sqlite) echo tsv2sqlite -c a:str,b:str x.db t ;;
    tsvsplit) echo tsvsplit -n 2 x. ;;
    jsonl2tsv) echo jsonl2tsv a b ;;
    sqlite2tsv) echo 'sqlite2tsv empty.db select(1)where(0)' ;;
    esac
}

# Tries program NAME with more OPTIONS.
try_program() { # NAME [OPTION...]
    local name=$1
    shift
    rm -f x.*
    # shellcheck disable=SC2046 # words are meant
    try $(command_of "$name") "$@"
}

# The last try of NAME wrote LINE last; a sink wrote nothing.
stdout_ends_with() { # NAME LINE
    local last
    last=$(tail -n 1 out)
    [[ " $SINKS " != *" $1 "* ]] || set -- "$1" ''
    [ "$last" = "$2" ] || { echo "$1: last line: $last"; return 1; }
}

# The last try of NAME stopped: status 1, REASON on standard error and in the failure mark.
stopped() { # NAME REASON
    local escaped=${2//\\/\\\\}
    if [ "$status" -ne 1 ] || [ "$(cat err)" != "$1: $2" ]; then
        echo "$1: status $status: $(cat err)"
        return 1
    fi
    stdout_ends_with "$1" "\\!	$1	$escaped"
}

failed() { # STATUS STDERR-PATTERN
    # shellcheck disable=SC2053 # a pattern is meant
    if [ "$status" -ne "$1" ] || [[ $(cat err) != $2 ]]; then
        echo "status $status, not $1: $(cat err)"
        return 1
    fi
}

@test "an empty input has no header line: bad data, except for jsonl2tsv, whose operands make one" {
    given
    for name in $READERS; do
        try_program "$name"
        stopped "$name" 'no header line; the input is empty'
    done
    try jsonl2tsv a b
    gives 0 '' 'a b'
}

@test "a header alone is an input without records" {
    given 'a b'
    try dedup
    gives 0 '' 'a b'
    try weekagg -t b
    gives 0 '' 'Year WeekNumber Count'
    try outliers -v a
    failed 0 '*'
    [ "$(cat out)" = 'a	b' ]
    try tsv2sqlite x.db t
    gives 0 'tsv2sqlite: t: 0 read, 0 inserted, 0 updated, 0 ignored, 0 rejected'
}

@test "an empty input is valid under -N" {
    given
    for name in $ALL; do
        try_program "$name" -N
        [ "$status" -eq 0 ] && [ ! -s out ]
    done
}

@test "a failure mark on any line stops a program and is passed on unchanged" {
    local mark='\!	zcat	line 3: C:\\temp'
    for lines in "$mark" "a	b\n$mark" "a	b\n1	2022-01-09\n$mark\n2	2022-01-09" "a	b\n1	2022-01-09\n\\\\.\n$mark"; do
        printf '%b\n' "${lines//C:\\\\temp/C:\\\\\\\\temp}" > in
        for name in $READERS; do
            try_program "$name" -r rejects
            failed 1 "$name: input failed: line 3: C:\\\\temp"
            stdout_ends_with "$name" "$mark"
        done
    done
    printf '{"a":1,"b":2}\n%s\n{"a":1}\n' "$mark" > in
    try jsonl2tsv a b
    failed 1 'jsonl2tsv: input failed: line 3: C:\\temp'
    stdout_ends_with jsonl2tsv "$mark"
}

@test "an end mark is passed on as the last line, and -E writes one" {
    given 'a b' '1 2022-01-09' '2 2022-01-10' '\.'
    for name in $FILTERS; do
        try_program "$name"
        [ "$status" -eq 0 ]
        [ "$(tail -n 1 out)" = '\.' ]
        [ "$(grep -c '^\\\.$' out)" -eq 1 ]
    done
    given 'a b' '1 2022-01-09' '2 2022-01-10'
    for name in $FILTERS; do
        try_program "$name"
        [ "$(grep -c '^\\\.$' out)" -eq 0 ]
        try_program "$name" -E
        [ "$(tail -n 1 out)" = '\.' ]
    done
    given '{"a":1,"b":2}'
    try jsonl2tsv -E a b
    gives 0 '' 'a b' '1 2' '\.'
    try jsonl2tsv -NE a b
    gives 0 '' '1 2' '\.'
}

@test "data after the end mark is bad" {
    given 'a b' '1 2022-01-09' '\.' '2 2022-01-10'
    for name in $READERS; do
        try_program "$name"
        stopped "$name" 'line 4: data after the end mark'
    done
}

@test "a program that is killed leaves no mark, and tsv2sqlite -E stores none of its output" {
    # shellcheck disable=SC2016 # the inner shell's
    run -1 bash -c '{ printf "{\"a\":1}\n"; sleep 0.5; printf "{\"a\":2}\n"; } |
        (jsonl2tsv -E a & p=$!; sleep 0.2; kill -9 $p; wait $p) 2> /dev/null | dedup | tsv2sqlite -E x.db t'
    [[ $output == *'tsv2sqlite: '* ]]
    [ "$(sqlite3 x.db 'SELECT count(*) FROM sqlite_schema')" = 0 ]
}

@test "the first bad record stops a program: the message has its line and what is wrong" {
    check() { # LINE-FORMAT REASON
        # shellcheck disable=SC2059 # a format is meant
        { printf 'a\tb\n1\t2022-01-09\n'; printf "$1\n"; printf '2\t2022-01-10\n'; } > in
        for name in $READERS; do
            try_program "$name"
            stopped "$name" "line 3: $2"
        done
    }
    check '1' 'got 1 field, the header has 2'
    check '' 'got 1 field, the header has 2'
    check '1\t2022-01-09\t' 'got 3 fields, the header has 2'
    check '1\0\t2022-01-09' 'byte 2: NUL byte'
    check '1\t2022-01-09\\q' 'byte 13: invalid escape'
    # shellcheck disable=SC1003 # a backslash is meant
    check '1\t2022-01-09\\' 'byte 13: invalid escape'
    check '1\t\\Nx' 'byte 3: invalid escape'
    check '1\t2022\r-01-09' 'byte 7: carriage return not before LF: write it as \r'
    check '1\t\300\200' 'byte 3: invalid UTF-8'
    check '1\t\355\240\200' 'byte 3: invalid UTF-8'
    check '1\t\364\220\200\200' 'byte 3: invalid UTF-8'
    check '1\tM\374ller' 'byte 4: invalid UTF-8'
    check '1\t\342\202' 'byte 3: invalid UTF-8'
}

@test "with -r the program continues, and read = written + rejected" {
    given_bytes 'a\tb\n1\t2022-01-09\n1\n2\t2022-01-10\\q\n3\t2022-01-11\n'
    for name in $READERS; do
        try_program "$name" -r rejects
        failed 0 "$name: *4 read, *2 rejected to rejects"
        diff - rejects << 'END'
line	reason	record
3	got 1 field, the header has 2	1
4	byte 13: invalid escape	2\t2022-01-10\\q
END
    done
    given_bytes '{"a":1}\n\n[1]\n{"a":"x\\ty\n{"a":2}'
    try jsonl2tsv -r rejects a
    gives 0 'jsonl2tsv: 4 read, 2 written, 2 rejected to rejects' 'a' '1' '2'
    diff - rejects << 'END'
line	reason	record
3	byte 1: expected an object	[1]
4	byte 11: unexpected end of line	{"a":"x\\ty
END
}

@test "--max-rejects N stops the program at bad record N + 1" {
    given 'a b' '1' '2' '3' '4 2022-01-09'
    for name in $READERS; do
        try_program "$name" -r rejects --max-rejects 3
        [ "$status" -eq 0 ]
        try_program "$name" -r rejects --max-rejects 2
        stopped "$name" 'line 4: got 1 field, the header has 2; more than 2 bad records'
        [ "$(wc -l < rejects)" -eq 4 ]
        try_program "$name" --max-rejects 2
        failed 2 "$name: --max-rejects requires --rejects*"
    done
}

@test "rejects that cannot be written are a system failure" {
    given 'a b' '1' '4 2022-01-09'
    for name in $READERS; do
        try_program "$name" -r none/rejects
        failed 3 "$name: none/rejects: No such file or directory"
        [[ " $SINKS " == *" $name "* ]] || set -- -E
        try_program "$name" "$@" -r /dev/full
        set --
        failed 3 "*$name: write error: /dev/full: No space left on device"
        [ "$(tail -n 1 out)" != '\.' ]
    done
}

@test "rejects must not overwrite a file in use, whatever its name" {
    given 'a b' '1' '4 2022-01-09'
    cp in copy
    ln in link
    ln -s in symlink
    for name in $ALL; do
        for file in in link symlink; do
            try_program "$name" -r $file
            failed 2 "$name: --rejects: $file is already in use (*"
            cmp copy in
        done
    done
    for name in $WRITERS; do
        cp copy both
        run -2 bash -c "$(command_of "$name") -r both < in >> both"
        cmp copy <(grep -v '^\\\!' both)
    done
    cp keys.tsv copy
    try_program lookup -r keys.tsv
    failed 2 'lookup: --rejects: keys.tsv is already in use (*'
    cmp copy keys.tsv
    # A descriptor that the caller opened for the rejects is not in use by the program.
    run -0 bash -c 'dedup -r /dev/fd/3 < in 3> rejects'
    [ "$(wc -l < rejects)" -eq 2 ]
}

@test "a list option given again adds up; any other option given twice is a usage error" {
    given 'a b' '1 2022-01-09' '1 2022-01-10' '2 2022-01-09' '1 2022-01-09'
    try dedup -k a -k b
    gives 0 '' 'a b' '1 2022-01-09' '1 2022-01-10' '2 2022-01-09'
    try weekagg -g a -g b
    gives 0 '' 'a b Count' '1 2022-01-09 2' '1 2022-01-10 1' '2 2022-01-09 1'
    try tsv2jsonl -c a:int -c b:time
    gives 0 '' '{"a":1,"b":"2022-01-09"}' '{"a":1,"b":"2022-01-10"}' '{"a":2,"b":"2022-01-09"}' '{"a":1,"b":"2022-01-09"}'
    printf 'k\tl\tp\n1\t2022-01-09\tx\n' > table.tsv
    try lookup -f table.tsv -k a -k b -K k -K l
    gives 0 '' 'a b p' '1 2022-01-09 x' '1 2022-01-09 x'
    try weekagg -t b -u day --unit month
    gives 2 'weekagg: --unit can be given only once (*'
    try dedup --keep first --keep last
    gives 2 'dedup: --keep can be given only once (*'
    try dedup -E -E
    gives 2 'dedup: --end-mark can be given only once (*'
    # shellcheck disable=SC2046 # words are meant
    try dedup $(printf -- '-k a %.0s' {1..4097})
    gives 2 'dedup: --key can be given at most 4096 times (*'
}

@test "a header with a null name is bad, and no option or operand can make one" {
    for name in $READERS; do
        given 'a b \N' '1 2022-01-09 x'
        try_program "$name"
        stopped "$name" 'line 1: the name of column 3 is null'
    done
    printf 'a\\N\n' > table.tsv
    given 'a' '1'
    try weekagg '\N=count'
    gives 2 'weekagg: *'
    try lookup -f keys.tsv -k a -K 1 -a '\N=1'
    gives 2 'lookup: *'
}

@test "a record that equals the header line, as in concatenated files, is reported once and kept" {
    for name in $FILTERS $TEXTS; do
        given 'a b' 'a b' '1 2022-01-09' 'a b'
        # shellcheck disable=SC2046 # words are meant
        case $name in
        weekagg) set -- weekagg -g a ;;
        outliers) set -- outliers -v 1 -r rejects ;;
        sessionize) set -- sessionize -k 1 -t 2 --gap 1h -r rejects ;;
        trend) set -- trend total:1 -r rejects ;;
        utc) set -- utc -t 2 -r rejects ;;
        *) set -- $(command_of $name) ;;
        esac
        try "$@"
        [ "$(grep -c 'line 2: the record equals the header line; were files concatenated?' err)" -eq 1 ]
        [ "$(grep -c 'equals the header' err)" -eq 1 ]
    done
    printf 'a,b\n1,2\na,b\n' > in
    try csv2tsv < in
    gives 0 'csv2tsv: line 3: the record equals the header line; were files concatenated?' 'a b' '1 2' 'a b'
}

@test "such a record is reported inside a batch too, if a CR ends it, or if \\b, \\f, \\v or \\' is in it" {
    for name in dedup lookup sessionize; do
        case $name in
        dedup) set -- dedup -k 1 ;;
        lookup) set -- lookup -f table -k 1 --left ;;
        sessionize) set -- sessionize -k 1 -t 2 --gap 1h -r rejects ;;
        esac
        for header in 'u\tt\r' 'u\\b\\f\tt' '\\vu\tt\r' "\\\\'\\\\\\\\\\\\'u\\tt"; do
            printf "${header%\\tt*}\n1\n" > table
            given_bytes "$header\nx\t2021-01-01\r\nz\t2021-01-01\n$header\ny\t2021-01-01\r\n"
            try "$@"
            [ "$(grep -c 'line 4: the record equals the header line; were files concatenated?' err)" -eq 1 ] ||
                { echo "$name $header" && cat err && return 1; }
        done
    done
}

@test "\\b \\f \\v and \\' are understood in header and records, and written as the bytes they stand for" {
    local escaped='\b|\f|\v|\'"'"'|\\\'"'"'|\\'"'"'|x'
    printf 'a\tb\t%s\n1\t2022-01-09\t%s\n' "$escaped" "$escaped" > escaped
    printf '2\t2022-01-10\t%032d%s\n3\t2022-01-11\t\\N\n' 0 "$escaped" >> escaped
    python3 -c '
import re
print(re.sub(r"\\.", lambda m: {"b": "\b", "f": "\f", "v": "\v", "\x27": "\x27"}.get(m[0][1], m[0]), open("escaped").read()), end="")' > spelled
    [ "$(tr -cd "\b\f\v'" < spelled | wc -c)" -eq 18 ]
    for build in "${WEIR_BUILD:-$ROOT/build}" "$WEIR_PLAIN_BUILD"; do
        for name in $READERS; do
            for in in escaped spelled; do
                cp $in in
                rm -f x.*
                PATH=$build/bin:$PATH try_program "$name"
                [ "$status" -eq 0 ] || { echo "$name"; cat err; return 1; }
                [ $name != tsv2sqlite ] || sqlite3 x.db .dump > out
                [ $name != tsvsplit ] || cat x.* > out
                mv out $in.out
            done
            cmp escaped.out spelled.out
        done
        cp spelled in
        PATH=$build/bin:$PATH try tsvdiff -k a escaped -
        gives 0 '' $'a Change Column Old New'
        PATH=$build/bin:$PATH try dedup
        cmp spelled out
    done
}

@test "a header with a duplicate name is bad, even if no option names the column" {
    given 'a b a' '1 2022-01-09 3'
    for name in $READERS; do
        try_program "$name"
        stopped "$name" 'line 1: duplicate column a'
    done
}

@test "an unknown column is a usage error that lists the columns, before anything is written" {
    given 'a b' '1 2022-01-09'
    for command in 'dedup -k a,c' 'pick a c' 'profile a,c' 'where a=1 c=1' 'weekagg -t c' 'weekagg -t b -g c' 'weekagg -t b x=sum:c' 'outliers -v c' \
        'outliers -g c' 'tsv2sqlite -k c x.db t' 'tsvsplit -k c -n 2 x.'; do
        # shellcheck disable=SC2086 # words are meant
        try $command
        failed 2 '*c*the columns are a, b*'
        [ ! -s out ]
    done
}

@test "column names with blanks, escapes, accents, empty names, numbers" {
    given_bytes 'x y\t\t\\t\t3\té\n1\t2\t3\t4\t5\n1\t2\t3\t5\t5\n'
    for key in 'x y' '' '\t' 3 é 'x y,,é'; do
        try dedup -k "$key"
        gives_bytes 0 '' 'x y\t\t\\t\t3\té\n1\t2\t3\t4\t5\n'
    done
    try dedup -k 4
    gives_bytes 0 '' 'x y\t\t\\t\t3\té\n1\t2\t3\t4\t5\n1\t2\t3\t5\t5\n'
}

@test "CR before LF, a byte order mark and a missing last LF do not change the data" {
    for input in 'a\tb\r\n1\t2022-01-09\r\n' '\357\273\277a\tb\n1\t2022-01-09\n' 'a\tb\n1\t2022-01-09' \
        '\357\273\277a\tb\r\n1\t2022-01-09\r'; do
        given_bytes "$input"
        try dedup -k a
        gives 0 '' 'a b' '1 2022-01-09'
        try weekagg -t b
        gives 0 '' 'Year WeekNumber Count' '2022 1 1'
    done
}

@test "a failed write is a system failure, for little output and for much" {
    given 'a b' '1 2022-01-09'
    for name in $FILTERS; do
        # shellcheck disable=SC2046 # words are meant
        run -3 --separate-stderr bash -c "$(command_of "$name") < in > /dev/full"
        # shellcheck disable=SC2154 # run sets it
        [ "$stderr" = "$name: write error: No space left on device" ]
    done
    run -3 --separate-stderr bash -c 'yes "{\"a\":1}" | head -n 100000 | jsonl2tsv -N a > /dev/full'
    [ "$stderr" = 'jsonl2tsv: write error: No space left on device' ]
    for name in $ALL; do
        run -3 bash -c "$name --help > /dev/full"
    done
}

@test "standard input, or a file, must not be standard output: it would be read without end" {
    local command message='both input and output; write to another file'
    for name in $WRITERS 'keep-header cat'; do
        command=$(command_of "$name")
        for options in '' -N; do
            lines 'a b' '1 2022-01-09' > same
            cp same copy
            # shellcheck disable=SC2086 # words are meant
            run -2 --separate-stderr bash -c '"$@" < same >> same' bash ${command:-$name} $options
            # shellcheck disable=SC2154 # set by run
            [[ $stderr == "${name%% *}: standard input is $message (try "* ]]
            cmp same copy
        done
    done
    run -2 --separate-stderr bash -c 'keep-header same -- cat < /dev/null >> same'
    [[ $stderr == "keep-header: same is $message (try "* ]]
    run -2 --separate-stderr bash -c 'lookup -f same -k a < copy >> same'
    [[ $stderr == "lookup: same is $message (try "* ]]
    cmp same copy
}

@test "standard input or output closed, or a directory, is a system failure; standard error may be anything" {
    given 'a b' '1 2022-01-09' '2 2022-01-09'
    for name in $FILTERS; do
        command=$(command_of "$name")
        run -3 bash -c "$command < in >&-"
        run -3 --separate-stderr bash -c "$command <&-"
        [ "$stderr" = "$name: read error: Bad file descriptor" ]
        run -3 --separate-stderr bash -c "$command < /"
        [ "$stderr" = "$name: read error: Is a directory" ]
        [[ $output == '\!'* ]]
        run -0 bash -c "$command < in 2>&-"
        run -0 bash -c "$command < in 2> /dev/full"
        run -1 bash -c "$command < /dev/null 2> /dev/full"
    done
}

@test "if the reader of its output exits, a program ends silently; with SIGPIPE ignored, by a write error" {
    for command in 'yes "{\"a\":1}" | jsonl2tsv -N a' '{ echo a; seq 1000000; } | dedup'; do
        run -0 --separate-stderr bash -c "$command | head -n 1"
        [ -z "$stderr" ]
    done
    run -0 --separate-stderr bash -c "trap '' PIPE; { yes '{\"a\":1}' 2> /dev/null | jsonl2tsv -N a; echo \$? > status; } | true"
    [ "$stderr" = 'jsonl2tsv: write error: Broken pipe' ]
    [ "$(cat status)" -eq 3 ]
}

@test "--help is one screen, --version one line; options may follow operands; -- ends options" {
    for name in $ALL; do
        run -0 --separate-stderr "$name" --help
        [ "${#lines[@]}" -le 25 ]
        [ -z "$stderr" ]
        [ "$(printf '%s\n' "${lines[@]}" | awk 'length > 100' | wc -l)" -le 1 ]
        [ "$("$name" -h)" = "$output" ]
        run -0 "$name" --version
        [[ $output == "$name (weir) "* ]]
        run -2 --separate-stderr "$name" --none
        [ "$stderr" = "$name: unknown option --none (try '$name --help')" ]
        # An empty output of tsv2jsonl is valid, and tsv2csv follows it.
        [ -z "$output" ] || [[ " $TEXTS " = *" $name "* && $output = '\!'* ]]
        run -2 --separate-stderr "$name" -r
        [ "$stderr" = "$name: option -r requires an argument (try '$name --help')" ]
        run -2 --separate-stderr "$name" --max-line x
    done
    given '{"-x":1}'
    try jsonl2tsv -N -- -x
    gives 0 '' '1'
    try jsonl2tsv a? --no-header -E -- -x
    gives 0 '' '\N 1' '\.'
}

@test "lines of any length are copied, also those that end with a block" {
    for n in 1 15 16 17 4095 4096 65535 65536 65537 131071 131072 262141 262142 262143 262144 262145 600000; do
        python3 -c '
import sys
n = int(sys.argv[1])
print("a\tb")
for i in range(3):
    print("é" * (n // 4) + "x" * (n - n // 4 * 2 - 2) + "\t" + str(i))' $n > in
        try dedup
        cmp in out
    done
}

@test "input that arrives byte by byte, or through a nonblocking descriptor, gives the same output" {
    given_bytes '\357\273\277a\tb\r\n1\té\\n\r\n2\t\\N\r\n\\.\r\n'
    try dedup
    cp out whole
    python3 -c '
import os, subprocess, time
r, w = os.pipe()
os.set_blocking(r, False)
child = subprocess.Popen(["dedup"], stdin=r, stdout=open("out", "wb"))
os.close(r)
for byte in open("in", "rb").read():
    os.write(w, bytes([byte]))
    time.sleep(0.002)
os.close(w)
raise SystemExit(child.wait())'
    cmp whole out
    printf '{"a":"%s"}\n{"a":2}' 'é😀' > in
    try jsonl2tsv a
    cp out whole
    python3 "$ROOT/t/lib/slow_pieces.py" 1 jsonl2tsv a > out
    cmp whole out
}

@test "a line longer than --max-line is a bad record and takes no memory" {
    given 'a b' '1 2022-01-09' '2 2022-01-09-and-more' '3 2022-01-09'
    try dedup --max-line 12
    stopped dedup 'line 3: longer than 12 bytes'
    try dedup --max-line 12 -r rejects
    gives 0 'dedup: 3 read, 2 written, 0 duplicates, 1 rejected to rejects' 'a b' '1 2022-01-09' '3 2022-01-09'
    [ "$(tail -n 1 rejects)" = '3	longer than 12 bytes	2\t2022-01-09' ]
    python3 - << 'END' > out 2> err
import os, resource, subprocess, sys
child = subprocess.Popen(["jsonl2tsv", "--max-line", "1M", "-r", "rejects", "a"], stdin=subprocess.PIPE)
child.stdin.write(b'{"a":1}\n{"a":"')
for _ in range(200):
    child.stdin.write(b"x" * (1 << 20))
child.stdin.write(b'"}\n{"a":2}\n')
child.stdin.close()
status = child.wait()
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(status)
END
    diff - out <<< $'a\n1\n2'
    grep -q 'jsonl2tsv: 3 read, 2 written, 1 rejected to rejects' err
    case $WEIR_BUILD in
    *san) ;; # includes the sanitizers' own memory
    *) [ "$(tail -n 1 err)" -lt 30000 ] ;;
    esac
}

@test "a first line longer than --max-line gives the same result if it is read in pieces" {
    given 'created id' '2 1'
    try dedup --max-line 6 -r rejects
    stopped dedup 'line 1: longer than 6 bytes'
    for size in 1 2 5 8 9 12; do
        try python3 "$ROOT/t/lib/slow_pieces.py" $size dedup --max-line 6 -r rejects
        stopped dedup 'line 1: longer than 6 bytes'
    done
    diff - rejects <<< 'line	reason	record'
    given 'created id' 'too,long' '2 1 0' '2 1' '2 1 0'
    for size in 1 2 5 8 9 12 13 100; do
        try python3 "$ROOT/t/lib/slow_pieces.py" $size dedup -N --max-line 6 -r rejects
        gives 0 'dedup: 5 read, 1 written, 1 duplicates, 3 rejected to rejects' '2 1 0'
        diff - rejects << 'END'
line	reason	record
1	longer than 6 bytes	create
2	longer than 6 bytes	too,lo
4	got 2 fields, the first record has 3	2\t1
END
    done
}

@test "locale and time zone do not matter" {
    given 'a b' '1.5 2022-01-09T23:30' 'I 2022-01-10' 'i 2022-01-09'
    for command in 'dedup -i -k a' 'weekagg -t b' 'weekagg -t b m=max:a'; do
        # shellcheck disable=SC2086 # words are meant
        try $command
        cp out plain
        # shellcheck disable=SC2086 # words are meant
        try env LC_ALL=tr_TR.UTF-8 LANG=de_DE.UTF-8 TZ=America/New_York POSIXLY_CORRECT=1 $command
        cmp plain out
    done
}

@test "messages show untrusted bytes as \\xHH, and at most 60 of them" {
    given '{"a":"\u001b[31m\u202e\u0085red"}'
    try jsonl2tsv a:int
    failed 1 'jsonl2tsv: line 1: column a: "*u001b*red" is not an integer'
    given_bytes '{"a":"\302\205\342\200\256x"}\n'
    try jsonl2tsv a:int
    failed 1 'jsonl2tsv: line 1: column a: "\\xC2\\x85\\xE2\\x80\\xAEx" is not an integer'
    printf '{"a":"%s"}\n' "$(printf 'é%.0s' {1..100})" > in
    try jsonl2tsv a:int
    failed 1 "jsonl2tsv: line 1: column a: \"$(printf 'é%.0s' {1..30})...\" is not an integer"
    try dedup $'--\033[31m'
    failed 2 "dedup: unknown option --\\\\x1B\\[31m*"
}

@test "out of memory at any allocation: status 3, or the output is complete" {
    case $WEIR_BUILD in *san) skip 'the sanitizers have an allocator of their own' ;; esac
    cc -shared -fPIC -o fail.so "$ROOT/t/lib/fail_malloc.c" 2> cc.log || skip 'this C library allocates in another way'
    given 'a b' '1 2022-01-09' '2 2022-01-10'
    printf '{"a":1,"b":"2022-01-09"}\n{"a":2,"b":"x\\ny"}\n' > in.jsonl
    for name in $WRITERS; do
        [ "$name" != jsonl2tsv ] || cp in.jsonl in
        try_program "$name" -r rejects
        cp out whole
        command=$(command_of "$name")
        for n in $(seq 1 60); do
            # shellcheck disable=SC2086 # words are meant
            try env LD_PRELOAD="$PWD/fail.so" FAIL_AT="$n" $command -r rejects
            case $status in
            0) cmp whole out ;;
            3) [[ $(< err) == *memory* ]] ;;
            *) echo "$name: allocation $n: status $status: $(cat err)" && return 1 ;;
            esac
        done
    done
}

@test "while its input pauses, a program writes out records and rejects" {
    for name in $READERS csv2tsv jsonl2tsv; do
        case $name in
        jsonl2tsv) set -- '{"a":1,"b":2}\nx\n{"a":' '3,"b":4}\n' ;;
        *) set -- 'a\tb\n1\t2022-01-09\nx\n4' '\t2022-01-10\n' ;;
        esac
        case $name in
        weekagg | outliers | profile | tsv2sqlite | tsvsplit) text= ;; # needs all records
        pivot) text='\n1\t[b2]\t2' ;;
        tsv2jsonl) text='"2022-01-09"}\n' ;;
        *) text='\n1[\t,]2' ;;
        esac
        rm -f x.* rejects
        # shellcheck disable=SC2046 # words are meant
        python3 "$ROOT/t/lib/pausing_input.py" "$@" -- "out=$text" 'rejects=\tx\n' -- $(command_of "$name") -r rejects 2> err
    done
}
