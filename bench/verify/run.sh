#!/usr/bin/env bash
# Verifies two healthy endpoints of four hops each, beside curl that asks for the same four URLs in parallel, in the same
# run and of the same server. Prints medians in milliseconds and their ratio; fails when verification takes more than
# 1.3 times as long as curl, or 300 ms more than the slowest single request.
#   bench/verify/run.sh [ROUNDS]      needs curl, python3 and openssl
set -euo pipefail

rounds=${1:-20}
root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
program=${SIGNALBOX_PROGRAM:-$("$root/scripts/publish.sh")}
work=$(mktemp -d)
trap 'kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
mkdir "$work/module"
touch "$work/module/main.tf"

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 90 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost \
    -keyout "$work/key.pem" -out "$work/certificate.pem" 2>/dev/null

python3 "$root/bench/verify/server.py" "$work" &
server=$!
until [ -s "$work/port" ]; do sleep 0.05; done
port=$(<"$work/port")
# Both trust this one certificate; curl is given it on its command line, and reads no others either.
mkdir "$work/no-more-certificates"
export SSL_CERT_FILE=$work/certificate.pem SSL_CERT_DIR=$work/no-more-certificates

{
    printf 'version: 1\nenvironments:\n  prod:\n    root: module\n    endpoints:\n'
    for name in portal pipelines; do
        printf '      %s:\n        url: https://localhost:%s/%s\n        live: { redirects_to: https://login.example.com/oauth2/auth }\n        service: { path: /health }\n' "$name" "$port" "$name"
    done
} > "$work/signalbox.yml"
cd "$work"

ours() { "$program" verify prod --expect live >/dev/null; }
single() { curl --silent --output /dev/null --noproxy '*' --cacert certificate.pem "https://localhost:$port$1"; }
theirs() {
    local asked=() path
    for path in /portal /health /pipelines /health; do
        single "$path" &
        asked+=($!)
    done
    wait "${asked[@]}"
}
milliseconds() { local began=$EPOCHREALTIME; "$@"; awk -v b="$began" -v e="$EPOCHREALTIME" 'BEGIN { printf "%.1f\n", (e - b) * 1000 }'; }
median() { sort -n "$1" | awk '{ v[NR] = $1 } END { print (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

ours; theirs # once without the clock
for ((round = 0; round < rounds; round++)); do # alternating, so that whatever else the machine does falls on both
    milliseconds ours >> ours.ms
    milliseconds theirs >> theirs.ms
    milliseconds single /health >> single.ms
done

awk -v ours="$(median ours.ms)" -v theirs="$(median theirs.ms)" -v single="$(median single.ms)" -v rounds="$rounds" 'BEGIN {
    printf "signalbox verify     %7.1f ms (median of %d)\n", ours, rounds
    printf "curl, four at once   %7.1f ms\n", theirs
    printf "curl, one            %7.1f ms\n", single
    printf "signalbox / curl     %7.2f (at most 1.3)\n", ours / theirs
    printf "over a single one    %7.1f ms (at most 300)\n", ours - single
    exit ours / theirs > 1.3 || ours - single > 300
}'
