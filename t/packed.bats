# Packed input: jsonl2tsv and csv2tsv unpack gzip and zstd for themselves, and say what other binary input is.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    tab=$'\t'
    set -o pipefail
}

setup_file() {
    cd "$BATS_FILE_TMPDIR" || return
    generate-votes 20000 > votes.jsonl
    jsonl2tsv Id PostId VoteTypeId CreationDate < votes.jsonl | tr '\t' , > votes.csv
    for file in votes.jsonl votes.csv; do
        gzip -k "$file"
        zstd -qk "$file"
    done
}

# Standard input for the next try: the FILE.
given_file() { # FILE
    cp "$1" "$BATS_TEST_TMPDIR/in"
}

# fails REASON: checks the last try: status 1, REASON and the failure mark, without a record.
fails() {
    gives_bytes 1 "$program: $1" '%s\\!\t%s\t%s\n' "${header-}" "$program" "$1"
}

# each COMMAND...: runs it with program and header set for jsonl2tsv, which writes a header first, and for csv2tsv.
each() {
    program=jsonl2tsv header=$'a\n' operands=a "$@" && program=csv2tsv header='' operands='' "$@"
}

@test "packed input gives what it unpacks to, from a file and from a pipe" {
    cd "$BATS_FILE_TMPDIR"
    for suffix in gz zst; do
        jsonl2tsv -E Id CreationDate < votes.jsonl.$suffix | cmp - <(jsonl2tsv -E Id CreationDate < votes.jsonl)
        cat votes.jsonl.$suffix | jsonl2tsv --paths | cmp - <(jsonl2tsv --paths < votes.jsonl)
        csv2tsv -E < votes.csv.$suffix | cmp - <(csv2tsv -E < votes.csv)
        cat votes.csv.$suffix | csv2tsv -N | cmp - <(csv2tsv -N < votes.csv)
    done
}

@test "members of gzip and frames of zstd, in bytes one by one, are one input; empty ones and frames to skip too" {
    for pack in gzip 'zstd -qc' 'zstd -qc --no-check' 'gzip -1' 'zstd -qc --ultra -22'; do
        { printf 'a,b\n1,' | $pack; printf '' | $pack; printf '2\n3,4\n' | $pack; } > packed
        given_file packed
        try csv2tsv
        gives 0 '' 'a b' '1 2' '3 4'
        try python3 -c 'import os, sys, time
for byte in sys.stdin.buffer.read(): os.write(1, bytes([byte]))' < packed
        csv2tsv < out | cmp - <(printf 'a\tb\n1\t2\n3\t4\n')
    done
    { printf 'P*M\x18\x04\0\0\0abcd'; printf 'a\n1\n' | zstd -q; printf '\x5f*M\x18\x01\0\0\0a'; } > in
    try csv2tsv
    gives 0 '' a 1
    printf 'a\n1\n' | python3 -c 'import gzip, sys
with gzip.GzipFile("name with bytes", "wb", 9, open("in", "wb")) as out: out.write(sys.stdin.buffer.read())'
    try csv2tsv
    gives 0 '' a 1
}

@test "a byte order mark, CRLF, a last line without LF and a failure mark in packed input are as in plain input" {
    for pack in gzip 'zstd -q'; do
        printf '\xef\xbb\xbfa,b\r\n1,2\r\n3,4' | $pack > in
        try csv2tsv
        gives 0 '' 'a b' '1 2' '3 4'
        printf 'a\n1\n\\!\tcurl\tno host\n' | $pack > in
        try csv2tsv
        gives 1 'csv2tsv: input failed: no host' a 1 '\! curl no\shost'
        printf '' | $pack > in
        try jsonl2tsv -E a
        gives 0 '' a '\.'
        try csv2tsv
        gives 1 'csv2tsv: no header line; the input is empty' '\! csv2tsv no\sheader\sline;\sthe\sinput\sis\sempty'
    done
}

@test "packed input that is cut after any byte stops the program; no half record" {
    printf 'a,b\n1,2\n3,40000000\n' > plain
    for pack in gzip 'zstd -q' 'zstd -q --no-check'; do
        $pack < plain > packed
        python3 "$ROOT/t/lib/damaged_bytes.py" --cut packed csv2tsv -E
        cat packed packed > two
        python3 "$ROOT/t/lib/damaged_bytes.py" --cut two csv2tsv -E
    done
}

@test "a bit that flipped anywhere in gzip data is an error or changes no byte, against python3" {
    printf 'a,b\n1,2\n3,40000000\n' | gzip -n > packed
    python3 "$ROOT/t/lib/damaged_bytes.py" --flip packed csv2tsv
}

