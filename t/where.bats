# where: writes the records for which conditions hold.

load helper

PLAIN=${WEIR_PLAIN_BUILD:-$ROOT/build/plain}/bin

setup() {
    cd "$BATS_TEST_TMPDIR" || return
}

# holds CONDITION FIELD...: a table with the column x and these fields; where CONDITION writes those after "--".
holds() {
    local condition=$1 fields=()
    shift
    while [ "$1" != -- ]; do
        fields+=("$1")
        shift
    done
    shift
    given x "${fields[@]}"
    try where "$condition"
    gives 0 '' x "$@" || { echo "where $condition" && return 1; }
}

@test "the eight operators" {
    holds 'x=2' 1 2 3 10 -- 2
    holds 'x!=2' 1 2 3 10 -- 1 3 10
    holds 'x<2' 1 2 3 10 -- 1
    holds 'x<=2' 1 2 3 10 -- 1 2
    holds 'x>2' 1 2 3 10 -- 3 10
    holds 'x>=2' 1 2 3 10 -- 2 3 10
    holds 'x~1' 1 2 3 10 -- 1 10
    holds 'x!~1' 1 2 3 10 -- 2 3
}

@test "two numbers compare as numbers, exactly, also for =" {
    holds 'x=1' 1 1.0 1e0 10e-1 1.00000000000000000001 01 +1 '1\s' 1. -- 1 1.0 1e0 10e-1
    holds 'x=1.50' 1.5 1.50 15e-1 1.500000001 '"1.5"' -- 1.5 1.50 15e-1
    holds 'x>9007199254740992' 9007199254740992 9007199254740993 9007199254740991 9e15 1e16 -- 9007199254740993 1e16
    holds 'x<0.1' 0.1 0.10 0.09999999999999999999999 0.1000000000000000000001 -1e999 -- 0.09999999999999999999999 -1e999
    holds 'x=0' 0 -0 0.000 0e9 -0.0e-99 '' -- 0 -0 0.000 0e9 -0.0e-99
    holds 'x<=-1.5' -1.5 -1.50 -1.49 -2 -10 1 -- -1.5 -1.50 -2 -10
    holds 'x>1e400' 1e401 1e400 2e400 999 -- 1e401 2e400
    holds 'x<999999999999.999999' 999999999999.999998 999999999999.9999989 999999999999.999999 1000000000000 \
        -- 999999999999.999998 999999999999.9999989
    holds 'x>=1000000000000' 999999999999 1000000000000 123456789012345678901234567890 \
        -- 1000000000000 123456789012345678901234567890
}

@test "anything else compares as bytes" {
    holds 'x>b' a b ba c é 10 '' -- ba c é
    holds 'x<10' 9 007 abc -5 '' 1.5 '1\t' -- 9 007 -5 '' 1.5 '1\t'
    holds 'x=' '' a '\t' '\N' -- ''
    holds 'x!=' '' a '\N' -- a
    holds 'x=a\tb' 'a\tb' 'a\\tb' a -- 'a\tb'
    holds 'x<a\n' 'a\t' 'a\n' 'a\r' a ab -- 'a\t' a
    holds 'x=\\N' '\N' '\\N' -- '\\N'
    holds 'x = =1' =1 1 -- =1
    holds 'x < ~' =1 '~' -- =1
    holds 'x~=1' =1 1 -- =1
    holds 'x=é' $'e\xcc\x81' é É -- é
    holds 'x<1' 1.0 0.99 . -1 "$(printf '%070d' 0)" -- 0.99 . -1 "$(printf '%070d' 0)"
}

@test "null is only =\N; every other comparison with it fails" {
    holds 'x=\N' '\N' '' N '\\N' -- '\N'
    holds 'x!=\N' '\N' '' N '\\N' -- '' N '\\N'
    for condition in 'x<\N' 'x<=\N' 'x>\N' 'x>=\N'; do
        holds "$condition" '\N' '' a 1 --
    done
    holds 'x!=a' '\N' a b -- b
    holds 'x!~a' '\N' a b -- b
    holds 'x<zz' '\N' a -- a
    holds 'x~' '\N' a '' -- a ''
    holds 'x:num<5' '\N' 1 -- 1
    holds 'x:num=\N' '\N' 1 -- '\N'
    given 'a b' '\N \N' '1 \N' '\N 1' '1 1' '1 2'
    try where 'a=@b'
    gives 0 '' 'a b' '1 1'
    try where 'a!=@b'
    gives 0 '' 'a b' '1 2'
}

