# tsv2csv: records to CSV, and back by csv2tsv to the same bytes.

load helper

PLAIN=${WEIR_PLAIN_BUILD:-$ROOT/build/plain}/bin

setup() {
    cd "$BATS_TEST_TMPDIR" || return
}

# --- Values

@test "a line for each record, and one for the header" {
    given 'b a c' '1 2\sx 3' '4 =1+1 007'
    try tsv2csv
    gives 0 '' 'b,a,c' '1,2\sx,3' '4,=1+1,007'
}

@test "quoted: what has the delimiter, a quote, CR or LF; quotes are doubled; nothing else" {
    given_bytes 'a,b\t"\n1,5\tsay "yes"\ntwo\\nlines\tand\\r\\nCRLF\\r\n"\t""\nC:\\\\x\\ty\t;\n\001\t\\\\N\n'
    try tsv2csv
    gives_bytes 0 '' '"a,b",""""\n"1,5","say ""yes"""\n"two\nlines","and\r\nCRLF\r"\n"""",""""""\nC:\\x\ty,;\n\001,\\N\n'
}

@test "null is an empty field, the empty string is \"\"" {
    given 'a b c' '\N  \N' ' \N ' '  '
    try tsv2csv
    gives 0 '' 'a,b,c' ',"",' '"",,""' '"","",""'
    given_bytes '\n\n\\N\nx\n'
    try tsv2csv
    gives_bytes 0 '' '""\n""\n\nx\n'
}

@test "--null STRING: nulls are STRING, and a value that equals it is quoted" {
    given 'NA b' 'NA \N' '\N NAN' ' x'
    try tsv2csv --null NA
    gives 0 '' '"NA",b' '"NA",NA' 'NA,NAN' '"",x'
    try tsv2csv --null '\N'
    gives 0 '' 'NA,b' 'NA,\N' '\N,NAN' '"",x'
    given 'a b' '\N \\N'
    try tsv2csv --null '\N'
    gives 0 '' 'a,b' '\N,"\N"'
    for null in ',' 'a"' $'\n' $'x\r'; do
        try tsv2csv --null "$null"
        [ "$status" -eq 2 ]
        [[ $(cat err) == 'tsv2csv: --null: "'*'" must not contain the delimiter, a quote, CR or LF (try'* ]]
    done
    for null in '\!' '\.x' 'sep=' $'\357\273\277x'; do
        try tsv2csv --null "$null"
        [ "$status" -eq 2 ]
        [[ $(cat err) == 'tsv2csv: --null, with the delimiter, must not begin with \!, \., sep= or a byte order mark (try'* ]]
    done
}

@test "-d: any ASCII character except quote, CR and LF; TAB as itself or \\t" {
    for d in ';' '|' ':' ' ' a $'\x1f' $'\x01' \\ $'\t' '~'; do
        printf 'x\ty\nz\\tz\\\\\t1;|: \037\001~,\n' > in
        try tsv2csv -d "$d"
        [ "$status" -eq 0 ]
        cp out csv
        [ "$(head -n 1 csv)" = "x${d}y" ]
        csv2tsv -d "$d" < csv | cmp - in
        python3 -c '
import csv, sys
_, row = csv.reader(open("csv", newline=""), delimiter=sys.argv[1], strict=True)
assert row == ["z\tz\\", "1;|: \x1f\x01~,"], row' "$d"
    done
    given 'x y' '1,2 \N'
    try tsv2csv -d '\t'
    gives 0 '' 'x y' '1,2 '
    for d in '' ',,' '"' $'\n' $'\r' é $'\xff'; do
        try tsv2csv -d "$d"
        [ "$status" -eq 2 ]
        [[ $(cat err) == 'tsv2csv: --delimiter: "'*'" must be one ASCII character and not a quote, CR or LF (try'* ]]
    done
}

@test "--quote all quotes everything except nulls; --crlf and --bom are for spreadsheets" {
    given 'a b' '1 \N' ' x"'
    try tsv2csv --quote all
    gives 0 '' '"a","b"' '"1",' '"","x"""'
    try tsv2csv --quote needed --crlf --bom -d ';'
    gives_bytes 0 '' '\357\273\277a;b\r\n1;\r\n"";"x"""\r\n'
    try tsv2csv --quote some
    [ "$status" -eq 2 ]
    [[ $(cat err) == 'tsv2csv: --quote: "some" must be one of needed, all (try'* ]]
    given_bytes '\\q\nx\n'
    try tsv2csv -N --bom -r rejects
    gives_bytes 0 'tsv2csv: 2 read, 1 written, 1 rejected to rejects' '\357\273\277x\n'
}

