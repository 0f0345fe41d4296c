# Completion for fish. complete.awk decides what to offer.
set -l share (path resolve (status dirname)/../../weir 2> /dev/null; or realpath (status dirname)/../../weir)
function __weir_complete --inherit-variable share
    set -l left (commandline --cut-at-cursor | string collect)
    set -l all (commandline | string collect)
    set -l right (string sub --start (math (string length -- "$left") + 1) -- "$all" | string collect)
    set -l lines (LEFT=$left RIGHT=$right awk -f $share/lib/complete.awk $share/completion.tsv 2> /dev/null)
    if test "$lines[1]" = files
        __fish_complete_path (commandline --current-token)
    else
        printf '%s\n' $lines[3..]
    end
end
complete --command @COMMANDS@ --no-files --arguments '(__weir_complete)'