@test "@COL is the value of another column; @@ is an @" {
    given 'a b @c' '1 1.0 x' '2 10 @x' 'b a @@x' 'x x @'
    try where 'a=@b'
    gives 0 '' 'a b @c' '1 1.0 x' 'x x @'
    try where 'a<@2'
    gives 0 '' 'a b @c' '2 10 @x'
    try where '@c=@@x'
    gives 0 '' 'a b @c' '2 10 @x'
    try where '@c=@@@x'
    gives 0 '' 'a b @c' 'b a @@x'
    try where '@c=@@'
    gives 0 '' 'a b @c' 'x x @'
    try where 'a=@3'
    gives 0 '' 'a b @c'
    try where '@c~@x'
    gives 0 '' 'a b @c' '2 10 @x' 'b a @@x'
    try where 'a=@z'
    gives 2 'where: unknown column z; the columns are a, b, @c (*'
}

@test "several conditions, --any and -v" {
    given 'a b' '1 1' '1 2' '2 1' '2 2' '\N 1' '\N 2'
    try where a=1 b=2
    gives 0 '' 'a b' '1 2'
    try where --any a=1 b=2
    gives 0 '' 'a b' '1 1' '1 2' '2 2' '\N 2'
    try where -v a=1 b=2
    gives 0 '' 'a b' '1 1' '2 1' '2 2' '\N 1' '\N 2'
    try where --any --invert a=1 b=2
    gives 0 '' 'a b' '2 1' '\N 1'
    try where -v 'a!=1'
    gives 0 '' 'a b' '1 1' '1 2' '\N 1' '\N 2'
    try where -v a=1 -- a=2
    gives 0 '' 'a b' '1 1' '1 2' '2 1' '2 2' '\N 1' '\N 2'
    try where a=1 a=2
    gives 0 '' 'a b'
    try where
    gives 2 'where: at least one CONDITION is required (*'
}

@test "the operator is the first that follows a column, and the longest there" {
    given 'a a=b a! x<y t:num t' '1 2 3 4 5 6'
    selects() { # CONDITION
        try where "$1"
        gives 0 '' 'a a=b a! x<y t:num t' '1 2 3 4 5 6' || { echo "$1" && return 1; }
    }
    selects 'a=1'
    selects 'a!=b=2'
    selects '2=2'
    selects 'a!=3=3'
    selects '3=3'
    selects 'x<y=4'
    selects 'x<y<=4'
    selects 't:num=5'
    selects 't:num:num=5'
    selects 't:str=6'
    selects 't:int=6'
    try where 'a=b=2'
    gives 0 '' 'a a=b a! x<y t:num t'
    selects 'a! = 3'
    selects 'a! != =3'
    try where 'a=!3'
    gives 0 '' 'a a=b a! x<y t:num t'
}

@test "one blank on each side belongs to the operator; other blanks to the name and the value" {
    given 'a b\s c\sd' '1 \sx 2' '\s1 y 3'
    try where 'a = 1'
    gives 0 '' 'a b\s c\sd' '1 \sx 2'
    try where 'a =  1'
    gives 0 '' 'a b\s c\sd' '\s1 y 3'
    try where 'b  =  x'
    gives 0 '' 'a b\s c\sd' '1 \sx 2'
    try where 'b =y'
    gives 0 '' 'a b\s c\sd' '\s1 y 3'
    try where 'b  = y'
    gives 0 '' 'a b\s c\sd' '\s1 y 3'
    try where 'c d>=3' 'b  ~ ^y'
    gives 0 '' 'a b\s c\sd' '\s1 y 3'
    try where 'a >= '
    gives 0 '' 'a b\s c\sd' '1 \sx 2' '\s1 y 3'
    try where 'a= 1'
    gives 2 'where: a= 1: a blank after = requires one before it (*'
    try where 'a =1'
    gives 2 'where: unknown column a ; the columns are a, b , c d (*'
    try where 'a  = 1'
    gives 2 'where: unknown column a ; the columns are a, b , c d (*'
}

