# pivot: names and values become columns, and columns become names and values.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return
}

@test "a record for each key, a column for each name, in order of first appearance" {
    given 'id month v' '2 feb 5' '1 jan 3' '2 jan 4' '3 mar 7'
    try pivot -n month -v v
    gives 0 '' 'id feb jan mar' '2 5 4 \N' '1 \N 3 \N' '3 \N \N 7'
    try pivot --names 2 --values 3 --key 1
    gives 0 '' 'id feb jan mar' '2 5 4 \N' '1 \N 3 \N' '3 \N \N 7'
}

@test "the key: all other columns, those of -k in their order, patterns and all but, or none" {
    given 'n a v b' 'x 1 5 2' 'y 1 6 2' 'x 1 7 3'
    try pivot -n n -v v
    gives 0 '' 'a b x y' '1 2 5 6' '1 3 7 \N'
    try pivot -n n -v v -k b,a
    gives 0 '' 'b a x y' '2 1 5 6' '3 1 7 \N'
    try pivot -n n -v v -k b
    gives 0 '' 'b x y' '2 5 6' '3 7 \N'
    for key in '!a' '*,!a' '4'; do
        try pivot -n n -v v -k "$key"
        gives 0 '' 'b x y' '2 5 6' '3 7 \N'
    done
    given 'n v' 'x 1' 'y 2'
    try pivot -n n -v v
    gives 0 '' 'x y' '1 2'
    given 'n v k' 'x 1 \N' 'y 2 ' 'y 3 \N'
    try pivot -n n -v v
    gives 0 '' 'k x y' '\N 1 3' ' \N 2'
}

@test "--fill is for missing values only; values that are null stay null" {
    given 'k n v' 'a x \N' 'b y 2'
    try pivot -n n -v v --fill 0
    gives 0 '' 'k x y' 'a \N 0' 'b 0 2'
    try pivot -n n -v v --fill 'a\tb'
    gives 0 '' 'k x y' 'a \N a\tb' 'b a\tb 2'
    try pivot -n n -v v --fill 'a\q'
    gives 2 'pivot: --fill: "a\\q" must be escaped as in a record (try*'
}

@test "names are columns as they are spelled: escapes, accents, numbers, the empty string" {
    given 'k n v' 'a x\ty 1' 'a é 2' 'a 2 3' 'a  4' 'a 1 5'
    try pivot -n n -v v
    gives 0 '' 'k x\ty é 2  1' 'a 1 2 3 4 5'
}

@test "two values for one place are bad, with both lines, even if they are equal or null" {
    given 'k n v' 'a x 1' 'b x 1' 'a x 1'
    try pivot -n n -v v
    gives 1 'pivot: line 4: column n: "x" already has a value for this key, in line 2; aggregate first, for example with weekagg -g' \
        '\! pivot line\s4:\scolumn\sn:\s"x"\salready\shas\sa\svalue\sfor\sthis\skey,\sin\sline\s2;\saggregate\sfirst,\sfor\sexample\swith\sweekagg\s-g'
    given 'k n v' 'a x \N' 'b x 1' 'a x 2' 'a y 3'
    try pivot -n n -v v -r rejects
    gives 0 'pivot: 4 read, 2 written, 1 rejected to rejects' 'k x y' 'a \N 3' 'b 1 \N'
    printf '%s\t%s\t%s\n' line reason record \
        4 'column n: "x" already has a value for this key, in line 2; aggregate first, for example with weekagg -g' 'a\tx\t2' | diff - rejects
}

