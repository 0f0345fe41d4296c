# Prints the exit status of tsv2pg and one line about the result. Reads three files: the summary, which psql printed only
# after the COMMIT; errors in the records, from tsv2pg_records.awk; and standard error of psql, whose first error counts.

# TEXT with at most 60 bytes of the data between BEFORE and AFTER.
function shorten(text, before, after,    from, to) {
    if (!match(text, before))
        return text
    from = RSTART + RLENGTH
    to = match(substr(text, from), after) ? from + RSTART - 1 : length(text) + 1
    if (to - from <= 60)
        return text
    for (from += 60; substr(text, from, 1) ~ /[\200-\277]/; from--);
    return substr(text, 1, from - 1) "..." substr(text, to)
}

function give(status, text,    i) {
    for (i = 1; i < 32; i++)
        gsub(sprintf("%c", i), sprintf("\\x%02X", i), text)
    gsub(/\177/, "\\x7F", text)
    print status, text
    exit
}

FILENAME == ARGV[1] { done = done (done == "" ? "" : "\n") $0; next }

FILENAME == ARGV[2] {
    if (reason == "") {
        stop = $1
        reason = substr($0, index($0, "\t") + 1)
    }
    next
}

/^(WARNING|NOTICE|INFO): / { label = "other"; next }

/^[^ ]+: +[0-9A-Z][0-9A-Z][0-9A-Z][0-9A-Z][0-9A-Z]: / {
    label = code ? "other" : "message"
    match($0, /: +/)
    if (!code)
        code = substr($0, RSTART + RLENGTH, 5)
    text[label] = substr($0, RSTART + RLENGTH + 7)
    next
}

/^(DETAIL|HINT|CONTEXT|QUERY|SCHEMA NAME|TABLE NAME|COLUMN NAME|DATATYPE NAME|CONSTRAINT NAME|LOCATION): / {
    label = (label == "other" ? "" : substr($0, 1, index($0, ":") - 1))
    text[label] = substr($0, index($0, ":") + 3)
    next
}

label { text[label] = text[label] "\n" $0; next }

!trouble { trouble = $0 }

END {
    if (done != "")
        give(0, done)
    if (text["CONTEXT"] ~ /^COPY / && match(text["CONTEXT"], /, [^ ,]+ [0-9]+/)) {
        where = substr(text["CONTEXT"], RSTART + 2, RLENGTH - 2)
        rest = substr(text["CONTEXT"], RSTART + RLENGTH)
        line = substr(where, index(where, " ") + 1) + 1
        where = "line " line ": "
        if (rest ~ /^, [^ ,]+ / && match(rest, /: ("|null)/))
            where = where "column " substr(rest, index(substr(rest, 3), " ") + 3, \
                RSTART - index(substr(rest, 3), " ") - 3) ": "
    }
    if (reason != "" && (code ? line >= stop : !trouble))
        give(1, reason)
    sub(/^psql: error: /, "", trouble)
    if (!code)
        give(3, trouble ? trouble : "psql ended unexpectedly")
    message = where shorten(text["message"], ": \"", "\"$")
    if (text["DETAIL"])
        message = message ": " shorten(text["DETAIL"], "\\)=\\(|row contains \\(", "\\)[^)]*$")
    if (code ~ /^(42P01|42703|42701|42P10|42809)$/)
        give(2, message)
    give(code ~ /^(2[123]|44|P0001)/ ? 1 : 3, message)
}
