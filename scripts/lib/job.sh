# What the scripts of the jobs share, for them to source: messages, a database of either kind, files loaded once.
# shellcheck shell=sh disable=SC2034 # the script that sources this uses what it sets
export LC_ALL=C

: "${here:?is where the script is}" "${lib:?is where this file is}"
name=${0##*/}
( : >&2 ) || exec 2> /dev/null # closed, awk would not start
status=0 # of the script; load() sets it
tab=$(printf '\t')

# Programs and SQL of this tree, or of this installation. No directory with a colon in its name can be in PATH.
case $here in *:*) ;; *) PATH=$here:$PATH ;; esac
for sql in "$lib/../sql" "$lib/../../sql"; do [ ! -d "$sql" ] || break; done

# Nobody may be there to read a message; the status tells it all the same.
complain() { printf '%s\n' "$1" >&2 || :; }                     # TEXT
die() { complain "$name: $(printf '%s' "$2" | tr '[:cntrl:]' '?')" && exit "$1"; } # STATUS MESSAGE
die_usage() { die 2 "$1 (try '$name --help')"; }                # MESSAGE

# Prints the comment at the top of the script, and ends it.
help() { sed -n '2,/^set/s/^# \{0,1\}//p' "$0" && exit; }

# open_database DATABASE [SCHEMA]: the one that store and run_sql use: a postgresql:// URL, and there the schema named,
# or a file of SQLite, whatever its name looks like. Messages call it $shown, without a password.
open_database() {
    case $1 in
    postgres://* | postgresql://*)
        engine=postgres db=$1 shown=$(printf '%s\n' "$1" | sed 's,//[^/@]*@,//,')
        export PGOPTIONS="-c client_min_messages=warning -c timezone=UTC ${2:+-c search_path=$2} ${PGOPTIONS-}"
        ;;
    /*) engine=sqlite db=$1 shown=$1 ;;
    *) engine=sqlite db=./$1 shown=$1 ;;
    esac
}

# Runs the statements on standard input. Prints what they select, TABs between the fields, null as \N.
run_sql() {
    case $engine in
    sqlite) sqlite3 -batch -bail -init /dev/null -cmd '.timeout 5000' -tabs -nullvalue '\N' "$db" ;;
    postgres) psql -X -q -A -t -F "$tab" -P null='\N' -v ON_ERROR_STOP=1 -d "$db" -f - ;;
    esac
}

# merge FILE TABLE [VARIABLE VALUE]: runs the statements in FILE in one transaction in which nobody else writes to TABLE.
merge() {
    statements=$(cat "$1") || return
    {
        case $engine in
        sqlite) printf '%s\n' "${3+.parameter set :$3 $4}" 'BEGIN IMMEDIATE;' ;;
        postgres) printf '%s\n' "${3+\\set $3 $4}" 'BEGIN;' "LOCK TABLE $2 IN SHARE ROW EXCLUSIVE MODE;" ;;
        esac
        printf '%s\n' "$statements" 'COMMIT;'
    } | run_sql
}

# store TABLE [OPTION...]: the sink: all of standard input into TABLE, or nothing.
store() {
    table=$1
    shift
    case $engine in
    sqlite) tsv2sqlite -E "$@" "$db" "$table" ;;
    postgres) tsv2pg -E --database "$db" "$@" "$table" ;;
    esac
}

# unpack FILE: its bytes. A file that cannot be read to its end must not look like a short one: it ends in a failure
# mark.
unpack() {
    case $1 in
    *.gz) gzip -dc ;;
    *.zst) zstd -dcq ;;
    *) cat ;;
    esac < "$1" || printf '\n\\!\t%s\tthe file cannot be read to its end\n' "$name"
}

# load FILE RECORDS TABLE [OPTION...]: stores once what the command RECORDS makes of the bytes of FILE, and says what
# became of it. A bad file does not stop the script: its status will be 1.
load() {
    from=$1 records=$2 into=$3 code=0
    shift 3
    id=$(sha256sum < "$from") || {
        complain "$name: $from: nothing of it is loaded, for it cannot be read"
        status=1
        return 0
    }
    said=$(unpack "$from" | "$records" | store "$into" --once "${id%% *}" "$@" 2>&1) || code=$?
    case $said in *' was done before') said='already loaded' ;; esac
    if [ $code -eq 0 ]; then
        printf '%s: %s\n' "$from" "${said#tsv2*: "$into": }" || exit 3
        return
    fi
    complain "$said
$name: $from: nothing of it is loaded"
    [ $code -le 2 ] || exit 3
    status=1 # also for 2: columns that are not the table's
}

# check_files OPERAND...: every one is a file or a directory.
check_files() {
    for operand; do
        [ -f "$operand" ] || [ -d "$operand" ] || die 2 "$operand: neither a file nor a directory"
    done
}

# each_file SUFFIX COMMAND OPERAND...: COMMAND FILE for every operand, and if it is a directory for each *.SUFFIX right
# in it, plain or packed (.gz, .zst).
each_file() {
    suffix=$1 command=$2
    shift 2
    for operand; do
        if [ -f "$operand" ]; then
            "$command" "$operand"
            continue
        fi
        for file in "$operand"/*."$suffix"*; do
            [ ! -d "$file" ] || continue
            case $file in *."$suffix" | *."$suffix".gz | *."$suffix".zst) "$command" "$file" ;; esac
        done
    done
}
