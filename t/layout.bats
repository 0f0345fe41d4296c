# layout: lines whose values have known lengths give the same as in the plain build, at every level of vector
# instructions: output, rejects, messages and status.

load helper
load builds

setup() { builds_setup jsonl2tsv; }

# Runs all builds and levels on the lines made for TEST, or on the file in as it is; all must give the same.
all_same() { # TEST|- OPERAND...
    [ "$1" = - ] || python3 "$ROOT/t/lib/layout_lines.py" "$1"
    at_all_levels jsonl2tsv "${@:2}"
}

@test "every byte at every place of a line" {
    all_same places Id n i t s z at k missing?
    all_same - Id:int! n:num i:int s:str at:time k:int
    [ "$(grep -c . fast.rejects)" -gt 10000 ]
}

@test "every text of up to four bytes that may look like a number" {
    all_same numbers n s
    all_same - n:num s
    all_same - n:int s:int
    all_same - s:num
}

@test "lengths that change with every line, few lengths, too many lengths" {
    all_same lengths a b c
    all_same - c:str b:int! a:int
    all_same - x=b a b nothing? y=a c z=b
}

@test "several layouts of one length" {
    all_same same_length a b c?
    all_same - b:int a c?
}

@test "white space after keys, and other keys of the same length" {
    all_same spaces a b
    all_same - a:int b:str z
}

@test "unusual lines among usual ones" {
    all_same unusual Id at s
    all_same - @line Id @file
    all_same - k:int at:time z missing?
    all_same - --max-line 110 k
    all_same - --max-line 108 k
}

@test "days and hours that do not exist" {
    all_same times at:time
    all_same - 'at:time!' text=at
    grep -q 2023-02-29 fast.rejects
    grep -q 2024-02-29 fast.out
}

@test "lines and values up to the limits of layouts" {
    all_same long a b
    all_same - b:str a:int
    all_same - {1..16}=a {17..32}=b
    all_same - {1..16}=a {17..33}=b
    [ "$(cat fast.status)" = 0 ]
    all_same - {1..3}=x? a {4..10}=x? b {11..40}=x?
}

@test "the input cut at every byte" {
    python3 "$ROOT/t/lib/layout_lines.py" places
    head -n 12 in > lines
    python3 "$ROOT/t/lib/same_results.py" --cuts lines -- "$PLAIN/jsonl2tsv" jsonl2tsv -r rejects Id at n
}

@test "lines that end at every place around the end of a block, and files one after the other" {
    for first in $(seq 1 17); do
        awk -v n="$first" 'BEGIN { printf "{\"a\":\""; while (n-- > 0) printf "x"; print "\"}"
            for (i = 0; i < 9000; i++) printf "{\"a\":\"%08d\",\"b\":%d.5}\n", i, 100000 + i }' > in
        jsonl2tsv a b < in | cmp - <("$PLAIN/jsonl2tsv" a b < in)
    done
    jsonl2tsv -f in -f in -r rejects b a:int | cmp - <("$PLAIN/jsonl2tsv" -f in -f in -r plain.rejects b a:int)
    cmp rejects plain.rejects
    head -n 300 in | dd bs=7 2> dd.err | jsonl2tsv a b | cmp - <(head -n 300 in | jsonl2tsv a b)
}

@test "a failure mark among lines of a layout stops the program there" {
    { head -n 500 | tee good; printf '\\!\tx\twhy\n'; cat good; } < <(yes '{"a":"12","b":3}') > in
    all_same - a b
    [ "$(grep -c '' fast.out)" = 502 ]
}
