# make static: programs that run in an empty root, with an empty environment, as on the workers of a cluster.

load helper

STATIC=${WEIR_STATIC_BUILD:-$ROOT/build/static}/bin

setup() {
    [ -x "$STATIC/dedup" ] || skip 'no static build: make static'
    mkdir "$BATS_TEST_TMPDIR/root"
    cd "$BATS_TEST_TMPDIR/root" || return
    cp "$STATIC"/* .
    enter=(env -i "$(command -v chroot)" .)
    [ "$(id -u)" -eq 0 ] || enter=(env -i "$(command -v unshare)" -r "${enter[@]:2}")
    "${enter[@]}" /dedup --version > /dev/null || skip 'chroot is not allowed'
}

@test "every program without SQLite, except report, is one file that runs without any other" {
    for program in "$ROOT"/cmd/*/; do
        program=$(basename "$program")
        case $program in *sqlite* | report) continue ;; esac
        [ "$("${enter[@]}" "/$program" --version)" = "$("$program" --version)" ]
        [ "$(stat -c %s "$program")" -lt 1400000 ]
    done
    # Those that unpack files are larger.
    [ "$(find . -type f -size +1024k | sort | tr -d '\n')" = ./csv2tsv./jsonl2tsv./tsvcat./tsvdiff ]
}

@test "the votes job, by parts and packed: the same as by the normal programs" {
    gzip -cd "$ROOT/t/data/votes.jsonl.gz" > votes.jsonl
    cp "$ROOT/t/data/votes.jsonl.gz" votes.gz
    zstd -q votes.jsonl -o votes.zst
    jsonl2tsv -E Id CreationDate < votes.jsonl > want.records
    weekagg -E -t CreationDate < want.records | outliers > want
    for input in votes.jsonl votes.gz votes.zst; do
        "${enter[@]}" /jsonl2tsv -E -f $input Id CreationDate > records
        cmp want.records records
    done
    "${enter[@]}" /tsvsplit -E -k Id -n 3 part. < records
    for part in 0 1 2; do
        "${enter[@]}" /tsvcat -E part.000$part | "${enter[@]}" /dedup -E -k Id |
            "${enter[@]}" /weekagg -E -t CreationDate > weeks.$part
    done
    "${enter[@]}" /tsvcat -E weeks.0 weeks.1 weeks.2 | "${enter[@]}" /weekagg --merge -E | "${enter[@]}" /outliers > got
    cmp want got
    csv='a,b\n1,"x\ty"\n2,05.03.2024\n'
    printf "$csv" | csv2tsv --time b=%d.%m.%Y -r want.rejects > want
    printf "$csv" | "${enter[@]}" /csv2tsv --time b=%d.%m.%Y -r rejects > got
    cmp want got
    cmp want.rejects rejects
}

@test "what belongs to the machine's library or data and is not there is one clear line" {
    given t 2021-01-01T00:30:00Z
    try "${enter[@]}" /csv2tsv --encoding cp1252
    gives 2 "csv2tsv: --encoding: a static program cannot read \"cp1252\"; iconv(1) converts it to UTF-8 (*"
    try "${enter[@]}" /csv2tsv --encoding utf-8
    gives 0 '' t 2021-01-01T00:30:00Z
    try "${enter[@]}" /weekagg -t t -z America/New_York
    gives 2 'weekagg: --zone: unknown time zone "America/New_York": this machine has no /usr/share/zoneinfo (*'
    [ -e /usr/share/zoneinfo/America/New_York ] || skip 'no time zones'
    mkdir -p usr/share/zoneinfo/America
    cp /usr/share/zoneinfo/America/New_York usr/share/zoneinfo/America
    try "${enter[@]}" /weekagg -t t -z America/New_York -u day
    gives 0 '' 'Date Count' '2020-12-31 1'
    try "${enter[@]}" /weekagg -t t -z America/Lima
    gives 2 'weekagg: --zone: unknown time zone "America/Lima" (*'
}

@test "temporary files go to /tmp, and without it there is one clear line" {
    awk 'BEGIN { for (i = 0; i < 700000; i++) printf "%d-%030d\n", i * 7919 % 700001, i }' > ../in
    try "${enter[@]}" /dedup -N -S 16M
    [ "$status" -eq 3 ]
    [ "$(< ../err)" = 'dedup: temporary file in /tmp: No such file or directory' ]
    mkdir tmp
    try "${enter[@]}" /dedup -N -S 16M
    [ "$status" -eq 0 ]
    cmp ../in ../out
}
