# Lists of columns as in weir(7), for the columns name[1] to name[n_columns].

# The column that ITEM names, by number or name; 0: there is none.
function find_column(item,    i) {
    if (item ~ /^[1-9][0-9]*$/ && item + 0 <= n_columns)
        return item + 0
    for (i = 1; i <= n_columns; i++)
        if (name[i] == item)
            return i
    for (i = 1; i <= n_columns && tolower(name[i]) != tolower(item); i++);
    return i <= n_columns ? i : 0
}

# Sets matched[i] for the columns of ITEM, a range or a pattern, and returns how many there are.
function expand(item, matched,    i, part, n) {
    split("", matched)
    if (item ~ /^[0-9]+-[0-9]+$/) {
        split(item, part, "-")
        for (i = part[1] + 0; i >= 1 && i <= part[2] + 0 && part[2] + 0 <= n_columns; i++)
            n += matched[i] = 1
    } else if (item ~ /\*/) {
        gsub(/[][\\.^$|()+?{}]/, "\\\\&", item)
        gsub(/\*/, ".*", item)
        for (i = 1; i <= n_columns; i++)
            n += matched[i] = name[i] ~ ("^" item "$")
    }
    return n + 0
}

# LIST with numbers in place of its expansions: ranges, patterns and all but, which do not select the columns in TAKEN.
# If an item selects no column, or none is left, returns LIST as it is.
function expanded(list, taken,    n, item, i, j, n_excluded, is_all, column, matched, excluded, seen, out) {
    n = split(list, item, ",")
    for (i = 1; i <= n; i++) {
        if (item[i] !~ /^!/ || find_column(item[i]))
            continue
        column = find_column(substr(item[i], 2))
        if (!column && !expand(substr(item[i], 2), matched))
            return list
        for (j = 1; j <= n_columns; j++)
            if (column ? j == column : matched[j])
                excluded[j] = 1
        delete item[i]
        n_excluded++
    }
    is_all = n && n == n_excluded
    if (is_all)
        item[n = 1] = "*"
    for (i = 1; i <= n; i++) {
        if (!(i in item))
            continue
        column = is_all ? 0 : find_column(item[i])
        if (!column && !expand(item[i], matched))
            return list
        for (j = 1; j <= n_columns; j++) {
            if (excluded[j] || (column ? j != column : !matched[j] || taken[j] || seen[j]))
                continue
            seen[j] = 1
            out = out (out == "" ? "" : ",") (column && item[i] != "" ? item[i] : j)
        }
    }
    return out == "" ? list : out
}
