# Prints ENVIRON["text"] as quote.c does: on one line, controls (C0, DEL, C1), bidirectional overrides and invalid
# UTF-8 as \xHH. Only the first ENVIRON["bytes"] bytes and "...", if that is set.

BEGIN {
    for (i = 1; i < 256; i++)
        code[sprintf("%c", i)] = sprintf("\\x%02X", i)
    next_bytes = "^[\200-\277]"
    character = "^([\302-\337][\200-\277]|\340[\240-\277][\200-\277]|[\341-\354\356\357][\200-\277][\200-\277]|" \
        "\355[\200-\237][\200-\277]|\360[\220-\277][\200-\277][\200-\277]|" \
        "[\361-\363][\200-\277][\200-\277][\200-\277]|\364[\200-\217][\200-\277][\200-\277])"
    text = ENVIRON["text"]
    end = length(text)
    if (ENVIRON["bytes"] != "" && end > ENVIRON["bytes"])
        for (end = ENVIRON["bytes"] + 0; end > ENVIRON["bytes"] - 4 && substr(text, end + 1) ~ next_bytes;)
            end--
    for (i = 1; i <= end; i += n) {
        n = 1
        part = substr(text, i, 1)
        if (part ~ /[ -~]/) {
            shown = shown part
            continue
        }
        if (match(substr(text, i, end - i + 1 < 4 ? end - i + 1 : 4), character))
            n = RLENGTH
        part = substr(text, i, n)
        if (n == 1 || part ~ /^(\302[\200-\237]|\342\200[\252-\256]|\342\201[\246-\251])/) {
            n = 1
            part = code[substr(part, 1, 1)]
        }
        shown = shown part
    }
    print shown (end < length(text) ? "..." : "")
}
