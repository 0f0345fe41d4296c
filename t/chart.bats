# chart: pictures of records, as characters and as SVG. t/lib/svg_facts.py reads the SVG as XML, measures the values
# along the axis, and fails if the picture is not accessible or refers to something outside.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    unset NO_COLOR
}

# shows LINE...: what svg_facts.py says about the SVG of the last try, without labels along the axis.
shows() {
    [ "$status" -eq 0 ] && [ ! -s err ] || { cat err && return 1; }
    python3 "$ROOT/t/lib/svg_facts.py" < out | grep -v -e '^wide' -e '^narrow' -e '^d ' > facts
    printf '%s\n' "$@" | diff -u --label expected --label drawn - facts
}

# drawn LINE...: checks the lines of the last try, with the blanks they have.
drawn() {
    [ "$status" -eq 0 ] && [ ! -s err ] || { cat err && return 1; }
    printf '%s\n' "$@" | diff -u --label expected --label drawn - out
}

# refuses MESSAGE: checks that the last try was a usage error, which leaves a mark: an empty picture would look complete.
refuses() {
    [ "$status" -eq 2 ]
    [ "$(cat err)" = "chart: $1 (try 'chart --help')" ]
    [ "$(cat out)" = "\\!	chart	$1 (try 'chart --help')" ]
}

@test "text: a line for each record, with the value as it is spelled; null is a gap" {
    given 'Week n' 'a 4' 'b \N' 'c 0' 'd 1e1' 'long\sname 2.50'
    try chart --text --width 32
    drawn 'n by Week' 'a         ██████▊ 4' 'b' 'c          0' 'd         █████████████████ 1e1' \
        'long name ████▎ 2.50'
}

@test "text: negative values go to the left of 0" {
    given 'k v' 'a 4' 'b -2' 'c -0.01' 'd 0' 'e \N'
    try chart --text --width 25
    drawn 'v by k' 'a      │██████████ 4' 'b █████│ -2' 'c     ▐│ -0.01' 'd      │ 0' 'e      │'
    given 'k v' 'a -4' 'b -1'
    try chart --text --width 20
    drawn 'v by k' 'a ██████████████│ -4' 'b           ▐███│ -1'
}

@test "text: marked and hatched records are different without colors too" {
    given 'k v Outlier part' 'a 4 0 0' 'b 8 1 0' 'c 3 1 1' 'd \N 1 0' 'e 2 \N x'
    try chart -v v --mark Outlier --hatch part --text --width 20
    drawn 'v by k  ▲ Outlier  ▒ part' 'a ███████ 4' 'b ██████████████ 8 ▲' 'c ▒▒▒▒▒▒ 3 ▲' 'd  ▲' 'e ███▌ 2'
}

@test "the value is the last column that is nothing else, labels are those before it" {
    given 'g a b v m h' 'x 1 2 5 0 0'
    try chart -g g --mark m --hatch h --text --width 20
    drawn 'v by b  ▲ m  ▒ h' '1-2 ██████████████ 5'
    try chart -v b -x v,g --text --width 20
    drawn 'b by g' '5-x ██████████████ 2'
    try chart -x '!v,!m,!h' -v v --text --width 30
    drawn 'v by b' 'x-1-2 ██████████████████████ 5'
    given 'v' '3' '6'
    try chart --text --width 20
    drawn 'v' '1 ████████ 3' '2 ████████████████ 6'
    try chart --mark v --text
    refuses 'no column of values is left; the others are groups, marks and hatches'
    try chart -N --text --width 20 --title 'A line' -x 1 -v 1
    gives 1 'chart: line 1: column 1: "v" is not a number' \
        '\! chart line\s1:\scolumn\s1:\s"v"\sis\snot\sa\snumber'
    given '3 x'
    try chart -N -v 1 --text --width 20
    drawn '1' '1 ████████████████ 3'
}

