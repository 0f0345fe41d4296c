# vector: kernels give the same at every level of vector instructions that the processor has, and as the plain build.

load helper
load builds

setup() {
    builds_setup where
    [ -x "$LEVELS/csv2tsv" ] || skip "no build of the levels: make levels"
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
