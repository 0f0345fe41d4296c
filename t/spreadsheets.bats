# What spreadsheets write, and csv2tsv reads if it is told: encodings, lines before the header, decimal commas, times;
# and several files.

load helper

PLAIN=${WEIR_PLAIN_BUILD:-$ROOT/build/plain}/bin

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    tab=$'\t'
}

# The last try failed with STATUS and MESSAGE after the LINEs; they and the failure mark are all that was written.
stops() { # STATUS MESSAGE [LINE...]
    local status_=$1 message=$2
    shift 2
    gives "$status_" "csv2tsv: $message" "$@" "\\! csv2tsv ${message// /\\s}"
}

# rejects LINE...: what the file of rejects must hold, below its header line; as in given.
rejects() {
    diff -u --label expected --label rejects <(printf 'line\treason\trecord\n'; lines "$@") rejects
}

# --- the whole

@test "CSV of a German spreadsheet, in one line: cp1252, sep=;, CRLF, decimal commas, dates" {
    given_bytes 'sep=;\r\nDatum;K\344ufer;Preis (\200);St\374ck\r\n05.05.2024;"M\374ller; Co";1.234.567,89;3\r\n'
    printf '6.5.2024;;-0,5;\r\n"31.12.1999";"two\nlines";"12";0\r\n' >> in
    try csv2tsv -d ';' --encoding cp1252 --skip 1 --decimal-comma 'Preis (€)' --time Datum=%d.%m.%Y
    gives 0 '' 'Datum Käufer Preis\s(€) Stück' '2024-05-05T00:00:00 Müller;\sCo 1234567.89 3' \
        '2024-05-06T00:00:00 \N -0.5 \N' '1999-12-31T00:00:00 two\nlines 12 0'
    gzip < in > may.csv
    try csv2tsv -E -d ';' --encoding cp1252 --skip 1 --decimal-comma 3,4 --time Datum=%d.%m.%Y --file-column f may.csv
    gives 0 '' 'Datum Käufer Preis\s(€) Stück f' '2024-05-05T00:00:00 Müller;\sCo 1234567.89 3 may.csv' \
        '2024-05-06T00:00:00 \N -0.5 \N may.csv' '1999-12-31T00:00:00 two\nlines 12 0 may.csv' '\.'
    tail -n +3 in > rows
    try csv2tsv -N -d ';' --encoding cp1252 --decimal-comma 3 --time '1=%d.%m.%Y' rows
    gives 0 '' '2024-05-05T00:00:00 Müller;\sCo 1234567.89 3' '2024-05-06T00:00:00 \N -0.5 \N' \
        '1999-12-31T00:00:00 two\nlines 12 0'
}

@test "text as a spreadsheet saves it in Unicode: UTF-16 with a byte order mark, TABs" {
    printf 'Tag\tStück\r\n1.2.2024\t1,5\r\n' | iconv -f UTF-8 -t UTF-16 > in
    try csv2tsv -d '\t' --encoding UTF-16 --time Tag=%d.%m.%Y --decimal-comma Stück
    gives 0 '' 'Tag Stück' '2024-02-01T00:00:00 1.5'
}

# --- encoding

@test "--encoding against the codecs of Python: whole, packed, byte by byte, with invalid bytes" {
    python3 "$ROOT/t/lib/csv_encodings.py" 4
}

@test "--encoding: a byte that is invalid there is an error with its line, before what comes after" {
    given_bytes 'a,b\n1,\344\n"two\n\344\344\201 ",x\n'
    try csv2tsv --encoding cp1252
    stops 1 'line 3: line 4, character 3: invalid cp1252' 'a b' '1 ä'
    try csv2tsv --encoding cp1252 -r rejects
    gives 0 'csv2tsv: 2 read, 1 written, 1 rejected to rejects' 'a b' '1 ä'
    rejects '3 line\s4,\scharacter\s3:\sinvalid\scp1252 "two\nää'$'\xff''\s",x'
    given_bytes 'a\201,b\n'
    try csv2tsv --encoding cp1252 -r rejects
    stops 1 'line 1: character 2: invalid cp1252'
    given_bytes 'ä,b\nää"\n'
    try csv2tsv --encoding UTF-8
    stops 1 'line 2: byte 5: quote in an unquoted field' 'ä b'
    printf 'ä,b\nää"\n' | iconv -f UTF-8 -t latin1 > in
    try csv2tsv --encoding latin1
    stops 1 'line 2: character 3: quote in an unquoted field' 'ä b'
}

