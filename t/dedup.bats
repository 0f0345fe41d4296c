# dedup: keeps one record for each key, in order of first appearance.

load helper

# A table of N records with KEYS different keys and all kinds of values, in an order that looks random.
table() {
    awk -v n="$1" -v keys="$2" 'BEGIN {
        print "key\tvalue\ttext"
        for (i = 1; i <= n; i++) {
            x = i * 7919 % 1000003
            printf "key-%d\t%s\t%s\n", x % keys, i % 11 ? x % 1000 : "\\N", substr("abcdefghijklmnopqrstuvwxyz", 1, x % 23)
        }
    }'
}

@test "the first record of each key is kept, in order of first appearance" {
    given 'k v' 'b 1' 'a 2' 'b 3' 'c 4' 'a 5'
    try dedup -k k
    gives 0 '' 'k v' 'b 1' 'a 2' 'c 4'
}

@test "without -k the whole record is the key" {
    given 'k v' 'a 1' 'a 2' 'a 1'
    try dedup
    gives 0 '' 'k v' 'a 1' 'a 2'
}

@test "keys of several columns, by name and by number, adjacent or not" {
    given 'a b c' '1 x 2' '1 y 2' '1 x 3' '1 z 2'
    try dedup -k a,c
    gives 0 '' 'a b c' '1 x 2' '1 x 3'
    try dedup -k 3,1
    gives 0 '' 'a b c' '1 x 2' '1 x 3'
    try dedup -k a,b
    gives 0 '' 'a b c' '1 x 2' '1 y 2' '1 z 2'
}

@test "different keys stay different: field ends, escapes, null, empty, numbers, accents" {
    given 'a x b' 'p\t 1 q' 'p 2 \tq' '\N 3 q' ' 4 q' '\\N 5 q' '1 6 q' '1.0 7 q' '01 8 q' 'é 9 q' $'e\xcc\x81 10 q'
    try dedup -k a,b
    gives 0 '' 'a x b' 'p\t 1 q' 'p 2 \tq' '\N 3 q' ' 4 q' '\\N 5 q' '1 6 q' '1.0 7 q' '01 8 q' 'é 9 q' $'e\xcc\x81 10 q'
}

@test "each value has one spelling: escapes that are only read make no other key" {
    given_bytes 'k\na\\fb\na\fb\n'
    try dedup -k k
    gives_bytes 0 '' 'k\na\fb\n'
}

@test "a column is found by every spelling of its name that a header line may have" {
    local name
    for name in 'a\bb' $'a\bb'; do
        given_bytes 'a\\bb\tv\n1\t2\n1\t3\n'
        try dedup -k "$name"
        gives_bytes 0 '' 'a\bb\tv\n1\t2\n'
        try dedup -k v,1 --max "v,$name"
        gives_bytes 0 '' 'a\bb\tv\n1\t2\n1\t3\n'
        try weekagg -g v "s=sum:$name"
        gives_bytes 0 '' 'v\ts\n2\t1\n3\t1\n'
        try tsv2jsonl -c "$name:int,v:int"
        gives_bytes 0 '' '{"a\\bb":1,"v":2}\n{"a\\bb":1,"v":3}\n'
    done
    for name in 'a\tb' 'a\xb' 'a\' '\'; do
        try dedup -k "$name"
        gives 2 'dedup: --key: unknown column *'
    done
}

@test "--keep last writes the last record where the first one was" {
    given 'k v' 'b 1' 'a 2' 'b 3' 'c 4'
    try dedup -k k --keep last
    gives 0 '' 'k v' 'b 3' 'a 2' 'c 4'
}

@test "--max and --min: numbers compare as numbers, ties by the next column, then the first record" {
    given 'k n m v' 'a 9 1 p' 'a 10 1 q' 'a 10 2 r' 'a 10.0 2 s' 'b \N 1 t' 'b -1 1 u' 'c x 1 v' 'c 99 1 w'
    try dedup -k k --max n,m
    gives 0 '' 'k n m v' 'a 10 2 r' 'b -1 1 u' 'c x 1 v'
    try dedup -k k --min n,m
    gives 0 '' 'k n m v' 'a 9 1 p' 'b \N 1 t' 'c 99 1 w'
}

