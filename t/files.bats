# Files as input: what weir(7) promises of the programs that read several, one after the other.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    tab=$'\t'
    printf '{"a":1}\n{"a":2}\n' > a
    printf '\xef\xbb\xbf{"a":3}\r\n{"a":4}' | gzip > b.gz
    printf '\n{"a":5}\n' | zstd -q > c.zst
}

# The file of rejects of the last try: its header line and LINEs.
rejects() {
    diff -u --label expected --label rejected <(lines 'file line reason record' "$@") rejects
}

@test "files are one stream, in the order given, packed or not, with a byte order mark each" {
    try jsonl2tsv -f a -f b.gz -f c.zst a @line
    gives 0 '' 'a @line' '1 1' '2 2' '3 1' '4 2' '5 2'
    try jsonl2tsv a -f c.zst --file a
    gives 0 '' a 5 1 2
    try jsonl2tsv --paths -f a -f b.gz
    gives 0 '' 'Path Type Records Nulls Empty Shortest Longest Kinds Example' 'a int 4 0 0 1 1 number 1'
    printf '\xef\xbb\xbf{"a":1}\n' > bom
    try jsonl2tsv --paths -f bom -f bom # the whole line is in the window when its start is looked at
    gives 0 '' 'Path Type Records Nulls Empty Shortest Longest Kinds Example' 'a int 2 0 0 1 1 number 1'
    try jsonl2tsv -NE -f a -f /dev/null -f a a
    gives 0 '' 1 2 1 2 '\.'
}

@test "- is standard input, once; ./- is a file" {
    given '{"a":9}'
    cp a ./-
    try jsonl2tsv -f a -f - -f ./- a
    gives 0 '' a 1 2 9 1 2
    try jsonl2tsv -f - -f a -f - a
    gives 2 'jsonl2tsv: - (standard input) can be given only once (*'
    try jsonl2tsv -f a a # does not read standard input
    gives 0 '' a 1 2
}

@test "pipes and FIFOs are files, read when their turn comes" {
    run -0 bash -c 'jsonl2tsv -f <(cat b.gz) -f a -f <(printf "{\"a\":6}") a'
    [ "$output" = $'a\n3\n4\n1\n2\n6' ]
    mkfifo one two
    { cat b.gz > one; cat c.zst > two; } & # would wait forever for a reader that opened both first
    try jsonl2tsv -f one -f two a
    gives 0 '' a 3 4 5
    wait
}

@test "messages and rejects have the name of the file and its own line numbers" {
    printf '{"a":3}\nx\n' > bad
    try jsonl2tsv -f a -f bad -f a a
    gives 1 'jsonl2tsv: bad: line 2: byte 1: expected an object' a 1 2 3 \
        '\! jsonl2tsv bad:\sline\s2:\sbyte\s1:\sexpected\san\sobject'
    printf '\n%s\n' '[1]' > "$BATS_TEST_TMPDIR/in"
    try jsonl2tsv -r rejects -f a -f bad -f - -f bad a
    gives 0 'jsonl2tsv: 7 read, 4 written, 3 rejected to rejects' a 1 2 3 3
    rejects 'bad 2 byte\s1:\sexpected\san\sobject x' '\N 2 byte\s1:\sexpected\san\sobject [1]' \
        'bad 2 byte\s1:\sexpected\san\sobject x'
    try jsonl2tsv -r rejects --max-rejects 2 -f bad -f bad -f bad a
    gives 1 'jsonl2tsv: bad: line 2: byte 1: expected an object; more than 2 bad records' a 3 3 3 \
        '\! jsonl2tsv bad:\sline\s2:\sbyte\s1:\sexpected\san\sobject;\smore\sthan\s2\sbad\srecords'
    cp bad $'odd\nname\t\\'
    try jsonl2tsv -r rejects -f $'odd\nname\t\\' a
    [ "$(tail -n 1 rejects)" = "odd\\nname\\t\\\\${tab}2${tab}byte 1: expected an object${tab}x" ]
    try jsonl2tsv -f $'odd\nname\t\\' a
    [ "$(cat err)" = 'jsonl2tsv: odd\x0Aname\x09\: line 2: byte 1: expected an object' ]
}

@test "@file is the name of the file, as it was given; null on standard input" {
    given '{"a":9}'
    cp a $'odd\t\\n"\n\x1f'
    try jsonl2tsv -f ./a -f $'odd\t\\n"\n\x1f' -f - a @file x=@file:str
    gives_bytes 0 '' '%s\n' "a${tab}@file${tab}x" "1${tab}./a${tab}./a" "2${tab}./a${tab}./a" \
        "1${tab}odd\\t\\\\n\"\\n"$'\x1f'"${tab}odd\\t\\\\n\"\\n"$'\x1f' \
        "2${tab}odd\\t\\\\n\"\\n"$'\x1f'"${tab}odd\\t\\\\n\"\\n"$'\x1f' "9${tab}\\N${tab}\\N"
    printf '{"l":[{"x":1},{"x":2}]}\n' > b
    try jsonl2tsv -f b 'l[].x' @file
    gives 0 '' 'l[].x @file' '1 b' '2 b'
    try jsonl2tsv @file! a
    gives 1 'jsonl2tsv: line 1: column @file: null' '@file a' '\! jsonl2tsv line\s1:\scolumn\s@file:\snull'
    cp a $'M\xfcller'
    try jsonl2tsv -f $'M\xfcller' a @file
    gives_bytes 2 'jsonl2tsv: M\\xFCller: the name is not UTF-8, so no field can hold it (*' ''
    try jsonl2tsv -f $'M\xfcller' a @line
    gives 0 '' 'a @line' '1 1' '2 2'
}

