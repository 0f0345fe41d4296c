# Finds out why a task of spread failed. Reads what its programs said, and lines "!PROGRAM STATUS" of those that failed.
# Prints the exit status for the job and the reason, a message as the user should see it. The environment has the
# variables of the job, and
#     status      that of the command
#     file        the input of a map, which its first program read on standard input or as "input"
#     where       what begins the message of any other program

function program_of(line) { return match(line, /^[a-z][a-z0-9-]*: /) ? substr(line, 1, RLENGTH - 2) : "" }
function fail(code, reason) { print code; print reason; printed = 1; exit }

BEGIN {
    status = ENVIRON["status"]; where = ENVIRON["name"] ": " ENVIRON["where"]; file = ENVIRON["file"]
    first = ENVIRON["map"]
    sub(/^[ \t\n]+/, "", first); sub(/[ \t\n].*/, "", first); sub(/.*\//, "", first)
    if (file == "") first = ""
    killed = status > 128 && status != 141
}
/^![^ ]* [0-9]+$/ {
    code[substr($1, 2)] = $2
    if ($2 > 128 && $2 != 141) killed = 1
    next
}
/: [0-9]+ read, / { next }
/^input: / { fail(3, ENVIRON["name"] ": " file substr($0, length("input") + 1)) }
{ program = program_of($0) }
program == "" { next }
# A message that repeats the failure of another program.
program != first && /: input failed: |: the input has no end mark|: no header line/ { next }
{ text[++n] = $0; says[n] = program }
END {
    if (printed) exit
    if (killed || !n) fail(3, where ENVIRON["killed"])
    # The last message of a program that failed. One that is not known to have failed may have made a note.
    for (i = 1; i < n && !(says[i] in code); i++) {}
    if (!(says[i] in code)) i = 1
    program = says[i]
    for (; i <= n; i++) if (says[i] == program) reason = text[i]
    if (program in code) status = code[program]
    else if ("sh" in code) status = code["sh"]
    rest = substr(reason, length(program) + 3)
    if (rest ~ /^input: /) reason = program ": " file substr(rest, length("input") + 1)
    else if (program == first && rest ~ /^(line [0-9]|input failed: )/) reason = program ": " file ": " rest
    else reason = where reason
    if (status != 1) status = status == 2 || status == 126 || status == 127 ? 2 : 3
    fail(status, reason)
}