@test "--max and --min: exponents of any size, exactly" {
    python3 "$ROOT/t/lib/exponents.py" "$BATS_TEST_TMPDIR"
    try dedup -k k --max v
    [ "$status" -eq 0 ]
    cmp "$BATS_TEST_TMPDIR/want" "$BATS_TEST_TMPDIR/out"
}

@test "--max and --min of many columns, in any order" {
    python3 -c '
import random
random.seed(5)
columns = range(1, 20001)
print(*columns, sep="\t")
for record in range(9):
    print(record % 3, *(1 if column != 7 else random.randrange(4) for column in columns[1:-1]), record, sep="\t")
' > "$BATS_TEST_TMPDIR/in"
    local up down
    up=$(seq -s, 2 20000)
    down=$(seq 20000 -1 2 | paste -sd,)
    dedup -k 1 --max 7,20000 < "$BATS_TEST_TMPDIR/in" > "$BATS_TEST_TMPDIR/want"
    dedup -k 1 --max "$up" < "$BATS_TEST_TMPDIR/in" | cmp - "$BATS_TEST_TMPDIR/want"
    dedup -k 1 --keep last < "$BATS_TEST_TMPDIR/in" > "$BATS_TEST_TMPDIR/want"
    dedup -k 1 --max "$down" < "$BATS_TEST_TMPDIR/in" | cmp - "$BATS_TEST_TMPDIR/want"
    dedup -k 1 < "$BATS_TEST_TMPDIR/in" > "$BATS_TEST_TMPDIR/want"
    dedup -k 1 --min "$down" < "$BATS_TEST_TMPDIR/in" | cmp - "$BATS_TEST_TMPDIR/want"
}

@test "-i ignores case in keys, and no difference of a null" {
    given 'k v' 'Ab 1' 'aB 2' 'É 3' 'é 4' '\N 5' '\n 6'
    try dedup -i -k k
    gives 0 '' 'k v' 'Ab 1' 'É 3' '\N 5' '\n 6'
    try dedup -i -k k,v
    gives 0 '' 'k v' 'Ab 1' 'aB 2' 'É 3' 'é 4' '\N 5' '\n 6'
    given 'v a b' '1 \\N Ü' '2 \\n ü' '3 \N Ü' '4 \N ü' '5 \n ü'
    try dedup -i -k b,a
    gives 0 '' 'v a b' '1 \\N Ü' '3 \N Ü' '5 \n ü'
    try dedup -i -k 2-3
    gives 0 '' 'v a b' '1 \\N Ü' '3 \N Ü' '5 \n ü'
}

@test "--trim ignores blanks around the fields of keys, in whatever spelling, and changes no record" {
    given 'k v' 'a 1' '\sa 2' 'a\s 3' '\t\na\r\s 4' $'\va\f 5' 'a\sb 6' '\sa\sb\s 7' 'b 8'
    try dedup --trim -k k
    gives 0 '' 'k v' 'a 1' 'a\sb 6' 'b 8'
    try dedup --trim -k k --keep last --count
    gives 0 '' 'k v Count' $'\va\f 5 5' '\sa\sb\s 7 2' 'b 8 1'
    given 'k v' '\s7 1' '7 2' '07 3' '7\s 4' '7\t 5'
    try dedup --trim -k k
    gives 0 '' 'k v' '\s7 1' '07 3'
}

@test "--trim: a null, an empty field, a backslash, letters, a no-break space; the end of each field" {
    given 'k' '\N' '' '\s' '\t\n' '\\' '\\\t' '\\t' '\\t\s' 'n' '\\N' 'xn' 'x\n' 'x\\n' $'x\xc2\xa0' x
    try dedup --trim
    gives 0 '' 'k' '\N' '' '\\' '\\t' 'n' '\\N' 'xn' 'x\n' 'x\\n' $'x\xc2\xa0'
    given 'a b c' 'x y z' '\sx\s \sy\s \sz\s' 'x\s y z' 'x \sy z' 'x y\s z' 'xy \s z' 'x \s yz' 'x  \syz' '  ' '\s \s \s'
    try dedup --trim
    gives 0 '' 'a b c' 'x y z' 'xy \s z' 'x \s yz' '  '
    try dedup --trim -k c,a
    gives 0 '' 'a b c' 'x y z' 'xy \s z' 'x \s yz' '  '
    try dedup --trim -i -k 3,1
    gives 0 '' 'a b c' 'x y z' 'xy \s z' 'x \s yz' '  '
}

