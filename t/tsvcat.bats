# tsvcat: the records of several files under one header. Files as input in general: files.bats.

load helper

PLAIN=${WEIR_PLAIN_BUILD:-$ROOT/build/plain}/bin

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    tab=$'\t'
    lines 'id name' '1 ann' '2 bob' > a
    lines 'id name' '3 cy' > b
    lines 'name id' 'dan 4' > swapped
    lines 'id city' '5 Bonn' > city
}

@test "records of files with the same header, one file after the other" {
    try tsvcat a b a
    gives 0 '' 'id name' '1 ann' '2 bob' '3 cy' '1 ann' '2 bob'
    try tsvcat -E b
    gives 0 '' 'id name' '3 cy' '\.'
    given 'id name' '9 zoe'
    try tsvcat
    gives 0 '' 'id name' '9 zoe'
    try tsvcat b - a
    gives 0 '' 'id name' '3 cy' '9 zoe' '1 ann' '2 bob'
}

@test "a byte order mark at the start of each input is dropped, also of a pipe and under -N" {
    { printf '\xef\xbb\xbf' && cat b; } > bom
    run -0 bash -c 'tsvcat bom a <(cat bom) <(gzip -c bom) - < bom'
    [ "$output" = "$(lines 'id name' '3 cy' '1 ann' '2 bob' '3 cy' '3 cy' '3 cy')" ]
    run -0 bash -c 'tsvcat -N bom <(cat bom) - < bom'
    [ "$output" = "$(lines 'id name' '3 cy' 'id name' '3 cy' 'id name' '3 cy')" ]
}

@test "columns in another order are put right" {
    try tsvcat a swapped b
    gives 0 '' 'id name' '1 ann' '2 bob' '4 dan' '3 cy'
    try tsvcat swapped a
    gives 0 '' 'name id' 'dan 4' 'ann 1' 'bob 2'
}

@test "other columns are a usage error that names the file and the columns, before anything is written" {
    try tsvcat a b city
    gives_bytes 2 "tsvcat: city: missing column name; unknown column city; try --union or --common (*" ''
    lines 'id' '1' > fewer
    try tsvcat a fewer
    gives_bytes 2 'tsvcat: fewer: missing column name; try --union or --common (*' ''
    try tsvcat fewer a
    gives_bytes 2 'tsvcat: a: unknown column name; try --union or --common (*' ''
    given 'x y' 
    try tsvcat a -
    gives_bytes 2 'tsvcat: standard input: missing column id, name; unknown column x, y; try --union or --common (*' ''
    seq -f 'column-with-a-very-long-name-%g' -s "$tab" 200 > many
    try tsvcat a many
    [ "$status" -eq 2 ]
    [[ $(< err) == 'tsvcat: many: missing column id, name; unknown column column-with-a-very-long-name-1, '*', ...; try --union'* ]]
}

@test "--union keeps all columns, --common those of the first file that all have" {
    try tsvcat --union a city swapped
    gives 0 '' 'id name city' '1 ann \N' '2 bob \N' '5 \N Bonn' '4 dan \N'
    try tsvcat --common a city swapped
    gives 0 '' id 1 2 5 4
    lines 'x' '1' > other
    try tsvcat --union city other a
    gives 0 '' 'id city x name' '5 Bonn \N \N' '\N \N 1 \N' '1 \N \N ann' '2 \N \N bob'
    try tsvcat --common a city other
    gives_bytes 2 'tsvcat: other: no column in common with the files before it (*' ''
    try tsvcat --union --common a
    gives_bytes 2 'tsvcat: --union and --common cannot be combined (*' ''
}

