# shellcheck shell=bash disable=SC2154 # folder and the helpers come from `one`

it_builds_once_and_then_only_starts_the_program() {
    checkout
    same "$(tree/signalbox one 2>first.log)" "<one>"
    holds "$(cat first.log)" "building the native program"
    same "$(tree/signalbox two 2>second.log)" "<two>"
    same "$(cat second.log)" ""
    same "$(builds)" 1
}

it_passes_every_argument_on_as_it_is() {
    checkout
    tree/signalbox >/dev/null 2>&1
    same "$(tree/signalbox 'a b' '' $'c\nd' '*' -- --json)" $'<a b><><c\nd><*><--><--json>'
}

it_ends_with_the_exit_code_of_the_program() {
    checkout
    local code=0
    EXIT_WITH=3 tree/signalbox >/dev/null 2>&1 || code=$?
    same "$code" 3
}

it_works_through_links_and_from_any_folder_without_changing_it() {
    checkout
    mkdir -p links elsewhere
    ln -s ../tree/signalbox links/relative
    ln -s "$folder/links/relative" links/absolute
    cd elsewhere || exit
    same "$(../links/absolute x 2>/dev/null)" "<x>"
    same "$(cd ../tree && bash signalbox y 2>/dev/null)" "<y>"
    PATH=$folder/tree:$PATH
    same "$(signalbox z 2>/dev/null)" "<z>"
}

it_builds_again_when_a_source_is_newer_or_gone() {
    checkout
    echo 'class Other;' >tree/src/Signalbox.Cli/Other.cs
    tree/signalbox >/dev/null 2>&1
    touch tree/src/Signalbox.Cli/Program.cs
    tree/signalbox >/dev/null 2>&1
    same "$(builds)" 2
    rm tree/src/Signalbox.Cli/Other.cs
    tree/signalbox >/dev/null 2>&1
    same "$(builds)" 3
    touch tree/scripts/tools.tsv
    tree/signalbox >/dev/null 2>&1
    same "$(builds)" 4
}

it_shows_the_compilers_words_and_ends_with_1_when_the_build_is_broken() {
    checkout
    touch broken
    local code=0
    tree/signalbox >output.log 2>error.log || code=$?
    same "$code" 1
    same "$(cat output.log)" ""
    holds "$(cat error.log)" "error CS1002: ; expected"
}

it_does_not_start_an_old_program_after_a_broken_build() {
    checkout
    tree/signalbox >/dev/null 2>&1
    touch broken tree/src/Signalbox.Cli/Program.cs
    local code=0
    tree/signalbox >/dev/null 2>&1 || code=$?
    same "$code" 1
    code=0
    tree/signalbox >/dev/null 2>&1 || code=$?
    same "$code" 1
}

it_builds_once_for_two_that_start_together() {
    checkout
    touch slow
    tree/signalbox one >one.log 2>/dev/null &
    tree/signalbox two >two.log 2>/dev/null
    wait
    same "$(cat one.log two.log)" "<one><two>"
    same "$(builds)" 1
}

it_never_builds_when_told_not_to() {
    checkout
    local code=0
    SIGNALBOX_NO_BUILD=1 tree/signalbox >/dev/null 2>error.log || code=$?
    same "$code" 1
    holds "$(cat error.log)" "nothing is built yet"
    tree/signalbox >/dev/null 2>&1
    touch tree/src/Signalbox.Cli/Program.cs
    same "$(SIGNALBOX_NO_BUILD=1 tree/signalbox x)" "<x>"
    same "$(builds)" 1
}

it_looks_for_the_tools_on_a_fresh_machine_and_only_then() {
    checkout
    tree/signalbox >/dev/null 2>first.log
    holds "$(cat first.log)" "terraform        1.11.4       found"
    touch tree/src/Signalbox.Cli/Program.cs
    tree/signalbox >/dev/null 2>second.log
    same "$(grep -c terraform second.log || true)" 0
}

it_uses_the_private_python_when_setup_made_one() {
    checkout
    tree/signalbox >/dev/null 2>&1
    mkdir -p tree/.signalbox/python/bin
    # shellcheck disable=SC2016 # for the program to expand
    printf '%s\n' '#!/usr/bin/env bash' 'printf "%s" "${PATH%%:*}"' >tree/artifacts/publish/Signalbox.Cli/release/signalbox
    same "$(tree/signalbox)" "$folder/tree/.signalbox/python/bin"
}
