# Prints the second file with the settings in the first in the place of its variables, or says what is wrong and where.
# The values are names that PostgreSQL takes for the same name with and without quotes, and whole: it cuts at 63 bytes.

function fail(reason) {
    gsub(/[^ -~]/, "?", reason)
    printf "render-sql: %s: line %d: %s\n", FILENAME, FNR, reason > "/dev/stderr"
    failed = 1
    exit 1
}
function is_name(text) { return text ~ /^[a-z_][a-z0-9_]*$/ }
FILENAME == ARGV[1] && /^[ \t]*(#.*)?$/ { next }
FILENAME == ARGV[1] {
    at = index($0, "=")
    name = substr($0, 1, at - 1)
    value = substr($0, at + 1)
    if (!at || !is_name(name)) fail("not NAME=VALUE, or the name not of a to z, 0 to 9 and _")
    if (name in settings) fail(name " is set twice")
    if (!is_name(value)) fail("the value of " name " is not a name of a to z, 0 to 9 and _")
    if (length(value) > 63) fail("the value of " name " is longer than 63 bytes")
    settings[name] = value
    next
}
{
    n = split($0, parts, /[{][{]/)
    text = ""
    for (i = 1; i <= n; i++) {
        rest = parts[i]
        if (i > 1) {
            at = index(rest, "}}")
            name = substr(rest, 1, at - 1)
            rest = substr(rest, at + 2)
            if (!at || !is_name(name)) fail("{{ begins no variable as {{name}}")
            if (!(name in settings)) fail("{{" name "}} is not set in " ARGV[1])
            text = text settings[name]
        }
        if (index(rest, "}}")) fail("}} ends no variable as {{name}}")
        text = text rest
    }
    lines[FNR] = text
}
END {
    if (!failed)
        for (i = 1; i <= FNR; i++)
            print lines[i]
}
