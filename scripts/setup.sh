#!/usr/bin/env bash
# Finds or installs what signalbox needs, with this machine's own package manager; one line a tool.
#   setup.sh [--for-tests] [--check]
#   --for-tests  also what only ./test needs
#   --check      look, install nothing
# The tools are listed in scripts/tools.tsv, which `signalbox doctor` reads too.
set -euo pipefail

root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=scripts/lib/tools.sh
source "$root/scripts/lib/tools.sh"
# shellcheck source=scripts/lib/packages.sh
source "$root/scripts/lib/packages.sh"

may_install=yes
for_tests=
for argument in "$@"; do
    case $argument in
        --for-tests) for_tests=yes ;;
        --check) may_install= ;;
        -h | --help)
            sed -n '2,6s/^# //p' "${BASH_SOURCE[0]}"
            exit 0
            ;;
        *)
            echo "error: \`$argument\` is not one of --for-tests, --check" >&2
            exit 2
            ;;
    esac
done

cd "$root" # global.json decides which .NET SDK answers
if [[ -d $root/.signalbox/python/bin ]]; then
    export PATH="$root/.signalbox/python/bin:$PATH"
fi

line() { printf '%-16s %-12s %s\n' "$1" "$2" "$3"; }

# Says which tool of the group serves, or returns 1 with `closest` set to what was found and will not do.
find_one_of() {
    local group=$1 tool one_of minimum below probe follows
    closest=
    while IFS=$'\t' read -r tool one_of _ minimum below probe follows _; do
        [[ $one_of == "$group" ]] || continue
        version_of "$probe" "$follows" || continue
        if in_range "$version" "$minimum" "$below"; then
            line "$tool" "$version" "$2"
            return 0
        fi
        closest="$version is $verdict"
    done <"$root/scripts/tools.tsv"
    return 1
}

missing=()
seen=' '
while IFS=$'\t' read -r -u 3 tool group need minimum below _ _ apt dnf brew pip purpose advice; do
    [[ $tool != '#'* && $seen != *" $group "* ]] || continue
    [[ $need != tests || -n $for_tests ]] || continue
    seen+="$group "
    suggestion=
    find_one_of "$group" found && continue
    if [[ -n $may_install ]] && install_tool "$tool" "$apt" "$dnf" "$brew" "$pip"; then
        hash -r
        find_one_of "$group" installed && continue
    fi
    if [[ -n $closest ]]; then
        line "$tool" "unfit" "$closest; ${suggestion:-$advice}"
    else
        line "$tool" "missing" "${suggestion:-$advice}"
    fi
    missing+=("$tool (for $purpose)")
done 3<"$root/scripts/tools.tsv"

if ((${#missing[@]} > 0)); then
    {
        echo "error: ${#missing[@]} could not be got:"
        printf '  %s\n' "${missing[@]}"
    } >&2
    exit 1
fi
