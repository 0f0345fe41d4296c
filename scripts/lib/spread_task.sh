# One task of spread, in a directory of its own in WORK: the map of a block, the reduce of a part, or the merge. Its
# output is the file "out", or the files of tsvsplit. The file "done" says that it is complete; otherwise "failed" has
# the status. "said" has the messages of the programs. Status 255 tells xargs to start no more tasks.
# usage: sh spread_task.sh WORK KIND NUMBER[<TAB>PART<TAB>FILE]
# shellcheck shell=sh disable=SC2154 # the file job in WORK sets variables
set -u
work=$1 kind=$2 task=$3
# shellcheck source=/dev/null
. "$work/job"

# run COMMAND: runs it into out, and removes the end mark. False: it failed, or there is no end mark.
run() {
    sh -c "$1" > out && [ "$(tail -n 1 out)" = '\.' ] && truncate -s -3 out
}

map_block() { # FILE
    case $1 in /*) ln -s -- "$1" input ;; *) ln -s -- "$from/$1" input ;; esac || return
    if [ -z "$key" ]; then
        run "$map" < input
        return
    fi
    map_status=0 split_status=0
    # shellcheck disable=SC2086 # $fold is an option or nothing
    { sh -c "$map" < input || echo $? > status; } | tsvsplit -E -k "$key" $fold -n "$n_parts" '' || split_status=$?
    [ ! -s status ] || map_status=$(cat status)
    # 141: the map stopped because tsvsplit did.
    case $map_status in 0 | 141) return "$split_status" ;; *) return "$map_status" ;; esac
}

run_task() {
    for table in "$work"/tables/*; do [ ! -e "$table" ] || ln -s -- "$table" . || return; done
    case $kind in
    map) map_block "${rest#*"$tab"}" ;;
    reduce) tsvcat -E "$work"/map*/"$number" | run "$reduce" && rm -- "$work"/map*/"$number" ;;
    merge) tsvcat -E "$work/$before"[0-9]*/out | run "$merge" ;;
    esac
}

tab=$(printf '\t')
number=${task%%"$tab"*} rest=${task#*"$tab"}
export PART="${rest%%"$tab"*}"
mkdir -- "$work/$kind$number" && cd -- "$work/$kind$number" || exit 255
if run_task 2> said; then
    : > 'done'
else
    echo $? > failed
    exit 255
fi
