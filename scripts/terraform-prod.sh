#!/usr/bin/env bash
# The documented wrapper for the environment `prod`: terraform-prod.sh init|plan|apply|park|unpark [arguments]
# Every word is signalbox's own; this file only names the environment. SIGNALBOX_TARGET says where prod lives
# (sandbox, the default, or aws); SIGNALBOX_PROGRAM names another signalbox than this repository's.
set -euo pipefail

root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
program=${SIGNALBOX_PROGRAM:-$root/signalbox}
verb=${1:-}

case $verb in
    init | plan | apply | park | unpark) shift ;;
    -h | --help)
        sed -n '2,4s/^# //p' "${BASH_SOURCE[0]}"
        exit 0
        ;;
    *)
        echo "error: \`$verb\` is not one of init, plan, apply, park, unpark" >&2
        echo "hint: run \`scripts/terraform-prod.sh --help\`" >&2
        exit 2
        ;;
esac

target=${SIGNALBOX_TARGET:-sandbox}
approver_is_named=${SIGNALBOX_APPROVED_BY:+yes}
previous=
for argument in "$@"; do
    case $argument in
        --target=*) target=${argument#--target=} ;;
        --approved-by | --approved-by=*) approver_is_named=yes ;;
    esac
    [[ $previous != --target ]] || target=$argument
    previous=$argument
done

# Nothing in the sandbox is real: whoever runs this there approves it by running it. A real account gets no such word.
approval=()
if [[ $verb == apply && $target == sandbox && -z $approver_is_named ]]; then
    approval=(--approved-by "$(id -un)")
fi

exec "$program" "$verb" prod ${approval[@]+"${approval[@]}"} "$@"