@test "types demand what they say: another value is bad data, whatever the other conditions are" {
    given 'a b' '1 x' 'y x' '\N x' '2 z' '1.5 x'
    try where 'a:num>1'
    gives 1 'where: line 3: column a: "y" is not a number' 'a b' '\! where line\s3:\scolumn\sa:\s"y"\sis\snot\sa\snumber'
    try where 'a:num>1' -r rejects
    gives 0 'where: 5 read, 2 written, 2 left out, 1 rejected to rejects' 'a b' '2 z' '1.5 x'
    try where 'a:int>=1' -r rejects
    gives 0 'where: 5 read, 2 written, 1 left out, 2 rejected to rejects' 'a b' '1 x' '2 z'
    for conditions in 'b=z a:num!=7' 'a:num!=7 b=z' '-v a:num=7 b=z'; do
        # shellcheck disable=SC2086 # words are meant
        try where $conditions -r rejects
        [ "$(cut -f 1,2 rejects)" = $'line\treason\n3\tcolumn a: "y" is not a number' ]
    done
    try where --any b=x a:num=7
    [ "$status" -eq 1 ]
    try where 'b=@a' 'b:bool=@a'
    gives 1 'where: line 2: column b: "x" is not true or false' 'a b' '\! where line\s2:\scolumn\sb:\s"x"\sis\snot\strue\sor\sfalse'
    given 'a b' 'true 1' 'false 2'
    try where 'a:bool=true'
    gives 0 '' 'a b' 'true 1'
    try where 'a:bool!=@b'
    gives 1 'where: line 2: column b: "1" is not true or false' 'a b' '\! where line\s2:\scolumn\sb:\s"1"\sis\snot\strue\sor\sfalse'
}

@test ":str compares as bytes; :int is a number; :json and patterns check, too" {
    holds 'x:str=1' 1 1.0 01 -- 1
    holds 'x:str<9' 10 9 -- 10
    holds 'x:int>9' 10 9 123456789012345678901 -- 10 123456789012345678901
    given x 1 1.0
    try where 'x:int=1'
    gives 1 'where: line 3: column x: "1.0" is not an integer' x 1 '\! where line\s3:\scolumn\sx:\s"1.0"\sis\snot\san\sinteger'
    holds 'x:json!=\N' '{"a":"b\\n"}' '[1]' -- '{"a":"b\\n"}' '[1]'
    given x '[1]' '{"a":"b\\"}'
    try where 'x:json~1'
    [ "$status" -eq 1 ]
    [ "$(cat err)" = 'where: line 3: column x: "{"a":"b\\"}" is not JSON' ]
    given x 15 a
    try where 'x:num~5'
    gives 1 'where: line 3: column x: "a" is not a number' x 15 '\! where line\s3:\scolumn\sx:\s"a"\sis\snot\sa\snumber'
}

@test ":time compares instants, exactly, in every spelling of a time" {
    given t 2024-01-01T01:00:00+02:00 2023-12-31T23:00:00Z '2023-12-31\s23:00' 2024-01-01 2023-12-31T23:00:00.000000000000000001 \
        '\N' 2023-12-31T22:59:60Z
    try where 't:time=2023-12-31T23:00:00Z' -r rejects
    gives 0 'where: 7 read, 3 written, 3 left out, 1 rejected to rejects' t 2024-01-01T01:00:00+02:00 2023-12-31T23:00:00Z \
        '2023-12-31\s23:00'
    [ "$(sed -n 2p rejects | cut -f 2)" = 'column t: "2023-12-31T22:59:60Z" is not a time' ]
    try where 't:time>2024-01-01T01:00:00+02' -r rejects
    gives 0 '*' t 2024-01-01 2023-12-31T23:00:00.000000000000000001
    given 'a b' '2024-01-01 2024-01-01T00:00:00Z' '2024-01-01 2023-12-31T24:00:00Z'
    try where 'a:time=@b'
    gives 1 'where: line 3: column b: "2023-12-31T24:00:00Z" is not a time' 'a b' '2024-01-01 2024-01-01T00:00:00Z' \
        '\! where line\s3:\scolumn\sb:\s"2023-12-31T24:00:00Z"\sis\snot\sa\stime'
    given a 2024-01-01T00:00:00.1234567890123456789
    try where 'a:time>2000-01-01'
    gives 1 'where: line 2: column a: "2024-01-01T00:00:00.1234567890123456789" is finer than 18 decimal places of a second' a \
        '\! where line\s2:\scolumn\sa:\s"2024-01-01T00:00:00.1234567890123456789"\sis\sfiner\sthan\s18\sdecimal\splaces\sof\sa\ssecond'
}

