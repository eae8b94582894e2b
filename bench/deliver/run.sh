#!/usr/bin/env bash
# Delivers the same small change three ways, from the same recorded account, and prints ratios of wall time:
#   bare        terraform init, plan -out, show -json, apply of the saved plan
#   documented  what the pipeline of old does: init, plan; then init, plan, apply again
#   signalbox   signalbox plan, signalbox apply
# Usage: bench/deliver/run.sh [ROUNDS]      (one round takes about two minutes)
set -euo pipefail

rounds=${1:-3}
# shellcheck source=bench/lib/recorded.sh
source "$(dirname "${BASH_SOURCE[0]}")/../lib/recorded.sh"
record_environment

# The everyday change: another image is pinned.
sed -i 's/:prefect-deployer-3-python3.12-[0-9a-f]*"/:prefect-deployer-3-python3.12-0123456"/' infra/envs/prod/main.tf

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
