# weekly-sales: turns sales, calendar, products and stores into a JSON document for each key, with every week.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    data=$ROOT/t/data/sales
}

# files [SALE...]: creates the four files of a small shop with these sales, each "NET UNITS STORE DATE PRODUCT".
files() {
    printf '%s\n' saleId,netSales,salesUnits,storeId,dateId,productId > sales.csv
    printf '%s\n' "$@" | awk 'NF { print 100 + NR "," $1 "," $2 "," $3 "," $4 "," $5 }' >> sales.csv
    printf '%s\r\n' datekey,datecalendarday,datecalendaryear,weeknumberofseason 1,1,2018,1 2,8,2018,2 3,30,2018,52 \
        4,1,2019,1 5,31,2020,53 6,1,2018,x > calendar.csv
    printf '%s\r\n' productid,division,gender,category 007,APPAREL,KIDS,CRICKET '7,FOOTWEAR,MENS, BASKET BALL ' > products.csv
    printf '%s\r\n' storeid,channel,country '1,Digital,INDIA   ' '2,Store,POLAND ' > stores.csv
}

# sales [ARGUMENT...]: tries weekly-sales with these files.
sales() {
    try weekly-sales --sales sales.csv --calendar calendar.csv --products products.csv --stores stores.csv "$@"
}

# weeks: prints the key of each document on standard input, and the weeks that are not zero in its rows.
weeks() {
    python3 -c '
import json, sys
for line in sys.stdin:
    d = json.loads(line, parse_float=str, parse_int=str)
    print(d["uniqueKey"], *("%s:%s" % w for r in d["dataRows"] for w in r["dataRow"].items() if w[1] != "0"))'
}

@test "the real sales: the same documents as from Python with exact decimals" {
    try weekly-sales --sales "$data/sales.csv" --calendar "$data/calendar.csv" --products "$data/product.csv" \
        --stores "$data/store.csv"
    python3 "$ROOT/t/lib/expected_sales.py" "$data" > expected
    [ "$(wc -l < expected)" -eq 3 ]
    gives_bytes 0 'weekly-sales: 70 sales, 0 rejected to rejects.tsv, 3 documents' '%s\n' "$(cat expected)"
    grep -q '^{"uniqueKey":"RY18_DIGITAL_APPAREL_KIDS_CRICKET",.*"W2":12009.60,' expected
}

@test "sums are exact, ids keep leading zeros, values lose blanks around them, channels become capitals" {
    files '0.1 1 1 1 007' '0.2 2 1 1 007' '-0.30 -3 1 1 007' '9007199254740993.01 1 2 2 7' '1 1 2 2 7'
    sales
    [ "$status" -eq 0 ]
    run -0 weeks < "$BATS_TEST_TMPDIR/out"
    [ "${lines[0]}" = 'RY18_DIGITAL_APPAREL_KIDS_CRICKET W1:0.00' ]
    [ "${lines[1]}" = 'RY18_STORE_FOOTWEAR_MENS_BASKET BALL W2:9007199254740994.01 W2:2' ]
}

@test "every week from 1 to 52 is present, 53 only in years whose calendar has it" {
    files '5 1 1 3 007' '6 1 1 4 007' '7 1 1 5 007'
    sales
    run -0 python3 -c 'import json, sys
for line in sys.stdin:
    d = json.loads(line)
    print(d["year"], [list(r["dataRow"]) == ["W%d" % w for w in range(1, len(r["dataRow"]) + 1)] and len(r["dataRow"]) for r in d["dataRows"]])' < out
    [ "${lines[*]}" = 'RY18 [52, 52] RY19 [52, 52] RY20 [53, 53]' ]
}

@test "sales without a match or without numbers are rejected with the reason, and counted" {
    files '1 1 9 1 007' '1 1 1 9 007' '1 1 1 1 07' '1 1 1 6 007' 'x 1 1 1 007' '1 1e 1 1 007' '2.50 1 1 1 007'
    sales -r why.tsv
    [ "$status" -eq 0 ]
    grep -qx 'weekly-sales: 7 sales, 6 rejected to why.tsv, 1 documents' err
    weeks < out | diff - <(echo 'RY18_DIGITAL_APPAREL_KIDS_CRICKET W1:2.50 W1:1')
    cut -f 1,2 why.tsv | diff - <(printf '%s\t%s\n' line reason 2 'store 9 is unknown or has no channel' \
        3 'date 9 is unknown or has no datecalendaryear' 4 'product 07 is unknown or has no division' \
        5 'column weeknumberofseason: "x" is not a week from 1 to 99' 6 'column netsales: "x" is not a number' \
        7 'column salesunits: "1e" is not a number')
    [ "$(sed -n '2s/.*\t//p' why.tsv)" = '101\t1\t1\t9\t1\t007' ]
}

