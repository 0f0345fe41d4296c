# shellcheck shell=bash
# Completion for bash. One function serves all programs; complete.awk decides what to offer.
_weir_share=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/../../weir" && pwd)

_weir() {
    local LC_ALL=C lines line split word # C: COMP_POINT counts bytes
    mapfile -t lines < <(LEFT=${COMP_LINE:0:COMP_POINT} RIGHT=${COMP_LINE:COMP_POINT} \
        awk -f "$_weir_share/lib/complete.awk" "$_weir_share/completion.tsv" 2> /dev/null)
    COMPREPLY=()
    [ "${lines[0]-}" != files ] || return 0
    [ "${lines[0]-}" != parts ] || compopt -o nospace 2> /dev/null
    compopt +o default 2> /dev/null
    # Bash replaces only what follows the last of these.
    split=${lines[1]-}
    split=${split%"${split##*[=:@<>]}"}
    for line in "${lines[@]:2}"; do
        word=${line%%$'\t'*}
        word=${word#"$split"}
        case ${COMP_WORDS[COMP_CWORD]-} in [\'\"]*) ;; *) printf -v word %q "$word" ;; esac
        COMPREPLY+=("${word//\\,/,}")
    done
}

complete -o default -F _weir @COMMANDS@
