# tsv2sqlite: loads records into a table of an SQLite database, all of them or none.

load helper

PLAIN=${WEIR_PLAIN_BUILD:-$ROOT/build/plain}/bin

setup() {
    cd "$BATS_TEST_TMPDIR" || return
}

# sql STATEMENT...: runs them on x.db.
sql() {
    sqlite3 -batch -bail -nullvalue NULL x.db "$@"
}

# has QUERY LINE...: QUERY must return these rows, with "|" between columns.
has() {
    diff -u --label expected --label found <(shift; [ $# -eq 0 ] || printf '%s\n' "$@") <(sql "$1")
}

# loads N [UPDATED [IGNORED]]: the summary of a load into t that inserted N records and rejected none.
loads() {
    echo "tsv2sqlite: t: $(($1 + ${2-0} + ${3-0})) read, $1 inserted, ${2-0} updated, ${3-0} ignored, 0 rejected"
}

# sound: x.db has no journal and passes SQLite's integrity check.
sound() {
    [ ! -e x.db-journal ]
    has 'PRAGMA integrity_check' ok
}

# A table t with rows 1 to 3.
three_rows() {
    sql "CREATE TABLE t (a INTEGER PRIMARY KEY, b); INSERT INTO t VALUES (1, 'x'), (2, 'y'), (3, 'z')"
}

# N records for t; 100,000 are more than the page cache holds.
many() { # N
    awk -v n="$1" 'BEGIN { print "a\tb"; for (i = 11; i <= n + 10; i++) print i "\tsome text for record " i }'
}

# --- new tables

@test "a new table: INTEGER, REAL or TEXT as the values require; nulls and escapes are decoded" {
    given 'Id Price Text Code Empty Date' '1 2.50 a\tb 007 \N 2022-01-09' '-7 3 \\N 8  \N' '\N 1e-3 x\s\\ \N \N ü'
    try tsv2sqlite x.db t
    gives 0 "$(loads 3)"
    has .schema 'CREATE TABLE IF NOT EXISTS "t" (' '    "Id" INTEGER,' '    "Price" REAL,' '    "Text" TEXT,' \
        '    "Code" TEXT,' '    "Empty" TEXT,' '    "Date" TEXT' ');'
    has 'SELECT *, typeof(Id), typeof(Price) FROM t' "1|2.5|a$(printf '\t')b|007|NULL|2022-01-09|integer|real" \
        '-7|3.0|\N|8||NULL|integer|real' 'NULL|0.001|x \|NULL|NULL|ü|null|real'
}

@test "an empty text is never null, not even where no sampled record has a byte" {
    given c ''
    for arguments in 'x.db t' '-c c:str x.db s' '-k c x.db k' '--upsert -k c x.db k' '--ignore -k c x.db k'; do
        # shellcheck disable=SC2086 # several arguments
        try tsv2sqlite $arguments
        gives 0 '*: 1 read, *'
    done
    given ''
    try tsv2sqlite -N -c c x.db n
    gives 0 '*1 inserted*'
    try tsv2sqlite -N x.db t
    gives 0 '*1 inserted*'
    given 'c d' ' '
    try tsv2sqlite x.db two
    gives 0 '*1 inserted*'
    has "SELECT quote(c) FROM t UNION ALL SELECT quote(c) FROM s UNION ALL SELECT quote(c) FROM k UNION ALL
        SELECT quote(c) FROM n UNION ALL SELECT quote(c) || quote(d) FROM two" "''" "''" "''" "''" "''" "''''"
}

# type_of TYPE VALUE...: the column created for the values must have TYPE.
type_of() {
    local type=$1
    shift
    given v "$@"
    rm -f x.db
    tsv2sqlite x.db t < in
    [ "$(sql "SELECT type FROM pragma_table_info('t')")" = "$type" ] || { echo "not $type: $*"; return 1; }
}

@test "INTEGER takes 64-bit integers in canonical form, REAL what a double keeps; otherwise the column is TEXT" {
    type_of INTEGER 0 -1 9223372036854775807 -9223372036854775808 '\N'
    type_of REAL 1 2.5 1.0 1E3 -0.10 1e+05 0.0000001 -0.0 1e308
    type_of REAL 0.1234567890123456 0.98765432109876540 626311512908265.2 9007199254740992.0 5e-324
    type_of TEXT '\N' '\N'
    type_of TEXT
    for value in 007 +1 '\s1' 1. .5 0x10 1e999 1e-999 NaN inf '' '\t1' 9223372036854775808 -9223372036854775809 \
        9007199254740993.0 0.98765432109876541 626311512908265.3 0.12345678901234567890 1,5 abc; do
        type_of TEXT 1 "$value"
    done
    type_of REAL 1 -0
    type_of TEXT 9007199254740993 0.5
}

# ten_thousand VALUE: 10,000 records with VALUE in column v.
ten_thousand() {
    awk -v v="$1" 'BEGIN { print "k\tv"; for (i = 1; i <= 10000; i++) print i "\t" v }'
}

@test "a value after the first 10,000 has another type: the message says how to declare the column" {
    while IFS='|' read -r first value reason type; do
        { ten_thousand "$first"; printf '10001\t%s\n' "$value"; } > in
        try tsv2sqlite x.db t
        gives 1 "tsv2sqlite: line 10002: column v: \"$value\" $reason; declare -c v:$type"
        has .tables
    done << 'END'
5|00123|would become 123|str
5|1e999|would become Inf|str
5|9223372036854775808|would become 9.22337203685478e+18|str
5|-0|would become 0|str
5|+5|would become 5|str
5|2.50|is not an integer|num
5|h|is not an integer|str
5||is not an integer|str
5.5|1e999|would become Inf|str
5.5|9007199254740993|would become 9.00719925474099e+15|str
5.5|h|is not a number|str
END
    { ten_thousand 5; printf '10001\t00123\n'; } > in
    try tsv2sqlite -c v:str x.db t
    gives 0 "$(loads 10001)"
    has 'SELECT v, typeof(v) FROM t WHERE k > 9999' '5|text' '00123|text'
}

@test "the order of the first records does not matter for the type" {
    { ten_thousand 5 | head -n 9000; lines '9000 x'; } > in
    try tsv2sqlite x.db t
    gives 0 "$(loads 9000)"
    has 'SELECT DISTINCT typeof(v) FROM t' text
}

@test "long records: at most some megabytes decide the type" {
    { lines 'k v'; seq -f "%.0f$(printf '\t%0100000d' 7)" 200; lines 'x y'; } > in
    try tsv2sqlite x.db t
    gives 1 'tsv2sqlite: line 202: column k: "x" is not an integer; declare -c k:str'
}

@test "-c declares columns: int INTEGER, num REAL, others TEXT, and every value is checked" {
    given 'i n s b t j' '1 2 3 true 2022-01-09 {"a":1}'
    try tsv2sqlite -c i:int,n:num,s:str,b:bool,5:time,j:json x.db t
    gives 0 "$(loads 1)"
    has "SELECT group_concat(type, ' ') FROM pragma_table_info('t')" 'INTEGER REAL TEXT TEXT TEXT TEXT'
    has 'SELECT * FROM t' '1|2.0|3|true|2022-01-09|{"a":1}'
    while read -r type value words; do
        given v "$value"
        try tsv2sqlite -c "v:$type" x.db new
        gives 1 "tsv2sqlite: line 2: column v: \"$value\" $words"
    done << 'END'
int 1.5 is not an integer
int 01 would become 1
int 9223372036854775808 would become 9.22337203685478e+18
num x is not a number
num 1e999 would become Inf
bool 1 is not true or false
time 2023-02-29 is not a time
json {a is not JSON
END
    has 'SELECT count(*) FROM t' 1
}

@test "-c: invalid arguments" {
    given 'a b' '1 2'
    for case in 'a:integer|a:integer' 'a|a' 'a:int,b|b' 'a:int,|' 'a:|a:'; do
        try tsv2sqlite -c "${case%%|*}" x.db t
        gives 2 "tsv2sqlite: --types: ${case#*|}: the type must be one of int, num, bool, time, str, json (*"
    done
    for case in ':int|unknown column ;*' 'c:int|unknown column c; the columns are a, b*' \
        'a:int,b:str,1:str|duplicate column a (*'; do
        try tsv2sqlite -c "${case%%|*}" x.db t
        gives 2 "tsv2sqlite: --types: ${case#*|}"
    done
}

@test "-k makes the primary key of a new table, NOT NULL" {
    given 'b c Id' 'x 1 1' 'y 2 2'
    try tsv2sqlite -k Id x.db t
    gives 0 "$(loads 2)"
    has 'SELECT rowid, * FROM t' '1|x|1|1' '2|y|2|2'
    try tsv2sqlite -k Id,b x.db u
    gives 0 '*'
    has "SELECT name, pk FROM pragma_table_info('u')" 'b|2' 'c|0' 'Id|1'
    given 'b c Id' 'x 1 1' 'x 2 1'
    try tsv2sqlite -k Id x.db v
    gives 1 'tsv2sqlite: line 3: UNIQUE constraint failed: v.Id'
    given 'b Id' 'x \N'
    try tsv2sqlite -k Id x.db v
    gives 1 'tsv2sqlite: line 2: NOT NULL constraint failed: v.Id'
    try tsv2sqlite -k Id -c Id:int x.db v
    gives 1 'tsv2sqlite: line 2: column Id: null would become a new rowid'
    try tsv2sqlite -k x x.db v
    gives 2 'tsv2sqlite: --key: unknown column x; the columns are b, Id*'
}

@test "a header without records makes an empty table" {
    given 'a b'
    try tsv2sqlite -c b:num x.db t
    gives 0 "$(loads 0)"
    has "SELECT name, type FROM pragma_table_info('t')" 'a|TEXT' 'b|REAL'
}

@test "names are taken literally: quotes, SQL, keywords, blanks, TABs, the empty name" {
    given_bytes 'select\tx"); DROP TABLE t;--\tq"q\ta;b\t\ta\\tb\t[x]\n1\t2\t3\t4\t5\t6\t7\n'
    for table in 'x"); DROP TABLE t;--' select 'a;b' 'q"q' ' ' "it's" ünï main.t '?1' '%w'; do
        for key in 1,2,3 5; do
            rm -f x.db
            try tsv2sqlite -k $key x.db "$table"
            gives 0 "tsv2sqlite: $table: 1 read, 1 inserted, *"
            has 'SELECT name FROM sqlite_schema WHERE rootpage = 2' "$table"
            try tsv2sqlite --upsert -k $key x.db "$table"
            gives 0 "tsv2sqlite: $table: 1 read, 0 inserted, 1 updated*"
            try tsv2sqlite --replace x.db "$table"
            gives 0 '*1 inserted*'
        done
    done
    has "SELECT quote(name) FROM pragma_table_info('%w')" "'select'" "'x\"); DROP TABLE t;--'" "'q\"q'" "'a;b'" "''" \
        "'a$(printf '\t')b'" "'[x]'"
}

@test "invalid names are refused" {
    given 'a b' '1 2'
    try tsv2sqlite x.db ''
    gives 2 'tsv2sqlite: table : the name is empty*'
    try tsv2sqlite x.db sqlite_x
    gives 2 'tsv2sqlite: table sqlite_x: names that begin with sqlite_ are reserved*'
    try tsv2sqlite x.db SQLITE_schema
    gives 2 'tsv2sqlite: table SQLITE_schema: names that begin with sqlite_ are reserved*'
    try tsv2sqlite x.db "$(printf '%1001s' x)"
    gives 2 'tsv2sqlite: table *: the name is longer than 1000 bytes*'
    try tsv2sqlite x.db $'\xff\e'
    gives 2 'tsv2sqlite: table \\xFF\\x1B: the name is not valid UTF-8*'
    given_bytes '%01001d\n' 1
    try tsv2sqlite x.db t
    gives 2 'tsv2sqlite: column 0000*: the name is longer than 1000 bytes*'
    given 'A a' '1 2'
    try tsv2sqlite x.db t
    gives 2 'tsv2sqlite: duplicate column a: SQLite ignores the case of ASCII letters*'
    given 'a a' '1 2'
    try tsv2sqlite x.db t
    gives 1 'tsv2sqlite: line 1: duplicate column a'
    has .tables
}

@test "columns that differ only by case are ambiguous: in the input, in -c and for a table's column" {
    sql 'CREATE TABLE t (ab, c)'
    given 'Ab aB' '1 2'
    for table in t new; do
        for options in '' '-k Ab,aB' '-c Ab:int'; do
            # shellcheck disable=SC2086 # several arguments
            try tsv2sqlite $options x.db $table
            gives 2 'tsv2sqlite: duplicate column aB: SQLite ignores the case of ASCII letters*'
        done
        try tsv2sqlite -N -c Ab,aB x.db $table
        gives 2 'tsv2sqlite: duplicate column aB: *'
    done
    given 'AB c' '1 2'
    try tsv2sqlite -k ab x.db new
    gives 2 'tsv2sqlite: --key: unknown column ab; the columns are AB, c*'
    try tsv2sqlite x.db T
    gives 0 "$(loads 1)"
    given 'Ä ä' '1 2'
    try tsv2sqlite x.db new
    gives 0 '*1 inserted*'
    has "SELECT name FROM pragma_table_list WHERE schema = 'main' ORDER BY name" new sqlite_schema t
}

@test "2000 columns are loaded, 2001 are refused" {
    seq -s "$(printf '\t')" 2000 > in
    seq -s "$(printf '\t')" -f -%.0f 2000 >> in
    try tsv2sqlite x.db t
    gives 0 "$(loads 1)"
    has 'SELECT "1", "2", "2000" FROM t' '-1|-2|-2000'
    seq -s "$(printf '\t')" 2001 > in
    try tsv2sqlite x.db u
    gives 2 'tsv2sqlite: 2001 columns, but SQLite allows at most 2000*'
}

# --- existing tables

@test "an existing table: columns by name in any case and order, defaults for the others" {
    sql "CREATE TABLE t (a INTEGER, [b c] TEXT, d TEXT DEFAULT ('x' || 1), e)"
    given 'B\sC A' 'p 1' '\N 2'
    try tsv2sqlite x.db T
    gives 0 "$(loads 2)"
    has 'SELECT * FROM t' '1|p|x1|NULL' '2|NULL|x1|NULL'
}

@test "an unknown column is named with the columns of the table; a generated column is refused" {
    sql 'CREATE TABLE t (a INTEGER, b TEXT, c AS (a + 1), d AS (a + 2) STORED)'
    given 'a x' '1 2'
    try tsv2sqlite x.db t
    gives 2 'tsv2sqlite: table t has no column x; it has a, b, c, d (*'
    given 'a rowid' '1 2'
    try tsv2sqlite x.db t
    gives 2 'tsv2sqlite: table t has no column rowid; *'
    for column in c d; do
        given "a $column" '1 2'
        try tsv2sqlite x.db t
        gives 2 "tsv2sqlite: column $column is generated; remove it from the input (*"
    done
    given 'a A' '1 2'
    try tsv2sqlite x.db t
    gives 2 'tsv2sqlite: duplicate column A: *'
    sound
}

@test "views, virtual tables and shadow tables are refused" {
    sql 'CREATE TABLE u (a); CREATE VIEW v AS SELECT a FROM u; CREATE VIRTUAL TABLE f USING fts5(a);
        CREATE TRIGGER w INSTEAD OF INSERT ON v BEGIN SELECT 1; END'
    given a 1
    for table in v V f f_data; do
        try tsv2sqlite x.db $table
        gives 2 "tsv2sqlite: table $table: cannot load into a view, a virtual table or a shadow table (*"
    done
}

@test "a violated constraint is reported with its line and SQLite's message" {
    sql "CREATE TABLE u (a INTEGER PRIMARY KEY); INSERT INTO u VALUES (1), (2);
        CREATE TABLE t (a INTEGER PRIMARY KEY REFERENCES u, b TEXT NOT NULL, c INTEGER UNIQUE, d INTEGER CHECK (d > 0),
            j INTEGER CHECK (abs(j) > 0))"
    given 'a b c d j' '1 x 1 1 1' '1 x 2 1 \N' '2 \N 2 1 \N' '2 x 1 1 \N' '2 x 2 -1 \N' \
        '2 x 2 1 -9223372036854775808' '3 x 3 1 \N' \
        'q x 2 1 \N' '2 x\\ 2 1 \N'
    try tsv2sqlite -r bad x.db t
    gives 0 'tsv2sqlite: t: 9 read, 2 inserted, 0 updated, 0 ignored, 7 rejected to bad'
    lines 'line reason record' \
        '3 UNIQUE\sconstraint\sfailed:\st.a 1\tx\t2\t1\t\\N' \
        '4 NOT\sNULL\sconstraint\sfailed:\st.b 2\t\\N\t2\t1\t\\N' \
        '5 UNIQUE\sconstraint\sfailed:\st.c 2\tx\t1\t1\t\\N' \
        '6 CHECK\sconstraint\sfailed:\sd\s>\s0 2\tx\t2\t-1\t\\N' \
        '7 integer\soverflow 2\tx\t2\t1\t-9223372036854775808' \
        '8 FOREIGN\sKEY\sconstraint\sfailed 3\tx\t3\t1\t\\N' \
        '9 column\sa:\s"q"\sis\snot\san\sinteger q\tx\t2\t1\t\\N' | diff -u - bad
    has 'SELECT a, b FROM t' '1|x' '2|x\'
    try tsv2sqlite -r bad --max-rejects 3 x.db t
    gives 1 'tsv2sqlite: line 5: UNIQUE constraint failed: t.a; more than 3 bad records'
    has 'SELECT a, b FROM t' '1|x' '2|x\'
    sound
}

@test "a value that an existing column would change makes a record bad; other text is left to the constraints" {
    sql 'CREATE TABLE t (i INTEGER, n NUMERIC, d DECIMAL(10, 2), r DOUBLE, s VARCHAR(9), x, b BLOB)'
    for column in i n d r; do
        for value in 00123 +5 '\s5' '5\s' 1e999 9223372036854775808 0.12345678901234567890 .5 5. '5\n'; do
            given "$column" "$value"
            try tsv2sqlite x.db t
            gives 1 "tsv2sqlite: line 2: column $column: \"*\" would become *"
        done
        for value in 123 -1 2.50 300.00 1e3 x '' 0x10 1e 2022-01-09 '\N' 1,5 '-' 9007199254740992; do
            given "$column" "$value"
            tsv2sqlite x.db t < in
        done
    done
    for column in s x b; do
        given "$column" 00123 1e999 '\s5' 2.50 ''
        tsv2sqlite x.db t < in
    done
    for column in i n d; do
        has "SELECT $column || ':' || typeof($column) FROM t WHERE $column IS NOT NULL" 123:integer -1:integer \
            2.5:real 300:integer 1000:integer x:text :text 0x10:text 1e:text 2022-01-09:text 1,5:text -:text \
            9007199254740992:integer
    done
    has 'SELECT DISTINCT typeof(s), typeof(x), typeof(b) FROM t' 'null|null|null' 'text|null|null' 'null|text|null' \
        'null|null|text'
}

@test "a numeric column keeps a number exactly where it stores it as an integer, and the sign of zero; or refuses" {
    sql 'CREATE TABLE t (i INTEGER, n NUMERIC, d DECIMAL(20, 2), k INTEGER PRIMARY KEY)'
    while read -r value words; do
        for column in i n d k; do
            given "$column" "$value"
            try tsv2sqlite --replace x.db t
            if [[ $words == would* ]]; then
                gives 1 "tsv2sqlite: line 2: column $column: \"$value\" $words"
            else
                gives 0 "$(loads 1)"
                has "SELECT $column, typeof($column) FROM t" "$words|integer"
            fi
        done
    done << 'END'
4.243064569648689e16 would become 42430645696486888
-4.243064569648689e16 would become -42430645696486888
42430645696486888.0 42430645696486888
4.2430645696486888e16 42430645696486888
9007199254740991.0 9007199254740991
9007199254740993.0 would become 9007199254740992
9007199254740993e0 would become 9007199254740992
90071992547409930e-1 would become 9007199254740992
-9007199254740994.0 -9007199254740994
1e18 1000000000000000000
9223372036854774784.0 9223372036854774784
9223372036854775807.0 would become 9.22337203685478e+18
-9223372036854775808.0 would become -9.22337203685478e+18
9223372036854775807 9223372036854775807
-0 would become 0
-0.0 would become 0
-0e7 would become 0
0.00 0
END
}

@test "-c checks the values of an existing table's columns, too" {
    sql 'CREATE TABLE t (a TEXT, b)'
    given 'a b' '10 x' '1.50 y'
    try tsv2sqlite -c a:int x.db t
    gives 1 'tsv2sqlite: line 3: column a: "1.50" is not an integer'
    try tsv2sqlite -c a:num x.db t
    gives 0 "$(loads 2)"
    has 'SELECT a, typeof(a) FROM t' '10|text' '1.50|text'
}

@test "a null does not become the next free rowid, as SQLite would make it" {
    sql 'CREATE TABLE t (a INTEGER PRIMARY KEY, b)'
    given 'a b' '7 x' '\N y'
    try tsv2sqlite x.db t
    gives 1 'tsv2sqlite: line 3: column a: null would become a new rowid'
    given b x y
    try tsv2sqlite x.db t
    gives 0 "$(loads 2)"
    has 'SELECT * FROM t' '1|x' '2|y'
    sql 'CREATE TABLE d (a INTEGER PRIMARY KEY DESC, b); CREATE TABLE w (a INTEGER PRIMARY KEY, b) WITHOUT ROWID'
    given 'a b' '\N x'
    try tsv2sqlite x.db d
    gives 0 'tsv2sqlite: d: 1 read, 1 inserted, *'
    has 'SELECT * FROM d' 'NULL|x'
    try tsv2sqlite x.db w
    gives 1 'tsv2sqlite: line 2: NOT NULL constraint failed: w.a'
}

@test "an INTEGER PRIMARY KEY takes integers only; the message has the column and the value" {
    sql 'CREATE TABLE t (a INTEGER PRIMARY KEY, b); CREATE TABLE u (b INTEGER PRIMARY KEY)'
    for value in q '' 2.5 1e19 -1e19 9.2233720368547758e18 'x\ty' 1,5; do
        given 'b a' "x $value"
        for mode in '' '-c a:num' '--upsert -k a'; do
            # shellcheck disable=SC2086 # several arguments
            try tsv2sqlite $mode x.db t
            gives 1 "tsv2sqlite: line 2: column a: \"*\" is not an integer"
        done
    done
    given a 5.0 3e2 -7
    try tsv2sqlite x.db t
    gives 0 "$(loads 3)"
    has 'SELECT a FROM t' -7 5 300
    sql 'CREATE TRIGGER i AFTER INSERT ON t BEGIN INSERT INTO u VALUES (new.b); END'
    given 'a b' '1 q'
    try tsv2sqlite x.db t
    gives 1 'tsv2sqlite: line 2: datatype mismatch'
}

@test "a STRICT table keeps its types; ANY stores text unchanged" {
    sql 'CREATE TABLE t (a INTEGER, b ANY, c REAL) STRICT'
    given 'a b c' '1 00123 1.5'
    try tsv2sqlite x.db t
    gives 0 "$(loads 1)"
    has 'SELECT *, typeof(b) FROM t' '1|00123|1.5|text'
    given a x
    try tsv2sqlite x.db t
    gives 1 'tsv2sqlite: line 2: cannot store TEXT value in INTEGER column t.a'
    given a 2.5
    try tsv2sqlite x.db t
    gives 1 'tsv2sqlite: line 2: cannot store REAL value in INTEGER column t.a'
}

@test "deferred foreign keys are checked at the end; a violation undoes the load" {
    sql 'CREATE TABLE t (a INTEGER PRIMARY KEY, up REFERENCES t DEFERRABLE INITIALLY DEFERRED)'
    given 'a up' '1 2' '2 \N'
    try tsv2sqlite x.db t
    gives 0 "$(loads 2)"
    given 'a up' '3 4'
    try tsv2sqlite -r bad x.db t
    gives 1 "tsv2sqlite: x.db: FOREIGN KEY constraint failed: in table t, up = '4' refers to no row of table t"
    has 'SELECT count(*) FROM t' 2
    sound
}

@test "a violated deferred foreign key is reported with its table, columns and values" {
    sql "CREATE TABLE p (x, y, [z 1] UNIQUE, PRIMARY KEY (x, y)); INSERT INTO p VALUES ('a', 'b', 'c');
        CREATE TABLE t (k INTEGER PRIMARY KEY, m, [it's \"n\"], o REFERENCES p ([z 1]) DEFERRABLE INITIALLY DEFERRED,
            FOREIGN KEY (m, [it's \"n\"]) REFERENCES p DEFERRABLE INITIALLY DEFERRED);
        CREATE TABLE w (k TEXT PRIMARY KEY REFERENCES p ([z 1]) DEFERRABLE INITIALLY DEFERRED) WITHOUT ROWID"
    given "k m it's\s\"n\" o" '1 a b c' "2 a it's \\N" '3 \N q \N'
    try tsv2sqlite x.db t
    gives 1 "*: FOREIGN KEY constraint failed: in table t, m = 'a', it's \"n\" = 'it''s' refers to no row of table p"
    given 'o k' $'\e[1mx 1'
    try tsv2sqlite x.db t
    gives 1 "*: in table t, o = '?x1B?1mx' refers to no row of table p"
    given k x
    try tsv2sqlite x.db w
    gives 1 '*: table w refers to a row that table p does not have'
    given k c
    try tsv2sqlite x.db w
    gives 0 '*1 inserted*'
    given 'x y z\s1' '1 2 3'
    try tsv2sqlite --replace x.db p
    gives 1 '*: table w refers to a row that table p does not have'
    sound
}

@test "the effects of triggers and conflict clauses are counted or reported" {
    sql "CREATE TABLE t (a INTEGER PRIMARY KEY ON CONFLICT IGNORE, b);
        CREATE TRIGGER i BEFORE INSERT ON t WHEN new.b = 'skip' BEGIN SELECT RAISE(IGNORE); END;
        CREATE TRIGGER j BEFORE INSERT ON t WHEN new.b = 'bad' BEGIN SELECT RAISE(ABORT, 'not this'); END;
        CREATE TRIGGER k BEFORE INSERT ON t WHEN new.b = 'all' BEGIN SELECT RAISE(ROLLBACK, 'stop it'); END"
    given 'a b' '1 x' '1 y' '2 skip' '3 bad' '4 z'
    try tsv2sqlite -r bad x.db t
    gives 0 'tsv2sqlite: t: 5 read, 2 inserted, 0 updated, 2 ignored, 1 rejected to bad'
    lines 'line reason record' '5 not\sthis 3\tbad' | diff -u - bad
    given 'a b' '5 x' '6 all' '7 x'
    try tsv2sqlite -r bad x.db t
    gives 1 'tsv2sqlite: line 3: stop it; the table rolled back the whole load'
    has 'SELECT * FROM t' '1|x' '4|z'
}

@test "a rejected record leaves nothing, even if its triggers changed rows before they failed" {
    sql "CREATE TABLE log (a); CREATE TABLE t (a INTEGER PRIMARY KEY, b INT UNIQUE ON CONFLICT FAIL, c INT);
        CREATE TABLE u (b INT REFERENCES t (b) ON UPDATE CASCADE);
        INSERT INTO t VALUES (1, 1, 1); INSERT INTO u VALUES (1);
        CREATE TRIGGER i BEFORE INSERT ON t BEGIN
            INSERT INTO log VALUES (new.a); SELECT RAISE(FAIL, 'no') WHERE new.c = 0; END;
        CREATE TRIGGER w AFTER UPDATE ON u BEGIN
            INSERT INTO log VALUES ('u' || new.b); SELECT RAISE(FAIL, 'not u') WHERE new.b = 9; END"
    given 'a b c' '2 2 2' '3 3 0' '4 2 4' '5 5 5'
    try tsv2sqlite -r bad x.db t
    gives 0 'tsv2sqlite: t: 4 read, 2 inserted, 0 updated, 0 ignored, 2 rejected to bad'
    lines 'line reason record' '3 no 3\t3\t0' '4 UNIQUE\sconstraint\sfailed:\st.b 4\t2\t4' | diff -u - bad
    has 'SELECT a FROM t' 1 2 5
    has 'SELECT a FROM log' 2 5
    given 'a b' '1 9' '5 2' '1 8'
    try tsv2sqlite --upsert -k a -r bad x.db t
    gives 0 'tsv2sqlite: t: 3 read, 0 inserted, 1 updated, 0 ignored, 2 rejected to bad'
    has 'SELECT a, b FROM t ORDER BY a' '1|8' '2|2' '5|5'
    has 'SELECT a FROM log' 2 5 u8
    has 'SELECT b FROM u' 8
}

@test "a hostile schema: its functions and virtual tables do not run unless they are innocuous" {
    sql "CREATE TABLE t (a); CREATE TRIGGER i AFTER INSERT ON t BEGIN SELECT load_extension('/evil'); END"
    given a 1
    try tsv2sqlite x.db t
    gives 3 'tsv2sqlite: x.db: unsafe use of load_extension() in its schema; --trust-schema allows it'
    try tsv2sqlite --trust-schema x.db t
    gives 3 'tsv2sqlite: x.db: unsafe use of load_extension()'
    sql "DROP TRIGGER i; CREATE TRIGGER i AFTER INSERT ON t BEGIN SELECT name FROM pragma_function_list; END"
    try tsv2sqlite x.db t
    gives 3 'tsv2sqlite: x.db: unsafe use of virtual table "pragma_function_list" in its schema; *'
    has 'SELECT * FROM t'
    for option in -E --trust-schema; do
        rm x.db
        sql 'CREATE TABLE t (a)'
        cp x.db good.db
        given a 1 '\.'
        harmless good.db tsv2sqlite "$option" x.db t
    done
}

@test "--trust-schema: JSON functions and full-text tables in the schema work as in sqlite3" {
    given_bytes 'a\n{"x":2,"y":[1,2]}\n{"x":\n{"x":-1}\n{"x":3}\n'
    # shellcheck disable=SC2162 # a backslash joins lines
    while read schema; do
        rm -f x.db
        sql "$schema"
        cp x.db want.db
        try tsv2sqlite -r bad x.db t
        # Versions after 3.40 call more of them innocuous.
        [ "$status" -eq 0 ] || gives 3 'tsv2sqlite: x.db: unsafe use of * in its schema; --trust-schema allows it'
        cp want.db x.db
        try tsv2sqlite --trust-schema -r bad x.db t
        gives 0 'tsv2sqlite: t: 4 read, *'
        tail -n +2 in | sed "s/.*/INSERT INTO t (a) VALUES ('&');/" | sqlite3 want.db 2> err || :
        diff <(sqlite3 want.db .dump) <(sqlite3 x.db .dump)
    done << 'END'
CREATE TABLE t (a TEXT CHECK (json_valid(a)))
CREATE TABLE t (a TEXT CHECK (a ->> '$.x' > 0))
CREATE TABLE t (a TEXT, x AS (json_extract(a, '$.x')) STORED)
CREATE TABLE t (a TEXT, CHECK (json_type(a, '$.x') = 'integer')); CREATE UNIQUE INDEX i ON t (a ->> '$.x')
CREATE TABLE t (a); CREATE VIRTUAL TABLE f USING fts5 (a); \
    CREATE TRIGGER i AFTER INSERT ON t BEGIN INSERT INTO f VALUES (new.a); END
END
}

@test "values are bound and never become SQL" {
    given 'a b' "');DROP\sTABLE\st;--\" ?1" '%s :a'
    try tsv2sqlite x.db t
    gives 0 "$(loads 2)"
    has 'SELECT * FROM t' "');DROP TABLE t;--\"|?1" '%s|:a'
}

# --- modes

@test "append is the default; an existing key is a violation" {
    three_rows
    given 'a b' '4 p' '2 q'
    for mode in '' --append; do
        try tsv2sqlite $mode x.db t
        gives 1 'tsv2sqlite: line 3: UNIQUE constraint failed: t.a'
    done
    has 'SELECT count(*) FROM t' 3
}

@test "--replace replaces the rows; indexes, constraints and views remain" {
    three_rows
    sql 'CREATE VIEW v AS SELECT b FROM t; CREATE INDEX i ON t (b)'
    given 'a b' '7 p' '8 q'
    try tsv2sqlite --replace x.db t
    gives 0 "$(loads 2)"
    has 'SELECT * FROM v' p q
    has 'SELECT count(*) FROM sqlite_schema' 3
    given 'a b' '9 p' '9 q'
    try tsv2sqlite --replace x.db t
    gives 1 'tsv2sqlite: line 3: UNIQUE constraint failed: t.a'
    has 'SELECT * FROM v' p q
    try tsv2sqlite --replace x.db new
    gives 0 '*2 inserted*'
    sound
}

@test "--replace may delete rows that others refer to if the input has them again" {
    sql "PRAGMA foreign_keys = ON; CREATE TABLE t (a INTEGER PRIMARY KEY); CREATE TABLE u (a REFERENCES t);
        INSERT INTO t VALUES (1), (2); INSERT INTO u VALUES (1)"
    given a 2
    try tsv2sqlite --replace x.db t
    gives 1 'tsv2sqlite: x.db: FOREIGN KEY constraint failed: in table u, a = 1 refers to no row of table t'
    given a 3 1
    try tsv2sqlite --replace x.db t
    gives 0 "$(loads 2)"
    has 'SELECT * FROM t' 1 3
}

@test "--ignore keeps existing rows and hides no other violation" {
    sql 'CREATE TABLE t (a INTEGER PRIMARY KEY, b INTEGER UNIQUE, c INTEGER CHECK (c > 0));
        INSERT INTO t VALUES (1, 1, 1)'
    given 'a b c' '1 2 2' '2 1 2' '2 2 2' '2 3 3'
    try tsv2sqlite --ignore x.db t
    gives 0 "$(loads 1 0 3)"
    has 'SELECT * FROM t' '1|1|1' '2|2|2'
    given 'a b c' '2 9 9' '3 3 0'
    try tsv2sqlite --ignore x.db t
    gives 1 'tsv2sqlite: line 3: CHECK constraint failed: c > 0'
    given 'a b c' '1 9 9' '3 1 9'
    try tsv2sqlite --ignore -k a x.db t
    gives 1 'tsv2sqlite: line 3: UNIQUE constraint failed: t.b'
}

@test "--ignore requires a unique key" {
    sql 'CREATE TABLE t (a); CREATE INDEX i ON t (a); CREATE TABLE u (a); CREATE UNIQUE INDEX j ON u (a)'
    given a 1 1
    try tsv2sqlite --ignore x.db t
    gives 2 'tsv2sqlite: --ignore requires a unique key, and table t has none (*'
    try tsv2sqlite --ignore x.db new
    gives 2 'tsv2sqlite: --ignore requires a unique key, and table new has none; --key makes one (*'
    try tsv2sqlite --ignore x.db u
    gives 0 'tsv2sqlite: u: 2 read, 1 inserted, 0 updated, 1 ignored, *'
    try tsv2sqlite --ignore -k a x.db new
    gives 0 'tsv2sqlite: new: 2 read, 1 inserted, 0 updated, 1 ignored, *'
}

@test "--upsert inserts, or updates the given columns, and counts both exactly" {
    sql "CREATE TABLE t (a INTEGER, b INTEGER, c NOT NULL, d DEFAULT 'd', PRIMARY KEY (a, b));
        INSERT INTO t VALUES (1, 1, 'x', 'y')"
    given 'c b a' 'p 1 1' 'q 2 1' 'r 2 1' 's 1 2'
    try tsv2sqlite --upsert -k a,b x.db t
    gives 0 "$(loads 2 2)"
    has 'SELECT * FROM t' '1|1|p|y' '1|2|r|d' '2|1|s|d'
    given 'a b d' '1 1 new'
    try tsv2sqlite --upsert -k b,a x.db t
    gives 0 "$(loads 0 1)"
    given 'a b d' '9 9 new'
    try tsv2sqlite --upsert -k b,a x.db t
    gives 1 'tsv2sqlite: line 2: NOT NULL constraint failed: t.c'
    given 'a b' '1 1'
    try tsv2sqlite --upsert -k b,a x.db t
    gives 0 "$(loads 0 0 1)"
    given 'a b' '9 9'
    try tsv2sqlite --upsert -k b,a x.db t
    gives 1 'tsv2sqlite: line 2: NOT NULL constraint failed: t.c'
    has 'SELECT * FROM t' '1|1|p|new' '1|2|r|d' '2|1|s|d'
    given 'k v' '1 a' '2 b' '1 c'
    try tsv2sqlite --upsert -k k x.db new
    gives 0 'tsv2sqlite: new: 3 read, 2 inserted, 1 updated, 0 ignored, 0 rejected'
    given k 1 3
    try tsv2sqlite --upsert -k k x.db new
    gives 0 'tsv2sqlite: new: 2 read, 1 inserted, 0 updated, 1 ignored, 0 rejected'
    has 'SELECT * FROM new' '1|c' '2|b' '3|NULL'
}

@test "--upsert: new and existing keys may alternate; a record is checked as if the UPDATE came first" {
    sql "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, k UNIQUE ON CONFLICT ROLLBACK, v,
            w NOT NULL ON CONFLICT ROLLBACK DEFAULT 'w');
        CREATE TABLE u (k PRIMARY KEY, v CHECK (v <> 'bad'), w NOT NULL DEFAULT 'w', x UNIQUE);
        INSERT INTO t (k, v) VALUES ('a', 0), ('b', 0); INSERT INTO u (k, v) VALUES ('a', 0), ('b', 0)"
    given 'k v' 'c 1' 'a 2' 'b 3' 'd 4' 'e 5' 'c 6'
    for table in t u; do
        try tsv2sqlite --upsert -k k x.db $table
        gives 0 "tsv2sqlite: $table: 6 read, 3 inserted, 3 updated, 0 ignored, 0 rejected"
        has "SELECT k, v, w FROM $table ORDER BY k" 'a|2|w' 'b|3|w' 'c|6|w' 'd|4|w' 'e|5|w'
    done
    has "SELECT seq, (SELECT max(id) FROM t) FROM sqlite_sequence" '5|5'
    given 'k v w x' 'f 7 w 1' 'a 8 w 1' 'b bad w 2' 'g 9 \N 3' 'f \N w 4' 'h bad w 5'
    try tsv2sqlite --upsert -k k -r bad x.db u
    gives 0 'tsv2sqlite: u: 6 read, 1 inserted, 1 updated, 0 ignored, 4 rejected to bad'
    run -0 cut -f 1,2 bad
    [ "${lines[*]:1}" = "$(printf '%s\t%s constraint failed: %s ' 3 UNIQUE u.x 4 CHECK "v <> 'bad'" \
        5 'NOT NULL' u.w 7 CHECK "v <> 'bad'" | sed 's/ $//')" ]
}

@test "--upsert compares keys as the unique index does, not as the column does" {
    sql "CREATE TABLE t (k TEXT COLLATE NOCASE, v); CREATE UNIQUE INDEX i ON t (k COLLATE BINARY);
        INSERT INTO t VALUES ('a', 1), ('A', 2)"
    given 'k v' 'a 9'
    try tsv2sqlite --upsert -k k x.db t
    gives 0 "$(loads 0 1)"
    has 'SELECT * FROM t' 'a|9' 'A|2'
    sql 'DROP TABLE t' "CREATE TABLE t (x, k TEXT, v, [\"q] COLLATE NOCASE); CREATE UNIQUE INDEX j ON t (k, v);
        CREATE UNIQUE INDEX p ON t (k) WHERE v > 100; CREATE UNIQUE INDEX e ON t (k || 'x');
        CREATE UNIQUE INDEX i ON t (\"\"\"q\" COLLATE RTRIM, K COLLATE NOCASE);
        CREATE UNIQUE INDEX n ON t (k, v COLLATE NOCASE);
        INSERT INTO t VALUES (1, 'a', 1, 'b'), (2, 'A', 2, 'B')"
    given 'x K "q' '3 A b\s' '4 a B' '5 c d'
    try tsv2sqlite --upsert -k 'K,"q' x.db t
    gives 0 "$(loads 1 2)"
    has 'SELECT x, k, v FROM t' '3|a|1' '4|A|2' '5|c|NULL'
    sql 'DROP TABLE t' "CREATE TABLE t (k TEXT PRIMARY KEY COLLATE NOCASE, v) WITHOUT ROWID;
        CREATE UNIQUE INDEX i ON t (k COLLATE BINARY); INSERT INTO t VALUES ('a', 1)"
    given 'k v' 'A 9'
    try tsv2sqlite --upsert -k k x.db t
    gives 0 "$(loads 0 1)"
    has 'SELECT * FROM t' 'a|9'
}

@test "--upsert: if a trigger ignores the update, the record is ignored" {
    three_rows
    sql "CREATE TRIGGER g BEFORE UPDATE ON t WHEN new.b = 'skip' BEGIN SELECT RAISE(IGNORE); END"
    given 'a b' '1 skip' '2 q' '4 skip'
    try tsv2sqlite --upsert -k a x.db t
    gives 0 "$(loads 1 1 1)"
    has 'SELECT * FROM t' '1|x' '2|q' '3|z' '4|skip'
}

@test "a row that exists is skipped or updated, whatever the constraints say of columns that the input does not have" {
    sql "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT COLLATE NOCASE UNIQUE, c NOT NULL, d CHECK (d IS NOT NULL),
            e INT, f INT, UNIQUE (e, f));
        CREATE UNIQUE INDEX i ON t (b COLLATE BINARY); CREATE UNIQUE INDEX p ON t (e) WHERE e > 100;
        CREATE TRIGGER w BEFORE INSERT ON t WHEN new.c IS NULL BEGIN SELECT RAISE(ABORT, 'c is missing'); END;
        INSERT INTO t VALUES (1, 'x', 'c', 'd', 5, 6), (2, 'y', 'c', 'd', 7, NULL)"
    for key in '' '-k a'; do
        given 'a e' '2 8' '1 9' '1 9'
        # shellcheck disable=SC2086 # two arguments or none
        try tsv2sqlite --ignore $key x.db t
        gives 0 "$(loads 0 0 3)"
    done
    given b X y
    try tsv2sqlite --ignore -k b x.db t
    gives 0 "$(loads 0 0 2)"
    given 'e a f' '5 9 6'
    try tsv2sqlite --ignore x.db t
    gives 0 "$(loads 0 0 1)"
    try tsv2sqlite --ignore -k a x.db t
    gives 1 'tsv2sqlite: line 2: c is missing'
    given 'e a f' '7 9 \N'
    try tsv2sqlite --ignore x.db t
    gives 1 'tsv2sqlite: line 2: c is missing'
    given 'e b' '1 X' '2 z' '3 y'
    try tsv2sqlite --upsert -k b -r bad x.db t
    gives 0 'tsv2sqlite: t: 3 read, 0 inserted, 2 updated, 0 ignored, 1 rejected to bad'
    has 'SELECT * FROM t' '1|x|c|d|1|6' '2|y|c|d|3|NULL'
    sql 'DROP TRIGGER w' "CREATE TRIGGER g BEFORE UPDATE ON t BEGIN SELECT RAISE(IGNORE); END"
    given 'a e' '2 8' '3 9'
    try tsv2sqlite --upsert -k a -r bad x.db t
    gives 0 'tsv2sqlite: t: 2 read, 0 inserted, 0 updated, 1 ignored, 1 rejected to bad'
    lines 'line reason record' '3 NOT\sNULL\sconstraint\sfailed:\st.c 3\t9' | diff -u - bad
}

@test "a column given twice in -k counts once" {
    given 'k v' 'a 1' 'a 2'
    for table in new new; do
        try tsv2sqlite --upsert -k k,k -k 1 x.db $table
        gives 0 '*'
    done
    has 'SELECT * FROM new' 'a|2'
}

@test "-k must be a unique key of an existing table" {
    three_rows
    given 'a b' '1 p'
    for mode in --upsert --ignore --append --replace; do
        try tsv2sqlite $mode -k b x.db t
        gives 2 'tsv2sqlite: --key: table t has no primary key or unique index on these columns *'
    done
    try tsv2sqlite --upsert x.db t
    gives 2 'tsv2sqlite: --upsert requires --key*'
    has 'SELECT count(*) FROM t' 3
}

@test "the modes cannot be combined; two operands are required" {
    for modes in '--append --replace' '--replace --ignore' '--ignore --upsert -k a' '--append --upsert -k a'; do
        # shellcheck disable=SC2086 # two options
        try tsv2sqlite $modes x.db t
        gives 2 'tsv2sqlite: --append, --replace, --ignore and --upsert cannot be combined*'
    done
    for operands in '' x.db 'x.db t u'; do
        # shellcheck disable=SC2086 # several operands
        try tsv2sqlite $operands
        gives 2 'tsv2sqlite: expected DATABASE and TABLE (*'
    done
    try tsv2sqlite --timeout 9999999 x.db t
    gives 2 'tsv2sqlite: --timeout must be at most 2147483 seconds*'
    [ ! -e x.db ]
}

# --- once

@test "--once: a load is done once for an ID and a table, and is recorded" {
    given a 1 2
    try tsv2sqlite --once 'june 2022' x.db t
    gives 0 "$(loads 2)"
    try tsv2sqlite --once 'june 2022' x.db T
    gives 0 'tsv2sqlite: t: load june 2022 was done before'
    has 'SELECT count(*) FROM t' 2
    try tsv2sqlite --once 'june 2022' x.db u
    gives 0 'tsv2sqlite: u: 2 read, 2 inserted*'
    try tsv2sqlite --once july x.db t
    gives 0 "$(loads 2)"
    has 'SELECT id, table_name, rows FROM weir_loads' 'june 2022|t|2' 'june 2022|u|2' 'july|t|2'
    has "SELECT count(*) FROM weir_loads WHERE abs(julianday(loaded_at) - julianday('now')) < 0.1" 3
}

@test "--once does not wait for the input if the load was done" {
    given a 1
    tsv2sqlite --once x x.db t < in
    mkfifo pipe
    exec 9<> pipe
    timeout 10 tsv2sqlite --once x x.db t < pipe 2> err
    grep 'was done before' err
}

@test "--once does not record a failed load" {
    given 'a b' '1 2' 3
    try tsv2sqlite --once x x.db t
    gives 1 'tsv2sqlite: line 3: got 1 field, the header has 2'
    has .tables
    try tsv2sqlite --once x -r bad x.db t
    gives 0 'tsv2sqlite: t: 2 read, 1 inserted, 0 updated, 0 ignored, 1 rejected to bad'
    try tsv2sqlite --once x -r bad x.db t
    gives 0 '*was done before'
    wc -l < bad | grep -qx 2
}

@test "--once: after --replace or DROP TABLE, the same load is done again" {
    given a 1
    tsv2sqlite --once x x.db t < in
    try tsv2sqlite --once y --replace x.db t
    gives 0 "$(loads 1)"
    try tsv2sqlite --once y --replace x.db t
    gives 0 '*was done before'
    try tsv2sqlite --once x x.db t
    gives 0 "$(loads 1)"
    tsv2sqlite --replace x.db t < in
    try tsv2sqlite --once x x.db t
    gives 0 "$(loads 1)"
    sql 'DROP TABLE t'
    try tsv2sqlite --once x x.db t
    gives 0 "$(loads 1)"
    has 'SELECT id FROM weir_loads' x
}

# --- the stream

@test "-N: the columns are those of the table in its order, or those that -c names" {
    sql 'CREATE TABLE t (a INTEGER, b AS (a + 1), c TEXT)'
    given '1 x' '2 y'
    try tsv2sqlite -N x.db t
    gives 0 "$(loads 2)"
    try tsv2sqlite -N -c c,a:int x.db t
    gives 1 'tsv2sqlite: line 1: column a: "x" is not an integer'
    given 'z 3'
    try tsv2sqlite -N -c c,a:int x.db t
    gives 0 "$(loads 1)"
    has 'SELECT a, c FROM t' '1|x' '2|y' '3|z'
    given '1 2 3'
    try tsv2sqlite -N x.db t
    gives 2 'tsv2sqlite: the records have 3 fields, but the table has 2 columns (*'
    try tsv2sqlite -N -c a,c x.db t
    gives 2 'tsv2sqlite: the records have 3 fields, but --types has 2 columns (*'
    try tsv2sqlite -N -c a,c,a x.db t
    gives 2 'tsv2sqlite: --types: duplicate column a (*'
    try tsv2sqlite -N -c 'a,c,\q' x.db t
    gives 2 'tsv2sqlite: --types: invalid escape in a column name (*'
    try tsv2sqlite -N x.db new
    gives 2 'tsv2sqlite: --no-header requires --types to name the columns of the new table new (*'
    try tsv2sqlite -N -c p:str,q,r -k q x.db new
    gives 0 '*1 inserted*'
    has 'SELECT p, q, r, typeof(p), typeof(q) FROM new' '1|2|3|text|integer'
}

@test "-N: a number in -c is a name, not a position" {
    given '7 007'
    try tsv2sqlite -N -c 2:int,1:str x.db t
    gives 0 "$(loads 1)"
    has "SELECT name, type FROM pragma_table_info('t')" '2|INTEGER' '1|TEXT'
    has 'SELECT "2", "1" FROM t' '7|007'
}

@test "-N: an empty input is valid" {
    given
    try tsv2sqlite -N -c a,b:int x.db t
    gives 0 "$(loads 0)"
    has "SELECT name, type FROM pragma_table_info('t')" 'a|TEXT' 'b|INTEGER'
    try tsv2sqlite -N x.db t
    gives 0 "$(loads 0)"
    given '\.'
    try tsv2sqlite -NE x.db t
    gives 0 "$(loads 0)"
}

@test "nothing of a broken input is stored: no header, a bad record, a failure mark, a missing end mark" {
    three_rows
    given
    try tsv2sqlite x.db t
    gives 1 'tsv2sqlite: no header line; the input is empty'
    given 'a b' '4 p' 5
    try tsv2sqlite --replace x.db t
    gives 1 'tsv2sqlite: line 3: got 1 field, the header has 2'
    given 'a b' '4 p' '5 \q'
    try tsv2sqlite x.db t
    gives 1 'tsv2sqlite: line 3: byte 3: invalid escape'
    given 'a b' '4 p' '\! jsonl2tsv line\s17:\sbad'
    try tsv2sqlite -r bad x.db t
    gives 1 'tsv2sqlite: input failed: line 17: bad'
    given 'a b' '4 p'
    try tsv2sqlite -E x.db t
    gives 1 'tsv2sqlite: the input has no end mark: it is not complete'
    given 'a b' '4 p' '\.' '5 p'
    try tsv2sqlite -E x.db t
    gives 1 'tsv2sqlite: line 4: data after the end mark'
    has 'SELECT * FROM t' '1|x' '2|y' '3|z'
    sound
    given 'a b' '4 p' '\.'
    try tsv2sqlite -E x.db t
    gives 0 "$(loads 1)"
    try tsv2sqlite -E --replace x.db t
    gives 0 "$(loads 1)"
}

@test "after a failure upstream, a new table is not created" {
    try sh -c 'printf "{\"a\":1}\n{\n" | jsonl2tsv a | tsv2sqlite x.db t'
    gives 1 '*tsv2sqlite: input failed: line 2: *'
    has .tables
}

@test "standard output stays empty, without a failure mark" {
    given 1
    for arguments in '-N x.db t' '-N --bogus' '-N -c a:int -k b x.db t' '-N -c a:bool x.db t' '-N'; do
        # shellcheck disable=SC2086 # several arguments
        try tsv2sqlite $arguments
        [ "$status" -ne 0 ]
        [ ! -s out ]
    done
}

@test "standard output or standard error closed: the records are loaded" {
    three_rows
    given 'a b' '4 p'
    tsv2sqlite --upsert -k a x.db t < in >&-
    tsv2sqlite --upsert -k a x.db t < in 2>&-
    tsv2sqlite --upsert -k a x.db t < in 2> /dev/full
    { sleep 0.2; tsv2sqlite --upsert -k a x.db t < in 2>&1; echo $? > code; } | true
    wait_for test -s code
    [ "$(cat code)" = 0 ]
    run -3 sh -c 'tsv2sqlite x.db t <&-'
    has 'SELECT * FROM t' '1|x' '2|y' '3|z' '4|p'
    sound
}

@test "if rejects cannot be written, nothing is loaded" {
    three_rows
    given 'a b' '4 p' 5
    try tsv2sqlite -r /dev/full x.db t
    gives 3 'tsv2sqlite: write error: /dev/full: No space left on device'
    try tsv2sqlite -r no/such/file x.db t
    gives 3 'tsv2sqlite: no/such/file: No such file or directory'
    has 'SELECT count(*) FROM t' 3
    sound
}

@test "rejects must not overwrite the database" {
    three_rows
    given 'a b' 4
    for mode in DELETE WAL; do
        sql "PRAGMA journal_mode = $mode" > mode
        try tsv2sqlite -r x.db x.db t
        gives 2 'tsv2sqlite: --rejects: x.db is already in use (*'
        has 'SELECT * FROM t' '1|x' '2|y' '3|z'
        sound
    done
}

# --- the database

@test "a file that is not a database is left alone" {
    given a 1
    echo 'this is a text, and no database at all: a file of 100 bytes or more would do as well, as this one' > text
    cp text copy
    try tsv2sqlite text t
    gives 3 'tsv2sqlite: text: file is not a database'
    cmp text copy
    mkdir dir
    try tsv2sqlite dir t
    gives 3 'tsv2sqlite: dir: not a regular file'
    try tsv2sqlite /dev/null t
    gives 3 'tsv2sqlite: /dev/null: not a regular file'
    try tsv2sqlite no/x.db t
    gives 3 'tsv2sqlite: no/x.db: unable to open database file: No such file or directory'
    try tsv2sqlite text/x.db t
    gives 3 'tsv2sqlite: text/x.db: unable to open database file: Not a directory'
    try tsv2sqlite '' t
    gives 2 'tsv2sqlite: the database name is empty*'
}

@test "no permission to create a database, to write one, or to create its journal" {
    given a 1
    mkdir closed
    tsv2sqlite closed/x.db t < in
    chmod a-w closed
    try unprivileged tsv2sqlite closed/new.db t
    gives 3 'tsv2sqlite: closed/new.db: unable to open database file: Permission denied'
    try unprivileged tsv2sqlite closed/x.db t
    gives 3 'tsv2sqlite: closed/x.db: no permission to create its journal in its directory'
    chmod u+w closed
    chmod a-w closed/x.db
    try unprivileged tsv2sqlite closed/x.db t
    gives 3 'tsv2sqlite: closed/x.db: attempt to write a readonly database'
    chmod a-rw closed/x.db
    try unprivileged tsv2sqlite closed/x.db t
    gives 3 'tsv2sqlite: closed/x.db: unable to open database file: Permission denied'
    chmod a-x closed
    try unprivileged tsv2sqlite closed/x.db t
    gives 3 'tsv2sqlite: closed/x.db: unable to open database file: Permission denied'
    chmod u+x closed
}

@test "a truncated database is reported, not repaired" {
    many 2000 > in
    tsv2sqlite x.db t < in
    truncate -s 10000 x.db
    given 'a b' '1 2'
    try tsv2sqlite x.db t
    gives 3 'tsv2sqlite: x.db: database disk image is malformed'
}

@test "the path is a path: no URI, no :memory:, no option" {
    given a 1
    for path in 'file:x.db?mode=memory' :memory: ' x y' 'a?b#c%20d' -x.db "$PWD/abs.db" ünï.db; do
        try tsv2sqlite -- "$path" t
        gives 0 "$(loads 1)"
        [ -s "$path" ]
    done
    [ ! -e x.db ]
}

@test "a read-only database" {
    three_rows
    given 'a b' '4 p'
    unshare -rm true || skip 'no user namespaces here'
    try unshare -rm sh -c 'mount --bind x.db x.db && mount -o remount,ro,bind x.db && exec tsv2sqlite x.db t'
    gives 3 'tsv2sqlite: x.db: attempt to write a readonly database'
    sound
}

# lock [MODE]: holds the lock of a transaction on x.db until unlock.
lock() {
    mkfifo control
    sqlite3 -batch x.db < control > locked &
    locker=$!
    exec 8> control
    echo "BEGIN ${1-IMMEDIATE}; SELECT count(*) FROM sqlite_schema;" >&8
    wait_for test -s locked
}

unlock() {
    echo 'ROLLBACK;' >&8
    exec 8>&-
    wait "$locker"
    rm control locked
}

@test "waits for a locked database up to --timeout, before any input is read" {
    three_rows
    lock
    mkfifo pipe
    exec 9<> pipe
    SECONDS=0
    run -3 --separate-stderr timeout 10 tsv2sqlite --timeout 0 x.db t < pipe
    [ "$stderr" = 'tsv2sqlite: x.db: database is locked' ]
    run -3 timeout 10 tsv2sqlite --timeout 1 x.db t < pipe
    [ $SECONDS -ge 1 ]
    [ $SECONDS -le 4 ]
    given 'a b' '4 p'
    tsv2sqlite x.db t < in 2> err &
    loader=$!
    sleep 0.3
    unlock
    wait $loader
    has 'SELECT count(*) FROM t' 4
}

@test "a reader during a load sees the old rows and does not delay it" {
    three_rows
    lock DEFERRED
    many 100000 > in
    try timeout 30 tsv2sqlite --timeout 1 x.db t
    gives 3 'tsv2sqlite: x.db: database is locked'
    tsv2sqlite --timeout 20 x.db t < in 2> err &
    loader=$!
    wait_for test -s x.db-journal
    unlock
    wait $loader
    has 'SELECT count(*) FROM t' 100003
    sound
}

@test "two loads at once: all records of both are stored" {
    three_rows
    many 20000 > in
    sed '2,$s/^/9000000/' in > in2
    tsv2sqlite --timeout 30 x.db t < in 2> err &
    first=$!
    tsv2sqlite --timeout 30 x.db t < in2 2> err2 &
    second=$!
    wait $first
    wait $second
    has 'SELECT count(*) FROM t' 40003 || { cat err err2; return 1; }
}

@test "a WAL database stays one" {
    three_rows
    sql 'PRAGMA journal_mode = WAL' > wal
    many 1000 > in
    tsv2sqlite x.db t < in
    has 'PRAGMA journal_mode' wal
    has 'SELECT count(*) FROM t' 1003
    { many 1000; echo bad; } > in
    try tsv2sqlite --replace x.db t
    gives 1 'tsv2sqlite: line 1002: *'
    has 'SELECT count(*) FROM t' 1003
    [ ! -e x.db-wal ]
}

@test "a database in UTF-16" {
    sql "PRAGMA encoding = 'UTF-16'; CREATE TABLE t (a TEXT)"
    given a $'\xc3\xbc\xf0\x9f\x98\x80'
    try tsv2sqlite x.db t
    gives 0 "$(loads 1)"
    has 'SELECT * FROM t' $'\xc3\xbc\xf0\x9f\x98\x80'
}

# --- crashes

@test "kill -9 at any time: the old rows or all new ones, and the next load works" {
    three_rows
    many 60000 > in
    for n in 1 2 3 4 5 6 7 8 9 10; do
        cp x.db y.db
        tsv2sqlite --replace y.db t < in 2> err &
        sleep "0.0$((n * n % 10))$n"
        kill -9 $! 2> /dev/null || :
        wait $! 2> /dev/null || :
        [ "$(sqlite3 y.db 'PRAGMA integrity_check; SELECT count(*) FROM t' | tr '\n' ' ')" = 'ok 3 ' ] ||
            [ "$(sqlite3 y.db 'SELECT count(*) FROM t')" = 60000 ]
    done
}

@test "the hot journal of an earlier crash is rolled back before the load" {
    three_rows
    sql "CREATE TABLE u (a); INSERT INTO u VALUES ('old')"
    mkfifo pipe
    tsv2sqlite --replace x.db t < pipe 2> err &
    loader=$!
    exec 9> pipe
    many 100000 >&9
    wait_for test -s x.db-journal
    kill -9 $loader
    wait $loader 2> /dev/null || :
    exec 9>&-
    [ -s x.db-journal ]
    given 'a b' '4 p'
    try tsv2sqlite x.db t
    gives 0 "$(loads 1)"
    has 'SELECT * FROM t' '1|x' '2|y' '3|z' '4|p'
    has 'SELECT * FROM u' old
    sound
}

@test "SIGTERM and SIGHUP roll back, and then end the program as the signal does" {
    three_rows
    mkfifo pipe
    for case in TERM:143:Terminated HUP:129:Hangup; do
        IFS=: read -r signal code words <<< "$case"
        tsv2sqlite --replace x.db t < pipe 2> err &
        loader=$!
        exec 9> pipe
        many 100000 >&9
        wait_for test -s x.db-journal
        kill -"$signal" $loader
        status=0
        wait $loader || status=$?
        exec 9>&-
        [ $status -eq "$code" ]
        grep -qx "tsv2sqlite: $words: nothing was loaded" err
        sound
        has 'SELECT count(*) FROM t' 3
    done
}

@test "a signal is the only reason given, after half a line, half a header, or no input" {
    three_rows
    mkfifo pipe
    for input in 'a\tb\n4\tp\n5' 'a\tb\n4\tp\n5\tq\\' 'a\ta' ''; do
        tsv2sqlite --replace x.db t < pipe 2> err &
        loader=$!
        exec 9> pipe
        # shellcheck disable=SC2059 # a format is meant
        printf "$input" >&9
        wait_for test -e x.db-journal
        sleep 0.1
        kill -TERM $loader
        status=0
        wait $loader || status=$?
        exec 9>&-
        [ $status -eq 143 ]
        diff - err <<< 'tsv2sqlite: Terminated: nothing was loaded'
        sound
        has 'SELECT count(*) FROM t' 3
    done
}

@test "a signal also ends the load while the commit waits for a reader, or the start for a writer" {
    three_rows
    given 'a b' '4 p'
    for mode in DEFERRED IMMEDIATE; do
        for case in TERM:143 HUP:129; do
            lock $mode
            SECONDS=0
            tsv2sqlite --timeout 30 x.db t < in 2> err &
            loader=$!
            [ $mode = IMMEDIATE ] || wait_for test -s x.db-journal
            sleep 0.3
            kill -"${case%:*}" $loader
            status=0
            wait $loader || status=$?
            [ $status -eq "${case#*:}" ]
            [ $SECONDS -lt 10 ]
            [ $mode = IMMEDIATE ] || grep -qx "tsv2sqlite: [TH].*: nothing was loaded" err
            [ "$(wc -l < err)" -le 1 ]
            unlock
            sound
            has 'SELECT count(*) FROM t' 3
        done
    done
}

@test "SIGINT does so, too; a background job of the shell, which ignores it, continues" {
    three_rows
    many 100000 > in
    try timeout -s INT 0.2 sh -c '{ cat in; sleep 5; } | tsv2sqlite --replace x.db t'
    [ "$status" -eq 124 ]
    grep -q 'tsv2sqlite: Interrupt: nothing was loaded' err
    sound
    has 'SELECT count(*) FROM t' 3
    mkfifo pipe
    tsv2sqlite x.db t < pipe 2> err &
    loader=$!
    exec 9> pipe
    lines 'a b' >&9
    sleep 0.1
    kill -INT $loader
    lines '4 p' >&9
    exec 9>&-
    wait $loader
    has 'SELECT count(*) FROM t' 4
}

@test "a full disk: status 3, the old rows, no journal" {
    unshare -rm true || skip 'no user namespaces here'
    mkdir small
    many 100000 > in
    try unshare -rm sh -c 'mount -t tmpfs -o size=256k none small && cd small &&
        printf "a\tb\n1\tx\n" | tsv2sqlite x.db t && { tsv2sqlite --append x.db t; echo $?; } &&
        ls && sqlite3 x.db "PRAGMA integrity_check; SELECT count(*) FROM t"'
    gives 0 "*$(printf '\n')tsv2sqlite: x.db: database or disk is full" 3 x.db ok 1
}

@test "a file larger than the limit: status 3, the old rows, no journal" {
    three_rows
    many 100000 > in
    try sh -c 'ulimit -f 100; exec tsv2sqlite x.db t'
    gives 3 'tsv2sqlite: x.db: disk I/O error*'
    has 'SELECT count(*) FROM t' 3
    sound
}

@test "no memory or descriptors left: status 3, the old rows, no journal" {
    three_rows
    many 500000 > in
    try sh -c 'exec 3>&-; ulimit -n 4; exec tsv2sqlite x.db t'
    gives 3 'tsv2sqlite: *: Too many open files'
    sound
    [ -z "${SAN-}" ] || skip 'sanitizers take memory of their own'
    try sh -c 'ulimit -v 16384; exec tsv2sqlite x.db t'
    gives 3 'tsv2sqlite: x.db: out of memory'
    has 'SELECT count(*) FROM t' 3
    sound
}

# --- one statement for many records

@test "random tables, records and options: the same rows, messages and rejects as with a statement for each record" {
    python3 "$ROOT/t/lib/random_loads.py" "$PLAIN/tsv2sqlite" tsv2sqlite $(seq 100)
}

# agree ARGUMENT...: loads "in" into t of copies of x.db with both builds. Compares messages, rejects and rows.
agree() {
    local program
    for program in "$PLAIN/tsv2sqlite" tsv2sqlite; do
        cp x.db y.db
        rm -f rejects
        mv -f result expected 2> /dev/null || :
        "$program" "$@" y.db t < in > result 2>&1 || echo "status $?" >> result
        sqlite3 y.db 'PRAGMA integrity_check' 'SELECT * FROM t' >> result
        [ ! -e rejects ] || cat rejects >> result
    done
    cmp expected result
}

@test "keys in no order, more than a batch holds: duplicates and bad records within batches and at their borders" {
    sql 'CREATE TABLE t (a INTEGER PRIMARY KEY, b)' 'INSERT INTO t VALUES (5, 5), (500000, 5)'
    awk -v OFS='\t' 'BEGIN {
        print "a", "b"
        for (i = 1; i <= 1100000; i++) {
            back = i % 50000 == 0 ? 49999 : i > 900000 && i < 950000 && i % 50 == 0 ? 40 : 0
            print i % 70000 ? (i - back) * 7919 % 1100009 : "x", sprintf("%060d", i % 10)
        }
    }' > in
    for arguments in '-r rejects' '--upsert -k a -r rejects' '--ignore -r rejects' '--ignore' '--replace'; do
        # shellcheck disable=SC2086 # several arguments
        agree $arguments
    done
    grep -q 'line 50001: UNIQUE constraint failed' result
}

@test "a table with the name of the virtual table of records is loaded by a statement for each record" {
    sql 'CREATE TABLE t (a, b)' 'CREATE TABLE evil (a, b)' "INSERT INTO evil VALUES (1, 'evil')" \
        'PRAGMA writable_schema = ON' \
        "UPDATE sqlite_schema SET name = 'sqlite_records', tbl_name = 'sqlite_records',
            sql = 'CREATE TABLE sqlite_records (a, b)' WHERE name = 'evil'"
    many 300 > in
    try tsv2sqlite x.db t
    gives 0 "$(loads 300)"
    has 'SELECT count(*) FROM t' 300
}

@test "a trigger or view cannot read the virtual table of records, and disturbs no other load" {
    sql 'CREATE TABLE t (a, b)' 'CREATE VIEW v AS SELECT * FROM sqlite_records' 'CREATE TABLE u (a, b)' \
        'CREATE TRIGGER r AFTER INSERT ON u BEGIN INSERT INTO t SELECT * FROM sqlite_records; END'
    many 3 > in
    try tsv2sqlite x.db u
    gives 3 'tsv2sqlite: x.db: no such table: main.sqlite_records'
    try tsv2sqlite x.db t
    gives 0 "$(loads 3)"
}

# --- comparison with SQLite

@test "random values are stored as SQLite stores them, or rejected where SQLite would change a number" {
    awk -f "$ROOT/t/lib/random_numbers.awk" > in
    sql 'CREATE TABLE raw (line INTEGER, v)' '.mode tabs' '.import --skip 1 in raw'
    for type in INTEGER NUMERIC REAL TEXT BLOB; do
        sql "DROP TABLE IF EXISTS t; DROP TABLE IF EXISTS want; DROP TABLE IF EXISTS bad; DROP VIEW IF EXISTS result;
            CREATE TABLE t (line INTEGER PRIMARY KEY, v $type); CREATE TABLE want (line INTEGER PRIMARY KEY, v $type);
            INSERT INTO want SELECT line, v FROM raw"
        try tsv2sqlite -r bad x.db t
        gives 0 'tsv2sqlite: t: 25000 read, *'
        sql 'CREATE TABLE bad (line INTEGER, reason, record)' '.mode ascii' '.separator "\t" "\n"' \
            '.import --skip 1 bad bad' \
            'CREATE VIEW result AS SELECT want.line, raw.v AS text, want.v AS want, t.v AS got, bad.line AS bad
                FROM want JOIN raw USING (line) LEFT JOIN t USING (line) LEFT JOIN bad ON bad.line = want.line + 1'
        has 'SELECT count(*) FROM result WHERE (got IS NULL) IS (bad IS NULL)' 0
        has "SELECT * FROM result WHERE bad IS NOT NULL AND typeof(want) = 'text'"
        # A double may differ in its last bit: strtod(3) always rounds correctly, SQLite does not.
        has "SELECT * FROM result WHERE bad IS NULL AND (typeof(want) <> typeof(got) OR want <> got AND
            (typeof(want) <> 'real' OR abs(want - got) > abs(want) * 4e-16) AND abs(want) > 3e-308)"
        run -0 python3 "$ROOT/t/lib/exact_integers.py" x.db
        [ -z "$output" ] || { echo "$type: $output"; return 1; }
        has "SELECT * FROM result WHERE typeof(got) = 'integer' AND text NOT GLOB '*[.eE]*' AND got || '' <> text"
        has 'SELECT count(*) > 1000 FROM result WHERE bad IS NOT NULL' \
            "$([[ $type == TEXT || $type == BLOB ]] && echo 0 || echo 1)"
    done
}
