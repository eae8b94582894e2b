#!/usr/bin/env bash
# Summarises and judges a generated 200 MB plan, has jq read the same file in the same run, and prints the ratio.
# usage: run.sh [ROUNDS]
set -euo pipefail

rounds=${1:-5}
root=$(cd "$(dirname "$0")/../.." && pwd)
results=$root/bench/results
program=$root/artifacts/publish/Signalbox.Bench/release/Signalbox.Bench
plan=$results/plan.json

mkdir -p "$results"
[ -f "$plan" ] || python3 "$root/bench/plan-summary/generate.py" "$plan"
[ -x "$program" ] || dotnet publish "$root/bench/Signalbox.Bench" -c Release -v q --nologo

measure() { /usr/bin/time -f '%e %U %M' -o "$results/time" "$@" > "$results/output"; cat "$results/time"; }

# Alternating, so that whatever else the machine does falls on both.
for _ in $(seq "$rounds"); do
    echo "signalbox $(measure "$program" plan-summary "$plan" text)"
    echo "jq $(measure jq -c '.resource_changes | length' "$plan")"
done | tee "$results/plan-summary.txt"

python3 - "$results/plan-summary.txt" "$plan" <<'PYTHON'
import os, statistics, sys

rows = [line.split() for line in open(sys.argv[1])]
median = {name: [statistics.median(float(row[column]) for row in rows if row[0] == name) for column in (1, 2, 3)]
          for name in ("signalbox", "jq")}
print(f"plan: {os.path.getsize(sys.argv[2]) / 1e6:.0f} MB; medians of {len(rows) // 2} rounds")
for name, (wall, user, peak) in median.items():
    print(f"{name:10} {wall:6.2f} s wall  {user:6.2f} s user  {peak / 1024:6.0f} MB peak")
print(f"ratio jq/signalbox: {median['jq'][0] / median['signalbox'][0]:.1f} wall, {median['jq'][1] / median['signalbox'][1]:.1f} user")
limit = 300
sys.exit(0 if median["signalbox"][2] <= limit * 1024 and median["signalbox"][0] < median["jq"][0] else 1)
PYTHON
