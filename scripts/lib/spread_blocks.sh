# The inputs of spread, and the blocks that they are cut into. $work/files has a line STATE TAB FILE for each.
# shellcheck shell=sh disable=SC2154 # variables are shared with spread.sh

# Prints what tells whether the file has changed: its size, which comes first, time of change and inode.
state() { # FILE
    if is_url "$1"; then
        ask "state $1" && echo "$answer"
    else
        { [ -r "$1" ] && stat -L -c '%s %.Y %i' -- "$1"; } 2> /dev/null || die 3 "$1: cannot read the file"
    fi
}

# Whether the file is packed by gzip or zstd.
is_packed() { # FILE
    case $(od -A n -t x1 -N 4 < "$1") in ' 1f 8b'* | ' 28 b5 2f fd') return 0 ;; *) return 1 ;; esac
}

check_name() { # FILE
    case $1 in *"$newline"* | *"$tab"*) die_usage "$(quote "$1"): the name has a TAB or LF; rename the file" ;; esac
}

# Adds a file to the inputs.
add_file() { # FILE
    check_name "$1"
    for output in "$out" ${rejects:+"$rejects"}; do
        ! same_file "$1" "$output" || die 2 "$output: would overwrite an input"
    done
    state=$(state "$1") || exit
    printf '%s\t%s\n' "$state" "$1" 2> /dev/null >> "$work/files" || no_room
    added=1
}

add_file_in() { add_file "${input%/}/${1##*/}"; } # FILE

# Adds an input, or the files in it if it is a directory. For a directory of a URL, the engine makes a local one, with
# empty files of the same names.
add_input() { # INPUT
    input=$1 directory=$1
    if is_url "$input"; then
        check_name "$input"
        start_engine
        directory=$work/listing
        rm -rf -- "$directory"
        ask "list $input"
        if [ ! -d "$directory" ]; then add_file "$input" && return; fi
    elif [ -f "$input" ]; then
        add_file "$input" && return
    fi
    [ -d "$directory" ] || die 2 "$input: not a file or directory"
    added=''
    for suffix in csv jsonl tsv; do each_file $suffix add_file_in "$directory"; done
    [ -n "$added" ] || die 2 "$input: no .csv, .jsonl or .tsv files, plain or packed"
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

# Prints the tasks of the maps, a line NUMBER TAB PART TAB STATE TAB FILE for each block. A file is cut by the program
# that gets $PART.
list_blocks() {
    n_blocks=0
    while IFS=$tab read -r state file; do
        n=1 i=0 size=${state%% *} part='-f input'
        case $map in
        *"\$PART"*)
            is_url "$file" || [ "$size" -le "$block" ] || is_packed "$file" || n=$(((size + block - 1) / block))
            ;;
        esac
        while [ $((i += 1)) -le $n ]; do
            [ $n -eq 1 ] || part="--part $i/$n -f input"
            printf '%06d\t%s\t%s\t%s\n' $((n_blocks += 1)) "$part" "$state" "$file" 2> /dev/null || no_room
        done
    done < "$work/files"
}

# The maps of all blocks must have written the same columns, in any order.
check_columns() {
    other=$(cd "$work" && cat map[0-9]*/header | awk -F '\t' '
        NR == 1 { for (i = 1; i <= NF; i++) is_column[$i] = 1; n = NF }
        { for (i = 1; i <= NF && $i in is_column; i++) {} }
        NF != n || i <= NF { print NR; exit }')
    [ -z "$other" ] || die 2 "$(sed -n "$other p" "$work/map" | cut -f 4): the columns differ from those of $(
        head -n 1 "$work/map" | cut -f 4)"
}
