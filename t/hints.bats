# Messages that say what to do about a newcomer's mistake.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    lines 'id total status' '1 5 paid' > orders.tsv
    echo '{"id":1}' > orders.jsonl
}

# wrong WORDS COMMAND...: COMMAND, with orders.tsv as standard input, is a usage error of WORDS, before any output.
wrong() {
    local words=$1
    shift
    cp orders.tsv in
    try "$@"
    gives 2 "$1: $words (try '$1 --help')" || { echo "$*" && return 1; }
    [ ! -s out ]
}

@test "an operand that is a file: the message shows how to read it, in every program that reads standard input" {
    while read -r program operands; do
        # shellcheck disable=SC2086 # words are meant
        wrong "orders.tsv is a file; records come from standard input: $program ... < orders.tsv" "$program" $operands
    done << 'END'
dedup orders.tsv
dedup -k id orders.tsv
lookup -f orders.tsv -k id orders.tsv
outliers orders.tsv
pick id orders.tsv
pick -x orders.tsv
pivot -n id -v total orders.tsv
profile orders.tsv
profile id,orders.tsv
sessionize -k id -t id --gap 1m orders.tsv
trend orders.tsv
tsv2sqlite x.db orders orders.tsv
tsvsplit --files 2 part- orders.tsv
utc -t id orders.tsv
weekagg -g id orders.tsv
where id=1 orders.tsv
END
    for program in tsv2csv tsv2jsonl; do # no missing header would reveal the failure, so they leave a mark
        try $program orders.tsv
        [ "$status" -eq 2 ]
        [[ $(cat err) == "$program: orders.tsv is a file; records come from standard input: $program ... < "* ]]
    done
    mkfifo a=b
    wrong 'a=b is a file; records come from standard input: where ... < a=b' where a=b
    wrong 'a=b is a file; records come from standard input: pick ... < a=b' pick a=b
}

@test "an operand that is no file, but a directory, a column or an unknown name, is not taken for a file" {
    mkdir month
    : > total
    wrong 'unknown column month; the columns are id, total, status' pick month
    wrong '"month" must be COL\[:TYPE\]OP VALUE; *' where month
    wrong 'unknown column total2; the columns are id, total, status' where total2=1
    wrong 'unexpected operand "month"; records are read from standard input' dedup month
    try pick total
    gives 0 '' total 5
}

@test "jsonl2tsv: a file among the paths is given with -f, whether it parses as a path or not" {
    cp orders.jsonl in
    cp orders.jsonl '[x'
    wrong '\[x is a file; read it with -f \[x' jsonl2tsv id '[x'
    cp orders.jsonl in
    try jsonl2tsv id orders.jsonl
    gives 1 'jsonl2tsv: path orders.jsonl: not in the only object; it is a file; read it with -f orders.jsonl' \
        'id orders.jsonl' '1 \N' \
        '\! jsonl2tsv path\sorders.jsonl:\snot\sin\sthe\sonly\sobject;\sit\sis\sa\sfile;\sread\sit\swith\s-f\sorders.jsonl'
    try jsonl2tsv -f orders.jsonl id
    gives 0 '' id 1
}

# refused WORDS COMMAND...: COMMAND stops because of its input as a whole.
refused() {
    local words=$1
    shift
    try "$@"
    [ "$status" -eq 1 ] && [[ $(cat err) == $1:\ $words ]] || { echo "$*: $status: $(cat err)" && return 1; }
    [ "$1" = tsv2sqlite ] || [ "$(tail -n 1 out | cut -f 1,2)" = "\\!"$'\t'"$1" ]
}