@test "-o: a file with a safe name for each key, and nothing else except the rejects" {
    files '1 1 1 1 007' '2 1 2 1 8'
    printf '%s\n' '8,A/B,..,é' >> products.csv
    sales -o out.d
    gives_bytes 0 'weekly-sales: 2 sales, 0 rejected to out.d/rejects.tsv, 2 documents' ''
    diff <(ls -A out.d) <(printf '%s\n' RY18_DIGITAL_APPAREL_KIDS_CRICKET.json RY18_STORE_A%2FB_.._%C3%A9.json rejects.tsv)
    sales
    cat out.d/*.json | cmp - out
}

@test "columns in any order, additional columns, packed files, no sales" {
    files '1 1 1 1 007'
    sales
    cp out expected
    awk -F , -v OFS=, '{ print $6, "more", $5, $4, $3, $2 }' sales.csv | sed '1s/more/note/' | gzip > s.csv.gz
    zstd -q products.csv
    try weekly-sales --sales s.csv.gz --calendar calendar.csv --products products.csv.zst --stores stores.csv
    gives_bytes 0 'weekly-sales: 1 sales, 0 *' '%s\n' "$(cat expected)"
    files
    sales
    gives_bytes 0 'weekly-sales: 0 sales, 0 rejected to rejects.tsv, 0 documents' ''
}

@test "bad input gives one clear line, and nothing is written" {
    files '1 1 1 1 007'
    cp stores.csv good.csv
    echo '1,Web,X' >> stores.csv
    sales -o out.d
    gives_bytes 1 'weekly-sales: lookup: stores.csv: line 4: *' ''
    cp good.csv stores.csv
    echo '3,"Web' >> stores.csv
    sales -o out.d
    gives_bytes 1 'weekly-sales: stores.csv: line 4: *' ''
    cp good.csv stores.csv
    echo 'too,short' >> sales.csv
    sales -o out.d
    gives_bytes 1 'weekly-sales: sales.csv: line 3: got 2 fields*' ''
    gzip -c calendar.csv | head -c 40 > calendar.csv.gz
    try weekly-sales --sales sales.csv --calendar calendar.csv.gz --products products.csv --stores stores.csv -o out.d
    gives_bytes 1 'weekly-sales: calendar.csv.gz: ?*' ''
    [ -z "$(ls -A out.d)" ]
}

@test "wrong usage and missing files" {
    files '1 1 1 1 007'
    try weekly-sales --sales sales.csv
    gives_bytes 2 'weekly-sales: expected --sales, --calendar, --products and --stores*' ''
    try weekly-sales --sales
    gives_bytes 2 'weekly-sales: option --sales requires an argument*' ''
    try weekly-sales sales.csv
    gives_bytes 2 'weekly-sales: unexpected operand sales.csv*' ''
    rm stores.csv
    sales
    gives_bytes 3 'weekly-sales: stores.csv: no such file' ''
    files '1 1 1 1 007'
    sed -i '1s/channel/chanel/' stores.csv
    sales
    gives_bytes 1 'weekly-sales: stores.csv: no column channel; the columns are storeid, chanel, country' ''
    : > blocked
    files '1 1 1 1 007'
    sales -o blocked
    gives_bytes 3 '*weekly-sales: blocked: cannot create the directory' ''
}

@test "rejected records are records: null and backslashes are escaped once more" {
    files ' 1 1 1 007' '1 1 a\\b 1 007'
    printf '7,,1,7,1,007\n' >> sales.csv
    sales
    [ "$status" -eq 0 ]
    run -0 tsv2jsonl < rejects.tsv
    [ "$(jsonl2tsv -N record < <(printf '%s\n' "${lines[@]}") | tail -n 1)" = '7\t\\N\t1\t7\t1\t007' ]
}

@test "a sale is rejected if part of its key is blank" {
    files '1 1 1 1 007'
    printf '1,"  ",INDIA\n' | sed '1i storeid,channel,country' > stores.csv
    sales
    gives_bytes 0 'weekly-sales: 1 sales, 1 rejected to rejects.tsv, 0 documents' ''
}

@test "two keys with the same name are an error" {
    files '1 1 1 1 8' '1 1 1 1 9'
    printf '%s\n' '8,A_B,C,D' '9,A,B_C,D' >> products.csv
    sales -o out.d
    gives_bytes 1 '*two different keys are called RY18_DIGITAL_A_B_C_D*' ''
    [ -z "$(ls -A out.d)" ]
}

@test "an invalid week in the calendar does not add weeks" {
    files '1 1 1 1 007'
    echo '9,1,2018,3000000' >> calendar.csv
    sales
    run -0 weeks < "$BATS_TEST_TMPDIR/out"
    [ "$output" = 'RY18_DIGITAL_APPAREL_KIDS_CRICKET W1:1 W1:1' ]
}

@test "a document that cannot be moved to its place is a failure" {
    files '1 1 1 1 007'
    mkdir -p out.d/RY18_DIGITAL_APPAREL_KIDS_CRICKET.json
    sales -o out.d
    gives_bytes 3 '*weekly-sales: write error' ''
    printf '#!/bin/sh\nkill -9 $$\n' > ./mv
    chmod +x mv
    try env PATH="$PWD:$PATH" weekly-sales --sales sales.csv --calendar calendar.csv --products products.csv \
        --stores stores.csv -o other.d
    gives_bytes 3 '*weekly-sales: write error' ''
}

@test "directories of any name, and standard error closed or full" {
    files '1 1 1 1 007'
    mkdir 'x\ny z'
    try env TMPDIR="$PWD/x\ny z" weekly-sales --sales sales.csv --calendar calendar.csv --products products.csv \
        --stores stores.csv -o 'a\tb "c'
    gives_bytes 0 '*1 documents' ''
    [ -s 'a\tb "c/RY18_DIGITAL_APPAREL_KIDS_CRICKET.json' ]
    sales
    mv out expected
    for stderr in '>&-' '>/dev/full'; do
        bash -c "weekly-sales --sales sales.csv --calendar calendar.csv --products products.csv --stores stores.csv 2$stderr" |
            cmp - expected
    done
}

@test "weeks such as 07 and amounts such as 1e2 are numbers; week 0 is rejected as what it is" {
    files '1e2 1 1 7 007' '-1.5E+1 1.0e0 1 1 007' '1 1 1 8 007' '1e999 1 1 1 007'
    printf '%s\r\n' 7,1,2018,01 8,1,2018,0 9,1,2018,053 >> calendar.csv
    sales
    cp out documents
    gives_bytes 0 'weekly-sales: 4 sales, 2 rejected to rejects.tsv, 1 documents' '%s\n' "$(cat out)"
    diff <(weeks < documents) <(echo "RY18_DIGITAL_APPAREL_KIDS_CRICKET W1:85 W1:2.0")
    grep -q '"W53":0' documents
    cut -f 1,2 rejects.tsv | tail -n +2 | diff - <(printf '%s\t%s\n' 4 'column weeknumberofseason: "0" is not a week from 1 to 99' \
        5 'column netsales: "1e999" is not a number')
}

@test "-o without a document writes the rejects only" {
    files '1 1 9 1 007'
    sales -o out.d
    gives_bytes 0 'weekly-sales: 1 sales, 1 rejected to out.d/rejects.tsv, 0 documents' ''
    [ "$(ls -A out.d)" = rejects.tsv ]
}

@test "sales without a column: an error that names it, not only rejects" {
    files '1 1 1 1 007'
    for column in netSales salesUnits storeId dateId productId; do
        sed "1s/$column/other/" sales.csv > less.csv
        try weekly-sales --sales less.csv --calendar calendar.csv --products products.csv --stores stores.csv
        gives_bytes 1 "weekly-sales: less.csv: no column ${column,,}; the columns are *" ''
    done
}

@test "the rejects never overwrite the input, by whatever name" {
    files '1 1 1 1 007'
    sha256sum ./*.csv > before
    ln calendar.csv hard.csv
    ln -s sales.csv soft.csv
    for file in calendar.csv ./sales.csv hard.csv soft.csv; do
        sales -r $file
        gives_bytes 2 "weekly-sales: $file: the rejects would overwrite the input*" ''
    done
    cp sales.csv rejects.tsv
    try weekly-sales --sales rejects.tsv --calendar calendar.csv --products products.csv --stores stores.csv
    gives_bytes 2 'weekly-sales: rejects.tsv: the rejects would overwrite the input*' ''
    sha256sum --quiet -c before
}

@test "if a program is killed: status 3, and nothing is written" {
    files '1 1 1 1 007'
    mkdir stub
    for name in csv2tsv lookup weekagg tsv2jsonl sed awk; do
        printf '#!/bin/sh\nPATH=%s\n%s "$@" | head -n 1\nkill -9 $$\n' "$PATH" "$name" > stub/$name
        chmod +x stub/$name
        cp -r "$ROOT/scripts/weekly-sales" "$ROOT/scripts/lib" stub
        try stub/weekly-sales --sales sales.csv --calendar calendar.csv --products products.csv --stores stores.csv -o out.d
        gives_bytes 3 'weekly-sales: *' ''
        [ -z "$(ls -A out.d)" ]
        rm stub/$name
    done
}
