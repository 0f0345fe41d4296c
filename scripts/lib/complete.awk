# Prints what may stand at the cursor, for completion in all shells. LEFT and RIGHT in the environment are the command
# line before and after the cursor. The input is the table that scripts/completion/table.awk makes.
# The output: the kind (files: the shell completes a file name; words; parts: more may follow without a blank), what has
# been typed of the word, and the possible words, each with a TAB and a line of help. Quotes are removed everywhere.
BEGIN { FS = "\t" }

FNR == 1 { next }
{
    n_rows++
    program[n_rows] = $1
    letter[n_rows] = $2
    name[n_rows] = $3
    argument[n_rows] = $4
    words[n_rows] = $5
    help[n_rows] = $6
}

# Splits the last command in TEXT, part of a command line, into TOKEN[1..]; with FIRST, the first command. Redirections
# are the tokens "<" and ">". The last token is the word at the end of TEXT, which may be empty.
function tokens(text, token, first,    i, n, c, quoted, is_new) {
    n = 1
    token[1] = quoted = ""
    is_new = 1
    for (i = 1; i <= length(text); i++) {
        c = substr(text, i, 1)
        if (c == "\\" && quoted != "'")
            token[n] = token[n] substr(text, ++i, 1)
        else if (quoted != "" ? c == quoted : c ~ /["']/)
            quoted = quoted == "" ? c : ""
        else if (quoted != "")
            token[n] = token[n] c
        else if (c ~ /[|;&()\n`]/) {
            if (first)
                break
            split("", token)
            token[n = 1] = ""
            is_new = 1
            continue
        } else if (c ~ /[<> \t]/) {
            if (token[n] != "" || !is_new)
                token[++n] = ""
            if (c ~ /[<>]/) {
                token[n] = c
                token[++n] = ""
            }
            is_new = 1
            continue
        } else if (c == "~" && token[n] == "" && substr(text, i + 1, 1) == "/")
            token[n] = ENVIRON["HOME"]
        else
            token[n] = token[n] c
        is_new = 0
    }
    return n
}

# The longest name of a program that WORD ends in: it may have a directory and a prefix.
function find_program(word,    i, found) {
    for (i = 1; i <= n_rows; i++)
        if (length(program[i]) > length(found) && length(word) >= length(program[i]) &&
            substr(word, length(word) - length(program[i]) + 1) == program[i])
            found = program[i]
    return found
}

function find_option(short, long,    i) {
    for (i = 1; i <= n_rows; i++)
        if (program[i] == me && (short != "" ? letter[i] == short : name[i] == long && long != ""))
            return i
    return 0
}

# The option whose argument is in WORD, or is the next word. Sets at: where it begins in WORD, 0 if it is the next word.
function option_of(word,    i, row) {
    at = 0
    if (word ~ /^--/) {
        i = index(word, "=")
        row = find_option("", substr(word, 3, i ? i - 3 : length(word)))
        at = i ? i + 1 : 0
        return argument[row] != "" ? row : 0
    }
    for (i = 2; i <= length(word); i++) {
        row = find_option(substr(word, i, 1), "")
        if (argument[row] == "")
            continue
        at = i < length(word) ? i + 1 : 0
        return row
    }
    return 0
}

# Notes the values of options and the operands in TOKEN[FROM..N]. Returns the option that waits for its argument, -1 for
# a redirection, or 0.
function walk(token, from, n,    i, row) {
    for (i = from; i <= n; i++) {
        row = is_ended ? 0 : option_of(token[i])
        if (token[i] ~ /^[<>]$/) {
            if (++i > n)
                return -1
            if (token[i - 1] == "<")
                input = token[i]
        } else if (token[i] == "--")
            is_ended = 1
        else if (row && !at) {
            if (++i > n)
                return row
            note(row, token[i])
        } else if (row)
            note(row, substr(token[i], at))
        else if (token[i] !~ /^-./ && operand == "" && token[i] != "")
            operand = token[i]
    }
    return 0
}

function note(row, value) {
    if (name[row] == "file" || name[row] == "table" || letter[row] == "f")
        option_file = value
    if (name[row] == "delimiter")
        delimiter = value
}

function quoted(text) {
    gsub(/'/, "'\\''", text)
    return "'" text "'"
}

# The command that prints the columns of FILE, with TABs or line feeds between them.
function header_of(file,    path) {
    path = ARGV[1]
    sub(/[^\/]*$/, "bin", path)
    path = "PATH=" quoted(path) ":$PATH; exec 2> /dev/null < " quoted(file) "; "
    if (me == "jsonl2tsv")
        return path "head -c 262144 | jsonl2tsv --paths -r /dev/null | tail -n +2 | cut -f 1"
    if (me == "csv2tsv")
        return path "csv2tsv " (delimiter != "" ? "-d " quoted(delimiter) : "") " | head -n 1"
    return path "tsvcat | head -n 1"
}

function is_file(file) {
    return file != "" && system("test -f " quoted(file)) == 0
}

# Offers the columns that begin with TYPED, each after STEM. For -K and -a of lookup, they are those of the table.
function offer_columns(stem, typed, row,    file, command, i, n, column) {
    kind = "parts"
    if (name[row] ~ /^(table-key|add)$/ && is_file(option_file))
        file = option_file
    else if (is_file(input))
        file = input
    else if (operands ~ /FILE|OLD/ && is_file(operand))
        file = operand
    else if (is_file(option_file))
        file = option_file
    else
        return
    command = header_of(file)
    while ((command | getline) > 0)
        for (i = 1; i <= NF && $1 !~ /^\\[!.]$/; i++)
            offer(stem, typed, $i, "")
    close(command)
}

function offer_words(stem, typed, list,    i, n, word) {
    n = split(list, word, " ")
    for (i = 1; i <= n; i++)
        offer(stem, typed, word[i], "")
}

function offer(stem, typed, word, about) {
    if (index(word, typed) == 1)
        out = out stem word "\t" about "\n"
}

# Completes an argument that the usage calls WHAT. STEM is the part of the word before it, TEXT what is typed of it.
function offer_argument(stem, text, what, list, row,    from) {
    if (what ~ /CONDITION/) {
        from = what ~ /^NAME=/ ? index(text, "=") : 0
        if (what ~ /^NAME=/ && !from)
            return
        from += match(substr(text, from + 1), /[=<>~]@/) ? RSTART + 1 : 0
        if (substr(text, from + 1) ~ /:/)
            offer_typed(stem, text, ":", "int num bool time str json")
        else
            offer_columns(stem substr(text, 1, from), substr(text, from + 1), row)
    } else if (what ~ /AGG|FUNC/ && text !~ /:/)
        offer_typed(stem, text, "=", list)
    else if (list != "" && what !~ /AGG|FUNC/)
        offer_words(stem, text, list)
    else if (what ~ /COL:TYPE/ && text ~ /:[^,]*$/)
        offer_typed(stem, text, ":", "int num bool time str json")
    else if (what ~ /COL|PATH/) {
        match(text, /^.*[,=!]|^.*:/) || RLENGTH = 0
        if (what ~ /=FORMAT/ && RLENGTH > 0 && substr(text, RLENGTH, 1) == "=")
            return
        offer_columns(stem substr(text, 1, RLENGTH), substr(text, RLENGTH + 1), row)
    } else if (what ~ /FILE|TABLE|DATABASE|DIR|OLD|INPUT|REJECTS|PLAN|PREFIX|TEMPLATE|PAGE|\.csv/)
        kind = "files"
}

# Completes what follows the last MARK in TEXT with the words of LIST.
function offer_typed(stem, text, mark, list,    from) {
    from = length(text)
    while (from && substr(text, from, 1) != mark)
        from--
    kind = "parts"
    offer_words(stem substr(text, 1, from), substr(text, from + 1), list)
}

function offer_options(typed,    i) {
    for (i = 1; i <= n_rows; i++) {
        if (program[i] != me)
            continue
        if (name[i] != "")
            offer("", typed, "--" name[i], help[i])
        else if (letter[i] != "")
            offer("", typed, "-" letter[i], help[i])
    }
}

END {
    n = tokens(ENVIRON["LEFT"], left, 0)
    first = 1
    while (first < n && left[first] ~ /^[A-Za-z_][A-Za-z_0-9]*=/)
        first++
    me = find_program(left[first])
    operands = argument[row = find_operands()]
    kind = "words"
    waiting = walk(left, first + 1, n - 1)
    typed = left[n]
    was_ended = is_ended
    rest = ENVIRON["RIGHT"]
    sub(/^[^ \t|;&()<>]*/, "", rest)
    walk(right, 1, tokens(rest, right, 1))
    option = was_ended || waiting || typed !~ /^-./ ? 0 : option_of(typed)
    if (me == "" || waiting < 0)
        kind = "files"
    else if (waiting)
        offer_argument("", typed, argument[waiting], words[waiting], waiting)
    else if (option && at)
        offer_argument(substr(typed, 1, at - 1), substr(typed, at), argument[option], words[option], option)
    else if (!was_ended && (typed ~ /^-/ || operands == ""))
        offer_options(typed)
    else
        offer_argument("", typed, operands, words[row], row)
    printf "%s\n%s\n%s", kind, typed, out
}

function find_operands(    i) {
    for (i = 1; i <= n_rows; i++)
        if (program[i] == me && letter[i] == "" && name[i] == "")
            return i
    return 0
}
