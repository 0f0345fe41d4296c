# tsvsplit: splits records over files by key.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return
}

# N records: a key, one of K, and a number that counts the records.
records() { # N K
    awk -v n="$1" -v k="$2" 'BEGIN { for (i = 0; i < n; i++) print "key" i * 7919 % k "\t" i }'
}

@test "each record is written to one file, in input order, and all records of a key to the same file" {
    records 10000 500 > in
    try tsvsplit -N -k 1 -n 7 part.
    gives 0 ''
    [ "$(echo part.*)" = 'part.0000 part.0001 part.0002 part.0003 part.0004 part.0005 part.0006' ]
    sort -k 2n part.* | cmp in -
    for part in part.*; do
        sort -c -k 2n "$part"
        cut -f 1 "$part" | sort -u
        [ "$(wc -l < "$part")" -gt 500 ]
    done > keys
    [ "$(wc -l < keys)" -eq 500 ]
    [ -z "$(sort keys | uniq -d)" ]
}

@test "a key has the same file in every run and on every machine, whatever else is in the record" {
    given 'n k' '1 a' '2 b' '3 \N' '4 ' '5 longer-than-eight-bytes'
    try tsvsplit -k k -n 4 x.
    gives 0 ''
    lines 'x.0000:3 \N' 'x.0000:4 ' 'x.0000:5 longer-than-eight-bytes' 'x.0002:2 b' 'x.0003:1 a' > want-files
    grep -v 'n	k' x.* | diff want-files -
    given_bytes 'a\t1\tb\na\t2\tb\n'
    try tsvsplit -N -k 3,1 -n 100 y.
    gives 0 ''
    [ "$(cat y.*)" = "$(cat in)" ]
    [ "$(find . -name 'y.*' -size +0 | wc -l)" -eq 1 ]
}

@test "the hash is SipHash-1-3 under a secret of zeros, as python3 has it, for keys of every length" {
    python3 -c 'import sys; sys.exit(sys.hash_info.algorithm != "siphash13")' || skip 'python3 has another hash'
    PYTHONHASHSEED=0 python3 - << 'END'
files = {n: [b""] * n for n in (1, 2, 3, 7, 8, 1000, 9999)}
with open("in", "wb") as lines:
    for i in range(1, 4000):
        line = (str(i) * 300)[:1 + i * 7 % 120 if i % 500 < 250 else 9].encode()
        lines.write(line + b"\n")
        for n, parts in files.items():
            parts[hash(line) % 2 ** 64 % n] += line + b"\n"
for n, parts in files.items():
    with open("want.%d" % n, "wb") as want:
        want.write(b"".join(b"%04d:%s\n" % (i, line) for i, part in enumerate(parts) for line in part.split()))
END
    for n in 1 2 3 7 8 1000 9999; do
        try tsvsplit -N -n $n x.
        gives 0 ''
        grep -H '' x.* | sed 's/^x[.]//' | cmp want.$n -
        rm x.*
    done
}

@test "every file has the header line, and with -N none has; files without records exist too" {
    given 'a b' '1 2'
    try tsvsplit -n 3 x.
    gives 0 ''
    for file in x.000[012]; do
        [ "$(head -n 1 "$file")" = 'a	b' ]
    done
    [ "$(cat x.* | wc -l)" -eq 4 ]
    given
    try tsvsplit -N -n 2 y.
    gives 0 ''
    [ -e y.0001 ]
    [ -z "$(cat y.0000 y.0001)" ]
}

@test "lines of any length are written in the one spelling, whatever the buffers hold" {
    given_bytes 'a\tb\r\n1\t\\b\\\\\r\n2\té'
    try tsvsplit -n 1 x.
    gives 0 ''
    printf 'a\tb\n1\t\b\\\\\n2\té\n' | cmp - x.0000
    for n in 4094 4095 4096 4097 131071 131072 131073; do
        awk -v n=$n 'BEGIN { for (i = 0; i < 3; i++) printf "%0*d\n%d\n", n, i, i }'
    done > in
    for n in 1 4096; do
        try tsvsplit -N -n $n y$n.
        gives 0 ''
        cat y$n.* | sort | cmp - <(sort in)
    done
    cmp in y1.0000
}

@test "a program that works by key gives the same on each file by itself" {
    { echo 'k	n' && records 5000 700; } > in
    try tsvsplit -k k -n 5 x.
    for file in x.*; do
        dedup -k k < "$file" | tail -n +2
    done | sort > got
    dedup -k k < in | tail -n +2 | sort | cmp - got
    [ "$(wc -l < got)" -eq 700 ]
}

