# csv2tsv: converts CSV to tab-separated records.

load helper

PLAIN=${WEIR_PLAIN_BUILD:-$ROOT/build/plain}/bin

setup() {
    cd "$BATS_TEST_TMPDIR" || return
}

# rejects LINE...: what the file of rejects must hold, below its header line; as in given.
rejects() {
    diff -u --label expected --label rejects <(printf 'line\treason\trecord\n'; lines "$@") rejects
}

# FORMAT is a bad line: as line 3 of a file with two columns it ends the program with REASON.
bad() { # FORMAT REASON
    given_bytes "a,b\n1,2\n$1\n3,4\n"
    try csv2tsv
    [ "$status" -eq 1 ]
    [ "$(cat err)" = "csv2tsv: line 3: $2" ]
    [ "$(head -n 2 out)" = $'a\tb\n1\t2' ]
    [ "$(tail -n 1 out)" = '\!	csv2tsv	line 3: '"${2//\\/\\\\}" ]
}

# --- values

@test "quoted and bare fields, lines ending in LF or CRLF" {
    given_bytes 'a,b,c\n1,"2",3\n"x","y","z"\n'
    try csv2tsv
    gives 0 '' 'a b c' '1 2 3' 'x y z'
    given_bytes '"a",b,"c"\r\n1,"2",3\r\n"x","y","z"\r\n'
    try csv2tsv
    gives 0 '' 'a b c' '1 2 3' 'x y z'
    given_bytes 'a,b\r\n1,2\n"3","4"\r\n'
    try csv2tsv
    gives 0 '' 'a b' '1 2' '3 4'
}

@test "delimiters, doubled quotes and line ends in quotes are data" {
    given_bytes 'a,b\n"1,5","say ""yes"""\n"two\nlines","and\r\nCRLF\r"\n"""",""""""\n'
    try csv2tsv
    gives_bytes 0 '' 'a\tb\n1,5\tsay "yes"\ntwo\\nlines\tand\\r\\nCRLF\\r\n"\t""\n'
}

@test "backslash and TAB are escaped, all else is copied" {
    given_bytes 'a,b\nC:\\temp,x\ty\n"\\N","\\\t\\"\n\\N,\\.\n\001\033,\177\n'
    try csv2tsv
    gives_bytes 0 '' 'a\tb\nC:\\\\temp\tx\\ty\n\\\\N\t\\\\\\t\\\\\n\\\\N\t\\\\.\n\001\033\t\177\n'
    given_bytes 'a,b\né,漢字🙂\n=1+1,@x\n+2,-3\n007,1e999\n'
    try csv2tsv
    gives_bytes 0 '' 'a\tb\né\t漢字🙂\n=1+1\t@x\n+2\t-3\n007\t1e999\n'
}

@test "blanks are data; a quote after a blank is in a bare field" {
    given_bytes 'a, b\n 1 ," x "\n'
    try csv2tsv
    gives_bytes 0 '' 'a\t b\n 1 \t x \n'
    bad '1, "x"' 'byte 4: quote in an unquoted field'
    bad '1,"x" ' 'byte 6: text after a closing quote'
}

@test "an empty field is null, a quoted one is the empty text" {
    given_bytes 'a,b,c\n,"",\n"",,""\n'
    try csv2tsv
    gives_bytes 0 '' 'a\tb\tc\n\\N\t\t\\N\n\t\\N\t\n'
}

@test "--null STRING: null, if unquoted and the whole field" {
    given_bytes 'a,NA\nNA,"NA"\n,NAN\nN,NA\n'
    try csv2tsv --null NA
    gives_bytes 0 '' 'a\tNA\n\\N\tNA\n\\N\tNAN\nN\t\\N\n'
    given_bytes 'a;b\n\\N;"\\N"\n\t;x\\\t\n'
    try csv2tsv -d ';' --null '\N'
    gives_bytes 0 '' 'a\tb\n\\N\t\\\\N\n\\t\tx\\\\\\t\n'
    try csv2tsv -d ';' --null $'x\\\t'
    gives_bytes 0 '' 'a\tb\n\\\\N\t\\\\N\n\\t\t\\N\n'
    given_bytes 'a,b\n-,--------------------------------\n'
    try csv2tsv --null --------------------------------
    gives_bytes 0 '' 'a\tb\n-\t\\N\n'
}

