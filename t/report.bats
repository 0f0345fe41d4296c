# report: pages of Markdown with pipelines. t/lib/page_facts.py reads the HTML, and fails if it is not well formed, not
# accessible, or refers to something outside.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    lines 'Id Note Score' '1 a 2.50' '2 \N \N' '3  -7' > notes.tsv
}

# page LINE...: writes page.md.
page() {
    printf '%s\n' "$@" > page.md
}

# fence LINE...: writes a page with a fence in lines 3 to the last.
fence() {
    page '# T' '' '```weir' "$@" '```'
}

# shows LINE...: what page_facts.py says about the last try, without the foot and what repeats.
shows() {
    [ "$status" -eq 0 ] && [ ! -s err ] || { cat err && return 1; }
    python3 "$ROOT/t/lib/page_facts.py" < out > facts
    sed '/^Made 20.* by commands that read /,$d' facts | grep -v -e '^title T$' -e '^h1 T$' > body
    printf '%s\n' "$@" | diff -u --label expected --label shown - body
}

# fails STATUS MESSAGE [COMMAND-LINE...]: checks that the fence fails, with nothing on standard output.
fails() {
    fence "${@:3}"
    try report page.md
    gives "$1" "report: page.md: $2"
}

@test "a table: numbers to the right, null is no text, empty text is empty" {
    fence 'pick Id Note Score < notes.tsv'
    try report page.md
    shows 'head +Id|Note|+Score' 'row +1|a|+2.50' 'row +2|NULL:null|+NULL:null' 'row +3||+-7' '3 records' \
        'summary Commands 3 records read' 'code pick Id Note Score < notes.tsv'
    lines 'a b' 'NULL:null x' > some.tsv
    fence 'pick a b < some.tsv'
    try report page.md
    shows 'head a|b' 'row NULL:null|x' '1 record' 'summary Commands 1 record read' 'code pick a b < some.tsv'
}

@test "a number, with its column's name; groups of digits have no characters between them" {
    fence 'weekagg Votes=count < notes.tsv'
    try report page.md
    shows 'number Votes|3' 'summary Commands 3 records read' 'code weekagg Votes=count < notes.tsv'
    for value in 1234 12345 -1234567.1000 1e30 0.00000001 'some text' '\N'; do
        printf 'v\n%s\n' "$value" > v.tsv
        fence 'dedup < v.tsv'
        try report page.md
        [ "$value" != '\N' ] || value=NULL:null
        shows "number v|$value" 'summary Commands 1 record read' 'code dedup < v.tsv'
    done
    printf 'v\n-1234567.1000\n' > v.tsv
    report page.md | grep -F '<dd>-1<span>234</span><span>567</span>.1000</dd>'
}

@test "a chart, by a fence marked so, with options, or by calling chart; both do not need --svg" {
    page '# T' '```weir chart -v Score --title "A <b> & c"' 'dedup < notes.tsv |' '  pick Id Score' '```'
    try report page.md
    shows 'chart A <b> & c' 'summary Commands 3 records read' $'code dedup < notes.tsv |\n  pick Id Score' \
        '| chart -v Score --title "A <b> & c"'
    [ "$(grep -c '<svg' out)" -eq 1 ]
    page '# T' '```weir' 'pick Id Score < notes.tsv | chart' '```' '' '```weir' 'chart --svg -v Score -x Id < notes.tsv' '```'
    try report page.md
    shows 'chart Score by Id' 'summary Commands 3 records read' 'code pick Id Score < notes.tsv | chart' \
        'chart Score by Id' 'summary Commands 3 records read' 'code chart --svg -v Score -x Id < notes.tsv'
    fence 'chart --svg -v Score < notes.tsv > x.svg' 'chart -v Score -x Id < notes.tsv; pick Id < notes.tsv'
    try report page.md
    [ "$status" -eq 0 ]
    [ "$(grep -c -e '<svg' -e '<table' out)" -eq 3 ] # of the chart, of the records, in the foot
    grep -q '<svg' x.svg
}

@test "a fence must not draw text into the page" {
    fails 2 "line 3: chart: --text and --svg cannot be combined (try 'chart --help')" 'chart --text -v Score < notes.tsv'
}

