# sqlite2tsv: what a query selects from an SQLite database.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    : > x.db
}

sql() {
    sqlite3 x.db "$1"
}

# The last try stopped with STATUS and MESSAGE, which is also in the failure mark unless it is a usage error.
stopped() { # STATUS MESSAGE
    # shellcheck disable=SC2053 # a pattern is meant
    if [ "$status" -ne "$1" ] || [[ $(cat err) != sqlite2tsv:\ $2 ]]; then
        echo "status $status: $(cat err)"
        return 1
    fi
    [ "$1" -eq 2 ] || [[ $(tail -n 1 out) == '\!	sqlite2tsv	'* ]]
    [ "$1" -ne 2 ] || [ ! -s out ]
}

# --- values

@test "integers, real numbers, text and nulls; the header has the names of the columns" {
    sql "CREATE TABLE t (i INTEGER, r REAL, s TEXT); INSERT INTO t VALUES (1, 0.1, 'x'), (-9223372036854775808, 2, ''),
        (9223372036854775807, 1e300, NULL), (NULL, NULL, 'é')"
    try sqlite2tsv x.db 'SELECT i, r, s, i AS "" FROM t'
    gives 0 '' 'i r s ' '1 0.1 x 1' '-9223372036854775808 2.0  -9223372036854775808' \
        '9223372036854775807 1e+300 \N 9223372036854775807' '\N \N é \N'
}

@test "text and names are escaped, and text that looks like null or a mark is not one" {
    try sqlite2tsv x.db "SELECT char(9, 10, 13, 92, 34) AS \"a$(printf '\t')\\\", '\\N' AS \"\\N\", '\\.' AS b"
    gives_bytes 0 '' 'a\\t\\\\\t\\\\N\tb\n\\t\\n\\r\\\\"\t\\\\N\t\\\\.\n'
}

@test "real numbers have the fewest digits that read back, and are not integers" {
    try sqlite2tsv -N x.db "VALUES (0.1), (0.1 + 0.2), (1.0), (100000.0), (1e15), (1e23), (-1.5), (5e-324), (1.7976931348623157e308),
        (2.2250738585072014e-308), (123456789012345680.0), (1e-5), (3.0e-5), (1/3.0)"
    gives 0 '' 0.1 0.30000000000000004 1.0 100000.0 1e+15 1e+23 -1.5 5e-324 1.7976931348623157e+308 \
        2.2250738585072014e-308 1.2345678901234568e+17 1e-05 3e-05 0.3333333333333333
}

@test "random tables: the same values as Python's sqlite3 module, and tsv2sqlite loads them again" {
    python3 "$ROOT/t/lib/query_results.py" 60
}

@test "a blob, an infinite number, a NUL and invalid UTF-8 are bad data, with row and column" {
    check() { # EXPRESSION REASON
        try sqlite2tsv x.db "SELECT 1 AS a, 'x' AS b UNION ALL SELECT 2, $1"
        stopped 1 "row 2: column b: $2"
        [ "$(head -n 2 out)" = $'a\tb\n1\tx' ]
    }
    check "x'00'" 'the value is a blob; select hex() of it, or cast it to text'
    check "zeroblob(0)" 'the value is a blob; select hex() of it, or cast it to text'
    check '9e999' 'the number is infinite'
    check '-9e999' 'the number is infinite'
    check "'a' || char(0) || 'b'" 'the text has a NUL byte'
    check "CAST(x'ff' AS TEXT)" 'the text is not valid UTF-8'
    check "CAST(x'eda080' AS TEXT)" 'the text is not valid UTF-8'
    check "CAST(x'c3' AS TEXT)" 'the text is not valid UTF-8'
    # A name comes from the file, too.
    python3 -c '
import sqlite3
db = sqlite3.connect("x.db")
db.execute("CREATE TABLE t (abc)")
db.execute("PRAGMA writable_schema = 1")
db.execute("UPDATE sqlite_schema SET sql = CAST(replace(CAST(sql AS BLOB), CAST(\"abc\" AS BLOB), x\"ff\") AS TEXT)".replace("\"", chr(39)))
db.commit()'
    try sqlite2tsv x.db 'SELECT * FROM t'
    stopped 1 'the name of column 1 is not valid UTF-8'
}

