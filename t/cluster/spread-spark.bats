# spread-spark on a cluster: a master and two workers on two loopback addresses, of which executors are killed. Not part
# of make check: it takes minutes. make spark-setup && make check-cluster

load ../helper

ROOT=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
PATH=${WEIR_BUILD:-$ROOT/build}/bin:$ROOT/scripts:$ROOT/scripts/bench:$PATH

setup_file() {
    find_spark
    [ -z "$no_spark" ] || skip "$no_spark"
    cd "$BATS_FILE_TMPDIR" || return
    SPARK_HOME=$(python3 -c 'import os, pyspark; print(os.path.dirname(pyspark.__file__))')
    PYSPARK_PYTHON=$(command -v python3)
    export SPARK_HOME PYSPARK_PYTHON MASTER=spark://127.0.0.1:$((20000 + $$ % 10000))
    SPARK_MASTER_OPTS=-Dspark.deploy.maxExecutorRetries=-1 server master 127.0.0.1 \
        master.Master --host 127.0.0.1 --port "${MASTER##*:}" --webui-port 0
    await grep -q 'I have been elected leader' master
    for n in 2 3; do
        mkdir "$PWD/local$n"
        SPARK_LOCAL_DIRS=$PWD/local$n server "worker$n" "127.0.0.$n" \
            worker.Worker --host "127.0.0.$n" --webui-port 0 -c 2 -m 1g -d "$PWD/work$n" "$MASTER"
        await grep -q 'Successfully registered' "worker$n"
    done
}

# server LOG ADDRESS CLASS ARGUMENT...: starts a server of Spark that listens on ADDRESS only. weir is not in its PATH.
server() {
    PATH=/usr/bin:/bin SPARK_LOCAL_IP=$2 "$SPARK_HOME/bin/spark-class" "org.apache.spark.deploy.$3" "${@:4}" \
        > "$1" 2>&1 3>&- &
    echo $! >> pids
}

await() { # COMMAND...
    for _ in $(seq 1200); do
        "$@" && return
        sleep 0.1
    done
    echo "in vain: $*"
    return 1
}

teardown_file() {
    [ ! -e "$BATS_FILE_TMPDIR/pids" ] || xargs kill < "$BATS_FILE_TMPDIR/pids"
}

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    gzip -dc "$ROOT/t/data/votes.jsonl.gz" | sed '7s/^/x/; 30000s/}/,}/' > votes.jsonl
    jsonl2tsv -E -f votes.jsonl -r want-rejects Id CreationDate 2> said | dedup -k Id |
        weekagg -t CreationDate VoteCount=count | outliers > want-weeks
    sed -i '$d' want-weeks
    : > log
}

# on_cluster ARGUMENT...: starts spread-spark. Its commands write lines to the file log.
on_cluster() {
    SPARK_LOCAL_IP=127.0.0.1 spread-spark --master "$MASTER" --conf spark.driver.host=127.0.0.1 \
        --conf spark.executor.memory=512m --conf spark.task.maxFailures=30 --conf spark.stage.maxConsecutiveAttempts=30 \
        --map "echo map >> '$PWD/log'; sleep 0.3; jsonl2tsv -E \$REJECTS \$PART Id CreationDate" -k Id \
        --reduce "echo reduce >> '$PWD/log'; sleep 0.5; dedup -k Id | weekagg -t CreationDate VoteCount=count" \
        --merge 'weekagg --merge | outliers' -b 100K -n 12 -r rejects -o weeks "$@" votes.jsonl > out 2> err 3>&- &
    job=$!
}

# The job has ended well, with the results of one machine.
check_job() {
    status=0
    wait "$job" || status=$?
    gives 0 "spread-spark: $(sed 's/^jsonl2tsv: //; s/want-//' said)"
    cmp want-weeks weeks
    cmp want-rejects rejects
    await no_directories
}

no_directories() { [ -z "$(find "$BATS_FILE_TMPDIR"/local[23] -maxdepth 5 -name 'weir.*')" ]; }
has_lines() { [ "$(grep -c "$1" log)" -ge "$2" ]; } # WORD N

has_ended() { ! kill -0 "$1" 2> /dev/null; } # PID

# Kills an executor: a child of one of the workers.
kill_executor() {
    sed 1d "$BATS_FILE_TMPDIR/pids" | while read -r worker; do ps -o pid= --ppid "$worker"; done | shuf -n 1 > executor
    [ -s executor ] && xargs kill -9 < executor && echo killed >> kills
}

@test "executors are killed ten times, in maps and in reduces: the same bytes" {
    on_cluster
    for n in 3 8 13 18 25; do
        await has_lines map "$n"
        await kill_executor
    done
    for n in 1 3 5 7 9; do
        await has_lines reduce "$n"
        await kill_executor
    done
    check_job
    [ "$(wc -l < kills)" -eq 10 ]
}

@test "speculation: the loser's programs end with it, and the bytes are the same" {
    on_cluster --conf spark.speculation=true --conf spark.speculation.interval=100ms --conf spark.speculation.quantile=0.2 \
        --conf spark.speculation.multiplier=1.1 --conf spark.speculation.minTaskRuntime=100ms \
        --map "echo map >> '$PWD/log'
            if mkdir '$PWD/once' 2> /dev/null; then echo \$\$ > '$PWD/loser'; sleep 3600.75; fi
            jsonl2tsv -E \$REJECTS \$PART Id CreationDate"
    check_job
    [ -s loser ]
    await has_ended "$(cat loser)"
}
