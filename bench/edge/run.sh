#!/usr/bin/env bash
# Loads the sandbox's edge with wrk, and in turn a bare Kestrel with a static answer of the same size over the same TLS.
# The account is the one of this checkout's sandbox, which must be up and have HOST; the load stays on loopback.
# Prints requests a second, median and 99th percentile of each round, and the ratio to the floor; then the same of a
# steady 1,000 requests a second (hey), where the 99th percentile is what a person would feel, not a queue's length.
# usage: run.sh HOST [ROUNDS] [SECONDS]
set -euo pipefail

host=${1:?usage: run.sh HOST [ROUNDS] [SECONDS]}
rounds=${2:-3}
seconds=${3:-10}
root=$(cd "$(dirname "$0")/../.." && pwd)
results=$root/bench/results
program=${SIGNALBOX_PROGRAM:-$root/artifacts/publish/Signalbox.Cli/release/signalbox}
bench=${SIGNALBOX_BENCH:-$root/artifacts/publish/Signalbox.Bench/release/Signalbox.Bench}

for tool in wrk hey; do
    command -v "$tool" >/dev/null || { echo "error: \`$tool\` is missing; hint: install it with your package manager" >&2; exit 1; }
done
[ -x "$bench" ] || dotnet publish "$root/bench/Signalbox.Bench" -c Release -v q --nologo
mkdir -p "$results"
edge=$(cd "$root" && "$program" sandbox status --json | python3 -c 'import json, sys; print(json.load(sys.stdin)["edge"])')

exec 3< <("$bench" bare-server)
floor_process=$!
trap 'kill "$floor_process" 2>/dev/null || true' EXIT
read -r floor_port <&3

load() { wrk --threads 1 --connections 16 --duration "${seconds}s" --latency -H "Host: $host" "$1/" | awk -v name="$2" '
    $1 == "50%" { median = $2 } $1 == "99%" { p99 = $2 } $1 == "Requests/sec:" { rate = $2 } /Non-2xx|Socket errors/ { trouble = trouble " [" $0 "]" }
    END { print name, rate, median, p99, trouble }'; }

# 20 connections, each of 50 requests a second; a connection that is late sends its next one at once.
steady() { hey -z "${seconds}s" -c 20 -q 50 -disable-redirects -host "$host" "$1/" | awk -v name="$2" '
    $1 == "50%" { median = $3 * 1000 } $1 == "99%" { p99 = $3 * 1000 } $1 == "Requests/sec:" { rate = $2 } /Error distribution/ { trouble = " [errors]" }
    END { printf "%s at a steady %.0f requests/s: median %.2f ms, p99 %.2f ms%s\n", name, rate, median, p99, trouble }'; }

# Alternating, so that whatever else the machine does falls on both.
for _ in $(seq "$rounds"); do
    load "$edge" edge
    load "https://127.0.0.1:$floor_port" floor
done | tee "$results/edge.txt"

for _ in $(seq "$rounds"); do
    steady "$edge" edge
    steady "https://127.0.0.1:$floor_port" floor
done | tee "$results/edge-steady.txt"

awk '{ rates[$1] = rates[$1] " " $2; sum[$1] += $2; count[$1]++; if (!($1 in least) || $2 < least[$1]) least[$1] = $2 }
    END { printf "edge %.0f requests/s, floor %.0f: ratio %.2f; slowest round of the edge %.0f (wanted: 1000)\n",
          sum["edge"] / count["edge"], sum["floor"] / count["floor"], (sum["edge"] / count["edge"]) / (sum["floor"] / count["floor"]), least["edge"]
          exit least["edge"] < 1000 }' "$results/edge.txt"
