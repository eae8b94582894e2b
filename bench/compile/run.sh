#!/usr/bin/env bash
# Compiles a 2,500-line config with the published program, start-up included, and has CircleCI's own TypeScript parser read
# the same file in the same run. Prints medians and their ratio, then the growth from 2,500 to 20,000 lines.
# Fails above 30 ms, below ten times the rival, or when the growth is not linear.
# usage: run.sh [RUNS]
set -euo pipefail

runs=${1:-20}
root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
program=$("$root/scripts/publish.sh")
results=$root/bench/results/compile
mkdir -p "$results"
for lines in 2500 5000 20000; do
    python3 "$root/bench/compile/generate.py" "$lines" "$results/$lines.yml"
done
[ -d "$results/node_modules/@circleci" ] || npm install --silent --no-audit --no-fund --prefix "$results" @circleci/circleci-config-parser@0.10.0-alpha.3
cp "$root/bench/compile/rival.cjs" "$results/rival.cjs"

python3 - "$program" "$results" "$runs" <<'PYTHON'
import statistics, subprocess, sys, time

program, results, runs = sys.argv[1], sys.argv[2], int(sys.argv[3])
commands = {name: [program, "config", "process", f"{results}/{name}.yml"] for name in ("2500", "5000", "20000")}
commands["floor"] = [program, "--help"]
commands["rival"] = ["node", f"{results}/rival.cjs", f"{results}/2500.yml"]
took = {name: [] for name in commands}
for round_ in range(runs + 1):  # alternating; the first round warms the disk's cache
    for name, command in commands.items():
        start = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        if round_:
            took[name].append((time.perf_counter() - start) * 1000)
median = {name: statistics.median(times) for name, times in took.items()}
for name, value in median.items():
    print(f"{name:6} {value:8.1f} ms")
ratio = median["rival"] / median["2500"]
growth = (median["20000"] - median["floor"]) / (median["2500"] - median["floor"])
print(f"ratio rival/signalbox {ratio:.1f}; eight times the lines take {growth:.1f} times the time over start-up")
sys.exit(0 if median["2500"] <= 30 and ratio >= 10 and growth <= 12 else 1)
PYTHON