@test "a first field that readers would take for a mark, a byte order mark or sep= is quoted" {
    given_bytes '\357\273\277\357\273\277a\n\\\\!\n\\\\.\n\\\\!\\tx\ty\nsep=;\n'
    try tsv2csv -r rejects
    gives_bytes 0 'tsv2csv: 4 read, 3 written, 1 rejected to rejects' '"\357\273\277a"\n"\\!"\n"\\."\nsep=;\n'
    given 'sep=| \\!' '\\! \\.'
    try tsv2csv -d '\t'
    gives 0 '' '"sep=|" \!' '"\!" \.'
    csv2tsv -d '\t' < out | cmp - in
    given_bytes 'sep=;\n'
    try tsv2csv -N
    gives 0 '' '"sep=;"'
    csv2tsv -N < out | cmp - in
}

@test "nor do a first field or a null and the delimiter after it look like a mark or sep=" {
    given 'a b c' '\\ \N x'
    try tsv2csv -d '!'
    gives 0 '' 'a!b!c' '"\"!!x'
    given 'a b' '\\ \N'
    try tsv2csv -d .
    gives 0 '' 'a.b' '"\".'
    given 'sep b'
    try tsv2csv -d =
    gives 0 '' '"sep"=b'
    given 's p=x'
    try tsv2csv -d e
    gives 0 '' '"s"ep=x'
    for null in '\!' '\.' 'sep='; do
        try tsv2csv --null "${null%?}" -d "${null: -1}"
        [ "$status" -eq 2 ]
        [[ $(cat err) == 'tsv2csv: --null, with the delimiter, must not begin with '* ]]
    done
}

# --- Input

@test "-N: no header; an empty input gives nothing" {
    given ' b' '1 \N'
    try tsv2csv -N --bom
    gives_bytes 0 '' '\357\273\277"",b\n1,\n'
    given
    try tsv2csv -N --bom
    gives 0 ''
    try tsv2csv
    gives 1 'tsv2csv: no header line; the input is empty' '\! tsv2csv no\sheader\sline;\sthe\sinput\sis\sempty'
}

@test "a failed run ends in the failure mark, which csv2tsv recognizes; -E requires the end mark" {
    given 'a b' '1 "' '2'
    try sh -c 'tsv2csv | csv2tsv'
    gives 1 'tsv2csv: line 3: got 1 field, the header has 2
csv2tsv: input failed: line 3: got 1 field, the header has 2' 'a b' '1 "' \
        '\! tsv2csv line\s3:\sgot\s1\sfield,\sthe\sheader\shas\s2'
    given 'a b' '1 2'
    try tsv2csv -E
    gives 1 'tsv2csv: the input has no end mark: it is not complete' 'a,b' '1,2' \
        '\! tsv2csv the\sinput\shas\sno\send\smark:\sit\sis\snot\scomplete'
    given 'a b' '1 2' '\.'
    try tsv2csv -E
    gives 0 '' 'a,b' '1,2'
}

@test "fields of any length, with special bytes anywhere around vectors and blocks" {
    python3 - << 'END_OF_PYTHON'
import csv
lengths = list(range(70)) + [4095, 4096, 131071, 131072, 131073, 300000]
rows = [["v", "w", "x"]]
for n in lengths:
    for c in ['"', ",", "\\", "\t", "é"]:
        for at in {0, n // 2, n - 1}:
            rows.append(["x" * at + c + "y" * max(n - at - 1, 0), "z" * (n % 50), c * (n % 5000)])
        rows.append(["x" * n, "", "y"])
with open("in", "w", newline="") as out:
    for row in rows:
        out.write("\t".join(v.replace("\\", "\\\\").replace("\t", "\\t") for v in row) + "\n")
with open("want", "w", newline="") as out:
    for row in rows:
        out.write(",".join('""' if v == "" else '"' + v.replace('"', '""') + '"' if '"' in v or "," in v else v
                           for v in row) + "\n")
END_OF_PYTHON
    try tsv2csv
    [ "$status" -eq 0 ]
    cmp want out
    csv2tsv < out | cmp - in
}

@test "random records and options: a model, the plain build, csv2tsv and python's csv module agree" {
    python3 "$ROOT/t/lib/csv_round_trip.py" 300 tsv2csv
    [ ! -x "$PLAIN/tsv2csv" ] || python3 "$ROOT/t/lib/csv_round_trip.py" 150 tsv2csv "$PLAIN/tsv2csv"
}
