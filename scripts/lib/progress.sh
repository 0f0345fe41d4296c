# The bar of a job: what share of the bytes of its files has been read, or of its tasks is done, as long as a person
# watches: standard error is a terminal, with the job in its foreground. The bar is one line below the cursor
# (common/base/bar.h). Otherwise, and without the /proc of Linux, nothing here has an effect.
# shellcheck shell=sh disable=SC2154 # job.sh sets name and work

bar='' # not empty: a person watches; descriptor 9 is the terminal
bar_total=0 bar_done=0 bar_size=0 # bytes of all files, of those before the current one, of that one
bar_files=0 bar_file=0            # number of files, and of the current one
bar_begun=0 bar_start=0 bar_last=0 # when the job began, when it began to read or do tasks, when it drew a bar
checks=''                          # not empty: the file is only being checked, which does not count
follower=''                        # the process that draws bars
full='========================================'
blank='                                        '

# Sets now to a time in hundredths of a second.
clock() { read -r now _ < /proc/uptime && now=${now%.*}${now#*.}; }

# From here on, shows bars, if a person watches.
begin_bars() {
    case ${TERM-} in '' | dumb) return ;; esac
    { [ -t 2 ] && [ -r /proc/self/fdinfo/2 ] && [ -r /proc/uptime ]; } || return 0
    exec 9>&2
    bar=1
    clock && bar_begun=$now bar_start=$now
    [ -n "$work" ] || trap 'erase_bar; trap - INT; kill -INT $$' INT # make_work has another one
}

# --- Files

# begin_progress COMMAND...: begin_bars for files. COMMAND prints the names of all that will be read, each with a NUL
# after it.
begin_progress() {
    begin_bars
    [ -n "$bar" ] || return 0
    # shellcheck disable=SC2046 # two numbers
    set -- $("$@" | xargs -0 stat -L -c %s -- 2> /dev/null | awk '{ size += $1 } END { printf "%d %.0f\n", NR, size }')
    bar_files=$1 bar_total=$2
    [ "$bar_total" -gt 0 ] || bar=''
}

name_file() { printf '%s\0' "$1"; } # FILE

# next_file FILE [CHECKS]: the job goes on with FILE, and only checks it before end_check if CHECKS is given.
next_file() {
    checks=${2-}
    [ -n "$bar" ] || return 0
    bar_done=$((bar_done + bar_size)) bar_file=$((bar_file + 1))
    bar_size=$(stat -L -c %s -- "$1" 2> /dev/null) || bar_size=0
    clock
    [ $((now - bar_last)) -ge 20 ] || return 0
    bar_last=$now
    (draw_bytes 0) || :
}

# The job has checked the file: from here on, it reads it. The time to check the first one does not count for the rate.
end_check() {
    checks=''
    [ -z "$bar" ] || [ "$bar_done" -gt 0 ] || { clock && bar_start=$now; }
}

# watch COMMAND...: runs COMMAND, which reads a file on standard input, and draws bars.
watch() {
    [ -n "$bar" ] || { "$@"; return; }
    start_following bytes 8<&0
    clock
    began=$now watched=0
    "$@" || watched=$?
    stop_following
    clock
    [ $((now - began)) -lt 20 ] || (draw_bytes "$bar_size") || :
    return $watched
}

# Shows that all files are read, and the job goes on.
finish_bar() {
    bar_done=$bar_total bar_size=0
    [ -z "$bar" ] || (draw_bytes 0) || :
}

# --- The process that draws

# Starts to draw how many bytes of the file on descriptor 8 are read, or tasks of KIND done. A command in the background
# has no standard input.
start_following() { # bytes|KIND
    [ -n "$bar" ] || return 0
    read -r watcher _ < /proc/self/stat
    [ "$1" = bytes ] || { clock && bar_start=$now; }
    follow "$1" > /dev/null 2>&1 &
    follower=$!
}

stop_following() {
    [ -n "$follower" ] || return 0
    kill "$follower" 2> /dev/null || :
    wait "$follower" 2> /dev/null || :
    follower=''
}

# Whether the process runs. One that has ended is a zombie until its parent notices.
runs() { # PROCESS
    read -r process < "/proc/$1/stat" && case ${process##*) } in [XZ]*) return 1 ;; esac
}

# Draws five bars a second. An interrupt does not reach a command in the background, which must see that the others are
# gone.
follow() { # bytes|KIND
    [ "$1" = bytes ] || n_tasks=$(wc -l < "$work/$1") || n_tasks=1
    while sleep 0.2 3>&- 4>&- 9>&- && runs $$ && runs "$watcher"; do
        case $1 in
        bytes) read -r _ at < /proc/self/fdinfo/8 && draw_bytes "$at" ;;
        *) count_done "$1" && draw_tasks "$1" "$count" "$n_tasks" ;;
        esac
    done
}

