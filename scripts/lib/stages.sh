# shellcheck shell=bash
# Runs the stages of ./test: says what runs, keeps its output in a log, counts what passed. Sourced by ./test.

passed=0 failed=0 skipped=0
logs=${root:?}/artifacts/test
mkdir -p "$logs"
ticker=
trap '[[ -z $ticker ]] || kill "$ticker" 2>/dev/null || true' EXIT

# stage NAME COUNTER COMMAND…: the counter reads the log and the exit code and sets p, f and s.
# Returns 1 when anything in the stage failed.
stage() {
    local name=$1 counter=$2 started=$SECONDS log status=0 p=0 f=0 s=0
    shift 2
    log=$logs/${name// /-}.log
    printf '== %s\n' "$name"
    # The sleep must not hold our output open when ./test is one end of a pipe.
    (while sleep 30 >/dev/null 2>&1; do printf '   %s: still running%s\n' "$name" "$(last_words "$log")"; done) &
    ticker=$!
    ("$@") >"$log" 2>&1 || status=$?
    kill "$ticker" 2>/dev/null || true
    wait "$ticker" 2>/dev/null || true
    ticker=

    "$counter" "$log" "$status"
    if ((f > 0)); then
        sed 's/^/   | /' "$log"
    fi
    printf '   %s: %d passed, %d failed' "$name" "$p" "$f"
    ((s == 0)) || printf ', %d skipped' "$s"
    printf ' (%d s)\n' "$((SECONDS - started))"
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
    ((f == 0))
}

# What a stage said last: when it hangs, this is all that whoever reads the output of CI will see.
last_words() {
    local line
    line=$(tail -c 600 "$1" 2>/dev/null | sed $'s/\e\\[[0-9;?]*[a-zA-Z]//g' | tr -d '\r' | grep -a '[^ ]' | tail -n 1 | cut -c 1-200)
    [[ -z $line ]] || printf ': %s' "$line"
}

# A stage that cannot run because an earlier one failed has failed too.
not_run() {
    printf '== %s\n   %s: not run, because %s failed\n' "$1" "$1" "$2"
    failed=$((failed + 1))
}

finish() {
    printf '\n%d passed, %d failed' "$passed" "$failed"
    ((skipped == 0)) || printf ', %d skipped' "$skipped"
    printf '\n'
    ((failed == 0))
}

# The counters. Each makes sure that a stage which ended badly, or counted nothing, is never a pass.

one_check() {
    if (($2 == 0)); then p=1; else f=1; fi
}

# Microsoft.Testing.Platform: one block of `total:`, `failed:`, `succeeded:`, `skipped:` a project.
dotnet_tests() {
    p=$(sum_after 'succeeded:' "$1") f=$(sum_after 'failed:' "$1") s=$(sum_after 'skipped:' "$1")
    nothing_or_bad_end "$2"
}

# Python's unittest: `Ran N tests`, then `OK (skipped=1)` or `FAILED (failures=1, errors=2)`.
python_tests() {
    local ran
    ran=$(sed -n 's/^Ran \([0-9]*\) tests\{0,1\} in .*/\1/p' "$1" | tail -n 1)
    s=$(number_in 'skipped=' "$1")
    f=$(($(number_in '[( ]failures=' "$1") + $(number_in 'errors=' "$1")))
    p=$((${ran:-0} - f - s))
    nothing_or_bad_end "$2"
}

# Our own scripts: a last line `N passed, N failed`, with `, N skipped` if any.
own_tests() {
    local line
    line=$(grep -aE '[0-9]+ passed, [0-9]+ failed' "$1" | tail -n 1 || true)
    if [[ $line =~ ([0-9]+)\ passed,\ ([0-9]+)\ failed(,\ ([0-9]+)\ skipped)? ]]; then
        p=${BASH_REMATCH[1]} f=${BASH_REMATCH[2]} s=${BASH_REMATCH[4]:-0}
    fi
    nothing_or_bad_end "$2"
}

nothing_or_bad_end() {
    if ((f == 0)) && (($1 != 0 || p + s == 0)); then
        f=1
    fi
}

sum_after() {
    # The platform colours its summary when CI is set, terminal or not.
    sed $'s/\e\\[[0-9;]*m//g' "$2" | LC_ALL=C awk -v word="$1" '$1 == word && $2 ~ /^[0-9]+$/ { sum += $2 } END { print sum + 0 }'
}

number_in() {
    local found
    found=$(grep -aE '^(OK|FAILED)' "$2" | grep -aoE "$1[0-9]+" | tail -n 1 | grep -oE '[0-9]+$' || true)
    printf '%s\n' "${found:-0}"
}