@test "--trim and -i together, also beyond memory: the same as python3" {
    python3 - << 'END'
import random, subprocess, sys
rng = random.Random(4)
escaped = {'\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r'}
def field(value):
    return ''.join(escaped.get(c, c) for c in value)
def value():
    return ''.join(rng.choice(' \t\n\r\v\f\\aAéÉnNtxß') for _ in range(rng.randint(0, 6)))
def key(value):
    return ''.join(c if len(c.casefold()) > 1 else c.casefold() for c in value.strip(' \t\n\r\v\f'))
records = [(value(), value(), str(i)) for i in range(20000)]
text = 'a\tb\tn\n' + ''.join('\t'.join(map(field, r)) + '\n' for r in records)
for columns, indices in ('a,b', (0, 1)), ('b,a', (1, 0)), ('a', (0,)):
    for more in [], ['-S', '16M', '--keep', 'last']:
        kept = {}
        for r in records:
            k = tuple(key(r[i]) for i in indices)
            kept[k] = r if more or k not in kept else kept[k]
        want = 'a\tb\tn\n' + ''.join('\t'.join(map(field, r)) + '\n' for r in kept.values())
        got = subprocess.run(['dedup', '-i', '--trim', '-k', columns] + more, input=text.encode(), capture_output=True)
        if got.stdout.decode() != want:
            sys.exit('-k %s %s: %s' % (columns, more, got.stderr))
END
}

@test "--count appends the number of records with the key" {
    given 'k v' 'b 1' 'a 2' 'b 3'
    try dedup -k k --count
    gives 0 '' 'k v Count' 'b 1 2' 'a 2 1'
    try dedup -k k --count --keep last
    gives 0 '' 'k v Count' 'b 3 2' 'a 2 1'
    given 'k Count' 'b 1'
    try dedup -k k --count
    gives 2 'dedup: output: duplicate column Count (try*'
}

@test "--dups gets the dropped records, with the header" {
    given 'k v' 'b 1' 'a 2' 'b 3' 'b 0'
    try dedup -k k --dups "$BATS_TEST_TMPDIR/dups"
    gives 0 '' 'k v' 'b 1' 'a 2'
    try cat "$BATS_TEST_TMPDIR/dups"
    given
    cp "$BATS_TEST_TMPDIR/dups" "$BATS_TEST_TMPDIR/in"
    try cat
    gives 0 '' 'k v' 'b 3' 'b 0'
}

@test "no record is lost: kept and dropped records together are the input" {
    table 3000 700 > "$BATS_TEST_TMPDIR/in"
    for key in '' '-k key' '-k value' '-k text,key' '-i -k text' '-k value --max text' '-k 2,3,1 --keep last'; do
        # shellcheck disable=SC2086 # words are meant
        try dedup $key --dups "$BATS_TEST_TMPDIR/dups"
        [ "$status" -eq 0 ]
        diff <(tail -n +2 "$BATS_TEST_TMPDIR/in" | sort) \
            <(cat "$BATS_TEST_TMPDIR/out" "$BATS_TEST_TMPDIR/dups" | grep -v '^key	value' | sort)
    done
}

@test "the same records as awk keeps" {
    table 20000 900 > "$BATS_TEST_TMPDIR/in"
    try dedup -k key
    cmp <(awk -F '\t' '!seen[$1]++' "$BATS_TEST_TMPDIR/in") "$BATS_TEST_TMPDIR/out"
    try dedup -k value,text
    cmp <(awk -F '\t' '!seen[$2, $3]++' "$BATS_TEST_TMPDIR/in") "$BATS_TEST_TMPDIR/out"
}

@test "numbers in other spellings are other keys; ids of all lengths" {
    keys=(k 7 07 007 7.0 7e0 +7 -7 0 00 -0 63 64 65 12345678 123456789 1234567/ 1234567: 1234567:9 '\\N'
        99999999999999999 999999999999999999 1000000000000000000 9223372036854775808 18446744073709551623)
    given "${keys[@]}" "${keys[@]:1}"
    try dedup -k k
    gives 0 '' "${keys[@]}"
}