# --- What a bar says. In subshells only: these functions set many variables.

# Sets left to the time left if PART of TOTAL, below 2^40, is done.
estimate() { # PART TOTAL
    left=''
    [ "$1" -gt 0 ] || return 0
    s=$(((now - bar_start) * ($2 - $1) / $1 / 100))
    left=$((100 + s % 60)) left=$((s / 60 % 60)):${left#1}
    [ $s -lt 3600 ] || { minutes=$((100 + s / 60 % 60)) && left=$((s / 3600)):${minutes#1}:${left#*:}; }
    left="  $left left"
}

# Draws a bar, AT bytes into the current file.
draw_bytes() { # AT
    done=$bar_done file='' left='  finishing'
    [ -n "$checks" ] || done=$((done + $1))
    [ $done -lt "$bar_total" ] || done=$bar_total
    clock
    tenths=$((now > bar_start ? done / (now - bar_start) / 1000 : 0)) rate="$((tenths / 10)) MB/s"
    [ $tenths -ge 100 ] || rate="${rate% *}.$((tenths % 10)) MB/s"
    [ "$bar_files" -eq 1 ] || file="  file $bar_file of $bar_files"
    [ $done -eq "$bar_total" ] || estimate $((done / 1000)) $((bar_total / 1000))
    [ -z "$checks" ] || rate="checking $((bar_size ? 100 * $1 / bar_size : 100))%" left=''
    draw_bar $done "$bar_total" "$rate$file$left"
}

draw_tasks() { # KIND DONE TOTAL
    clock
    estimate "$2" "$3"
    draw_bar "$2" "$3" "$1 $2 of $3$left"
}

# Draws a bar if the job is in the foreground, but not in the first half second.
draw_bar() { # DONE TOTAL END
    read -r process < /proc/$$/stat
    share=$((100 * $1 / $2)) end=$3
    # shellcheck disable=SC2086 # 3 and 6: the process group of the job, and the one in the foreground
    set -- ${process##*) }
    [ "$3" = "$6" ] && [ $((now - bar_begun)) -ge 50 ] || return 0
    columns=$(stty size <&9) columns=$((${columns#* } - 1))
    [ $columns -ge 0 ] || columns=79
    cells=$((columns - ${#name} - ${#end} - 13))
    cells=$((cells < 40 ? cells - cells % 10 : 40)) n=$((share * cells / 100))
    case $share in ?) share="  $share" ;; ??) share=" $share" ;; esac
    if [ $cells -ge 10 ]; then
        text=$(printf "%s: %s%%  [%.${n}s>%.$((cells - n))s]  %s" "$name" "$share" "$full" "$blank" "$end")
    else
        text="$name: $share%  $end"
    fi
    printf "\r\033[K\r\n\r\033[K%.${columns}s\033[A\r" "$text" >&9
}

# Erases the bar, if one may have been drawn. Messages call it.
erase_bar() {
    [ -n "$bar" ] || return 0
    stop_following
    clock
    [ $((now - bar_begun)) -lt 50 ] || printf '\r\033[K\r\n\r\033[K\033[A\r' >&9 || :
}