@test "a long table shows its first records, and all after a click" {
    { echo n && seq 1 21; } > n.tsv
    fence 'pick n < n.tsv'
    try report page.md
    shows 'head +n' "$(seq -f 'row +%g' 10)" 'summary All 21 records' 'head +n' "$(seq -f 'row +%g' 21)" \
        'summary Commands 21 records read' 'code pick n < n.tsv'
    fence 'pick n < n.tsv | where "n<21"'
    try report page.md
    [ "$(grep -c '<details' out)" -eq 1 ]
    { echo n && seq 1 10000; } > n.tsv
    fence 'pick n < n.tsv'
    report page.md | grep -q 'All 10,000 records'
    echo 10001 >> n.tsv
    fails 1 'line 3: more than 10000 records; *' 'pick n < n.tsv'
}

@test "no records, no output" {
    fence 'where Id=9 < notes.tsv'
    try report page.md
    shows 'head Id|Note|Score' 'row No records' 'summary Commands 3 records read' 'code where Id=9 < notes.tsv'
    fence 'dedup < notes.tsv > new.tsv'
    try report page.md
    shows 'No output' 'summary Commands 3 records read' 'code dedup < notes.tsv > new.tsv'
    [ "$(wc -l < new.tsv)" -eq 5 ] # with the end mark
    fence ''
    try report page.md
    shows 'No output' 'summary Commands'
    fence 'dedup < notes.tsv | tsv2sqlite x.db notes' 'sqlite2tsv x.db "SELECT sum(Id) AS s FROM notes"'
    try report page.md
    shows 'number s|6' 'summary Commands 4 records read' 'code dedup < notes.tsv | tsv2sqlite x.db notes' \
        'sqlite2tsv x.db "SELECT sum(Id) AS s FROM notes"'
}

@test "a page: one heading of the first level, its text is the title; other fences stay; CRLF and a byte order mark" {
    page 'Title *of* `it` & <b>bold</b>' '====' '' '# Another' '' '## Two' '' 'Some **text**.' '' '```sh' 'rm <x>' '```' \
        '' '    ```weir' '- ```weir' '  pick Id < notes.tsv' '  ```' '> ```weir' '> where Id=1 < notes.tsv | pick Id' '> ```'
    sed -i $'s/$/\r/; 1s/^/\xef\xbb\xbf/' page.md
    try report page.md
    shows 'title Title of it & bold' 'h1 Title of it & bold' 'h2 Another' 'h2 Two' 'Some text.' 'code rm <x>' \
        'code ```weir' 'head +Id' 'row +1' 'row +2' 'row +3' '3 records' 'summary Commands 3 records read' \
        'code pick Id < notes.tsv' 'number Id|1' 'summary Commands 3 records read' 'code where Id=1 < notes.tsv | pick Id'
}

@test "a page without a heading is named after its file, an empty one too; standard input is the page without a name" {
    page 'Text' '' '## Later' '' '# More'
    try report page.md
    shows 'title Later' 'Text' 'h1 Later' 'h2 More'
    page 'Text'
    mv page.md 'a <page>.md'
    try report 'a <page>.md'
    shows 'title a <page>' 'h1 a <page>' 'Text'
    : > empty.md
    try report empty.md
    shows 'title empty' 'h1 empty'
    for operand in '' -; do
        given_bytes 'Text\n'
        # shellcheck disable=SC2086 # maybe none
        try report $operand
        shows 'title Report' 'h1 Report' 'Text'
    done
}

