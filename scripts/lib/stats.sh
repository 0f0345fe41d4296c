# --stats of a script: the record that a program appends to a file when it ends (weir(7), common/stream/stats.h).
# shellcheck shell=sh disable=SC2094,SC2154 # locked; job.sh sets name, tab and newline

stats='' # the file; empty: there is none
stats_header=$(printf '%s\t' Started Program Status Seconds User System PeakBytes BytesIn BytesOut Read Written)Rejected

# Whether a record may follow: the file is empty, no regular file, or has the header of --stats.
takes_stats() { [ ! -f "$stats" ] || [ ! -s "$stats" ] || [ "$(head -n 1 "$stats")" = "$stats_header" ]; }

# From here on the time counts.
open_stats() { # FILE
    case $1 in /*) file=$1 ;; *) file=./$1 ;; esac
    { true >> "$file"; } 2> /dev/null || die 3 "$1: cannot write the file"
    stats=$file
    takes_stats || { stats='' && die_usage "--stats: $1 is not empty, and no file of --stats"; }
    ! same_file "$stats" /dev/stdin || { stats='' && die_usage "--stats: $1 is already in use"; }
    stats_started=$(date -u +%Y-%m-%dT%H:%M:%S) stats_clock=$(date +%s.%N)
}

# Appends the record of a run. What is not known is null: the peak, and BYTES if it is empty. COUNTS are Read and
# Written.
append_stats() { # STATUS BYTES COUNTS
    [ -n "$stats" ] || return 0
    used=$({ echo "$stats_clock $(date +%s.%N)" && cat "/proc/$$/stat"; } 2> /dev/null |
        awk -v OFS="$tab" -v ticks="$(getconf CLK_TCK)" '
            NR == 1 { seconds = sprintf("%.6f", $2 - $1); next }
            { sub(/.*\) /, ""); user = sprintf("%.6f", ($12 + $14) / ticks); kernel = sprintf("%.6f", ($13 + $15) / ticks) }
            END { print seconds, user == "" ? "\\N" : user, kernel == "" ? "\\N" : kernel }')
    record=$stats_started$tab$name$tab$1$tab$used$tab\\N$tab${2:-\\N}${tab}0$tab$3${tab}0
    {
        flock 8 && takes_stats && {
            [ -s "$stats" ] || record=$stats_header$newline$record
            printf '%s\n' "$record" >&8
        }
    } 2> /dev/null 8>> "$stats" || complain "$name: write error: $stats"
}