@test "-i: keys that differ in case only share a file: dedup -i over the parts gives the same as over the whole" {
    python3 "$ROOT/t/lib/cased_keys.py" > in
    for options in '-k k' '-k l,k' '-k k,l' '-N' '-N -k 1-2'; do
        rm -f x.*
        try tsvsplit -i $options -n 7 x.
        gives 0 ''
        for file in x.*; do
            dedup -i $options --count < "$file"
        done | sort -u > got
        dedup -i $options --count < in | sort -u | cmp - got
    done
    try tsvsplit -k k -n 7 y. # without -i they do not
    for file in y.*; do
        dedup -i -k k < "$file"
    done | sort -u > got
    [ "$(wc -l < got)" -gt "$(dedup -i -k k < in | sort -u | wc -l)" ]
}

@test "-i --by-value: the file is named after the folded key" {
    given 'k n' 'Bonn 1' 'BONN 2' 'É\n\\N 3' 'é\n\\N 4' '\N 5'
    try tsvsplit -i --by-value -k k x.
    gives 0 ''
    [ "$(ls x.*)" = $'x.%null\nx.bonn\nx.é%0A%5Cn' ]
    [ "$(cat x.bonn)" = $'k\tn\nBonn\t1\nBONN\t2' ]
}

@test "a file that exists is unchanged, and no other is created" {
    given a 1
    for name in x.0002 x.0001.part; do
        echo old > $name
        try tsvsplit -n 3 x.
        gives 2 "tsvsplit: $name already exists (try 'tsvsplit --help')"
        [ "$(echo x.*)" = $name ]
        [ "$(cat $name)" = old ]
        rm $name
    done
}

@test "a failed run leaves no file: bad data, failed input, no end mark with -E, no directory" {
    given 'a b' '1 2' '1'
    try tsvsplit -n 3 x.
    gives 1 'tsvsplit: line 3: got 1 field, the header has 2'
    given a 1 '\! dedup why'
    try tsvsplit -n 3 x.
    gives 1 'tsvsplit: input failed: why'
    given a 1
    try tsvsplit -E -n 3 x.
    gives 1 'tsvsplit: the input has no end mark: it is not complete'
    [ "$(echo x.*)" = 'x.*' ]
    try tsvsplit -n 3 none/x.
    gives 3 'tsvsplit: none/x.0000.part: No such file or directory'
    given a 1 '\.'
    try tsvsplit -E -n 1 x.
    gives 0 ''
    [ "$(cat x.0000)" = $'a\n1' ]
}

@test "a write beyond the limit of file size is an error, and no file remains" {
    [ -z "${SAN-}" ] || skip 'sanitizers write files of their own'
    records 100000 1000 > in
    try bash -c 'ulimit -f 64; exec tsvsplit -N -n 3 x.'
    gives 3 'tsvsplit: write error: x.000?.part: File too large'
    [ "$(echo x.*)" = 'x.*' ]
}

@test "a signal removes the files; after SIGKILL none has its final name" {
    for signal in INT TERM HUP KILL; do
        mkfifo pipe
        # The shell starts background jobs with INT ignored, nohup starts programs with HUP ignored.
        env --default-signal=INT,HUP tsvsplit -N -n 2 x. < pipe 3>&- &
        exec 5> pipe
        records 100000 1000 >&5
        for _ in $(seq 100); do [ ! -e x.0001.part ] || break; sleep 0.02; done
        [ -e x.0001.part ]
        kill -$signal $!
        wait $! || :
        exec 5>&-
        rm pipe
        [ ! -e x.0000 ] && [ ! -e x.0001 ]
        [ $signal = KILL ] || [ "$(echo x.*)" = 'x.*' ]
    done
}

@test "a signal that is ignored, as HUP is under nohup, changes nothing" {
    mkfifo pipe
    env --ignore-signal=HUP,TERM tsvsplit -N -n 2 x. < pipe 3>&- &
    exec 5> pipe
    records 10 10 >&5
    for _ in $(seq 100); do [ ! -e x.0001.part ] || break; sleep 0.02; done
    kill -HUP $!
    kill -TERM $!
    records 10 10 >&5
    exec 5>&-
    wait $!
    [ "$(cat x.000? | wc -l)" -eq 20 ]
}

@test "a signal during the renames waits until all files are renamed" {
    strace -o trace true || skip 'strace is not installed, or not allowed'
    export ASAN_OPTIONS=detect_leaks=0 # LeakSanitizer does not work under strace
    records 10 10 > in
    for n in 1 2 3; do
        strace -o trace -e inject=rename:signal=TERM:when=$n tsvsplit -N -n 3 x. < in
        [ "$(echo x.*)" = 'x.0000 x.0001 x.0002' ]
        rm x.*
    done
}

