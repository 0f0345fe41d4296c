# vector: kernels give the same at every level of vector instructions that the processor has, and as the plain build.

load helper
load builds

setup() {
    builds_setup where
    [ -x "$LEVELS/csv2tsv" ] || skip "no build of the levels: make levels"
}

# Splits the file in by each build; all must give the same files, rejects and messages.
split_at_all_levels() { # OPTION...
    local program
    for program in "$PLAIN/tsvsplit" tsvsplit "$LEVELS/tsvsplit"; do
        [ -x "$(command -v "$program")" ] || continue
        rm -f x.*
        WEIR_VECTOR=base "$program" -r rejects "$@" x. < in 2> err || true
        grep -aH '' x.* | cat - err rejects > out
        if [ "$program" = "$PLAIN/tsvsplit" ]; then mv out want; else cmp want out || return; fi
    done
}

@test "UTF-8, valid and invalid, at every place of a block is what python3 says, at every level" {
    python3 "$ROOT/t/lib/utf8_blocks.py" want > in
    [ "$(wc -l < want)" -gt 2000 ]
    at_all_levels where -N 1=a
    sed -n 's/^\([0-9]*\)\tbyte \([0-9]*\): invalid UTF-8.*/\1 \2/p' fast.rejects | diff want -
    at_all_levels csv2tsv -N
    sed -n 's/^\([0-9]*\)\t.*invalid UTF-8.*/\1/p' fast.rejects | diff <(cut -d ' ' -f 1 want) -
}

@test "weekagg that only counts, by days and longer units, on times of all forms, at every level" {
    python3 "$ROOT/t/lib/counted_records.py" > in
    for unit in day week year; do
        at_all_levels weekagg -N -t 2 -u $unit
    done
    at_all_levels weekagg -N -t 2 --max-line 100
    at_all_levels weekagg -N -t 2 --whole
    sed -i '1i 7\t2023-11-08\t9' in
    at_all_levels weekagg -t 2
    sed -i '30000i 7\t2023-11-08\t9' in
    at_all_levels weekagg -t 2
    grep -q 'equals the header line' fast.err
    printf '\\!\tdedup\tno\n' >> in
    at_all_levels weekagg -t 2
    grep -q 'input failed' fast.err
}

@test "tsvcat and tsvsplit on records of all kinds, keys of every length and text beyond ASCII, at every level" {
    python3 - << 'END'
import random
random.seed(3)
BAD = [b"\xff", b"\0", b"\\q", b"\t", b"\r.", b"\\f", b"\xe2\x82", b"z" * 70000]
with open("in", "wb") as file:
    file.write(b"a\tk\tb\n")
    for n in range(20000):
        length = random.choice([n % 40, 9])
        key = b"".join(random.choice([b"7", b"x", b"\\t", "é€😀"[n % 3].encode()]) for _ in range(length))
        text = random.choice([b"", b"\\N", b"y" * random.randrange(150), "aé漢字😀".encode() * (n % 30)])
        if n % 1000 == 999:
            text += BAD[n // 1000 % len(BAD)]
        file.write(b"%d\t%s\t%s\n" % (n, key, text))
        if n == 15000:
            file.write(b"a\tk\tb\n")
END
    at_all_levels tsvcat
    grep -q 'equals the header line' fast.err
    for options in '-n 7 -k k' '-n 8 -k 2-3' '-n 7 -k a,k' '-n 7' '-n 1 -k 3' '-n 1000 -k 2' \
        '-n 3 -k 2 --max-line 60000'; do
        # shellcheck disable=SC2086 # words are meant
        split_at_all_levels $options
        grep -q 'equals the header line' err
        [ "$(wc -l < want)" -gt 19900 ]
    done
    for width in 63 64 2000 5000; do
        python3 -c "for i in range(40): print(*range(i, i + $width), sep='\t')" > in
        at_all_levels tsvcat -N
        split_at_all_levels -N -n 3 -k $((width - 1))-$width
    done
}
