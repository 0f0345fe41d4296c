# Completion: what bash, zsh and fish offer at each place of a command line.

load helper

setup_file() {
    cd "$BATS_FILE_TMPDIR" || return
    make -s -C "$ROOT" -o all B="${WEIR_BUILD:-$ROOT/build}" install DESTDIR= PREFIX="$PWD/usr"
    lines 'Id PostId foo\sbar' '1 2 3' > 'my votes.tsv'
    lines 'Key Value' > table.tsv
}

setup() {
    cd "$BATS_FILE_TMPDIR" || return
    share=$PWD/usr/share
    PATH=$PWD/usr/bin:$PATH
}

# offers LEFT RIGHT [WORD...]: with the cursor between LEFT and RIGHT, complete.awk offers the WORDs.
offers() {
    LEFT=$1 RIGHT=$2 awk -f "$share/weir/lib/complete.awk" "$share/weir/completion.tsv" > "$BATS_TEST_TMPDIR/got"
    diff <(sed 1,2d "$BATS_TEST_TMPDIR/got" | cut -f 1) <(shift 2 && [ $# -eq 0 ] || printf '%s\n' "$@")
}

offers_files() { # LEFT RIGHT
    LEFT=$1 RIGHT=$2 awk -f "$share/weir/lib/complete.awk" "$share/weir/completion.tsv" > "$BATS_TEST_TMPDIR/got"
    [ "$(head -n 1 "$BATS_TEST_TMPDIR/got")" = files ]
}

# What bash makes of LINE, whose last word it calls WORD, with RIGHT after the cursor.
bash_offers() { # LINE RIGHT WORD [OFFERED...]
    local COMPREPLY COMP_LINE=$1$2 COMP_POINT=${#1} COMP_WORDS=(x "$3") COMP_CWORD=1
    _weir
    diff <([ ${#COMPREPLY[@]} -eq 0 ] || printf '%s\n' "${COMPREPLY[@]}") \
        <(shift 3 && [ $# -eq 0 ] || printf '%s\n' "$@")
}

@test "every program and script, and each of its options, is in the table" {
    for program in "$ROOT"/cmd/*/; do
        program=$(basename "$program")
        diff <("$program" --help | grep -o '^  \(-., \|    \)--[a-z-]*' | sed 's/^.*--//' | sort) \
            <(awk -F '\t' -v p="$program" '$1 == p && $3 != "" { print $3 }' "$share/weir/completion.tsv" | sort)
    done
    for script in "$ROOT"/scripts/*.1; do
        script=$(basename "$script" .1)
        diff <("$script" --help | sed -n '/^usage/,$p' | grep -o -e '[[ ]--[a-z-]*' | sed 's/^.*--//' | sort -u) \
            <(awk -F '\t' -v p="$script" '$1 == p && $3 != "" { print $3 }' "$share/weir/completion.tsv" | sort -u)
    done
    [ "$(tsvcat "$share/weir/completion.tsv" | wc -l)" -gt 200 ]
}

@test "options, by name, with help; none after --" {
    offers 'dedup --ke' '' --key --keep
    grep -q "^--key$(printf '\t')columns of the key" "$BATS_TEST_TMPDIR/got"
    offers 'cat x | tsv2pg --re' '' --replace
    offers 'LC_ALL=C /usr/bin/weir-dedup --ke' '' --key --keep
    offers 'pick -- -' ''
    offers 'no-such --' ''
}

@test "words of a choice, with the option before them or attached" {
    offers 'weekagg -u ' '' week day month quarter year hour 15m 6h
    offers 'weekagg -t x -uqu' '' -uquarter
    offers 'outliers --method=m' '' --method=mad --method=median
    offers 'weekagg -t x N=me' '' N=mean N=median
    offers 'tsv2sqlite -c Id:n' '' Id:num
}

@test "columns come from the header of the file on the command line" {
    offers 'dedup < my\ votes.tsv -k ' '' Id PostId 'foo bar'
    offers 'dedup -k Po' ' < "my votes.tsv" | sort' PostId
    offers "dedup < 'my votes.tsv' --key=Id,P" '' --key=Id,PostId
    offers 'dedup < table.tsv | dedup -k ' ''
    offers 'tsvdiff table.tsv new.tsv -k ' '' Key Value
    offers 'pick -x ' ' <table.tsv' Key Value
    offers 'pick New=V' ' < table.tsv' New=Value
    offers "pick '!V" ' < table.tsv' '!Value'
    offers 'where K' ' < table.tsv' Key
    offers 'where Key:i' ' < table.tsv' Key:int
    offers "where 'Key>@" ' < table.tsv' 'Key>@Key' 'Key>@Value'
    offers 'weekagg s=sum:' ' < table.tsv' s=sum:Key s=sum:Value
    offers 'dedup -k ' ' < no-such-file'
}

@test "the columns of a table for those of lookup that are the table's" {
    offers 'lookup -f table.tsv -k ' ' < my\ votes.tsv' Id PostId 'foo bar'
    offers 'lookup -f table.tsv -K ' ' < my\ votes.tsv' Key Value
    offers 'lookup -f table.tsv -k Id -a x=' ' < my\ votes.tsv' x=Key x=Value
}

@test "paths of JSON Lines, columns of CSV, packed files" {
    offers 'jsonl2tsv -f '"$ROOT"'/t/data/votes.jsonl.gz V' '' VoteTypeId
    echo '{"a":{"b":1}}' > x.jsonl
    offers 'jsonl2tsv n=a' ' < x.jsonl' n=a n=a.b
    printf 'a;b,c\n1;2\n' > x.csv
    offers 'csv2tsv -d ";" x.csv --decimal-comma ' '' a b,c
    gzip -c table.tsv > table.tsv.gz
    offers 'dedup -k ' ' < table.tsv.gz' Key Value
}

@test "files where a file is expected" {
    offers_files 'dedup < '
    offers_files 'dedup -r '
    offers_files 'csv2tsv x'
    offers_files 'weekly-sales --sales '
    offers_files 'ingest-votes x.db '
}

@test "nothing on the command line is run" {
    touch "\$(touch PWNED)" "'; touch PWNED; '"
    offers "dedup -k " ' < "$(touch PWNED)"'
    offers "dedup -k " " < \"'; touch PWNED; '\""
    offers 'csv2tsv -d "$(touch PWNED)" x.csv --decimal-comma ' ''
    [ ! -e PWNED ]
}

@test "bash: words are quoted, and begin where bash has split them" {
    compopt() { :; } # it works only while bash completes
    . "$share/bash-completion/completions/dedup"
    bash_offers 'dedup < my\ votes.tsv -k ' '' '' Id PostId 'foo\ bar'
    bash_offers 'dedup < my\ votes.tsv -k Id,f' '' 'Id,f' 'Id,foo\ bar'
    bash_offers "dedup < my\\ votes.tsv -k 'Id,f" '' "'Id,f" 'Id,foo bar'
    bash_offers 'dedup --key=P' ' < my\ votes.tsv' P PostId
    bash_offers 'outliers --method=' '' = ratio z mad iqr median
    bash_offers 'dedup < ' '' ''
    [[ $(complete -p dedup) == *'-F _weir dedup' && $(complete -p tsv2pg) == *'-F _weir tsv2pg' ]]
}

@test "fish: words with help" {
    command -v fish > /dev/null || skip 'fish is not installed (Debian: fish)'
    export HOME=$PWD
    for name in dedup weekagg; do echo "source usr/share/fish/vendor_completions.d/$name.fish"; done > x.fish
    echo 'complete -C "dedup < table.tsv --key=Key,"; complete -C "true | weekagg -u q"; complete -C "dedup --ke"' >> x.fish
    [ "$(fish x.fish | cut -f 1 | sort)" = "$(printf '%s\n' --keep --key --key=Key,Key --key=Key,Value quarter)" ]
}

@test "zsh: words complete in a terminal" {
    command -v zsh > /dev/null || skip 'zsh is not installed (Debian: zsh)'
    zsh -n "$share/zsh/site-functions/_weir"
    timeout 60 zsh -f "$ROOT/t/lib/zsh_complete.zsh" "$share/zsh/site-functions" \
        'dedup < my\ votes.tsv -k fo' 'foo\ bar' 'true | weekagg -u qu' quarter
}
