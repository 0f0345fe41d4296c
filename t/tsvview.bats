# tsvview: records as a table for the eyes.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    unset PAGER LESS NO_COLOR
}

# on_terminal COMMAND...: tries it with a pseudo terminal as standard output; what appears there is in out.
on_terminal() {
    try python3 "$ROOT/t/lib/terminal.py" "$@"
}

@test "columns are as wide as their values on a terminal; numbers are on the right" {
    given_bytes 'city\tn\tnote\nKöln\t1\tx\n漢字\t-22.5\t\nte\314\201\t\\N\tyy\n🙂\t1e3\t\n'
    try tsvview
    gives_bytes 0 '' '%s\n' 'city      n  note' 'Köln      1  x' '漢字  -22.5  ' $'te\xcc\x81       \\N  yy' '🙂      1e3  '
    given 'id x y' '007 \N 1' '008 \N 2a'
    try tsvview
    gives_bytes 0 '' '%s\n' 'id   x   y' '007  \N  1' '008  \N  2a'
}

@test "files are operands; several are one table; - is standard input" {
    given 'b a' '1 2'
    cp in x.tsv
    gzip -k x.tsv
    try tsvview x.tsv
    gives_bytes 0 '' 'b  a\n1  2\n'
    try tsvview x.tsv.gz --max-width=9 -
    gives_bytes 0 '' 'b  a\n1  2\n1  2\n'
    try tsvview none.tsv
    gives 3 'tsvcat: none.tsv: No such file or directory' '\! tsvcat none.tsv:\sNo\ssuch\sfile\sor\sdirectory'
    given 'a c' '3 4'
    try tsvview x.tsv -
    gives 2 'tsvcat: *'
}

@test "-N: no header; --markdown then numbers the columns" {
    given 'a 1' 'b 22'
    try tsvview -N
    gives_bytes 0 '' 'a   1\nb  22\n'
    try tsvview --no-header --markdown
    gives_bytes 0 '' '| 1 | 2 |\n| --- | ---: |\n| a | 1 |\n| b | 22 |\n'
    given
    try tsvview -N
    gives 0 ''
}

@test "a header alone is a table; a record of one empty field is a line" {
    given 'a b'
    try tsvview
    gives_bytes 0 '' 'a  b\n'
    try tsvview --markdown
    gives_bytes 0 '' '| a | b |\n| --- | --- |\n'
    given_bytes 'a\n\nx\n'
    try tsvview
    gives_bytes 0 '' 'a\n\nx\n'
    try tsvview --markdown
    gives_bytes 0 '' '| a |\n| --- |\n| |\n| x |\n'
}

@test "a value longer than --max-width is cut, between characters, 0 cuts none" {
    printf 'a\tb\n1%060d\té漢字漢字\n1\t12345\n' 0 > in
    try tsvview
    gives_bytes 0 '' '%60s  b\n1%058d…  é漢字漢字\n%60s  12345\n' a 0 1
    try tsvview --max-width 5
    gives_bytes 0 '' '    a  b\n1000…  é漢…\n    1  12345\n'
    try tsvview --max-width 0
    gives_bytes 0 '' '%61s  b\n1%060d  é漢字漢字\n%61s  12345\n' a 0 1
    for n in '' x -1 100000 1.5; do
        try tsvview --max-width "$n"
        gives 2 'tsvview: --max-width: "*" must be a whole number below 100000 (try*'
    done
    try tsvview --max-width
    gives 2 'tsvview: option --max-width requires an argument (try*'
    try tsvview --max-width 1 --max-width 1
    gives 2 'tsvview: --max-width can be given only once (try*'
}

@test "widths and numbers are those of the first 1000 records" {
    { echo 'n	t'; seq 1000 | sed 's/$/	x/'; printf 'too long\ty\n1\tz\n'; } > in
    try tsvview
    [ "$status" -eq 0 ]
    [ "$(sed -n '2p; 1001,$p' out)" = $'   1  x\n1000  x\ntoo long  y\n   1  z' ]
}

@test "what a terminal could obey is \\xHH; escapes stay as they are in the file" {
    given_bytes 'a\033]0;x\007\tb\n\033[31m\177\tx\\ty\\\\\n\302\205\302\233\t\342\200\256\342\201\246\n\001\b\t\r\n'
    try tsvview
    gives_bytes 0 '' '%s\n' 'a\x1B]0;x\x07     b' '\x1B[31m\x7F      x\ty\\' '\xC2\x85\xC2\x9B  \xE2\x80\xAE\xE2\x81\xA6' \
        '\x01\x08          '
    on_terminal env PAGER=cat tsvview
    [ "$(grep -c $'\033' out)" -eq 1 ]
    [[ $(head -n 1 out) == $'\033[1m'*$'\033[0m' ]]
}

@test "--markdown: no value is markup, nulls are blank" {
    given_bytes 'a|b\tn\n<b>*x* `y` [z](u) &amp; ~~q~~\t1\n\\N\t\\N\n_x_ snake_case\t2\nsnake_case\\n\t3\n'
    try tsvview --markdown
    gives_bytes 0 '' '%s\n' '| a\|b | n |' '| --- | ---: |' '| \<b\>\*x\* \`y\` \[z\](u) \&amp; \~\~q\~\~ | 1 |' '| | |' \
        '| \_x\_ snake\_case | 2 |' '| snake_case\\n | 3 |'
}

