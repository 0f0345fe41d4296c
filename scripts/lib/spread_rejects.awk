# Reads the list of maps, NUMBER PART STATE FILE. Prints their rejects in its order, with the name of the file. Writes
# to the file "summary" how many records were read, written and rejected. The variable work in the environment is the
# directory of spread. The lines of a part are numbered from its start: adds the lines of the parts before it.
BEGIN { FS = OFS = "\t"; work = ENVIRON["work"]; print "file", "line", "reason", "record" }
{
    map = work "/map" $1
    gsub(/\\/, "&&", $4)
    if ($2 !~ /^--part/ || $2 ~ /^--part 1\//) n_lines = 0
    for (n = 0; (getline line < (map "/rejects")) > 0; n++) {
        if (n == 0) has_file = line ~ /^file\t/
        else {
            if (has_file) line = substr(line, index(line, "\t") + 1)
            end = index(line, "\t")
            printf "%s\t%.0f%s\n", $4, n_lines + substr(line, 1, end - 1), substr(line, end)
        }
    }
    close(map "/rejects")
    while ((getline line < (map "/said")) > 0)
        if (line ~ /^[^ ]*: [0-9]+ read, [0-9]+ written, [0-9]+ rejected to rejects$/ && !counted[$1]++) {
            split(line, word, " ")
            n_read += word[2]; n_written += word[4]; n_rejected += word[6]
        } else if (line ~ /^[^ ]*: part [0-9]+\/[0-9]+ has [0-9]+ lines$/) {
            split(line, word, " ")
            n_lines += word[5]
        }
    close(map "/said")
}
END { printf "%.0f read, %.0f written, %.0f rejected\n", n_read, n_written, n_rejected > (work "/summary") }