@test "dates, months, quarters, years, hours and minutes leave gaps; other labels do not" {
    labels() { # LABEL...: what the labels of the picture are
        { echo 'k v' && for label in "$@"; do echo "$label 1"; done; } | tr ' ' '\t' > in
        try chart --text
        sed '1d; s/ .*//' out | paste -s -d ' '
    }
    [ "$(labels 2024-02-28 2024-03-01)" = '2024-02-28 2024-02-29 2024-03-01' ]
    [ "$(labels 2024-02-26 2024-03-11)" = '2024-02-26 2024-03-04 2024-03-11' ]
    [ "$(labels 2023-12 2024-02)" = '2023-12 2024-01 2024-02' ]
    [ "$(labels 2023-Q4 2024-Q2)" = '2023-Q4 2024-Q1 2024-Q2' ]
    [ "$(labels 0999 1001)" = '0999 1000 1001' ]
    [ "$(labels 2024-02-28T22 2024-02-29T01 2024-02-29T03)" = \
        '2024-02-28T22 2024-02-28T23 2024-02-29T00 2024-02-29T01 2024-02-29T02 2024-02-29T03' ]
    [ "$(labels 2024-02-28T18 2024-02-29T00 2024-02-29T12)" = \
        '2024-02-28T18 2024-02-29T00 2024-02-29T06 2024-02-29T12' ]
    [ "$(labels 2024-02-28T18:45 2024-02-28T19:15 2024-02-28T19:30)" = \
        '2024-02-28T18:45 2024-02-28T19:00 2024-02-28T19:15 2024-02-28T19:30' ]
    [ "$(labels 2024-02 2023-12)" = '2023-12 2024-01 2024-02' ] # by time
    [ "$(labels 2023-12)" = '2023-12' ]
    [ "$(labels 2024-01 2024-03 2024-01)" = '2024-01 2024-03 2024-01' ] # not along the calendar
    [ "$(labels 2024-01 2024-03 x)" = '2024-01 2024-03 x' ]
    [ "$(labels 2024-01 2024-13)" = '2024-01 2024-13' ]
    [ "$(labels 2024-Q1 2024-Q5)" = '2024-Q1 2024-Q5' ]
    [ "$(labels 2023-02-27 2023-02-29)" = '2023-02-27 2023-02-29' ]
    [ "$(labels 2024-01 2024-Q3)" = '2024-01 2024-Q3' ]
    [ "$(labels 0000 0002)" = '0000 0002' ]
}

@test "svg: bars are as high as their values, gaps and nulls have none" {
    given 'Month n' '2024-01 4' '2024-02 \N' '2024-04 -2.50' '2024-05 0'
    try chart
    shows 'title n by Month' 'desc 4 records, 1 without value, 1 missing. Least -2.50 (2024-04), greatest 4 (2024-01).' \
        'text n by Month' 'b 4 2024-01: 4' 'b -2.5 2024-04: -2.50' 'b 0 2024-05: 0'
}

@test "svg: marked and hatched records" {
    given 'k v out part' 'a 4 0 0' 'b 8 1 0' 'c 3 1 1' 'd 2 0 1'
    try chart -v v --mark out --hatch part --title 'Who <won> & lost'
    shows 'title Who <won> & lost' 'desc 4 records, 2 marked, 2 hatched. Least 2 (d), greatest 8 (b).' \
        'text Who <won> & lost' 'text ● out ▤ part' 'b 4 a: 4' 'b 2 d: 2' 'm 8 b: 8' 'm 3 c: 3' 'h path 3 2'
}

@test "svg: names that do not fit below bars are beside them, with the values" {
    given 'city people n' 'Amsterdam 921402 0' 'Rotterdam -400000 1' "'s-Gravenhage 0 0" 'Utrecht \N 1' 'Eindhoven 246417 1' \
        'Groningen 1 0' 'Tilburg 2 0'
    try chart -v people --mark n
    shows 'title people by city' \
        'desc 7 records, 1 without value, 3 marked. Least -400000 (Rotterdam), greatest 921402 (Amsterdam).' \
        'text people by city' 'text ● n' 'text Amsterdam' 'text 921402' 'text Rotterdam' 'text ● -400000' \
        "text 's-Gravenhage" 'text 0' 'text Utrecht' 'text Eindhoven' 'text ● 246417' 'text Groningen' 'text 1' \
        'text Tilburg' 'text 2' 'row b 9.21e+05 Amsterdam: 921402' 'row m -4e+05 Rotterdam: -400000' \
        "row b 0 's-Gravenhage: 0" 'row m 2.46e+05 Eindhoven: 246417' 'row b 0 Groningen: 1' 'row b 0 Tilburg: 2'
}