@test "packed or binary input is named by every program that does not read it, also under -N and -r" {
    gzip -k orders.tsv
    zstd -q orders.tsv
    xz -k orders.tsv 2> xz.log || printf '\xfd7zXZ\0\0\4' > orders.tsv.xz
    iconv -t UTF-16 < orders.tsv > orders.tsv.utf16
    iconv -t UTF-16LE < orders.tsv > orders.tsv.utf16le
    printf 'PK\3\4\x14\0\0\0' > orders.tsv.xlsx
    sqlite3 orders.tsv.db 'CREATE TABLE t (a)'
    while read -r suffix reason; do
        for command in dedup 'dedup -N' 'dedup -N -r rejects' 'where id=1' 'pick id' profile 'tsv2sqlite x.db t' \
            'keep-header sort' 'weekagg -g id' 'lookup -f orders.tsv -k id'; do
            cp "orders.tsv.$suffix" in
            # shellcheck disable=SC2086 # words are meant
            refused "${reason//PROGRAM/${command%% *}}" $command
        done
    done << 'END'
gz the input is packed by gzip; unpack it: tsvcat FILE | PROGRAM ...
zst the input is packed by zstd; unpack it: tsvcat FILE | PROGRAM ...
xz the input is packed by xz; unpack it with xz -dc
utf16 the input is UTF-16, not UTF-8; convert it with iconv -f UTF-16 -t UTF-8
utf16le the input is UTF-16LE, not UTF-8; convert it with iconv -f UTF-16LE -t UTF-8
xlsx the input is a zip archive; *
db the input is an SQLite database; *
END
    cp orders.tsv in
    for suffix in gz zst; do
        refused "orders.tsv.$suffix: the file is packed by *; unpack it: tsvcat orders.tsv.$suffix > FILE" \
            lookup -f orders.tsv.$suffix -k id
        refused "orders.tsv.$suffix: the file is packed by *; unpack it: tsvcat orders.tsv.$suffix > FILE" \
            keep-header orders.tsv.$suffix -- sort
        tsvcat orders.tsv.$suffix | cmp - orders.tsv
    done
}

@test "text that only begins as packed data does is text, and other bad bytes are still named" {
    given '(id P*M' '1 2'
    try dedup
    gives 0 '' '(id P*M' '1 2'
    given_bytes 'id\n\x1f\x8b\n'
    refused 'line 2: byte 2: invalid UTF-8' dedup
    given_bytes '(\xb5\n'
    refused 'line 1: byte 2: invalid UTF-8' dedup
}

