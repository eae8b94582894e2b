#!/usr/bin/env bash
# Delivers the same small change three ways, from the same recorded account, and prints ratios of wall time:
#   bare        terraform init, plan -out, show -json, apply of the saved plan
#   documented  what the pipeline of old does: init, plan; then init, plan, apply again
#   signalbox   signalbox plan, signalbox apply
# Usage: bench/deliver/run.sh [ROUNDS]      (one round takes about two minutes)
set -euo pipefail

rounds=${1:-3}
repository=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
program=${SIGNALBOX_PROGRAM:-$repository/artifacts/publish/Signalbox.Cli/release/signalbox}
work=$(mktemp -d)
clone=$work/clone
trap '"$program" sandbox down >/dev/null 2>&1 || true; rm -rf "$work"' EXIT

git clone -q "$repository" "$clone"
cd "$clone"
"$program" sandbox up >/dev/null 2>&1
echo "applying the environment once; about two minutes" >&2
"$program" plan prod >/dev/null 2>&1
"$program" apply prod --approved-by bench >/dev/null 2>&1
"$program" sandbox snapshot >/dev/null 2>&1

# The everyday change: another image is pinned.
sed -i 's/:prefect-deployer-3-python3.12-[0-9a-f]*"/:prefect-deployer-3-python3.12-0123456"/' infra/envs/prod/main.tf

start_over() {
    "$program" sandbox reset --from-snapshot >/dev/null 2>&1
    eval "$("$program" sandbox env)"
    export TF_VAR_account_id=123456789012 TF_DATA_DIR=$work/bare-data
}

bare() (
    cd infra/envs/prod
    terraform init -input=false
    terraform plan -input=false -out="$work/bare.tfplan"
    terraform show -json "$work/bare.tfplan"
    terraform apply -input=false "$work/bare.tfplan"
)

documented() (
    cd infra/envs/prod
    terraform init -input=false
    terraform plan -input=false
    terraform init -input=false
    terraform plan -input=false -out="$work/documented.tfplan"
    terraform apply -input=false "$work/documented.tfplan"
)

with_signalbox() {
    "$program" plan prod --out "$work/signalbox.plan"
    "$program" apply prod "$work/signalbox.plan" --approved-by bench
}

seconds_of() { # WAY: prints the wall time of one delivery
    local began ended
    start_over
    began=$EPOCHREALTIME
    "$1" >"$work/$1.log" 2>&1 || { cat "$work/$1.log" >&2; exit 1; }
    ended=$EPOCHREALTIME
    awk -v ended="$ended" -v began="$began" 'BEGIN { printf "%.2f\n", ended - began }'
}

median() { sort -n | awk '{ v[NR] = $1 } END { print (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

seconds_of bare >/dev/null # the first init fills the data folder
for ((round = 1; round <= rounds; round++)); do
    for way in bare documented with_signalbox; do
        echo "round $round: $way" >&2
        seconds_of "$way" >>"$work/$way.seconds"
    done
done

for way in bare documented with_signalbox; do
    printf '%-15s %6.1f s (median of %d)\n' "$way" "$(median <"$work/$way.seconds")" "$rounds"
done
ours=$(median <"$work/with_signalbox.seconds")
awk -v ours="$ours" -v bare="$(median <"$work/bare.seconds")" -v documented="$(median <"$work/documented.seconds")" 'BEGIN {
    printf "signalbox / bare        %.2f (at most 1.03)\n", ours / bare
    printf "signalbox / documented  %.2f (at most 0.75)\n", ours / documented
    exit ours / bare > 1.03 || ours / documented > 0.75
}'
