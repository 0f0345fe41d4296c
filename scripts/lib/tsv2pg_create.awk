# The table that --create makes: guesses types from the first records, as tsv2sqlite does. ENVIRON["types"] declares
# others, KEY lists the columns of the primary key.

BEGIN {
    number = "^-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]?[0-9]?[0-9])?$"
    split("int bigint num numeric bool boolean time timestamptz str text json json", word)
}

# Whether VALUE fits into a bigint, which keeps its spelling.
function is_bigint(value,    most) {
    if (value !~ /^(0|-?[1-9][0-9]*)$/)
        return 0
    most = "922337203685477580" (sub(/^-/, "", value) ? 8 : 7)
    return length(value) < 19 || length(value) == 19 && value "" <= most ""
}

# Notes what the record has.
function look_at_types(    i) {
    for (i = 1; i <= n_columns; i++) {
        if ($i == "\\N" || is_text[i])
            continue
        has_values[i] = 1
        if ($i !~ number)
            is_text[i] = 1
        else if (!is_fractional[i] && !is_bigint($i))
            is_fractional[i] = 1
    }
}

# TEXT as a string of psql.
function quoted(text) {
    gsub(/\\/, "&&", text)
    gsub(/\047/, "&&", text)
    return "\047" text "\047"
}

# Ends the load with a usage error.
function refuse(text) {
    print "\\set problem " quoted("42703: " text)
    print "\\warn ERROR: :problem"
    print "\\q"
    fflush()
    is_stopped = 1
    exit 1
}

# Sets declared[i] for the columns that ENVIRON["types"] gives a type. The items of one type are a list.
function declare_types(    n, item, i, j, list, type, column, named, lists, has) {
    n = split(ENVIRON["types"], item, ",")
    for (i = 1; i <= n; i++) {
        type = item[i]
        sub(/.*:/, "", type)
        sub(/:[^:]*$/, "", item[i])
        named[find_column(item[i])] = 1
        lists[type] = lists[type] (has[type]++ ? "," : "") item[i]
    }
    for (j = 1; j in word; j += 2) {
        n = has[word[j]] ? split(expanded(lists[word[j]], named), item, ",") : 0
        for (i = 1; i <= n; i++) {
            column = find_column(item[i])
            list = header
            gsub(/\t/, ", ", list)
            if (!column)
                refuse("--types: unknown column " item[i] "; the columns are " list)
            if (declared[column])
                refuse("--types: duplicate column " name[column])
            declared[column] = word[j + 1]
        }
    }
}

# FIELD, the name of a column, as an identifier.
function identifier(field,    out) {
    while (match(field, /\\./)) {
        out = out substr(field, 1, RSTART - 1) unescaped(substr(field, RSTART + 1, 1))
        field = substr(field, RSTART + 2)
    }
    field = out field
    gsub(/"/, "&&", field)
    return "\"" field "\""
}

function unescaped(letter) {
    return index("tnrbfv", letter) ? substr("\t\n\r\b\f\v", index("tnrbfv", letter), 1) : letter
}

# Prints the statements that make the table, unless its columns have no proper names: that is an error later.
function print_create(    i, n, item, column, keys, is_key, guessed, type, lines) {
    declare_types()
    n = split(key, item, ",")
    for (i = 1; i <= n; i++)
        if ((column = find_column(item[i])) && !is_key[column]++)
            keys = keys (keys == "" ? "" : ", ") identifier(name[column])
    for (i = 1; i <= n_columns; i++) {
        if (name[i] == "" || name[i] == "\\N" || is_known[name[i]]++)
            return
        if (!declared[i])
            guessed = guessed "\t" name[i]
        type = !has_values[i] || is_text[i] ? "text" : is_fractional[i] ? "numeric" : "bigint"
        lines = lines (i > 1 ? ",\n    " : "    ") identifier(name[i]) " " (declared[i] ? declared[i] : type) \
            (is_key[i] ? " NOT NULL" : "")
    }
    print "\\if :is_new"
    # Two at once make one table.
    print "SELECT pg_advisory_xact_lock(hashtext(\047weir create \047 || :\047target\047));"
    print "CREATE TABLE IF NOT EXISTS :target (\n" lines (keys == "" ? "" : ",\n    PRIMARY KEY (" keys ")") "\n);"
    print "SELECT :\047target\047::regclass::oid AS table_id \\gset"
    print "\\set guessed " quoted(guessed "\t")
    print "\\warn GUESSED: :guessed"
    print "\\endif"
}