@test "--null again and again: each STRING is null, and so is an empty field" {
    given_bytes 'a,b,c\nNA,-,\n-,"-",N/A\nn/a,--,NA \n'
    try csv2tsv --null NA --null - --null N/A --null ''
    gives_bytes 0 '' 'a\tb\tc\n\\N\t\\N\t\\N\n\\N\t-\t\\N\nn/a\t--\tNA \n'
}

@test "--null-quoted: quoted fields are null if unquoted ones are, but not in the header" {
    given_bytes '"NA","",c\n"","NA",NA\n"NA ","""NA""","NA\n"\n"\\\t","x","""\n"\n'
    try csv2tsv --null-quoted --null NA --null $'\\\t'
    gives_bytes 0 '' 'NA\t\tc\n\\N\t\\N\t\\N\nNA \t"NA"\tNA\\n\n\\N\tx\t"\\n\n'
    given_bytes 'a,b\n"",""""\n"NA",NA\n'
    try csv2tsv --null-quoted
    gives 0 '' 'a b' '\N "' 'NA NA'
    # a field of two lines that arrives in pieces is not what its last line is
    run -0 csv2tsv --null-quoted --null NA < <(printf 'a,b\n1,"\n'; sleep 0.05; printf 'NA"\n"NA","'; sleep 0.05; printf '"\n')
    [ "$output" = $'a\tb\n1\t\\nNA\n\\N\t\\N' ]
}

@test "-d: any ASCII character except quote, CR and LF; TAB as itself or \\t" {
    for d in ';' '|' ':' ' ' a $'\x1f' $'\x01' \\ $'\t' '~'; do
        printf 'x%sy\n1%s"%s"\n%s\n' "$d" "$d" "$d" "$d" > in
        try csv2tsv -d "$d"
        printf 'x\ty\n1\t%s\n\\N\t\\N\n' "$(case $d in \\) echo '\\' ;; $'\t') echo '\t' ;; *) echo "$d" ;; esac)" > want
        [ "$d" != ' ' ] || printf 'x\ty\n1\t \n\\N\t\\N\n' > want
        [ "$status" -eq 0 ]
        cmp want out
    done
    printf 'x\ty\n1,2\t"3"\n' > in
    try csv2tsv -d '\t'
    gives 0 '' 'x y' '1,2 3'
    for d in '' ',,' '"' $'\n' $'\r' é $'\xff'; do
        try csv2tsv -d "$d"
        gives 2 'csv2tsv: --delimiter: "*" must be one ASCII character and not a quote, CR or LF (try*'
    done
    for null in ',' 'a"' $'\n' $'x\r'; do
        try csv2tsv --null "$null"
        gives 2 'csv2tsv: --null: "*" must not contain the delimiter, a quote, CR or LF (try*'
    done
}

# --- lines

@test "a byte order mark at the start is dropped, also before a quote" {
    given_bytes '\357\273\277"id",b\n1,\357\273\2772\n'
    try csv2tsv
    gives_bytes 0 '' 'id\tb\n1\t\357\273\2772\n'
}

@test "a last line without LF is complete, with a bare and a quoted last field" {
    for last in '1,2' '1,"2"' '"1",2\n'; do
        given_bytes "a,b\n$last"
        try csv2tsv
        gives 0 '' 'a b' '1 2'
    done
    given_bytes 'a,b\n1,'
    try csv2tsv
    gives 0 '' 'a b' '1 \N'
}

