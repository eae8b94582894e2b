#!/usr/bin/env bash
# Parks the same recorded environment three ways and prints the ratios of wall time:
#   bare            terraform apply -var parked=true -auto-approve: one process, nothing between the plan and its apply
#   judged          terraform plan -out, show -json, apply FILE: the least that looks at a plan before it is applied
#   with_signalbox  signalbox park, which also judges, drains, writes the register, and looks at the endpoints before and after
# and says how long it took until the endpoints answered "parked". It fails above 1.03 of `judged` (docs/adr/0018).
# Usage: bench/park/run.sh [ROUNDS]      (one round takes about three minutes)
set -euo pipefail

rounds=${1:-3}
results=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/results
mkdir -p "$results"
# shellcheck source=bench/lib/recorded.sh
source "$(dirname "${BASH_SOURCE[0]}")/../lib/recorded.sh"
record_environment

bare() (
    cd infra/envs/prod
    terraform apply -input=false -auto-approve -var parked=true
)

judged() (
    cd infra/envs/prod
    terraform plan -input=false -var parked=true -out="$work/plan"
    terraform show -json "$work/plan" >"$work/plan.json"
    terraform apply -input=false "$work/plan"
)

with_signalbox() { "$program" park prod --json; }

for ((round = 1; round <= rounds; round++)); do
    for way in bare judged with_signalbox; do
        echo "round $round: $way" >&2
        seconds_of "$way" >>"$work/$way.seconds"
    done
    python3 -c 'import json, sys; print(json.load(sys.stdin)["seconds_until_answered"])' <"$work/with_signalbox.log" >>"$work/answered.seconds"
done

for way in bare judged with_signalbox; do
    sed "s/^/$way /" "$work/$way.seconds"
    printf '%-15s %6.1f s (median of %d)\n' "$way" "$(median <"$work/$way.seconds")" "$rounds" >&2
done >"$results/park.txt"
printf 'the endpoints answered "parked" %6.1f s after the apply began\n' "$(median <"$work/answered.seconds")"
awk -v ours="$(median <"$work/with_signalbox.seconds")" -v judged="$(median <"$work/judged.seconds")" -v bare="$(median <"$work/bare.seconds")" 'BEGIN {
    printf "signalbox park / terraform apply -auto-approve        %.2f\n", ours / bare
    printf "signalbox park / terraform plan, show, apply FILE     %.2f (at most 1.03)\n", ours / judged
    exit ours / judged > 1.03
}'
