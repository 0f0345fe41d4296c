# Passes on each sale with a complete key and numbers. Writes the others to the file rejects in the directory
# ENVIRON["work"], as in weir(7), and the totals to the file counts. The last N_ADDED columns are those lookup added.

BEGIN {
    FS = OFS = "\t"
    rejects = ENVIRON["work"] "/rejects"
    print "line", "reason", "record" > rejects
}

function need(what, id, columns,    i, n, names) {
    n = split(columns, names, " ")
    for (i = 1; i <= n; i++)
        if (($at[names[i]] == "\\N" || $at[names[i]] == "") && reason == "")
            reason = what " " $at[id] " is unknown or has no " names[i]
}

function need_number(column) {
    if ($at[column] !~ /^-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][-+]?[12]?[0-9])?$/ && reason == "")
        reason = "column " column ": \"" $at[column] "\" is not a number"
}

function need_digits(column, pattern, meaning) {
    if ($at[column] !~ pattern && reason == "")
        reason = "column " column ": \"" $at[column] "\" is not " meaning
}

/^\\[!.]/ { print; next }

NR == 1 {
    for (i = 1; i <= NF; i++)
        at[$i] = i
    print
    next
}

{
    reason = ""
    need("date", "dateid", "datecalendaryear weeknumberofseason")
    need("store", "storeid", "channel")
    need("product", "productid", "division gender category")
    need_digits("datecalendaryear", "^[0-9][0-9][0-9][0-9]$", "a year of four digits")
    need_digits("weeknumberofseason", "^0*[1-9][0-9]?$", "a week from 1 to 99")
    need_number("netsales")
    need_number("salesunits")
    if (reason == "") {
        $at["weeknumberofseason"] += 0
        $at["channel"] = toupper($at["channel"])
        n_good++
        print
        next
    }
    NF -= n_added
    record = $0
    gsub(/\\/, "&&", record)
    gsub(/\t/, "\\t", record)
    print NR, reason, record > rejects
    n_bad++
}

END { print n_good + n_bad " sales, " n_bad + 0 > (ENVIRON["work"] "/counts") }