@test "--encoding: one that iconv does not know, that of the locale, and iconv's options are usage errors" {
    for name in foo '' UTF-8//IGNORE cp1252//TRANSLIT / cp1252,IGNORE "cp1252," $'cp\n'; do
        try csv2tsv --encoding "$name" -r rejects
        gives 2 'csv2tsv: --encoding: iconv does not know "*"; iconv -l lists the encodings (try*'
        [ ! -e rejects ]
    done
}

@test "--encoding: damaged packed input, read errors and failure marks are as without it" {
    printf 'a,b\n1,\344\n' | gzip > whole
    head -c 25 whole > in
    try csv2tsv --encoding cp1252
    stops 1 'the gzip data is cut off after byte 25' 'a b' '1 ä'
    given_bytes 'a\n\344\n\\!\tcurl\tno host\n'
    try csv2tsv --encoding cp1252
    gives 1 'csv2tsv: input failed: no host' a ä '\! curl no\shost'
    given_bytes 'PK\3\4\x14\0'
    try csv2tsv --encoding cp1252
    [ "$status" -eq 1 ]
    [[ $(cat err) = 'csv2tsv: the input is a zip archive;'* ]]
    run -3 csv2tsv --encoding cp1252 < /
    [[ $output = *'read error: Is a directory'* ]]
    : > in
    try csv2tsv --encoding UTF-16
    stops 1 'no header line; the input is empty'
}

@test "--encoding needs little memory, and shows records as they come" {
    run -0 sh -c '(printf "a,b\n1,\344\n"; sleep 0.4; echo 2,x) | csv2tsv --encoding cp1252 | head -n 2 &&
        echo done'
    [ "$output" = "a${tab}b"$'\n'"1${tab}ä"$'\n'done ]
    [ -z "${SAN-}" ] || skip 'the sanitizers reserve memory'
    try bash -c 'ulimit -v 200000; yes 1,$(printf "\344") | head -n 5000000 | csv2tsv -N --encoding cp1252 | wc -l'
    gives 0 '' 5000000
}

@test "--encoding, out of memory at any allocation: status 3, or the output is complete" {
    [ -z "${SAN-}" ] || skip 'the sanitizers have an allocator of their own'
    cc -shared -fPIC -o fail.so "$ROOT/t/lib/fail_malloc.c" 2> cc.log || skip 'this C library allocates in another way'
    printf 'a;b\n1,5;1.5.2024\n' | iconv -f UTF-8 -t UTF-16 > in
    set -- csv2tsv -d ';' --encoding UTF-16 --decimal-comma a --time b=%d.%m.%Y
    "$@" < in > whole
    for n in $(seq 1 60); do
        try env LD_PRELOAD="$PWD/fail.so" FAIL_AT="$n" "$@"
        case $status in
        0) cmp whole out ;;
        3) [[ $(< err) == *memory* || $(< err) == *thread* ]] ;;
        2) [[ $(< err) == *'iconv does not know'* ]] ;; # iconv(3) hides that it had no memory for its module
        *) echo "allocation $n: status $status: $(cat err)" && return 1 ;;
        esac
    done
}

# --- lines before the header