@test "a CR at the end of the input is not a line end: the LF may be cut off" {
    for last in '1,2\r' '1,"2"\r' '1,2\n\r' '1,\r' '"a\nb",\r'; do
        given_bytes "a,b\n$last"
        try csv2tsv
        [ "$status" -eq 1 ]
        [[ $(cat err) = 'csv2tsv: line '*'byte '*': CR not followed by LF: lines must end in LF or CRLF' ]]
        [ "$(tail -n 1 out | cut -f 1,2)" = $'\\!\tcsv2tsv' ]
    done
    given_bytes 'a\r'
    try csv2tsv
    gives 1 'csv2tsv: line 1: byte 2: CR not followed by LF: *' '\! csv2tsv line\s1:\sbyte\s2:\sCR\snot\sfollowed\sby\sLF:\slines\smust\send\sin\sLF\sor\sCRLF'
    given_bytes '\r'
    try csv2tsv -N
    gives 1 'csv2tsv: line 1: byte 1: CR not followed by LF: *' '\! csv2tsv line\s1:\sbyte\s1:\sCR\snot\sfollowed\sby\sLF:\slines\smust\send\sin\sLF\sor\sCRLF'
    given_bytes 'a\n1\n2\r'
    try csv2tsv -r rejects
    gives 0 'csv2tsv: 2 read, 1 written, 1 rejected to rejects' a 1
}

@test "a blank line is skipped, except where records have one field: it is a null" {
    given_bytes '\n\r\na,b\n\n1,2\n\r\n\n3,4\n\n'
    try csv2tsv
    gives 0 '' 'a b' '1 2' '3 4'
    given_bytes '\na\n1\n\n\r\n""\n'
    try csv2tsv
    gives 0 '' 'a' '1' '\N' '\N' ''
    given_bytes '\n1\n'
    try csv2tsv -N
    gives 0 '' '\N' '1'
    given_bytes '1,2\n\n3,4\n'
    try csv2tsv -N
    gives 0 '' '1 2' '3 4'
    given_bytes 'a,b\n\n\n1\n'
    try csv2tsv
    gives 1 'csv2tsv: line 4: got 1 field, the header has 2' 'a b' '\! csv2tsv line\s4:\sgot\s1\sfield,\sthe\sheader\shas\s2'
}

# --- header

@test "header names are never null and are spelled as fields; an empty name is possible" {
    given_bytes ',"x\ty",\\,"two\nlines",NA\n1,2,3,4,5\n'
    try csv2tsv --null NA
    gives_bytes 0 '' '\tx\\ty\t\\\\\ttwo\\nlines\tNA\n1\t2\t3\t4\t5\n'
    given_bytes '""\n""\n'
    try csv2tsv
    gives 0 '' '' ''
}

@test "a missing or bad header line ends the program, also under -r" {
    check() { # FORMAT REASON
        given_bytes "$1"
        for options in '' '-r rejects'; do
            # shellcheck disable=SC2086 # words are meant
            try csv2tsv $options
            [ "$status" -eq 1 ]
            [ "$(cat err)" = "csv2tsv: $2" ]
            [ "$(cat out)" = "\\!	csv2tsv	$2" ]
        done
    }
    check '' 'no header line; the input is empty'
    check '\n\r\n' 'no header line'
    check 'a,b,a\n1,2,3\n' 'line 1: duplicate column a'
    check '\n,b,""\n1,2,3\n' 'line 2: 2 columns have an empty name; if the header is a later line, skip lines before it with --skip N'
    check 'a,"b"c\n1,2\n' 'line 1: byte 6: text after a closing quote'
    check 'a,"b\n1,2\n' 'line 1: byte 3: unclosed quote'
    check 'a,\377\n1,2\n' 'line 1: byte 3: invalid UTF-8; try --encoding cp1252'
    check '"x\ny",a,a\n1,2\n' 'line 1: duplicate column a'
}

@test "a wrong delimiter gets a hint" {
    given_bytes 'a;b\n1;2\n'
    try csv2tsv
    gives 0 "csv2tsv: line 1: only one field; if the delimiter is another one, try -d ';'" 'a;b' '1;2'
    try csv2tsv -N -d '|'
    gives 0 "csv2tsv: line 1: only one field; if the delimiter is another one, try -d ';'" 'a;b' '1;2'
    given_bytes 'a\tb\n1\t2\n'
    try csv2tsv
    gives 0 "csv2tsv: line 1: only one field; if the delimiter is another one, try -d '\\\\t'" 'a\tb' '1\t2'
    given_bytes 'a,b\n1,2\n'
    try csv2tsv -d ';'
    gives 0 "csv2tsv: line 1: only one field; if the delimiter is another one, try -d ','" 'a,b' '1,2'
    given_bytes 'a;b\n1;2,5\n'
    try csv2tsv
    gives 1 "csv2tsv: line 1: *try -d ';'
csv2tsv: line 2: got 2 fields, the header has 1" 'a;b' '\! csv2tsv line\s2:\sgot\s2\sfields,\sthe\sheader\shas\s1'
    for header in 'a' '"a;b"' 'a;b,c' 'a b' 'a.b'; do
        given_bytes "$header\n"
        try csv2tsv
        [ "$status" -eq 0 ]
        [ ! -s err ]
    done
}