@test "CSV or JSON where a program expects TSV: an unknown column names the program that reads it" {
    while IFS='|' read -r hint header; do
        printf '%s\n1\n' "$header" > orders.tsv
        wrong "unknown column x; the columns are *; is it $hint" where x=1
        wrong "--key: unknown column x; the columns are *; is it $hint" dedup -k x
        wrong "unknown column x,y; the columns are *; is it $hint" pick x,y
        cp orders.tsv in
        try profile
        [ "$status" -eq 0 ]
        [ "$(cat err)" = "profile: line 1: a single column; is it $hint" ]
        [ "$(wc -l < out)" -eq 2 ]
    done << 'END'
CSV? use csv2tsv|id,total
CSV? use csv2tsv|id;total
JSON? use jsonl2tsv|{"id":1}
JSON? use jsonl2tsv|[
END
}

@test "a header that is JSON or CSV with bad bytes gets the hint too; one with a TAB gets none" {
    given_bytes '{"a":"\\u0041"}\n'
    refused 'line 1: byte 7: invalid escape; is it JSON? use jsonl2tsv' dedup
    given_bytes 'na\xefve,b\n'
    refused 'line 1: byte 3: invalid UTF-8; is it CSV? use csv2tsv' dedup
    lines 'a,b c;d' > orders.tsv
    wrong 'unknown column x; the columns are a,b, c;d' pick x
    cp orders.tsv in
    try profile
    [ "$status" -eq 0 ] && [ ! -s err ]
}

@test "where: operators of other languages are usage errors, and blanks allow a value that begins like one" {
    equal='equal is =; blanks around = are required before a value that begins with ='
    regex='a regular expression is ~; blanks around = are required before a value that begins with ~'
    unequal='not equal is !=; blanks around < are required before a value that begins with >'
    for condition in status==paid 'status == paid' status:str==paid 3==paid status==; do
        wrong "$condition: $equal" where "$condition"
    done
    wrong "status=~ann: $regex" where status=~ann
    wrong "status =~ ann: $regex" where 'status =~ ann'
    wrong "total<>5: $unequal" where 'total<>5'
    wrong "total <> 5: $unequal" where 'total <> 5'
    cp orders.tsv in
    try sessionize -k id -t total --gap 1m -s --flag paid=status==paid
    gives 2 "sessionize: status==paid: $equal (*"
    given 'x x=' '=y a' '~y b' '5 c' '>y d'
    try where 'x = =y'
    gives 0 '' 'x x=' '=y a'
    try where 'x = ~y'
    gives 0 '' 'x x=' '~y b'
    try where 'x < >y'
    gives 0 '' 'x x=' '=y a' '5 c'
    try where -N '2==a'
    [ "$status" -eq 2 ]
    try where '2==a'
    gives 2 "where: 2==a: $equal (*"
    try where 'x != =y'
    gives 0 '' 'x x=' '~y b' '5 c' '>y d'
    try where 'x !==y'
    gives 2 'where: x !==y: blanks around != are required before a value that begins with = (*'
    given 'x=' a b
    try where 'x==a'
    gives 0 '' x= a
}

@test "where --help names the types and the null value" {
    where --help > out
    grep -qF 'TYPE one of int num bool time str json; the VALUE \N is null.' out
    given a 1
    try where a:x=1
    gives 2 'where: a:x: the type must be one of int, num, bool, time, str, json (*'
    [ "$(sed -n 2,3p out | awk 'length > 100')" = '' ]
}

@test "a list given as several arguments, or several operands given as a list" {
    wrong 'unexpected operand "total"; --long takes a list: --long id,total' pivot --long id total
    wrong 'unexpected operand "total"; --key takes a list: --key id,total' dedup -k id total
    wrong 'unexpected operand "total"; --key takes a list: --key id,total' dedup -i -k id total
    wrong 'unexpected operand "total"; records are read from standard input' dedup -k id -i total
    wrong 'unknown column id,total; give each column as an operand of its own' pick id,total
    wrong 'unknown column id,total; give each column as an operand of its own' pick -x status id,total
    wrong 'unknown column id,total; give each column as an operand of its own' pick new=id,total
}

@test "sqlite2tsv: the name of a table instead of SQL" {
    sqlite3 shop.db 'CREATE TABLE orders (id); CREATE VIEW paid AS SELECT * FROM orders; INSERT INTO orders VALUES (7)'
    for table in orders paid; do
        wrong "\"$table\" is a table, not SQL; write 'SELECT \* FROM $table'" sqlite2tsv shop.db $table
        echo $table > in
        try sqlite2tsv shop.db
        gives 2 "sqlite2tsv: \"$table\" is a table, not SQL; *"
        try sqlite2tsv shop.db "SELECT * FROM $table"
        gives 0 '' id 7
    done
    wrong 'shop.db: near "order": syntax error' sqlite2tsv shop.db order
    wrong 'shop.db: near "orders": syntax error' sqlite2tsv shop.db 'orders WHERE id = 7'
    wrong 'shop.db: no such table: none' sqlite2tsv shop.db 'SELECT * FROM none'
}

@test "sessionize: the command that sorts by the column of the time works, for epochs too" {
    given 'u t' 'a 100' 'a 9'
    try sessionize -k u -t t --gap 15m --epoch s
    [[ $(cat err) == *'sort the records by time first: keep-header sort -t TAB -k 2,2n' ]]
    try sh -c "keep-header sort -t '$(printf '\t')' -k 2,2n | sessionize -k u -t t --gap 15m --epoch s"
    gives 0 '' 'u t Session' 'a 9 1' 'a 100 1'
}

@test "no header line: whether the input is empty" {
    given
    try dedup
    gives 1 'dedup: no header line; the input is empty' '\! dedup no\sheader\sline;\sthe\sinput\sis\sempty'
    given '\.'
    try dedup
    gives 1 'dedup: no header line' '\! dedup no\sheader\sline'
}
