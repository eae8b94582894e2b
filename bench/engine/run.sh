#!/usr/bin/env bash
# What the engine itself costs, on the host executor:
#   floor      the same commands in a bash loop: 200 trivial jobs, one after another
#   chain      200 trivial jobs, one requires the other            -> milliseconds over the floor, a job
#   thousand   1,000 jobs in one workflow, as many at once as there are processors   -> peak memory
#   hundred    100 jobs at once, each of which waits for all the others to have begun -> peak memory
#   pipeline   build, test x 2, manual: against gitlab-ci-local 4.65.1 on its equivalent -> ratio of wall time
# Usage: bench/engine/run.sh [ROUNDS]     SIGNALBOX_PROGRAM names another program than the published one.
set -euo pipefail

rounds=${1:-5}
repository=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
program=${SIGNALBOX_PROGRAM:-$("$repository/scripts/publish.sh")}
rival_version=4.65.1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export XDG_STATE_HOME=$work/state

# A repository of its own for each measurement, which becomes the working folder; a function prints its config.
repository_for() { # NAME CONFIG_FUNCTION
    mkdir -p "$work/$1/.circleci"
    cd "$work/$1"
    "$2" >.circleci/config.yml
    printf '.signalbox/\n.gitlab-ci-local/\nout/\n' >.gitignore
    git init -q -b main .
    git add -A
    git -c user.name=bench -c user.email=bench@example.com commit -qm Begin
}

milliseconds() { # of a command that waits for no disk but its own: what others wrote before is there by then
    local begun
    sync
    begun=${EPOCHREALTIME/./}
    "$@" >"$work/output" 2>&1 || { cat "$work/output" >&2; exit 1; }
    echo $(((${EPOCHREALTIME/./} - begun) / 1000))
}

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

peak_memory() { # of a command, in MiB; children are counted apart, one by one
    python3 - "$@" <<'PY'
import resource, subprocess, sys, time
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
peak = 0
while child.poll() is None:
    try:
        with open(f"/proc/{child.pid}/status") as status:
            peak = max([peak] + [int(line.split()[1]) for line in status if line.startswith("VmHWM")])
    except OSError:
        pass
    time.sleep(0.05)
if child.returncode:
    sys.exit(child.stderr.read().decode())
print(peak // 1024)
PY
}

jobs=200
chain_config() {
    printf 'version: 2.1\njobs:\n  trivial: {docker: [{image: "cimg/base:stable"}], steps: [run: "true"]}\nworkflows:\n  chain:\n    jobs:\n      - trivial: {name: j0}\n'
    for ((i = 1; i < jobs; i++)); do printf '      - trivial: {name: j%d, requires: [j%d]}\n' "$i" "$((i - 1))"; done
}
repository_for chain chain_config
printf 'for ((i = 0; i < %d; i++)); do bash -eo pipefail -c true; done\n' "$jobs" >"$work/floor.sh"
for ((round = 0; round < rounds; round++)); do
    milliseconds bash "$work/floor.sh" >>"$work/floor.times"
    milliseconds "$program" run chain >>"$work/chain.times"
done
floor=$(median <"$work/floor.times")
chain=$(median <"$work/chain.times")
echo "chain     $chain ms for $jobs jobs, floor $floor ms: $(((chain - floor) * 10 / jobs))/10 ms over the floor a job (at most 25)"

thousand_config() {
    printf 'version: 2.1\njobs:\n  trivial: {docker: [{image: "cimg/base:stable"}], steps: [run: "true"]}\nworkflows:\n  thousand:\n    jobs:\n'
    for ((i = 0; i < 1000; i++)); do printf '      - trivial: {name: j%d}\n' "$i"; done
}
repository_for thousand thousand_config
echo "thousand  $(peak_memory "$program" run thousand) MiB at most, 1,000 jobs in one workflow (at most 250)"

hundred_config() {
    # shellcheck disable=SC2016 # for the job's shell to expand
    printf 'version: 2.1\njobs:\n  together:\n    docker: [{image: "cimg/base:stable"}]\n    steps:\n      - run: |\n          mkdir -p %s\n          touch %s/$CIRCLE_JOB\n          while (($(ls %s | wc -l) < 100)); do sleep 0.2; done\nworkflows:\n  hundred:\n    jobs:\n' "$work/begun" "$work/begun" "$work/begun"
    for ((i = 0; i < 100; i++)); do printf '      - together: {name: j%d}\n' "$i"; done
}
repository_for hundred hundred_config
echo "hundred   $(peak_memory "$program" run hundred --parallel 100) MiB at most, 100 jobs at once (at most 250)"

pipeline_config() {
    cat <<'YAML'
version: 2.1
jobs:
  build:
    docker: [{image: "cimg/base:stable"}]
    steps:
      - checkout
      - run: mkdir -p out && echo built > out/it
      - persist_to_workspace: {root: ., paths: [out]}
  test:
    docker: [{image: "cimg/base:stable"}]
    parallelism: 2
    steps:
      - checkout
      - attach_workspace: {at: .}
      - run: grep built out/it
  deploy:
    docker: [{image: "cimg/base:stable"}]
    steps:
      - attach_workspace: {at: .}
      - run: cat out/it
workflows:
  pipeline:
    jobs:
      - build
      - test: {requires: [build]}
      - hold: {type: approval, requires: [test]}
      - deploy: {requires: [hold]}
YAML
}
repository_for pipeline pipeline_config
cat >"$work/pipeline/.gitlab-ci.yml" <<'YAML'
stages: [build, test, deploy]
build:
  stage: build
  script: ["mkdir -p out && echo built > out/it"]
  artifacts: {paths: [out]}
test:
  stage: test
  parallel: 2
  needs: [build]
  script: ["grep built out/it"]
deploy:
  stage: deploy
  when: manual
  needs: [test, build]
  script: ["cat out/it"]
YAML
command -v rsync >/dev/null || { echo "pipeline  skipped: gitlab-ci-local needs rsync"; exit 0; }
npm install --silent --no-fund --no-audit --prefix "$work/rival" "gitlab-ci-local@$rival_version" >/dev/null 2>&1 \
    || { echo "pipeline  skipped: npm cannot install gitlab-ci-local $rival_version"; exit 0; }
rival=$work/rival/node_modules/.bin/gitlab-ci-local
cd "$work/pipeline"
git add -A
git -c user.name=bench -c user.email=bench@example.com commit -qm Rival
for ((round = 0; round < rounds; round++)); do
    milliseconds "$program" run pipeline --approve-all >>"$work/ours"
    milliseconds "$rival" --force-shell-executor --manual deploy >>"$work/theirs"
done
ours=$(median <"$work/ours")
theirs=$(median <"$work/theirs")
echo "pipeline  signalbox $ours ms, gitlab-ci-local $rival_version $theirs ms: $((theirs * 10 / ours))/10 times faster (at least 5)"
