# Prints the second file with its variables replaced by the settings in the first, or says what is wrong and where. A value
# must be a name that PostgreSQL reads the same way with and without quotes, and does not cut: it cuts at 63 bytes.

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
    if (!at || !is_name(name)) fail("expected NAME=VALUE with a NAME of a-z, 0-9 and _")
    if (name in settings) fail("duplicate setting " name)
    if (!is_name(value)) fail("the value of " name " must be a name of a-z, 0-9 and _")
    if (length(value) > 63) fail("the value of " name " must have at most 63 bytes")
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
            if (!at || !is_name(name)) fail("{{ without a variable; expected {{name}}")
            if (!(name in settings)) fail("{{" name "}} is not set in " ARGV[1])
            text = text settings[name]
        }
        if (index(rest, "}}")) fail("}} without a variable; expected {{name}}")
        text = text rest
    }
    lines[FNR] = text
}
END {
    if (!failed)
        for (i = 1; i <= FNR; i++)
            print lines[i]
}
