#!/usr/bin/env bash
# Books the savings of ten years in which an environment was parked or unparked every hour, beside unpacking the same
# register with zcat; the sum is compared with one that is computed here from prices.tsv.
# usage: run.sh [YEARS]
set -euo pipefail

years=${1:-10}
root=$(cd "$(dirname "$0")/../.." && pwd)
results=$root/bench/results
bench=${SIGNALBOX_BENCH:-$root/artifacts/publish/Signalbox.Bench/release/Signalbox.Bench}
program=${SIGNALBOX_PROGRAM:-$root/artifacts/publish/Signalbox.Cli/release/signalbox}
folder=$(mktemp -d /dev/shm/signalbox-savings-XXXXXX)
trap 'rm -rf "$folder"' EXIT

mkdir -p "$results" "$folder/infra"
[ -x "$bench" ] || dotnet publish "$root/bench/Signalbox.Bench" -c Release -v q --nologo
[ -x "$program" ] || "$root/scripts/publish.sh" > /dev/null
printf 'version: 1\nenvironments:\n  prod:\n    root: infra\n    targets:\n      aws: {}\n' > "$folder/signalbox.yml"
: > "$folder/infra/main.tf"
git -C "$folder" init -q
"$bench" parked-years "$folder/.signalbox" "$years"

cd "$folder"
for _ in 1 2 3 4 5; do
    /usr/bin/time -f 'savings %e %M' -a -o "$folder/times" "$program" savings prod --target aws --from 2016-01-01 --json > "$folder/answer.json"
    /usr/bin/time -f 'zcat %e %M' -a -o "$folder/times" sh -c 'zcat .signalbox/register.ndjson.d/*.gz | cat - .signalbox/register.ndjson | wc -c' > "$folder/bytes"
done
cp "$folder/times" "$results/savings.txt"

python3 - "$folder" "$root/src/Signalbox.Delivery/Parking/Prices/prices.tsv" "$years" <<'PYTHON'
import decimal, json, statistics, sys

folder, prices, years = sys.argv[1], sys.argv[2], int(sys.argv[3])
rows = [line.split() for line in open(f"{folder}/times")]
seconds = {name: statistics.median(float(row[1]) for row in rows if row[0] == name) for name in ("savings", "zcat")}
memory = max(int(row[2]) for row in rows if row[0] == "savings") // 1024
price = {}
for line in open(prices):
    if not line.startswith("#") and line.strip():
        region, usage, _, _, usd, *_ = line.split("\t")
        price[region, usage] = decimal.Decimal(usd)
units = {"Fargate-vCPU-Hours:perCPU": "0.75", "Fargate-GB-Hours": "1.5", "NatGateway-Hours": "1", "PublicIPv4:InUseAddress": "1", "VpcEndpoint-Hours": "2"}
hours = years * 8760 // 2
wanted = sum(decimal.Decimal(number) * hours * price["eu-west-2", usage] for usage, number in units.items()).quantize(decimal.Decimal("0.01"), decimal.ROUND_HALF_UP)
answer = json.load(open(f"{folder}/answer.json"), parse_float=decimal.Decimal)
booked = decimal.Decimal(str(answer["total"]))
print(f"booked {booked} USD, by hand {wanted} USD")
print(f"savings of {years} years: {seconds['savings']:.2f} s, {memory} MB; zcat of the same {int(open(f'{folder}/bytes').read()) // 1000000} MB: {seconds['zcat']:.2f} s; ratio {seconds['savings'] / seconds['zcat']:.2f}")
sys.exit(0 if booked == wanted else 1)
PYTHON
