#!/usr/bin/env bash
# Parks the same recorded environment two ways and prints the ratio of wall time:
#   bare       terraform apply -var parked=true -auto-approve
#   signalbox  signalbox park, which also judges, drains, writes the register, and looks at the endpoints before and after
# and says how long it took until the endpoints answered "parked".
# Usage: bench/park/run.sh [ROUNDS]      (one round takes about three minutes)
set -euo pipefail

rounds=${1:-3}
repository=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
program=${SIGNALBOX_PROGRAM:-$repository/artifacts/publish/Signalbox.Cli/release/signalbox}
results=$repository/bench/results
work=$(mktemp -d)
clone=$work/clone
trap '"$program" sandbox down >/dev/null 2>&1 || true; rm -rf "$work"' EXIT

mkdir -p "$results"
git clone -q "$repository" "$clone"
cd "$clone"
"$program" sandbox up >/dev/null 2>&1
echo "applying the environment once; about two minutes" >&2
"$program" plan prod >/dev/null 2>&1
"$program" apply prod --approved-by bench >/dev/null 2>&1
"$program" sandbox snapshot >/dev/null 2>&1

bare() (
    cd infra/envs/prod
    terraform apply -input=false -auto-approve -var parked=true
)

with_signalbox() { "$program" park prod --json; }

seconds_of() { # WAY: prints the wall time of one park
    local began ended
    "$program" sandbox reset --from-snapshot >/dev/null 2>&1
    eval "$("$program" sandbox env)"
    export TF_VAR_account_id=123456789012 TF_DATA_DIR=$work/bare-data
    [ -d "$TF_DATA_DIR" ] || terraform -chdir=infra/envs/prod init -input=false >/dev/null
    began=$EPOCHREALTIME
    "$1" >"$work/$1.log" 2>"$work/$1.err" || { cat "$work/$1.log" "$work/$1.err" >&2; exit 1; }
    ended=$EPOCHREALTIME
    awk -v ended="$ended" -v began="$began" 'BEGIN { printf "%.2f\n", ended - began }'
}

median() { sort -n | awk '{ v[NR] = $1 } END { print (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

for ((round = 1; round <= rounds; round++)); do
    for way in bare with_signalbox; do
        echo "round $round: $way" >&2
        seconds_of "$way" >>"$work/$way.seconds"
    done
    python3 -c 'import json, sys; print(json.load(sys.stdin)["seconds_until_answered"])' <"$work/with_signalbox.log" >>"$work/answered.seconds"
done

for way in bare with_signalbox; do
    sed "s/^/$way /" "$work/$way.seconds"
    printf '%-15s %6.1f s (median of %d)\n' "$way" "$(median <"$work/$way.seconds")" "$rounds" >&2
done >"$results/park.txt"
printf 'the endpoints answered "parked" %6.1f s after the apply began\n' "$(median <"$work/answered.seconds")"
awk -v ours="$(median <"$work/with_signalbox.seconds")" -v bare="$(median <"$work/bare.seconds")" 'BEGIN {
    printf "signalbox park / terraform apply -auto-approve  %.2f (at most 1.03)\n", ours / bare
    exit ours / bare > 1.03
}'