@test "~ matches the value, not its spelling, as bytes; case matters" {
    holds 'x~a.b' 'a\tb' 'a\nb' 'a\\b' ab 'a\\tb' -- 'a\tb' 'a\nb' 'a\\b'
    holds 'x~^[^a-z]$' A a é '\\' '\t' -- A '\\' '\t'
    holds 'x~^..$' é ab a -- é ab
    holds 'x~(ab|^c)d{2}' abdd cdd xcdd abd -- abdd cdd
    holds 'x~\\' 'a\\' 'a\t' -- 'a\\'
    holds 'x~^\\N$' '\N' '\\N' -- '\\N'
    holds 'x~' '' a -- '' a
    holds 'x~^$' '' a -- ''
    holds 'x~^ab$' ab aab abb abab 'ab\n' -- ab
    holds 'x~^ab' ab aab abb a '' -- ab abb
    holds 'x~ab$' ab aab abb 'ab\n' b -- ab aab
    holds 'x~ab' ab aab xxabxx ba a -- ab aab xxabxx
    holds 'x~a\.b' a.b axb -- a.b
    holds 'x!~^a' a b '' -- b ''
    given x $'a\tb'
    given x 'a\tb'
    try where $'x~a\tb'
    gives 0 '' x 'a\tb'
}

@test "--require: a record that does not meet a condition is bad, with the condition and the value as the reason" {
    given 'id age' '1 20' '2 17' '3 \N' '4 200' '5 x'
    try where --require 'age>=18'
    gives 1 'where: line 3: column age: "17" does not meet age>=18' 'id age' '1 20' \
        '\! where line\s3:\scolumn\sage:\s"17"\sdoes\snot\smeet\sage>=18'
    try where --require 'age:num>=18' 'age<150' -r rejects
    gives 0 'where: 5 read, 1 written, 0 left out, 4 rejected to rejects' 'id age' '1 20'
    diff - rejects << 'END'
line	reason	record
3	column age: "17" does not meet age:num>=18	2\t17
4	column age: "\\N" does not meet age:num>=18	3\t\\N
5	column age: "200" does not meet age<150	4\t200
6	column age: "x" is not a number	5\tx
END
    try where --require 'age>=18' -r rejects --max-rejects 1
    [ "$status" -eq 1 ]
    [ "$(cat err)" = 'where: line 4: column age: "\N" does not meet age>=18; more than 1 bad records' ]
    try where --require --any 'age=\N' 'age<100' -r rejects
    gives 0 'where: 5 read, 3 written, 0 left out, 2 rejected to rejects' 'id age' '1 20' '2 17' '3 \N'
    [ "$(sed -n 2p rejects)" = $'5\tmeets no condition\t4\\t200' ]
    try where --require --any 'age<100' -r rejects
    [ "$(sed -n 2p rejects)" = $'4\tcolumn age: "\\\\N" does not meet age<100\t3\\t\\\\N' ]
    try where --require -v 'age>=18'
    gives 2 'where: --invert and --require cannot be combined (*'
}

@test "a condition that does not parse is a usage error that says what was expected" {
    given 'a b' '1 2'
    wrong() { # CONDITION MESSAGE
        try where "$1"
        gives 2 "where: $2 (try*" || { echo "$1" && return 1; }
    }
    for condition in a '' 'a 1' 'a:num' '!'; do
        wrong "$condition" "\"$condition\" must be COL[[]:TYPE]OP VALUE; OP must be one of !=, !~, <=, >=, =, <, >, ~"
    done
    wrong 'c=1' 'unknown column c; the columns are a, b'
    wrong '3=1' 'unknown column 3; the columns are a, b'
    wrong '=1' 'unknown column ; the columns are a, b'
    wrong 'c = 1' 'unknown column c; the columns are a, b'
    wrong 'c:num>1' 'unknown column c:num; the columns are a, b'
    wrong 'c:x>1' 'unknown column c:x; the columns are a, b'
    wrong 'a:x>1' 'a:x: the type must be one of int, num, bool, time, str, json'
    wrong 'a:>1' 'a:: the type must be one of int, num, bool, time, str, json'
    wrong 'a*=1' 'no column matches a\*; the columns are a, b'
    wrong 'a:num>x' 'a:num>x: "x" is not a number'
    wrong 'a:num>' 'a:num>: "" is not a number'
    wrong 'a:int=1.5' 'a:int=1.5: "1.5" is not an integer'
    wrong 'a:time>2024' 'a:time>2024: "2024" is not a time'
    wrong 'a:time>2024-02-30' 'a:time>2024-02-30: "2024-02-30" is not a time'
    wrong 'a:bool=1' 'a:bool=1: "1" is not true or false'
    wrong 'a=\q' 'a=\\q: "\\q" must be escaped as in a record'
    wrong $'a=x\ty' 'a=x\\x09y: "x\\x09y" must be escaped as in a record'
    wrong $'a=\xff' 'a=\\xFF: "\\xFF" must be escaped as in a record'
    wrong 'a=x\N' 'a=x\\N: "x\\N" must be escaped as in a record'
    wrong 'a==1' 'a==1: equal is =; blanks around = are required before a value that begins with ='
    wrong 'a=~1' 'a=~1: a regular expression is ~; blanks around = are required before a value that begins with ~'
    wrong 'a<>1' 'a<>1: not equal is !=; blanks around < are required before a value that begins with >'
    wrong 'a:num=>1' 'a:num=>1: blanks around = are required before a value that begins with >'
    wrong 'a~(' 'a~(: "(" has an invalid regular expression: *'
    wrong 'a~\d' 'a~\\d: "\\d" has \\d, which is no escape in POSIX; *'
    wrong 'a!~[' 'a!~[[]: "[[]" has an invalid regular expression: *'
}

