# Writes each document of the second file to a file of its own in the directory ENVIRON["parts"]. The first file holds the
# keys, in the same order; the name is the key, with each byte that may not stand in a file name written %XX.

BEGIN {
    FS = "\t"
    for (i = 1; i < 256; i++)
        code[sprintf("%c", i)] = sprintf("%%%02X", i)
}

NR == FNR { keys[FNR] = $1; next }

{
    file = ENVIRON["parts"] "/"
    for (i = 1; i <= length(keys[FNR]); i++) {
        letter = substr(keys[FNR], i, 1)
        file = file (letter ~ /[A-Za-z0-9._-]/ ? letter : code[letter])
    }
    print > (file ".json")
    close(file ".json")
}
