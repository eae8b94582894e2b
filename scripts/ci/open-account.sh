#!/usr/bin/env bash
# For jobs: open-account.sh plan|apply|none
# In the sandbox, the target unless SIGNALBOX_TARGET says otherwise, brings the emulated account up. For `aws` it lets
# later steps take the role that the context names (AWS_PLAN_ROLE_ARN or AWS_APPLY_ROLE_ARN) with the job's own
# OIDC token, so that no key is stored anywhere.
set -euo pipefail

role=${1:-}
case $role in
    plan) arn=${AWS_PLAN_ROLE_ARN:-} ;;
    apply) arn=${AWS_APPLY_ROLE_ARN:-} ;;
    none) exit 0 ;;
    *)
        echo "error: \`$role\` is not one of plan, apply, none" >&2
        exit 2
        ;;
esac

if [[ ${SIGNALBOX_TARGET:-sandbox} == sandbox ]]; then
    exec signalbox sandbox up
fi

variable=AWS_${role^^}_ROLE_ARN
: "${arn:?the context must hold $variable}"
: "${CIRCLE_OIDC_TOKEN_V2:?this job has no OIDC token; give it a context}"
token=${CIRCLE_INTERNAL_TASK_DATA:-${TMPDIR:-/tmp}}/aws-web-identity
(umask 077 && printf '%s' "$CIRCLE_OIDC_TOKEN_V2" >"$token")
{
    printf 'export AWS_ROLE_ARN=%q AWS_WEB_IDENTITY_TOKEN_FILE=%q\n' "$arn" "$token"
    printf 'export AWS_ROLE_SESSION_NAME=%q\n' "circleci-${CIRCLE_BUILD_NUM:-job}"
} >>"${BASH_ENV:?a job of CircleCI has it}"
echo "the steps that follow take $arn"
