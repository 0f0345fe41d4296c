# Lists of columns, the same in every program that takes one: names, numbers, ranges, patterns, all but.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return
}

# types LIST COLUMN...: tsv2jsonl -c LIST gives exactly these columns a type of numbers.
types() {
    local list=$1
    shift
    try tsv2jsonl -c "$list"
    [ "$status" -eq 0 ] || { cat err && return 1; }
    diff <(printf '%s\n' "$@" | sort) <(grep -o '"[^"]*":[0-9]' out | sed 's/"\([^"]*\)":.*/\1/' | sort)
}

# groups LIST COLUMN...: weekagg -g LIST takes exactly these columns of the input, in this order.
groups() {
    local list=$1
    shift
    try weekagg -g "$list" n=count
    gives 0 '' "$* n" "$(for name; do
        awk -F '\t' -v name="$name" 'NR == 1 { while ($++i != name); } NR == 2 { print $i }' in
    done | tr '\n' ' ')1"
}

@test "names, numbers, ranges, patterns and all but, in the input's order" {
    given 'a_id note b_id c_idx d' '1 2 3 4 5'
    groups 'd,a_id' d a_id
    groups '2-4' note b_id c_idx
    groups '2-2' note
    groups '5,2-3,1' d note b_id a_id
    groups '*_id' a_id b_id
    groups '*_id*' a_id b_id c_idx
    groups 'a*,*d' a_id b_id d
    groups '*' a_id note b_id c_idx d
    groups '*_*d*' a_id b_id c_idx
    groups '!note' a_id b_id c_idx d
    groups '!note,!*_id' c_idx d
    groups '!2-4' a_id d
    groups '!5' a_id note b_id c_idx
}

@test "an item with ! applies to the whole list, wherever it is, and to the arguments of other -g" {
    given 'a_id note b_id x_id' '1 2 3 4'
    groups '*_id,!x_id' a_id b_id
    groups '!x_id,*_id' a_id b_id
    groups 'note,*_id,!a*' note b_id x_id
    groups 'a_id,note,!a_id' note
    groups 'note,!b_id' note
    try weekagg -g '*_id' -g '!x_id'
    gives 0 '' 'a_id b_id Count' '1 3 1'
    try weekagg -g '!x_id' -g '!note'
    gives 0 '' 'a_id b_id Count' '1 3 1'
}

@test "an expansion does not repeat a column that is already selected; a name may" {
    given 'a b c' '1 2 3'
    groups 'c,*' c a b
    groups '2,1-3' b a c
    groups '*,2-3' a b c
    try weekagg -g '*,b'
    gives 2 'weekagg: output: duplicate column b (*'
}

@test "a column that has exactly that name comes first, except before a number" {
    given '2-3 *_id !b b_id x 1' '1 2 3 4 5 6'
    groups '2-3' 2-3
    groups '*_id' '*_id'
    groups '!b' '!b'
    groups '!2-3' '*_id' '!b' b_id x 1
    groups '!!b' 2-3 '*_id' b_id x 1
    groups '*_*' '*_id' b_id
    groups '1' 2-3
    groups '*1' 1
}

@test "names of any bytes, spelled as in the header" {
    given_bytes 'x y\ta\\tb\té1\té2\t\tn\\\\n\n1\t2\t3\t4\t5\t6\n'
    try weekagg -g 'a\t*,é*'
    gives_bytes 0 '' 'a\\tb\té1\té2\tCount\n2\t3\t4\t1\n'
    try weekagg -g ',*y,*\\*'
    gives_bytes 0 '' '\tx y\tn\\\\n\tCount\n5\t1\t6\t1\n'
    try weekagg -g '!'
    gives_bytes 0 '' 'x y\ta\\tb\té1\té2\tn\\\\n\tCount\n1\t2\t3\t4\t6\t1\n'
    given_bytes 'a,b\tc\n1\t2\n'
    try weekagg -g 'a*'
    gives_bytes 0 '' 'a,b\tCount\n1\t1\n'
}

@test "an item that selects no column is a usage error that lists the columns" {
    given 'a_id note b_id' '1 2 3'
    check() { # LIST MESSAGE
        try weekagg -g "$1"
        gives 2 "weekagg: --group-by: $2; the columns are a_id, note, b_id (*"
    }
    check 'x*' 'no column matches x\*'
    check '*_ID' 'no column matches \*_ID'
    check 'a_id,!*z' 'no column matches \*z'
    check '!x' 'unknown column x'
    check '!!a_id' 'unknown column !a_id'
    check '2-4' 'unknown column 2-4'
    check '0-1' 'unknown column 0-1'
    check '3-2' 'unknown column 3-2'
    check '2-' 'unknown column 2-'
    check '-2' 'unknown column -2'
    check '1-2-3' 'unknown column 1-2-3'
    check '1-99999999999999999999' 'unknown column 1-99999999999999999999'
    check '0' 'unknown column 0'
    check 'a_?d' 'unknown column a_\?d'
    check 'a_id,' 'unknown column '
}

