#!/usr/bin/env bash
# Runs trivial jobs on the host executor and bare `bash -c true` in the same run; prints the overhead per job (at most 25 ms).
# usage: run.sh [JOBS]
set -euo pipefail

jobs=${1:-200}
root=$(cd "$(dirname "$0")/../.." && pwd)
program=${SIGNALBOX_BENCH:-$root/artifacts/publish/Signalbox.Bench/release/Signalbox.Bench}
[ -x "$program" ] || dotnet publish "$root/bench/Signalbox.Bench" -c Release -v q --nologo
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

began=$EPOCHREALTIME
for ((job = 0; job < jobs; job++)); do
    bash -c true
done
ended=$EPOCHREALTIME
bare=$(awk -v began="$began" -v ended="$ended" -v jobs="$jobs" 'BEGIN { printf "%.2f", (ended - began) * 1000 / jobs }')
ours=$("$program" trivial-jobs "$jobs" "$work")
awk -v bare="$bare" -v ours="$ours" 'BEGIN {
    printf "bare bash -c %.2f ms, a job %.2f ms, overhead %.2f ms (at most 25), ratio %.1f\n", bare, ours, ours - bare, ours / bare
    exit ours - bare > 25
}'
