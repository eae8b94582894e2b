# shellcheck shell=bash disable=SC2154 # folder and the helpers come from `one`

wrapper() {
    # shellcheck disable=SC2016 # for the stand-in to expand
    stand_in signalbox <<<'printf "<%s>" "$@"; exit "${EXIT_WITH:-0}"'
    stand_in id <<<'echo ada'
    SIGNALBOX_PROGRAM=$folder/bin/signalbox "$repository/scripts/terraform-prod.sh" "$@"
}

it_names_the_environment_and_passes_the_rest_on() {
    same "$(wrapper init)" "<init><prod>"
    same "$(wrapper plan --var 'name=a b' --json)" "<plan><prod><--var><name=a b><--json>"
    same "$(wrapper park)" "<park><prod>"
    same "$(wrapper unpark)" "<unpark><prod>"
}

it_approves_what_is_applied_to_the_sandbox() {
    same "$(wrapper apply)" "<apply><prod><--approved-by><ada>"
    same "$(SIGNALBOX_TARGET=sandbox wrapper apply x.plan)" "<apply><prod><--approved-by><ada><x.plan>"
    same "$(SIGNALBOX_TARGET=aws wrapper apply --target sandbox)" "<apply><prod><--approved-by><ada><--target><sandbox>"
}

it_never_approves_for_a_real_account() {
    same "$(SIGNALBOX_TARGET=aws wrapper apply)" "<apply><prod>"
    same "$(wrapper apply --target aws)" "<apply><prod><--target><aws>"
    same "$(wrapper apply --target=aws)" "<apply><prod><--target=aws>"
}

it_leaves_an_approver_who_is_named() {
    same "$(wrapper apply --approved-by eve)" "<apply><prod><--approved-by><eve>"
    same "$(wrapper apply --approved-by=eve)" "<apply><prod><--approved-by=eve>"
    same "$(SIGNALBOX_APPROVED_BY=eve wrapper apply)" "<apply><prod>"
}

it_ends_with_the_exit_code_of_the_program() {
    local code=0
    EXIT_WITH=3 wrapper apply >/dev/null || code=$?
    same "$code" 3
}

it_refuses_another_word() {
    local code=0
    wrapper destroy 2>error.log || code=$?
    same "$code" 2
    holds "$(cat error.log)" "\`destroy\` is not one of init, plan, apply, park, unpark"
}