@test "--skip: N lines of any kind, which count in line numbers" {
    printf 'an "open quote\n\377\0\n%s\na,b\n1,2\n3\n' "$(printf '%01000d' 0)" > in
    try csv2tsv --skip 3 --max-line 100
    stops 1 'line 6: got 1 field, the header has 2' 'a b' '1 2'
    try csv2tsv -N --skip 4 -r rejects
    gives 0 'csv2tsv: 2 read, 1 written, 1 rejected to rejects' '1 2'
    rejects '6 got\s1\sfield,\sthe\sfirst\srecord\shas\s2 3'
    try csv2tsv --skip 3 --decimal-comma b -r rejects
    gives 0 'csv2tsv: 2 read, 1 written, 1 rejected to rejects' 'a b' '1 2'
    given_bytes '\357\273\277title\r\n\r\na,b\r\n1,2'
    try csv2tsv --skip 1
    gives 0 '' 'a b' '1 2'
}

@test "--skip: an input of fewer lines has no header; under -N it has no record" {
    for n in 3 4 18446744073709551615; do
        given_bytes 'x\n\na,b'
        try csv2tsv --skip "$n"
        stops 1 'no header line'
        try csv2tsv -N --skip "$n"
        gives 0 ''
    done
    for n in -1 x 1.5 ''; do
        try csv2tsv --skip "$n"
        gives 2 'csv2tsv: --skip: "*" is not a whole number (try*'
    done
}

@test "--skip: a failure mark on a skipped line ends the program" {
    given_bytes 'x\n\\!\tcurl\tno host\na,b\n'
    try csv2tsv --skip 2
    gives 1 'csv2tsv: input failed: no host' '\! curl no\shost'
}

@test "--skip and blank lines need little memory, also in pipes of which the headers are read first" {
    [ -z "${SAN-}" ] || skip 'the sanitizers reserve memory'
    given_bytes 'b,a\n3,4'
    try bash -c 'ulimit -v 60000; csv2tsv --skip 2 --max-line 64K \
        <(head -c 100000000 /dev/zero; yes "" | head -n 50000000; printf "a,b\r\n1,2") <(printf "\n\n"; cat)'
    gives 0 '' 'a b' '1 2' '4 3'
}

@test "a pipe with two byte order marks has the name of the second" {
    given_bytes '\357\273\277\357\273\277a,b\n1,2\n'
    try bash -c 'cat | csv2tsv'
    gives_bytes 0 '' '\357\273\277a\tb\n1\t2\n'
}

# --- numbers and times

@test "--decimal-comma against a model of its rules" {
    python3 "$ROOT/t/lib/csv_numbers.py" 10000
}

@test "--decimal-comma: what fits, what does not, and the message; other columns and null stay" {
    given_bytes 'a;b;c\n1,5;1,5;\n;"";x\n'
    try csv2tsv -d ';' --decimal-comma a,c
    stops 1 'line 3: column c: "x" is not a number with a decimal comma' 'a b c' '1.5 1,5 \N'
    try csv2tsv -d ';' --decimal-comma a --decimal-comma b -r rejects
    gives 0 'csv2tsv: 2 read, 1 written, 1 rejected to rejects' 'a b c' '1.5 1.5 \N'
    rejects '3 column\sb:\s""\sis\snot\sa\snumber\swith\sa\sdecimal\scomma ;"";x'
    try csv2tsv -d ';' --null-quoted --null x --decimal-comma '*'
    gives 0 '' 'a b c' '1.5 1.5 \N' '\N \N \N'
    given_bytes 'a\n"two\n\lines\001"\n'
    try csv2tsv --decimal-comma 1
    [ "$status" -eq 1 ]
    [ "$(cat err)" = 'csv2tsv: line 2: column a: "two\n\\lines\x01" is not a number with a decimal comma' ]
}

@test "--time against datetime.strptime of Python" {
    python3 "$ROOT/t/lib/csv_times.py" 250
}