@test "--file-column adds the file of each record, null for standard input" {
    given 'id name' '9 zoe'
    try tsvcat --file-column from b swapped -
    gives 0 '' 'id name from' '3 cy b' '4 dan swapped' '9 zoe \N'
    try tsvcat --file-column id a
    gives_bytes 2 'tsvcat: output: duplicate column id (*' ''
    try tsvcat --file-column 'a\N' a
    gives_bytes 2 'tsvcat: --file-column: the name must be escaped as in a header line (*' ''
    cp b $'odd\tname'
    try tsvcat -N --file-column from $'odd\tname'
    gives 0 '' 'id name odd\tname' '3 cy odd\tname'
    cp b $'M\xfcller'
    try tsvcat --file-column from a $'M\xfcller'
    gives_bytes 2 'tsvcat: M\\xFCller: the name is not UTF-8, so no field can hold it (*' ''
}

@test "under -N all records need the number of fields of the first, and columns have no names" {
    lines '1' > one
    : > empty
    try tsvcat -N a empty b
    gives 0 '' 'id name' '1 ann' '2 bob' 'id name' '3 cy'
    try tsvcat -N empty one a
    gives 1 'tsvcat: a: line 1: got 2 fields, the first record has 1' 1 \
        '\! tsvcat a:\sline\s1:\sgot\s2\sfields,\sthe\sfirst\srecord\shas\s1'
    try tsvcat -N --union a
    gives 2 'tsvcat: --union and --no-header cannot be combined: columns are matched by name (*' \
        '\! tsvcat --union\sand\s--no-header\scannot\sbe\scombined:\scolumns\sare\smatched\sby\sname\s(try\s'"'tsvcat\s--help')"
}

@test "random files with any columns, packed, as pipes and as standard input, against a model" {
    for seed in 1 2 3; do
        python3 "$ROOT/t/lib/merged_files.py" $seed 40
    done
}

@test "records are checked as by any other program, and runs of good ones are copied unchanged" {
    printf 'c0\n' > keys
    for seed in 1 2 3 4 5 6; do
        python3 "$ROOT/t/lib/random_records.py" $seed $((seed % 3 * 2 + 1)) 4000 > in
        try lookup -f keys -k 1 --anti -r rejects
        cp out want
        mv rejects want.rejects
        for program in tsvcat "$PLAIN/tsvcat"; do
            [ -x "$(command -v $program)" ] || continue
            try $program -r rejects
            cmp want out
            cmp want.rejects rejects
            grep -qx 'tsvcat: line 2001: the record equals the header line; were files concatenated?' err
            # Each run ends with the window.
            cat in | $program -r rejects - 2> err | cmp - want
        done
    done
}

@test "a record is bad at any place in a block: its field count, a mark of its own, its bytes" {
    python3 - << 'END'
bad = [b"x", b"x\ty\tz", b"x\ty\0", b"x\t\\q", b"x\t\351", b"x\t\\N.", b"\\.x\ty", b"x\r\ty"]
with open("in", "wb") as file, open("good", "wb") as good, open("bad", "wb") as lines:
    file.write(b"a\tb\n")
    good.write(b"a\tb\n")
    number = 1
    for n in range(300):
        for line in bad:
            text = b"%d\t%s\n" % (n, b"y" * (n * 7 % 150))
            file.write(text + line + b"\n")
            good.write(text)
            number += 2
            lines.write(b"%d\n" % number)
END
    try tsvcat -r rejects
    [ "$status" -eq 0 ]
    cmp good out
    tail -n +2 rejects | cut -f 1 | cmp - bad
}

@test "marks: a failure in any file is passed on; an end mark only if every file has one" {
    { cat a && printf '\\.\n'; } > marked
    try tsvcat marked marked
    gives 0 '' 'id name' '1 ann' '2 bob' '1 ann' '2 bob' '\.'
    try tsvcat marked b
    gives 0 '' 'id name' '1 ann' '2 bob' '3 cy'
    try tsvcat -E marked b
    gives 0 '' 'id name' '1 ann' '2 bob' '3 cy' '\.'
    { cat marked && echo '3 x'; } > after
    try tsvcat marked after
    gives 1 'tsvcat: after: line 5: data after the end mark' 'id name' '1 ann' '2 bob' '1 ann' '2 bob' \
        '\! tsvcat after:\sline\s5:\sdata\safter\sthe\send\smark'
    { cat a && printf '\\!\tcurl\tno host\n'; } > failed
    try tsvcat -E b failed b
    gives 1 'tsvcat: failed: input failed: no host' 'id name' '3 cy' '1 ann' '2 bob' '\! curl no\shost'
    printf '\\!\tcurl\tno host\n' > failed
    try tsvcat b failed
    gives 1 'tsvcat: failed: input failed: no host' '\! curl no\shost'
}

