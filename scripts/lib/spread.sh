# The job of spread and spread-spark, from the options to the result. A task of the job is the map of a block, the
# reduce of a part, or the merge; spread_task.sh runs it in the directory $work/KINDNUMBER. The engine only starts
# tasks and moves files. It is the script that sources this, and defines
#     engine_options      its own options; all have an argument
#     engine_option       OPTION VALUE: takes one of them
#     is_url              INPUT: whether the engine reads it; then "list INPUT" and "state INPUT" are requests to it
#     start_engine        sets jobs, the number of tasks at a time
#     run_tasks           KIND: runs the tasks in the file $work/KIND. False: one failed
#     count_done          KIND: sets count to the number of its tasks that are done
#     stop_engine
#     job_env             options of env(1) for the environment of tasks
# shellcheck shell=sh disable=SC2034,SC2154 # variables are shared with the engine

killed='a program was killed, did not read its input, or wrote no end mark (-E)'
tasks='' # the process group that runs the tasks, or the engine
# Programs that a command may name: they are sent to other machines, and report their failure.
all_programs='chart csv2tsv dedup jsonl2tsv keep-header lookup outliers pick pivot profile sessionize sqlite2tsv trend
    tsv2csv tsv2jsonl tsv2sqlite tsvcat tsvdiff tsvsplit utc weekagg where'

. "$lib/spread_blocks.sh"

read_plan() { # PLAN
    for plan in "$lib/../plans/$1" "$1"; do [ ! -f "$plan" ] || break; done
    [ -f "$plan" ] || die_usage "$(quote "$1" 60): no such plan; there are: $(cd "$lib/../plans" && echo *)"
    case $plan in */*) ;; *) plan=./$plan ;; esac
    # shellcheck source=/dev/null
    . "$plan"
}

add_table() { # TABLE
    { [ -f "$1" ] && [ -r "$1" ]; } || die 3 "$1: cannot read the file"
    # A task writes files of these names where it finds the tables.
    case ${1##*/} in
    input | out | header | rejects | said | 'done' | failed | [0-9][0-9][0-9][0-9])
        die_usage "$1: a table cannot have this name; rename it"
        ;;
    esac
    case $1 in /*) table=$1 ;; *) table=$PWD/$1 ;; esac
    ln -s -- "$table" "$work/tables" 2> /dev/null || die_usage "$1: two tables have this name; rename one"
}

# Dies unless VALUE is a number from LEAST to MOST.
check_number() { # OPTION VALUE LEAST MOST
    case $2 in '' | *[!0-9]* | ??????????*) ;; *) [ "$2" -lt "$3" ] || [ "$2" -gt "$4" ] || return 0 ;; esac
    die_usage "$1 must be a number from $3 to $4"
}

no_room() { die 3 "${work%/*}: cannot write temporary files"; }

# The bytes of memory for each of JOBS tasks at a time.
memory() { echo $(($(getconf _PHYS_PAGES) * $(getconf PAGE_SIZE) / 4 / $1)); }

# Writes the file that all tasks source.
write_job() {
    # shellcheck disable=SC2016 # the functions expand them
    programs='' functions='said() { echo "!$1 $2" >&2; return $2; }; '
    words=" $(printf '%s ' "$map" "$reduce" "$merge" tsvsplit tsvcat | tr -cs 'A-Za-z0-9-' ' ') "
    for program in $all_programs; do
        case $words in *" $program "*) programs="$programs $program" ;; *) continue ;; esac
        # A program that fails says so, even in the middle of a pipeline.
        case $program in
        *-*) ;; # no name for a function
        *) functions="$functions$program() { command $program \"\$@\" || said $program \$?; }; " ;;
        esac
    done
    # shellcheck disable=SC2086 # $job_env is an option or nothing
    env $job_env map="$map" key="$key" reduce="${reduce:-cat}" merge="${merge:-cat}" functions="$functions" \
        fold="${ignore_case:+-i}" before="${key:+reduce}" n_parts="$n_parts" from="$PWD" name="$name" killed="$killed" \
        REJECTS="${rejects:+-r rejects${max_rejects:+ --max-rejects $max_rejects}}" MEMORY="${MEMORY-}" LC_ALL=C \
        sh -c 'export -p' 2> /dev/null > "$work/job" || no_room
}

# in_group LIST COMMAND...: runs the command, which reads LIST, in a process group that ends with this script.
in_group() {
    list=$1
    shift
    setsid "$@" < "$list" > /dev/null 2> "$work/log" &
    tasks=$!
    wait "$tasks" || return
    tasks=''
}

run_stage() { # KIND
    start_following "$1"
    run_tasks "$1" || blame "$1"
    stop_following
}

# Ends the tasks, however the job ends.
end() {
    erase_bar
    [ -z "$tasks" ] || kill -- "-$tasks" 2> /dev/null || :
    clean_up
}

# Ends the script with the reason why the first task of KIND failed.
blame() { # KIND
    for failed in "$work/$1"[0-9]*/failed; do
        [ -s "$failed" ] || continue # empty: there was no room
        { read -r code && IFS= read -r reason; } < "$failed" || continue
        complain "$reason" && exit "$code"
    done
    # On a full disk, a task could not leave a message.
    reason=$(head -c 65536 /dev/zero 2>&1 > "$work/full") || die 3 "${work%/*}: ${reason##*: }"
    reason=$(tr -d '\r' < "$work/log" | grep -v -m 1 '^xargs:') || die 3 "$killed"
    die 3 "cannot run the tasks: $reason"
}