@test "zstd data with a checksum that does not match is an error" {
    printf 'a,b\n1,2\n3,40000000\n' | zstd -q | python3 -c 'import sys
data = bytearray(sys.stdin.buffer.read()); data[-1] ^= 1; sys.stdout.buffer.write(data)' > in
    try csv2tsv
    gives 1 "csv2tsv: damaged zstd data: Restored data doesn't match checksum" \
        "\! csv2tsv damaged\szstd\sdata:\sRestored\sdata\sdoesn't\smatch\schecksum"
}

@test "bytes after the packed data that are no further member stop the program" {
    for pack in gzip 'zstd -q'; do
        name=${pack%% *}
        for after in '\0' '\0\0\0\0\0\0\0\0' 'a,b\n' '\x1f' '\x28\xb5' '\x1f\x8b\x08' '610a'; do
            { printf 'a,b\n1,2\n' | $pack; printf "$after"; } > in
            try csv2tsv -E
            [ "$status" -eq 1 ]
            grep -q -x -e "csv2tsv: the $name data ends after byte [0-9]*, but more bytes follow" \
                -e "csv2tsv: the $name data is cut off after byte [0-9]*" err
            sed -n '$p' out | grep -q "^\\\\!${tab}csv2tsv${tab}the $name data"
        done
    done
    { printf 'a\n1\n' | gzip; printf '2\n' | zstd -q; } > in
    try csv2tsv
    gives 1 'csv2tsv: the gzip data ends after byte *, but more bytes follow' a 1 '\! csv2tsv *' ||
        grep -q 'ends after byte' err
}

@test "--rejects does not turn cut input into a short success" {
    head -c 3000 "$BATS_FILE_TMPDIR/votes.jsonl.gz" > in
    try jsonl2tsv -E -r bad Id
    [ "$status" -eq 1 ]
    [ "$(tail -n 1 out)" = "\\!${tab}jsonl2tsv${tab}the gzip data is cut off after byte 3000" ]
    [ "$(wc -l < bad)" = 1 ]
}

@test "a sink rolls back what came from cut input" {
    head -c 9000 "$BATS_FILE_TMPDIR/votes.csv.gz" > in
    try sh -c 'csv2tsv -E | tsv2sqlite -E x.db t'
    gives 1 '*tsv2sqlite: input failed: the gzip data is cut off after byte 9000*'
    [ "$(sqlite3 x.db 'SELECT count(*) FROM sqlite_schema')" = 0 ]
}

@test "a bomb needs no more memory than a line may be long" {
    [ -z "${SAN-}" ] || skip 'the sanitizers reserve memory'
    python3 -c 'for _ in range(400): print("{\"a\":1}\n" * 100000, end="")' | gzip > in
    try bash -c 'ulimit -v 200000; jsonl2tsv a > /dev/null'
    gives 0 ''
    head -c 400M /dev/zero | zstd -q > in
    try bash -c 'ulimit -v 200000; jsonl2tsv --max-line 1M -r bad a'
    gives 0 '*1 rejected to bad' a
    head -c 100M /dev/zero | zstd -q --ultra -22 --long=30 --zstd=wlog=30 > in
    try jsonl2tsv --max-line 1M a
    gives 1 'jsonl2tsv: the zstd data takes more than 128 MiB to unpack; unpack it with zstd -dc --long=31' a \
        '\! jsonl2tsv the\szstd\sdata\stakes\smore\sthan\s128\sMiB\sto\sunpack;\sunpack\sit\swith\szstd\s-dc\s--long=31'
}

@test "a read error in the middle of packed input is status 3" {
    export ASAN_OPTIONS=detect_leaks=0 # LeakSanitizer does not work under strace
    cp "$BATS_FILE_TMPDIR/votes.jsonl.gz" in
    try strace -f -o trace -P "$PWD/in" -e trace=read -e inject=read:error=EIO:when=2 jsonl2tsv Id
    [ "$status" -eq 3 ]
    grep -q -x 'jsonl2tsv: read error: Input/output error' err
    [ "$(tail -n 1 out)" = "\\!${tab}jsonl2tsv${tab}read error: Input/output error" ]
    try strace -f -o trace -e trace=read -P "$PWD/in" -e inject=read:error=EINTR:when=2+2 jsonl2tsv Id
    [ "$status" -eq 0 ]
    jsonl2tsv Id < "$BATS_FILE_TMPDIR/votes.jsonl" | cmp - out
}