@test "thousands of files need few descriptors" {
    mkdir many
    python3 -c 'for i in range(1, 3001): open(f"many/{i}", "w").write("{\"a\":%d}\n" % i)'
    # shellcheck disable=SC2046 # words are meant
    try bash -c 'ulimit -n 20; jsonl2tsv "$@" a' bash $(printf -- '-f many/%s ' {1..3000})
    [ "$status" -eq 0 ]
    cmp out <(echo a && seq 3000)
    gzip many/*
    # shellcheck disable=SC2046 # words are meant
    try bash -c 'ulimit -n 20; jsonl2tsv "$@" a' bash $(printf -- '-f many/%s.gz ' {1..3000})
    [ "$status" -eq 0 ]
    cmp out <(echo a && seq 3000)
}

@test "a path that is in no object of all files is an error, one that is in some is not" {
    printf '{"b":1}\n' > other
    try jsonl2tsv -f a -f other a b
    gives 0 '' 'a b' '1 \N' '2 \N' '\N 1'
    try jsonl2tsv -f a -f other c
    [ "$status" -eq 1 ]
    [ "$(cat err)" = 'jsonl2tsv: path c: in none of 3 objects; end it with ? if it may be absent' ]
}

@test "a file that cannot be opened is found before anything is written, and before anything is waited for" {
    mkfifo fifo
    for file in none / ''; do
        try jsonl2tsv -f fifo -f a -f "$file" a
        case $file in
        /) reason='Is a directory' ;;
        *) reason='No such file or directory' ;;
        esac
        gives_bytes 3 "jsonl2tsv: $file: $reason" '\\!\tjsonl2tsv\t%s: %s\n' "$file" "$reason"
    done
    printf '{"a":1}\n' > secret
    chmod 0 secret fifo
    for file in secret fifo; do
        try unprivileged jsonl2tsv -f a -f $file a
        gives_bytes 3 "jsonl2tsv: $file: Permission denied" '\\!\tjsonl2tsv\t%s: Permission denied\n' $file
    done
}

@test "an input must not be the output or the file of rejects, under any name" {
    cp a copy
    ln a link
    ln -s a symlink
    for file in a link symlink; do
        try jsonl2tsv -f b.gz -f $file -r a a
        gives_bytes 2 'jsonl2tsv: --rejects: a is already in use (*' ''
        run -2 bash -c "jsonl2tsv -N -f b.gz -f $file a 2> err >> a"
        grep -q "^jsonl2tsv: $file is both input and output; write to another file (" err
        cmp a copy
    done
    # What is no regular file can be both.
    try sh -c 'jsonl2tsv -f /dev/null a > /dev/null'
    gives 0 ''
}

@test "a failure mark in a file is passed on and ends the program" {
    printf '{"a":7}\n\\!\tcurl\tno host\n' > failed
    try jsonl2tsv -E -f a -f failed -f a a
    gives 1 'jsonl2tsv: failed: input failed: no host' a 1 2 7 '\! curl no\shost'
}

@test "packed input that is damaged names its file" {
    head -c 20 b.gz > cut.gz
    try jsonl2tsv -E -f a -f cut.gz -r rejects a
    [ "$status" -eq 1 ]
    [ "$(cat err)" = 'jsonl2tsv: cut.gz: the gzip data is cut off after byte 20' ]
    [ "$(tail -n 1 out)" = "\\!${tab}jsonl2tsv${tab}cut.gz: the gzip data is cut off after byte 20" ]
    printf 'PK\3\4\x14\0' > zip
    try jsonl2tsv -f a -f zip a
    [ "$(cat err)" = 'jsonl2tsv: zip: the input is a zip archive; unpack it with unzip -p, or if it is a spreadsheet, save it as CSV' ]
}

@test "--progress counts the bytes of all files, as they are packed, and their share" {
    generate-votes 60000 > votes
    gzip -k votes
    bytes=$(cat votes votes.gz | wc -c)
    try jsonl2tsv --progress --progress -f votes -f votes.gz Id
    [ "$status" -eq 0 ]
    grep -q "^jsonl2tsv: $(awk -v n="$bytes" 'BEGIN { printf "%.0f", n / 1e6 }') MB (100%), .* 120000 records$" err
    run -0 --separate-stderr bash -c 'jsonl2tsv --progress --progress -f votes -f <(cat votes.gz) Id'
    [[ ${stderr_lines[-1]} =~ ^'jsonl2tsv: '[0-9]+' MB, '.*' 120000 records'$ ]]
}
