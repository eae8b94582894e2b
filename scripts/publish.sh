#!/usr/bin/env bash
# Publishes the native program when a source is newer than the last publish. Two callers at once build once.
# Prints where the program is; the conversation goes to standard error. The log of the publish that made the
# program stays in artifacts/launcher/publish.log.
set -euo pipefail

here=${BASH_SOURCE[0]%/*}
[[ $here != "${BASH_SOURCE[0]}" ]] || here=.
root=$(cd -P "$here/.." && pwd)
program=$root/artifacts/publish/Signalbox.Cli/release/signalbox
state=$root/artifacts/launcher

say() { printf 'signalbox: %s\n' "$*" >&2; }

# A folder's own time tells of a deleted file, so folders are compared too.
is_stale() {
    [[ -x $program && -e $state/published ]] || return 0
    [[ -n $(find "$root/src" "$root"/Directory.*.props "$root/global.json" "$root/CHANGELOG.md" \
        "$root/scripts/tools.tsv" -newer "$state/published" -print -quit) ]]
}

can_build() {
    command -v dotnet >/dev/null && { command -v clang || command -v gcc; } >/dev/null
}

# The first build on a machine looks for every tool; later ones only when a tool they need has gone.
prepare() {
    if can_build && [[ $state/prepared -nt $root/scripts/tools.tsv ]]; then
        return
    fi
    say "looking for the tools it needs"
    if ! "$BASH" "$root/scripts/setup.sh" >&2; then
        can_build || { say "cannot be built without the tools above"; exit 1; }
        say "continuing; \`signalbox doctor\` repeats the list"
    fi
    touch "$state/prepared"
}

publish() {
    say "building the native program; about a minute the first time"
    # Unlinked first: a signalbox that still runs keeps its file, and a failed build leaves no old program behind.
    rm -f "$program"
    touch "$state/started"
    if ! dotnet publish "$root/src/Signalbox.Cli" -c Release -v quiet -nologo >"$state/publish.log" 2>&1; then
        cat "$state/publish.log" >&2
        say "the build failed; the compiler's words are above"
        exit 1
    fi
    if [[ ! -x $program ]]; then
        cat "$state/publish.log" >&2
        say "the build succeeded but made no $program"
        exit 1
    fi
    # The time the build began, so that what was saved meanwhile is built next time.
    mv "$state/started" "$state/published"
    say "built in ${SECONDS} s"
}

if [[ ${SIGNALBOX_NO_BUILD:-} == 1 ]]; then
    if [[ ! -x $program ]]; then
        say "nothing is built yet, and SIGNALBOX_NO_BUILD=1 forbids building"
        exit 1
    fi
elif is_stale; then
    mkdir -p "$state"
    exec 9>"$state/lock"
    if command -v flock >/dev/null && ! flock --nonblock 9; then
        say "waiting for another build to finish"
        flock 9
    fi
    if is_stale; then
        prepare
        publish
    fi
    exec 9>&-
fi

printf '%s\n' "$program"
