# What the tests of spread and spread-spark share: words, and the checks that both must pass. A test file sets engine, the
# name in messages, and may define a function spread that runs another engine.
# shellcheck shell=bash disable=SC2154 # helper.bash and the test file set variables
# shellcheck disable=SC2016 # the commands of a plan expand them
# shellcheck disable=SC2164,SC2103 # a failed cd ends a test

# Prints votes FROM to TO, one for each day from 2020-01-01 on.
votes() { # FROM TO [FIRST-ID]
    awk -v from="$1" -v to="$2" -v id="${3-1}" 'BEGIN {
        for (i = from; i <= to; i++)
            printf "{\"Id\":\"%d\",\"CreationDate\":\"20%02d-%02d-%02d\"}\n", id++, 20 + i / 336 % 80, i / 28 % 12 + 1, i % 28 + 1
    }'
}

# one_machine PLAN FILE...: what the commands of the plan print, one after the other, on all files.
one_machine() {
    # shellcheck source=/dev/null
    . "$ROOT/scripts/plans/$1"
    shift
    cat -- "$@" | REJECTS='' PART='' MEMORY=100000000 sh -c "$map" | MEMORY=100000000 sh -c "${reduce:-cat}" | sh -c "${merge:-cat}" | sed '$d'
}

# same PLAN "ARGUMENTS" FILE...: spread must write what the pipeline writes.
same() {
    (one_machine "$1" "${@:3}") > want-records
    rm -f result
    # shellcheck disable=SC2086 # words are meant
    try spread -p "$1" $2 -o result -- "${@:3}"
    if [ "$status" -ne 0 ]; then cat err && return 1; fi
    cmp want-records result
}

# fails STATUS STDERR: the last try failed so, and wrote no result.
fails() {
    gives "$1" "$2" && [ ! -e result ]
}

cuts_blocks_at_lines() {
    for n in 2 3 11 101; do
        { votes 1 $n && votes 1 1 && votes 1 20 $((n + 1)); } > votes.jsonl
        same votes '-b 64 -n 2' votes.jsonl
    done
    votes 1 40 | tr -d '\n' | sed 's/}/}\n/g; s/\n$//' > votes.jsonl
    [ -n "$(tail -c 1 votes.jsonl)" ]
    same votes '-b 300' votes.jsonl
    { votes 1 3 && printf '{"Id":"long","x":"%03000d","CreationDate":"2020-03-03"}\n' 1 && votes 4 30 4; } > votes.jsonl
    try spread --map 'jsonl2tsv -E $PART Id? CreationDate?' -b 1000 -o result votes.jsonl
    gives 0 ''
    jsonl2tsv Id CreationDate < votes.jsonl | cmp - result
}

keeps_the_best_comment() {
    gzip -dc "$ROOT/t/data/comments/comment_info.jsonl.gz" > info.jsonl
    head -n 100 info.jsonl > first.jsonl
    tail -n +50 info.jsonl > rest.jsonl
    same comments '-n 5 -b 1M' first.jsonl rest.jsonl
    same comments '-n 1 -b 8M' rest.jsonl first.jsonl
    [ "$(wc -l < result)" -gt 10000 ]
}

folds_the_keys_of_sessions() {
    generate-events 3000 > events.csv
    for n in 1 7; do
        same sessions "-n $n" events.csv
    done
    [ "$(wc -l < result)" -gt 300 ]
    awk 'NR == 1 || NR % 3 == 0' events.csv > a.csv
    awk 'NR == 1 || NR % 3' events.csv > b.csv
    mv result want-records
    try spread -p sessions -n 4 -o result a.csv b.csv
    gives 0 ''
    cmp want-records result
}