@test "dense and sparse ids of 1 to 20 digits: the same records as awk keeps, also with -S" {
    awk 'BEGIN {
        print "id\tn"
        for (i = 1; i <= 900000; i++) {
            x = i * 7919 % 1000003
            far = sprintf("%d%06d", x % 999 + 1, x * 31 % 1000003)
            id = i % 3 ? far substr("718281828459045235360287", 1, x % 13) : x % 4 ? x % 77777 : "x" x % 777
            print id "\t" i
        }
    }' > "$BATS_TEST_TMPDIR/in"
    awk -F '\t' '!seen[$1]++' "$BATS_TEST_TMPDIR/in" > "$BATS_TEST_TMPDIR/by-awk"
    for memory in 4G 1; do
        try dedup -k id -S $memory --dups "$BATS_TEST_TMPDIR/dups$memory"
        [ "$status" -eq 0 ]
        cmp "$BATS_TEST_TMPDIR/by-awk" "$BATS_TEST_TMPDIR/out"
    done
    cmp "$BATS_TEST_TMPDIR/dups4G" "$BATS_TEST_TMPDIR/dups1"
}

@test "-S changes only memory: spilled records come back in order" {
    table 1300000 600000 > "$BATS_TEST_TMPDIR/in"
    for options in '' '--keep last' '--max value,text --count' '--min text'; do
        for memory in 4G 1; do
            # shellcheck disable=SC2086 # words are meant
            dedup -k key $options -S $memory --dups "$BATS_TEST_TMPDIR/dups$memory" < "$BATS_TEST_TMPDIR/in" \
                > "$BATS_TEST_TMPDIR/kept$memory"
        done
        cmp "$BATS_TEST_TMPDIR/kept4G" "$BATS_TEST_TMPDIR/kept1"
        cmp "$BATS_TEST_TMPDIR/dups4G" "$BATS_TEST_TMPDIR/dups1"
    done
}

@test "-S is a limit also when the records held grow" {
    awk 'BEGIN {
        print "key\tsize\ttext"
        for (size = 1; size < 80; size += 6)
            for (key = 0; key < 20000; key++)
                printf "%d\t%d\t%*s\n", key * 7919 % 20000, size + key % 5, 10 * size, "x"
    }' > "$BATS_TEST_TMPDIR/in"
    dedup -k key --max size --count -S 4G < "$BATS_TEST_TMPDIR/in" > "$BATS_TEST_TMPDIR/unbounded"
    try python3 -c '
import resource, subprocess, sys
status = subprocess.call(["dedup", "-k", "key", "--max", "size", "--count", "-S", "1"])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(status)'
    [ "$status" -eq 0 ]
    cmp "$BATS_TEST_TMPDIR/unbounded" "$BATS_TEST_TMPDIR/out"
    case $WEIR_BUILD in
    *san) ;; # the sanitizers' own memory counts there
    *) [ "$(cat "$BATS_TEST_TMPDIR/err")" -lt 24000 ] ;;
    esac
}

@test "-S: a record larger than memory replaces the only one held, so that dedup ends" {
    python3 -c '
print("k\tv")
for key, letter, *megabytes in "ax6", "ay7", "bx1", "bz12", "cx1", "ay11", "bw9", "cz11", "az12":
    print(key, letter * (int("".join(megabytes)) << 20), sep="\t")' > "$BATS_TEST_TMPDIR/in"
    for keep in '--keep last' '--max v' '--min v'; do
        # shellcheck disable=SC2086 # words are meant
        dedup -k k $keep --count -S 4G --dups "$BATS_TEST_TMPDIR/dups" < "$BATS_TEST_TMPDIR/in" > "$BATS_TEST_TMPDIR/kept"
        # shellcheck disable=SC2086
        timeout 60 dedup -k k $keep --count -S 1 --dups "$BATS_TEST_TMPDIR/dups1" < "$BATS_TEST_TMPDIR/in" |
            cmp - "$BATS_TEST_TMPDIR/kept"
        cmp "$BATS_TEST_TMPDIR/dups" "$BATS_TEST_TMPDIR/dups1"
    done
}

@test "nothing is left in TMPDIR, even after SIGKILL" {
    mkdir "$BATS_TEST_TMPDIR/tmp"
    table 600000 600000 > "$BATS_TEST_TMPDIR/in"
    mkfifo "$BATS_TEST_TMPDIR/fifo"
    TMPDIR=$BATS_TEST_TMPDIR/tmp dedup -k key -S 1 < "$BATS_TEST_TMPDIR/fifo" > "$BATS_TEST_TMPDIR/out" &
    local pid=$!
    exec 4> "$BATS_TEST_TMPDIR/fifo"
    cat "$BATS_TEST_TMPDIR/in" >&4
    [ -z "$(ls -A "$BATS_TEST_TMPDIR/tmp")" ]
    kill -9 $pid
    wait $pid || true
    exec 4>&-
    [ -z "$(ls -A "$BATS_TEST_TMPDIR/tmp")" ]
}

