# render-sql: SQL for one environment from a template and its settings, all of it or nothing. What the shipped ones make
# is applied to a real server.

load helper
load postgres

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    printf '%s\n' schema=blog table=votes > ./env
}

# template LINE...: the template ./in.sql.
template() {
    printf '%s\n' "$@" > in.sql
}

@test "every variable is replaced; all other bytes are kept" {
    template '-- {{schema}}: "{{schema}}"."{{table}}" {{table}}{{table}}' '' 'SELECT '\''$HOME `id` \n & \\ {x} } {'\'';' \
        $'\t{{schema}}} ü \xff\r'
    try render-sql ./env ./in.sql
    gives_bytes 0 '' '%s\n' '-- blog: "blog"."votes" votesvotes' '' 'SELECT '\''$HOME `id` \n & \\ {x} } {'\'';' \
        $'\tblog} ü \xff\r'
}

@test "files without a last LF; settings with comments and blank lines; empty files" {
    printf '# a = b\n\n \t\nschema=blog\n  # c\ntable=_9' > ./env
    printf 'SELECT * FROM {{schema}}.{{table}}' > in.sql
    try render-sql ./env ./in.sql
    gives_bytes 0 '' 'SELECT * FROM blog._9\n'
    : > ./env
    printf 'SELECT 1;\n' > in.sql
    try render-sql ./env ./in.sql
    gives_bytes 0 '' 'SELECT 1;\n'
    : > in.sql
    try render-sql ./env ./in.sql
    gives 0 ''
}

@test "a setting that the template does not use is ignored" {
    template '{{table}}'
    try render-sql ./env ./in.sql
    gives_bytes 0 '' 'votes\n'
}

@test "a variable without a setting: an error with its line, and nothing is printed" {
    template '{{schema}}' '{{schema}}.{{tables}}'
    try render-sql ./env ./in.sql
    gives 1 'render-sql: ./in.sql: line 2: {{tables}} is not set in ./env'
    HOME=/x table=y try env tables=z render-sql ./env ./in.sql
    gives 1 '*{{tables}} is not set*'
}

@test "{{ and }} without a variable" {
    for line in '{{table' '{{table}' '{{}}' '{{ table }}' '{{Table}}' '{{1}}' '{{ta{{ble}}' '{{{table}}}' '{{table}} {{' \
        '{{schema.table}}' '{{$table}}' '{{table;}}'; do
        template ok "$line"
        try render-sql ./env ./in.sql
        gives 1 'render-sql: ./in.sql: line 2: {{ without a variable; expected {{name}}'
    done
    for line in 'table}}' '{{table}} }}' '{table}}' '}}' '{{table}}}}' '}}{{table}}'; do
        template ok "$line"
        try render-sql ./env ./in.sql
        gives 1 'render-sql: ./in.sql: line 2: }} without a variable; expected {{name}}'
    done
    template '{{ta' 'ble}}'
    try render-sql ./env ./in.sql
    gives 1 '*line 1: {{ without*'
}

@test "values that are not names, used or not" {
    template 'SELECT 1;'
    for value in '' 'Votes' '1votes' 'a b' ' a' 'a ' 'a.b' 'a-b' '"a"' "'a'" 'a;DROP TABLE x' 'a--' '$(id)' '`id`' '${HOME}' \
        $'a\r' 'ü' 'a=b' '{{schema}}' '%s' 'a\nb' 'é'; do
        printf 'schema=blog\ntable=%s\n' "$value" > ./env
        try render-sql ./env ./in.sql
        gives 1 'render-sql: ./env: line 2: the value of table must be a name of a-z, 0-9 and _'
    done
}

@test "a value has at most 63 bytes" {
    template '{{table}}'
    long=$(printf '%063d' 0 | tr 0 a)
    printf 'table=%s\n' "$long" > ./env
    try render-sql ./env ./in.sql
    gives 0 '' "$long"
    printf 'table=%sa\n' "$long" > ./env
    try render-sql ./env ./in.sql
    gives 1 '*the value of table must have at most 63 bytes'
}

@test "lines that are not settings" {
    template 'SELECT 1;'
    for line in 'table' 'table votes' '=votes' ' table=votes' 'table =votes' 'Table=votes' '1=votes' 'export table=votes' \
        'ta-ble=votes' '; table=votes' $'\xef\xbb\xbftable=votes'; do
        printf '# first\n%s\n' "$line" > ./env
        try render-sql ./env ./in.sql
        gives 1 'render-sql: ./env: line 2: expected NAME=VALUE with a NAME of a-z, 0-9 and _'
    done
}

