# Makes the table of completion from what --help prints, for one program after another: a record for each option, with
# its letter, name, argument, the words that the argument may be, and help; and one for the operands, without letter and
# name. A script names its options in the usage line; a program has a line for each.
BEGIN {
    OFS = "\t"
    print "Program", "Letter", "Name", "Argument", "Words", "Help"
}

function add(letter, name, argument, words, help) {
    gsub(/\\/, "\\\\", help)
    print program, letter, name, argument, words, help
}

# The words at the end of TEXT: "how to measure (default ratio): ratio, z, mad".
function words_of(text) {
    sub(/ to p100/, "", text)
    if (!match(text, /(: |is one of )[a-z0-9]+(, [a-z0-9]+)+(; |\.?$)/))
        return ""
    text = substr(text, RSTART, RLENGTH)
    gsub(/^(: |is one of )|(; |\.)$/, "", text)
    gsub(/, /, " ", text)
    return text
}

# Adds the options and operands of a usage line: "[-k COLS] [--append | --replace] TABLE".
function add_usage(    n, i, token, option, ends, argument, operands) {
    n = split(usage, token, " ")
    for (i = 1; i <= n; i++) {
        ends = token[i] ~ /\]/
        gsub(/^\[+/, token[i] ~ /^\[+-/ || token[i] == "[options]" ? "" : "&", token[i])
        if (token[i] ~ /^-[-a-zA-Z]/) {
            option = token[i]
            gsub(/[].]+$/, "", option)
            argument = ""
            if (!ends && token[i + 1] ~ /^[A-Z]/) {
                argument = token[++i]
                sub(/\]+(\.\.\.)?$/, "", argument)
            }
            if (option ~ /^--/)
                add("", substr(option, 3), argument, "", "")
            else
                add(substr(option, 2), "", argument, "", "")
        } else if (token[i] !~ /^(options\]|\||--\]|[].]+)$/)
            operands = operands (operands == "" ? "" : " ") token[i]
    }
    add("", "", operands, operand_words, "")
}

function finish() {
    if (usage != "")
        add_usage()
    usage = operand_words = ""
}

/^usage: / {
    finish()
    program = $2
    in_usage = 1
    usage = ""
    for (i = 3; i <= NF; i++)
        usage = usage " " $i
    next
}
in_usage && /^  +\[?-/ && $0 !~ /^  (-[A-Za-z], |    )--[a-z-]+/ {
    usage = usage " " $0
    next
}
{ in_usage = 0 }
/is one of / { operand_words = words_of($0) }
/^  (-[A-Za-z], |    )--/ {
    letter = $1 ~ /^-.,$/ ? substr($1, 2, 1) : ""
    line = substr($0, 7)
    name = substr(line, 3)
    sub(/ .*/, "", name)
    line = substr(line, length(name) + 3)
    argument = line ~ /^ [^ ]/ ? substr(line, 2) : ""
    sub(/ .*/, "", argument)
    help = substr(line, length(argument) + 2)
    sub(/^ +/, "", help)
    add(letter, name, argument, argument ~ /^COL/ ? "" : words_of(help), help)
}
END { finish() }