@test "lines before the header, a line sep=; and another encoding get a hint that works" {
    given_bytes 'Report of May\n\na,b\n1,2\n'
    try csv2tsv
    gives 1 'csv2tsv: line 3: got 2 fields, the header has 1; if this is the header, skip lines before it with --skip 2' \
        'Report\sof\sMay' '\N' "\\! csv2tsv $(sed 's/^csv2tsv: //; s/ /\\s/g' err)"
    csv2tsv --skip 2 < in | cmp - <(printf 'a\tb\n1\t2\n')
    for start in 'sep=;' 'sep=;\r' 'sep=,' 'sep=|' '\nsep=;'; do
        given_bytes "$start\na;b\n"
        try csv2tsv -d ';'
        delimiter=${start#*sep=} delimiter=${delimiter:0:1} n=$(grep -n sep in | cut -d : -f 1)
        gives 1 "csv2tsv: line $n: \"sep=$delimiter\" is for spreadsheets; skip it with --skip $n, and use -d '$delimiter'" \
            "\\! csv2tsv $(sed 's/^csv2tsv: //; s/ /\\s/g' err)"
        csv2tsv -d ';' --skip "$n" < in | cmp - <(printf 'a\tb\n')
    done
    given_bytes 'a,b\n1,caf\351\n'
    try csv2tsv
    gives 1 'csv2tsv: line 2: byte 6: invalid UTF-8; try --encoding cp1252' 'a b' \
        "\\! csv2tsv $(sed 's/^csv2tsv: //; s/ /\\s/g' err)"
    csv2tsv --encoding cp1252 < in | cmp - <(printf 'a\tb\n1\tcaf\303\251\n')
    given_bytes 'a,b\n1,2\n1,2,3\n'
    try csv2tsv
    gives 1 'csv2tsv: line 3: got 3 fields, the header has 2' 'a b' '1 2' '\! csv2tsv line\s3:\sgot\s3\sfields,\sthe\sheader\shas\s2'
    printf 'a\tb\n' | tr '\t' , | iconv -t UTF-16 | gzip > in # what is packed is not looked at before
    try csv2tsv
    gives 1 'csv2tsv: line 1: byte 4: NUL byte; if the text is UTF-16, try --encoding UTF-16' \
        "\\! csv2tsv $(sed 's/^csv2tsv: //; s/ /\\s/g' err)"
    csv2tsv --encoding UTF-16 < in | cmp - <(printf 'a\tb\n')
}

@test "-N: no header in or out; the first record sets the number of fields" {
    given_bytes 'a,b\na,\n1\n'
    try csv2tsv -N -r rejects
    gives 0 'csv2tsv: 3 read, 2 written, 1 rejected to rejects' 'a b' 'a \N'
    rejects '3 got\s1\sfield,\sthe\sfirst\srecord\shas\s2 1'
    given
    try csv2tsv -N
    gives 0 ''
    try csv2tsv -NE
    gives 0 '' '\.'
}

# --- bad records

@test "the reason and the place of each error" {
    bad '1' 'got 1 field, the header has 2'
    bad '1,2,' 'got 3 fields, the header has 2'
    bad '1,"2",3' 'got 3 fields, the header has 2'
    bad '"1"2,3' 'byte 4: text after a closing quote'
    bad '"1""2"",3' 'byte 1: unclosed quote'
    bad '1,a"b"' 'byte 4: quote in an unquoted field'
    bad '1,"x' 'byte 3: unclosed quote'
    bad '1,x\0y' 'byte 4: NUL byte'
    bad '1,"x\0y"' 'byte 5: NUL byte'
    bad '1\r2,3' 'byte 2: CR not followed by LF: lines must end in LF or CRLF'
    bad '1,2\r\r' 'byte 4: CR not followed by LF: lines must end in LF or CRLF'
    bad '1,"2"\r3' 'byte 6: text after a closing quote'
    bad '1,M\374ller' 'byte 4: invalid UTF-8; try --encoding cp1252'
    bad '1,"\300\200"' 'byte 4: invalid UTF-8; try --encoding cp1252'
    bad '\355\240\200,1' 'byte 1: invalid UTF-8; try --encoding cp1252'
    bad '1,\342\202' 'byte 3: invalid UTF-8; try --encoding cp1252'
    bad '1,"\342"\202' 'byte 6: text after a closing quote'
}

@test "errors in a record of several lines name its first line and the line of the error" {
    bad '1,"two\nlines"x' 'line 4, byte 7: text after a closing quote'
    bad '1,"two\nlines",x"' 'line 4, byte 9: quote in an unquoted field'
    bad '1,"two\n\n\0lines"' 'line 5, byte 1: NUL byte'
    bad '"two\nlines","x' 'line 4, byte 8: unclosed quote'
    bad '"two\nlines"' 'got 1 field, the header has 2'
    bad '1,"two\n\r\nli\377nes"' 'line 5, byte 3: invalid UTF-8; try --encoding cp1252'
}

@test "-r: a bad record with valid quotes is rejected with all its lines" {
    given_bytes 'a,b\n1,2\n"two\nlines"\n"x\ny",\0\r\n3,4,\n5,6\n'
    try csv2tsv -r rejects
    gives 0 'csv2tsv: 5 read, 2 written, 3 rejected to rejects' 'a b' '1 2' '5 6'
    printf 'line\treason\trecord\n%s\n%s\0%s\n%s\n' '3	got 1 field, the header has 2	"two\nlines"' \
        '5	line 6, byte 4: NUL byte	"x\ny",' '\r' '7	got 3 fields, the header has 2	3,4,' | cmp - rejects
}

@test "-r: a record with invalid quotes loses its first line; reading goes on at the next line" {
    given_bytes 'a,b\n1,"x\n2,y\n3,"z"\n4,z\n"5,"\n6,7\n8,"9\n10,11\n'
    try csv2tsv -r rejects
    gives 0 'csv2tsv: 8 read, 5 written, 3 rejected to rejects' 'a b' '2 y' '3 z' '4 z' '6 7' '10 11'
    rejects '2 line\s4,\sbyte\s4:\stext\safter\sa\sclosing\squote 1,"x' \
        '6 got\s1\sfield,\sthe\sheader\shas\s2 "5,"' \
        '8 byte\s3:\sunclosed\squote 8,"9'
    # in a file whose every field is quoted, the next opening quote closes it
    given_bytes '"a","b"\n"1","x\n"2","y"\n"3","z"\n'
    try csv2tsv -r rejects
    gives 0 'csv2tsv: 3 read, 2 written, 1 rejected to rejects' 'a b' '2 y' '3 z'
    rejects '2 line\s3,\sbyte\s2:\stext\safter\sa\sclosing\squote "1","x'
}

@test "--max-rejects stops after more than N" {
    given_bytes 'a,b\n1\n"2\n3\n4,5\n'
    try csv2tsv -r rejects --max-rejects 3
    gives 0 'csv2tsv: 4 read, 1 written, 3 rejected to rejects' 'a b' '4 5'
    try csv2tsv -r rejects --max-rejects 2
    gives 1 'csv2tsv: line 4: got 1 field, the header has 2; more than 2 bad records' 'a b' \
        '\! csv2tsv line\s4:\sgot\s1\sfield,\sthe\sheader\shas\s2;\smore\sthan\s2\sbad\srecords'
}

@test "--max-line limits a record, all its lines together, wherever blocks end" {
    given_bytes 'a,b\n12345,7890\n12345,78901\n"1\n2","7890"\n"1\n2",78901\n3,4\n"5\n6666666666666,7\n"7\n88888888"x\n8,9'
    for source in 'cat' 'dd bs=1 status=none'; do
        try sh -c "$source | csv2tsv --max-line 10 -r rejects"
        gives 0 'csv2tsv: 12 read, 3 written, 9 rejected to rejects' 'a b' '12345 7890' '3 4' '8 9'
        rejects '3 longer\sthan\s10\sbytes 12345,7890' \
            '4 longer\sthan\s10\sbytes;\sthe\squote\sat\sbyte\s1\smay\sbe\sunclosed "1' \
            '5 byte\s2:\squote\sin\san\sunquoted\sfield 2","7890"' \
            '6 longer\sthan\s10\sbytes;\sthe\squote\sat\sbyte\s1\smay\sbe\sunclosed "1' \
            '7 byte\s2:\squote\sin\san\sunquoted\sfield 2",78901' \
            '9 longer\sthan\s10\sbytes;\sthe\squote\sat\sbyte\s1\smay\sbe\sunclosed "5' \
            '10 longer\sthan\s10\sbytes 6666666666' \
            '11 longer\sthan\s10\sbytes;\sthe\squote\sat\sbyte\s1\smay\sbe\sunclosed "7' \
            '12 byte\s9:\squote\sin\san\sunquoted\sfield 88888888"x'
    done
}

@test "an unclosed quote in a large file costs one line, and no memory beyond --max-line" {
    try python3 -c '
import resource, subprocess, sys
p = subprocess.Popen(["csv2tsv", "--max-line", "1M", "-r", "rejects"], stdin=subprocess.PIPE)
p.stdin.write(b"a,b\n1,2\n3,\"4\n" + b"".join(b"%d,x\n" % i for i in range(3000000)))
p.stdin.close()
p.wait()
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(p.returncode)'
    [ "$status" -eq 0 ]
    [ "$(wc -l < out)" -eq 3000002 ]
    [ "$(tail -n 1 rejects)" = '3	longer than 1048576 bytes; the quote at byte 3 may be unclosed	3,"4' ]
    [ "$(head -n 1 err)" = 'csv2tsv: 3000002 read, 3000001 written, 1 rejected to rejects' ]
    case $WEIR_BUILD in
    *san) ;; # the sanitizers' own memory counts there
    *) [ "$(tail -n 1 err)" -lt 16000 ] ;;
    esac
}

