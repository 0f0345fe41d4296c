# One task of spread, in the directory KINDNUMBER in WORK, on any machine: the map of a block, the reduce of a part, or
# the merge. It leaves these files:
#     out         the output, without an end mark; or, if there is a key, 0000, 0001 ..., the parts of a map's output
#     header      of a map: the columns of the output
#     said        the messages of the programs
#     rejects     of a map: its bad records
#     done        empty: all is well; or
#     failed      the exit status for the job, and the reason in a line
# WORK has the file job, which sets variables, the directory tables, for a reduce the outputs of all maps, and perhaps
# source, a copy of FILE. Status 255 tells xargs to start no more tasks.
# usage: sh spread_task.sh WORK KIND NUMBER[<TAB>PART<TAB>STATE<TAB>FILE]
# shellcheck shell=sh disable=SC2154 # the file job sets variables
set -u
work=$1 kind=$2 task=$3
# shellcheck source=/dev/null
. "$work/job"
eval "$functions"

# run COMMAND: runs it into out, and removes the end mark. False: it failed, or there is no end mark.
run() {
    sh -c "$functions$1" > out && [ "$(tail -n 1 out)" = '\.' ] && truncate -s -3 out
}

map_block() {
    case $file in /*) path=$file ;; *) path=$from/$file ;; esac
    [ ! -e "$work/source" ] || path=$work/source
    ln -s -- "$path" input || return
    [ -r input ] || { echo 'input: cannot read the file' >&2 && return 3; }
    if [ -z "$key" ]; then
        run "$map" < input
    else
        # shellcheck disable=SC2086 # $fold is an option or nothing
        { sh -c "$functions$map" < input || echo "!sh $?" >&2; } | tsvsplit -E -k "$key" $fold -n "$n_parts" ''
    fi
    status=$?
    [ -e "$work/source" ] || [ "$(stat -L -c '%s %.Y %i' input)" = "$state" ] ||
        { echo 'input: the file changed while it was read' >&2 && return 3; }
    [ $status -eq 0 ] || return $status
    if [ -n "$key" ]; then head -n 1 0000; else head -n 1 out; fi > header || return 3
}

# Prints the records in FILES of other tasks. Their names are short, so that many of them fit in a command.
all() { # PATTERN
    (cd "$work" && eval "tsvcat -E $1")
}

run_task() {
    for table in "$work"/tables/*; do [ ! -e "$table" ] || ln -s -- "$table" . || return; done
    case $kind in
    map) map_block ;;
    reduce) all "map[0-9]*/$number" | run "$reduce" && rm -- "$work"/map[0-9]*/"$number" ;;
    merge) all "${before:-map}[0-9]*/out" | run "$merge" ;;
    esac
}

tab=$(printf '\t')
IFS=$tab read -r number part state file << END
$task
END
PART=$part
: "${MEMORY:=$(($(getconf _PHYS_PAGES) * $(getconf PAGE_SIZE) / 4 / $(nproc)))}"
export PART MEMORY
mkdir -- "$work/$kind$number" && cd -- "$work/$kind$number" || exit 255
# keep FILE TEXT: writes it. The disk may be full, but other tasks end and free some of it.
keep() {
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        { printf '%s' "${2:+"$2$newline"}" > "$1"; } 2> /dev/null && return
        sleep 0.1
    done
    rm -f -- "$1"
    exit 255
}

newline='
'
said=$(run_task 2>&1 > /dev/null)
status=$?
[ $status -eq 0 ] || rm -f -- out [0-9]*
keep said "$said"
if [ $status -eq 0 ] && ! grep -q '^![^ ]* [0-9]*$' said; then
    : > 'done'
    exit
fi
case $kind$part in
map--part*) where=${part#--part } where="$file, part ${where%% *}: " ;;
map*) where="$file: " ;;
reduce*) where="part $number: " ;;
*) where='' ;;
esac
keep failed "$(status=$status where=$where file=$file awk -f "${0%/*}/spread_reason.awk" said)"
exit 255
