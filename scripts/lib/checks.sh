# shellcheck shell=bash
# The checks of ./test that are more than one command. Sourced by ./test, which sets `root`.

check_shell_scripts() {
    local scripts=()
    while IFS= read -r script; do
        scripts+=("$script")
    done < <(git grep -lIE '^(#!/usr/bin/env bash|#!/bin/(ba)?sh|# shellcheck shell=)' -- ':!*.md' ':!*.cs')
    scripts+=(src/Signalbox.Cli/Completion/completion.bash)
    printf '%s\n' "${scripts[@]}"
    shellcheck --external-sources --shell=bash "${scripts[@]}"
}

# The log that is read belongs to the publish that made the program, also when that is up to date.
publish_without_warnings() {
    scripts/publish.sh || return 1
    if grep -E 'warning|IL[23][0-9]{3}' artifacts/launcher/publish.log; then
        echo "the publish has warnings"
        return 1
    fi
}

terraform_or_tofu() {
    if command -v terraform >/dev/null; then terraform "$@"; else tofu "$@"; fi
}

# with_sandbox PROGRAM COMMAND…: runs the command with the sandbox up; one that was up before stays up.
with_sandbox() {
    local program=$1 was_up=yes status=0 variables
    shift
    "$program" sandbox status >/dev/null 2>&1 || was_up=
    "$program" sandbox up || return 1
    variables=$("$program" sandbox env) || return 1
    (
        eval "$variables"
        "$@"
    ) || status=$?
    [[ -n $was_up ]] || "$program" sandbox down || status=1
    return "$status"
}

validate_infrastructure() {
    with_sandbox "$1" validate_prod
}

# In a data folder of its own: an `init` without a backend must not disturb the one that is there.
validate_prod() {
    local status=0
    TF_DATA_DIR=$(mktemp -d) || return 1
    export TF_DATA_DIR
    terraform_or_tofu -chdir="${root:?}/infra/envs/prod" init -backend=false -input=false -lockfile=readonly &&
        terraform_or_tofu -chdir="$root/infra/envs/prod" validate || status=$?
    rm -rf "$TF_DATA_DIR"
    return "$status"
}
