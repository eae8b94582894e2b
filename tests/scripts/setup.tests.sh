# shellcheck shell=bash disable=SC2154 # folder and the helpers come from `one`

only_stand_ins() {
    # Without the machine's own tools, but with what a script needs to run at all.
    mkdir -p own
    for tool in bash env sed cat chmod dirname touch tail mktemp rm id; do
        ln -s "$(command -v "$tool")" "own/$tool"
    done
    export PATH=$folder/bin:$folder/own
}

it_prints_one_line_a_tool_and_succeeds_when_all_are_here() {
    checkout
    same "$(tree/scripts/setup.sh)" "\
dotnet           10.0.401     found
clang            99.0.0       found
terraform        1.11.4       found
git              2.39.5       found
ssh-keygen       9.2          found
python3          3.11.7       found
moto             5.2.1        found
docker-registry  2.8.2        found
buildah          1.28.2       found"
}

it_adds_what_only_the_tests_need_when_asked() {
    checkout
    local said
    said=$(tree/scripts/setup.sh --for-tests)
    holds "$said" "shellcheck       99.0.0       found"
    holds "$said" "jq               1.6          found"
}

it_takes_another_tool_that_serves_as_well() {
    checkout
    only_stand_ins
    rm bin/terraform bin/buildah
    stand_in tofu <<<'echo OpenTofu v1.10.3'
    stand_in docker <<<'echo Docker version 28.2.2, build e6534b4'
    holds "$(tree/scripts/setup.sh)" "tofu             1.10.3       found"
    holds "$(tree/scripts/setup.sh)" "docker           28.2.2       found"
}

it_fails_with_a_list_when_something_cannot_be_got() {
    checkout
    only_stand_ins
    rm bin/git
    stand_in terraform <<<'echo Terraform v1.9.8'
    local code=0
    tree/scripts/setup.sh >output.log 2>error.log || code=$?
    same "$code" 1
    holds "$(cat output.log)" "terraform        unfit        1.9.8 is older than 1.11; install Terraform 1.11 or newer"
    holds "$(cat output.log)" "git              missing      install git with your package manager"
    same "$(cat error.log)" "\
error: 2 could not be got:
  terraform (for plan and apply)
  git (for the commit that a plan belongs to)"
}

it_installs_what_is_missing_with_the_package_manager_and_only_that() {
    checkout
    only_stand_ins
    rm bin/buildah
    stand_in id <<<'echo 0'
    stand_in apt-cache <<<'exit 0'
    stand_in apt-get <<EOF
echo "\$*" >>"$folder/apt.log"
[[ \$1 != install ]] || printf '%s\n' '#!/usr/bin/env bash' 'echo buildah version 1.28.2' >"$folder/bin/buildah"
[[ \$1 != install ]] || "$(command -v chmod)" +x "$folder/bin/buildah"
EOF
    holds "$(tree/scripts/setup.sh 2>/dev/null)" "buildah          1.28.2       installed"
    same "$(cat apt.log)" $'update -q\ninstall -q -y --no-install-recommends buildah'
    tree/scripts/setup.sh >/dev/null
    same "$(sed -n '$=' apt.log)" 2
}

it_names_the_command_when_only_root_may_install() {
    checkout
    only_stand_ins
    rm bin/git
    stand_in id <<<'echo 1000'
    stand_in apt-get <<<'exit 1'
    local code=0
    tree/scripts/setup.sh >output.log 2>/dev/null || code=$?
    same "$code" 1
    holds "$(cat output.log)" "git              missing      run: sudo apt-get install git"
}

it_installs_nothing_when_only_asked_to_look() {
    checkout
    only_stand_ins
    rm bin/git
    stand_in id <<<'echo 0'
    stand_in apt-get <<<"echo called >$folder/apt.log"
    local code=0
    tree/scripts/setup.sh --check >/dev/null 2>&1 || code=$?
    same "$code" 1
    [[ ! -e apt.log ]]
}
