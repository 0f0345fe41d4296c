# Keys without case (-i): the simple case folding of Unicode.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return
}

@test "-i: every character of Unicode is folded as python3 folds single characters" {
    python3 "$ROOT/t/lib/case_folding.py"
}

@test "the table of case folding is what its generator makes of Unicode's data" {
    data=/usr/share/unicode/CaseFolding.txt
    table=$ROOT/common/base/fold_table.h
    grep -qs "CaseFolding-$(sed -n 's/.*Unicode \([0-9.]*\),.*/\1/p' "$table")" $data || skip "no $data of this version"
    awk -f "$ROOT/common/base/fold_table.awk" $data | cmp - "$table"
}

@test "-i: characters whose folding is longer or shorter, in keys of any length and place" {
    given 'k v' 'Ⱥ 1' 'ⱥ 2' 'K 3' 'k 4' 'Å 5' 'å 6' 'å 7' 'ẞ 8' 'ß 9' 'SS 10' 'ſ 11' 's 12' 'Σ 13' 'ς 14' 'σ 15'
    try dedup -i -k k
    gives 0 '' 'k v' 'Ⱥ 1' 'K 3' 'Å 5' 'ẞ 8' 'SS 10' 'ſ 11' 'Σ 13'
    try dedup -i -k k --count
    gives 0 '' 'k v Count' 'Ⱥ 1 2' 'K 3 2' 'Å 5 3' 'ẞ 8 2' 'SS 10 1' 'ſ 11 2' 'Σ 13 3'
    python3 -c '
print("a\tb\tn")
for n in (0, 1, 15, 16, 17, 1000, 70000, 300000):
    for a, b in ("Ⱥ", "\u212a"), ("ⱥ", "k"), ("Ⱥ", "K"):
        print("x" * n + a * n + "\t" + b * n + "Y" + "\t" + str(n))' > in
    for columns in a,b b,a a b; do
        try dedup -i -k "$columns" < in
        [ "$(cut -f 3 out | tr '\n' ' ')" = 'n 0 1 15 16 17 1000 70000 300000 ' ]
    done
}

@test "-i: no folding that depends on a language, and no normalization" {
    given k İ i I ı $'i\xcc\x87' é É $'e\xcc\x81' $'E\xcc\x81'
    try dedup -i
    gives 0 '' k İ i ı $'i\xcc\x87' é $'e\xcc\x81'
}
