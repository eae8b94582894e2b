# shellcheck shell=bash disable=SC2034 # `version` and `verdict` are read by setup.sh
# Which version of a tool is here, and whether it will do. Sourced by setup.sh.

# version_of "PROBE WORDS" "TEXT BEFORE THE VERSION": sets `version`, or returns 1.
version_of() {
    local words output
    version=
    read -ra words <<<"$1"
    command -v "${words[0]}" >/dev/null || return 1
    output=$(CHECKPOINT_DISABLE=1 "${words[@]}" 2>&1 </dev/null) || return 1
    if [[ $2 != - ]]; then
        [[ $output == *"$2"* ]] || return 1
        output=${output#*"$2"}
    fi
    [[ $output =~ [0-9]+(\.[0-9]+)+ ]] || return 1
    version=${BASH_REMATCH[0]}
}

# is_below A B: true when version A comes before version B.
is_below() {
    local -a left right
    local index
    IFS=. read -ra left <<<"$1"
    IFS=. read -ra right <<<"$2"
    for ((index = 0; index < ${#left[@]} || index < ${#right[@]}; index++)); do
        ((10#${left[index]:-0} == 10#${right[index]:-0})) && continue
        ((10#${left[index]:-0} < 10#${right[index]:-0}))
        return
    done
    return 1
}

# in_range VERSION MINIMUM BELOW: sets `verdict` when it returns 1. `-` is no bound.
in_range() {
    verdict=
    if [[ $2 != - ]] && is_below "$1" "$2"; then
        verdict="older than $2"
    elif [[ $3 != - ]] && ! is_below "$1" "$3"; then
        verdict="not below $3"
    fi
    [[ -z $verdict ]]
}