@test "-r: bad rows are rejected, by their number" {
    sql "CREATE TABLE t (a, b); INSERT INTO t VALUES (1, 'x'), (2, x'00'), (9e999, 3), (4, 'y')"
    try sqlite2tsv -r rejects x.db 'SELECT a, b, a FROM t' -N
    gives 0 'sqlite2tsv: 4 read, 2 written, 2 rejected to rejects' '1 x 1' '4 y 4'
    diff - rejects << 'END_OF_REJECTS'
line	reason	record
2	column b: the value is a blob; select hex() of it, or cast it to text	2\t
3	column a: the number is infinite	
END_OF_REJECTS
    try sqlite2tsv -r rejects --max-rejects 1 x.db 'SELECT a, b FROM t'
    stopped 1 'line 3: column a: the number is infinite; more than 1 bad records'
}

@test "--max-line: a longer row is bad, as no program reads it" {
    try sqlite2tsv --max-line 4 x.db "SELECT 'abc' AS a, '' AS b UNION ALL SELECT 'abcd', ''"
    stopped 1 'row 2: longer than 4 bytes'
    try sqlite2tsv --max-line 4 -r rejects x.db "SELECT 'abcd' AS a, '' AS b UNION ALL SELECT 1, 2"
    gives 0 'sqlite2tsv: 2 read, 1 written, 1 rejected to rejects' 'a b' '1 2'
    [ "$(tail -n 1 rejects)" = $'1\tlonger than 4 bytes\tabcd' ]
}

@test "two columns of the same name are a usage error that says what to do; not under -N" {
    try sqlite2tsv x.db 'SELECT 1 AS a, 2 AS b, 3 AS a'
    stopped 2 "columns 1 and 3 are both called a; rename one with AS (try *"
    try sqlite2tsv -N x.db 'SELECT 1 AS a, 2 AS b, 3 AS a'
    gives 0 '' '1 2 3'
}

# --- SQL

@test "SQL is an operand or standard input, of any size; comments and a semicolon may follow it" {
    given_bytes '\357\273\277-- a comment\r\nSELECT 1 AS a,\r\n\n  2 AS b;;\n/* the end */\n -- really'
    try sqlite2tsv x.db
    gives 0 '' 'a b' '1 2'
    try sqlite2tsv x.db 'SELECT 3 AS c'
    gives 0 '' c 3
    { echo "SELECT '"; head -c 900000 /dev/zero | tr '\0' x; echo "' AS a"; } > in
    try sqlite2tsv -N x.db
    gives_bytes 0 '' '\\n%s\n' "$(head -c 900000 /dev/zero | tr '\0' x)"
    given_bytes 'SELECT 1\0 AS a'
    try sqlite2tsv x.db
    stopped 2 'NUL byte in the SQL (try *'
    given
    try sqlite2tsv x.db
    stopped 2 'no SQL statement (try *'
    for operands in '' 'x.db SELECT 1'; do
        # shellcheck disable=SC2086 # words are meant
        try sqlite2tsv $operands
        stopped 2 'expected DATABASE, and SQL as one operand or on standard input (try *'
    done
    run -3 --separate-stderr bash -c 'sqlite2tsv x.db <&-'
    # shellcheck disable=SC2154 # run sets it
    [ "$stderr" = 'sqlite2tsv: read error: Bad file descriptor' ]
    run -3 --separate-stderr bash -c 'sqlite2tsv x.db < /'
    [ "$stderr" = 'sqlite2tsv: read error: Is a directory' ]
}

@test "SQL that is wrong is a usage error in SQLite's words, before anything is written" {
    sql 'CREATE TABLE t (a)'
    for case in 'SELEC 1|near "SELEC": syntax error' 'SELECT b FROM t|no such column: b' 'SELECT 1 FROM u|no such table: u' \
        'SELECT "a b" FROM t|no such column: a b' 'SELECT f(1)|no such function: f'; do
        try sqlite2tsv x.db "${case%%|*}"
        stopped 2 "x.db: ${case#*|} (try *"
    done
    for blank in '' ' ;' '-- SELECT 1' '/* SELECT 1 */'; do
        try sqlite2tsv x.db -- "$blank"
        stopped 2 'no SQL statement (try *'
    done
    try sqlite2tsv x.db 'SELECT 1; SELECT 2'
    stopped 2 'more than one SQL statement (try *'
}