@test "a missing TMPDIR or a limit of file size is a system failure, with a failure mark" {
    table 600000 600000 > "$BATS_TEST_TMPDIR/in"
    try env TMPDIR="$BATS_TEST_TMPDIR/none" dedup -k key -S 1
    [ "$status" -eq 3 ]
    [[ $(cat "$BATS_TEST_TMPDIR/err") == "dedup: temporary file in $BATS_TEST_TMPDIR/none: No such file or directory" ]]
    [[ $(tail -n 1 "$BATS_TEST_TMPDIR/out") == '\!	dedup	temporary file in '* ]]
    try sh -c 'ulimit -f 100; dedup -k key -S 1 | tail -n 1'
    gives 0 'dedup: write error: */*: File too large' "\\! dedup write\\serror:\\s${TMPDIR:-/tmp}:\\sFile\\stoo\\slarge"
}

@test "a key of 40 megabytes is a key like any other" {
    try sh -c '{ echo k; for i in 1 2; do head -c 40000000 /dev/zero | tr "\\0" x; echo; done; echo y; } | dedup -k k | wc -lc'
    [ "$status" -eq 0 ]
    [ "$(tr -s ' ' < "$BATS_TEST_TMPDIR/out" | sed 's/^ //')" = '3 40000005' ]
}

@test "without a header, columns are numbers" {
    given 'a 1' 'b 2' 'a 3'
    try dedup -N -k 1 --keep last
    gives 0 '' 'a 3' 'b 2'
    try dedup -N -k a
    gives 2 "dedup: --key: unknown column a; without a header there are columns 1 to 2 (try 'dedup --help')" \
        "\\! dedup --key:\\sunknown\\scolumn\\sa;\\swithout\\sa\\sheader\\sthere\\sare\\scolumns\\s1\\sto\\s2\\s(try\\s'dedup\\s--help')"
    given
    try dedup -N -k 1
    gives 0 ''
}

@test "bad records are rejected and counted" {
    given 'k v' 'a 1' 'b' 'a 2' 'c \q'
    try dedup -k k -r "$BATS_TEST_TMPDIR/rejects"
    gives 0 "dedup: 4 read, 1 written, 1 duplicates, 2 rejected to $BATS_TEST_TMPDIR/rejects" 'k v' 'a 1'
}

@test "--dups does not overwrite a file in use" {
    cd "$BATS_TEST_TMPDIR"
    given 'k v' 'a 1' 'a 2'
    cp in copy
    try dedup -k k --dups in
    gives 2 'dedup: --dups: in is already in use (try*'
    cmp copy in
    try dedup -k k --dups both -r both
    gives 2 'dedup: --dups: both is already in use (try*'
    cp in both
    try sh -c 'dedup -k k --dups both >> both'
    gives 2 'dedup: --dups: both is already in use (try*'
    cmp copy both
    try dedup -k k --dups dups -r rejects
    gives 0 'dedup: 2 read, 1 written, 1 duplicates, 0 rejected to rejects' 'k v' 'a 1'
    diff - dups <<< $'k\tv\na\t2'
}

@test "options that cannot be combined and operands are usage errors" {
    given 'k' 'a'
    try dedup --max k --keep last
    gives 2 'dedup: --keep, --max and --min cannot be combined (try*'
    try dedup --max k --min k
    gives 2 'dedup: --keep, --max and --min cannot be combined (try*'
    try dedup file
    gives 2 'dedup: unexpected operand "*"; records are read from standard input (try*'
    try dedup -k none
    gives 2 'dedup: --key: unknown column none; the columns are k (try*'
    try dedup --keep most
    gives 2 'dedup: --keep: "most" must be one of first, last (try*'
    try dedup -S much
    gives 2 'dedup: --memory: "much" is not a size such as 64M (try*'
}

@test "records before the bad one that ends the program are written, also those of an unfinished batch" {
    given a 1 2 1 '3 x' 4
    try dedup
    gives 1 'dedup: line 5: got 2 fields, the header has 1' a 1 2 \
        '\! dedup line\s5:\sgot\s2\sfields,\sthe\sheader\shas\s1'
}

