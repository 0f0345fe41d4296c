# Nothing waits in a buffer: while input pauses, programs write out what they have. Every program: stream.bats.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return
}

# pausing PART... -- FILE=TEXT... -- COMMAND...: see pausing_input.py.
pausing() {
    python3 "$ROOT/t/lib/pausing_input.py" "$@"
}

@test "records of packed input are written out as they come" {
    for pack in gzip 'zstd -q'; do
        parts=()
        for text in '{"a":1}\n' '{"a":2}\n{"a":' '3}\n'; do
            # shellcheck disable=SC2059 # the format is the point
            parts+=("$(printf "$text" | $pack | od -An -v -tx1 | tr -d ' \n' | sed 's/../\\x&/g')")
        done
        pausing "${parts[0]}" "${parts[1]}${parts[2]}" -- 'out=1\n' -- jsonl2tsv a
        diff out - <<< $'a\n1\n2\n3'
        pausing "${parts[0]}${parts[1]}" "${parts[2]}" -- 'out=2\n' -- jsonl2tsv a
        diff out - <<< $'a\n1\n2\n3'
    done
    # One member, cut where its compressor was flushed.
    python3 - << 'END'
import subprocess, time, zlib
pack = zlib.compressobj(9, zlib.DEFLATED, 31)
child = subprocess.Popen(["csv2tsv"], stdin=subprocess.PIPE, stdout=open("out", "wb"))
child.stdin.write(pack.compress(b"a,b\n1,2\n3,") + pack.flush(zlib.Z_SYNC_FLUSH))
child.stdin.flush()
end = time.monotonic() + 5
while open("out", "rb").read() != b"a\tb\n1\t2\n":
    assert time.monotonic() < end
    time.sleep(0.01)
child.stdin.write(pack.compress(b"4\n") + pack.flush())
child.stdin.close()
assert child.wait() == 0
END
    diff out - <<< $'a\tb\n1\t2\n3\t4'
}

@test "a record that is not complete yet does not hold those before it" {
    pausing 'a,b\n1,"2\n' '3"\n' -- 'out=a\tb\n' -- csv2tsv
    diff out - <<< $'a\tb\n1\t2\\n3'
    pausing 'a,b\n1,2\n3,"4\n5' '"\n' -- 'out=1\t2\n' -- csv2tsv
    diff out - <<< $'a\tb\n1\t2\n3\t4\\n5'
    pausing 'a\n1\n2' '\n' -- 'out=1\n' -- dedup
    diff out - <<< $'a\n1\n2'
}

@test "records pass through a pipeline, and dropped ones to their file" {
    pausing '{"a":1}\n{"a":1}\n{"a":2}\n' '{"a":3}\n' -- 'out=1\n2\n' 'dups=1\n' -- \
        sh -c 'jsonl2tsv -E a | dedup --dups dups | lookup -f /dev/null -N -k 1 --anti'
    diff out - <<< $'a\n1\n2\n3\n\\.'
}

@test "input that comes without a pause of a tenth of a second is written out all the same" {
    python3 - << 'END'
import subprocess, time
child = subprocess.Popen(["jsonl2tsv", "-N", "a"], stdin=subprocess.PIPE, stdout=open("out", "wb"))
for i in range(60):
    child.stdin.write(b'{"a":%d}\n' % i)
    child.stdin.flush()
    time.sleep(0.02)
seen = open("out", "rb").read().count(b"\n")
child.stdin.close()
assert child.wait() == 0
assert 20 <= seen <= 60, seen
END
}

@test "records of one FIFO are written out while the next one has no writer" {
    mkfifo one two
    jsonl2tsv -f one -f two a > out &
    echo '{"a":1}' > one
    for _ in {1..500}; do
        ! grep -qx 1 out || break
        sleep 0.01
    done
    grep -qx 1 out
    { echo '{"a":2}' && sleep 0.3 && grep -qx 2 out && echo '{"a":3}'; } > two
    wait $!
    diff out - <<< $'a\n1\n2\n3'
}

@test "output that cannot be written while input pauses ends the program" {
    mkfifo fifo
    jsonl2tsv -N -f fifo a 2> err > /dev/full &
    exec 8> fifo
    echo '{"a":1}' >&8
    wait $! || status=$?
    exec 8>&-
    [ "$status" -eq 3 ]
    [ "$(cat err)" = 'jsonl2tsv: write error: No space left on device' ]
}

@test "input that does not wait costs no more writes" {
    export ASAN_OPTIONS=detect_leaks=0 # LeakSanitizer does not work under strace
    generate-votes 100000 > votes
    strace -o trace -e trace=write jsonl2tsv Id PostId CreationDate < votes > out
    [ "$(grep -c '^write(1' trace)" -le $(($(wc -c < out) / 131000 + 3)) ]
}
