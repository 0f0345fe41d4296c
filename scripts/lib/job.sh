# What the jobs share: messages, options, a database of either kind, files that are loaded once. The script that sources
# this sets $here to its own directory and $lib to the directory of this file.
# shellcheck shell=sh disable=SC2034 # the script uses what is set here
export LC_ALL=C

: "${here:?}" "${lib:?}"
name=${0##*/}
run_job=$name # what weir_runs and metrics call the job
( : >&2 ) || exec 2> /dev/null # awk does not start with standard error closed
unset CDPATH
status=0 # exit status of the script; load() sets it
work='' parts='' # temporary directories
notes='' # see load()
unknown_reason='a program was killed'
tab=$(printf '\t')
newline='
'

# Programs installed under a prefix have their own names in share/weir/bin. PATH cannot hold a directory with a colon in
# its name.
for bin in "$lib/../bin" "$here"; do [ ! -d "$bin" ] || break; done
case $bin in *:*) ;; *) PATH=$bin:$PATH ;; esac
for sql in "$lib/../sql" "$lib/../../sql"; do [ ! -d "$sql" ] || break; done

. "$lib/progress.sh"

# quote TEXT [BYTES]: prints TEXT as the programs do (common/base/quote.h), at most BYTES bytes of it: on one line, with
# control characters, bidirectional overrides and invalid UTF-8 as \xHH.
quote() {
    case $1 in
    *[!\ -~]*) text=$1 bytes=${2-} awk -f "$lib/printable.awk" -f "$lib/quote.awk" < /dev/null ;;
    *) if [ ${#1} -le "${2:-${#1}}" ]; then printf '%s\n' "$1"; else printf "%.${2}s...\n" "$1"; fi ;;
    esac
}

# Standard error may be closed or full; the exit status still counts.
complain() { erase_bar; quote "$1" >&2 || :; } # TEXT
die() { complain "$name: $2" && exit "$1"; } # STATUS MESSAGE
die_usage() { die 2 "$1 (try '$name --help')"; } # MESSAGE
unknown_option() { die_usage "unknown option $(quote "$1" 60)"; } # OPTION
requires_argument() { [ $# -gt 1 ] || die_usage "option $1 requires an argument"; } # OPTION [ARGUMENT...]
say() { erase_bar; quote "$1" || die 3 'write error'; } # RESULT

# Options that every script has: --help prints the comment at its top, --version the version of the programs. True if
# OPTION was none of them.
common_option() { # OPTION
    case $1 in
    -h | --help) sed -n '2,/^set/s/^# \{0,1\}//p' "$0" | sed "s/^usage: [^ ]*/usage: $name/" && exit ;;
    --version) dedup --version | sed "s/^dedup/$name/" && exit ;;
    esac
}

# For a script without options of its own: handles the first ARGUMENT. True if it is the "--" before the operands.
no_options() { # [ARGUMENT...]
    case ${1-} in
    --) return 0 ;;
    -?*) common_option "$1" && unknown_option "$1" ;;
    esac
    return 1
}

# Whether the two names are those of one file. POSIX has -ef since 2024.
# shellcheck disable=SC3013
same_file() { [ "$1" -ef "$2" ]; } # FILE FILE

# make_directory [TEMPLATE]: prints the name of a new temporary directory. A signal cannot part the two: the script
# handles it after the assignment, when clean_up knows the name.
# shellcheck disable=SC2120 # the template is optional
make_directory() { (trap '' HUP INT TERM && exec mktemp -d -- "$@"); }

# However the script ends, adds the run to its database and removes temporary files.
at_exit() {
    run_status=$?
    erase_bar
    end_run "$run_status" || run_status=3
    clean_up
    exit "$run_status"
}

# begin_run: from here on, the script counts what it loads. After open_database; however the script then ends, except by
# a signal, it adds the run to the table weir_runs.
begin_run() {
    if ! may_write_metrics; then
        die_usage "--metrics: $metrics is not empty, and no file of --metrics"
    fi
    run_started=$(date -u +%Y-%m-%dT%H:%M:%S) run_clock=$(date +%s.%N) run_peak=''
    run_files=0 run_read=0 run_inserted=0 run_updated=0 run_ignored=0 run_rejected=0
    trap at_exit EXIT
}