@test "many lines with an open quote are not scanned again and again" {
    try sh -c '{ echo a,b; for i in 1 2 3; do yes "1,\"x" | head -n 100001; yes "2,\"\"" | head -n 100000; done; } |
        timeout 60 csv2tsv -r rejects | tail -n 1'
    [ "$status" -eq 0 ]
    [ "$(sed 's/ read.*//' err)" = 'csv2tsv: 600003' ]
}

@test "written and rejected lines together are the input" {
    python3 -c '
import random
r = random.Random(7)
print("a,b")
for i in range(20000):
    print(r.choice(["1,2", "\"1\",2", "1,\"2", "1", "\"1\"2,3", "1,2\"", "x,\"\"", "\"3\n4\",5"]))' > in
    try csv2tsv -r rejects
    [ "$status" -eq 0 ]
    read -r _ n _ written _ rejected _ < err
    [ "$n" -eq $((written + rejected)) ]
    [ "$(($(wc -l < out) - 1))" -eq "$written" ]
    [ "$(($(wc -l < rejects) - 1))" -eq "$rejected" ]
    # every line once: a record with an LF in a field counts as two
    [ "$(cat out <(tail -n +2 rejects) | awk '{ n += 1 + gsub(/\\n/, "") } END { print n }')" -eq "$(wc -l < in)" ]
}