@test "only a statement that returns columns and changes nothing runs" {
    sql 'CREATE TABLE t (a); INSERT INTO t VALUES (1)'
    cp x.db old.db
    for statement in 'DELETE FROM t' 'DELETE FROM t RETURNING a' "ATTACH 'y.db' AS y" 'CREATE TABLE u (a)' BEGIN 'DROP TABLE t' \
        "VACUUM INTO 'y.db'" 'PRAGMA user_version = 5' 'PRAGMA journal_mode = WAL' 'INSERT INTO t SELECT 2' \
        'WITH x AS (SELECT 2) INSERT INTO t SELECT * FROM x RETURNING a'; do
        try sqlite2tsv x.db "$statement"
        stopped 2 'the SQL statement must return columns and change nothing, as SELECT does (try *'
        cmp x.db old.db
        [ ! -e y.db ]
    done
    try sqlite2tsv x.db 'SELECT name, type FROM pragma_table_info('"'t'"')'
    gives 0 '' 'name type' 'a '
    try sqlite2tsv x.db 'WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 3) SELECT i FROM n'
    gives 0 '' i 1 2 3
}

@test "-p binds a value as a number if SQLite prints it like that, else as text; \\N as NULL" {
    try sqlite2tsv -N x.db "SELECT :a, typeof(:a), typeof(@b), typeof(\$c), typeof(:d), typeof(:e), typeof(:f), typeof(:g),
        :h, length(:h)" -p a=1 -p b=-1.5 -p c=01 -p d=1e5 -p 'e=\N' -p f= -p g=99999999999999999999 -p 'h=a\tb=c'
    gives 0 '' '1 integer real text text null text text a\tb=c 5'
    sql "CREATE TABLE t (i INTEGER, s TEXT); INSERT INTO t VALUES (1, '1.50'), (2, '2'), (3, '''; DROP TABLE t; --')"
    try sqlite2tsv -N x.db 'SELECT i FROM t WHERE s = :s LIMIT :n' -p s=1.50 -p n=5
    gives 0 '' 1
    try sqlite2tsv -N x.db 'SELECT i FROM t WHERE s = :s' --parameter s=2
    gives 0 '' 2
    try sqlite2tsv -N x.db 'SELECT i FROM t WHERE s = ?1' -p "1='; DROP TABLE t; --"
    gives 0 '' 3
    try sqlite2tsv -N x.db 'SELECT :x, @x, :xy' -p xy=2 -p x=1
    gives 0 '' '1 1 2'
}

@test "-p: missing, unknown, doubled and unnamed parameters are usage errors" {
    try sqlite2tsv x.db 'SELECT :x'
    stopped 2 'parameter :x has no value; give it with --parameter x=VALUE (try *'
    try sqlite2tsv x.db 'SELECT :xy' -p x=1 -p xyz=2
    stopped 2 'parameter :xy has no value; give it with --parameter xy=VALUE (try *'
    try sqlite2tsv x.db 'SELECT ?' -p 1=1
    stopped 2 'a parameter of the SQL has no name; write :NAME (try *'
    for options in '-p x=1 -p y=2' '-p x=1 -p x=2' '-p x=1 -p x' '-p x=1 -p :x=1'; do
        # shellcheck disable=SC2086 # words are meant
        try sqlite2tsv x.db 'SELECT :x' $options
        stopped 2 "--parameter: \"${options##* }\" must be NAME=VALUE, once for each :NAME in the SQL (try *"
    done
    for value in '\q' $'\t' $'\n' $'\xff' 'x\'; do
        try sqlite2tsv x.db 'SELECT :x' -p "x=$value"
        stopped 2 '--parameter: "*" must be escaped as in a record (try *'
    done
}

# --- databases

@test "the database is opened read only, and by its name alone" {
    try sqlite2tsv none.db 'SELECT 1'
    [ "$status" -eq 3 ]
    [ "$(cat err)" = 'sqlite2tsv: none.db: unable to open database file: No such file or directory' ]
    [ ! -e none.db ]
    sql 'CREATE TABLE t (a); INSERT INTO t VALUES (1)'
    chmod a-w x.db
    try sqlite2tsv x.db 'SELECT a FROM t'
    gives 0 '' a 1
    cp x.db 'file:x.db?mode=rw'
    try sqlite2tsv 'file:x.db?mode=rw' 'SELECT a FROM t'
    gives 0 '' a 1
    try sqlite2tsv :memory: 'SELECT 1'
    stopped_early ':memory:: unable to open database file: No such file or directory'
    try sqlite2tsv / 'SELECT 1'
    stopped_early '/: not a regular file'
    echo 'this is no database, whatever its name says; it only is long enough to be one, with a page of text' > text.db
    try sqlite2tsv text.db 'SELECT 1'
    stopped_early 'text.db: file is not a database'
    try sqlite2tsv '' 'SELECT 1'
    stopped 2 'the database name is empty (try *'
    try sqlite2tsv --timeout 99999999999 x.db 'SELECT 1'
    stopped 2 '--timeout must be at most 2147483 seconds (try *'
}