# count_run SAID: takes what programs and the sink said. Adds the counts of the sink, "N read, N inserted, N updated,
# N ignored, N rejected", to those of the run, and sets said to SAID without the record of --stats.
count_run() { # SAID
    said=$(printf '%s\n' "$1" | grep -v -e "^Started$tab" -e "^20[-0-9]*T[:0-9]*$tab") || :
    peak=$(printf '%s\n' "$1" | sed -n "s/^20[-0-9]*T[:0-9]*$tab//p" | cut -f 6 | sort -n | tail -n 1)
    [ "${peak:-0}" -le "${run_peak:-0}" ] || run_peak=$peak
    # shellcheck disable=SC2046 # five numbers
    set -- $(printf '%s\n' "$said" | sed -n '/[0-9] read, [0-9]* inserted, /{ s/.*: //; s/[^0-9 ]//g; p; }')
    [ $# -eq 5 ] || return 0
    run_read=$((run_read + $1)) run_inserted=$((run_inserted + $2)) run_updated=$((run_updated + $3))
    run_ignored=$((run_ignored + $4)) run_rejected=$((run_rejected + $5))
}

# cpu_seconds: prints the processor time of the script and of what it ran, or NULL where /proc does not tell.
cpu_seconds() {
    awk -v ticks="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); printf "%.2f\n", ($12 + $13 + $14 + $15) / ticks; done = 1 }
        END { if (!done) print "NULL" }' "/proc/$$/stat" 2> /dev/null || echo NULL
}

# end_run STATUS: adds the run to weir_runs, in a transaction of its own. A database that fails here has no record of it;
# none is created for a run that failed.
end_run() { # STATUS
    [ -n "${run_started-}" ] || return 0
    run_seconds=$(echo "$run_clock $(date +%s.%N)" | awk '{ printf "%.3f", $2 - $1 }') run_cpu=$(cpu_seconds)
    [ "$engine" = sqlite ] && [ ! -e "$db" ] || {
        cat "$sql/$engine/weir_runs.sql"
        printf "INSERT INTO weir_runs VALUES ('%s', '%s', %s, %s, %s, %s, %s, %s, %s, %s, %s, %s);\n" "$run_job" \
            "$run_started$([ "$engine" = sqlite ] || echo Z)" \
            "$run_seconds" "$run_cpu" "${run_peak:-NULL}" \
            "$run_files" "$run_read" "$run_inserted" "$run_updated" "$run_ignored" "$run_rejected" "$1"
    } | run_sql > /dev/null 2>&1 || :
    run_started=''
    [ -z "${metrics-}" ] || write_metrics "$1"
}

# metric NAME VALUE HELP: prints a gauge of Prometheus, unless VALUE is unknown.
metric() {
    case $2 in '' | NULL) return ;; esac
    printf '# HELP weir_run_%s %s\n# TYPE weir_run_%s gauge\nweir_run_%s{job="%s"} %s\n' "$1" "$3" "$1" "$1" "$run_job" "$2"
}

# Whether nothing but metrics is lost if the file $metrics is replaced.
may_write_metrics() {
    [ ! -s "${metrics-}" ] || head -c 16 -- "$metrics" 2> /dev/null | grep -q '^# HELP weir_run_'
}

# write_metrics STATUS: replaces the file $metrics, as a whole, with the run in the text format of Prometheus.
write_metrics() {
    may_write_metrics && {
        metric status "$1" 'Exit status of the last run.' &&
        metric end_time_seconds "$(date +%s)" 'When the last run ended, in seconds since 1970.' &&
        metric seconds "$run_seconds" 'Duration of the last run.' &&
        metric cpu_seconds "$run_cpu" 'Processor time of the last run.' &&
        metric peak_bytes "$run_peak" 'Peak memory of the program that stored records.' &&
        metric files "$run_files" 'Files of the last run.' &&
        metric read_records "$run_read" 'Records read in the last run.' &&
        metric inserted_rows "$run_inserted" 'Rows inserted in the last run.' &&
        metric updated_rows "$run_updated" 'Rows updated in the last run.' &&
        metric ignored_records "$run_ignored" 'Records ignored in the last run.' &&
        metric rejected_records "$run_rejected" 'Records rejected in the last run.'
    } 2> /dev/null > "$metrics.$$" && mv -f -- "$metrics.$$" "$metrics" 2> /dev/null && return
    rm -f -- "$metrics.$$" 2> /dev/null
    complain "$name: $metrics: cannot write the metrics"
    return 1
}

# However the script ends, removes $work and $parts. Programs that are still ending may write to them.
clean_up() {
    trap '' HUP INT TERM
    for _ in 1 2 3 4 5; do
        rm -rf -- ${work:+"$work"} ${parts:+"$parts"} 2> /dev/null && return
        sleep 0.1
    done
}