@test "a list that is empty in the end is a usage error, and not the whole record" {
    given 'a b' '1 2'
    for list in '!*' '!a,!b' 'a,!a' '1-2,!*'; do
        for command in 'weekagg -g' 'dedup -k' 'dedup --max' 'tsvsplit -n 2 x. -k'; do
            # shellcheck disable=SC2086 # words are meant
            try $command "$list"
            gives 2 "*: --*: no column is left (*"
        done
    done
}

@test "-N: ranges, all but and patterns of numbers" {
    given '1 2 3' '1 2 3' '1 4 3'
    try weekagg -N -g 2-3
    gives 0 '' '2 3 2' '4 3 1'
    try dedup -N -k '!2'
    gives 0 '' '1 2 3'
    try dedup -N -k '*'
    gives 0 '' '1 2 3' '1 4 3'
    try weekagg -N -g 4-5
    [ "$status" -eq 2 ]
    [[ $(< err) == *'unknown column 4-5; without a header there are columns 1 to 3'* ]]
    given
    try dedup -N -k '2-3,!x*'
    gives 0 ''
}

@test "in every program that takes a list" {
    given 'u_id time v_id note' 'a 2024-01-02 b 1' 'a 2024-01-02 c 1' 'a 2024-01-02T01:00:00 b 5'
    try dedup -k '*_id'
    gives 0 '' 'u_id time v_id note' 'a 2024-01-02 b 1' 'a 2024-01-02 c 1'
    try dedup -k 1 --max '!*_id,!t*'
    gives 0 '' 'u_id time v_id note' 'a 2024-01-02T01:00:00 b 5'
    try outliers -g '*_id' -A
    [ "$status" -eq 0 ]
    [[ $(< err) == *'1 of 2 groups'* ]]
    try sessionize -k '*_id' -t time --gap 1d -s
    gives 0 '' 'u_id v_id Session Start End Events' \
        'a b 1 2024-01-02 2024-01-02T01:00:00 2' 'a c 1 2024-01-02 2024-01-02 1'
    try utc -t '!*_id,!note'
    [ "$status" -eq 0 ]
    [ "$(sed -n 2p out)" = "a	2024-01-02T00:00:00	b	1" ]
    try tsvsplit -k '*_id' -n 3 x.
    gives 0 ''
    [ "$(cat x.* | grep -c '^a')" -eq 3 ]
    try tsv2sqlite -k '*_id,time' x.db t
    gives 0 'tsv2sqlite: t: 3 read, 3 inserted, *'
    sqlite3 x.db "SELECT name FROM pragma_table_info('t') WHERE pk ORDER BY pk" | diff <(printf '%s\n' u_id v_id time) -
}

@test "lookup: the keys have the same number of columns, as resolved" {
    printf 'b_id\tother_id\tp\ta_id\n2\t9\tx\t1\n' > t.tsv
    given 'n a_id b_id' '7 1 2'
    try lookup -f t.tsv -k 2-3 -K 4,1
    gives 0 '' 'n a_id b_id other_id p' '7 1 2 9 x'
    try lookup -f t.tsv -k '*_id' -K '*_id'
    gives 2 'lookup: --key and --table-key must have the same number of columns, not 2 and 3 (*'
    try lookup -f t.tsv -k '*_id' -K '*_id,!other*'
    gives 0 '' 'n a_id b_id other_id p'
}

