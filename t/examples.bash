# Examples in documents.
#
# An example is a line "$ COMMAND", continued on the next line after a backslash, followed by what it prints, including
# standard error; a line "..." stands for any lines. Examples are in fenced blocks of docs/*.md and in displays
# (.Bd -literal) of manuals. The examples of one document run in order in one directory that has t, sql and scripts.

# Prints the lines of the document FILE that are in blocks of examples, as readers see them: the line number, ">" and
# the line. An empty line separates blocks.
displays() {
    awk -v is_manual="$([[ $1 == *.md ]] || echo 1)" '
        is_manual && /^\.Ed/ || !is_manual && inside && /^```/ { inside = 0; print ""; next }
        is_manual && /^\.Bd -literal/ || !is_manual && /^```/ { inside = 1; print ""; next }
        inside && is_manual { gsub(/\\&/, ""); gsub(/\\-/, "-"); gsub(/\\\(aq/, "\047"); gsub(/\\e/, "\\") }
        inside { print NR ">" $0 }' "$1"
}

# Runs COMMAND and compares its output with WANT. If they differ, prints WHERE.
check_example() { # WHERE COMMAND WANT
    local got
    got=$(sh -c "$2" < /dev/null 2>&1; echo .)
    got=${got%.}
    if [[ $3 == *$'...\n'* ]]; then
        [[ $got == "${3%%$'...\n'*}"*"${3#*$'...\n'}" ]] && return
    else
        [ "$got" = "$3" ] && return
    fi
    printf '%s: %s\n' "$1" "$2"
    diff -u --label shown --label printed <(printf %s "$3") <(printf %s "$got")
    return 1
}

# Runs all examples of the document FILE, at least one.
check_examples() {
    local line text at='' command='' want='' n=0
    while IFS= read -r line; do
        text=${line#*>}
        if [[ -n $at && -z $want && $command == *\\ ]]; then
            command+=$'\n'$text
            continue
        elif [[ -n $at && ( -z $line || $text == '$ '* ) ]]; then
            check_example "${1#"$ROOT"/}:$at" "$command" "$want"
            n=$((n + 1)) at='' want=''
        elif [[ -n $at ]]; then
            want+=$text$'\n'
        fi
        if [[ $text == '$ '* ]]; then
            command=${text#'$ '} at=${line%%>*}
        fi
    done < <(displays "$1"; echo)
    [ $n -gt 0 ] || { echo "${1#"$ROOT"/}: no example"; return 1; }
}
