# Finds values that COPY would change without a word: 1.005 in a numeric(6,2), an offset in a timestamp. psql writes a
# rule for each such column to the file in ENVIRON["rules"]: number, word, argument, whether it is an array or range, type.

function repeat(text, n,    all) {
    while (n-- > 0)
        all = all text
    return all
}

# The regular expression of values that surely fit rule I.
function plain(i,    word, value) {
    word = rule[i]
    if (word == "")
        return "[^\t]*"
    if (word == "length")
        return "([^\t]*[^\t ])?"
    if (is_list[i] || word ~ /^(timetz|interval)$/ || argument[i] ~ /^-/)
        return "\\\\N"
    if (word == "number")
        value = "-?(0|[1-9][0-9]*)(\\." (argument[i] == "" ? "[0-9]*" : repeat("[0-9]?", argument[i])) ")?"
    else if (word ~ /^(single|double)$/) # 6 or 15 digits
        value = "-?(0|[1-9]" repeat("[0-9]?", word == "single" ? 2 : 6) ")(\\." \
            repeat("[0-9]?", word == "single" ? 3 : 8) ")?"
    else {
        value = "[0-9][0-9]:[0-9][0-9](:[0-9][0-9](\\." repeat("[0-9]?", argument[i] == "" ? 6 : argument[i]) ")?)?"
        if (word != "time")
            value = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]" (word == "date" ? "" : "([T ]" value ")?")
        value = value (word == "timestamptz" ? "(Z|[-+][0-9][0-9](:?[0-9][0-9])?)?" : word == "timestamp" ? "Z?" : "")
    }
    return "(" value "|\\\\N)"
}

# Reads the rules of N columns and sets plain_record: a record that matches it needs no second look.
function read_rules(n,    line, part, i) {
    while (("sed '/^[.]$/q' < \"$rules\"" | getline line) > 0 && line != ".") { # awk would wait for a whole buffer
        split(line, part, "\t")
        last = i = part[1] + 0
        rule[i] = part[2]
        argument[i] = part[3]
        is_list[i] = part[4] + 0
        type[i] = part[5]
    }
    for (i = 1; i <= n; i++)
        plain_record = plain_record (i > 1 ? "\t" : "^") plain(i)
    plain_record = plain_record "$"
}

# The digits of NUMBER that count.
function digits(number) {
    gsub(/[eE].*|[-.]/, "", number)
    gsub(/^0+|0+$/, "", number)
    return number
}

# How many decimal places NUMBER needs; below 0 if it ends in zeros.
function places(number,    exponent, point) {
    if (digits(number) == "")
        return -100000
    if (match(number, /[eE]/)) {
        exponent = substr(number, RSTART + 1)
        number = substr(number, 1, RSTART - 1)
    }
    if (point = index(number, "."))
        sub(/\.?0*$/, "", number)
    if (length(number) >= point && point)
        return length(number) - point - exponent
    match(number, /0*$/)
    return -RLENGTH - exponent
}

# The IEEE 754 single next to X.
function single(x,    sign, e, unit, n) {
    sign = x < 0 ? -1 : 1
    x *= sign
    for (e = int(log(x) / log(2)) + 2; 2 ^ e > x; e--);
    unit = 2 ^ ((e < -126 ? -126 : e) - 23)
    n = int(x / unit)
    if (x / unit - n > 0.5 || x / unit - n == 0.5 && n % 2)
        n++
    return sign * n * unit
}

function changes_number(word, kept, value,    shown) {
    gsub(/\\[tnrfv]/, " ", value)
    if (value !~ /^ *[-+]?([0-9]+\.?|[0-9]*\.[0-9]+)([eE][-+]?[0-9]+)? *$/)
        return 0 # the server refuses it, or it is a word such as NaN
    if (value !~ /^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$/)
        return 1
    if (word == "number")
        return kept != "" && places(value) > kept + 0
    shown = digits(value)
    if (shown == "" || length(shown) > 767) # no double has as many
        return shown != ""
    value += 0
    return digits(sprintf("%." length(shown) - 1 "e", word == "single" ? single(value) : value)) != shown
}

# Whether TEXT has an offset or a zone after its time or date, other than UTC.
function has_offset(text) {
    if (!match(text, /[0-9]:[0-9][0-9](:[0-9.]+)?|T[0-9][0-9][0-9][0-9][0-9.]*/) &&
        !match(text, /^[0-9]+-[0-9]+-[0-9]+/))
        return 0
    text = tolower(substr(text, RSTART + RLENGTH))
    gsub(/am|pm|bc|ad|utc|gmt|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*/, "", text)
    sub(/^ *(z|[-+]00(:?00)*) *$/, "", text)
    return text ~ /^ *[-+][0-9]|[a-z]/
}

# The fraction of the seconds of TEXT, without zeros at the end. Sets point to the place of the point.
function fraction(text) {
    if (!match(text, /(:[0-9][0-9]|[T ][0-9][0-9][0-9][0-9][0-9][0-9])\.[0-9]+/))
        return ""
    text = substr(text, RSTART, RLENGTH)
    point = RSTART + index(text, ".") - 1
    gsub(/^.*\.|0+$/, "", text)
    return text
}

function changes_time(word, kept, value) {
    if (tolower(value) ~ /now|today|tomorrow|yesterday/)
        return 1
    if (word == "date" && value ~ /[1-9][0-9]?:|:[0-9.]*[1-9]|T[0-9.]*[1-9]/)
        return 1
    if (word ~ /^time(tz)?$/ && value ~ /[0-9][-\/][0-9].*[T ]/)
        return 1
    if (word ~ /^(date|time|timestamp)$/ && has_offset(value))
        return 1
    return length(fraction(value)) > kept
}

# Whether a column of type WORD that keeps KEPT decimal places, seconds or characters would change VALUE.
function changes(word, kept, value,    n) {
    if (word ~ /^(number|single|double)$/)
        return changes_number(word, kept, value)
    if (word != "length")
        return changes_time(word, kept == "" ? 6 : kept, value)
    gsub(/\\./, "x", value)
    gsub(/[\200-\277]/, "", value)
    n = length(value)
    sub(/ +$/, "", value)
    return n > kept + 0 && length(value) <= kept + 0
}

# The first column whose value would change; 0 if there is none. Times keep microseconds: what is finer is cut off, as
# by all programs.
function find_change(    i, j, n, part, tail) {
    for (i = 1; i <= last && i <= NF; i++) {
        if (rule[i] == "" || $i == "\\N")
            continue
        if (rule[i] ~ /^time/ && argument[i] == "" && length(fraction($i)) > 6) {
            tail = substr($i, point + 7)
            sub(/^[0-9]+/, "", tail)
            $i = substr($i, 1, point + 6) tail
        }
        part[1] = $i
        n = is_list[i] ? split($i, part, /[][{}(),"]+/) : 1
        for (j = 1; j <= n; j++)
            if (changes(rule[i], argument[i], part[j]))
                return i
    }
    return 0
}
