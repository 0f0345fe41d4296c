# The bar of a job: what share of the bytes of its files has been read, as long as a person watches: standard error is a
# terminal, with the job in its foreground. The bar is one line below the cursor (common/base/bar.h). Otherwise, and
# without the /proc of Linux, nothing here has an effect.
# shellcheck shell=sh disable=SC2154 # job.sh sets name

bar='' # not empty: a person watches; descriptor 9 is the terminal
bar_total=0 bar_done=0 bar_size=0 # bytes of all files, of those before the current one, of that one
bar_files=0 bar_file=0            # number of files, and of the current one
bar_begun=0 bar_start=0 bar_last=0 # when the job began, when it read the first file, when it drew a bar
checks=''                          # not empty: the file is only being checked, which does not count
full='========================================'
blank='                                        '

# Sets now to a time in hundredths of a second.
clock() { read -r now _ < /proc/uptime && now=${now%.*}${now#*.}; }

# begin_progress COMMAND...: from here on, shows bars. COMMAND prints the names of all files to be read, each with a NUL
# after it.
begin_progress() {
    case ${TERM-dumb} in dumb) return ;; esac
    { [ -t 2 ] && [ -r /proc/self/fdinfo/2 ] && [ -r /proc/uptime ]; } || return 0
    # shellcheck disable=SC2046 # two numbers
    set -- $("$@" | xargs -0 stat -L -c %s -- 2> /dev/null | awk '{ size += $1 } END { printf "%d %.0f\n", NR, size }')
    bar_files=$1 bar_total=$2
    [ "$bar_total" -gt 0 ] || return 0
    exec 9>&2
    bar=1
    clock && bar_begun=$now bar_start=$now
    trap 'erase_bar; trap - INT; kill -INT $$' INT # make_work has another one
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
    (draw_bar 0) || :
}

# The job has checked the file: from here on, it reads it. The time to check the first one does not count for the rate.
end_check() {
    checks=''
    [ -z "$bar" ] || [ "$bar_done" -gt 0 ] || { clock && bar_start=$now; }
}

# watch COMMAND...: runs COMMAND, which reads a file on standard input, and draws bars.
watch() {
    [ -n "$bar" ] || { "$@"; return; }
    start_following 8<&0
    clock
    began=$now watched=0
    "$@" || watched=$?
    stop_following
    clock
    [ $((now - began)) -lt 20 ] || (draw_bar "$bar_size") || :
    return $watched
}

# The file is on descriptor 8, because a command in the background has no standard input.
start_following() {
    read -r watcher _ < /proc/self/stat
    follow > /dev/null 2>&1 &
    follower=$!
}

stop_following() {
    kill "$follower" 2> /dev/null || :
    wait "$follower" 2> /dev/null || :
}

# Whether the process runs. One that has ended is a zombie until its parent notices.
runs() { # PROCESS
    read -r process < "/proc/$1/stat" && case ${process##*) } in [XZ]*) return 1 ;; esac
}

# Draws five bars a second for the file on descriptor 8. An interrupt does not reach a command in the background, which
# must see that the others are gone.
follow() {
    while sleep 0.2 9>&- && runs $$ && runs "$watcher"; do
        read -r _ at < /proc/self/fdinfo/8
        draw_bar "$at"
    done
}

# Sets time to SECONDS as 1:23 or 1:23:45.
format_time() { # SECONDS
    time=$((100 + $1 % 60)) time=$(($1 / 60 % 60)):${time#1}
    [ "$1" -lt 3600 ] || { minutes=$((100 + $1 / 60 % 60)) && time=$(($1 / 3600)):${minutes#1}:${time#*:}; }
}

# Sets end to what follows the bar at K of TOTAL kB: rate, file, time left.
format_end() { # K TOTAL
    elapsed=$((now > bar_start ? now - bar_start : 1)) tenths=$(($1 / elapsed)) file=''
    rate="$((tenths / 10)) MB/s"
    [ $tenths -ge 100 ] || rate="${rate% *}.$((tenths % 10)) MB/s"
    [ "$bar_files" -eq 1 ] || file="  file $bar_file of $bar_files"
    if [ -n "$checks" ]; then
        end="checking $((bar_size ? 100 * at / bar_size : 100))%$file"
    elif [ "$1" -ge "$2" ]; then
        end="$rate$file  finishing"
    elif [ "$1" -gt 0 ]; then
        format_time $((elapsed * ($2 - $1) / $1 / 100))
        end="$rate$file  $time left"
    else
        end=$rate$file
    fi
}

# Draws a bar, AT bytes into the current file, but not in the first half second. For a subshell: it sets many variables.
draw_bar() { # AT
    read -r process < /proc/$$/stat
    at=$1
    # shellcheck disable=SC2086 # 3 and 6: the process group of the job, and the one in the foreground
    set -- ${process##*) }
    clock
    [ "$3" = "$6" ] && [ $((now - bar_begun)) -ge 50 ] || return 0
    columns=$(stty size <&9) columns=$((${columns#* } - 1))
    [ $columns -ge 0 ] || columns=79
    done=$bar_done
    [ -n "$checks" ] || done=$((bar_done + at))
    k=$((done / 1000)) total=$((bar_total / 1000 + 1))
    [ $done -lt "$bar_total" ] || k=$total
    format_end $k $total
    share=$((100 * k / total)) cells=$((columns - ${#name} - ${#end} - 13))
    cells=$((cells < 40 ? cells - cells % 10 : 40)) n=$((share * cells / 100))
    case $share in ?) share="  $share" ;; ??) share=" $share" ;; esac
    if [ $cells -ge 10 ]; then
        text=$(printf "%s: %s%%  [%.${n}s>%.$((cells - n))s]  %s" "$name" "$share" "$full" "$blank" "$end")
    else
        text="$name: $share%  $end"
    fi
    printf "\r\033[K\r\n\r\033[K%.${columns}s\033[A\r" "$text" >&9
}

# Shows that all files are read, and the job goes on.
finish_bar() { [ -z "$bar" ] || (bar_done=$bar_total && draw_bar 0) || :; }

# Erases the bar, if one may have been drawn. Messages call it.
erase_bar() {
    [ -n "$bar" ] || return 0
    clock
    [ $((now - bar_begun)) -lt 50 ] || printf '\r\033[K\r\n\r\033[K\033[A\r' >&9 || :
}