@test "the reason of a failure mark is printed as it is, also with invalid escapes" {
    given_bytes 'a\n\\!\tx\tbad \\x41 \\N\\\\thing\\t.\\\n'
    try dedup
    gives_bytes 1 'dedup: input failed: bad \\x41 \\N\\thing\\x09.\\' 'a\n\\!\tx\tbad \\x41 \\N\\\\thing\\t.\\\n'
}

PLAIN=${WEIR_PLAIN_BUILD:-$ROOT/build/plain}/bin
LEVELS=${WEIR_LEVELS_BUILD:-$ROOT/build/levels}/bin

# Runs dedup with OPTIONs on the file in, as it is, at each level of vector instructions, and in the plain build.
same_as_plain() { # OPTION...
    local ran level
    "$PLAIN/dedup" --dups plain.dups "$@" < in > plain.out 2> plain.err || echo $? >> plain.err
    for level in base ''; do
        ran=$([ -n "$level" ] && echo "$LEVELS/dedup" || command -v dedup)
        [ -x "$ran" ] || continue
        WEIR_VECTOR=$level "$ran" --dups dups "$@" < in > out 2> err || echo $? >> err
        cmp plain.out out && cmp plain.dups dups && diff plain.err err || {
            echo "$ran $*"
            return 1
        }
    done
}

@test "numbers, near-numbers, times and texts as keys, good and bad records: the same as the plain build" {
    cd "$BATS_TEST_TMPDIR"
    [ -x "$PLAIN/dedup" ] || skip "no plain build: make plain"
    for seed in 0 1 2 3 4 5 6 7 8 9 10 11; do
        python3 "$ROOT/t/lib/random_keys.py" $seed 4000 > in
        for options in '-k 1' '-k 2,1' '-N -k 1' '-r rejects -k key' '-r rejects' '-r rejects -i -k 1' '-r rejects --trim -k 1' \
            '-r rejects -k 2' '-r rejects --count -k 1' '-r rejects --keep last' '-r rejects --max-line 60 -k 1'; do
            # shellcheck disable=SC2086 # words are meant
            same_as_plain $options
        done
    done
    cut -f 1 in > one
    mv one in
    same_as_plain
    same_as_plain -N
}

@test "an input cut at every byte, and read in pieces of any size: the same as the plain build" {
    cd "$BATS_TEST_TMPDIR"
    [ -x "$PLAIN/dedup" ] || skip "no plain build: make plain"
    { echo 'k	v' && seq 90 120 && seq 100 3 180 && echo 7; } | sed '2,$s/.*/&\t&x/' > whole
    python3 "$ROOT/t/lib/same_results.py" --cuts whole -- "$PLAIN/dedup" dedup -k 1
    python3 "$ROOT/t/lib/random_keys.py" 2 3000 > in
    for options in '-r rejects -k 1' '-r rejects'; do
        # shellcheck disable=SC2086 # words are meant
        "$PLAIN/dedup" $options < in > plain.out 2> plain.err
        for size in 17 63 64 65 1000 4096; do
            # shellcheck disable=SC2086
            python3 "$ROOT/t/lib/slow_pieces.py" $size dedup $options > out 2> err
            cmp plain.out out
            diff plain.err err
        done
    done
}

@test "a key column whose name is a number: a record that equals the header line is reported" {
    given '7 x' '7 x' '8 y' '7 z'
    try dedup -k 1
    gives 0 'dedup: line 2: the record equals the header line; were files concatenated?' '7 x' '7 x' '8 y'
}

@test "-S: ids with times, of changing lengths, come back in order; the same records as awk keeps" {
    cd "$BATS_TEST_TMPDIR"
    awk 'BEGIN {
        for (i = 1; i <= 900000; i++) {
            x = i * 7919 % 1000003
            x = x % 3 ? x : x % 50000
            printf "%d\t20%02d-03-%02d%s%02d:00:00.%d\n", x, x % 24, x % 28 + 1, x % 2 ? "T" : " ", x % 24, x % 1000
        }
    }' > in
    awk '!seen[$0]++' in > by-awk
    for memory in 4G 64M 16M; do
        try dedup -N -S $memory --dups dups$memory
        [ "$status" -eq 0 ]
        cmp by-awk out
        cmp dups4G dups$memory
    done
}
