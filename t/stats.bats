# --stats FILE: every program appends a record of its run to FILE, also when it fails.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    header='Started Program Status Seconds User System PeakBytes BytesIn BytesOut Read Written Rejected'
    lines 'Id Day' '1 2024-05-06' '2 2024-05-06' '3 2024-05-07' > votes.tsv
    tsv2csv < votes.tsv > votes.csv
    tsv2jsonl < votes.tsv > votes.jsonl
    tsv2sqlite votes.db votes < votes.tsv 2> log
    printf '```weir\njsonl2tsv Id < votes.jsonl | dedup\n```\n' > page.md
}

# calls: a call of every program on the three votes, in the order of their names.
calls() {
    cat << 'END'
chart --text -x Day -v Id < votes.tsv
csv2tsv votes.csv
dedup -k Id < votes.tsv
jsonl2tsv Id < votes.jsonl
keep-header cat < votes.tsv
lookup -f votes.tsv -k Id --semi < votes.tsv
outliers -v Id -A < votes.tsv
pick Id < votes.tsv
pivot --long Day < votes.tsv
profile < votes.tsv
report page.md
sessionize -k Id -t Day --gap 1h < votes.tsv
sqlite2tsv votes.db 'SELECT * FROM votes'
trend sum=total:Id < votes.tsv
tsv2csv < votes.tsv
tsv2jsonl < votes.tsv
tsv2sqlite new.db votes < votes.tsv
tsvcat votes.tsv
tsvdiff -k Id votes.tsv votes.tsv
tsvsplit -n 2 part- < votes.tsv
utc -t Day < votes.tsv
weekagg -t Day -u day < votes.tsv
where 'Id>1' < votes.tsv
END
}

# stat COLUMN...: these columns of s.tsv, without the header.
stat() {
    pick "$@" < s.tsv | tail -n +2
}

# shows PROGRAM STATUS BYTES_IN BYTES_OUT READ WRITTEN REJECTED: checks the last record of s.tsv.
shows() {
    lines "$*" | diff - <(stat Program Status BytesIn BytesOut Read Written Rejected | tail -n 1)
}

@test "every program appends one record: its name, its status, the bytes and records of its input and output" {
    local program rest read bytes
    for program in "$ROOT"/cmd/*/; do basename "$program"; done | diff - <(calls | sed 's/ .*//')
    while read -r program rest; do
        rm -f s.tsv
        bash -c "$program --stats s.tsv $rest" > out 2> err
        head -n 1 s.tsv | diff <(lines "$header") -
        [ "$(wc -l < s.tsv)" -eq 2 ]
        [ "$(stat Program Status)" = "$program"$'\t0' ]
        bytes=$(wc -c < out) read=3
        [ "$program" != keep-header ] || bytes='\N'
        [ "$program" != tsvdiff ] || read=6
        [ "$(stat BytesOut Read Rejected)" = "$bytes"$'\t'$read$'\t0' ]
        stat Started Seconds User System PeakBytes |
            grep -Ex $'[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(\t[0-9]+\\.[0-9]{6}){3}\t[0-9]+'
        [ "$(stat PeakBytes)" -gt 500000 ]
    done < <(calls)
}

@test "Written is the number of records in the output, without header and marks" {
    local program rest written
    while read -r program rest; do
        rm -rf s.tsv new.db part-*
        bash -c "$program -E --stats s.tsv $rest" > out 2> err || true # those without an end mark in their input fail
        case $program in
            chart | report | tsv2csv | tsv2jsonl | tsv2sqlite | tsvsplit | keep-header) continue ;;
        esac
        written=$(stat Written)
        [ "$(tail -n 1 out)" = '\.' ]
        [ "$written" -eq "$(($(wc -l < out) - 2))" ]
    done < <(calls)
    printf '\\.\n' | cat votes.tsv - > marked.tsv
    for program in 'tsv2csv' 'tsv2jsonl' 'tsv2jsonl --array' 'tsv2sqlite new.db votes' 'tsvsplit -n 2 part-'; do
        # shellcheck disable=SC2086
        $program -E --stats s.tsv < marked.tsv > out 2> err
        [ "$(stat Status Read Written | tail -n 1)" = $'0\t3\t3' ]
    done
    given 'a' 'b\nc\nd' 'e'
    try tsv2csv --stats s.tsv
    shows tsv2csv 0 12 12 2 2 0
    chart --stats s.tsv --svg -x Day -v Id < votes.tsv > out
    [ "$(stat Written | tail -n 1)" = 0 ]
    try where -N -E --stats s.tsv '1~e'
    shows where 0 12 5 3 1 0
}

