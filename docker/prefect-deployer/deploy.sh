#!/bin/sh
# Deploys the flows of the data application at one commit: clone, install, work pool, then the command given, which is
# `prefect deploy --all` unless the task says otherwise. Safe to run again; ends at the first failure and says which.
#
# Terraform gives: PREFECT_API_URL, WORK_POOL, FLOW_CLUSTER, FLOW_EXECUTION_ROLE_ARN, FLOW_TASK_ROLE_ARN, FLOW_SUBNETS,
# FLOW_SECURITY_GROUPS. Whoever starts the task gives: DATA_REPOSITORY, DATA_REF, and IMAGE, which deployments run.
set -eu

template=${BASE_JOB_TEMPLATE:-/usr/local/share/deploy-blog-data/base-job-template.json}
required='PREFECT_API_URL WORK_POOL FLOW_CLUSTER FLOW_EXECUTION_ROLE_ARN FLOW_TASK_ROLE_ARN FLOW_SUBNETS
FLOW_SECURITY_GROUPS DATA_REPOSITORY DATA_REF'

fail() {
    printf 'deploy: %s\n' "$1" >&2
    exit 1
}

say() {
    printf 'deploy: %s\n' "$1" >&2
}

check_variables() {
    missing=
    for name in $required; do
        eval "value=\${$name:-}"
        [ -n "$value" ] || missing="$missing $name"
    done
    [ -z "$missing" ] || fail "not set:$missing"
    case $DATA_REF in -*) fail "DATA_REF cannot begin with a dash" ;; esac
    case $DATA_REPOSITORY in -*) fail "DATA_REPOSITORY cannot begin with a dash" ;; esac
    # What follows goes into JSON between quotes: nothing that AWS gives out needs escaping there.
    for name in FLOW_CLUSTER FLOW_EXECUTION_ROLE_ARN FLOW_TASK_ROLE_ARN FLOW_SUBNETS FLOW_SECURITY_GROUPS; do
        eval "value=\$$name"
        case $value in *[!A-Za-z0-9:/_.,@+=-]*) fail "$name holds a character that no name or ARN has" ;; esac
    done
}

# One commit, however the ref is written: a branch, a tag or a commit id.
clone() {
    checkout=$work/source
    say "cloning $DATA_REPOSITORY at $DATA_REF"
    git init --quiet "$checkout" || fail "cannot make a repository in $work"
    git -C "$checkout" remote add origin "$DATA_REPOSITORY" || fail "git does not take the address of the repository"
    git -C "$checkout" fetch --quiet --depth 1 origin "$DATA_REF" || fail "cannot fetch $DATA_REF from $DATA_REPOSITORY"
    git -C "$checkout" checkout --quiet --detach FETCH_HEAD || fail "cannot check $DATA_REF out"
    cd "$checkout"
}

install() {
    say "installing the data application"
    if [ -f pyproject.toml ] || [ -f setup.py ]; then
        pip install --quiet --no-cache-dir --user . || fail "the data application cannot be installed"
    elif [ -f requirements.txt ]; then
        pip install --quiet --no-cache-dir --user -r requirements.txt || fail "the data application's requirements cannot be installed"
    else
        fail "the repository has neither pyproject.toml nor setup.py nor requirements.txt"
    fi
}

as_list() {
    printf '["%s"]' "$(printf '%s' "$1" | sed 's/,/","/g')"
}

filled_template() {
    [ -f "$template" ] || fail "the base job template $template is missing"
    sed \
        -e "s|\"@FLOW_SUBNETS@\"|$(as_list "$FLOW_SUBNETS")|" \
        -e "s|\"@FLOW_SECURITY_GROUPS@\"|$(as_list "$FLOW_SECURITY_GROUPS")|" \
        -e "s|@FLOW_CLUSTER@|$FLOW_CLUSTER|" \
        -e "s|@FLOW_EXECUTION_ROLE_ARN@|$FLOW_EXECUTION_ROLE_ARN|" \
        -e "s|@FLOW_TASK_ROLE_ARN@|$FLOW_TASK_ROLE_ARN|" \
        "$template"
}

# The template is written again each time: a role or subnet that Terraform replaced must not linger in the pool.
make_work_pool() {
    filled_template >"$work/base-job-template.json"
    if prefect work-pool inspect "$WORK_POOL" >/dev/null 2>&1; then
        say "bringing the work pool $WORK_POOL up to date"
        prefect work-pool update "$WORK_POOL" --base-job-template "$work/base-job-template.json" >&2 ||
            fail "the work pool $WORK_POOL cannot be updated at $PREFECT_API_URL"
    else
        say "creating the work pool $WORK_POOL"
        prefect work-pool create "$WORK_POOL" --type ecs --base-job-template "$work/base-job-template.json" >&2 ||
            fail "the work pool $WORK_POOL cannot be created at $PREFECT_API_URL"
    fi
}

[ $# -gt 0 ] || set -- prefect deploy --all
check_variables
work=$(mktemp -d) || fail "no temporary folder can be made"
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
clone
install
make_work_pool
say "running: $*"
"$@" || fail "\`$*\` failed"
say "done: $DATA_REF is deployed to $WORK_POOL"