@test "a name that is null or that of a key column is bad" {
    given 'k n v' 'a x 1' 'a \N 2'
    try pivot -n n -v v
    gives 1 'pivot: line 3: column n: "\\N" cannot be the name of a column' \
        '\! pivot line\s3:\scolumn\sn:\s"\\N"\scannot\sbe\sthe\sname\sof\sa\scolumn'
    given 'k n v' 'a k 1' 'a n 2' 'a v 3' 'a \N 4'
    try pivot -n n -v v -r rejects
    gives 0 'pivot: 4 read, 1 written, 2 rejected to rejects' 'k n v' 'a 2 3'
    printf '%s\t%s\t%s\n' line reason record 2 'column n: "k" is the name of a key column' 'a\tk\t1' \
        5 'column n: "\N" cannot be the name of a column' 'a\t\\N\t4' | diff - <(sed 's/"\\\\N"/"\\N"/' rejects)
}

@test "more names than --max-columns stop the program, also under -r" {
    given 'k n v' 'a x 1' 'a y 2' 'b x 3' 'b z 3'
    try pivot -n n -v v --max-columns 3
    gives 0 '' 'k x y z' 'a 1 2 \N' 'b 3 \N 3'
    try pivot -n n -v v --max-columns 2 -r rejects
    [ "$status" -eq 1 ]
    [ "$(cat err)" = 'pivot: line 5: more than 2 columns; if --names is right, raise --max-columns' ]
    [ "$(cut -f 1-2 out)" = '\!	pivot' ]
    seq 1 2001 | sed 's/.*/&\t&/; 1i n\tv' > in
    try pivot -n n -v v
    [ "$status" -eq 1 ]
    [[ $(cat err) == 'pivot: line 2002: more than 2000 columns;'* ]]
    try pivot -n n -v v --max-columns 2001
    [ "$status" -eq 0 ]
    [ "$(sed -n 1p out)" = "$(seq -s '	' 1 2001)" ]
    [ "$(sed -n 2p out)" = "$(seq -s '	' 1 2001)" ]
}

@test "--long: a record for each column, nulls kept, other columns repeated" {
    given 'id jan feb w' '1 3 \N x' '2 4 5 y'
    try pivot --long jan,feb
    gives 0 '' 'id w Name Value' '1 x jan 3' '1 x feb \N' '2 y jan 4' '2 y feb 5'
    try pivot --long feb --long jan -n Month -v 'the\tvalue'
    gives 0 '' 'id w Month the\tvalue' '1 x feb \N' '1 x jan 3' '2 y feb 5' '2 y jan 4'
    try pivot --long '!id,!w'
    gives 0 '' 'id w Name Value' '1 x jan 3' '1 x feb \N' '2 y jan 4' '2 y feb 5'
    try pivot --long 1-4
    gives 0 '' 'Name Value' 'id 1' 'jan 3' 'feb \N' 'w x' 'id 2' 'jan 4' 'feb 5' 'w y'
    try pivot --long w -r rejects
    gives 0 'pivot: 2 read, 2 written, 0 rejected to rejects' 'id jan feb Name Value' '1 3 \N w x' '2 4 5 w y'
}

@test "--long: a name that another column has is a usage error before anything is written" {
    given 'Name a Value' 'x 1 2'
    try pivot --long a,Value
    gives 2 'pivot: output: duplicate column Name (try*'
    try pivot --long Name,a
    gives 2 'pivot: output: duplicate column Value (try*'
    try pivot --long a,Value -n n -v n
    gives 2 'pivot: output: duplicate column n (try*'
    try pivot --long a -n 'x\q'
    gives 2 'pivot: --names: "x\\q" must be escaped as in a record (try*'
    try pivot --long a -v '\N' -n n
    gives 2 'pivot: output: the name of column 4 is null (try*'
}