@test "-r: bad records are written to the file of rejects" {
    given 'a b' '1 2' '1' '3 4'
    try tsvsplit -r bad -n 1 x.
    gives 0 'tsvsplit: 3 read, 2 written, 1 rejected to bad'
    [ "$(cat x.0000)" = $'a\tb\n1\t2\n3\t4' ]
}

@test "thousands of files: few descriptors, bounded memory" {
    [ -z "${SAN-}" ] || skip 'sanitizers take memory of their own'
    records 200000 50000 > in
    try bash -c 'ulimit -n 16; ulimit -v 60000; exec tsvsplit -N -k 1 -n 4000 x.'
    gives 0 ''
    [ "$(find . -name 'x.????' | wc -l)" -eq 4000 ]
    cat x.* | sort -k 2n | cmp in -
}

@test "invalid operands and numbers of files" {
    given a
    try tsvsplit -n 2
    gives 2 "tsvsplit: expected one operand, PREFIX*"
    try tsvsplit -n 2 x. y.
    gives 2 "tsvsplit: expected one operand, PREFIX*"
    for n in 0 10001; do
        try tsvsplit -n $n x.
        gives 2 'tsvsplit: --files must be from 1 to 10000*'
    done
    try tsvsplit x.
    gives 2 'tsvsplit: either --files or --by-value is required (*'
    try tsvsplit -n 10000 x.
    gives 0 ''
    [ -e x.9999 ]
}

@test "a link, even to a file that does not exist, is not replaced; nor is a file that appears while it works" {
    ln -s nowhere x.0001
    given 'a' '1'
    try tsvsplit -n 2 x.
    gives 2 'tsvsplit: x.0001 already exists (*'
    [ -L x.0001 ]
    mkfifo in.fifo
    tsvsplit -n 2 y. < in.fifo 2> err 3>&- &
    exec 5> in.fifo
    printf 'a\n1\n' >&5
    until [ -e y.0001.part ]; do sleep 0.01; done
    echo mine > y.0001
    exec 5>&-
    status=0
    wait $! || status=$?
    [ "$status" -eq 3 ]
    [ "$(cat err)" = 'tsvsplit: y.0001: File exists' ]
    [ "$(cat y.0001)" = mine ]
    [ ! -e y.0000 ] && [ ! -e y.0000.part ] && [ ! -e y.0001.part ]
}

# --- by value

@test "--by-value: a file for each key, named after it, with the header and its records in input order" {
    given 'city n' 'Bonn 1' 'Berlin 2' 'Bonn 3' 'Köln 4'
    try tsvsplit --by-value -k city --suffix .tsv by-
    gives 0 ''
    [ "$(ls by-*)" = $'by-Berlin.tsv\nby-Bonn.tsv\nby-Köln.tsv' ]
    [ "$(cat by-Bonn.tsv)" = $'city\tn\nBonn\t1\nBonn\t3' ]
    [ "$(cat by-Köln.tsv)" = $'city\tn\nKöln\t4' ]
    mkdir d
    given 'a 2024-01-09 x' 'a 2024-01-10 y'
    try tsvsplit -N --by-value -k 2,1 d/
    gives 0 ''
    [ "$(ls d)" = $'2024-01-09,a\n2024-01-10,a' ]
    [ "$(cat d/2024-01-09,a)" = 'a	2024-01-09	x' ]
    given 'a'
    try tsvsplit --by-value -k a x.
    gives 0 ''
    [ "$(echo x.*)" = 'x.*' ]
}

@test "--by-value: any value makes a safe name of its own" {
    printf '%s\n' k / .. . a/b -rf a-b a.b a,b 'a b' '\N' '' '\\N' '%null' '%empty' 'a\nb' 'a\tb' 'a\\b' '*' "'" '"' '$x' '~' '%41' A \
        $'\e' $'\x7f' é '漢字' a.part .part a.part.b > in
    try tsvsplit --by-value -k k ''
    gives 0 ''
    rm in out err want 2> /dev/null || :
    python3 -c '
import os
names = {name: open(name).read().split("\n")[1] for name in os.listdir(".")}
assert names == {"%2F": "/", "%2E.": "..", "%2E": ".", "a%2Fb": "a/b", "%2Drf": "-rf", "a-b": "a-b", "a.b": "a.b", "a%2Cb": "a,b",
    "a%20b": "a b", "%null": r"\N", "%empty": "", "%5CN": r"\\N", "%25null": "%null", "%25empty": "%empty", "a%0Ab": r"a\nb",
    "a%09b": r"a\tb", "a%5Cb": r"a\\b", "%2A": "*", "%27": chr(39), "%22": chr(34), "%24x": "$x", "%7E": "~", "%2541": "%41",
    "A": "A", "%1B": "\x1b", "%7F": "\x7f", "é": "é", "漢字": "漢字", "a%2Epart": "a.part", "%2Epart": ".part",
    "a.part.b": "a.part.b"}, names'
}