finds_tables() {
    cp "$ROOT"/t/data/sales/*.csv .
    same sales '-f calendar.csv -f product.csv -f store.csv' sales.csv
    grep -qx '2018.Digital.APPAREL.KIDS.CRICKET.2.12009.60.199' result
    mkdir sub
    cd sub
    mv ../result ../want-records
    D=$ROOT/t/data/sales
    try spread -p sales -f "$D/calendar.csv" -f ../product.csv -f ../store.csv -o result "$D/sales.csv" 
    gives 0 ''
    cmp ../want-records result
    try spread -p sales -f "$D/calendar.csv" -f ../store.csv -o result2 "$D/sales.csv"
    gives 2 "$engine: the plan requires a table: -f product.csv*"
    echo mine > calendar
    try spread -p sales -f "$D/calendar.csv" -f ../product.csv -f ../store.csv -f calendar -o result2 "$D/sales.csv"
    gives 2 "$engine: the plan has no table calendar*"
    [ "$(cat calendar)" = mine ]
    try spread -p sales -f "$D/calendar.csv" -f ../calendar.csv -o result2 "$D/sales.csv"
    gives 2 "$engine: ../calendar.csv: two tables have this name; rename one*"
}

keeps_the_order_without_a_key() {
    votes 1 1000 > votes.jsonl
    try spread --map 'jsonl2tsv -E $PART Id CreationDate | where "Id>=100"' -b 2000 -o result votes.jsonl
    gives 0 ''
    jsonl2tsv Id CreationDate < votes.jsonl | where 'Id>=100' | cmp - result
    try spread --map 'jsonl2tsv -E $PART Id CreationDate' --merge 'dedup -k CreationDate | weekagg -t CreationDate' -b 2000 \
        -o result votes.jsonl
    gives 0 ''
    jsonl2tsv Id CreationDate < votes.jsonl | dedup -k CreationDate | weekagg -t CreationDate | cmp - result
}

lets_options_replace_the_plan() {
    votes 1 1000 > votes.jsonl
    try spread -p votes --merge 'weekagg --merge' -o result votes.jsonl
    gives 0 ''
    jsonl2tsv Id CreationDate < votes.jsonl | weekagg -t CreationDate VoteCount=count | cmp - result
    sed 's/outliers/cat/' "$ROOT/scripts/plans/votes" > plan
    mv result want-records
    try spread -p plan -o result votes.jsonl
    gives 0 ''
    cmp want-records result
}

keeps_the_first_record() {
    { votes 1 1000 && votes 501 1500 && votes 1001 1010 2000; } > votes.jsonl
    votes 2000 2999 > more.jsonl
    for n in 1 5; do
        same votes "-b 7K -n $n" votes.jsonl
        same votes "-b 10K -n $n" votes.jsonl more.jsonl
        same votes "-b 10K -n $n" more.jsonl votes.jsonl
    done
}

reads_any_inputs() {
    : > empty
    votes 1 1 > one
    votes 2 80 2 | head -c -1 > -f
    votes 81 99 81 > "it's \"two\" \$words {} {#} \\t"
    try spread -p votes -o result empty
    gives 0 '*'
    [ "$(cat result)" = $'Year\tWeekNumber\tVoteCount' ]
    try spread -p votes -o result one
    gives 0 'outliers: no outliers by ratio: there is only one value'
    same votes '-b 1K' empty one it*
    try spread -p votes -o result -- -f one it*
    gives 0 ''
    { cat one && cat ./-f && echo && cat it*; } > all
    one_machine votes all | cmp - result
    mkdir "tmp/it's \$(x)" data
    TMPDIR="$PWD/tmp/it's \$(x)" try spread -p votes -o "it's" one empty ./-f
    gives 0 ''
    rmdir "tmp/it's \$(x)"
    cp it*two* data/b.jsonl
    gzip < one > data/a.jsonl.gz
    : > data/README
    try spread -p votes -o result data
    gives 0 ''
    { cat one it*two*; } > all
    one_machine votes all | cmp - result
}

lists_rejects() {
    votes 1 300 | sed '50s/^/x/; 150s/}/,}/; 250s/:/ /' > 'a\t.jsonl'
    votes 301 400 301 | sed '1s/^/[/; 100s/$/ x/' > b.jsonl
    jsonl2tsv -E -f 'a\t.jsonl' -f b.jsonl -r want-rejects Id CreationDate > want-records 2> said
    for b in 64M 1K 300; do
        try spread -p votes -b $b -r rejects -o result 'a\t.jsonl' b.jsonl
        gives 0 "$engine"': 400 read, 395 written, 5 rejected to rejects'
        cmp want-rejects rejects
        rm result
        try spread -p votes -b $b -r rejects --max-rejects 4 -o result 'a\t.jsonl' b.jsonl
        fails 1 '*more than 4 bad records'
    done
    try spread -p votes -r rejects --max-rejects 5 -o result 'a\t.jsonl' b.jsonl
    gives 0 "$engine"': 400 read, 395 written, 5 rejected to rejects'
    try spread --map 'csv2tsv -E $REJECTS' -k a -r rejects -o result <(:)
    gives 2 '*: not a file or directory'
    printf 'a,b\n1,2\n3\n' > x.csv
    printf 'a,b\n1\n' > y.csv
    try spread --map 'csv2tsv -E $REJECTS' -k a -r rejects -o result x.csv y.csv
    gives 0 "$engine"': 3 read, 1 written, 2 rejected to rejects'
    [ "$(cut -f 1,2 rejects)" = $'file\tline\nx.csv\t3\ny.csv\t2' ]
    try spread --map 'csv2tsv -E' -r rejects -o result x.csv
    gives 2 "$engine"': -r requires $REJECTS in the map*'
}

needs_commands_that_read_all() {
    votes 1 1000 > votes.jsonl
    try spread --map 'jsonl2tsv -E Id | head -n 3' -k Id -o result votes.jsonl
    fails 3 "$engine"': votes.jsonl: a program was killed, did not read its input, or wrote no end mark (-E)'
    try spread --map 'jsonl2tsv -E Id' --merge 'head -n 3' -o result votes.jsonl
    fails 3 "$engine"': a program was killed, did not read its input, or wrote no end mark (-E)'
    try spread --map 'none -E Id' -k Id -o result votes.jsonl
    fails 2 "$engine"': votes.jsonl: *none: *not found'
    try spread --map 'jsonl2tsv -E Id' -k Id --reduce 'dedup | none' -o result votes.jsonl
    fails 2 "$engine"': part 000?: *none: *not found'
}

refuses_a_file_that_changes() {
    votes 1 1000 > votes.jsonl
    try spread --map 'jsonl2tsv -E Id; touch "$(readlink input)"' -o result votes.jsonl
    fails 3 "$engine"': votes.jsonl: the file changed while it was read'
}

replaces_no_input() {
    votes 1 3 > votes.jsonl
    ln votes.jsonl same
    mkfifo pipe
    for option in -o '-o result -r'; do
        # shellcheck disable=SC2086 # words are meant
        for file in pipe . /dev/null; do
            try spread -p votes $option $file votes.jsonl
            fails 2 "$engine: $file: not a regular file"
        done
        # shellcheck disable=SC2086 # words are meant
        try spread -p votes $option same votes.jsonl
        fails 2 "$engine"': same: would overwrite an input'
    done
}

# A task writes files where it finds the tables: a table of such a name was overwritten.
keeps_tables() {
    votes 1 3 > votes.jsonl
    mkdir dir
    for name in input header out rejects said 'done' failed 0000 9999; do
        echo table > "dir/$name"
        try spread -p votes -f "dir/$name" -o result votes.jsonl
        fails 2 "$engine: dir/$name: a table cannot have this name; rename it*"
        [ "$(cat "dir/$name")" = table ]
    done
    echo table > table
    ln table other
    try spread -p votes -f table -o other votes.jsonl
    fails 2 "$engine: other: would overwrite a table"
    try spread -p votes -f table -o result -r other votes.jsonl
    fails 2 "$engine: other: would overwrite a table"
    [ "$(cat table)" = table ]
    try spread -p votes -o result -r ./result votes.jsonl
    fails 2 "$engine: result: the rejects would overwrite the result"
}

expands_no_names() {
    votes 1 1000 > votes.jsonl
    one_machine votes votes.jsonl > want-records
    mkdir 'a$(touch PWNED)b' other
    TMPDIR="$PWD/a\$(touch PWNED)b" try spread -p votes -o result votes.jsonl
    gives 0 ''
    CDPATH=other:.:/tmp TMPDIR='a$(touch PWNED)b' try spread -p votes -o 'a$(touch PWNED)b/result' votes.jsonl
    gives 0 ''
    cmp result want-records
    cd 'a$(touch PWNED)b'
    cmp result ../want-records
    TMPDIR=. spread -p votes -o result ../votes.jsonl
    cmp result ../want-records
    rm result
    cd ..
    [ -z "$(find . -name PWNED)" ]
    rmdir 'a$(touch PWNED)b'
}

finds_outliers() {
    gzip -dc "$ROOT/t/data/votes.jsonl.gz" > votes.jsonl
    for arguments in '' '-n 1' '-n 7 -b 1M' '-n 50 -b 500K'; do
        same votes "$arguments" votes.jsonl
        [ "$(wc -l < result)" -eq 163 ]
    done
    outliers_of_all=$(cat result)
    try spread -p votes -o result "$ROOT/t/data/votes.jsonl.gz"
    [ "$(cat result)" = "$outliers_of_all" ]
}

names_the_bad_record() {
    votes 1 1000 > good
    { cat good && echo '{"Id":"x"' && cat good; } > bad
    try spread -p votes -b 10K -o result good bad
    fails 1 'jsonl2tsv: bad: line 1001: byte 10: unexpected end of line'
    echo '{"Id":"x"' | gzip > bad.gz
    try spread -p votes -o result bad.gz
    fails 1 'jsonl2tsv: bad.gz: line 1: byte 10: unexpected end of line'
    { cat good && echo '{"Id":"x","CreationDate":"2021-02-29"}'; } > bad
    try spread -p votes -n 1 -o result bad
    fails 1 "$engine"': part 0000: weekagg: line 1002: column CreationDate: "2021-02-29" is not a time'
    printf 'a;b\n1;2\n3\n' > bad.csv
    try spread --map 'csv2tsv -E -d ";" | dedup' -k a -o result bad.csv
    fails 1 'csv2tsv: bad.csv: line 3: *'
    printf 'a;b\n1;2\n' > bad.csv
    try spread --map 'csv2tsv -E -d ";" | pick c' -k a -o result bad.csv
    fails 2 "$engine"': bad.csv: pick: *c*'
    { cat good && printf '\\!\tzcat\tcut off\n'; } > bad
    try spread -p votes -o result good bad
    fails 1 'jsonl2tsv: bad: input failed: cut off'
}

explains_wrong_usage() {
    votes 1 3 > votes.jsonl
    mkfifo pipe
    mkdir none
    for file in pipe /dev/null missing; do
        try spread -p votes -o result "$file"
        fails 2 "$engine: $file: not a file or directory"
    done
    try spread -p votes -o result none
    fails 2 "$engine"': none: no .csv, .jsonl or .tsv files, plain or packed'
    try spread -p votes -o result
    fails 2 "$engine: expected at least one INPUT or DIRECTORY (try '$engine --help')"
    try spread -p votes votes.jsonl
    fails 2 "$engine"': expected -o FILE*'
    try spread -o result votes.jsonl
    fails 2 "$engine"': expected --map or -p*'
    try spread -p vote -o result votes.jsonl
    fails 2 "$engine"': vote: no such plan; there are: comments sales sessions votes*'
    for arguments in '-n 0' '-n x' '-n 10001' '-n -1' '-b 0' '-b x' '--max-rejects -1'; do
        # shellcheck disable=SC2086 # words are meant
        try spread -p votes -r x $arguments -o result votes.jsonl
        fails 2 "$engine: ${arguments% *} must be a *"
    done
    try spread -p votes --max-rejects 1 -o result votes.jsonl
    fails 2 "$engine"': --max-rejects requires -r*'
    try spread --map x --reduce y -o result votes.jsonl
    fails 2 "$engine"': --reduce requires -k*'
    try spread --none
    fails 2 "$engine"': unknown option --none*'
    chmod 0 votes.jsonl
    try unprivileged spread -p votes -o result votes.jsonl
    [ "$status" -eq 3 ]
}

fails_if_a_program_is_killed() {
    votes 1 1000 > votes.jsonl
    mkdir stub
    for name in jsonl2tsv tsvsplit tsvcat dedup weekagg outliers; do
        # Prints its first lines, as if it were done.
        printf '#!/bin/sh\n%s "$@" | head -n 5\nkill -9 $$\n' "$(command -v $name)" > stub/$name
        chmod +x stub/$name
        PATH=$PWD/stub:$PATH try spread -p votes -b 20K -o result votes.jsonl
        fails 3 '*a program was killed, did not read its input, or wrote no end mark (-E)'
        rm stub/$name
    done
}

matches_columns_by_name() {
    printf 'a,b\n1,2\n' > x.csv
    printf 'b,a\n4,3\n' > y.csv
    printf 'a,c\n1,2\n' > z.csv
    printf 'a\n1\n' > one.csv
    for key in '' '-k a -n 2 --merge dedup'; do
        # shellcheck disable=SC2086 # words are meant
        try spread --map 'csv2tsv -E' $key -o result x.csv y.csv
        gives 0 ''
        [ "$(sort result)" = $'1\t2\n3\t4\na\tb' ]
        rm result
        for file in z one; do
            # shellcheck disable=SC2086 # words are meant
            try spread --map 'csv2tsv -E' $key -o result x.csv y.csv $file.csv
            fails 2 "$engine: $file.csv: the columns differ from those of x.csv"
        done
    done
}

needs_room() {
    votes 1 30 > votes.jsonl
    try spread -p votes -o none/result votes.jsonl
    gives 3 "$engine: none/result: cannot write to the directory"
    try spread -p votes -o result -r none/rejects votes.jsonl
    fails 3 "$engine: none/rejects: cannot write to the directory"
    TMPDIR=$PWD/none try spread -p votes -o result votes.jsonl
    fails 3 "*$engine: cannot create a temporary directory"
    votes 1 3000 > votes.jsonl
    try spread --map 'jsonl2tsv -E Id' -k Id --reduce 'ulimit -f 1; dedup' -n 1 -o result votes.jsonl
    fails 3 "$engine: part 0000: dedup: write error: File too large"
}

ends_on_a_signal() {
    votes 1 1000 > votes.jsonl
    "$engine" --map ': > "$(dirname "$(readlink input)")/started"; sleep 60.0625' -o result votes.jsonl > out 2> err 3>&- &
    for _ in $(seq 200); do [ ! -e started ] || break; sleep 0.02; done
    kill $!
    status=0
    wait $! || status=$?
    [ $status -eq 3 ]
    [ ! -e result ]
    for _ in $(seq 100); do pgrep -f 'sleep 60\.0625' > /dev/null || return 0; sleep 0.02; done
    return 1
}