@test "-N: columns by number" {
    given '1 x' '2 y' '10 z'
    try where -N '1>=2'
    gives 0 '' '2 y' '10 z'
    try where -N '2~[xz]' 1!=10
    gives 0 '' '1 x'
    try where -N 'a=1'
    [ "$status" -eq 2 ]
    [[ $(< err) == 'where: unknown column a; without a header there are columns 1 to 2 '* ]]
    given
    try where -N '7:num>1' 'x~a' 'a=@b'
    gives 0 ''
    try where -N 'x'
    [ "$status" -eq 2 ]
}

@test "the whole record is checked, and copied as it is" {
    given_bytes 'a\tb\n1\tx\\fy\r\n2\n3\t\\q\n1\t\n'
    try where 'a=1' -r rejects
    gives_bytes 0 'where: 4 read, 2 written, 0 left out, 2 rejected to rejects' 'a\tb\n1\tx\fy\n1\t\n'
}

@test "records of any length, in pieces and whole" {
    python3 -c '
print("n\tx")
for n in list(range(70)) + [4096, 65536, 131071, 131072, 131073, 300000]:
    print("%d\t%s" % (n, "x" * n))' > in
    try where 'n>=33' < in
    awk 'NR == 1 || $1 >= 33' in | cmp - out
    dd if=in bs=777 2> log | where 'n>=33' | cmp - out
}

@test "random tables and conditions: the same result as SQLite's WHERE" {
    python3 "$ROOT/t/lib/where_against_sqlite.py" where 500
    [ ! -x "$PLAIN/where" ] || python3 "$ROOT/t/lib/where_against_sqlite.py" "$PLAIN/where" 100
}

@test "random numbers: the same order as python3's fractions" {
    python3 - << 'END'
import fractions, random, subprocess, sys
rng = random.Random(9)
def number():
    whole = rng.choice(['0', str(rng.randrange(10)), str(rng.randrange(10 ** rng.randint(1, 14))), '9' * rng.randint(1, 40)])
    fraction = rng.choice(['', '', '.0', '.%d' % rng.randrange(10 ** rng.randint(1, 8)), '.' + '9' * rng.randint(1, 20)])
    return rng.choice(['', '', '-']) + whole + fraction + rng.choice(['', '', '', 'e%d' % rng.randint(-30, 30)])
numbers = [number() for _ in range(400)]
rows = [(a, rng.choice([a, a + ('0' if '.' in a and 'e' not in a else ''), rng.choice(numbers)])) for a in numbers]
for word, test in {'<': lambda a, b: a < b, '=': lambda a, b: a == b, '>=': lambda a, b: a >= b}.items():
    for value in [None] + rng.sample(numbers, 40):
        text = 'a\tb\n' + ''.join('%s\t%s\n' % row for row in rows)
        got = subprocess.run(['where', 'a%s%s' % (word, value or '@b')], input=text.encode(), capture_output=True).stdout.decode()
        want = 'a\tb\n' + ''.join('%s\t%s\n' % (a, b) for a, b in rows
                                  if test(fractions.Fraction(a), fractions.Fraction(value or b)))
        if got != want:
            sys.exit('%s %s: %s\nwant: %s' % (word, value, got, want))
END
}
