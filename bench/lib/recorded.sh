# shellcheck shell=bash
# For sourcing: this repository's environment, applied once into a sandbox of a clone and recorded, and ways to deliver it
# that are timed from the same recording. It sets $program and $work, and works in the clone from then on.

record_environment() {
    local repository
    repository=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
    program=${SIGNALBOX_PROGRAM:-$repository/artifacts/publish/Signalbox.Cli/release/signalbox}
    work=$(mktemp -d)
    trap '"$program" sandbox down >/dev/null 2>&1 || true; rm -rf "$work"' EXIT
    git clone -q "$repository" "$work/clone"
    cd "$work/clone" || exit
    "$program" sandbox up >/dev/null 2>&1
    echo "applying the environment once; about two minutes" >&2
    "$program" plan prod >/dev/null 2>&1
    "$program" apply prod --approved-by bench >/dev/null 2>&1
    "$program" sandbox snapshot >/dev/null 2>&1
}

# Back to the recording, with the variables that a bare Terraform needs.
start_over() {
    "$program" sandbox reset --from-snapshot >/dev/null 2>&1
    eval "$("$program" sandbox env)"
    export TF_VAR_account_id=123456789012 TF_DATA_DIR=$work/bare-data
    [ -d "$TF_DATA_DIR" ] || terraform -chdir=infra/envs/prod init -input=false >/dev/null
}

seconds_of() { # WAY: prints the wall time of one delivery, and leaves what it said in $work/WAY.log
    local began ended
    start_over
    began=$EPOCHREALTIME
    "$1" >"$work/$1.log" 2>"$work/$1.err" || { cat "$work/$1.log" "$work/$1.err" >&2; exit 1; }
    ended=$EPOCHREALTIME
    awk -v ended="$ended" -v began="$began" 'BEGIN { printf "%.2f\n", ended - began }'
}

median() { sort -n | awk '{ v[NR] = $1 } END { print (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
