# Documents tell the truth: the examples of README.md, docs/ and the manuals run and print what they show, and manuals
# list the options of the programs.

load helper
load examples
load postgres

setup() {
    mkdir "$BATS_TEST_TMPDIR/work"
    cd "$BATS_TEST_TMPDIR/work" || return
    ln -s "$ROOT/t" "$ROOT/sql" "$ROOT/scripts" .
    ln -s "$ROOT" ../weir # for docs/tutorial.md
}

# Prints the options in PROGRAM --help, as "-k --key" or "--count", sorted.
help_options() {
    "$1" --help | sed -n 's/^  \(-.\), \(--[a-z-]*\).*/\1 \2/p; s/^      \(--[a-z-]*\).*/\1/p' | sort
}

# Prints the options in the list of the manual FILE.
manual_options() {
    sed -n 's/^\.It Fl \([^-]\) , \(Fl \)*\(-[a-z-]*\).*/-\1 -\3/p; s/^\.It Fl \(-[a-z-]*\).*/-\1/p' "$1" | sort
}

# Prints the options in the SYNOPSIS of the manual FILE, by letter if they have one.
synopsis_options() {
    awk '
        /^\.Sh/ { inside = /SYNOPSIS/ }
        inside { for (i = 1; i < NF; i++) if ($i ~ /^\.?Fl$/) print $(i + 1) }' "$1" |
    sed 's/^-.*/-&/; t
        s/./-&\
/g' | sed '/^$/d' | sort -u
}

# The lines of README.md and docs/coming-from.md run on orders like these.
orders() {
    cat > orders.jsonl << 'END'
{"id":1,"time":"2024-05-06T09:30:00Z","customer":{"name":"ann"},"status":"paid","total":12.50,"items":[{"name":"tea"}]}
{"id":2,"time":"2024-05-08T18:00:00Z","customer":{"name":"bob"},"status":"open","total":3,"items":[]}
{"id":2,"time":"2024-05-10T18:00:00Z","customer":{"name":"bob"},"status":"paid","total":300,"items":[{"name":"cup"}]}
END
    jsonl2tsv id time customer=customer.name total status < orders.jsonl > orders.tsv
    cp orders.jsonl log.jsonl
    gzip < orders.jsonl | tee jan.jsonl.gz > feb.jsonl.gz
    tsv2jsonl --array < orders.tsv > orders.json
    printf 'id;time\n1;NULL\n' > orders.csv
    printf 'id;time;total;note\r\n1;06.05.2024;1.234,50;M\374ller\r\n' > excel.csv
    printf 'id,time\n1\n' > damaged.csv
    printf 'customer\tcity\nann\tBerlin\nbob\tBonn\n' > customers.tsv
    printf 'status\npaid\n' > codes.tsv
    keep-header head -n 2 < orders.tsv > yesterday.tsv
    dedup -k id < orders.tsv > today.tsv
    weekagg -t time -u day < orders.tsv | tee jan.tsv > feb.tsv
    weekagg -t time -g status < orders.tsv | pivot -n status -v Count > weeks.tsv
    gzip -k orders.tsv
    printf 'id,time\n1,2024-05-06\n' > unknown.csv
    tsv2sqlite -k id shop.db orders < today.tsv 2> /dev/null
    printf '# Orders\n\n```weir\nweekagg -t time < orders.tsv\n```\n' > page.md
}

@test "the lines in README.md and docs/coming-from.md run, each by itself, with status 0" {
    local line n=0
    orders
    while IFS= read -r line; do
        line=${line/tail -f/cat} # which ends
        PATH=$PATH bash -o pipefail -c "$line" > out 2> err || { cat err && echo "$line" && return 1; }
        [ -s out ] || [ -s err ] || [ -s page.html ] || ls out-* > /dev/null || { echo "no output: $line" && return 1; }
        n=$((n + 1))
    done < <(sed -n '/^```sh/,/^```$/{/^```/d; /^#/d; p}' "$ROOT/README.md" "$ROOT/docs/coming-from.md")
    [ $n -ge 100 ]
}

@test "the examples of docs/ run as shown" {
    for document in "$ROOT"/docs/*.md; do
        [[ $document != */@(coming-from|engines|spark).md ]] || continue # they have tests of their own
        check_examples "$document"
    done
}

@test "the picture in README.md is what make demo shows" {
    demo votes demo | sed '1,/^votes a week/d' > chart
    [ "$(wc -l < chart)" -eq 5 ]
    sed -n '/^votes a week/,/^```/p' "$ROOT/README.md" | sed '1d; $d' | diff -u - chart
}

@test "the examples of the manuals run as shown" {
    for manual in "$ROOT"/cmd/*.7 "$ROOT"/cmd/*/*.1 "$ROOT"/scripts/*.1; do
        [[ $manual != */tsv2pg.1 && $manual != */spread-spark.1 ]] || continue
        check_examples "$manual"
        rm -rf ./*
        ln -s "$ROOT/t" "$ROOT/sql" "$ROOT/scripts" .
    done
}

@test "the examples of tsv2pg(1) run as shown, with a server" {
    postgres_database
    check_examples "$ROOT/scripts/tsv2pg.1"
}

@test "the examples of spread-spark(1) run as shown, with Spark" {
    find_spark
    [ -z "$no_spark" ] || skip "$no_spark"
    check_examples "$ROOT/scripts/spread-spark.1"
}

@test "every program and every script to install has a manual" {
    for program in "$ROOT"/cmd/*/; do
        program=$(basename "$program")
        [ -f "$ROOT/cmd/$program/$program.1" ]
    done
    for manual in "$ROOT"/scripts/*.1; do
        [ -x "${manual%.1}" ]
    done
}

@test "--help and the manual of a program have the same options, weir(7) those of all programs" {
    local program n
    for program in "$ROOT"/cmd/*/; do
        [[ $program == */report/ ]] || help_options "$(basename "$program")" # it has no records
    done | sort > all
    n=$(find "$ROOT/cmd" -mindepth 1 -type d ! -name report | wc -l)
    uniq -c all | sed -n "s/^ *$n //p" > shared
    diff shared <(manual_options "$ROOT/cmd/weir.7")
    for program in "$ROOT"/cmd/*/; do
        program=$(basename "$program")
        diff -u --label "$program --help" --label "$program.1" <(help_options "$program" | grep -vxFf shared) \
            <(manual_options "$ROOT/cmd/$program/$program.1")
    done
}

@test "the SYNOPSIS of a manual has every option" {
    for program in "$ROOT"/cmd/*/; do
        program=$(basename "$program")
        diff -u --label "$program --help" --label "$program.1, SYNOPSIS" \
            <(help_options "$program" | sed '/^-h --help$/d; /^--version$/d; s/ .*//' | sort) \
            <(synopsis_options "$ROOT/cmd/$program/$program.1")
    done
}