@test "the sums of many records: bytes as wc counts them, read = written + rejected" {
    seq 1 200000 | awk '{ print "{\"a\":" ($1 % 1000 ? $1 : "\"x\"") ",\"b\":\"text " $1 "\"}" }' > big.jsonl
    jsonl2tsv -E --stats s.tsv -r bad.tsv a:int b < big.jsonl > big.tsv 2> err
    shows jsonl2tsv 0 "$(wc -c < big.jsonl)" "$(wc -c < big.tsv)" 200000 "$(($(wc -l < big.tsv) - 2))" 200
    [ "$(stat Written)" = 199800 ]
    keep-header grep 9 < big.tsv > nine.tsv
    dedup --stats s.tsv -k a < big.tsv > out
    shows dedup 0 "$(wc -c < big.tsv)" "$(wc -c < out)" 199800 199800 0
    lookup --stats s.tsv -f nine.tsv -k a --semi < big.tsv > out
    shows lookup 0 "$(cat big.tsv nine.tsv | wc -c)" "$(wc -c < out)" 199800 "$(($(wc -l < out) - 2))" 0
    keep-header --stats s.tsv nine.tsv -- cat > out
    shows keep-header 0 "$(wc -c < nine.tsv)" '\N' "$(($(wc -l < nine.tsv) - 2))" '\N' 0
    weekagg --stats s.tsv -g b < big.tsv > out
    shows weekagg 0 "$(wc -c < big.tsv)" "$(wc -c < out)" 199800 199800 0
}

@test "BytesIn counts files as they are stored, all of them" {
    seq 1 300000 | sed '1s/^/Id\n/' > a.tsv
    gzip -k a.tsv
    zstd -q a.tsv
    tsvcat --stats s.tsv a.tsv.gz a.tsv.zst a.tsv > out
    shows tsvcat 0 "$(cat a.tsv* | wc -c)" "$(wc -c < out)" 900000 900000 0
    tsvcat --stats s.tsv < a.tsv.gz > out
    shows tsvcat 0 "$(wc -c < a.tsv.gz)" "$(wc -c < out)" 300000 300000 0
    tsvcat --stats s.tsv --union <(cat a.tsv) a.tsv > out # looks at the headers first
    shows tsvcat 0 "$(cat a.tsv a.tsv | wc -c)" "$(wc -c < out)" 600000 600000 0
    given_bytes 'SELECT 1 AS a'
    try sqlite2tsv --stats s.tsv votes.db
    shows sqlite2tsv 0 13 4 1 1 0
    tsvdiff --stats s.tsv -k Id a.tsv a.tsv.gz > out
    shows tsvdiff 0 "$(cat a.tsv a.tsv.gz | wc -c)" "$(wc -c < out)" 600000 0 0
}

@test "a program that fails appends its record too, with its status" {
    given 'a b' '1 2' '3'
    try dedup --stats s.tsv
    gives 1 'dedup: line 3: *' 'a b' '1 2' '\! dedup line\s3:\sgot\s1\sfield,\sthe\sheader\shas\s2'
    shows dedup 1 10 8 2 1 0
    try dedup --stats s.tsv -k c
    gives 2 'dedup: --key: unknown column c*'
    shows dedup 2 10 0 0 0 0
    try lookup --stats s.tsv
    gives 2 'lookup: *'
    shows lookup 2 0 0 0 0 0
    given 'a' '1' '\! x broke'
    try pick --stats s.tsv a
    gives 1 'pick: input failed: broke' 'a' '1' '\! x broke'
    shows pick 1 15 15 1 1 0
    try tsv2sqlite --stats s.tsv new.db t
    gives 1 'tsv2sqlite: input failed: broke'
    shows tsv2sqlite 1 15 0 1 0 0
    tsvdiff --stats s.tsv -k Id --check votes.tsv <(head -n 3 votes.tsv) > out 2> err || status=$?
    [ "$status" -eq 1 ]
    [ "$(stat Program Status Written | tail -n 1)" = $'tsvdiff\t1\t2' ] || stat Program Status Written
    keep-header --stats s.tsv sh -c 'exit 7' < votes.tsv > out 2> err || status=$?
    [ "$status" -eq 7 ]
    [ "$(stat Program Status | tail -n 1)" = $'keep-header\t7' ]
    try sh -c 'where --stats s.tsv "Id>0" < votes.tsv > /dev/full'
    gives 3 'where: write error: No space left on device'
    shows where 3 46 0 0 0 0
}