# Replaces FILE, as a whole, with standard input.
replace() { # FILE
    parts=$1.$$.part # removed at the end
    { cat > "$parts" && mv -- "$parts" "$1"; } 2> /dev/null || die 3 "$1: cannot write the file"
}

# Collects the rejects of the maps. Sets summary.
write_rejects() { # FILE MOST
    (export work && awk -f "$lib/spread_rejects.awk" "$work/map" > "$work/rejects") 2> /dev/null ||
        die 3 'cannot write the rejects to the temporary directory'
    replace "$1" < "$work/rejects"
    summary=$(cat "$work/summary") n_rejected=${summary##* written, } n_rejected=${n_rejected% *}
    [ "$n_rejected" -le "${2:-$n_rejected}" ] || die 1 "$summary to $1; more than $2 bad records"
}

# Prints the notes of programs that did not fail, except their counts; once if many tasks have the same note.
show_notes() {
    (cd "$work" && cat -- *[0-9]/said) | grep -v -e ': [0-9]* read, ' -e ': part [0-9/]* has [0-9]* lines$' |
        awk '!seen[$0]++' >&2 || :
}

make_work
begin_bars
mkdir "$work/tables" 2> /dev/null || no_room
trap end EXIT
map='' key='' ignore_case='' reduce='' merge='' tables='' n_parts='' block='' rejects='' max_rejects='' out=''
while [ $# -gt 0 ]; do
    case $1 in
    --?*=*) value=${1#*=} option=${1%%=*} && shift && set -- "$option" "$value" "$@" ;;
    -i | --ignore-case) ignore_case=yes && shift && continue ;;
    --) shift && break ;;
    -[pknbfro] | --map | --reduce | --merge | --max-rejects) requires_argument "$@" ;;
    -?*)
        case $engine_options in
        *" $1 "*) requires_argument "$@" ;;
        *) common_option "$1" && unknown_option "$1" ;;
        esac
        ;;
    *) break ;;
    esac
    case $1 in
    -p) read_plan "$2" ;;
    -k) key=$2 ;;
    -n) check_number -n "$2" 1 10000 && n_parts=$2 ;;
    -b)
        { block=$(numfmt --from=iec -- "$2" 2> /dev/null) && [ "$block" -gt 0 ]; } ||
            die_usage '-b must be a size, such as 64M'
        ;;
    -f) add_table "$2" ;;
    -r) rejects=$2 ;;
    -o) out=$2 ;;
    --map) map=$2 tables='' ;;
    --reduce) reduce=$2 ;;
    --merge) merge=$2 ;;
    --max-rejects) check_number --max-rejects "$2" 0 999999999 && max_rejects=$2 ;;
    *) case $engine_options in *" $1 "*) engine_option "$1" "$2" ;; *) unknown_option "$1" ;; esac ;;
    esac
    shift 2
done
[ -n "$map" ] || die_usage 'expected --map or -p'
[ -n "$out" ] || die_usage 'expected -o FILE'
[ $# -gt 0 ] || die_usage 'expected at least one INPUT or DIRECTORY'
[ -n "$key" ] || [ -z "$reduce" ] || die_usage '--reduce requires -k'
[ -n "$rejects" ] || [ -z "$max_rejects" ] || die_usage '--max-rejects requires -r'
case $rejects$map in '' | *"\$REJECTS"*) ;; *) [ -z "$rejects" ] || die_usage "-r requires \$REJECTS in the map" ;; esac
for table in $tables; do [ -e "$work/tables/$table" ] || die_usage "the plan requires a table: -f $table"; done
for table in ${tables:+"$work/tables"/*}; do # its commands may write a file of another name
    case " $tables " in *" ${table##*/} "*) ;; *) die_usage "the plan has no table ${table##*/}" ;; esac
done
for file in "$out" ${rejects:+"$rejects"}; do
    [ ! -e "$file" ] || [ -f "$file" ] || die 2 "$file: not a regular file"
    parts=$file.$$.part
    { true > "$parts" && rm -- "$parts"; } 2> /dev/null || die 3 "$file: cannot write to the directory"
    for table in "$work"/tables/*; do
        ! same_file "$table" "$file" || die 2 "$file: would overwrite a table"
    done
done
[ "$(readlink -f -- "$out")" != "$(readlink -f -- "$rejects")" ] || die 2 "$out: the rejects would overwrite the result"

for operand; do add_input "$operand"; done
start_engine
n_parts=${n_parts:-$((2 * jobs))} block=${block:-$(block_size)}
list_blocks > "$work/map"
{ [ -z "$key" ] || seq -f %04.0f 0 $((n_parts - 1)); } 2> /dev/null > "$work/reduce" || no_room
write_job
run_stage map
check_columns
[ -z "$rejects" ] || write_rejects "$rejects" "$max_rejects"
[ -z "$key" ] || run_stage reduce
stop_engine
start_following merge
in_group /dev/null sh "$lib/spread_task.sh" "$work" merge 1 || blame merge
erase_bar
show_notes
replace "$out" < "$work/merge1/out"
[ -z "$rejects" ] || complain "$name: $summary to $rejects"
