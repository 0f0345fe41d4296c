# Progress while a person watches: a bar on the terminal, by --progress of the programs that start a pipeline, and of
# scripts. t/lib/watch.py is the person.

load helper
load watch

setup_file() {
    cd "$BATS_FILE_TMPDIR" || return
    generate-votes 100000 > votes.jsonl
    jsonl2tsv Id CreationDate UserId < votes.jsonl > votes.tsv
    tsv2csv < votes.tsv > votes.csv
    zstd -q votes.jsonl
    gzip -k votes.jsonl
    # Takes its input in over a second.
    printf '#!/bin/sh\nfor i in 1 2 3 4 5 6 7 8 9; do sleep 0.1; head -c 180000; done > /dev/null\nsleep 0.1; exec cat > /dev/null\n' > slow
    # Scripts that find these programs first need over a second for a file.
    mkdir slowly
    for program in jsonl2tsv csv2tsv; do
        {
            printf '#!/bin/bash\nset -o pipefail\n%s "$@" | ' "$(command -v $program)"
            echo '{ for i in 1 2 3 4 5 6 7 8 9; do sleep 0.1; head -c 150000; done && sleep 0.1 && exec cat; }'
        } > slowly/$program
    done
    chmod +x slow slowly/*
}

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    ln -s "$BATS_FILE_TMPDIR"/* .
    PATH=$BATS_FILE_TMPDIR:$PATH
    export TERM=xterm
}

# watch_script [-c COLUMNS] [-e EVENTS] COMMAND: watch for a script, which takes over a second for a file.
watch_script() {
    PATH=$PWD/slowly:$PATH watch "$@"
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

# --- Scripts

@test "a script shows the share of all its files, the rate and the time left, and erases the bar for its results" {
    mkdir files
    cp votes.jsonl files/a.jsonl
    cp votes.jsonl.zst files/b.jsonl.zst
    sed 's/"Id":"1/"Id":"2/' votes.jsonl > files/c.jsonl
    watch_script -c 99 'ingest-votes x.db files'
    is_bar 'ingest-votes: [ 0-9]{3}%  \[=*> *\]  ([0-9.]+ MB/s  file [1-3] of 3  ([0-9]:[0-9][0-9] left|finishing)|checking [0-9]+%  file [1-3] of 3)'
    grep read out | cut -d : -f 1 | diff <(printf 'files/%s\n' a.jsonl b.jsonl.zst c.jsonl) -
    [ "$status" -eq 0 ]
    awk -F '\t' '{ last = $1 } END { if (NR < 2 || NR > 10 * last + 1) exit 1 }' bars
}

@test "each job shows which of its files it reads" {
    { echo visit_date && echo 2024-01-01; } > days.csv
    mkdir days
    cp days.csv days
    printf 'h_id,message\n1,x\n' > texts.csv
    echo '{"h_id":"p"}' > pages.jsonl
    sales=$ROOT/t/data/sales
    watch_script "weekly-sales --sales $sales/sales.csv --calendar $sales/calendar.csv --products $sales/product.csv --stores $sales/store.csv > documents"
    is_bar 'weekly-sales: .*  file [1-4] of 4( .*)?'
    watch_script 'load-comments c.db pages.jsonl --text texts.csv'
    is_bar 'load-comments: .*  file [12] of 2( .*)?'
    watch_script 'load-files f.db days csv2tsv days.csv texts.csv'
    is_bar 'load-files: .*  file [12] of 2( .*)?'
    generate-events 1000 > events.csv
    watch_script 'load-sessions s.db events.csv'
    is_bar 'load-sessions: .*'
    watch_script 'daily-users u.db days'
    is_bar 'daily-users: .*'
}

@test "spread shows how many tasks of a stage are done" {
    watch 'spread --map "jsonl2tsv -E \$PART Id CreationDate && sleep 0.1" -k Id --reduce "dedup -k Id && sleep 0.1" \
        --merge "tsvcat && sleep 0.9" -j 2 -n 20 -b 500K -o out.tsv votes.jsonl'
    [ "$status" -eq 0 ]
    is_bar 'spread: [ 0-9]{3}%  \[=*> *\]  (map|reduce|merge) [0-9]+ of (2[01]|20|1)(  [0-9]:[0-9][0-9] left)?'
    for stage in 'map [1-9][0-9]* of 2' 'reduce [1-9][0-9]* of 20' 'merge 0 of 1'; do grep -q "  $stage" bars; done
    [ ! -s out ]
    [ "$(wc -l < out.tsv)" -eq 99901 ]
    watch -c 200 'spread --map "jsonl2tsv Id; sleep 0.9; false" -o out.tsv votes.jsonl'
    [ -n "$bars" ]
    gives_bytes 3 '' '%s\n' \
        'spread: votes.jsonl: a program was killed, did not read its input, or wrote no end mark (-E)'
    watch -e ^C@0.9 'exec spread --map "jsonl2tsv -E Id; sleep 2" -o out.tsv votes.jsonl'
    [ -n "$bars" ]
    gives 3 ''
}

@test "a script has no bar if no person watches" {
    for command in 'ingest-votes x.db votes.jsonl 2> said' 'set -m; ingest-votes x.db votes.jsonl & wait' \
        'ingest-votes x.db votes.jsonl 2>&-' 'TERM=dumb ingest-votes x.db votes.jsonl' 'unset TERM; ingest-votes x.db votes.jsonl'; do
        rm -f x.db
        watch_script "$command"
        [ -z "$bars" ]
        [[ $status -eq 0 && ! -s said ]]
        grep 'votes.jsonl: 100000 read, ' out
        ! grep 'ingest-votes: ' out
    done
    watch 'setsid -w ingest-votes x.db votes.jsonl' # no controlling terminal
    [ -z "$bars" ]
    cmp out <(echo 'votes.jsonl: already loaded')
}

@test "no colour, with and without NO_COLOR" {
    NO_COLOR=1 watch_script 'ingest-votes x.db votes.jsonl'
    [ -n "$bars" ]
    ! grep -a $'\033' bars
}

@test "a bar of a script fits the terminal" {
    for columns in 1 2 60 200; do
        rm -f x.db
        watch_script -c $columns -e $((columns + 20))@1 'ingest-votes x.db votes.jsonl'
        [ "$status" -eq 0 ]
        awk -F '\t' 'length($3) >= $2 { exit 1 }' bars
    done
    is_bar '.*\[=*> *\].*'
}

@test "a script that fails in the middle says why in a line of its own" {
    { cat votes.jsonl && echo '{'; } > bad.jsonl
    watch_script 'ingest-votes x.db bad.jsonl'
    [ -n "$bars" ]
    gives 1 '' 'ingest-votes:\sbad.jsonl:\snot\sloaded:\sline\s100001:\sbyte\s2:\sunexpected\send\sof\sline'
    mkdir days
    { echo visit_date && seq 300000 | sed 's/.*/2024-01-01/' && echo x; } > days/a.csv
    watch_script -c 200 'daily-users x.db days'
    gives 1 '' 'daily-users:\sdays/a.csv:\sweekagg:\sline\s300002:\scolumn\svisit_date:\s"x"\sis\snot\sa\stime'
}

@test "an interrupt ends a script without a bar that stays, or files" {
    mkdir days tmp
    { echo visit_date && yes 2024-01-01 | head -n 300000; } > days/a.csv
    TMPDIR=$PWD/tmp watch_script -e ^C@0.9 'exec daily-users x.db days'
    [ -n "$bars" ]
    gives 3 ''
    [ -z "$(ls tmp)" ]
    watch_script -e ^C@1.5 'exec ingest-votes y.db votes.jsonl votes.jsonl.gz votes.jsonl.zst'
    [ "$status" -eq 130 ]
    [ -n "$bars" ]
    ! grep ingest-votes: out
}
