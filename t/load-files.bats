# load-files: a job of the user's own: COMMAND FILE writes the records of each file that was not loaded before.

load helper
load postgres

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    command_is records 'csv2tsv -E -r "$1.rejects" "$1"'
    printf 'id,name\n1,ann\n2\n3,cy\n' > a.csv
    printf 'id,name\n4,dee\n1,bob\n' > b.csv
}

command_is() { # NAME COMMAND
    printf '#!/bin/sh\n%s\n' "$2" > "$1"
    chmod +x "$1"
}

# runs DATABASE: its runs, without what differs each time.
runs() {
    local sql='SELECT job, files, read, inserted, updated, ignored, rejected, status FROM weir_runs'
    case $1 in postgres*) psql -XqAt -c "$sql" ;; *) sqlite3 "$1" "$sql" ;; esac
}

@test "each file is loaded once, by its contents; its rejects stay, and count" {
    postgres_database
    for db in x.db "$(postgres_url)"; do
        try load-files -k id --ignore "$db" people ./records a.csv b.csv
        gives_bytes 0 'csv2tsv: 3 read, 2 written, 1 rejected to a.csv.rejects?csv2tsv: 2 read, 2 written, 0 rejected*' \
            'a.csv: 2 read, 2 inserted, 0 updated, 0 ignored, 0 rejected\nb.csv: 2 read, 1 inserted, 0 updated, 1 ignored, 0 rejected\n'
        cp a.csv renamed.csv
        cp a.csv.rejects before
        try load-files -k id --ignore "$db" people ./records a.csv renamed.csv
        gives_bytes 0 '' 'a.csv: already loaded\nrenamed.csv: already loaded\n'
        cmp a.csv.rejects before
        sed 's/^2$/2,bob/' a.csv > repaired.csv
        try load-files -k id --ignore "$db" people ./records repaired.csv
        gives_bytes 0 '*' 'repaired.csv: 3 read, 1 inserted, 0 updated, 2 ignored, 0 rejected\n'
        runs "$db" | diff - <(printf '%s\n' 'people|2|5|3|0|1|1|0' 'people|2|0|0|0|0|0|0' 'people|1|3|1|0|2|0|0')
    done
}

@test "--upsert, -c, --metrics; the job is the table" {
    load-files -k id x.db people ./records a.csv 2> log > out
    try load-files --metrics m.prom -k id --upsert x.db people ./records b.csv
    gives_bytes 0 '*' 'b.csv: 2 read, 1 inserted, 1 updated, 0 ignored, 0 rejected\n'
    [ "$(sqlite3 x.db 'SELECT name FROM people WHERE id = 1')" = bob ]
    grep -qxF 'weir_run_updated_rows{job="people"} 1' m.prom
    try load-files -c id:str x.db texts ./records b.csv
    [ "$(sqlite3 x.db "SELECT type FROM pragma_table_info('texts') WHERE name = 'id'")" = TEXT ]
}

@test "a file whose command fails is not loaded; the next one is, and the run says so" {
    command_is typo 'csv2tv -E "$1"'
    command_is fails 'printf "id\tname\n1\tann\n"; exit 5'
    command_is killed 'printf "id\tname\n1\tann\n"; kill -9 $$'
    command_is unmarked 'csv2tsv "$1"'
    # These were loaded: the end mark does not say that the command succeeded.
    command_is late 'csv2tsv -E "$1"; exit 1'
    command_is killed_late 'csv2tsv -E "$1"; kill -9 $$'
    try load-files x.db people ./typo a.csv
    gives 3 './typo: *csv2tv: *not found?load-files: a.csv: not loaded: the command failed with status 127'
    try load-files x.db people ./unmarked b.csv
    gives 1 'load-files: b.csv: not loaded: tsv2sqlite: the input has no end mark*'
    try load-files x.db people ./late b.csv
    gives 1 '*load-files: b.csv: not loaded: the command failed with status 1'
    for command in fails killed killed_late; do
        try load-files x.db people ./$command b.csv
        [ "$status" -eq 3 ]
        [[ $(< err) == *'load-files: b.csv: not loaded: '* ]]
    done
    [ -z "$(sqlite3 x.db "SELECT 1 FROM sqlite_schema WHERE name = 'people'")" ]
    printf 'id,id\n' > bad.csv
    try load-files x.db people ./records bad.csv b.csv
    [ "$status" -eq 1 ]
    [ "$(cat out)" = 'b.csv: 2 read, 2 inserted, 0 updated, 0 ignored, 0 rejected' ]
    runs x.db | tail -n 1 | diff - <(echo 'people|2|2|2|0|0|0|1')
}

@test "wrong usage does nothing; names may begin with a dash" {
    try load-files x.db people ./records
    gives 2 'load-files: expected DATABASE, TABLE, COMMAND and at least one FILE *'
    try load-files x.db people ./records none.csv
    gives 2 'load-files: none.csv: not a file'
    try load-files x.db people ./none a.csv
    gives 2 'load-files: ./none: not a command'
    try load-files x.db "x'y" ./records a.csv
    gives 2 "load-files: x'y: *"
    try load-files --ignore --upsert x.db people ./records a.csv
    gives 2 'load-files: --ignore and --upsert cannot be combined *'
    [ ! -e x.db ]
    cp b.csv copy.csv
    try load-files --metrics b.csv x.db people ./records b.csv # which was replaced
    gives 2 'load-files: --metrics: b.csv is not empty, and no file of --metrics *'
    cmp copy.csv b.csv
    cp b.csv -- -b.csv
    try load-files -- -x.db people ./records -b.csv
    gives_bytes 0 '*' './-b.csv: 2 read, 2 inserted, 0 updated, 0 ignored, 0 rejected\n'
    try load-files --metrics new.db new.db people ./records b.csv
    gives_bytes 3 '*load-files: new.db: cannot write the metrics' 'b.csv: 2 read, 2 inserted, 0 updated, 0 ignored, 0 rejected\n'
    [ "$(sqlite3 new.db 'SELECT count(*) > 0 FROM people')" = 1 ]
}
