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

# TEXT with each OLD replaced by NEW.
function replace(text, old, new,    at, done) {
    while (old != "" && (at = index(text, old))) {
        done = done substr(text, 1, at - 1) new
        text = substr(text, at + length(old))
    }
    return done text
}

# What to do about the record that MESSAGE is about, if the type of its column was guessed from the first records.
function hint(message,    column, value) {
    if (!match(message, /^line [0-9]+: column /))
        return ""
    value = substr(message, RLENGTH + 1)
    column = substr(value, 1, index(value, ": ") - 1)
    if (!index(text["GUESSED"], "\t" column "\t"))
        return ""
    value = substr(value, index(value, "\"") + 1)
    sub(/"[^"]*$/, "", value)
    return "; declare -c " column ":" (value ~ /^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$/ ? "num" : "str")
}

function give(status, text) {
    print status, printable(text)
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

/^(TABLE|STAGING|GUESSED): / && !code {
    label = substr($0, 1, index($0, ":") - 1)
    text[label] = substr($0, index($0, ":") + 2)
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

!trouble { trouble = $0; next }

# A name with LF in a failed connection. Hints begin with a TAB.
trouble ~ /^psql: error: / && !/^\t/ { trouble = trouble "\n" $0 }

END {
    if (done != "")
        give(0, done)
    # A CONTEXT has several lines where the error is inside of a value or a trigger.
    from = "\nCOPY " (text["STAGING"] ? text["STAGING"] : text["TABLE"]) ", "
    if (at = index("\n" text["CONTEXT"], from)) {
        rest = substr(text["CONTEXT"], at + length(from) - 1)
        match(rest, /[0-9]+/)
        line = substr(rest, RSTART, RLENGTH) + 1
        where = "line " line ": "
        rest = substr(rest, RSTART + RLENGTH)
        if (rest ~ /^, [^ ,]+ / && match(rest, /: ("|null)/))
            where = where "column " substr(rest, index(substr(rest, 3), " ") + 3, \
                RSTART - index(substr(rest, 3), " ") - 3) ": "
    }
    if (reason != "" && (code ? line >= stop : !trouble))
        give(1, shorten(reason, "^line [0-9]+: column [^\"]*: \"", "\" would change: [^\"]*$") hint(reason))
    sub(/^psql: error: /, "", trouble)
    if (!code)
        give(3, trouble ? trouble : "psql ended unexpectedly")
    text["message"] = replace(text["message"], text["STAGING"], text["TABLE"])
    message = where shorten(text["message"], ": \"", "\"$") (code ~ /^22/ ? hint(where text["message"]) : "")
    if (text["DETAIL"])
        message = message ": " shorten(text["DETAIL"], "\\)=\\(|row contains \\(", "\\)[^)]*$")
    if (code ~ /^(42P01|42703|42701|42702|42P10|42809)$/)
        give(2, message)
    give(code ~ /^(2[123]|44|P0001)/ ? 1 : 3, message)
}