@test "a duplicate setting" {
    template '{{table}}'
    printf 'table=a\ntable=a\n' > ./env
    try render-sql ./env ./in.sql
    gives 1 'render-sql: ./env: line 2: duplicate setting table'
}

@test "nothing is run" {
    template '{{table}} $(touch ran) `touch ran`'
    printf '# $(touch ran)\ntable=$(touch ran)\n' > ./env
    try render-sql ./env ./in.sql
    gives 1 '*'
    printf 'table=a\n' > ./env
    try render-sql ./env ./in.sql
    gives_bytes 0 '' 'a $(touch ran) `touch ran`\n'
    [ ! -e ran ]
}

@test "-o: the file is complete, or unchanged" {
    template '{{table}}' '{{schema}}'
    umask 027
    try render-sql -o out.sql ./env ./in.sql
    gives 0 ''
    [ "$(cat out.sql)" = $'votes\nblog' ]
    [ "$(stat -c %a out.sql)" = 640 ]
    template '{{table}}' '{{oops}}'
    try render-sql -o out.sql ./env ./in.sql
    gives 1 '*{{oops}} is not set*'
    [ "$(cat out.sql)" = $'votes\nblog' ]
    try render-sql -o new.sql ./env ./in.sql
    gives 1 '*'
    template '{{schema}}'
    try render-sql -oout.sql ./env ./in.sql
    gives 0 ''
    [ "$(cat out.sql)" = blog ]
    run ! compgen -G '*.sql?*'
    [ ! -e new.sql ]
}

@test "-o: names that begin with a dash or have blanks; only regular files are replaced" {
    template '{{table}}'
    try render-sql -o '-o file' ./env ./in.sql
    gives 0 ''
    [ "$(cat ./'-o file')" = votes ]
    mkdir dir
    mkfifo fifo
    for out in dir fifo /dev/null; do
        try render-sql -o $out ./env ./in.sql
        gives 2 "render-sql: $out: not a regular file"
    done
    [ -c /dev/null ]
    [ -p fifo ]
    [ -z "$(ls dir)" ]
}

@test "if awk is killed, there is no file and the status is 3" {
    template '{{table}}'
    mkdir bin
    printf '#!/bin/sh\necho half\nkill -9 $$\n' > bin/awk
    chmod +x bin/awk
    PATH=$PWD/bin:$PATH try render-sql -o out.sql ./env ./in.sql
    gives 3 '*'
    [ ! -e out.sql ]
    run ! compgen -G 'out.sql*'
}

@test "a file that cannot be written: status 3" {
    template '{{table}}'
    try sh -c 'render-sql ./env ./in.sql > /dev/full'
    gives 3 '*'
    try render-sql -o no/dir/out.sql ./env ./in.sql
    gives 3 '*'
    mkdir full
    ln -s /dev/full out.sql
    try render-sql -o out.sql ./env ./in.sql
    gives 2 '*not a regular file'
}

@test "environments and templates by name; an unknown name lists the known ones" {
    template '{{table}}'
    try render-sql dev ./in.sql
    gives_bytes 0 '' 'daily_user_counts\n'
    try render-sql ./env users.sql
    gives 1 '*users.sql: line *: {{database}} is not set in ./env'
    try render-sql test ./in.sql
    gives 2 'render-sql: test: unknown environment; must be a path with a slash or one of dev, prod, tst'
    try render-sql dev in.sql
    gives 2 'render-sql: in.sql: unknown template; must be a path with a slash or one of users.sql'
    try render-sql ./dev users.sql
    gives 2 'render-sql: ./dev: no such environment'
    try render-sql dev ./users.sql
    gives 2 'render-sql: ./users.sql: no such template'
    try render-sql dev ./
    gives 2 'render-sql: ./: no such template'
    mkdir -p 'a=b/x y'
    cp env in.sql 'a=b/x y'
    try render-sql 'a=b/x y/env' 'a=b/x y/in.sql'
    gives_bytes 0 '' 'votes\n'
}

@test "wrong usage" {
    template '{{table}}'
    for operands in '' dev 'dev a b' '-x dev users.sql' '-o' '-o out.sql' '-o out.sql dev'; do
        # shellcheck disable=SC2086 # to be split
        try render-sql $operands
        gives 2 "render-sql: * (try 'render-sql --help')"
    done
    [ ! -e out.sql ]
    try render-sql --help
    gives_bytes 0 '' '%s\n' "$(sed -n '2,/^# usage/s/^# //p' "$ROOT/scripts/render-sql")"
    try render-sql -- ./env ./in.sql
    gives_bytes 0 '' 'votes\n'
}

