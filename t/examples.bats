# scripts/examples.mk: rules for the Makefiles of analysts.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    unset MAKEFLAGS MAKELEVEL # of make check
    cp "$ROOT/t/data/votes.jsonl.gz" .
    printf '%s\n' "include $ROOT/scripts/examples.mk" 'votes.tsv: PATHS = Id CreationDate' 'weeks.tsv: votes.tsv' \
        $'\tdedup -k Id < $< | weekagg -t CreationDate > $@' > Makefile
}

@test "a chain of rules from JSON Lines to a database and a picture; nothing is made twice" {
    make -s weeks.svg weeks.db
    [ "$(sqlite3 weeks.db 'SELECT sum(Count) FROM weeks')" -eq 40299 ]
    [ "$(tsvcat votes.tsv | wc -l)" -eq 40300 ]
    grep -q '<svg' weeks.svg
    try make weeks.svg weeks.db
    gives 0 '' "make:\\s'weeks.svg'\\sis\\sup\\sto\\sdate." "make:\\s'weeks.db'\\sis\\sup\\sto\\sdate."
    touch -d tomorrow weeks.tsv
    [ "$(make -n weeks.svg)" = 'chart --svg  < weeks.tsv > weeks.svg' ]
    make -s weeks.db
    [ "$(sqlite3 weeks.db 'SELECT sum(Count) FROM weeks')" -eq 40299 ]
}

@test "CSV and plain JSON Lines, with settings of their own" {
    printf 'a;b\n1;2\n' > sales.csv
    echo '{"a":1}' > x.jsonl
    printf '%s\n' 'sales.tsv: CSV = -d ";"' 'sales.db: LOAD = -k a' 'x.tsv: PATHS = a:int' >> Makefile
    make -s sales.db x.tsv
    try sqlite3 sales.db '.schema sales'
    [[ $(< out) == *'PRIMARY KEY'* ]]
    try cat x.tsv
    gives 0 '' a 1
}

@test "a page is made again when a table that it names is newer; a page that fails leaves no file" {
    printf '# Votes\n\n```weir\nweekagg Votes=sum:Count < weeks.tsv\n```\n' > page.md
    echo 'page.html: weeks.tsv' >> Makefile
    make -s page.html
    grep -q '<dd>40<span>299</span></dd>' page.html
    try make page.html
    gives 0 '' "make:\s'page.html'\sis\sup\sto\sdate."
    touch -d tomorrow weeks.tsv
    [ "$(make -n page.html)" = 'report -o page.html page.md' ]
    printf '```weir\npick nosuch < weeks.tsv\n```\n' > new.md
    try make -s new.html
    [ "$status" -eq 2 ]
    [ ! -e new.html ]
}

@test "whatever fails leaves no file behind" {
    head -c 100000 "$ROOT/t/data/votes.jsonl.gz" > votes.jsonl.gz
    try make -s weeks.svg
    [ "$status" -eq 2 ]
    [ ! -e votes.tsv ] && [ ! -e weeks.tsv ] && [ ! -e weeks.svg ]

    cp "$ROOT/t/data/votes.jsonl.gz" .
    printf '%s\n' 'killed.tsv: votes.tsv' $'\t{ head -n 100 $<; kill -9 $$BASHPID; } | weekagg -t CreationDate > $@' >> Makefile
    try make -s killed.tsv
    [ "$status" -eq 2 ]
    [ -s votes.tsv ] && [ ! -e killed.tsv ]

    printf 'a\n1\n1\n' > twice.csv
    echo 'twice.db: LOAD = -k a' >> Makefile
    try make -s twice.db
    [ "$status" -eq 2 ]
    [ ! -e twice.db ]
}