@test "--time: what fits, what does not, and the message" {
    time_of() { # FORMAT VALUE [TIME]
        printf 't\n"%s"\n' "$2" > in
        try csv2tsv --time "t=$1"
        if [ $# -eq 3 ]; then
            gives 0 '' t "$3"
        else
            stops 1 "line 2: column t: \"$2\" is not a time in the format $1" t
        fi
    }
    time_of %d.%m.%Y 29.02.2024 2024-02-29T00:00:00
    time_of %d.%m.%Y 5.5.2024 2024-05-05T00:00:00
    for bad in 29.02.2023 31.02.2024 31.04.2024 00.01.2024 01.13.2024 5.5.24 05.05.0024 '05.05.2024 ' 05.05.20245 x '' ' ' \
        05.05.-024 05.05.2024%; do
        time_of %d.%m.%Y "$bad"
    done
    time_of '%d.%m.%y %H:%M' '5.5.24 7:03' 2024-05-05T07:03:00
    time_of '%d.%m.%y %H:%M' '31.12.68 23:59' 2068-12-31T23:59:00
    time_of '%d.%m.%y %H:%M' '1.1.69 00:00' 1969-01-01T00:00:00
    time_of '%d.%m.%y %H:%M' '1.1.69 24:00'
    time_of '%d %b %Y, %I:%M %p' '5 MAY 2024, 12:03 am' 2024-05-05T00:03:00
    time_of '%d %b %Y, %I:%M %p' '5 Mai 2024, 12:03 am'
    time_of '%a %e/%n%m %t%Y' 'Sun  5/ 05 2024' 2024-05-05T00:00:00
    time_of '%a %d.%m.%Y' 'Mon 05.05.2024'
    time_of '%A %d.%m.%Y' 'sunday 05.05.2024' 2024-05-05T00:00:00
    time_of '%Y-%j' 2024-366 2024-12-31T00:00:00
    time_of '%Y-%j' 2023-366
    time_of '%Y-%j %d.%m' '2024-060 29.02' 2024-02-29T00:00:00
    time_of '%Y-%j %d.%m' '2024-061 29.02'
    time_of '%Y W%W %u' '2024 W18 7' 2024-05-05T00:00:00
    time_of %c 'Sun May  5 07:03:09 2024' 2024-05-05T07:03:09
    time_of '%F %T' '2016-12-31 23:59:60' 2017-01-01T00:00:00
    time_of '%F %T' '2016-12-31 12:59:60'
    time_of %FT%T%z 2024-05-05T01:00:00+0200 2024-05-04T23:00:00
    time_of %FT%T%z 2024-05-05T01:00:00-03:30 2024-05-05T04:30:00
    time_of %FT%T%z 2024-05-05T01:00:00Z 2024-05-05T01:00:00
    time_of %FT%T%z 2017-01-01T00:59:60+0100 2017-01-01T00:00:00
    time_of %FT%T%z 9999-12-31T23:00:00-0200
    time_of %FT%T%z 2024-05-05T01:00:00+7000
    time_of %FT%T%z 2024-05-05T01:00:00
    given_bytes 't\n"a\tb\\\\"\n'
    try csv2tsv --time t=%F
    [ "$status" -eq 1 ]
    [ "$(cat err)" = 'csv2tsv: line 2: column t: "a\tb\\\\" is not a time in the format %F' ]
}

@test "--time and --decimal-comma: the same bytes whatever the locale and TZ say" {
    given_bytes 't;u;n\n5 May 2024;2024-05-05 00:00+01;1.234,5\n'
    for locale in C de_DE.UTF-8 tr_TR; do
        LC_ALL=$locale TZ=America/New_York try csv2tsv -d ';' --time 't=%d %b %Y' --time 'u=%F %R%z' --decimal-comma n
        gives 0 '' 't u n' '2024-05-05T00:00:00 2024-05-04T23:00:00 1234.5'
    done
}

@test "--time: a format that leaves something open, or that strptime(3) would ignore, is a usage error" {
    printf 't\n1\n' > in
    for format in '' x %d.%m %Y %m/%Y %H:%M '%d.%m.%Y %I:%M' '%d.%m.%Y %M' '%d.%m.%Y %H:%S' %G-W%V-%u '%F %Z' '%F %EZ' %s '%F %s' \
        '%F %-s' '%F %_s' %Q % '%F%' '%C%m%d' %g%m%d "$(printf '%02000d%%F' 0)"; do
        try csv2tsv --time "t=$format"
        gives 2 'csv2tsv: --time: "*" must be a strptime(3) format for a complete date, with or without a complete time, and without %s, %G and %Z (try*'
    done
    try csv2tsv --time t
    gives 2 'csv2tsv: --time: "t" must be COL=FORMAT (try*'
}

@test "columns to convert: names, also with =, numbers, lists; an unknown one or two conversions are usage errors" {
    given_bytes 'a=b,a,von_t,bis_t\n"1,5","2,5",01.02.2024,02.02.2024\n'
    try csv2tsv --time '*_t=%d.%m.%Y' --decimal-comma 'a=b,2'
    gives 0 '' 'a=b a von_t bis_t' '1.5 2.5 2024-02-01T00:00:00 2024-02-02T00:00:00'
    given_bytes 'a=b\n=5.2.2024\n'
    try csv2tsv --time 'a=b==%d.%m.%Y'
    gives 0 '' 'a=b' '2024-02-05T00:00:00'
    for options in '--decimal-comma c' '--time c=%F' '--decimal-comma 3'; do
        given 'a,b' '1,2'
        # shellcheck disable=SC2086 # words are meant
        try csv2tsv $options
        gives 2 'csv2tsv: --*: unknown column *; the columns are a, b (try*'
        given '1,2'
        # shellcheck disable=SC2086 # words are meant
        try csv2tsv -N $options
        [ "$status" -eq 2 ]
        [[ $(cat err) = *'unknown column '*'; without a header there are columns 1 to 2 (try'* ]]
        [ "$(cut -f 1,2 out)" = "\\!${tab}csv2tsv" ]
    done
    for options in '--decimal-comma a --time a=%F' '--time a=%F --time 1=%D'; do
        given 'a,b' '1,2'
        # shellcheck disable=SC2086 # words are meant
        try csv2tsv $options
        gives 2 'csv2tsv: --time: column a already has a conversion (try*'
    done
    given
    try csv2tsv -N --decimal-comma 7
    gives 0 ''
}

@test "conversions, with any other option, in both builds" {
    given_bytes '1;"1,5";01.02.2024\n2;x;02.02.2024\n"3";-;"03.02\n.2024"\n4;"- ";31.02.2024\n5;-;\n'
    for program in csv2tsv "$PLAIN/csv2tsv"; do
        [ -x "$program" ] || [ "$program" = csv2tsv ] || continue
        try "$program" -NEd ';' --null - --decimal-comma 2 --time 3=%d.%m.%Y -r rejects
        gives 0 'csv2tsv: 5 read, 2 written, 3 rejected to rejects' '1 1.5 2024-02-01T00:00:00' '5 \N \N' '\.'
        rejects '2 column\s2:\s"x"\sis\snot\sa\snumber\swith\sa\sdecimal\scomma 2;x;02.02.2024' \
            '3 column\s3:\s"03.02\\n.2024"\sis\snot\sa\stime\sin\sthe\sformat\s%d.%m.%Y "3";-;"03.02\n.2024"' \
            '5 column\s2:\s"-\s"\sis\snot\sa\snumber\swith\sa\sdecimal\scomma 4;"-\s";31.02.2024'
    done
    try csv2tsv -Nd ';' --null - --decimal-comma 2 -r rejects --max-rejects 0
    stops 1 'line 2: column 2: "x" is not a number with a decimal comma; more than 0 bad records' '1 1.5 01.02.2024'
}

# --- files

@test "FILE... against the csv module of Python: columns in any order, packed, standard input, --file-column" {
    python3 "$ROOT/t/lib/csv_files.py" 100
}

@test "other columns are a usage error before anything is written, also in a pipe" {
    given 'a,b' '1,2'
    printf 'b,c\n1,2\n' > other
    printf 'b\n1\n' > less
    printf 'b,c,a\n1,2,3\n' > wider
    try csv2tsv - other
    gives 2 'csv2tsv: other: missing column a; unknown column c; all files must have the columns of the first (try*'
    try csv2tsv - less
    gives 2 'csv2tsv: less: missing column a; all files must have the columns of the first (try*'
    try csv2tsv less -
    gives 2 'csv2tsv: standard input: unknown column a; all files must have the columns of the first (try*'
    run -2 --separate-stderr csv2tsv <(cat in) <(cat wider)
    [[ $stderr = 'csv2tsv: /dev/fd/'*': unknown column c; all files must have the columns of the first (try'* ]]
    [ -z "$output" ]
}

@test "a header that is missing or bad in any file ends the program before anything is written" {
    printf 'a,b\n1,2\n' > good
    : > empty
    printf '\n\n"a,b\n' > open
    printf 'a,b,a\n' > twice
    try csv2tsv good empty
    stops 1 'empty: no header line; the input is empty'
    try csv2tsv good open -r rejects
    stops 1 'open: line 3: byte 1: unclosed quote'
    try csv2tsv good twice
    stops 1 'twice: line 1: duplicate column a'
    try csv2tsv good none
    stops 3 'none: No such file or directory'
    try csv2tsv -N empty good empty
    gives 0 '' 'a b' '1 2'
}

@test "messages and rejects name the file and its own lines; options are for every file" {
    printf 'x\na;b\n1,5;2\n' > one
    printf 'x\nb;a\n3;y\n4;2,5\n5\n' > two
    try csv2tsv --skip 1 -d ';' --decimal-comma a one two
    stops 1 'two: line 3: column a: "y" is not a number with a decimal comma' 'a b' '1.5 2'
    try csv2tsv --skip 1 -d ';' --decimal-comma a --file-column 'of\tb' one two -r rejects
    gives 0 'csv2tsv: 4 read, 2 written, 2 rejected to rejects' 'a b of\tb' '1.5 2 one' '2.5 4 two'
    diff rejects <(lines 'file line reason record' \
        'two 3 column\sa:\s"y"\sis\snot\sa\snumber\swith\sa\sdecimal\scomma 3;y' 'two 5 got\s1\sfield,\sthe\sheader\shas\s2 5')
    try csv2tsv -N -d ';' one two
    stops 1 'one: line 2: got 2 fields, the first record has 1' x
}

@test "a file that changes its columns after they were compared ends the program" {
    printf 'a,b\n1,2\n' > one
    mkfifo go
    # csv2tsv has read the header of the file before that of the FIFO, whose writer then changes it.
    { exec 3> go; printf 'b,c\n1,2\n' > one; printf 'a,b\n' >&3; exec 3>&-; } &
    try csv2tsv one go
    wait
    stops 1 'one: the header has changed: missing column a; unknown column c' 'a b'
}

@test "--file-column: a name that cannot be a column, or a file whose name is not UTF-8, is a usage error" {
    given 'a,f' '1,2'
    try csv2tsv --file-column f
    gives 2 'csv2tsv: output: duplicate column f (try*'
    try csv2tsv --file-column '\N'
    gives 2 'csv2tsv: output: the name of column 3 is null (try*'
    for name in 'x\y' "a${tab}b"; do
        try csv2tsv --file-column "$name"
        gives 2 'csv2tsv: --file-column: the name * must be escaped as in a header line (try*'
    done
    cp in $'\xff'
    try csv2tsv --file-column x $'\xff'
    gives 2 'csv2tsv: \\xFF: the name is not UTF-8, so no field can hold it (try*'
    try csv2tsv $'\xff'
    gives 0 '' 'a f' '1 2'
    try csv2tsv -N --file-column x - in
    gives 0 '' 'a f \N' '1 2 \N' 'a f in' '1 2 in'
}