@test "without a thread or memory to unpack, the program says so" {
    [ -z "${SAN-}" ] || skip 'the sanitizers reserve memory'
    cp "$BATS_FILE_TMPDIR/votes.jsonl.zst" in
    for limit in 4000 5000 6000 7000 8000 9000 10000 12000 14000 16000 20000; do
        try bash -c "ulimit -v $limit; exec jsonl2tsv Id"
        [ "$status" -ne 0 ] || { cmp out <(jsonl2tsv Id < "$BATS_FILE_TMPDIR/votes.jsonl") && continue; }
        [ "$status" -eq 3 ] || [ "$status" -eq 127 ]
    done
}

@test "packed input, out of memory at any allocation: status 3, or the output is complete" {
    [ -z "${SAN-}" ] || skip 'the sanitizers have an allocator of their own'
    cc -shared -fPIC -o fail.so "$ROOT/t/lib/fail_malloc.c" 2> cc.log || skip 'this C library allocates in another way'
    for pack in gzip 'zstd -q'; do
        printf 'a,b\n1,2\n' | $pack > in
        csv2tsv < in > whole
        for n in $(seq 1 30); do
            try env LD_PRELOAD="$PWD/fail.so" FAIL_AT="$n" csv2tsv
            case $status in
            0) cmp whole out ;;
            3) [[ $(< err) == *memory* || $(< err) == *thread* ]] ;;
            *) echo "$pack: allocation $n: status $status: $(cat err)" && return 1 ;;
            esac
        done
    done
}

@test "--progress counts bytes of the packed file" {
    size=$(wc -c < "$BATS_FILE_TMPDIR/votes.jsonl.gz")
    cp "$BATS_FILE_TMPDIR/votes.jsonl.gz" in
    try jsonl2tsv --progress --progress Id
    [ "$status" -eq 0 ]
    grep -q "^jsonl2tsv: $(awk -v n="$size" 'BEGIN { printf "%.0f", n / 1e6 }') MB (100%), .* 20000 records$" err
}

# refuses BYTES REASON: both programs refuse input of these bytes, for printf.
refuses() {
    printf "$1" > "$BATS_TEST_TMPDIR/in"
    try $program $operands
    fails "$2"
    try $program -r bad $operands
    fails "$2"
}

# refuses_text BYTES ENCODING: as refuses; only csv2tsv has --encoding.
refuses_text() {
    if [ $program = csv2tsv ]; then advice="read it with --encoding $2"; else advice="convert it with iconv -f $2 -t UTF-8"; fi
    refuses "$1" "the input is $2, not UTF-8; $advice"
}

@test "other binary input is named, with what to do" {
    each refuses_text '\xff\xfea\0,\0\n\0' UTF-16
    each refuses_text '\xfe\xff\0a\0,\0\n' UTF-16
    each refuses_text '{\0"\0a\0' UTF-16LE
    each refuses_text '\0a\0,\0b\0\n' UTF-16BE
    each refuses_text '\xff\xfe\0\0a\0\0\0' UTF-32
    each refuses '\xfd7zXZ\0\0\4' 'the input is packed by xz; unpack it with xz -dc'
    each refuses 'BZh91AY&SY\1' 'the input is packed by bzip2; unpack it with bzip2 -dc'
    each refuses '\x04\x22\x4d\x18\x64' 'the input is packed by lz4; unpack it with lz4 -dc'
    each refuses 'PK\3\4\x14\0' \
        'the input is a zip archive; unpack it with unzip -p, or if it is a spreadsheet, save it as CSV'
    each refuses 'PAR1\x15\0' 'the input is a Parquet file; export it as CSV, for example with duckdb'
    each refuses 'SQLite format 3\0' 'the input is an SQLite database; export a table with sqlite3 -csv -header'
}

@test "the advice for UTF-16 works" {
    printf 'a,b\n1,\xc3\xa9\n' > plain
    for encoding in UTF-16 UTF-16LE UTF-16BE UTF-32; do
        iconv -f UTF-8 -t $encoding plain > in
        try csv2tsv
        # shellcheck disable=SC2046 # words are meant
        csv2tsv $(sed -n 's/.*read it with //p' err) < in | cmp - <(csv2tsv < plain)
        printf '{"a":"\xc3\xa9"}\n' | iconv -f UTF-8 -t $encoding > in
        try jsonl2tsv a
        $(sed -n 's/.*convert it with //p' err) in | jsonl2tsv a | cmp - <(printf 'a\n\xc3\xa9\n')
    done
}

@test "text that begins like binary input is text" {
    for start in PAR1 'SQLite format 3' PK BZh9 P P* BZ S '?' 'a*M' a; do
        given_bytes '%s\n1\n' "$start"
        try csv2tsv
        gives_bytes 0 '' '%s\n1\n' "$start"
        given_bytes '%s' "$start"
        try csv2tsv
        gives_bytes 0 '' '%s\n' "$start"
    done
}
