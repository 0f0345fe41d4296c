# Turns records into input for COPY, with the statements of the files in ENVIRON["sql"] around them. At a bad record it
# prints a line that COPY refuses, so no COMMIT follows, and writes its number and the reason to standard error. With
# END_MARK, the input must have one. With CREATE it holds the first records until their types are known.

BEGIN {
    FS = OFS = "\t"
    sample_records = 10000
    sample_bytes = 8388608
}

function include(file,    line) {
    while ((getline line < (ENVIRON["sql"] "/" file)) > 0)
        print line
}

# Replaces record number LINE.
function stop(line, reason) {
    print line "\t" reason > "/dev/stderr"
    fflush("/dev/stderr")
    if (is_copying)
        print "\\.x"
    is_stopped = 1
    exit 1
}

# TEXT with plain apostrophes: ClickHouse writes \'. COPY reads both, but a name is compared as it is spelled.
function apostrophes(text,    n, i, part, out) {
    n = split(text, part, /\\\\/)
    for (i = 1; i <= n; i++) {
        gsub(/\\\047/, "\047", part[i])
        out = out (i > 1 ? "\\\\" : "") part[i]
    }
    return out
}

# Handles what makes a line unusual: marks, CR, NUL, and backslashes other than those of a field that is null.
function look(rest) {
    if (/^\\!\t/) {
        sub(/^[^\t]*\t[^\t]*\t/, "")
        stop(NR - is_ended, "input failed: " $0)
    }
    if (is_ended)
        stop(NR - is_ended, "line " NR ": data after the end mark")
    sub(/\r$/, "")
    is_ended = $0 == "\\."
    rest = $0
    gsub(/\\[\\tnrbfv\047]/, "xx", rest)
    if (match(rest, /\r/))
        stop(NR - is_ended, "line " NR ": byte " RSTART ": carriage return not before LF: write it as \\r")
    if (match(rest, /\000/))
        stop(NR - is_ended, "line " NR ": byte " RSTART ": NUL byte")
    if (!is_ended && (match(rest, /\\[^N]|\\$|\\N[^\t]/) || match(rest, /[^\t]\\N/) && RSTART++))
        stop(NR - is_ended, "line " NR ": byte " RSTART ": invalid escape")
    if (index($0, "\\\047"))
        $0 = apostrophes($0)
}

# Finds the table, once the header is known and, with CREATE, the types.
function begin_copy() {
    key = expanded(ENVIRON["key"])
    print "\\set header " quoted(header)
    print "\\set key " quoted(key)
    if (create)
        print_create()
    include("tsv2pg_columns.sql")
    fflush()
    read_rules(n_columns)
    is_copying = 1
}

# Prints the record that was line LINE.
function copy(line,    changed) {
    if (last && $0 !~ plain_record && (changed = find_change()))
        stop(line, "line " line ": column " name[changed] ": \"" $changed "\" would change: the type is " type[changed])
    print
}

# Ends the sample.
function release(    i) {
    begin_copy()
    for (i = 1; i <= n_held; i++) {
        $0 = held[i]
        delete held[i]
        copy(i + 1)
    }
}

NR == 1 { sub(/^\357\273\277/, "") }

is_ended || /\\[^N]|\\$|[^\t]\\N|\\N[^\t]|[\r\000]/ { look() }

NR == 1 && !is_ended {
    split($0, name)
    n_columns = NF ? NF : 1
    header = $0
    if (!create)
        begin_copy()
    next
}

$0 == header && !again++ {
    print program ": line " NR ": the record equals the header line; were files concatenated?" | "cat >&5"
    close("cat >&5")
}

!is_ended && is_copying { copy(NR) }

!is_ended && !is_copying {
    look_at_types()
    held[++n_held] = $0
    n_bytes += length($0)
    if (n_held == sample_records || n_bytes >= sample_bytes)
        release()
}

END {
    if (is_stopped)
        exit 1
    if (NR - is_ended < 1)
        stop(1, "no header line")
    if (end_mark && !is_ended)
        stop(NR + 1, "the input has no end mark: it is not complete")
    if (!is_copying)
        release()
    print "\\."
    print "\\set read " NR - 1 - is_ended
    include("tsv2pg_rows.sql")
}
