# spread-spark on files of HDFS: a name node and a data node on the loopback address. Not part of make check: they need
# a package of Hadoop, which Spark finds. make spark-setup && make check-cluster

load ../helper

ROOT=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
PATH=${WEIR_BUILD:-$ROOT/build}/bin:$ROOT/scripts:$PATH

setup_file() {
    find_spark
    [ -z "$no_spark" ] || skip "$no_spark"
    cd "$BATS_FILE_TMPDIR" || return
    jars=$(python3 -c 'import os, pyspark; print(os.path.dirname(pyspark.__file__))')/jars
    version=$(basename "$jars"/hadoop-client-api-*.jar .jar)
    package=org.apache.hadoop:hadoop-client-minicluster:${version##*-}
    echo > nothing.py
    spark-submit --conf spark.jars.ivy="$ROOT/build/ivy" --packages "$package" nothing.py > log 2>&1 ||
        skip "Spark did not find $package"
    export CLASSPATH="$PWD/conf:$jars/*:$ROOT/build/ivy/jars/*" HDFS=hdfs://127.0.0.1:$((20000 + $$ % 10000))
    configure
    (hdfs hdfs.server.namenode.NameNode -format -nonInteractive) > log 2>&1
    hdfs hdfs.server.namenode.NameNode > name 2>&1 3>&- &
    echo $! > pids
    hdfs hdfs.server.datanode.DataNode > data 2>&1 3>&- &
    echo $! >> pids
    for _ in $(seq 50); do
        ! put nothing.py /ready > log 2>&1 || return 0
        sleep 1
    done
    cat log name data
    return 1
}

# hdfs CLASS ARGUMENT...: runs a class of Hadoop.
hdfs() { exec java "org.apache.hadoop.$1" "${@:2}"; }

# configure: writes the settings of Hadoop into the directory conf.
configure() {
    mkdir conf
    {
        echo '<configuration>'
        printf '<property><name>%s</name><value>%s</value></property>\n' fs.defaultFS "$HDFS" dfs.replication 1 \
            dfs.namenode.name.dir "$PWD/names" dfs.datanode.data.dir "$PWD/blocks" \
            dfs.namenode.http-address 127.0.0.1:0 dfs.datanode.address 127.0.0.1:0 \
            dfs.datanode.http.address 127.0.0.1:0 dfs.datanode.ipc.address 127.0.0.1:0
        echo '</configuration>'
    } | tee conf/core-site.xml > conf/hdfs-site.xml
}

# put FILE PATH: puts a file into HDFS.
put() { (hdfs fs.FsShell -put -f "$1" "$2"); }

teardown_file() {
    [ ! -e "$BATS_FILE_TMPDIR/pids" ] || xargs kill < "$BATS_FILE_TMPDIR/pids"
}

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    gzip -dc "$ROOT/t/data/votes.jsonl.gz" > votes.jsonl
    export SPARK_LOCAL_IP=127.0.0.1
}

@test "files, packed files and directories of HDFS: the same bytes as from local files" {
    head -n 20000 votes.jsonl > a.jsonl
    tail -n +20001 votes.jsonl | gzip > b.jsonl.gz
    (hdfs fs.FsShell -mkdir /votes)
    put a.jsonl /votes/a.jsonl
    put b.jsonl.gz /votes/b.jsonl.gz
    spread -p votes -o want votes.jsonl
    for inputs in "$HDFS/votes" "a.jsonl $HDFS/votes/b.jsonl.gz"; do
        # shellcheck disable=SC2086 # words are meant
        try spread-spark -p votes -n 5 -o weeks $inputs
        gives 0 ''
        cmp want weeks
        rm weeks
    done
}

@test "a bad record and a missing file: the message has the URL, and there is no result" {
    sed '30000s/}/,}/' votes.jsonl > bad.jsonl
    put bad.jsonl /bad.jsonl
    try spread-spark -p votes -o weeks "$HDFS/bad.jsonl"
    gives 1 "jsonl2tsv: $HDFS/bad.jsonl: line 30000: *"
    try spread-spark -p votes -o weeks "$HDFS/none.jsonl"
    gives 3 "spread-spark: $HDFS/none.jsonl: File does not exist: *none.jsonl"
    [ ! -e weeks ]
}
