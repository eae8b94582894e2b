#!/usr/bin/env bash
# Streams 1 GB of a step's output with 100 masked secrets to disk, has `cat` write the same bytes in the same run, and
# prints the ratio of their speeds (at least 0.7) and the peak of memory.
# usage: run.sh [ROUNDS]
set -euo pipefail

rounds=${1:-3}
root=$(cd "$(dirname "$0")/../.." && pwd)
program=${SIGNALBOX_BENCH:-$root/artifacts/publish/Signalbox.Bench/release/Signalbox.Bench}
[ -x "$program" ] || dotnet publish "$root/bench/Signalbox.Bench" -c Release -v q --nologo
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 - "$work" <<'PYTHON'
import random, sys
random.seed(7)
letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
word = lambda n: "".join(random.choices(letters, k=n))
secrets = [word(random.randint(12, 40)) for _ in range(100)]
open(f"{sys.argv[1]}/secrets", "w").write("\n".join(secrets) + "\n")
lines = []
for i in range(20000):
    text = f"2026-01-01T00:00:{i % 60:02d}Z INFO step {i}: " + " ".join(word(random.randint(2, 9)) for _ in range(10))
    lines.append(text + (f" token={random.choice(secrets)}" if i % 50 == 0 else ""))
block = ("\n".join(lines) + "\n").encode()
with open(f"{sys.argv[1]}/input", "wb") as out:
    written = 0
    while written < 1_000_000_000:
        written += out.write(block)
PYTHON

seconds() { /usr/bin/time -f '%e %M' -o "$work/time" "$@"; cat "$work/time"; }
# shellcheck disable=SC2016 # for the inner shell to expand
for _ in $(seq "$rounds"); do
    echo "cat $(seconds bash -c 'cat "$1" > "$2"' _ "$work/input" "$work/plain")"
    echo "piped $(seconds bash -c 'cat "$1" | cat > "$2"' _ "$work/input" "$work/plain")"
    echo "masked $(seconds "$program" masked-output "$work/secrets" "$work/masked" "cat $work/input")"
done | tee "$work/rounds"
if grep -qFf "$work/secrets" "$work/masked"; then
    echo "error: a secret came through" >&2
    exit 1
fi

python3 - "$work/rounds" <<'PYTHON'
import statistics, sys
rows = [line.split() for line in open(sys.argv[1])]
median = {name: statistics.median(float(row[1]) for row in rows if row[0] == name) for name in ("cat", "piped", "masked")}
peak = max(int(row[2]) for row in rows if row[0] == "masked") / 1024
print(f"cat {median['cat']:.2f} s, cat through a pipe {median['piped']:.2f} s, masked {median['masked']:.2f} s, peak {peak:.0f} MB")
print(f"ratio masked/cat: {median['cat'] / median['masked']:.2f} of its speed; through a pipe: {median['piped'] / median['masked']:.2f} (at least 0.7)")
PYTHON
