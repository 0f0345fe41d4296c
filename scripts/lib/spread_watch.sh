# Runs a task of spread-spark in a temporary DIRECTORY, which it makes its own: removes it at the end of standard input,
# however the process that writes there ends. Starts the task at the first line, and prints one when the task has
# ended, with what went wrong if it left no file "failed"; at the end, kills all its programs. TOOLS has what tasks
# share; Spark does not keep the mode of files.
# usage: sh spread_watch.sh DIRECTORY TOOLS KIND TASK
# shellcheck shell=sh
if read -r _; then
    chmod 755 "$2"/bin/* && ln -s "$2/job" "$2/tables" "$1"
    export PATH="$2/bin:$PATH" TMPDIR="$1"
    # shellcheck disable=SC2016 # sh expands it
    setsid sh -c 'echo $(sh "$2/spread_task.sh" "$1" "$3" "$4" 2>&1 > /dev/null)' sh "$@" & task=$!
    exec > /dev/null
    read -r _
    kill -9 "-$task" || kill -9 "$task"
fi
rm -rf -- "$1" || { sleep 1; rm -rf -- "$1"; }