@test "a record that arrives in pieces is checked as a whole" {
    pieces() { # FORMAT...
        local format
        for format; do
            # shellcheck disable=SC2059 # the format is the point
            printf "$format"
            sleep 0.05
        done
    }
    run -1 --separate-stderr csv2tsv < <(pieces 'a,b\n1,"\377\n' 'x\n' '"\n')
    [ "$stderr" = 'csv2tsv: line 2: byte 4: invalid UTF-8; try --encoding cp1252' ]
    run -1 --separate-stderr csv2tsv < <(pieces 'a,b\n1,"\0\n' '\0' '"\n')
    [ "$stderr" = 'csv2tsv: line 2: byte 4: NUL byte' ]
    run -0 csv2tsv < <(pieces 'a,b\n1,"x\n' '"' '"' '"\n2' ',' '3\r' '\n')
    [ "$output" = $'a\tb\n1\tx\\n"\n2\t3' ]
}

@test "delimiters, line ends and vectors at every distance: the number of fields is right" {
    python3 "$ROOT/t/lib/csv_fields.py"
}

# --- marks

@test "a failure mark is passed on, also where the input ended inside quotes" {
    local mark='\!	unpack	C:\\temp'
    for start in '' 'a,b\n' 'a,b\n1,2\n' 'a,b\n1,"x\n'; do
        printf "$start"'%s\n' "$mark" > in
        for options in '' '-r rejects'; do
            # shellcheck disable=SC2086 # words are meant
            try csv2tsv $options
            [ "$status" -eq 1 ]
            [ "$(cat err)" = 'csv2tsv: input failed: C:\temp' ]
            [ "$(tail -n 1 out)" = "$mark" ]
        done
    done
    given_bytes 'a,b\n1,"\n\\!\tx\ty\n"\n\\!,3\n'
    try csv2tsv
    gives_bytes 0 '' 'a\tb\n1\t\\n\\\\!\\tx\\ty\\n\n\\\\!\t3\n'
}