@test "lookup: without -K, the key columns of the table have the same names as those of -k" {
    printf 'b_id\tother_id\tp\ta_id\n2\t9\tx\t1\n' > t.tsv
    given 'n a_id b_id' '7 1 2'
    try lookup -f t.tsv -k '*_id'
    gives 0 '' 'n a_id b_id other_id p' '7 1 2 9 x'
    try lookup -f t.tsv -k '!n' -a p
    gives 0 '' 'n a_id b_id p' '7 1 2 x'
    try lookup -f t.tsv -k '2-3' --semi
    gives 0 '' 'n a_id b_id' '7 1 2'
    try lookup -f t.tsv -k 2,3 -a p
    gives 0 '' 'n a_id b_id p' '7 1 2 x'
    try lookup -f t.tsv -k '*'
    gives 2 'lookup: t.tsv: unknown column n; the columns are b_id, other_id, p, a_id (*'
    printf '1\t2\tx\n' > t.tsv
    given '1 2 7'
    try lookup -N -f t.tsv -k 1-2
    gives 0 '' '1 2 7 x'
    given
    try lookup -N -f t.tsv -k 1-2
    gives 0 ''
    given '1 2 7'
    : > t.tsv
    try lookup -N -f t.tsv -k 1-2 --anti
    gives 0 '' '1 2 7'
    printf '1\t2\n' > t.tsv
    try lookup -N -f t.tsv -k 1-3
    [ "$status" -eq 2 ]
    [[ $(< err) == 'lookup: t.tsv: unknown column 3; without a header there are columns 1 to 2'* ]]
}

@test "lookup -a: ranges, patterns and all but leave out the key; NAME=COL with them" {
    printf 'k\tp_name\tq\tr_name\n1\tx\ty\tz\n' > t.tsv
    given 'k' '1'
    try lookup -f t.tsv -k k -a '*_name'
    gives 0 '' 'k p_name r_name' '1 x z'
    try lookup -f t.tsv -k k -a '!q'
    gives 0 '' 'k p_name r_name' '1 x z'
    try lookup -f t.tsv -k k -a '1-3'
    gives 0 '' 'k p_name q' '1 x y'
    try lookup -f t.tsv -k k -a 'last=q,*'
    gives 0 '' 'k last p_name r_name' '1 y x z'
    try lookup -f t.tsv -k k -a 'key=k,n=2,*'
    gives 0 '' 'k key n q r_name' '1 1 x y z'
    try lookup -f t.tsv -k k -a 'x=*_name'
    gives 2 'lookup: --add: no column matches \*_name; the columns are k, p_name, q, r_name (*'
    try lookup -f t.tsv -k k -a '*,!*_*,!q'
    gives 2 'lookup: --add: no column is left (*'
    : > t.tsv
    try lookup -N -f t.tsv -k 1 -K 1 --left -a 2-3
    [ "$status" -eq 1 ]
    [[ $(< err) == 'lookup: t.tsv: no records, so the columns to fill with nulls are unknown; number them with --add' ]]
}

@test "lists of types: the items of one type are a list; a name wins over patterns" {
    given 'a_id note b_id x_id' '1 2 3 4'
    types '*_id:int' a_id b_id x_id
    types '!note:int' a_id b_id x_id
    types '1-2:int' a_id note
    types '!note:int,!x_id:int' a_id b_id
    types '*_id:int,!x_id:int' a_id b_id
    types '*_id:int,x_id:str' a_id b_id
    types 'x_id:str,*:num' a_id note b_id
    types '4:str,*:num,note:str' a_id b_id
    try tsv2jsonl -c '*_id:int,x*:str'
    [ "$status" -eq 2 ]
    [[ $(< err) == 'tsv2jsonl: --types: duplicate column x_id '* ]]
    try tsv2jsonl -c '*_id:int,x_id:int'
    [ "$status" -eq 0 ]
    try tsv2jsonl -c 'x_id:int,x_id:int'
    [ "$status" -eq 2 ]
    try tsv2jsonl -c 'x*y:int'
    [ "$status" -eq 2 ]
    [[ $(< err) == 'tsv2jsonl: --types: no column matches x*y; the columns are a_id, note, b_id, x_id '* ]]
    try tsv2jsonl -c '*_id:float'
    [ "$status" -eq 2 ]
    try tsv2sqlite -c '*_id:str,n*:num' x.db t
    gives 0 'tsv2sqlite: t: 1 read, *'
    [ "$(sqlite3 x.db 'SELECT typeof(a_id), typeof(note), typeof(b_id), typeof(x_id) FROM t')" = 'text|real|text|text' ]
    try tsv2sqlite -N -c 'a,*_id,!b,x:str' y.db t
    gives 0 'tsv2sqlite: t: 2 read, *'
    [ "$(sqlite3 y.db "SELECT group_concat(name, ' ') FROM pragma_table_info('t')")" = 'a *_id !b x' ]
}

@test "random lists: the same columns as a model's, also in the awk of tsv2pg" {
    try python3 "$ROOT/t/lib/column_lists.py" "$ROOT/scripts/lib/column_list.awk"
    gives 0 ''
}
