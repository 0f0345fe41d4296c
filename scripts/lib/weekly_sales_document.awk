# Turns weekly sales, sorted by key, into one record per key whose last field is JSON: every week from W1 to W52, or to
# the last week in the calendar of that year, with 0 where nothing was sold. Reads the calendar first.

BEGIN { FS = OFS = "\t" }

function values(title, of,    w, text) {
    for (w = 1; w <= n_weeks; w++)
        text = text (w > 1 ? "," : "") "\"W" w "\":" (w in of ? of[w] : 0)
    return "{\"rowId\":\"" title "\",\"dataRow\":{" text "}}"
}

function finish() {
    if (key != "")
        print key, "[" values("Net Sales", sales) "," values("Sales Units", units) "]"
    split("", sales)
    split("", units)
}

FNR == 1 {
    for (i = 1; i <= NF; i++)
        at[$i] = i
    if (NR > 1)
        print "uniqueKey", "division", "gender", "category", "channel", "year", "dataRows"
    next
}

NR == FNR {
    if ($at["weeknumberofseason"] ~ /^0*[1-9][0-9]?$/ && $at["weeknumberofseason"] + 0 > last[$at["datecalendaryear"]])
        last[$at["datecalendaryear"]] = $at["weeknumberofseason"] + 0
    next
}

/^\\[!.]/ {
    finish()
    key = ""
    print
    next
}

{
    year = "RY" substr($at["datecalendaryear"], 3)
    fields = $at["division"] OFS $at["gender"] OFS $at["category"] OFS $at["channel"] OFS year
    unique = year "_" $at["channel"] "_" $at["division"] "_" $at["gender"] "_" $at["category"]
    if (unique in fields_of && fields_of[unique] != fields) {
        print "\\!", "weekly-sales", "two different keys are called " unique
        key = ""
        exit
    }
    fields_of[unique] = fields
    if (unique OFS fields != key)
        finish()
    key = unique OFS fields
    n_weeks = last[$at["datecalendaryear"]] > 52 ? last[$at["datecalendaryear"]] : 52
    sales[$at["weeknumberofseason"] + 0] = $at["netsales"]
    units[$at["weeknumberofseason"] + 0] = $at["salesunits"]
}