@test "options that are missing or cannot be combined, and unknown columns" {
    given 'k n v' 'a x 1'
    try pivot -v v
    gives 2 'pivot: --names is required unless --long is given (try*'
    try pivot -n n
    gives 2 'pivot: --values is required unless --long is given (try*'
    try pivot --long v -k k
    gives 2 'pivot: --long and --key cannot be combined (try*'
    try pivot --long v --fill 0
    gives 2 'pivot: --long and --fill cannot be combined (try*'
    try pivot -n n -v v -k k,n
    gives 2 'pivot: --key: column n is already in --names or --values (try*'
    try pivot -n n -v v -k k,k
    gives 2 'pivot: output: duplicate column k (try*'
    try pivot -n z -v v
    gives 2 'pivot: --names: unknown column z; the columns are k, n, v (try*'
    try pivot -n n -v z
    gives 2 'pivot: --values: unknown column z; the columns are k, n, v (try*'
    try pivot -n n -v v -k z
    gives 2 'pivot: --key: unknown column z; the columns are k, n, v (try*'
    try pivot --long z
    gives 2 'pivot: --long: unknown column z; the columns are k, n, v (try*'
    try pivot -n n -v v k
    gives 2 'pivot: unexpected operand "k"; records are read from standard input (try*'
}

@test "-N: names are not written, and positions become names" {
    given 'a x 1' 'b y 2' 'a y 3'
    try pivot -N -n 2 -v 3
    gives 0 '' 'a 1 3' 'b \N 2'
    try pivot -N --long 3,2
    gives 0 '' 'a 3 1' 'a 2 x' 'b 3 2' 'b 2 y' 'a 3 3' 'a 2 y'
    given
    try pivot -N -n 2 -v 3
    gives 0 ''
    try pivot -N --long 3
    gives 0 ''
}

@test "a header alone gives the columns of the key; without any there are no columns" {
    given 'k n v'
    try pivot -n n -v v
    gives 0 '' 'k'
    try pivot --long n
    gives 0 '' 'k v Name Value'
    given 'n v'
    try pivot -n n -v v
    gives 1 'pivot: no records and no key, so there are no columns' \
        '\! pivot no\srecords\sand\sno\skey,\sso\sthere\sare\sno\scolumns'
}

@test "marks: nothing is written before the input ends, and an input that failed gives no table" {
    given 'k n v' 'a x 1' '\! weekagg wrong'
    try pivot -n n -v v
    gives 1 'pivot: input failed: wrong' '\! weekagg wrong'
    given 'k n v' 'a x 1' '\.'
    try pivot -n n -v v
    gives 0 '' 'k x' 'a 1' '\.'
    try pivot --long v
    gives 0 '' 'k n Name Value' 'a x v 1' '\.'
}

@test "random records: the same as a model, and there and back again" {
    try python3 "$ROOT/t/lib/pivot_against_model.py"
    gives 0 ''
}

@test "few values in many places take the memory of the values, in any order of names" {
    awk 'BEGIN { print "k\tn\tv"; for (i = 0; i < 60000; i++) print i "\t" (i * 7919) % 2000 "\t" i }' > in
    (
        [ -n "${SAN-}" ] || ulimit -v 200000
        try sh -c 'pivot -n n -v v | wc -l'
        gives 0 '' 60001
    )
    awk 'BEGIN { print "k\tn\tv"; for (k = 0; k < 20; k++) for (i = 0; i < 2000; i++)
        print k "\t" (k % 2 ? 1999 - i : i) "\t" k * i }' > in
    try pivot -n n -v v
    awk 'BEGIN { for (k = -1; k < 20; k++) { printf k < 0 ? "k" : k; for (i = 0; i < 2000; i++)
        printf "\t" (k < 0 ? i : k % 2 ? k * (1999 - i) : k * i); print "" } }' | cmp - out
}

@test "many keys, sparse and long values, input in small pieces" {
    awk 'BEGIN {
        print "k\tn\tv"
        for (i = 0; i < 60000; i++) print i % 5000 "\t" i * 7919 % 1009 "\t" sprintf("%0" i % 40 "d", i)
    }' > in
    try pivot -n n -v v
    cp out whole
    [ "$(wc -l < whole)" -eq 5001 ]
    dd if=in bs=777 2> log | pivot -n n -v v | cmp - whole
    pivot --long '!k' < whole | awk -F '\t' '$3 != "\\N"' | tail -n +2 | sort > got
    tail -n +2 in | sort | cmp - got
}
