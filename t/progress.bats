# Progress while a person watches: a bar on the terminal, by --progress of the programs that start a pipeline, and of
# scripts. t/lib/watch.py is the person.

load helper

setup_file() {
    cd "$BATS_FILE_TMPDIR" || return
    generate-votes 100000 > votes.jsonl
    jsonl2tsv Id CreationDate UserId < votes.jsonl > votes.tsv
    tsv2csv < votes.tsv > votes.csv
    zstd -q votes.jsonl
    gzip -k votes.jsonl
    # Takes its input in over a second.
    printf '#!/bin/sh\nfor i in 1 2 3 4 5 6 7 8 9; do sleep 0.1; head -c 180000; done > /dev/null\nsleep 0.1; exec cat > /dev/null\n' > slow
    chmod +x slow
}

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    ln -s "$BATS_FILE_TMPDIR"/* .
    PATH=$BATS_FILE_TMPDIR:$PATH
    export TERM=xterm
}

# watch [-c COLUMNS] [-e EVENTS] COMMAND: runs the shell command on a terminal. Sets bars to the texts of the bars.
watch() {
    local columns=80 events=''
    while getopts c:e: option; do
        case $option in
            c) columns=$OPTARG ;;
            *) events=$OPTARG ;;
        esac
    done
    shift $((OPTIND - 1))
    OPTIND=1
    try python3 "$ROOT/t/lib/watch.py" "$columns" "$events" bash -o pipefail -c "$1"
    bars=$(cut -f 3 bars)
    cat err out bars
}

# is_bar PATTERN: there are bars, and all match the extended regular expression.
is_bar() {
    [ -n "$bars" ]
    ! grep -v -E -x "$1" <<< "$bars"
}

@test "share, bar, rate, records and time left, of each program that starts a pipeline; one line at the end" {
    for command in 'jsonl2tsv --progress Id < votes.jsonl' 'csv2tsv --progress votes.csv' 'tsvcat --progress votes.tsv'; do
        program=${command%% *} rest=''
        [ "$program" != jsonl2tsv ] || rest=' Id CreationDate UserId'
        watch "${command/ Id/$rest} | slow"
        [ "$status" -eq 0 ]
        is_bar "$program:  ?[0-9]{1,3}%  \[=*> *\]  [0-9.]+ MB/s  [1-9][0-9]* records  0:[0-9][0-9] left"
        [ "$(wc -l < out)" -eq 1 ]
        grep -E -x "$program: [0-9]+ MB \(100%\), [0-9.]+ MB/s, 100000 records" out
    done
}

@test "at most ten bars a second, none in the first half second" {
    watch 'jsonl2tsv --progress Id CreationDate UserId < votes.jsonl | slow'
    awk -F '\t' 'NR == 1 && $1 < 0.45 { exit 1 } NR > 1 && $1 - last < 0.05 { close_ones++ } { last = $1 }
        END { if (NR < 2 || NR > 10 * last + 1 || close_ones > 1) exit 1 }' bars || { cat bars && false; }
    watch 'jsonl2tsv --progress Id < votes.jsonl > ids'
    [ -z "$bars" ]
    [ "$(wc -l < out)" -eq 1 ]
}

@test "the share is that of all files, as they are packed; of a pipe, bytes and the time so far" {
    watch 'jsonl2tsv --progress -f votes.jsonl -f votes.jsonl.gz -f votes.jsonl.zst Id CreationDate UserId | slow'
    is_bar 'jsonl2tsv:  ?[0-9]{1,2}%  .*'
    grep -E -x "jsonl2tsv: $(cat votes.jsonl* | wc -c | awk '{ printf "%.0f", $1 / 1e6 }') MB \(100%\), .* 300000 records" out
    watch 'jsonl2tsv --progress Id CreationDate UserId < votes.jsonl.zst | slow'
    is_bar 'jsonl2tsv:  ?[0-9]{1,3}%  .*'
    watch 'cat votes.jsonl | jsonl2tsv --progress Id CreationDate UserId | slow'
    is_bar 'jsonl2tsv: [0-9]+ MB  [0-9.]+ MB/s  [1-9][0-9]* records  0:[0-9][0-9]'
    grep -E -x 'jsonl2tsv: [0-9]+ MB, .* 100000 records' out
}

@test "a bar fits the terminal, also after it was resized; a narrow one has the numbers only" {
    for columns in 1 2 17 40 60 79 200; do 
        watch -c $columns 'jsonl2tsv --progress Id CreationDate UserId < votes.jsonl 2>&2 | slow'
        [ "$columns" -lt 60 ] || [ "$status" -eq 0 ]
        awk -F '\t' 'length($3) >= $2 { exit 1 }' bars
    done
    is_bar '.*\[[=>]*> {1,40}\].* left'
    watch -c 60 'jsonl2tsv --progress Id CreationDate UserId < votes.jsonl | slow'
    is_bar 'jsonl2tsv:  ?[0-9]{1,2}%  [0-9.]+ MB/s .* left'
    watch -c 100 -e 70@0.75 'jsonl2tsv --progress Id CreationDate UserId < votes.jsonl | slow'
    [ "$status" -eq 0 ]
    awk -F '\t' 'length($3) >= $2 { exit 1 } { seen[$2] = 1 } END { if (!(100 in seen) || !(70 in seen)) exit 1 }' bars
}

@test "a failure in the middle is one line of its own, of this program or another one" {
    { cat votes.jsonl && echo '{'; } > bad.jsonl
    watch 'jsonl2tsv --progress Id CreationDate UserId < bad.jsonl | slow'
    [ -n "$bars" ]
    gives 1 '' 'jsonl2tsv:\sline\s100001:\sbyte\s2:\sunexpected\send\sof\sline'
    watch 'jsonl2tsv --progress Id CreationDate UserId < votes.jsonl | { head -c 900000; sleep 0.6; head -c 900000; sleep 0.1; echo other: failed >&2; } > none'
    [ -n "$bars" ]
    gives 141 '' 'other:\sfailed'
}

@test "a signal ends it without a bar that stays" {
    watch -e ^C@0.75 'jsonl2tsv --progress Id CreationDate UserId < votes.jsonl | slow'
    [ -n "$bars" ]
    gives 130 ''
    watch 'timeout -s TERM 0.75 jsonl2tsv --progress Id CreationDate UserId < votes.jsonl | slow'
    gives 124 ''
}

@test "records on the same terminal are whole lines" {
    watch 'for i in 0 0.7 0.2 0.2; do sleep $i; echo "{\"Id\":$i}"; done | jsonl2tsv --progress Id'
    [ -n "$bars" ]
    grep -v records out | diff <(printf '%s\n' Id 0 0.7 0.2 0.2) -
}

@test "no bar: without the option, in the background, if standard error is no terminal or is closed, on a dumb terminal" {
    work='Id CreationDate UserId < votes.jsonl | slow'
    for command in "jsonl2tsv $work" "set -m; jsonl2tsv --progress $work & wait" "jsonl2tsv --progress 2>&- $work" \
        "jsonl2tsv --progress 2> said $work" "TERM=dumb jsonl2tsv --progress $work" "unset TERM; jsonl2tsv --progress $work"; do
        watch "$command"
        [ -z "$bars" ]
        [[ $status -eq 0 && $(< out) != *jsonl2tsv:* && ! -s said ]]
    done
}
