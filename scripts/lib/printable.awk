# TEXT with the bytes that a terminal could obey as \xHH: control characters, marks that turn the direction of text, and
# what is not UTF-8.
function printable(text,    out, n) {
    while (text != "") {
        n = 0
        if (match(text, /^[ -~]+/) || match(text, character) && substr(text, 1, RLENGTH) !~ unsafe)
            n = RLENGTH
        out = out (n ? substr(text, 1, n) : hex[substr(text, 1, 1)])
        text = substr(text, n ? n + 1 : 2)
    }
    return out
}

BEGIN {
    for (i = 1; i < 256; i++)
        hex[sprintf("%c", i)] = sprintf("\\x%02X", i)
    character = "^([\302-\337]|\340[\240-\277]|[\341-\354\356\357][\200-\277]|\355[\200-\237]" \
        "|\360[\220-\277][\200-\277]|[\361-\363][\200-\277][\200-\277]|\364[\200-\217][\200-\277])[\200-\277]"
    unsafe = "^(\302[\200-\237]|\342\200[\252-\256]|\342\201[\246-\251])"
}
