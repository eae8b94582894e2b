#compdef signalbox
# Completes signalbox in zsh: put this into a folder of $fpath as _signalbox, or source it after compinit.
_signalbox() {
    local line="signalbox ${${(j: :)words[2,CURRENT]}}"
    local -a suggestions
    suggestions=("${(@f)$("${words[1]}" "[suggest:${#line}]" "$line" 2>/dev/null)}")
    compadd -a suggestions
}
if [ "$funcstack[1]" = "_signalbox" ]; then
    _signalbox "$@"
else
    compdef _signalbox signalbox
fi
