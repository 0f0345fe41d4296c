# Prints 25,000 random values: numbers of all kinds, many of them around 2^53 and 2^63, and texts that resemble numbers.
BEGIN {
    srand(7)
    print "line\tv"
    for (i = 1; i <= 25000; i++) {
        value = ""
        kind = int(rand() * 5)
        if (kind == 0)
            for (n = 1 + int(rand() * 9); n > 0; n--)
                value = value substr("00123456789..+-eE x", 1 + int(rand() * 19), 1)
        else if (kind == 1)
            for (n = 1 + int(rand() * 22); n > 0; n--)
                value = value int(rand() * 10)
        else if (kind == 2)
            value = int(rand() * 1000) "." int(rand() * 1e9) int(rand() * 1e9)
        else if (kind == 3)
            value = sprintf("%de%d", rand() * 1e6, rand() * 700 - 350)
        else {
            value = int(1 + rand() * 9)
            for (n = 14 + int(rand() * 5); n > 0; n--)
                value = value (rand() < 0.1 ? int(rand() * 10) : n > 3 ? 0 : 5)
            n = int(rand() * length(value))
            if (n > 0)
                value = substr(value, 1, n) "." substr(value, n + 1) "e" length(value) - n
            else
                value = (rand() < 0.1 ? "-" : "") value ".0"
        }
        print i "\t" value
    }
}
