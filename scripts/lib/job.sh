# What the jobs share: messages, options, a database of either kind, files that are loaded once. The script that sources
# this sets $here to its own directory and $lib to the directory of this file.
# shellcheck shell=sh disable=SC2034 # the script uses what is set here
export LC_ALL=C

: "${here:?}" "${lib:?}"
name=${0##*/}
( : >&2 ) || exec 2> /dev/null # awk does not start with standard error closed
status=0 # exit status of the script; load() sets it
tab=$(printf '\t')

# PATH cannot hold a directory with a colon in its name.
case $here in *:*) ;; *) PATH=$here:$PATH ;; esac
for sql in "$lib/../sql" "$lib/../../sql"; do [ ! -d "$sql" ] || break; done

# Standard error may be closed or full; the exit status still counts.
complain() { printf '%s\n' "$1" >&2 || :; } # TEXT
die() { complain "$name: $(printf '%s' "$2" | tr '[:cntrl:]' '?')" && exit "$1"; } # STATUS MESSAGE
die_usage() { die 2 "$1 (try '$name --help')"; } # MESSAGE

# Prints the comment at the top of the script and ends.
help() { sed -n '2,/^set/s/^# \{0,1\}//p' "$0" && exit; }

# For a script whose only option is --help: handles the first ARGUMENT. True if it is the "--" before the operands.
no_options() { # [ARGUMENT...]
    case ${1-} in
    --help) help ;;
    --) return 0 ;;
    -*) die_usage "unknown option $1" ;;
    esac
    return 1
}

requires_argument() { [ $# -gt 1 ] || die_usage "option $1 requires an argument"; } # OPTION [ARGUMENT...]

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

# Runs the statements on standard input. Prints what they select, with TABs between the fields and \N for null. A database
# file may come from anyone, and it brings SQL of its own. -safe: no edit(), which runs commands, no files, no ATTACH.
# trusted_schema: the same for all else with side effects, in views and triggers. Neither stops a CHECK that calls a
# function such as edit() or writefile(): SQLite 3.40 asks nobody, so that no CHECK is evaluated here. tsv2sqlite does.
run_sql() {
    case $engine in
    sqlite)
        sqlite3 -safe -batch -bail -init /dev/null -cmd 'PRAGMA trusted_schema = off' \
            -cmd 'PRAGMA ignore_check_constraints = on' -cmd '.timeout 5000' -tabs -nullvalue '\N' "$db"
        ;;
    postgres) psql -X -q -A -t -F "$tab" -P null='\N' -v ON_ERROR_STOP=1 -d "$db" -f - ;;
    esac
}

# merge FILE TABLE [VARIABLE VALUE]: runs the statements in FILE in one transaction that locks TABLE for writing.
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

# store TABLE [OPTION...]: the sink: loads standard input into TABLE, all records or none.
store() {
    table=$1
    shift
    case $engine in
    sqlite) tsv2sqlite -E "$@" "$db" "$table" ;;
    postgres) tsv2pg -E --database "$db" "$@" "$table" ;;
    esac
}

# unpack FILE: prints its contents. A failure mark follows if the file is cut off or damaged.
unpack() {
    case $1 in
    *.gz) gzip -dc ;;
    *.zst) zstd -dcq ;;
    *) cat ;;
    esac < "$1" || printf '\n\\!\t%s\tcannot read the whole file\n' "$name"
}

# load FILE RECORDS TABLE [OPTION...]: loads FILE into TABLE once; the command RECORDS turns its contents into records.
# Prints the result. After a bad file the script goes on; its exit status will be 1.
load() {
    from=$1 records=$2 into=$3 code=0
    shift 3
    id=$(sha256sum < "$from") || {
        complain "$name: $from: not loaded: cannot read the file"
        status=1
        return 0
    }
    said=$(unpack "$from" | "$records" | store "$into" --once "${id%% *}" "$@" 2>&1) || code=$?
    case $said in *' was done before') said='already loaded' ;; esac
    if [ $code -eq 0 ]; then
        printf '%s: %s\n' "$from" "${said#tsv2*: "$into": }" || exit 3
        return
    fi
    complain "$name: $from: not loaded${said:+: ${said#tsv2*: input failed: }}"
    [ $code -le 2 ] || exit 3
    status=1 # also for 2: the columns do not match the table
}

# check_files OPERAND...: each must be a file or a directory.
check_files() {
    for operand; do
        [ -f "$operand" ] || [ -d "$operand" ] || die 2 "$operand: not a file or directory"
    done
}

# each_file SUFFIX COMMAND OPERAND...: runs COMMAND FILE for each operand that is a file, and for each *.SUFFIX,
# *.SUFFIX.gz and *.SUFFIX.zst in each that is a directory.
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