# Sets work to a new temporary directory that is removed at the end.
make_work() {
    trap at_exit EXIT
    trap 'exit 3' HUP INT TERM
    # shellcheck disable=SC2119
    work=$(make_directory) || die 3 'cannot create a temporary directory'
    case $work in /*) ;; *) work=$PWD/$work ;; esac
}

# open_database DATABASE [SCHEMA]: selects the database for store and run_sql: a postgresql:// URL, used with SCHEMA, or
# a SQLite file. Messages call it $shown, which has no password.
open_database() {
    case $1 in
    postgres://* | postgresql://*)
        engine=postgres db=$1 shown=$(printf '%s\n' "$1" | sed 's,//[^/@]*@,//,')
        export PGOPTIONS="-c client_min_messages=warning -c timezone=UTC ${2:+-c search_path=$2} ${PGOPTIONS-}"
        ;;
    /*) engine=sqlite db=$1 shown=$1 ;;
    *) engine=sqlite db=./$1 shown=$1 ;; # ./ because the name may begin with a dash or "file:"
    esac
}

# Runs the statements on standard input. Prints what they select, with TABs between the fields and \N for null. A
# database file may come from anyone, and it brings SQL of its own. -safe: no edit(), which runs commands, no files, no
# ATTACH. trusted_schema: the same for all else with side effects, in views and triggers. Neither stops a CHECK that
# calls a function such as edit() or writefile(): SQLite 3.40 asks nobody, so that no CHECK is evaluated here.
# tsv2sqlite does.
run_sql() {
    case $engine in
    sqlite)
        sqlite3 -safe -batch -bail -init /dev/null -cmd 'PRAGMA trusted_schema = off' \
            -cmd 'PRAGMA ignore_check_constraints = on' -cmd '.timeout 5000' -tabs -nullvalue '\N' "$db"
        ;;
    postgres) psql -X -q -A -t -F "$tab" -P null='\N' -v ON_ERROR_STOP=1 -d "$db" -f - ;;
    esac
}

# query WHAT: run_sql, or dies with WHAT and the first thing that the database said.
query() {
    {
        said=$(run_sql 2>&1 >&3) || die "${2-3}" "$shown: $1: $(printf '%s\n' "$said" | sed -n '
            s/^[ps][^ ]*:[^ ]*: //; s/^psql: error: //; s/^Parse error/Error/; s/^Runtime error/Error/
            s/^Error near //; s/^Error: //; s/^line [0-9]*: //; s/^ERROR:  //; /./{ p; q; }')"
    } 3>&1
}

# set_variable NAME TEXT: prints the line that lets the statements after it use TEXT as :NAME.
set_variable() {
    hex=$(printf %s "$2" | od -A n -v -t x1 | tr -d ' \n')
    case $engine in
    sqlite) printf '.parameter set :%s "CAST(x'\''%s'\'' AS TEXT)"\n' "$1" "$hex" ;;
    postgres) printf "\\\\set %s 'convert_from(decode(''%s'', ''hex''), ''UTF8'')'\\n" "$1" "$hex" ;;
    esac
}

# merge FILE TABLE WHAT [SETTINGS]: runs the statements in FILE in one transaction that locks TABLE for writing, or dies
# with WHAT. SETTINGS are lines of set_variable and temporary views. SQLite's cache must hold the indexes of texts.
merge() {
    statements=$(cat "$1" 2> /dev/null) || die 3 "$shown: $3: cannot read $1"
    finish_bar
    {
        case $engine in
        sqlite) printf '%s\n' "${4-}" 'PRAGMA cache_size = -131072;' 'BEGIN IMMEDIATE;' ;;
        postgres) printf '%s\n' "${4-}" 'BEGIN;' "LOCK TABLE $2 IN SHARE ROW EXCLUSIVE MODE;" ;;
        esac
        printf '%s\n' "$statements" 'COMMIT;'
    } | query "$3"
    erase_bar
}

# store TABLE [OPTION...]: the sink: loads standard input into TABLE, all records or none. Standard error is for count_run.
store() {
    table=$1
    shift
    case $engine in
    sqlite) tsv2sqlite -E --stats /dev/stderr "$@" "$db" "$table" ;;
    postgres) tsv2pg -E --database "$db" "$@" "$table" ;;
    esac
}

# stage COMMAND...: runs a program of a pipeline, all but the last. If the system failed it, a line beginning with "!"
# says so on standard error. What it wrote may look like bad data to the next program. 141: the next one ended first.
stage() {
    "$@" || case $? in 1 | 2 | 141) ;; *) printf '\n!%s\n' $? >&2 ;; esac
}

# input FILE COMMAND...: the first stage, which reads FILE. A failure mark if it cannot be opened.
input() {
    input=$1
    shift
    if { :; } 2> /dev/null < "$input"; then
        watch stage "$@" < "$input"
    else
        printf '\\!\t%s\tcannot read the file\n' "$name"
        printf '\n!3\n' >&2
    fi
}

# why STATUS SAID: judges a pipeline of stages whose last program ended with STATUS; SAID is what all of them said.
# STATUS 0 stands for output without an end mark. Sets reason, and code to 1 if the data is bad, 3 if the system
# failed.
why() {
    code=$1
    reason=$(printf '%s\n' "$2" | grep -m 1 '^[a-z0-9]*: ') || :
    [ "$code" -le 2 ] || code=3
    case $code$2 in
    0* | *': input failed: '* | *'the input has no end mark'* | *': no header line'*)
        [ "$code" -ne 0 ] || code=1
        case $newline$2 in *"$newline!"*) code=3 ;; esac
        case $code$reason in 3*': the input has no end mark'* | 3*': no header line'*) reason='' ;; esac
        ;;
    esac
    : "${reason:=${unknown_reason}}"
}

# load FILE RECORDS TABLE [OPTION...]: loads FILE into TABLE once; the command RECORDS turns its contents into records.
# Prints the file $notes, if RECORDS writes one, then the result. After a bad file the script goes on; its exit status
# will be 1. If the system fails, it stops: the order of the files may matter.
load() {
    from=$1 records=$2 into=$3 code=0 run_files=$((run_files + 1))
    shift 3
    next_file "$from" checks
    id=$({ watch sha256sum < "$from"; } 2> /dev/null) || die 3 "$from: not loaded: cannot read the file"
    end_check
    said=$({ input "$from" "$records" | store "$into" --once "${id%% *}" "$@"; } 2>&1) || code=$?
    [ -z "$notes" ] || { erase_bar; cat -- "$notes" >&2 || :; }
    count_run "$said"
    case $said in *' was done before') said='already loaded' ;; esac
    if [ $code -eq 0 ]; then
        say "$from: ${said#tsv2*: "$into": }"
        return
    fi
    why $code "$said"
    reason=${reason#tsv2*: input failed: }
    case $reason in
    tsv2*': line '[0-9]*) # of what the programs before wrote, of which the first line is the header
        reason=${reason#*: line }
        reason="record $((${reason%%:*} - 1)):${reason#*:}"
        ;;
    tsv2*) ;;
    *) reason=${reason#[a-z]*2tsv: } reason=${reason#utc: } ;;
    esac
    complain "$name: $from: not loaded: ${reason#input failed: }"
    [ "$code" -le 2 ] || exit 3
    status=1 # also for 2: the columns do not match the table
}

# require_columns COLUMN...: passes records on if their header has every COLUMN, in upper or lower case. Makes the
# header lower case, unless it has escapes.
require_columns() {
    IFS= read -r header || :
    names=$tab$(printf '%s\n' "$header" | tr '[:upper:]' '[:lower:]')$tab
    for column; do
        case $header in '' | '\!'* | '\.') break ;; esac
        case $names in *"$tab$column$tab"*) continue ;; esac
        header="\\!$tab$name${tab}no column $column; the columns are $(printf '%s\n' "$header" | sed "s/$tab/, /g")"
    done
    case $header in *\\*) ;; *) header=${names#"$tab"} header=${header%"$tab"} ;; esac
    ${header:+printf} ${header:+'%s\n'} ${header:+"$header"}
    case $header in '\!'*) ;; *) cat ;; esac
}

# check_files SUFFIX OPERAND...: each must be a file, or a directory with a file that each_file finds.
check_files() {
    suffix_wanted=$1
    shift
    for operand; do
        [ -f "$operand" ] || [ -d "$operand" ] || die 2 "$operand: not a file or directory"
        [ ! -d "$operand" ] || [ -r "$operand" ] && [ -x "$operand" ] || [ -f "$operand" ] ||
            die 2 "$operand: cannot read the directory"
        [ -n "$(each_file "$suffix_wanted" echo "$operand")" ] ||
            die 2 "$operand: no *.$suffix_wanted, *.$suffix_wanted.gz or *.$suffix_wanted.zst files"
    done
}

# each_file SUFFIX COMMAND OPERAND...: runs COMMAND FILE for each operand that is a file, and for each *.SUFFIX,
# *.SUFFIX.gz and *.SUFFIX.zst, in any case, in each that is a directory.
each_file() {
    command=$2
    case $1 in
    csv) suffix='[cC][sS][vV]' ;;
    jsonl) suffix='[jJ][sS][oO][nN][lL]' ;;
    tsv) suffix='[tT][sS][vV]' ;;
    esac
    shift 2
    for operand; do
        if [ -f "$operand" ]; then
            "$command" "$operand"
            continue
        fi
        for file in "$operand"/*; do
            # shellcheck disable=SC2254 # a pattern is meant
            case $file in
            *.$suffix | *.$suffix.[gG][zZ] | *.$suffix.[zZ][sS][tT])
                # Not a directory or a pipe. A link to nothing is a file that cannot be read.
                if [ -f "$file" ] || [ -L "$file" ] && [ ! -d "$file" ]; then "$command" "$file"; fi
                ;;
            esac
        done
    done
}