@test "svg: a line for each group, interrupted by nulls, by missing units and by labels of other groups" {
    given 'g Month v' 'a 2024-01 1' 'b 2024-01 9' 'a 2024-02 2' 'b 2024-02 \N' 'a 2024-04 4' 'b 2024-03 8' 'b 2024-04 7'
    try chart -g g
    shows 'title v by Month' 'desc 7 records, 2 groups, 1 without value. Least 1 (2024-01), greatest 9 (2024-01).' \
        'text v by Month' 'text a' 'text b' 'l g0 2 parts' 'l g1 2 parts' 'tip 1 a, 2024-01: 1' 'tip 2 a, 2024-02: 2' \
        'tip 4 a, 2024-04: 4' 'tip 9 b, 2024-01: 9' 'tip 8 b, 2024-03: 8' 'tip 7 b, 2024-04: 7'
    given 'g k v' 'a x 1' 'b y 3' 'a z 1' 'b z 4'
    try chart -g g
    [ "$status" -eq 0 ]
    python3 "$ROOT/t/lib/svg_facts.py" < out | grep parts | diff - <(printf '%s\n' 'l g0 2 parts' 'l g1 1 parts')
    try chart -g g --text --width 20
    drawn 'v by k' a 'x ████ 1' 'y' 'z ████ 1' b 'x' 'y ████████████ 3' 'z ████████████████ 4'
    given 'Year Week v' '2023 10 1' '2023 52 2' '2024 9 3' '2024 10 4' # numbers are sorted
    try chart -g Year -x Week --text --width 21
    drawn 'v by Week' 2023 9 '10 ████ 1' '52 ████████ 2' 2024 '9  ████████████ 3' '10 ████████████████ 4' 52
}

@test "svg: lines far from 0 do not start there, bars do; one group is bars" {
    ticks() { sed -n 's/^<path class="\(grid\|zero\)".*>\([^<]*\)<.text>$/\2/p' out | paste -s -d ' '; }
    given 'g k v' 'a 1 1010' 'b 1 1020' 'a 2 1040' 'b 2 1001'
    try chart -g g
    [ "$(ticks)" = '1,000 1,010 1,020 1,030 1,040' ]
    try chart -x k,g -v v
    [ "$(ticks)" = '0 500 1,000 1,500' ]
    given 'g k v' 'a 1 0.00001' 'a 2 0.00004'
    try chart -g g
    [ "$(ticks)" = '0 0.00001 0.00002 0.00003 0.00004' ]
    given 'k v' '1 -1e300' '2 1e300'
    try chart
    [ "$(ticks)" = '-1e300 -5e299 0 5e299 1e300' ]
    given 'k v' '1 5e-324'
    try chart
    [ "$status" -eq 0 ]
    given 'k v' '1 2' '2 1'
    try chart
    [ "$(ticks)" = '0 1 2' ] # whole numbers
    given 'k v' '1 123456789'
    try chart
    [ "$(ticks)" = '0 50,000,000 100,000,000 150,000,000' ]
}

