# Lays out records as a table for the eyes: columns as wide as their widest value in the first 1000 records, or with
# MARKDOWN a table of Markdown. Values are spelled as in the file, but what a terminal could obey is \xHH. MOST: the
# width to which values are cut; 0: never. COLOR: bold header, dim nulls. NO_HEADER: there is none.

BEGIN {
    FS = "\t"
    number = "^-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?$"
    blanks = "                                                                "
}

# VALUE as it is shown.
function shown(value) {
    if (value ~ /[\001-\037\177-\377]/)
        value = printable(value)
    if (markdown)
        return in_markdown(value)
    return most && length(value) > most && text_width(value) > most ? cut(value, most) : value
}

# VALUE so that Markdown takes no byte of it as markup.
function in_markdown(value) {
    if (value == "\\N")
        return ""
    gsub(/[\\|`*<>&~]|\[|\]/, "\\\\&", value)
    if (value ~ /(^|[^A-Za-z0-9])_|_([^A-Za-z0-9]|$)/)
        gsub(/_/, "\\_", value)
    return value
}

# Splits LINE into FIELD; returns the number of fields, at least 1.
function fields(line, field) {
    if (line != "")
        return split(line, field)
    field[1] = ""
    return 1
}

function spaces(n) {
    while (length(blanks) < n)
        blanks = blanks blanks
    return substr(blanks, 1, n)
}

# Notes what LINE has: numbers, and how wide its values are.
function look(line, is_header,    field, n, i, w) {
    n = fields(line, field)
    for (i = 1; i <= n; i++) {
        if (!is_header && field[i] != "\\N" && field[i] !~ number)
            is_text[i] = 1
        if (!is_header && field[i] != "\\N")
            has_values[i] = 1
        if (!markdown && (w = text_width(shown(field[i]))) > width[i])
            width[i] = w
    }
    n_columns = n
}

function is_right(i) {
    return has_values[i] && !is_text[i]
}

function put(line, is_header,    field, n, i, text, pad, out) {
    n = fields(line, field)
    for (i = 1; i <= n; i++) {
        text = shown(field[i])
        if (markdown) {
            out = out "| " text (text == "" ? "" : " ")
            continue
        }
        pad = spaces(width[i] - text_width(text))
        if (color && field[i] == "\\N" && !is_header)
            text = "\033[2m" text "\033[0m"
        out = out (i > 1 ? "  " : "") (is_right(i) ? pad text : text (i < n ? pad : ""))
    }
    print is_header && color ? "\033[1m" out "\033[0m" : out (markdown ? "|" : "")
}

# Prints the header and the records that were held.
function start(    i, rule) {
    is_started = 1
    if (markdown && no_header)
        for (i = 1; i <= n_columns; i++)
            header = header (i > 1 ? FS : "") i
    if (markdown || !no_header)
        put(header, 1)
    for (i = 1; markdown && i <= n_columns; i++)
        rule = rule (is_right(i) ? "| ---: " : "| --- ")
    if (markdown)
        print rule "|"
    for (i = 1; i <= n_held; i++)
        put(held[i])
    n_held = 0
}

/^\\!\t/ { mark = $0; exit }
/^\\\.$/ { next }

NR == 1 && !no_header {
    header = $0
    look(header, 1)
    next
}

is_started { put($0); next }

{
    look($0)
    held[++n_held] = $0
    if (n_held == 1000)
        start()
}

END {
    if (!is_started && n_columns)
        start()
    if (mark)
        print mark
}
