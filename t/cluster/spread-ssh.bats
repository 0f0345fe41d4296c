# spread over ssh: two network namespaces of this machine are the hosts. Not part of make check: it needs root and a
# server of ssh. make check-cluster

load ../helper

ROOT=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
PATH=${WEIR_BUILD:-$ROOT/build}/bin:$ROOT/scripts:$ROOT/scripts/bench:$PATH

setup() {
    [ "$(id -u)" -eq 0 ] || skip 'needs root, for network namespaces'
    [ -x /usr/sbin/sshd ] || skip 'sshd is not installed (Debian: openssh-server)'
    cd "$BATS_TEST_TMPDIR" || return
    gzip -dc "$ROOT/t/data/votes.jsonl.gz" > votes.jsonl
}

# on_hosts ARGUMENT...: spread of the votes on two hosts. A map writes the host's address to the file log.
on_hosts() {
    # shellcheck disable=SC2016 # HOSTS is known there
    hosts 2 sh -c 'echo $$ > spread; exec spread -p votes --sshlogin "$HOSTS" "$@"' sh -j 1 -b 500K -n 5 -o weeks \
        --map "ip -o -4 address show eth0 >> '$PWD/log'; jsonl2tsv -E \$REJECTS \$PART Id CreationDate" "$@" votes.jsonl
}

@test "two hosts share the work, and the bytes are those of one machine" {
    sed -i '7s/^/x/; 30000s/}/,}/' votes.jsonl
    spread -p votes -b 500K -r want-rejects -o want-weeks votes.jsonl 2> said
    try on_hosts -r rejects
    gives 0 "$(sed 's/want-//' said)"
    cmp want-weeks weeks
    cmp want-rejects rejects
    [ "$(sort -u log | wc -l)" -eq 2 ]
}

@test "a program that is killed on a host: status 3, and no result" {
    # shellcheck disable=SC2016 # the commands expand it
    try on_hosts --reduce 'dedup -k Id | { head -n 5; kill -9 $$; }'
    gives 3 'spread: part *: a program was killed, did not read its input, or wrote no end mark (-E)'
    [ ! -e weeks ]
}

@test "a host that cannot be reached: the message of ssh, and no result" {
    try on_hosts --sshlogin 10.0.0.99
    gives 3 'spread: cannot run the tasks: ssh: *10.0.0.99*'
    case $(cat err) in *$'\r'* | *'\x0D'*) false ;; esac
    [ ! -e weeks ]
}

@test "a signal ends the programs on the hosts too" {
    on_hosts --map "sleep 3600.625 & echo \$! >> '$PWD/started'; wait" > out 2> err 3>&- &
    for _ in $(seq 300); do [ "$(wc -l 2> /dev/null < started)" = 2 ] && break; sleep 0.1; done
    kill "$(cat spread)"
    wait $! || status=$?
    [ "$status" -eq 3 ]
    for _ in $(seq 100); do pgrep -f 'sleep 3600\.625' > /dev/null || return 0; sleep 0.1; done
    return 1
}