@test "a bad or missing header names its file, before anything is written" {
    : > empty
    try tsvcat a empty
    gives 1 'tsvcat: empty: no header line; the input is empty' \
        '\! tsvcat empty:\sno\sheader\sline;\sthe\sinput\sis\sempty'
    lines 'id id' > twice
    try tsvcat a twice
    gives 1 'tsvcat: twice: line 1: duplicate column id' '\! tsvcat twice:\sline\s1:\sduplicate\scolumn\sid'
    printf 'a\\f\tb\r\n1\t2\r\n' > escaped
    printf 'a\f\tb\n3\t4\n' > plain
    run -0 bash -c 'tsvcat escaped plain <(cat escaped)'
    [ "$output" = $'a\f\tb\n1\t2\n3\t4\n1\t2' ]
}

@test "a header longer than a block, and records after it in a pipe, are not lost" {
    seq -s "$tab" 100001 300000 > wide
    seq -s "$tab" 200000 >> wide
    seq -s "$tab" 200000 | tr 1 7 >> wide
    run -0 bash -c 'tsvcat wide <(cat wide) <(gzip -c wide) | tail -n +2 | cmp - <(for i in 1 2 3; do tail -n +2 wide; done)'
}

@test "a header that changes while files are read is an error" {
    mkfifo fifo
    tsvcat a fifo b > out 2> err & # the headers of a and b are read, then a writer of the FIFO is waited for
    pid=$!
    {
        echo "id${tab}name"
        for _ in {1..500}; do
            ! grep -q id out || break
            sleep 0.01
        done
        lines 'name id' > b
        lines '7 guy'
    } > fifo
    status=0
    wait $pid || status=$?
    gives 1 'tsvcat: b: the header has changed while files were read' 'id name' '1 ann' '2 bob' '7 guy' \
        '\! tsvcat b:\sthe\sheader\shas\schanged\swhile\sfiles\swere\sread'
}

@test "thousands of files and a few pipes need few descriptors" {
    mkdir many
    python3 -c 'for i in range(1, 5001): open(f"many/{i}", "w").write(f"n\n{i}\n")'
    try bash -c 'ulimit -n 20; tsvcat many/{1..5000} <(printf "n\n5001\n") <(printf "n\n5002\n" | gzip)'
    [ "$status" -eq 0 ]
    cmp out <(echo n && seq 5002)
}

@test "records are written out while the input pauses, from a pipe after a file too" {
    run -0 python3 "$ROOT/t/lib/pausing_input.py" 'id\tname\n7\tx\n8' '\ty\n' -- 'out=2\tbob\n7\tx\n' -- tsvcat a -
    diff out - < <(lines 'id name' '1 ann' '2 bob' '7 x' '8 y')
}

@test "counts are those of all files" {
    lines 'id name' '1' '2 x' > bad
    try tsvcat -r rejects a bad bad
    gives 0 'tsvcat: 6 read, 4 written, 2 rejected to rejects' 'id name' '1 ann' '2 bob' '2 x' '2 x'
    diff rejects <(lines 'file line reason record' 'bad 2 got\s1\sfield,\sthe\sheader\shas\s2 1' \
        'bad 2 got\s1\sfield,\sthe\sheader\shas\s2 1')
}

@test "under -N, records of one empty field are copied" {
    given_bytes '\n\na\n'
    try tsvcat -N
    gives_bytes 0 '' '\n\na\n'
}
