# Prints fold_table.h from Unicode's CaseFolding.txt, which Debian has in the package unicode-data:
#
#     awk -f common/base/fold_table.awk /usr/share/unicode/CaseFolding.txt > common/base/fold_table.h

function number(hex,    i, n) {
    for (i = 1; i <= length(hex); i++)
        n = n * 16 + index("0123456789ABCDEF", substr(hex, i, 1)) - 1
    return n
}

function end_range() {
    if (!n)
        return
    text = sprintf("{0x%x,0x%x,%d,%d},", first, last, step ? step : 1, delta)
    if (length(line text) > 120) {
        print line
        line = "   "
    }
    line = line " " text
}

BEGIN {
    FS = "; *"
    line = "   "
}

NR == 1 {
    version = $0
    gsub(/^# CaseFolding-|\.txt.*/, "", version)
    print "/* SPDX-License-Identifier: MIT */"
    print "/* fold_table: simple case folding of Unicode " version ", except ASCII. Made by fold_table.awk. */"
    print "static const struct fold_range ranges[] = {"
}

$2 ~ /^[CS]$/ && number($1) >= 128 {
    code = number($1)
    if (!n || number($3) - code != delta || code - last > 2 || step && code - last != step) {
        end_range()
        first = code
        step = 0
        delta = number($3) - code
    } else
        step = code - last
    last = code
    n++
}

END {
    end_range()
    print line
    print "};"
}