@test "a load that was done before has a record without records" {
    tsv2sqlite --once x --stats s.tsv new.db votes < votes.tsv 2> err
    shows tsv2sqlite 0 46 0 3 3 0
    try sh -c 'tsv2sqlite --once x --stats s.tsv new.db votes < votes.tsv'
    gives 0 'tsv2sqlite: votes: load x was done before'
    shows tsv2sqlite 0 0 0 0 0 0
    sed 's/2024/2025/' votes.tsv | tsv2sqlite --upsert -k Id --stats s.tsv keyed.db votes 2> err
    shows tsv2sqlite 0 46 0 3 3 0
}

@test "a program that is killed, or whose reader exits, appends nothing" {
    seq 1 1000000 | where -N --stats s.tsv '1>0' | head -n 1 > out || true
    [ ! -s s.tsv ]
    timeout -s KILL 0.3 pick --stats s.tsv 1 < <(sleep 1) || true
    [ ! -s s.tsv ]
}

@test "a file that cannot be opened, or is something else, is an error before anything is written" {
    given 'a' '1'
    try dedup --stats no/s.tsv
    gives 3 'dedup: no/s.tsv: No such file or directory'
    try dedup --stats .
    gives 3 'dedup: .: Is a directory'
    try tsv2jsonl --stats no/s.tsv
    gives 3 'tsv2jsonl: no/s.tsv: *' '\! tsv2jsonl no/s.tsv:\sNo\ssuch\sfile\sor\sdirectory'
    cp votes.tsv copy.tsv
    try dedup --stats copy.tsv
    gives 2 'dedup: --stats: copy.tsv is not empty, and no file of --stats*'
    cmp votes.tsv copy.tsv
    try sh -c 'dedup --stats out.tsv > out.tsv'
    gives 2 'dedup: --stats: out.tsv is already in use*'
    try sh -c 'dedup --stats s.tsv -r s.tsv'
    gives 2 'dedup: --rejects: s.tsv is already in use*'
    try dedup --stats s2.tsv --stats s2.tsv
    gives 2 'dedup: --stats can be given only once*'
    touch locked.tsv && chmod 0 locked.tsv
    try unprivileged dedup --stats locked.tsv
    gives 3 'dedup: locked.tsv: Permission denied'
}

@test "a record that cannot be written is status 3, after the output; tsv2sqlite, which has committed, only says so" {
    given 'a' '1'
    try dedup --stats /dev/full
    gives 3 'dedup: write error: /dev/full: No space left on device' 'a' '1'
    try tsv2sqlite --stats /dev/full new.db t
    gives 0 "tsv2sqlite: t: 1 read,*tsv2sqlite: write error: /dev/full: No space left on device"
    [ "$(sqlite3 new.db 'SELECT count(*) FROM t')" -eq 1 ]
    try dedup --stats /dev/full -k x
    gives 2 'dedup: --key: unknown column x*dedup: write error: /dev/full: No space left on device'
    try dedup --stats /dev/null
    gives 0 '' 'a' '1'
}

@test "nothing is left of a record that does not fit" {
    for _ in $(seq 100); do
        bash -c 'ulimit -f 1 && exec dedup --stats s.tsv < votes.tsv' > out 2> err || break
    done
    grep -x 'dedup: write error: s.tsv: File too large' err
    [ "$(tail -c 1 s.tsv)" = '' ]
    try sh -c 'tsvcat s.tsv | tail -n 1'
    gives 0 '' "$(tail -n 1 s.tsv | sed 's/\t/ /g')"
}

@test "the file is checked again before the record is appended" {
    try sh -c '{ sleep 0.3; printf "a\n1\n"; } | { dedup --stats s.tsv; echo $?; } & sleep 0.1; echo precious > s.tsv; wait'
    gives 0 'dedup: write error: s.tsv: File exists' 'a' '1' '3'
    [ "$(< s.tsv)" = precious ]
}

@test "programs that end at once share a file: one header, whole records" {
    for i in $(seq 40); do
        pick --stats s.tsv Id < votes.tsv > "out.$i" &
    done
    wait
    [ "$(grep -c Started s.tsv)" -eq 1 ]
    [ "$(stat Program Read Written Status | sort -u)" = $'pick\t3\t3\t0' ]
    [ "$(wc -l < s.tsv)" -eq 41 ]
    tsvcat < s.tsv > checked
    jsonl2tsv -E --stats p.tsv Id < votes.jsonl | dedup --stats p.tsv | where --stats p.tsv 'Id>1' > out
    pick Program < p.tsv | keep-header sort | tail -n +2 | diff <(printf '%s\n' dedup jsonl2tsv where) -
}

@test "the output is the same bytes with --stats" {
    local program rest
    while read -r program rest; do
        rm -rf new.db part-*
        bash -c "$program $rest" > plain 2> err
        rm -rf new.db part-*
        bash -c "$program --stats s.tsv $rest" > out 2> err
        cmp plain out
    done < <(calls)
}
