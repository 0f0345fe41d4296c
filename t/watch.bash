# For tests of what a person sees on a terminal: t/lib/watch.py is the person.
export TERM=xterm

# watch [-c COLUMNS] [-e EVENTS] COMMAND: runs the shell command on a terminal. Sets bars to the texts of the bars.
watch() {
    local columns=80 events=''
    while getopts c:e: option; do
        case $option in
            c) columns=$OPTARG ;;
            *) events=$OPTARG ;;
        esac
    done
    shift $((OPTIND - 1))
    OPTIND=1
    try python3 "$ROOT/t/lib/watch.py" "$columns" "$events" bash -o pipefail -c "$1"
    bars=$(cut -f 3 bars)
    cat err out bars
}

# is_bar PATTERN: there are bars, and all match the extended regular expression.
is_bar() {
    [ -n "$bars" ]
    ! grep -v -E -x "$1" <<< "$bars"
}