@test "random tables agree with a model that has its widths from Python" {
    python3 "$ROOT/t/lib/tables.py" 60
}

@test "every character that Python knows has its width" {
    echo '{ print text_width($0) }' > print.awk
    python3 - << 'END_OF_PYTHON'
import os, subprocess, sys, unicodedata
sys.path.insert(0, os.environ["ROOT"] + "/t/lib")
from width_ranges import width
codes = [c for c in range(0x80, 0x110000) if width(c) is not None]
got = subprocess.run(["awk", "-f", os.environ["ROOT"] + "/scripts/lib/width.awk", "-f", "print.awk"], stdout=subprocess.PIPE,
                     input="".join(chr(c) + "\n" for c in codes).encode(), check=True).stdout.split()
assert len(got) == len(codes)
wrong = [hex(c) for c, w in zip(codes, got) if int(w) != width(c)]
# Each version of Unicode adds characters, and changes few.
assert len(wrong) <= (0 if unicodedata.unidata_version == "14.0.0" else 1500), (len(wrong), wrong[:50])
END_OF_PYTHON
}

@test "a failed run ends in the failure mark and has the status of the reader" {
    given 'a b' '1 2' '1'
    try tsvview
    [ "$status" -eq 1 ]
    [[ $(cat err) == *': line 3: got 1 field, the header has 2' ]]
    [ "$(head -n 2 out)" = $'a  b\n1  2' ]
    [[ $(tail -n 1 out) == '\!	'*'	line 3: got 1 field, the header has 2' ]]
    given 'a b' '\! dedup why'
    try tsvview --markdown
    [ "$status" -eq 1 ]
    [ "$(tail -n 1 out)" = '\!	dedup	why' ]
    given 'a' '1' '\.'
    try tsvview
    gives_bytes 0 '' 'a\n1\n'
    given
    try tsvview
    [ "$status" -eq 1 ]
    [[ $(cat err) == *': no header line; the input is empty' ]]
}

@test "a failed write is a system failure; a reader that goes away is none" {
    given 'a' '1'
    run -3 --separate-stderr bash -c 'tsvview < in > /dev/full'
    # shellcheck disable=SC2154 # run sets it
    [ "$stderr" = 'tsvview: write error' ]
    run -3 --separate-stderr bash -c 'tsvview < in >&-'
    [ "$stderr" = 'tsvview: standard output is closed' ]
    run -0 --separate-stderr bash -c '{ echo a; seq 300000; } | tsvview | head -n 1'
    [ "$output" = '   a' ]
    [ -z "$stderr" ]
}

@test "on a terminal: the user's pager, a bold header, dim nulls; NO_COLOR: neither" {
    given 'a b' '1 \N'
    on_terminal env PAGER="sed 's/^/> /'" tsvview
    gives_bytes 0 '' '%b\n' '> \033[1ma  b\033[0m' '> 1  \033[2m\\N\033[0m'
    on_terminal env PAGER=cat NO_COLOR=1 tsvview
    gives_bytes 0 '' '%s\n' 'a  b' '1  \N'
    on_terminal env PAGER=cat NO_COLOR= tsvview -N
    gives_bytes 0 '' '%b\n' 'a  b' '1  \033[2m\\N\033[0m'
    on_terminal env PAGER='cat > /dev/null' tsvview --markdown
    gives_bytes 0 '' '%s\n' '| a | b |' '| ---: | --- |' '| 1 | |'
    printf 'a\n1\n\\q\n' > in
    on_terminal env PAGER=cat tsvview
    [ "$status" -eq 1 ]
    [[ $(tail -n 1 out) == '\!	'*'	line 3: byte 1: invalid escape' ]]
}

@test "on a terminal: less keeps the header if it can, long lines are not folded, and quitting early is no failure" {
    command -v less > /dev/null || skip 'less is not installed'
    mkdir bin
    cat > bin/less << 'END_OF_LESS'
#!/bin/sh
case $1 in
--help) echo "${HAS_HEADER:+  --header=[N[,N]]}" ;;
*) echo "$LESSCHARSET $LC_ALL $*" && exec head -n 1 ;;
esac
END_OF_LESS
    chmod +x bin/less
    { echo a; seq 300000; } > in
    on_terminal env PATH="$PWD/bin:$PATH" LC_ALL=de_DE.UTF-8 HAS_HEADER=1 NO_COLOR=1 tsvview
    gives 0 '' 'utf-8\sde_DE.UTF-8\s-FRS\s--header=1' '\s\s\sa'
    on_terminal env PATH="$PWD/bin:$PATH" LC_ALL=C HAS_HEADER=1 NO_COLOR=1 tsvview -N
    gives 0 '' 'utf-8\sC\s-FRS' 'a'
    on_terminal env PATH="$PWD/bin:$PATH" LC_ALL= PAGER=less NO_COLOR=1 tsvview
    gives 0 '' 'utf-8\s\s-FRS' '\s\s\sa'
    given_bytes 'a\n漢\n'
    on_terminal env TERM=xterm tsvview
    [ "$status" -eq 0 ]
    grep -q '漢' out
}
