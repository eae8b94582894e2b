#!/usr/bin/env bash
# Appends to a register beside a bare append and fsync, checks a large register beside sha256sum of the same bytes, and
# says how large it is. The large one is filled in memory, where a flush costs nothing.
# usage: run.sh [ENTRIES] [APPENDS]
set -euo pipefail

entries=${1:-1000000}
appends=${2:-2000}
root=$(cd "$(dirname "$0")/../.." && pwd)
results=$root/bench/results
program=${SIGNALBOX_BENCH:-$root/artifacts/publish/Signalbox.Bench/release/Signalbox.Bench}
large=$(mktemp -d /dev/shm/signalbox-register-XXXXXX)
small=$results/register-append
trap 'rm -rf "$large" "$small"' EXIT

mkdir -p "$results"
rm -rf "$small"
[ -x "$program" ] || dotnet publish "$root/bench/Signalbox.Bench" -c Release -v q --nologo

"$program" register append "$small" "$appends"
"$program" register fill "$large" "$entries"
bytes=$(du -sb "$large" | cut -f1)
zcat "$large"/register.ndjson.d/*.gz | cat - "$large/register.ndjson" > "$large/plain"
echo "size: $entries entries in $((bytes / 1000000)) MB, $((bytes / entries)) bytes each; plain $(($(stat -c %s "$large/plain") / 1000000)) MB"

for _ in 1 2 3; do
    echo "verify $(taskset -c 0 "$program" register verify "$large" 0)"
    /usr/bin/time -f '%e' -o "$results/time" taskset -c 0 sha256sum "$large/plain" > "$results/output"
    echo "sha256sum $entries $(cat "$results/time")"
done | tee "$results/register.txt"

python3 - "$results/register.txt" <<'PYTHON'
import statistics, sys

rows = [line.split() for line in open(sys.argv[1])]
seconds = {name: statistics.median(float(row[2]) for row in rows if row[0] == name) for name in ("verify", "sha256sum")}
count = int(rows[0][1])
print(f"verify: {count / seconds['verify']:,.0f} entries/s on one core; {seconds['verify'] / seconds['sha256sum']:.1f} times sha256sum of the plain bytes")
PYTHON
