# The rule of the house: base <- stream <- value <- cmd/NAME. A module of common/ includes only its own room and the
# rooms before it, by room; a program includes those and, by bare name, what is in its own folder.

load helper

# rank FILE-OR-HEADER: the place of its room in the rule.
rank() {
    case $1 in common/base/* | base/*) echo 1 ;; common/stream/* | stream/*) echo 2 ;; common/value/* | value/*) echo 3 ;; *) echo 4 ;; esac
}

@test "every include obeys base <- stream <- value <- cmd/NAME" {
    cd "$ROOT"
    while IFS=: read -r file include; do
        header=$(cut -d '"' -f 2 <<< "$include")
        if [[ $header == */* ]]; then path=common/$header; else path=${file%/*}/$header; fi
        [ -f "$path" ] && [ "$(rank "$header")" -le "$(rank "$file")" ] || { echo "$file: $include" && return 1; }
    done < <(grep -r '^#include "' common cmd)
}