@test "-E writes the end mark last, and only after success" {
    given_bytes 'a\n\\.\n1\n'
    try csv2tsv -E
    gives 0 '' 'a' '\\.' '1' '\.'
    given_bytes 'a\n1"\n'
    try csv2tsv -E
    [ "$status" -eq 1 ]
    ! grep -qx '\\\.' out
}

@test "--progress prints only to a terminal, unless given twice" {
    given_bytes 'a\n1\n2\n'
    try csv2tsv --progress
    gives 0 '' a 1 2
    try csv2tsv --progress --progress
    gives 0 'csv2tsv: 0 MB (100%), * MB/s, 2 records' a 1 2
}

# --- lengths and places

@test "records and fields of any length, wherever blocks and vectors end" {
    python3 "$ROOT/t/lib/csv_lengths.py"
}

@test "100,000 columns, and a field of 40 megabytes with line ends in it" {
    try python3 -c '
n = 100000
print(",".join("c%d" % i for i in range(n)))
print(",".join("\"%d\"" % i for i in range(n)))
print("," * (n - 1))'
    mv out in
    try csv2tsv
    [ "$status" -eq 0 ]
    python3 -c '
n = 100000
print("\t".join("c%d" % i for i in range(n)))
print("\t".join("%d" % i for i in range(n)))
print("\t".join(["\\N"] * n))' | cmp - out
    try sh -c '{ echo a,b; printf "1,\""; yes "some text of a line" | head -c 40000000; echo "\""; } | csv2tsv | wc -lc'
    [ "$status" -eq 0 ]
    [ "$(tr -s ' ' < out | sed 's/^ //')" = '2 42000007' ]
}

# --- against Python

@test "the same values as Python's csv module in strict mode, for any delimiter, with nulls" {
    python3 "$ROOT/t/lib/csv_against_python.py" csv2tsv 300
    [ ! -x "$PLAIN/csv2tsv" ] || python3 "$ROOT/t/lib/csv_against_python.py" "$PLAIN/csv2tsv" 150
}

@test "random input, good and bad, in any pieces: both builds agree with a model of the rules" {
    if [ -x "$PLAIN/csv2tsv" ]; then set -- "$PLAIN/csv2tsv"; fi
    python3 "$ROOT/t/lib/csv_model.py" 300 "$@"
}

@test "blocks: special pieces at every place and random records, cut at every byte, at every level of vectors" {
    [ -x "$PLAIN/csv2tsv" ] || skip "no plain build: make plain"
    levels=${WEIR_LEVELS_BUILD:-$ROOT/build/levels}/bin/csv2tsv
    set -- "$(command -v csv2tsv)"
    if [ -x "$levels" ]; then set -- "$1" WEIR_VECTOR=base:"$levels"; fi
    python3 "$ROOT/t/lib/csv_blocks.py" 200 "$PLAIN/csv2tsv" "$@"
}
