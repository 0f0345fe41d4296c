# The stages of spread: the list of blocks, the tasks of a stage, the reason if one fails. The caller has made $work,
# which has a list of tasks for each KIND (map, reduce, merge): NUMBER, and for maps TAB PART TAB FILE after it.
# shellcheck shell=sh disable=SC2034,SC2154 # variables are shared with spread

tasks='' # the process group that runs them

state() { stat -L -c '%s %.Y %i' -- "$1"; } # FILE

# Whether the file is packed by gzip or zstd.
is_packed() { # FILE
    case $(od -A n -t x1 -N 4 < "$1") in ' 1f 8b'* | ' 28 b5 2f fd') return 0 ;; *) return 1 ;; esac
}

# Adds a file to the list of inputs.
add_file() { # FILE
    case $1 in *"$newline"* | *"$tab"*) die_usage "$(quote "$1"): the name has a TAB or LF; rename the file" ;; esac
    [ -r "$1" ] || die 3 "$1: cannot read the file"
    for output in "$out" ${rejects:+"$rejects"}; do
        ! same_file "$1" "$output" || die 2 "$output: would overwrite an input"
    done
    printf '%s\t%s\n' "$(state "$1")" "$1" >> "$work/files"
    added=1
}

# Prints the default size of a block: a quarter of a job's share of the inputs, within limits, because starting a task
# takes some milliseconds.
block_size() {
    awk -v jobs="$jobs" '{ size += $1 } END {
        size /= 4 * jobs
        if (size < 2^24) size = 2^24
        if (size > 2^28) size = 2^28
        printf "%.0f\n", size
    }' "$work/files"
}

# Lists the blocks of the inputs. A file is cut by the program that gets $PART.
list_blocks() {
    n_blocks=0
    while IFS=$tab read -r state file; do
        n=1 i=0 size=${state%% *} part='-f input'
        case $map in
        *"\$PART"*) [ "$size" -le "$block" ] || is_packed "$file" || n=$(((size + block - 1) / block)) ;;
        esac
        while [ $((i += 1)) -le $n ]; do
            [ $n -eq 1 ] || part="--part $i/$n -f input"
            printf '%06d\t%s\t%s\n' $((n_blocks += 1)) "$part" "$file"
        done
    done < "$work/files"
}

check_unchanged() {
    while IFS=$tab read -r state file; do
        [ "$(state "$file")" = "$state" ] || die 3 "$file: the file changed while it was read"
    done < "$work/files"
}

# run KIND [HOSTS]: runs the tasks of the list, until one fails.
run() {
    kind=$1
    case ${2-} in
    '') set -- xargs -d '\n' -n 1 -P "$jobs" ;;
    *) set -- parallel --plain --will-cite -q --halt now,fail=1 -j "$jobs" -S "$2" ;;
    esac
    PARALLEL_HOME=$work PARALLEL_SHELL=/bin/sh setsid "$@" sh "$lib/spread_task.sh" "$work" "$kind" \
        < "$work/$kind" > /dev/null 2> "$work/said" &
    tasks=$!
    wait $tasks || blame
    tasks=''
}

# However spread ends, ends the tasks.
end() {
    [ -z "$tasks" ] || kill -- "-$tasks" 2> /dev/null || :
    clean_up
}

# Prints the message that explains the failure: if possible, one that does not repeat the failure of another program, or
# that of the FIRST program.
first_reason() { # FILE FIRST
    messages=$(grep '^[^ ]*: ' "$1" | grep -v -e '^xargs:' -e ': [0-9]* read, ' -e 'the input has no end mark') || :
    printf '%s\n' "$messages" | grep -v -m 1 ': input failed: ' ||
        printf '%s\n' "$messages" | grep -m 1 "^$2: " || printf '%s\n' "$messages" | sed -n 1p
}

# Ends the script with the reason why the first task failed.
blame() {
    for task in "$work/$kind"[0-9]*/failed "$work/$kind"[0-9]* "$work"; do
        [ ! -e "$task" ] || [ -e "$task/done" ] || break
    done
    task=${task%/failed} number=${task##*"$kind"}
    code=$(cat "$task/failed" 2> /dev/null) || code=3
    case $code in 1 | 2) ;; 126 | 127) code=2 ;; *) code=3 ;; esac
    first=${map%%[ |]*}
    reason=$(first_reason "$task/said" "$first")
    [ -n "$reason" ] || code=3 reason='a program was killed, did not read its input, or wrote no end mark (-E)'
    case $kind${task#"$work"} in
    "$kind") die 3 "cannot run the tasks: $(head -n 1 "$work/said" | tr -d '\r')" ;;
    reduce*) die "$code" "part $number: $reason" ;;
    merge*) die "$code" "$reason" ;;
    esac
    block=$(sed -n "s/^$number$tab//p" "$work/map")
    part=${block%%"$tab"*} file=${block#*"$tab"}
    case $reason in
    *': input: '*) complain "${reason%%: input: *}: $file: ${reason#*: input: }" && exit "$code" ;;
    "$first: line "*) complain "$first: $file: ${reason#*: }" && exit "$code" ;;
    esac
    case $part in --part*) part=${part#--part } file="$file, part ${part%% *}" ;; esac
    die "$code" "$file: $reason"
}

# Collects the rejects of the maps. Sets summary.
write_rejects() { # FILE MOST
    (export work && awk -f "$lib/spread_rejects.awk" "$work/map" > "$1") 2> /dev/null || die 3 "$1: cannot write the file"
    summary=$(cat "$work/summary") n_rejected=${summary##* written, } n_rejected=${n_rejected% *}
    [ "$n_rejected" -le "${2:-$n_rejected}" ] || die 1 "$summary to $1; more than $2 bad records"
}

# Prints the notes of programs that did not fail, except their counts. Many tasks may say the same: prints it once.
show_notes() {
    cat "$work"/*/said | grep -v ': [0-9]* read, ' | awk '!seen[$0]++' >&2 || :
}