@test "--by-value: keys of several columns never share a file, whatever they contain" {
    python3 -c '
import itertools
values = ["\\N", "", "a", ",", "a,", ",a", "%", "\\\\N", "%null", "\\t", ".", "-"]
for pair in itertools.product(values, values): print(*pair, sep="\t")' > in
    try tsvsplit -N --by-value -k 1,2 x.
    gives 0 ''
    [ "$(find . -name 'x.*' | wc -l)" -eq 144 ]
    cat x.* | sort | cmp - <(sort in)
    [ -e 'x.%null,%empty' ] && [ -e 'x.%2C,%2Ca' ] && [ -e 'x.a,%5CN' ]
}

@test "--max-files: one key more is an error and leaves no file; 10000 files are possible" {
    seq 4 > in
    try tsvsplit -N --by-value -k 1 --max-files 3 x.
    gives 1 'tsvsplit: line 4: more than 3 keys, each with its own file; --max-files allows more'
    [ "$(echo x.*)" = 'x.*' ]
    try tsvsplit -N --by-value -k 1 --max-files 4 x.
    gives 0 ''
    [ "$(cat x.*)" = "$(cat in)" ]
    seq 1001 > in
    try tsvsplit -N --by-value -k 1 y. -r rejects
    gives 1 'tsvsplit: line 1001: more than 1000 keys*'
    [ "$(echo y.*)" = 'y.*' ]
    records 30000 10000 > in
    try bash -c "${SAN:+:} ulimit -n 16; exec tsvsplit -N --by-value -k 1 --max-files 10000 z."
    gives 0 ''
    cat z.* | sort -k 2n | cmp in -
}

@test "--by-value: what is in the way is an error and leaves no file: a file, a long key, no directory" {
    given 'k' 'a' 'b' 'c'
    for name in x.b x.c.part; do
        echo old > $name
        try tsvsplit --by-value -k k x.
        gives 2 "tsvsplit: $name already exists (try 'tsvsplit --help')"
        [ "$(echo x.*)" = $name ]
        rm $name
    done
    printf 'k\na\n%0251d\n' 0 > in
    try tsvsplit --by-value -k k ''
    gives 1 'tsvsplit: line 3: key "000*00..." makes a name of more than 250 bytes'
    [ ! -e a ] && [ ! -e a.part ]
    { echo k; echo a; printf '%0300d\n' 0; printf '%0244d\n%0245d\n' 0 0; } > in
    mkdir dir
    try tsvsplit --by-value -k k -r rejects --suffix .tsv dir/x.
    gives 0 'tsvsplit: 4 read, 2 written, 2 rejected to rejects'
    [ "$(cut -f 1 rejects | paste -sd ' ')" = 'line 3 5' ]
    [ "$(ls dir | wc -l)" -eq 2 ]
    printf 'k\na\n' | tsvsplit --by-value -k k d/ 2> err || status=$?
    [ "$status" -eq 3 ]
    [ "$(cat err)" = 'tsvsplit: d/a.part: No such file or directory' ]
    given 'k v' 'a 1' 'b'
    try tsvsplit --by-value -k k x.
    gives 1 'tsvsplit: line 3: got 1 field, the header has 2'
    [ "$(echo x.*)" = 'x.*' ]
    try tsvsplit --by-value -k k -r rejects x.
    gives 0 'tsvsplit: 2 read, 1 written, 1 rejected to rejects'
    [ "$(echo x.*)" = x.a ]
    given 'k' 'a' '\.'
    try tsvsplit --by-value -k k -E y.
    gives 0 ''
    given 'k' 'a'
    try tsvsplit --by-value -k k -E z.
    gives 1 'tsvsplit: the input has no end mark: it is not complete'
    [ "$(echo z.*)" = 'z.*' ]
}

@test "--by-value, --files, --max-files and --suffix: what cannot be combined" {
    given 'k' a
    try tsvsplit --by-value -k k -n 3 x.
    gives 2 'tsvsplit: either --files or --by-value is required (*'
    try tsvsplit --by-value x.
    gives 2 'tsvsplit: --by-value requires --key (*'
    try tsvsplit -k k -n 3 --max-files 2 x.
    gives 2 'tsvsplit: --max-files requires --by-value (*'
    for n in 0 10001; do
        try tsvsplit -k k --by-value --max-files $n x.
        gives 2 'tsvsplit: --max-files must be from 1 to 10000 (*'
    done
    try tsvsplit -k z --by-value x.
    gives 2 'tsvsplit: --key: unknown column z; the columns are k (*'
    try tsvsplit -n 2 --suffix .tsv x.
    gives 0 ''
    [ "$(echo x.*)" = 'x.0000.tsv x.0001.tsv' ]
}
