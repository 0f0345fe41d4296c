# Prints 20,000 random values: numbers of all kinds, and texts that resemble numbers.
BEGIN {
    srand(7)
    print "line\tv"
    for (i = 1; i <= 20000; i++) {
        value = ""
        kind = int(rand() * 4)
        if (kind == 0)
            for (n = 1 + int(rand() * 9); n > 0; n--)
                value = value substr("00123456789..+-eE x", 1 + int(rand() * 19), 1)
        else if (kind == 1)
            for (n = 1 + int(rand() * 22); n > 0; n--)
                value = value int(rand() * 10)
        else if (kind == 2)
            value = int(rand() * 1000) "." int(rand() * 1e9) int(rand() * 1e9)
        else
            value = sprintf("%de%d", rand() * 1e6, rand() * 700 - 350)
        print i "\t" value
    }
}
