# Types each LINE and a TAB in an interactive zsh whose fpath has DIRECTORY, and waits until its terminal shows COMPLETED.
# usage: zsh -f zsh_complete.zsh DIRECTORY [LINE COMPLETED]...
zmodload zsh/zpty
zpty z "PS1='ready''> ' zsh -f -i"
zpty -r z shown '*ready> *'
zpty -w z "stty columns 200; fpath=(${(q)1} \$fpath); autoload -Uz compinit; compinit -u -D; PS1='completes''> '"
zpty -r z shown '*completes> *'
shift
for line completed in "$@"; do
    zpty -w -n z $'\x15'"$line"$'\t'
    zpty -r z shown "*${(b)completed}*"
done
