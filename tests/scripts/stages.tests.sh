# shellcheck shell=bash disable=SC2154 # folder, repository and the helpers come from `one`
# The counting of ./test, from what the tools really print.

counted() {
    root=$folder
    # shellcheck source=scripts/lib/stages.sh
    source "$repository/scripts/lib/stages.sh"
    local p=0 f=0 s=0
    cat >log
    "$1" log "$2"
    same "$p passed, $f failed, $s skipped" "$3"
}

it_adds_up_the_test_platforms_summary() {
    counted dotnet_tests 0 "11 passed, 0 failed, 1 skipped" <<<$'Test run summary: Passed!\n  total: 12\n  failed: 0\n  succeeded: 11\n  skipped: 1'
}

it_reads_a_summary_in_colour() {
    counted dotnet_tests 0 "11 passed, 0 failed, 0 skipped" <<<$'\e[32mPassed!\e[m\n  total: 11\n\e[90m  failed: 0\e[m\n  \e[32msucceeded: 11\e[m\n  skipped: 0'
}

it_fails_when_the_test_platform_ran_nothing() {
    counted dotnet_tests 5 "0 passed, 1 failed, 0 skipped" <<<$'Zero tests ran\n  total: 0\n  failed: 0\n  succeeded: 0\n  skipped: 0'
    counted dotnet_tests 0 "0 passed, 1 failed, 0 skipped" <<<'  total: 0'
}

it_fails_when_a_test_process_dies_after_its_passes() {
    counted dotnet_tests 134 "3 passed, 1 failed, 0 skipped" <<<$'  failed: 0\n  succeeded: 3'
}

it_reads_unittest() {
    counted python_tests 0 "5 passed, 0 failed, 0 skipped" <<<$'Ran 5 tests in 0.1s\n\nOK'
    counted python_tests 0 "0 passed, 0 failed, 1 skipped" <<<$'Ran 1 test in 0.1s\n\nOK (skipped=1)'
    counted python_tests 1 "2 passed, 3 failed, 1 skipped" <<<$'Ran 6 tests in 0.1s\n\nFAILED (failures=1, errors=2, skipped=1)'
    counted python_tests 0 "0 passed, 1 failed, 0 skipped" <<<$'Ran 0 tests in 0.0s\n\nOK'
    counted python_tests 1 "0 passed, 1 failed, 0 skipped" <<<'ModuleNotFoundError'
}

it_reads_our_own_scripts() {
    counted own_tests 0 "3 passed, 0 failed, 0 skipped" <<<'infra: 3 passed, 0 failed'
    counted own_tests 1 "3 passed, 1 failed, 2 skipped" <<<'3 passed, 1 failed, 2 skipped'
    counted own_tests 1 "3 passed, 1 failed, 0 skipped" <<<'3 passed, 0 failed'
}