@test "values of unknown origin are shown and not obeyed" {
    printf '%b\n' '<script>alert(1)</script>\t"&amp;'\''<' 'a\x1b[31mb\t<img src=x onerror=y>' \
        'x\\ny\\tz\\\\n\tn\xc2\x85 \xe2\x80\xaeevil\xe2\x81\xa6' 'Z\xc3\xbcrich \xf0\x9f\x98\x80\t</table></main>' > evil.tsv
    fence 'dedup < evil.tsv'
    try report page.md
    shows 'head <script>alert(1)</script>|"&amp;'\''<' 'row a\x1B[31mb|<img src=x onerror=y>' \
        'row x\x0Ay\x09z\n|n\xC2\x85 \xE2\x80\xAEevil\xE2\x81\xA6' $'row Z\xc3\xbcrich \xf0\x9f\x98\x80|</table></main>' '3 records' \
        'summary Commands 3 records read' 'code dedup < evil.tsv'
    printf 'a\n\\\\!\tx\n\xff\xfe<\n' > bytes # of other tools
    fence '{ cat bytes; echo "\."; }'
    fails 1 'line 3: line 2 of the output: 2 fields, but the header has 1' '{ cat bytes; echo "\."; }'
    sed -i 2d bytes
    try report page.md
    shows 'number a|\xFF\xFE<' 'summary Commands' 'code { cat bytes; echo "\."; }'
    printf 'k n v\na <svg> 1\n' | tr ' ' '\t' > names.tsv
    fence 'pivot -n n -v v < names.tsv | pick -x k -- | pick "<svg>"' # looks like a picture
    try report page.md
    grep -q '<dt>&lt;svg&gt;</dt>' out
}

@test "commands are shown as they are, without what could mislead" {
    fence $'pick Id < notes.tsv |\twhere Id=1 # \xe2\x80\xae<b>' '' '# é'
    try report page.md
    shows 'number Id|1' 'summary Commands 3 records read' $'code pick Id < notes.tsv |\twhere Id=1 # \\xE2\\x80\\xAE<b>' \
        '' '# é'
}

@test "raw HTML and links to scripts are left out, images become links" {
    page '# T' '<script>alert(1)</script>' '' 'a <b onclick=x>b</b> [c](javascript:alert(1)) [d](x.html)' '' \
        '![a *b*](https://example.org/x.png "t") ![i](data:image/png;base64,AAAA) ![x](data:text/html,y)'
    try report page.md
    shows 'a b c d' 'a b  x'
    grep -qF '<a href="">c</a> <a href="x.html">d</a>' out
    grep -qF '<a href="https://example.org/x.png" title="t">a <em>b</em></a> <img src="data:image/png;base64,AAAA"' out
    run ! grep 'javascript\|onclick\|text/html' out
}

@test "commands run in the directory of the page, with empty input, and not with what the environment hides" {
    mkdir 'a dir'
    mv notes.tsv 'a dir'
    fence 'x=$(cat; echo $LC_ALL $TZ); pick Id="$x" 2> /dev/null < notes.tsv || pick Id < notes.tsv |' 'where Id=1'
    mv page.md 'a dir/p.md'
    echo 'echo hidden; exit 1' > env.sh
    dedup() { exit 1; }
    export -f dedup
    export BASH_ENV=$PWD/env.sh SHELLOPTS
    fence 'echo "$LC_ALL $TZ $PWD" | tsvcat -E | dedup'
    try report page.md
    shows "head C UTC $PWD" 'row No records' 'summary Commands' 'code echo "$LC_ALL $TZ $PWD" | tsvcat -E | dedup'
    try report 'a dir/p.md'
    [ "$status" -eq 0 ]
    grep -q '<dt>Id</dt><dd>1</dd>' out
}

@test "commands find the variables of the page, whatever their names" {
    fence 'export status=s name=n kind=k stats=t reads_pipe=r' 'printf "v\n1\n" | tsvcat -E |' \
        "keep-header awk '{ for (i in ENVIRON) if (i ~ /^(status|name|kind|stats|reads_pipe)\$/) s = s ENVIRON[i] }" \
        "    END { print length(s), ENVIRON[\"status\"] ENVIRON[\"name\"] ENVIRON[\"kind\"] ENVIRON[\"stats\"] }'"
    try report page.md
    [ "$status" -eq 0 ] || { cat err && false; }
    grep -F '<dd>5 snkt</dd>' out
}

@test "a program that fails fails the page, with its message, its status, and no output" {
    printf 'Id\tDay\n1\t2024-05-06\n2\t2024-05-32\n' > days.tsv
    fails 1 'line 3: weekagg: line 3: column Day: "2024-05-32" is not a time' 'weekagg -t Day < days.tsv'
    fails 1 'line 3: weekagg: line 3: column Day: "2024-05-32" is not a time' \
        'dedup -k Id < days.tsv | weekagg -t Day -u day | outliers | keep-header sort | pick Count'
    fails 2 "line 3: dedup: --key: unknown column x; the columns are Id, Day (try 'dedup --help')" 'dedup -k x < days.tsv | weekagg'
    fails 2 "line 3: dedup: unknown option -x (try 'dedup --help')" 'dedup -x < days.tsv | weekagg'
    fails 3 'line 3: dedup: write error: No space left on device' 'dedup < days.tsv > /dev/full'
    fails 1 'line 3: weekagg: line 3: *' 'weekagg -t Day < days.tsv > x.tsv; true'
    fails 2 "line 3: chart: --value: unknown column x; the columns are *" 'chart -v x < days.tsv'
    head -c 5000 "$ROOT/t/data/votes.jsonl.gz" > cut.gz
    fails 1 'line 3: jsonl2tsv: the gzip data is cut off after byte 5000' 'jsonl2tsv Id < cut.gz | dedup'
    printf 'Id\n1\n\\!\tcurl\tno network\n' > failed.tsv
    fails 1 'line 3: dedup: input failed: no network' 'dedup < failed.tsv'
    fails 1 'line 3: input failed: no network' 'cat failed.tsv'
    fails 1 'line 3: exit status 5' 'dedup < days.tsv; exit 5'
    fails 1 'line 3: exit status 1' 'dedup < days.tsv' 'false'
}

@test "a failure that the commands handle is none" {
    fence 'tsvdiff --check -k Id notes.tsv notes.tsv > /dev/null' 'sed s/7/8/ notes.tsv > new.tsv' \
        'tsvdiff --check -k Id notes.tsv new.tsv > /dev/null || dedup < new.tsv'
    try report page.md
    [ "$status" -eq 0 ]
    grep -q '3 records' out
}

@test "the line of an unknown command, of a syntax error and of a shell error is that of the page" {
    fails 2 'line 5: nosuch: command not found' 'pick Id < notes.tsv |' 'nosuch'
    fails 2 "line 6: syntax error near unexpected token \`}'" 'pick Id < notes.tsv' 'if true; then' '}'
    fails 1 'line 4: nosuch.tsv: No such file or directory' 'pick Id < nosuch.tsv'
    fails 1 'line 5: /dev/full/x: Not a directory' 'true' 'pick Id < notes.tsv > /dev/full/x'
    page '# T' '```weir chart' 'pick Id < notes.tsv' '```' '' '```weir chart --nosuch' 'pick Id < notes.tsv' '```'
    try report page.md
    gives 2 "report: page.md: line 6: chart: unknown option --nosuch (try 'chart --help')"
    page '```weir table' 'x' '```'
    try report page.md
    gives 2 'report: page.md: line 1: after weir, only chart and its options may follow: table'
}

@test "other tools that fail: their message comes first" {
    fails 2 'line 3: sort: cannot read: nosuch: *' 'sort nosuch | tsvcat -E'
    fails 1 'line 3: cat: nosuch: *' 'cat nosuch | tsvcat -E | chart'
    fails 1 'line 3: a command ended before it had read all records; *"keep-header head"*' \
        '{ echo n; seq 300000; } | tsvcat -E | head -n 3'
}

@test "a killed program fails the page, wherever it is" {
    mkdir bin
    for name in dedup pick; do
        printf '#!/bin/sh\nhead -n 2 notes.tsv; kill -9 $$\n' > bin/$name
    done
    chmod +x bin/*
    PATH=$PWD/bin:$PATH
    fails 3 'line 3: dedup: killed by signal 9 (Killed)' 'dedup < notes.tsv'
    fails 3 'line 3: dedup: killed by signal 9 (Killed)' 'where "Id>0" < notes.tsv | dedup | where "Id>0" | chart -v Id'
    fails 3 'line 3: dedup: killed by signal 9 (Killed)' 'dedup < notes.tsv || where Id=1 < notes.tsv'
    fails 3 'line 3: pick: killed by signal 9 (Killed)' 'lookup -f <(pick Id < notes.tsv) -k Id --semi < notes.tsv'
    fails 3 'line 3: a command: killed by signal 9 (Killed)' 'where Id=1 < notes.tsv | (cat; kill -9 $BASHPID) | where "Id>0"'
    fails 3 'line 3: a command: killed by signal 15 (Terminated)' 'kill $$'
    fails 1 'line 3: the output has no end mark, *' 'set +o pipefail; (cat notes.tsv; kill -9 $BASHPID) | where "Id>0"'
}

@test "records of other tools have no end mark; -E says that they are complete" {
    fails 1 'line 3: the output has no end mark, so it may be incomplete; after other tools, write | tsvcat -E' 'cat notes.tsv'
    fails 1 'line 3: the output has no end mark, *' 'cat notes.tsv | where Id=1'
    fails 1 'line 3: chart: *no end mark*' 'cat notes.tsv | chart'
    fails 1 'line 3: the output has no end mark, *' 'tsv2csv < notes.tsv'
    fails 1 'line 3: data after the end mark; a fence writes one table' 'dedup < notes.tsv; dedup < notes.tsv'
    fails 1 'line 3: the output has a NUL byte; *' "printf 'a\\0\\n\\\\.\\n'"
    fails 1 'line 3: the output has no header line' 'echo "\."'
    fence 'cat notes.tsv | where -E Id=1 | pick Id'
    try report page.md
    shows 'number Id|1' 'summary Commands' 'code cat notes.tsv | where -E Id=1 | pick Id'
    fence 'where -E Id=1 < notes.tsv | pick Id' # twice would be an error
    try report page.md
    shows 'number Id|1' 'summary Commands 3 records read' 'code where -E Id=1 < notes.tsv | pick Id'
    fence 'zcat "$ROOT/t/data/votes.jsonl.gz" | jsonl2tsv Id | weekagg Votes=count'
    report page.md | grep -F '<dd>40<span>299</span></dd>'
}

@test "records read are those of the programs that start pipelines, records rejected those of all" {
    tsv2jsonl -c Id:int < notes.tsv > notes.jsonl
    printf '{"Id":"x"}\n' >> notes.jsonl
    page '```weir' 'jsonl2tsv -r bad.tsv Id:int < notes.jsonl | dedup -k Id | where --require -r bad2.tsv "Id>1" |' \
        'keep-header sort -n' '```' '' '```weir' 'tsvdiff -k Id notes.tsv <(dedup < notes.tsv)' '```'
    try report page.md
    gives_status=$status
    python3 "$ROOT/t/lib/page_facts.py" < out > facts
    [ "$gives_status" -eq 0 ]
    [ "$(grep 'summary' facts)" = 'summary Commands 4 records read, 2 rejected
summary Commands 9 records read' ]
    grep -q '^Made 20.* UTC with weir [0-9.]* by commands that read 13 records and rejected 2\.$' facts
}

@test "every program has its place in the shell functions" {
    sed -n 's/.*\(weir_define.*\|    \)\\"\$2\\"//p' "$ROOT/cmd/report/shell.c" | grep -o '[a-z0-9][-a-z0-9]*[a-z0-9]' | grep -vx n | sort > functions
    { ls "$ROOT/cmd" && ls "$ROOT/scripts"; } | sed -n 's/\.1$//; /^[-a-z0-9]*$/p' | sort -u |
        grep -vx -e bench -e completion -e demo -e lib -e package -e plans -e report | diff - functions
}

@test "the foot names the input files, as they are before the commands; files that the page makes are none" {
    mkdir data
    for n in 1 2 3; do cp notes.tsv "data/$n x.tsv"; done
    ln data/1\ x.tsv link.tsv
    cp notes.tsv old.tsv
    page '```weir' 'tsvcat data/*.tsv | dedup | weekagg n=count' '```' '' '```weir' \
        'where -r old.tsv "Id>0" < link.tsv > made.tsv' 'f="data/3 x.tsv"; cat "$f" made.tsv > /dev/null' \
        'lookup -f <(dedup < notes.tsv) -k Id --semi < made.tsv | pick Score' '```'
    sleep 0.02
    try report page.md
    [ "$status" -eq 0 ] || { cat err && false; }
    python3 "$ROOT/t/lib/page_facts.py" < out | sed '1,/^Made 20/d' > foot
    {
        echo 'head Input file|+Bytes|Changed (UTC)|SHA-256'
        for file in page.md 'data/1 x.tsv' 'data/2 x.tsv' 'data/3 x.tsv' notes.tsv; do
            echo "row $file|+$(stat -c %s "$file")|$(date -ur "$file" '+%F %T')|$(sha256sum "$file" | cut -c 1-64)"
        done
    } > want
    diff -u want <(sed '/^code /d' foot)
}

@test "an input that was written just before is one" {
    fence 'pick Id < new.tsv'
    for _ in $(seq 40); do
        printf 'Id\n1\n' > new.tsv
        report page.md > page.html
        grep -q '<td>new.tsv' page.html
    done
}

@test "-o: a file that is replaced as a whole, keeps its mode and stays if a command fails" {
    fence 'pick Id < notes.tsv'
    report page.md > want.html
    report -o new.html page.md > out
    [ ! -s out ]
    diff <(sed '/Made/d' want.html) <(sed '/Made/d' new.html)
    umask 022
    report --output=other.html page.md
    [ "$(stat -c %a other.html)" = 644 ]
    chmod 600 other.html
    ln -s other.html link.html
    echo '## More' >> page.md
    report -o link.html page.md
    [ "$(stat -c %a other.html)" = 600 ] && [ -L link.html ]
    grep -q More other.html
    fence 'nosuch'
    try report -o new.html page.md
    gives 2 'report: page.md: line 4: nosuch: command not found'
    diff <(sed '/Made/d' want.html) <(sed '/Made/d' new.html)
    page 'x'
    try report -o /dev/null page.md
    gives 2 "report: --output: /dev/null is not a regular file (try 'report --help')"
    ln page.md same.md
    try report -o same.md page.md
    gives 2 "report: --output: same.md is already in use (try 'report --help')"
    ln -f page.md in # standard input
    for operand in '' -; do
        try report -o page.md $operand
        gives 2 "report: --output: page.md is already in use (try 'report --help')"
    done
    fence 'pick Id < notes.tsv'
    cp notes.tsv copy.tsv
    ln -s notes.tsv link.tsv
    try report -o link.tsv page.md
    gives 2 "report: --output: link.tsv is already in use (try 'report --help')"
    cmp copy.tsv notes.tsv
    try report -o nosuch/x.html page.md
    gives 3 'report: nosuch/x.html: No such file or directory'
    (ulimit -f 1; try report -o limited.html page.md; gives 3 'report: write error: limited.html: File too large')
    [ ! -e limited.html ]
    [ -z "$(find . -name '*.html.*')" ]
}

@test "a page that cannot be read or written; usage errors" {
    page 'x'
    try report nosuch.md
    gives 3 'report: nosuch.md: No such file or directory'
    try report .
    gives 3 'report: .: read error: Is a directory'
    try report page.md page.md
    gives 2 "report: expected one PAGE (try 'report --help')"
    try report -N page.md
    gives 2 "report: unknown option -N (try 'report --help')"
    try sh -c 'report page.md > /dev/full'
    gives 3 'report: write error: No space left on device'
    try sh -c 'report page.md >&-'
    gives 3 'report: write error: Bad file descriptor'
    try bash -c 'set -o pipefail; { sleep 0.2; report page.md; } | true'
    gives 141 ''
}

@test "a signal ends the commands, too, and leaves no file" {
    fence 'echo $BASHPID > pid; sleep 30'
    report -o x.html page.md &
    while [ ! -s pid ]; do sleep 0.01; done
    kill $!
    status=0
    wait $! || status=$?
    [ "$status" -eq 143 ]
    while kill -0 "$(cat pid)" 2> /dev/null; do sleep 0.01; done
    [ ! -e x.html ]
}

@test "a command that asks at the terminal fails, and does not wait for ever" {
    fence 'read -r password < /dev/tty'
    try timeout 20 python3 -c 'import os, pty; os._exit(os.waitstatus_to_exitcode(pty.spawn(["report", "page.md"])))'
    [ "$status" -eq 1 ]
    grep -q '^report: page.md: line 4: /dev/tty: No such device or address' out
}

@test "commands that write without end are stopped" {
    fails 1 'line 3: the commands write more than 64 MB; filter or aggregate first' 'yes'
    fails 1 'line 3: the commands write more than 64 MB; filter or aggregate first' 'yes >&2'
}

@test "a name with unusual characters; a program called by another name" {
    printf '```weir\nnosuch\n```\n' > $'odd\nname\e[1m: -c: line 7: .md'
    try report $'odd\nname\e[1m: -c: line 7: .md'
    gives 2 'report: odd\\x0Aname\\x1B\[1m: -c: line 7: .md: line 2: nosuch: command not found'
    mkdir bin
    ln -s "$(command -v report)" bin/my-report
    ln -s "$(command -v report)" bin/r
    ln -s "$(command -v pick)" bin/my-pick
    PATH=$PWD/bin:$PATH
    fence 'my-pick Id < notes.tsv'
    try my-report page.md
    [ "$status" -eq 0 ]
    grep -q '3 records' out
    fence 'pick Id < notes.tsv'
    try r page.md
    [ "$status" -eq 0 ]
}

# browse FILE [OPTION...]: what headless Chromium makes of the page FILE, without a network. Its log is net.json.
browse() {
    [ -n "${BROWSER-}" ] || BROWSER=$(command -v chromium) || skip 'Chromium is not installed (Debian: chromium)'
    timeout 60 "$BROWSER" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync \
        --disable-background-networking --disable-component-update --user-data-dir="$PWD/profile" \
        --host-resolver-rules='MAP * ~NOTFOUND' --log-net-log="$PWD/net.json" --virtual-time-budget=3000 "${@:2}" \
        --dump-dom "file://$PWD/$1" 2> browser.log
}

@test "the page of make demo-report" {
    demo report demo > said
    [ "$(sed -n '$p' said)" = "A page for a browser: $PWD/demo/votes.html" ]
    python3 "$ROOT/t/lib/page_facts.py" < demo/votes.html > facts
    [ "$(grep -c -e '^chart Votes a week$' -e '^chart Votes a quarter$' -e '^number Votes|40299$' \
        -e '^number Rejected|0$' facts)" -eq 4 ]
    grep -q '^row 2017-02-27|+1561|+NULL:null|+140$' facts
    [ "$(grep -A 9 '^head Input' facts | sed 's/|.*//')" = $'head Input file\nrow votes.md\nrow votes.jsonl.gz' ]
    [ "$(stat -c %s demo/votes.html)" -lt 60000 ]
}

@test "in Chromium: the page fits a phone and a screen, in both themes, and opens what is folded" {
    demo report demo > said
    cp demo/votes.html page.html
    for view in '390 375 0 22,\s25,\s29 true' '1280 1265 1 255,\s255,\s255 false'; do
        # shellcheck disable=SC2086 # words are meant
        set -- $view
        python3 "$ROOT/t/lib/page_frame.py" page.html "$1" > frame.html
        browse frame.html --blink-settings=preferredColorScheme="$3" | sed '1,/<pre>/d; /<.pre>/,$d' > got
        [ -s got ] || { cat browser.log && false; }
        printf '%s\n' "width $2" "paper rgb(${4//\\s/ })" 'low contrast 0' 'small text 0' 'tables 4' "scroll $5" \
            'pictures 2' 'commands 0' 'handlers 0' 'open tables 4' 'open commands 7' "open width $2" | diff -u - got
    done
}

@test "in Chromium: no request leaves the page, and nothing in it runs" {
    printf 'v\n<img src=http://tracker.example/1 onerror=document.title="run">\n' > evil.tsv
    page '# T' '![i](http://tracker.example/2)' '<img src="http://tracker.example/3">' \
        '<script>document.title="run"</script>' '' '<link rel=stylesheet href=http://tracker.example/4>' '' \
        '```weir' 'dedup < evil.tsv' '```'
    report -o page.html page.md
    browse page.html > dom
    grep -q '<title>T</title>' dom
    grep -q '&lt;img src=http://tracker.example/1' dom
    grep -q '<a href="http://tracker.example/2">' dom
    run ! grep tracker.example net.json
    sed 's,<h1>,&<img src="http://tracker.example/5">,' page.html > bad.html # even then
    browse bad.html > dom
    run ! grep '"url":"http://tracker.example' net.json
    sed '/Content-Security-Policy/d' bad.html > worse.html
    browse worse.html > dom
    grep -q '"url":"http://tracker.example/5' net.json # the log would show it
}