# Like stopped 3, for a failure before the header, which the missing header tells.
stopped_early() { # MESSAGE
    [ "$status" -eq 3 ]
    [ "$(cat err)" = "sqlite2tsv: $1" ]
    [ ! -s out ]
}

@test "rejects must not overwrite the database" {
    sql 'CREATE TABLE t (a)'
    cp x.db old.db
    ln x.db link.db
    for file in x.db link.db; do
        try sqlite2tsv -r $file x.db 'SELECT * FROM t'
        stopped 2 "--rejects: $file is already in use (try *"
        cmp x.db old.db
    done
}

@test "a database that another program writes: waits up to --timeout, and reads one state of it" {
    sql 'CREATE TABLE t (a); INSERT INTO t VALUES (1)'
    python3 -c '
import sqlite3, subprocess, sys, time
db = sqlite3.connect("x.db", isolation_level=None)
db.execute("BEGIN EXCLUSIVE")
db.execute("INSERT INTO t VALUES (2)")
p = subprocess.run(["sqlite2tsv", "--timeout", "0", "x.db", "SELECT a FROM t"], capture_output=True, text=True)
assert (p.returncode, p.stderr) == (3, "sqlite2tsv: x.db: database is locked\n"), p
assert p.stdout == "", p
p = subprocess.Popen(["sqlite2tsv", "x.db", "SELECT a FROM t"], stdout=subprocess.PIPE, text=True)
time.sleep(0.3)
db.execute("COMMIT")
assert p.communicate()[0] == "a\n1\n2\n"'
}

@test "an error in the middle of the rows leaves the failure mark after whole records" {
    try sqlite2tsv x.db 'SELECT a, abs(a) AS b FROM (SELECT 1 AS a UNION ALL SELECT -9223372036854775807 - 1)'
    stopped 1 'x.db: integer overflow'
    [ "$(head -n 2 out)" = $'a\tb\n1\t1' ]
    sql 'CREATE TABLE t (a); WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
        INSERT INTO t SELECT i FROM n'
    dd if=/dev/urandom of=x.db bs=4096 seek=20 count=4 conv=notrunc status=none
    try sqlite2tsv x.db 'SELECT a FROM t'
    stopped 3 'x.db: database disk image is malformed'
}

@test "out of memory at any allocation: status 3, or the output is complete" {
    case ${WEIR_BUILD-} in *san) skip 'the sanitizers have an allocator of their own' ;; esac
    cc -shared -fPIC -o fail.so "$ROOT/t/lib/fail_malloc.c" 2> cc.log || skip 'this C library allocates in another way'
    sql "CREATE TABLE t (a, b); INSERT INTO t VALUES (1, 'x'), (2.5, NULL)"
    given 'SELECT a, b FROM t WHERE a < :x ORDER BY b'
    try sqlite2tsv x.db -p x=9
    cp out whole
    for n in $(seq 1 3 400); do
        try env LD_PRELOAD="$PWD/fail.so" FAIL_AT="$n" sqlite2tsv x.db -p x=9
        case $status in
        0) cmp whole out ;;
        3) [[ $(< err) == *memory* ]] ;;
        *) echo "allocation $n: status $status: $(cat err)" && return 1 ;;
        esac
    done
}

@test "nothing that a database hides is run" {
    sql "CREATE TABLE t (a TEXT, b TEXT); INSERT INTO t VALUES ('x', 'y')"
    cp x.db good.db
    for option in --timeout=5 --trust-schema; do
        harmless good.db sqlite2tsv "$option" x.db 'SELECT * FROM t WHERE a IS NOT NULL'
    done
    sql 'DROP TABLE IF EXISTS t; CREATE VIRTUAL TABLE f USING fts5(a); CREATE VIEW v AS SELECT a FROM f'
    try sqlite2tsv x.db 'SELECT a FROM v'
    stopped 3 'x.db: unsafe use of virtual table "f" in its schema; --trust-schema allows it'
    try sqlite2tsv --trust-schema x.db 'SELECT a FROM v'
    gives 0 '' a
}
