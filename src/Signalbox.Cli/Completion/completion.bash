# Completes signalbox in bash: source <(signalbox completion bash)
_signalbox_complete() {
    # Only what stands before the cursor counts.
    local line=${COMP_LINE:0:COMP_POINT} suggestions
    suggestions=$("${COMP_WORDS[0]}" "[suggest:${#line}]" "$line" 2>/dev/null) || return
    local IFS=$'\n'
    # shellcheck disable=SC2207 # one suggestion a line, and mapfile is not in bash 3
    COMPREPLY=($(compgen -W "$suggestions" -- "${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _signalbox_complete signalbox