@test "it works when installed" {
    make -s -C "$ROOT" -o all B="${WEIR_BUILD:-$ROOT/build}" install DESTDIR= PREFIX="$PWD/my weir"
    for env in dev tst prod; do
        './my weir/bin/render-sql' $env users.sql > installed
        render-sql $env users.sql | cmp - installed
    done
}

@test "dev, tst and prod differ only in their names" {
    for env in dev tst prod; do
        try render-sql -o $env.sql $env users.sql
        gives 0 ''
        run ! grep '[{}]' $env.sql
        sed "s/users_$env/users_ENV/g" $env.sql > $env.same
    done
    run ! cmp dev.sql tst.sql
    cmp dev.same tst.same
    cmp dev.same prod.same
}

@test "dev, tst and prod on one server, each run twice: each has its own roles and table" {
    postgres_database
    for env in dev tst prod dev tst prod; do
        render-sql -o $env.sql $env users.sql
        psql -Xq -d postgres -f $env.sql
    done
    for env in dev tst prod; do
        PGDATABASE=users_$env
        export PGDATABASE
        # The job finds the table without its schema, and no one else owns it.
        psql -XqU users_${env}_job -v ON_ERROR_STOP=1 << 'END'
INSERT INTO daily_user_counts VALUES (2020, 9, 7, NULL, 6), (2020, 9, 8, 4, 2), (2020, 9, 9, 8.5, 15);
TRUNCATE daily_user_counts;
INSERT INTO daily_user_counts VALUES (2020, 9, 7, NULL, 6);
END
        run -0 psql -XqAtU users_${env}_reader -c 'TABLE users.daily_user_counts'
        [ "$output" = '2020|9|7||6' ]
        for statement in 'DELETE FROM users.daily_user_counts' 'CREATE TABLE users.t ()' \
            'INSERT INTO users.daily_user_counts VALUES (2020, 9, 8, NULL, 6)'; do
            run ! psql -XqU users_${env}_reader -c "$statement"
            [[ $output == *'permission denied'* ]]
        done
    done
    run ! psql -XqU users_dev_reader -d users_prod -c 'TABLE users.daily_user_counts'
    [[ $output == *'permission denied'* ]]
    run ! psql -XqU users_tst_job -d users_prod -c 'INSERT INTO users.daily_user_counts VALUES (1, 1, 1, 1, 1)'
    [[ $output == *'permission denied'* ]]

    # The table refuses days that do not exist, a day twice and no visits; running the SQL again keeps the rows.
    for values in '2023, 2, 29, 1, 1' '2023, 13, 1, 1, 1' '2020, 9, 7, 1, 1' '2023, 1, 1, 1, 0' 'NULL, 1, 1, 1, 1'; do
        run ! psql -Xqd users_dev -c "INSERT INTO users.daily_user_counts VALUES ($values)"
    done
    psql -Xqd users_dev -f dev.sql
    run -0 psql -XqAtd users_dev -c 'TABLE users.daily_user_counts'
    [ "$output" = '2020|9|7||6' ]
}

@test "SQL keywords as names, and the longest names" {
    postgres_database
    long=$(printf '%060d' 0 | tr 0 a)
    printf '%s\n' database=table role=select reader=where schema=group table=user > words
    printf '%s\n' "database=d$long" "role=r$long" "reader=q$long" "schema=s$long" "table=t$long" > long
    for env in words long; do
        render-sql -o $env.sql ./$env users.sql
        psql -Xqd postgres -f $env.sql
        psql -Xqd postgres -f $env.sql
    done
    psql -XqU select -d table -c 'INSERT INTO "user" VALUES (2020, 9, 7, NULL, 6)'
    psql -XqU "q$long" -d "d$long" -c "SELECT year, month, day, observed, count FROM s$long.t$long"
}

@test "-o neither writes through a link that waits for it nor over its own input" {
    printf 'SELECT {{schema}};\n' > in.sql
    printf 'schema=users\n' > settings
    echo precious > victim
    # A shell with the process id that render-sql will have: exec keeps it.
    try sh -c 'ln -s victim out.sql.$$ && exec render-sql -o out.sql ./settings ./in.sql'
    gives 0 ''
    [ "$(cat victim)" = precious ]
    [ "$(cat out.sql)" = 'SELECT users;' ]
    for file in settings in.sql; do
        try render-sql -o $file ./settings ./in.sql
        gives 2 "render-sql: $file: would overwrite the input"
    done
    mkdir dir
    umask 027
    render-sql -o dir/-x.sql ./settings ./in.sql
    [ "$(stat -c %a dir/-x.sql)" = 640 ]
    [ "$(ls -A dir)" = -x.sql ]
}
