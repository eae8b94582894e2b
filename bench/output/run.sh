#!/usr/bin/env bash
# Streams 1 GB of a step's output with 100 masked secrets to disk, has `cat` in its place write the same bytes from the same
# pipe in the same run, and prints the ratio of their speeds and the peak of memory. Fails below 0.7 or above 64 MB.
# The speed of `cat` from a file to a file is printed too: a step's output never comes that way, and where coreutils have
# `cat` call copy_file_range (from 9.1) no byte of it passes through a program.
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

seconds() { # of a command that writes $work/written, whose pages are given back before, so that nobody pays for another's
    rm -f "$work/written"
    sync
    /usr/bin/time -f '%e %M' -o "$work/time" "$@"
    cat "$work/time"
}
# shellcheck disable=SC2016 # for the inner shell to expand
for _ in $(seq "$rounds"); do
    for sync in "" "; sync written"; do
        where=${sync:+disk}
        where=${where:-memory}
        cd "$work"
        echo "cat $where $(seconds bash -c "cat input > written$sync")"
        echo "piped $where $(seconds bash -c "cat input | cat > written$sync")"
        echo "masked $where $(seconds bash -c "'$program' masked-output secrets written 'cat $work/input'$sync")"
    done
done | tee "$work/rounds"
if grep -qFf "$work/secrets" "$work/written"; then
    echo "error: a secret came through" >&2
    exit 1
fi

python3 - "$work/rounds" <<'PYTHON'
import statistics, sys
rows = [line.split() for line in open(sys.argv[1])]
ratios = []
for where, title in (("memory", "until the last program ended"), ("disk", "until it is on the disk (sync)")):
    cat, piped, masked = (statistics.median(float(row[2]) for row in rows if row[:2] == [name, where]) for name in ("cat", "piped", "masked"))
    print(f"{title}: cat {cat:.2f} s, cat through a pipe {piped:.2f} s, masked {masked:.2f} s")
    print(f"  of the speed of cat through a pipe, as a step's output comes: {piped / masked:.2f} (at least 0.7); of cat from a file: {cat / masked:.2f}")
    ratios.append(piped / masked)
peak = max(int(row[3]) for row in rows if row[0] == "masked") / 1024
print(f"peak {peak:.0f} MB")
sys.exit(0 if min(ratios) >= 0.7 and peak <= 64 else 1)
PYTHON
