# Prints ENVIRON["text"] as quote.c does: on one line, as printable.awk has it. Only the first ENVIRON["bytes"] bytes and
# "...", if that is set.

BEGIN {
    text = ENVIRON["text"]
    end = length(text)
    if (ENVIRON["bytes"] != "" && end > ENVIRON["bytes"])
        for (end = ENVIRON["bytes"] + 0; end > ENVIRON["bytes"] - 4 && substr(text, end + 1) ~ /^[\200-\277]/;)
            end--
    print printable(substr(text, 1, end)) (end < length(text) ? "..." : "")
}