@test "labels along the axis are years, months or round numbers of records, and do not overlap" {
    axis() { python3 "$ROOT/t/lib/svg_facts.py" < out | grep "^$1"; }
    days() { python3 -c "
import datetime, sys
first = datetime.date.fromisoformat(sys.argv[1])
print('Day\tn')
for i in range(int(sys.argv[2])): print(first + datetime.timedelta(i * int(sys.argv[3])), i, sep='\t')" "$@" > in; }
    days 2020-03-02 240 7
    try chart
    [ "$(axis wide)" = 'wide 2020-07 2021-01 2021-07 2022-01 2022-07 2023-01 2023-07 2024-01 2024-07' ]
    [ "$(axis narrow)" = 'narrow 2020 2021 2022 2023 2024' ]
    days 2020-12-30 130 1
    try chart
    [ "$(axis wide)" = 'wide 2021-01 2021-02 2021-03 2021-04 2021-05' ]
    days 2024-05-06 5 1
    try chart
    [ "$(axis wide)" = 'wide 2024-05-06 2024-05-07 2024-05-08 2024-05-09 2024-05-10' ]
    { echo 'Year v' && for i in {1900..2000}; do echo "$i 1"; done; } | tr ' ' '\t' > in
    try chart
    [ "$(axis narrow)" = 'narrow 1900 1920 1940 1960 1980 2000' ]
    { echo 'k v'; for i in {1..2000}; do echo "x$i 1"; done; } | tr ' ' '\t' > in
    try chart
    [ "$(axis narrow)" = 'narrow x1 x501 x1001 x1501' ]
}

@test "text: more than 60 records are columns, and no marked one is lost" {
    { echo 'k v m'; for i in {1..200}; do echo "$i $((i % 100)) $((i == 137))"; done; } | tr ' ' '\t' > in
    try chart -v v --mark m --text --width 54
    drawn \
        'v by k  ▲ m' \
        'a column is 5 values: █ up to the least, ░ up to the greatest' \
        '    │                  ░░                  ░░' \
        '    │                 ░░░                 ░░░' \
        ' 80 ┤                ░░█░                ░░█░' \
        '    │              ░░███░              ░░███░' \
        '    │             ░░████░             ░░████░' \
        ' 60 ┤            ░░█████░            ░░█████░' \
        '    │          ░░███████░          ░░███████░' \
        '    │         ░░████████░         ░░████████░' \
        ' 40 ┤        ░░█████████░        ░░█████████░' \
        '    │      ░░███████████░      ░░███████████░' \
        '    │     ░░████████████░     ░░████████████░' \
        ' 20 ┤    ░░█████████████░    ░░█████████████░' \
        '    │  ░░███████████████░  ░░███████████████░' \
        '    │ ░░████████████████░ ░░████████████████░' \
        '  0 ┤░░█████████████████░░░█████████████████░' \
        '                                ▲' \
        '     1         51        101       151'
}

@test "text: columns of negative values, of gaps, of one record, of groups" {
    { echo 'Month v h' && for i in {1..66}; do
        printf '%d-%02d %d %d\n' $((2000 + i / 12)) $((i % 12 + 1)) $((i < 8 ? -i : i)) $((i == 66))
    done; } | sed 's/2003-05 .*/2003-05 \\N 0/; /2004-0/d' | tr ' ' '\t' > in
    try chart -v v --hatch h --text --width 80
    drawn \
        'v by Month  ▒ h' \
        '    │' \
        '    │' \
        ' 60 ┤                                                            ▁▂▄▅▆▒' \
        '    │                                                        ▄▆▇██████▒' \
        '    │                                                        █████████▒' \
        ' 40 ┤                                        ▁▂▄▅▆▇█         █████████▒' \
        '    │                                 ▁▂▃▄▆▇ ███████         █████████▒' \
        '    │                           ▂▃▄▅▆███████ ███████         █████████▒' \
        ' 20 ┤                    ▁▂▄▅▆▇█████████████ ███████         █████████▒' \
        '    │             ▁▂▃▄▆▇████████████████████ ███████         █████████▒' \
        '    │       ▂▃▄▅▆███████████████████████████ ███████         █████████▒' \
        '  0 ┤       ████████████████████████████████ ███████         █████████▒' \
        '    │▔▔▀▀▀▀█' \
        '    │' \
        '-20 ┤' \
        '     2000       2001        2002        2003        2004        2005'
    { echo 'g k v' && for i in {1..60}; do echo "a $i $i"; echo "b $i $((60 - i))"; done; } | tr ' ' '\t' > in
    try chart -g g --text --width 40
    drawn \
        'v by k' \
        'a column is the mean of 2 values' \
        'a' \
        '   │                           ▃▅▇' \
        '   │                       ▁▃▆████' \
        '40 ┤                    ▂▄▇███████' \
        '   │                 ▃▅▇██████████' \
        '   │             ▁▃▆██████████████' \
        '20 ┤          ▂▄▇█████████████████' \
        '   │       ▃▅▇████████████████████' \
        '   │   ▁▃▆████████████████████████' \
        ' 0 ┤▂▄▇███████████████████████████' \
        'b' \
        '   │▆▄▁' \
        '   │███▇▅▂' \
        '40 ┤███████▅▃▁' \
        '   │██████████▆▄▁' \
        '   │█████████████▇▅▂' \
        '20 ┤█████████████████▅▃▁' \
        '   │████████████████████▆▄▁' \
        '   │███████████████████████▇▅▂' \
        ' 0 ┤███████████████████████████▅▃▁' \
        '    1    11   21   31   41   51'
}

@test "text: the width is that of the terminal; colors only there, and not with NO_COLOR" {
    given 'k v m' 'a 1 0' 'b 2 1'
    draw() { python3 "$ROOT/t/lib/terminal.py" sh -c 'stty cols 30 <&1; chart -v v --mark m "$@" < in' sh "$@"; }
    draw > out
    printf 'v by k\033[1;31m  ▲\033[0m m\na \033[34m████████████\033[0m 1\nb \033[1;31m████████████████████████\033[0m 2\033[1;31m ▲\033[0m\n' | diff - out
    NO_COLOR=1 draw > out
    drawn 'v by k  ▲ m' 'a ████████████ 1' 'b ████████████████████████ 2 ▲'
    NO_COLOR='' draw | grep -q $'\033'
    draw --svg | head -c 4 | diff - <(printf '<svg')
    try chart -v v --text
    [ "$(awk '{ print length($0) }' out | sort -n | tail -n 1)" -gt 80 ] # bytes
    ! grep -q $'\033' out || return 1
}

@test "--title and --width" {
    given 'k v' 'a 1'
    try chart --text --width 20 --title $'One\033[31m, <two>'
    drawn 'One\x1B[31m, <two>' 'a ████████████████ 1'
    try chart --width 390 --title $'One\033[31m, <two> & three four five six seven eight nine ten eleven'
    [ "$status" -eq 0 ]
    grep -q 'viewBox="0 0 390 420"' out
    grep -q '^<title>One\\x1B\[31m, &lt;two&gt; &amp; three four five six seven eight nine ten eleven</title>' out
    [ "$(sed -n 's/^<text class="t".*>\(.*\)<.text>/\1/p' out)" = 'One\x1B[31m, &lt;two&gt; &amp; three four
five six seven eight nine ten
eleven' ]
    for title in "$(printf 'é%.0s' {1..300})" "$(printf '\314\201%.0s' {1..300})" "$(printf '東 é%.0s' {1..99})"; do # cut between characters
        try chart --title "$title"
        [ "$status" -eq 0 ]
        python3 "$ROOT/t/lib/svg_facts.py" < out > facts
        [ "$(sed -n 's/^title //p' facts)" = "$title" ]
        [ "$(grep -c '^text' facts)" -eq 3 ]
    done
    for width in 19 4001; do
        try chart --width $width
        refuses '--width must be from 20 to 4000'
    done
    try chart --text --svg
    refuses '--text and --svg cannot be combined'
}

@test "labels and names cannot break out of the picture" {
    given_bytes 'k<b>\t"v"&\n</title><script>alert(1)</script>\t1\n\033]0;x\a\302\233\342\200\256\t2\n\357\277\277\357\277\276\t3\n%0500d\t4\n' 7
    try chart
    shows 'title "v"& by k<b>' 'desc 4 records. Least 1 (</title><script>alert(1)</script>), greatest 4 (000000000000000000000000000000000000000000000000000000000000...).' \
        'text "v"& by k<b>' 'b 1 </title><script>alert(1)</script>: 1' 'b 2 \x1B]0;x\x07\xC2\x9B\xE2\x80\xAE: 2' \
        'b 3 ��: 3' 'b 4 000000000000000000000000000000000000000000000000000000000000...: 4'
    try chart --text
    [ "$status" -eq 0 ]
    ! LC_ALL=C grep -q $'[\001-\011\013-\037\177]' out || return 1
    given 'g k v' '<a> x 1' 'b&c y 2'
    try chart -g g
    shows 'title v by k' 'desc 2 records, 2 groups. Least 1 (x), greatest 2 (y).' 'text v by k' 'text <a>' 'text b&c' \
        'l g0 1 parts' 'l g1 1 parts' 'tip 1 <a>, x: 1' 'tip 2 b&c, y: 2'
}

@test "wide characters keep the bars of a terminal in line" {
    given 'city v' '東京 1' 'Köln 2' 'x 3'
    try chart --text --width 20
    drawn 'v by city' '東京 ████▍ 1' 'Köln ████████▋ 2' 'x    █████████████ 3'
}

@test "no records, and no values" {
    given 'k v m'
    try chart -v v --mark m --text
    drawn 'v by k  ▲ m' 'no records'
    try chart -v v
    shows 'title v by k' 'desc 0 records' 'text v by k' 'text no records'
    given 'k v' 'a \N'
    try chart --text
    drawn 'v by k' 'no values'
    try chart
    shows 'title v by k' 'desc 1 record, 1 without value' 'text v by k' 'text no values'
    try chart -g k
    shows 'title v' 'desc 1 record, 1 without value' 'text v' 'text no values'
    given_bytes ''
    try chart
    [ "$status" -eq 1 ]
    try chart -N -v 1
    shows 'title 1' 'desc 0 records' 'text 1' 'text no records'
}

@test "a value that is not a number is a bad record" {
    given 'k v' 'a 1' 'b x' 'c 1e301' 'd 2'
    try chart
    [ "$status" -eq 1 ]
    [ "$(cat err)" = 'chart: line 3: column v: "x" is not a number' ]
    [ "$(cat out)" = $'\\!\tchart\tline 3: column v: "x" is not a number' ]
    try chart -r rejects
    [ "$status" -eq 0 ]
    [ "$(cat err)" = 'chart: 4 read, 2 drawn, 2 rejected to rejects' ]
    lines 'line reason record' '3 column\sv:\s"x"\sis\snot\sa\snumber b\tx' \
        '4 column\sv:\s"1e301"\sis\stoo\slarge\sto\sbe\sdrawn c\t1e301' | diff - rejects
    [ "$(grep -c '<title>' out)" -eq 3 ]
    given 'g k v' 'a x 1' 'b x 2' 'a x 3'
    try chart -g g -r rejects
    [ "$(cat err)" = 'chart: 3 read, 2 drawn, 1 rejected to rejects' ]
    lines 'line reason record' \
        '4 the\sgroup\salready\shas\sa\svalue\sfor\s"x";\saggregate\sfirst a\tx\t3' | diff - rejects
}

@test "too much to be seen is an error that says what to do" {
    { echo 'k v'; yes 'a 1' | head -n 10001; } | tr ' ' '\t' > in
    try chart
    [ "$status" -eq 1 ]
    [ "$(cat err)" = 'chart: more than 10000 records; aggregate first, for example with weekagg' ]
    [ "$(cat out)" = "\\!	chart	$(cut -c 8- err)" ]
    sed -i '$d' in
    try chart
    [ "$status" -eq 0 ]
    { echo 'g v'; printf '%s 1\n' {1..9}; } | tr ' ' '\t' > in
    try chart -g g
    [ "$status" -eq 1 ]
    [ "$(cat err)" = 'chart: more than 8 groups; filter them first, for example with where' ]
    given 'Date v' '0202-01-01 1' '2020-01-01 2'
    try chart
    [ "$status" -eq 1 ]
    [ "$(cat err)" = 'chart: more than 10000 days from the first to the last record; filter first, or use a larger unit' ]
}

@test "a failure upstream leaves no picture; -E demands the end mark before anything is drawn" {
    given 'k v' 'a 1' '\! weekagg it\sbroke'
    for form in --text --svg; do
        try chart $form
        gives 1 'chart: input failed: it broke' '\! weekagg it\sbroke'
    done
    given 'k v' 'a 1'
    try chart -E
    gives 1 'chart: the input has no end mark: it is not complete' \
        '\! chart the\sinput\shas\sno\send\smark:\sit\sis\snot\scomplete'
    given 'k v' 'a 1' '\.'
    for options in '-E --text --width 20' '--text --width 20'; do
        # shellcheck disable=SC2086 # words are meant
        try chart $options
        drawn 'v by k' 'a ████████████████ 1'
    done
    status=0
    chart < in > /dev/full 2> err || status=$?
    [ "$status" -eq 3 ]
    [ "$(cat err)" = 'chart: write error: No space left on device' ]
}

@test "240 weeks are less than 40 KB, 10,000 records less than 250 KB; no two pictures of a page collide" {
    { echo 'Week n m' && for i in {0..239}; do date -d "2020-01-06 +$((7 * i)) days" "+%F $((i * i)) $((i % 9 == 0))"; done; } | tr ' ' '\t' > in
    try chart -v n --mark m
    [ "$(wc -c < out)" -lt 40000 ]
    [ "$(grep -c '^<path.*<title>' out)" -eq 240 ]
    ! grep -q ' id=' out || return 1
    { echo 'k v' && for i in {1..10000}; do echo "$i $((i * 7919 % 1000))"; done; } | tr ' ' '\t' > in
    try chart
    [ "$(wc -c < out)" -lt 250000 ]
    python3 "$ROOT/t/lib/svg_facts.py" < out | tr ' ' '\n' | sed '1,/^path$/d' | sort -g | tail -n 1 | grep -qx 999
}
