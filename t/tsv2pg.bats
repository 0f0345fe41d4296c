# tsv2pg: records into a table of a PostgreSQL database, all of them or none.

load helper
load postgres
load watch

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    postgres_database
}

# sql [STATEMENT]: runs STATEMENT, or standard input, on the database of the test.
sql() {
    psql -XqAt -P null=NULL -v ON_ERROR_STOP=1 ${1+-c "$1"}
}

# has QUERY LINE...: what QUERY must print, with "|" between columns.
has() {
    diff -u --label expected --label found <(shift; [ $# -eq 0 ] || printf '%s\n' "$@") <(sql "$1")
}

# loads N [UPDATED [IGNORED]]: the summary of a load into t that inserted N.
loads() {
    echo "tsv2pg: t: $(($1 + ${2-0} + ${3-0})) read, $1 inserted, ${2-0} updated, ${3-0} ignored, 0 rejected"
}

# is_active PATTERN: true if the database runs a statement like PATTERN.
is_active() {
    [ "$(sql "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '$1'")" -ge 1 ]
}

three_rows() {
    sql "CREATE TABLE t (a integer PRIMARY KEY, b text); INSERT INTO t VALUES (1, 'x'), (2, 'y'), (3, 'z')"
}

# Prints enough records to fill all buffers.
many() {
    awk 'BEGIN { print "a\tb"; for (i = 11; i < 10010; i++) print i "\tp" }'
}

# --- what is loaded

@test "values keep their meaning: escapes, nulls, empty strings" {
    sql 'CREATE TABLE t (a integer, b text, c text, d text)'
    given_bytes 'a\tb\tc\td\n1\tx\\ty\\\\N\\n\\r\\b\\f\\v\t\\N\t\n2\t\\\\N\tü\t'"'"';DROP TABLE t;--\r\n'
    try tsv2pg t
    gives 0 "$(loads 2)"
    has 'SELECT a, b = E'"'x\\ty\\\\N\\n\\r\\b\\f' || chr(11), c, d = '' FROM t WHERE a = 1" '1|t|NULL|t'
    has 'SELECT b, c, d FROM t WHERE a = 2' "\\N|ü|';DROP TABLE t;--"
}

@test "an apostrophe may be escaped, as ClickHouse writes it: in values, names, keys and a header again" {
    given_bytes "it\\\\'s\\tq\\\\\\\\\\\\'\\n1\\t\\\\\\\\'\\nit's\\tq\\\\\\\\'\\nx\\ty\\\\'\\\\'\\n"
    try tsv2pg --create -k "it's" t
    gives 0 "tsv2pg: line 3: the record equals the header line; were files concatenated?
$(loads 3)"
    has "SELECT \"it's\", \"q\\'\" FROM t" "1|\\'" "it's|q\\'" "x|y''"
    try tsv2pg --upsert -k "it's" t
    gives 0 "*$(loads 0 3)"
}

@test "columns by name in any case and order, defaults for the others, an exact name first" {
    sql "CREATE TABLE t (a integer, \"B c\" text, d text DEFAULT 'x', e serial, \"A\" text)"
    given 'B\sC a A' 'p 1 q' '\N 2 r'
    try tsv2pg T
    gives 0 "$(loads 2)"
    has 'SELECT * FROM t' '1|p|x|1|q' '2|NULL|x|2|r'
}

@test "names are taken literally: quotes, SQL, keywords, blanks, dots, variables of psql" {
    for table in 'x"); DROP TABLE t;--' select "it's" 'My Table' 'a.b.c' ':name' '\q' '$1' ünï; do
        psql -Xq -v t="$table" -v ON_ERROR_STOP=1 <<< 'CREATE TABLE :"t" ("q""q" integer PRIMARY KEY, "it'"'"'s" text, ":a\" text);'
        given_bytes 'q"q\tit'"'"'s\t:a\\\\\n1\t2\t3\n'
        try tsv2pg "$table"
        gives 0 "tsv2pg: *: 1 read, 1 inserted, *"
        try tsv2pg --upsert -k 'q"q' --once "$table" "$table"
        gives 0 "tsv2pg: *: 1 read, 0 inserted, 1 updated*"
        try tsv2pg --replace "public.$table"
        gives 0 "tsv2pg: *: 1 read, 1 inserted, *"
    done
}

@test "a table of another schema, and of the search path" {
    sql 'CREATE SCHEMA s; CREATE TABLE s.t (a integer); CREATE TABLE s.u (a integer); CREATE TABLE t (a integer)'
    given a 1
    try tsv2pg --once x s.t
    gives 0 "$(loads 1)"
    try env PGOPTIONS='-c search_path=s' tsv2pg u
    gives 0 'tsv2pg: u: 1 read, *'
    has 'SELECT (SELECT count(*) FROM s.t), (SELECT count(*) FROM s.u), (SELECT count(*) FROM t)' '1|1|0'
    has 'SELECT id, table_name, rows FROM s.weir_loads' 'x|t|1'
    try tsv2pg u
    gives 2 'tsv2pg: table u does not exist; --create makes it'
}

@test "a database by name and by URL" {
    three_rows
    given 'a b' '4 p'
    try env -u PGDATABASE -u PGHOST tsv2pg --database "$(postgres_url)" t
    gives 0 "$(loads 1)"
    try env -u PGDATABASE tsv2pg --replace --database="$PGDATABASE" t
    gives 0 "$(loads 1)"
}

@test "times without an offset are UTC, whatever the settings of server and user" {
    sql 'CREATE TABLE t (a timestamptz, b date)'
    given 'a b' '2022-01-09 01/02/2022' '2022-01-09T02:00+02:00 2022-01-02'
    try env PGTZ=Asia/Tokyo PGDATESTYLE=German PGCLIENTENCODING=LATIN1 PGOPTIONS='-c timezone=EST' TZ=EST tsv2pg t
    gives 0 "$(loads 2)"
    has "SELECT a AT TIME ZONE 'UTC' = '2022-01-09', to_char(b, 'YYYY-MM-DD') FROM t" 't|2022-01-02' 't|2022-01-02'
}

@test "names: a byte order mark is dropped, -k takes escaped names and adds up, --once and --database are given once" {
    sql 'CREATE TABLE t ("a\t,b" integer, "\\" integer, v text, PRIMARY KEY ("a\t,b", "\\"))'
    sql 'CREATE TABLE u (E"x" integer)' 2> /dev/null || sql 'CREATE TABLE u ("x
y" integer PRIMARY KEY, v text)'
    given_bytes '\357\273\277x\\ny\tv\n1\ta\n'
    for i in 1 0; do
        try tsv2pg --upsert -k 'x\ny' u
        gives 0 "tsv2pg: u: 1 read, $i inserted, *"
    done
    given_bytes 'a\\\\t,b\t\\\\\\\\\tv\n1\t2\tx\n'
    for key in '-k 1 -k 2' '-k 1 --key=\\\\' '-k1,\\\\'; do
        # shellcheck disable=SC2086 # several options
        try tsv2pg --upsert $key t
        gives 0 'tsv2pg: t: 1 read, *'
    done
    try tsv2pg --upsert -k 1 -k '\\' t
    gives 2 'tsv2pg: --key: unknown column *; the columns are *'
    try tsv2pg --once a --once=b t
    gives 2 'tsv2pg: --once can be given only once *'
    try tsv2pg --database a --database a t
    gives 2 'tsv2pg: --database can be given only once *'
    given_bytes 'v\t\\N\n'
    try tsv2pg t
    gives 1 'tsv2pg: line 1: the name of column 2 is null'
}

@test "two columns or tables that differ by case: an exact name is needed, also by -k" {
    sql 'CREATE TABLE t ("Ab" integer PRIMARY KEY, "aB" integer); CREATE TABLE "Uu" (a integer); CREATE TABLE "uU" (a integer)'
    given ab 1
    try tsv2pg t
    gives 2 'tsv2pg: column ab is ambiguous: table t has Ab, aB'
    given 'aB Ab' '2 1'
    try tsv2pg --upsert -k AB t
    gives 2 'tsv2pg: --key: column AB is ambiguous; the columns are aB, Ab'
    try tsv2pg --upsert -k Ab t
    gives 0 "$(loads 1)"
    given a 1
    for table in uu public.uu; do
        try tsv2pg $table
        gives 2 "tsv2pg: table $table is ambiguous: public.Uu, public.uU"
    done
    try tsv2pg uU
    gives 0 'tsv2pg: uU: 1 read, *'
    has 'SELECT count(*) FROM "uU"' 1
    sql 'CREATE SCHEMA s; CREATE TABLE s.uu (a integer)'
    try env PGOPTIONS='-c search_path=s,public' tsv2pg UU
    gives 0 'tsv2pg: uu: 1 read, *'
}

@test "--help, --version, and -- before a table that looks like an option" {
    sql 'CREATE TABLE "--append" (a integer)'
    given a 1
    try tsv2pg --append -- --append
    gives 0 'tsv2pg: --append: 1 read, *'
    for option in -h --help; do
        try tsv2pg $option
        [ "$status" -eq 0 ]
        grep -q '^usage: tsv2pg ' out
    done
    try tsv2pg --version
    gives 0 '' "$(dedup --version | sed s/dedup/tsv2pg/ | sed 's/ /\\s/g')"
}

@test "a record that equals the header line is reported once" {
    sql 'CREATE TABLE t (a text, b text)'
    given 'a b' '1 2' 'a b' 'a b'
    try tsv2pg t
    gives 0 "tsv2pg: line 3: the record equals the header line; were files concatenated?
$(loads 3)"
}

# --- what is rejected

@test "values that their column would change are rejected, others are loaded" {
    sql "CREATE DOMAIN price AS numeric(6,2); CREATE TABLE t (id integer GENERATED BY DEFAULT AS IDENTITY, n numeric(6,2),
        p price, i integer, r real, f double precision, v varchar(3), c char(3), d date, t time, s timestamp, z timestamptz,
        z0 timestamptz(0), a numeric(6,2)[], w text, k interval)"
    while IFS='|' read -r column value type; do
        for mode in --append --replace; do
            given_bytes "$column\n\\\\N\n%s\n" "$value"
            try tsv2pg $mode t
            gives 1 "tsv2pg: line 3: column $column: \"${value//\\/\\\\}\" would change: the type is $type"
        done
    done << 'END'
n|1.005|numeric(6,2)
p|1.005|numeric(6,2)
n|12345e-3|numeric(6,2)
n|007|numeric(6,2)
i|007|integer
i|+7|integer
i| 7|integer
r|16777217|real
f|9007199254740993|double precision
v|abc |character varying(3)
c|abc |character(3)
d|2022-01-09T10:00|date
d|2022-01-09T00:00+02:00|date
d|today|date
t|10:00+02|time without time zone
t|2022-01-09 10:00|time without time zone
s|2022-01-09 10:00:00+02|timestamp without time zone
s|2022-01-09T10:00 EST|timestamp without time zone
z|now|timestamp with time zone
z0|2022-01-09 10:00:00.5|timestamp(0) with time zone
a|{1.5,1.005}|numeric(6,2)
k|1:00:00.0000001|interval
END
    while IFS='|' read -r column value stored; do
        given_bytes "$column\n%s\n" "$value"
        try tsv2pg --replace t
        gives 0 "$(loads 1)"
        has "SELECT $column FROM t" "$stored"
    done << 'END'
n|1.500|1.50
n|1234e-2|12.34
n|-0.0|0.00
n|NaN|NaN
p|\N|NULL
i|-7|-7
r|0.1|0.1
r|16777216|1.6777216e+07
f|0.30000000000000004|0.30000000000000004
v|ab |ab 
v|üüü|üüü
w|007 |007 
d|2022-01-09T00:00:00Z|09/01/2022
s|2022-01-09T10:00:00Z|09/01/2022 10:00:00
s|2022-01-09 10:00 PM|09/01/2022 22:00:00
a|{1.50,NULL}|{1.50,NULL}
k|1 day|1 day
END
}

@test "random values: those that the server would change are rejected, those that it keeps are not" {
    python3 "$ROOT/t/lib/random_typed_values.py" 7 500 | sort -u > values
    {
        echo 'CREATE TABLE v (word text, keeps text, kind text, value text, floats text); COPY v FROM STDIN;'
        cat values
        echo '\.'
        cat << 'SQL'
SET TimeZone = 'UTC';
SET DateStyle = 'ISO, MDY';
CREATE FUNCTION changed(word text, kind text, value text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE stored text;
BEGIN
    EXECUTE format('SELECT %L::%s::text', value, kind) INTO stored;
    RETURN CASE word WHEN 'number' THEN stored::numeric <> value::numeric WHEN 'length' THEN stored <> value
        ELSE stored::timestamptz <> value::timestamptz END;
EXCEPTION WHEN data_exception THEN RETURN NULL; -- the server refuses it
END $$;
COPY (
    SELECT word, keeps, kind, value, coalesce(floats, changed(word, kind, value)::text)
    FROM (SELECT word, keeps, kind, value, nullif(floats, '') FROM v) AS v (word, keeps, kind, value, floats)
) TO STDOUT;
SQL
    } | sql > all
    grep -v '\\N$' all | sed 's/true$/t/; s/false$/f/' > want
    [ "$(wc -l < want)" -gt 2000 ]
    awk -F '\t' -f "$ROOT/scripts/lib/tsv2pg_rules.awk" -f <(
        echo '{ print $1, $2, $3, $4, changes($1, $2, $4) ? "t" : "f" }'
    ) OFS='\t' want | diff want -
}

@test "times finer than microseconds are cut off, not rounded into the next second or week" {
    sql 'CREATE TABLE t (a timestamptz, b timestamp, c time)'
    given 'a b c' '2022-01-09T23:59:59.9999999Z 2022-01-09T23:59:59.99999999 23:59:59.9999999'
    try tsv2pg t
    gives 0 "$(loads 1)"
    has "SELECT extract(epoch FROM a), extract(epoch FROM b), c FROM t" '1641772799.999999|1641772799.999999|23:59:59.999999'
}

@test "nothing is loaded from a broken input, in any mode" {
    three_rows
    while IFS='|' read -r records words; do
        for mode in --append --replace --ignore '--upsert -k a'; do
            given_bytes "$records"
            # shellcheck disable=SC2086 # several options
            try tsv2pg -E $mode t
            gives 1 "tsv2pg: $words"
        done
    done << 'END'
|no header line
\\.\n|no header line
a\tb\n4\tp\n|the input has no end mark: it is not complete
a\tb\n4\tp\n5\n\\.\n|line 3: missing data for column "b"
a\tb\n4\tp\n5\tp\tq\n\\.\n|line 3: extra data after last expected column
a\tb\n4\tp\n5\t\\q\n\\.\n|line 3: byte 3: invalid escape
a\tb\n4\tp\n5\tab\\\n\\.\n|line 3: byte 5: invalid escape
a\tb\n4\tp\n5\t\\101\n\\.\n|line 3: byte 3: invalid escape
a\tb\n4\tp\n5\tx\\N\n\\.\n|line 3: byte 4: invalid escape
a\tb\n4\tp\n5\t\\t\\N\n\\.\n|line 3: byte 5: invalid escape
a\tb\n4\tp\n5\t\\Nx\n\\.\n|line 3: byte 3: invalid escape
a\tb\n4\tp\n5\tx\ry\n\\.\n|line 3: byte 4: carriage return not before LF: write it as *
a\tb\n4\tp\n5\tx\000y\n\\.\n|line 3: byte 4: NUL byte
a\tb\n4\tp\n5\tx\377y\n\\.\n|line 3: invalid byte sequence for encoding "UTF8": 0xff
a\tb\n4\tp\n\\.\n5\tq\n|line 4: data after the end mark
a\tb\n4\tp\n\\!\tjsonl2tsv\tline 17: bad\n|input failed: line 17: bad
a\tb\n4\tp\n\\.\n\\!\tjsonl2tsv\tline 17: bad\n|input failed: line 17: bad
a\tb\n4\tp\nx\tq\n\\.\n|line 3: column a: invalid input syntax for type integer: "x"
a\ta\n4\tp\n\\.\n|line 1: duplicate column a
END
    has 'SELECT * FROM t' '1|x' '2|y' '3|z'
}

@test "violations of constraints have a line number, and their data are shortened and printable" {
    sql "CREATE TABLE t (a text PRIMARY KEY, b integer NOT NULL CHECK (b > 0), c varchar(3))"
    given 'a b c' '1 1 x' '1 1 x'
    try tsv2pg t
    gives 1 'tsv2pg: line 3: duplicate key value violates unique constraint "t_pkey": Key (a)=(1) already exists.'
    given 'a b c' '1 1 x' '\n\e 1 x' '\n\e 1 x'
    printf 'a\tb\n1\t1\n\\n\033\t1\n\\n\033\t1\n' > in
    try tsv2pg t
    gives 1 'tsv2pg: line 4: duplicate key value violates unique constraint "t_pkey": Key (a)=(\\x0A\\x1B) already exists.'
    printf 'a\tb\n%0100d\t1\n%0100d\t1\n' 7 7 > in
    try tsv2pg t
    gives 1 "tsv2pg: line 3: duplicate key value violates unique constraint \"t_pkey\": Key (a)=($(printf %060d 0)...) already exists."
    given 'a b c' '1 -1 x'
    try tsv2pg t
    gives 1 'tsv2pg: line 2: new row for relation "t" violates check constraint "t_b_check": Failing row contains (1, -1, x).'
    given 'a b c' '1 \N x'
    try tsv2pg t
    gives 1 'tsv2pg: line 2: null value in column "b" of relation "t" violates not-null constraint: *'
    given 'a b c' '1 1 long'
    try tsv2pg t
    gives 1 'tsv2pg: line 2: column c: value too long for type character varying(3)'
    has 'SELECT * FROM t'
}

@test "an error inside of a value or a trigger has its line and column, whatever the table is called" {
    for table in t 'a, b 7' 'COPY x, line 9'; do
        psql -Xq -v t="$table" -v ON_ERROR_STOP=1 << 'END'
CREATE TABLE :"t" (id integer PRIMARY KEY, j json, n integer);
CREATE OR REPLACE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN IF NEW.n = 3 THEN RAISE EXCEPTION ''no % here'', NEW.n; END IF; RETURN NEW; END';
END
        given 'id j n' '1 {} 1' '2 {"a":x} 1'
        for mode in --append --ignore '--upsert -k id'; do
            # shellcheck disable=SC2086 # several options
            try tsv2pg $mode "$table"
            gives 1 'tsv2pg: line 3: column j: invalid input syntax for type json: Token "x" is invalid.'
        done
        psql -Xq -v t="$table" <<< 'CREATE TRIGGER f BEFORE INSERT ON :"t" FOR EACH ROW EXECUTE FUNCTION f();'
        given 'id j n' '1 {} 1' '2 {} 3'
        try tsv2pg "$table"
        gives 1 'tsv2pg: line 3: no 3 here'
    done
}

@test "the words of the server are printable: controls, marks of direction, other bytes than UTF-8" {
    sql 'CREATE TABLE t (a text)'
    given_bytes 'x\033[31m\302\233\342\200\256ü\n1\n'
    try tsv2pg t
    gives 2 'tsv2pg: table t has no column x\\x1B\[31m\\xC2\\x9B\\xE2\\x80\\xAEü; it has a'
    try tsv2pg --database $'no\nthing\a' t
    gives 3 'tsv2pg: connection to server *database "no\\x0Athing\\x07" does not exist'
}

@test "tables, columns and keys that do not match: 2" {
    sql 'CREATE TABLE t (a integer PRIMARY KEY, b text, g integer GENERATED ALWAYS AS (a) STORED); CREATE VIEW v AS TABLE t;
        CREATE TABLE u (a integer)'
    given 'a x' '1 2'
    try tsv2pg t
    gives 2 'tsv2pg: table t has no column x; it has a, b, g'
    try tsv2pg nothing
    gives 2 'tsv2pg: table nothing does not exist; --create makes it'
    try tsv2pg v
    gives 2 'tsv2pg: v is not a table'
    given 'a g' '1 2'
    try tsv2pg t
    gives 2 'tsv2pg: column g is generated; remove it from the input'
    given 'a A' '1 2'
    try tsv2pg t
    gives 2 'tsv2pg: duplicate column a in the header, as a, A'
    given 'a b' '1 2'
    try tsv2pg --upsert -k b t
    gives 2 'tsv2pg: --key: table t has no primary key or unique index on these columns'
    try tsv2pg --ignore -k c t
    gives 2 'tsv2pg: --key: unknown column c; the columns are a, b'
    given a 1
    try tsv2pg --ignore u
    gives 2 'tsv2pg: --ignore requires a unique key, and table u has none'
    for arguments in '' 't u' '--upsert t' '--append --replace t' '--bogus t' '-k' 't --once'; do
        # shellcheck disable=SC2086 # several arguments
        try tsv2pg $arguments
        gives 2 "tsv2pg: * (try 'tsv2pg --help')"
    done
}

@test "an unreachable server, a missing database, a role without privileges: 3 and one line" {
    three_rows
    sql "CREATE ROLE nobody_$BATS_TEST_NUMBER LOGIN"
    given 'a b' '4 p'
    try env PGHOST=/nowhere tsv2pg t
    gives 3 'tsv2pg: connection to server on socket "/nowhere/.s.PGSQL.5432" failed: No such file or directory'
    try tsv2pg --database nothing t
    gives 3 'tsv2pg: connection to server * failed: FATAL:  database "nothing" does not exist'
    for mode in --append --replace --ignore; do
        try env PGUSER="nobody_$BATS_TEST_NUMBER" tsv2pg $mode t
        gives 3 'tsv2pg: permission denied for table t'
    done
    has 'SELECT count(*) FROM t' 3
}

@test "a backend that dies in the middle: 3, nothing loaded" {
    three_rows
    mkfifo pipe
    tsv2pg --replace t < pipe 2> err &
    loader=$!
    exec 9> pipe
    many >&9
    wait_for is_active 'COPY%'
    sql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'COPY%' AND datname = current_database()"
    lines '5 p' >&9
    exec 9>&-
    status=0
    wait $loader || status=$?
    [ $status -eq 3 ] || { cat err && return 1; }
    [ "$(wc -l < err)" -eq 1 ]
    grep '^tsv2pg: .*terminat' err
    has 'SELECT count(*) FROM t' 3
}

@test "SIGTERM: nothing loaded" {
    three_rows
    mkfifo pipe
    tsv2pg t < pipe 2> err &
    loader=$!
    exec 9> pipe
    many >&9
    wait_for is_active 'COPY%'
    kill -TERM $loader
    status=0
    wait $loader || status=$?
    [ $status -eq 143 ]
    (lines '5 p') >&9 || :
    exec 9>&-
    has 'SELECT count(*) FROM t' 3
}

@test "a signal after the last record: nothing loaded, no files left" {
    three_rows
    mkdir tmp
    export TMPDIR=$PWD/tmp
    for signal in TERM INT HUP; do
        coproc psql -Xq
        echo 'BEGIN; LOCK TABLE t; SELECT 1;' >&"${COPROC[1]}"
        read -r _ <&"${COPROC[0]}"
        locker=$COPROC_PID to=${COPROC[1]}
        lines 'a b' '4 p' > in
        # Signals are ignored in background jobs of a script.
        python3 -c 'import os, signal, sys
for s in signal.SIGINT, signal.SIGHUP: signal.signal(s, signal.SIG_DFL)
os.execvp(sys.argv[1], sys.argv[1:])' tsv2pg --ignore t < in 2> err &
        loader=$!
        wait_for is_active 'INSERT%'
        sleep 0.1
        kill -$signal $loader
        status=0
        wait $loader || status=$?
        echo "$signal: $status"
        [ $status -eq $((128 + $(kill -l $signal))) ]
        [ -z "$(ls tmp)" ]
        eval "exec $to>&-"
        wait "$locker" || :
    done
    has 'SELECT count(*) FROM t' 3
}

# --- modes

@test "--ignore and --upsert hide neither the table from triggers and checks, nor the names of its columns" {
    sql "CREATE TABLE total (sum integer);
        CREATE FUNCTION add_up() RETURNS trigger LANGUAGE plpgsql AS
            'BEGIN DELETE FROM total; INSERT INTO total SELECT sum(n) FROM t; RETURN NULL; END';
        CREATE TABLE t (id integer PRIMARY KEY, n integer, room integer, lone integer, chosen integer, old integer,
            staged integer, updated integer, merged integer, is_new integer);
        INSERT INTO t VALUES (1, 10, 7);
        CREATE FUNCTION is_free(integer) RETURNS boolean LANGUAGE sql AS 'SELECT NOT EXISTS (SELECT FROM t WHERE room = \$1)';
        ALTER TABLE t ADD CONSTRAINT is_free CHECK (is_free(room)) NOT VALID;
        CREATE TRIGGER add_up AFTER INSERT OR UPDATE ON t EXECUTE FUNCTION add_up()"
    n=1
    for mode in --append --ignore '--upsert -k id'; do
        n=$((n + 1))
        given 'id n room lone chosen old staged updated merged is_new' "$n 5 $((n + 20)) 1 2 3 4 5 6 7"
        # shellcheck disable=SC2086 # several options
        try tsv2pg $mode t
        gives 0 "$(loads 1)"
        has 'TABLE total' $((5 * n + 5))
        given 'id n room' '9 5 7'
        # shellcheck disable=SC2086 # several options
        try tsv2pg $mode t
        gives 1 'tsv2pg: *new row for relation "t" violates check constraint "is_free": *'
    done
    has 'SELECT * FROM t WHERE id = 4' '4|5|24|1|2|3|4|5|6|7'
}

@test "--ignore and --upsert of rows that exist need no column of the table that the input lacks" {
    for partitions in '' 'PARTITION BY HASH (a)'; do
        sql "CREATE TABLE t (a integer PRIMARY KEY, b integer, c text NOT NULL, d integer DEFAULT 0 CHECK (d > b)) $partitions"
        [ -z "$partitions" ] || sql 'CREATE TABLE part PARTITION OF t FOR VALUES WITH (MODULUS 1, REMAINDER 0)'
        sql "INSERT INTO t VALUES (1, 1, 'x', 9), (2, 2, 'y', 9)"
        given 'a b' '2 3' '1 4' '1 5'
        for mode in --ignore '--ignore -k a'; do
            # shellcheck disable=SC2086 # several options
            try tsv2pg $mode t
            gives 0 "$(loads 0 0 3)"
        done
        try tsv2pg --upsert -k a t
        gives 0 "$(loads 0 3)"
        has 'SELECT * FROM t ORDER BY a' '1|5|x|9' '2|3|y|9'
        given 'a b' '2 9'
        try tsv2pg --upsert -k a t
        gives 1 'tsv2pg: new row for relation "*" violates check constraint "t_check": *'
        given 'a b' '2 3' '3 3'
        for mode in --ignore '--ignore -k a' '--upsert -k a'; do
            # shellcheck disable=SC2086 # several options
            try tsv2pg $mode t
            gives 1 'tsv2pg: null value in column "c" of relation "*" violates not-null constraint: *'
        done
        sql 'DROP TABLE t'
    done
}

@test "keys are equal as the index says: collations without case, NULLS NOT DISTINCT" {
    sql "CREATE COLLATION nocase (PROVIDER = icu, LOCALE = 'und-u-ks-level2', DETERMINISTIC = false);
        CREATE TABLE one (k text COLLATE nocase PRIMARY KEY, v integer, w integer);
        CREATE TABLE two (k text, v integer, w integer); CREATE UNIQUE INDEX ON two (k COLLATE nocase)"
    for table in one two; do
        given 'k v' 'a 1' 'A 2' 'b 3'
        try tsv2pg --upsert -k k $table
        gives 0 "tsv2pg: $table: 3 read, 2 inserted, 1 updated, *"
        given 'k v' 'B 4' 'c 5' 'C 6'
        try tsv2pg --ignore -k k $table
        gives 0 "tsv2pg: $table: 3 read, 1 inserted, 0 updated, 2 ignored, *"
        try tsv2pg --upsert -k k $table
        gives 0 "tsv2pg: $table: 3 read, 0 inserted, 3 updated, *"
        has "SELECT k, v FROM $table ORDER BY v" 'A|2' 'b|4' 'c|6'
    done
    sql 'CREATE TABLE t (k integer, l integer, v text, UNIQUE NULLS NOT DISTINCT (k, l))'
    given 'k l v' '\N 1 a' '\N 1 b' '1 \N c' '2 2 d'
    try tsv2pg --upsert -k k,l t
    gives 0 "$(loads 3 1)"
    given 'k l v' '\N 1 e' '1 \N f' '1 \N g' '3 \N h'
    try tsv2pg --ignore -k k,l t
    gives 0 "$(loads 1 0 3)"
    try tsv2pg --upsert -k k,l t
    gives 0 "$(loads 0 4)"
    has 'SELECT * FROM t ORDER BY k, l' '1|NULL|g' '2|2|d' '3|NULL|h' 'NULL|1|e'
}

@test "loads at once, of the same keys in any order, do not wait for each other in a circle" {
    sql 'CREATE TABLE t (a integer PRIMARY KEY, b integer UNIQUE)'
    seq 1 20000 | awk 'BEGIN { print "a\tb" } { print $1 "\t" 20001 - $1 }' > up
    { head -n 1 up; tail -n +2 up | tac; } > down
    for mode in --ignore '--ignore -k a' '--upsert -k a'; do
        sql 'DELETE FROM t'
        for file in up down up down; do
            n=$((n + 1))
            # shellcheck disable=SC2086 # several options
            { tsv2pg $mode t < $file; echo $?; } > "$file.$n" 2>&1 &
        done
        wait
        cat up.* down.*
        [ "$(cat up.* down.* | grep -c '^0$')" -eq 4 ]
        [ "$(cat up.* down.* | grep -c ' 20000 read, 20000 inserted')" -eq 1 ]
        rm up.* down.*
        has 'SELECT count(*), count(DISTINCT b) FROM t' '20000|20000'
    done
}

@test "--replace replaces all rows; deferrable references are checked at the end" {
    three_rows
    sql 'CREATE TABLE u (a integer REFERENCES t DEFERRABLE); INSERT INTO u VALUES (1)'
    given 'a b' '7 p' '8 q'
    try tsv2pg --replace t
    gives 1 'tsv2pg: update or delete on table "t" violates foreign key constraint "u_a_fkey" on table "u": *'
    given 'a b' '7 p' '1 q'
    try tsv2pg --replace t
    gives 0 "$(loads 2)"
    has 'SELECT * FROM t' '7|p' '1|q'
}

@test "--ignore keeps existing rows, and hides no other violation" {
    sql 'CREATE TABLE t (a integer PRIMARY KEY, b integer UNIQUE, c integer CHECK (c > 0)); INSERT INTO t VALUES (1, 1, 1)'
    given 'a b c' '1 2 2' '2 1 2' '2 2 2' '2 3 3'
    try tsv2pg --ignore t
    gives 0 "$(loads 1 0 3)"
    has 'SELECT * FROM t' '1|1|1' '2|2|2'
    given 'a b c' '1 9 9' '3 1 9'
    try tsv2pg --ignore -k a t
    gives 1 'tsv2pg: duplicate key value violates unique constraint "t_b_key": Key (b)=(1) already exists.'
    given 'a b c' '1 9 9' '3 3 0'
    try tsv2pg --ignore t
    gives 1 'tsv2pg: line 3: new row for relation "t" violates check constraint "t_c_check": *'
}

@test "--upsert inserts or updates the given columns, with exact counts; the last record of a key counts" {
    for partitions in '' 'PARTITION BY HASH (a)'; do
        sql "CREATE TABLE t (a integer, b integer, c text, d text DEFAULT 'd', PRIMARY KEY (a, b)) $partitions"
        [ -z "$partitions" ] || sql 'CREATE TABLE part PARTITION OF t FOR VALUES WITH (MODULUS 1, REMAINDER 0)'
        sql "INSERT INTO t VALUES (1, 1, 'x', 'y')"
        given 'c b a' 'p 1 1' 'q 2 1' 'r 2 1' 's 1 2'
        try tsv2pg --upsert -k a,b t
        gives 0 "$(loads 2 2)"
        has 'SELECT * FROM t ORDER BY a, b' '1|1|p|y' '1|2|r|d' '2|1|s|d'
        given 'a b' '1 1' '5 5'
        try tsv2pg --upsert -k b,1 t
        gives 0 "$(loads 1 0 1)"
        sql 'DROP TABLE t'
    done
    sql 'CREATE TABLE t (k integer UNIQUE, v text)'
    given 'k v' '\N a' '\N b' '1 a' '1 b'
    try tsv2pg --upsert -k k t
    gives 0 "$(loads 3 1)"
    has 'SELECT * FROM t ORDER BY k, v' '1|b' 'NULL|a' 'NULL|b'
}

@test "--once: a load is done once for an ID and a table, and recorded" {
    three_rows
    given 'a b' '4 p'
    try tsv2pg --once "june '22" t
    gives 0 "$(loads 1)"
    try tsv2pg --once "june '22" T
    gives 0 "tsv2pg: t: load june '22 was done before"
    has 'SELECT id, table_name, rows FROM weir_loads' "june '22|t|1"
    given 'a b' '5 p' '5 q'
    try tsv2pg --once july t
    gives 1 'tsv2pg: line 3: *'
    given 'a b' '5 p'
    try tsv2pg --replace --once july t
    gives 0 "$(loads 1)"
    try tsv2pg --replace --once july t
    gives 0 'tsv2pg: t: load july was done before'
    has 'SELECT id FROM weir_loads' july
    tsv2pg --replace t < in
    has 'SELECT id FROM weir_loads'
}

@test "--once does not wait for the input of a load that was done, nor do two at once both load" {
    three_rows
    given 'a b' '4 p'
    mkfifo pipe
    tsv2pg --once x t < pipe 2> err &
    first=$!
    exec 9> pipe
    many >&9
    wait_for is_active 'COPY%'
    tsv2pg --once x t < in 2> err2 9>&- &
    second=$!
    sleep 0.3
    exec 9>&-
    wait $first
    wait $second
    grep -x "$(loads 9999)" err
    grep -x 'tsv2pg: t: load x was done before' err2
    exec 9<> pipe
    timeout 10 tsv2pg --once x t < pipe 2> err 9>&-
    grep 'was done before' err
}

# --- votes

@test "the tables of all jobs can be created by several at once" {
    export PGOPTIONS='-c client_min_messages=warning'
    for _ in 1 2 3 4 5 6; do
        sql < "$ROOT/sql/postgres/votes.sql" && sql < "$ROOT/sql/postgres/outlier_weeks.sql" &&
            sql < "$ROOT/sql/postgres/sessions.sql" && sql < "$ROOT/sql/postgres/comments.sql" &&
            sql < "$ROOT/sql/postgres/daily_user_counts.sql" && echo ok &
    done > said 2>&1
    wait
    [ "$(cat said)" = "$(printf '%s\n' ok ok ok ok ok ok)" ] || { cat said && return 1; }
}

@test "votes: the real file is loaded once, and its weeks are those of the programs" {
    sql < "$ROOT/sql/postgres/votes.sql"
    sql < "$ROOT/sql/postgres/votes.sql"
    sql < "$ROOT/sql/postgres/outlier_weeks.sql"
    for id in x x y; do
        gzip -dc "$ROOT/t/data/votes.jsonl.gz" |
            jsonl2tsv -E 'Id:int!' 'PostId:int!' 'VoteTypeId:int!' 'CreationDate:time!' UserId:int BountyAmount:int |
            tsv2pg -E --ignore -k Id --once "$id" blog_analysis.votes
    done 2> err
    diff - err << 'END'
tsv2pg: votes: 40299 read, 40299 inserted, 0 updated, 0 ignored, 0 rejected
tsv2pg: votes: load x was done before
tsv2pg: votes: 40299 read, 0 inserted, 0 updated, 40299 ignored, 0 rejected
END
    gzip -dc "$ROOT/t/data/votes.jsonl.gz" | jsonl2tsv CreationDate | weekagg -t CreationDate | outliers | tail -n +2 |
        tr '\t' '|' > want
    [ -s want ]
    sql 'TABLE blog_analysis.outlier_weeks' | diff want -
}

@test "votes: the first of each Id, also where dates differ; weeks around New Year" {
    sql < "$ROOT/sql/postgres/votes.sql"
    sql < "$ROOT/sql/postgres/outlier_weeks.sql"
    given 'Id PostId VoteTypeId CreationDate' '1 7 2 2022-01-09' '1 7 2 2023-01-09' '2 7 2 2022-01-02T01:00+02:00'
    try tsv2pg --ignore -k Id blog_analysis.votes
    gives 0 'tsv2pg: votes: 3 read, 2 inserted, 0 updated, 1 ignored, 0 rejected'
    try tsv2pg --ignore -k Id blog_analysis.votes
    gives 0 'tsv2pg: votes: 3 read, 0 inserted, 0 updated, 3 ignored, 0 rejected'
    has "SELECT id, tableoid::regclass FROM blog_analysis.votes ORDER BY id" '1|blog_analysis.votes_2022' \
        '2|blog_analysis.votes_2022'
    sql 'DELETE FROM blog_analysis.votes'
    awk 'BEGIN { print "Id\tPostId\tVoteTypeId\tCreationDate"; for (d = 0; d < 7000; d++) for (i = 0; i <= d % 7 % 3; i++)
        print ++n "\t1\t1\t" d }' | python3 -c 'if True:
        import sys, datetime
        for line in sys.stdin:
            head, _, day = line.rstrip("\n").rpartition("\t")
            print(head, day if day[0] == "C" else datetime.date(2007, 12, 25) + datetime.timedelta(int(day)), sep="\t")' > in
    try tsv2pg blog_analysis.votes
    weekagg -t CreationDate < in | outliers | tail -n +2 | tr '\t' '|' > want
    [ "$(wc -l < want)" -gt 20 ]
    sql 'TABLE blog_analysis.outlier_weeks' | diff want -
}

# --- --create

# type_of COLUMN: its type in the table t.
types() {
    sql "SELECT string_agg(attname || ' ' || format_type(atttypid, atttypmod) || CASE WHEN attnotnull THEN ' not null' ELSE '' END,
        ', ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = '${1-t}'::regclass AND attnum > 0"
}

@test "--create: a new table has the types that the records show, and keeps every digit" {
    given 'i n x s t e big z' '1 0.10 1 a 2022-01-09 \N 9223372036854775807 007' '-9223372036854775808 1e3 1.5 5 2022-01-10 \N -5 1' \
        '\N -12345678901234567890.123 \N  \N \N \N 2'
    try tsv2pg --create t
    gives 0 "$(loads 3)"
    [ "$(types)" = 'i bigint, n numeric, x numeric, s text, t text, e text, big bigint, z text' ]
    has 'SELECT * FROM t' '1|0.10|1|a|2022-01-09|NULL|9223372036854775807|007' \
        '-9223372036854775808|1000|1.5|5|2022-01-10|NULL|-5|1' 'NULL|-12345678901234567890.123|NULL||NULL|NULL|NULL|2'
    given 'a b c' '9223372036854775808 1e999 1e1000' '1 1 1'
    try tsv2pg --create u
    [ "$status" -eq 0 ]
    [ "$(types u)" = 'a numeric, b numeric, c text' ]
    given 'a b'
    try tsv2pg --create v
    gives 0 'tsv2pg: v: 0 read, 0 inserted, 0 updated, 0 ignored, 0 rejected'
    [ "$(types v)" = 'a text, b text' ]
}

@test "--create -c declares, by name or number; -k makes the primary key" {
    given 'id v w x y z' '1 2 true 2022-01-09T10:00:00+02:00 {"a":1} 3' '2 \N \N \N \N \N'
    try tsv2pg --create -c v:num,3:bool -cx:time --types=y:json -c z:str -k id t
    gives 0 "$(loads 2)"
    [ "$(types)" = 'id bigint not null, v numeric, w boolean, x timestamp with time zone, y json, z text' ]
    has 'SELECT x, y FROM t WHERE id = 1' '09/01/2022 13:30:00 IST|{"a":1}'
    has "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 't'::regclass AND contype = 'p'" 'PRIMARY KEY (id)'
    try tsv2pg --create --upsert -k id t
    gives 0 "$(loads 0 2)"
    given 'a b' '1 x' '1 y' '1 x'
    try tsv2pg --create --ignore -k b,1 two
    gives 0 'tsv2pg: two: 3 read, 2 inserted, 0 updated, 1 ignored, 0 rejected'
    has "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'two'::regclass AND contype = 'p'" 'PRIMARY KEY (b, a)'
    given 'a_id b_id n x_id' '1 2 3 4'
    try tsv2pg --create -k '*_id,!x_id' -c '*_id:num,x_id:str,3:str' lists
    gives 0 'tsv2pg: lists: 1 read, 1 inserted, 0 updated, 0 ignored, 0 rejected'
    [ "$(types lists)" = 'a_id numeric not null, b_id numeric not null, n text, x_id text' ]
    has "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'lists'::regclass AND contype = 'p'" \
        'PRIMARY KEY (a_id, b_id)'
    for key in 1-2 '!3,!x*' '*_id,!4'; do
        try tsv2pg --upsert -k "$key" lists
        gives 0 'tsv2pg: lists: 1 read, 0 inserted, 1 updated, 0 ignored, 0 rejected'
    done
    for key in '*z' '!*' '3-2' '2-9'; do
        try tsv2pg --upsert -k "$key" lists
        gives 2 'tsv2pg: --key: unknown column *; the columns are a_id, b_id, n, x_id'
    done
    try tsv2pg --create -c 'a*:int,*_id:num' t
    gives 2 'tsv2pg: --types: duplicate column a_id'
    given 'a' '1' '1'
    try tsv2pg --create -k a three
    gives 1 'tsv2pg: line 3: duplicate key value violates unique constraint "three_pkey": Key (a)=(1) already exists.'
    given 'a' '1' '\N'
    try tsv2pg --create -k a three
    gives 1 'tsv2pg: line 3: null value in column "a" of relation "three" violates not-null constraint*'
    has "SELECT to_regclass('three')" NULL
}

@test "--create: a later value that does not fit rolls back, and the message says how to declare the column" {
    for case in '1|x|str|invalid input syntax for type bigint: "x"' '1|1.5|num|invalid input syntax for type bigint: "1.5"' \
        '1|007|str|"007" would change: the type is bigint' '1.5|y|str|invalid input syntax for type numeric: "y"' \
        '1|9223372036854775808|num|value "9223372036854775808" is out of range for type bigint'; do
        IFS='|' read -r first later type reason <<< "$case"
        { echo v; yes "$first" | head -n 10000; echo "$later"; } > in
        try tsv2pg --create t
        gives 1 "tsv2pg: line 10002: column v: $reason; declare -c v:$type"
        has "SELECT to_regclass('t')" NULL
        try tsv2pg --create -c "v:$type" t
        gives 0 "$(loads 10001)"
        sql 'DROP TABLE t'
    done
    { echo v; yes 1 | head -n 9999; echo 1.5; } > in
    try tsv2pg --create t
    gives 0 "$(loads 10000)"
    [ "$(types)" = 'v numeric' ]
    sql 'DROP TABLE t'
    { printf 'v\tw\n'; for _ in 1 2 3; do printf '1\t%s\n' "$(head -c 4000000 /dev/zero | tr '\0' x)"; done; printf 'x\ty\n'; } > in
    try tsv2pg --create t
    gives 1 'tsv2pg: line 5: column v: invalid input syntax for type bigint: "x"; declare -c v:str'
    given 'v w' '1 x' '2 y'
    try tsv2pg --create -c v:bool,w:time t
    gives 1 'tsv2pg: line 2: column w: invalid input syntax for type timestamp with time zone: "x"'
}

@test "--create uses a table that exists as it is, whatever its types" {
    sql 'CREATE TABLE t (a text, b integer DEFAULT 7)'
    given 'a' '1'
    try tsv2pg --create -c a:int -k a t
    gives 2 'tsv2pg: --key: table t has no primary key or unique index on these columns'
    try tsv2pg --create -c a:int t
    gives 0 "$(loads 1)"
    has 'SELECT * FROM t' '1|7'
    given 'b' 'x'
    try tsv2pg --create t
    gives 1 'tsv2pg: line 2: column b: invalid input syntax for type integer: "x"'
    given 'c' 'x'
    try tsv2pg --create t
    gives 2 'tsv2pg: table t has no column c; it has a, b'
    sql 'CREATE VIEW w AS SELECT 1 AS a'
    try tsv2pg --create w
    gives 2 'tsv2pg: w is not a table'
}

@test "--create: names are taken literally; a schema and a dot come first" {
    given_bytes 'q"q\tit'"'"'s\t:a\\\\\tx\\ty\tselect\tÜ\n1\t2\t3\t4\t5\t6\n'
    for table in 'x"); DROP TABLE t;--' select "it's" 'My Table' 'a.b.c' ':name' '\q' '$1' ünï; do
        try tsv2pg --create -k "it's" "$table"
        gives 0 "tsv2pg: $(sed 's/[][*?\\]/\\&/g' <<< "$table"): 1 read, 1 inserted, 0 updated, 0 ignored, 0 rejected"
        has "SELECT count(*) FROM pg_class WHERE relname = \$name\$$table\$name\$" 1
    done
    has "SELECT string_agg(attname, '|' ORDER BY attnum) FROM pg_attribute WHERE attrelid = 'ünï'::regclass AND attnum > 0" \
        "q\"q|it's|:a\\|x	y|select|Ü"
    sql 'CREATE SCHEMA "S s"; CREATE SCHEMA pub'
    given 'a' '1'
    try tsv2pg --create 'S s.t'
    [ "$status" -eq 0 ]
    try tsv2pg --create --once x pub.t.u
    [ "$status" -eq 0 ]
    has 'SELECT * FROM "S s".t' 1
    has 'SELECT * FROM pub."t.u"' 1
    has 'SELECT table_name FROM pub.weir_loads' t.u
    PGOPTIONS='-c search_path=nowhere' try tsv2pg --create t
    gives 2 'tsv2pg: table t does not exist'
}

@test "--create: wrong options and names are usage errors, and make no table" {
    given 'a b' '1 x'
    try tsv2pg t
    gives 2 'tsv2pg: table t does not exist; --create makes it'
    try tsv2pg -c a:int t
    gives 2 'tsv2pg: --types requires --create: a table that exists has its types (try*'
    for types in a a:integer :int a:int,b a:int,,b:str; do
        try tsv2pg --create -c "$types" t
        gives 2 'tsv2pg: --types: *: the type must be one of int, num, bool, time, str, json (try*'
    done
    try tsv2pg --create -c c:int t
    gives 2 'tsv2pg: --types: unknown column c; the columns are a, b'
    try tsv2pg --create -c a:int,1:num t
    gives 2 'tsv2pg: --types: duplicate column a'
    try tsv2pg --create -k c t
    gives 2 'tsv2pg: --key: unknown column c; the columns are a, b'
    given 'a ' '1 x'
    try tsv2pg --create t
    gives 2 'tsv2pg: column 2 needs a name in a table'
    given ''
    try tsv2pg --create t
    gives 2 'tsv2pg: column 1 needs a name in a table'
    for header in 'a b a' 'a \N'; do
        given "$header"
        try tsv2pg --create t
        [ "$status" -eq 1 ]
        [[ $(cat err) == 'tsv2pg: line 1: '* ]]
    done
    given
    try tsv2pg --create t
    gives 1 'tsv2pg: no header line'
    given 'a' '1' '\q'
    try tsv2pg --create t
    gives 1 'tsv2pg: line 3: byte 1: invalid escape'
    given 'a' '1' '\! dedup why'
    try tsv2pg --create t
    gives 1 'tsv2pg: input failed: why'
    given 'a' '1'
    try tsv2pg --create -E t
    gives 1 'tsv2pg: the input has no end mark: it is not complete'
    given 'a b' '1 2' '1'
    try tsv2pg --create t
    gives 1 'tsv2pg: line 3: missing data for column "b"*'
    has "SELECT to_regclass('t')" NULL
    given 'a' '1' '\.'
    try tsv2pg --create -E t
    gives 0 "$(loads 1)"
}

@test "--create: two at once make one table and both load; a log of a table that is gone is forgotten" {
    given 'a' '1' '2'
    for _ in 1 2 3; do tsv2pg --create t < in 2>> said & done
    wait
    [ "$(sort -u said)" = "$(loads 2)" ]
    has 'SELECT count(*) FROM t' 6
    sql 'DROP TABLE t'
    try tsv2pg --create --once x t
    gives 0 "$(loads 2)"
    try tsv2pg --create --once x t
    gives 0 'tsv2pg: t: load x was done before'
    sql 'DROP TABLE t'
    try tsv2pg --create --once x t
    gives 0 "$(loads 2)"
}

@test "a person who watches sees how far it is, if it reads a file" {
    sql 'CREATE TABLE t (a int)'
    { echo a && seq 100000; } > in.tsv
    hold() { sql 'BEGIN; LOCK TABLE t; SELECT pg_sleep(2)' > /dev/null & sleep 0.2; }
    hold
    watch 'tsv2pg t < in.tsv'
    is_bar 'tsv2pg: [ 0-9]{3}%  \[=*> *\]  [0-9.]+ MB/s  ([0-9]:[0-9][0-9] left|finishing)'
    [ "$(< out)" = "$(loads 100000)" ]
    hold
    watch 'cat in.tsv | tsv2pg t'
    [ -z "$bars" ]
    [ "$status" -eq 0 ]
    hold
    watch -e ^C@0.8 'exec tsv2pg t < in.tsv'
    [ -n "$bars" ]
    gives 130 ''
    has 'SELECT count(*) FROM t' 200000
}

@test "--stats FILE appends the record of a run, as programs do" {
    sql 'CREATE TABLE t (a int PRIMARY KEY, b text)'
    given 'a b' '1 x' '2 y'
    try tsv2pg --stats s.tsv --once first t
    gives 0 "$(loads 2)"
    dedup --stats d.tsv < in > out
    [ "$(head -n 1 s.tsv)" = "$(head -n 1 d.tsv)" ]
    last() { # STATUS BYTES READ WRITTEN
        tsvcat s.tsv | tail -n 1 | cut -f 2,3,8- | diff - <(lines "tsv2pg $1 $2 0 $3 $4 0")
    }
    last 0 12 2 2
    try tsv2pg --stats=s.tsv --once first t
    last 0 12 0 0
    try sh -c 'cat in | tsv2pg --upsert -k a --stats s.tsv t'
    gives 0 "$(loads 0 2)"
    last 0 '\N' 2 2
    given 'a b' 'x x'
    try tsv2pg --stats s.tsv t
    [ "$status" -eq 1 ]
    last 1 8 '\N' 0
    try tsv2pg --stats s.tsv none
    [ "$status" -eq 2 ]
    last 2 8 '\N' 0
    try tsv2pg --stats s.tsv t t
    [ "$(wc -l < s.tsv)" -eq 6 ]
    tsvcat s.tsv | where 'Seconds:num>0' 'Seconds:num<60' 'User:num>=0' 'System:num>=0' 'Started~^20[-0-9]*T[:0-9]*$' | wc -l | grep -x 6
    dedup --stats s.tsv < in > out # shares the file
    tsvcat s.tsv | pick Program | tail -n 2 | diff - <(printf '%s\n' tsv2pg dedup)
}

@test "--stats: a file that is something else, or cannot be written" {
    sql 'CREATE TABLE t (a int)'
    given a 1
    try tsv2pg --stats no/s.tsv t
    gives 3 'tsv2pg: no/s.tsv: cannot write the file'
    cp in copy
    try tsv2pg --stats copy t
    gives 2 'tsv2pg: --stats: copy is not empty, and no file of --stats (try*'
    cmp in copy
    : > empty
    try sh -c 'tsv2pg --stats empty t < empty'
    gives 2 'tsv2pg: --stats: empty is already in use (try*'
    try tsv2pg --stats s --stats s t
    gives 2 'tsv2pg: --stats can be given only once*'
    has 'SELECT count(*) FROM t' 0
    try tsv2pg --stats /dev/full t
    gives 0 "$(loads 1)"$'\ntsv2pg: write error: /dev/full'
}
