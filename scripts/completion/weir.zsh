#compdef @COMMANDS@
# Completion for zsh. complete.awk decides what to offer.
local share=${functions_source[_weir]:A:h:h:h}/weir line
local -a lines words_offered shown
lines=("${(@f)$(LEFT=$LBUFFER RIGHT=$RBUFFER awk -f $share/lib/complete.awk $share/completion.tsv 2> /dev/null)}")
if [[ $lines[1] == files ]]; then
    _files
    return
fi
for line in "${(@)lines[3,-1]}"; do
    [[ -n $line ]] || continue
    words_offered+=("${line%%$'\t'*}")
    shown+=("${line/$'\t'/  }")
done
if [[ $lines[1] == parts ]]; then
    compadd -S '' -d shown -- $words_offered
else
    compadd -d shown -- $words_offered
fi
