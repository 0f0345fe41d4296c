# Reads the list of blocks, NUMBER PART FILE. Prints the rejects of all maps in its order, with the name of the file.
# Writes to the file "summary" how many records were read, written and rejected. The variable work in the environment is
# the directory of spread.
BEGIN { FS = OFS = "\t"; work = ENVIRON["work"]; print "file", "line", "reason", "record" }
{
    gsub(/\\/, "&&", $3)
    map = work "/map" $1
    for (n = 0; (getline line < (map "/rejects")) > 0; n++) {
        if (n == 0) has_file = line ~ /^file\t/
        else print $3, has_file ? substr(line, index(line, "\t") + 1) : line
    }
    close(map "/rejects")
    while ((getline line < (map "/said")) > 0)
        if (line ~ /^[^ ]*: [0-9]+ read, [0-9]+ written, [0-9]+ rejected to rejects$/) {
            split(line, word, " ")
            n_read += word[2]; n_written += word[4]; n_rejected += word[6]
            break
        }
    close(map "/said")
}
END { printf "%.0f read, %.0f written, %.0f rejected\n", n_read, n_written, n_rejected > (work "/summary") }
