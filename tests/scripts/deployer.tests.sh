# shellcheck shell=bash disable=SC2154 # folder and the helpers come from `one`

# A data repository, a stand-in prefect that writes down what it is told, and a pip that does nothing.
deployer() {
    mkdir -p data bin
    git init -q data
    (
        cd data || exit
        git config user.name t && git config user.email t@example.test
        printf '[project]\nname = "data"\n' >pyproject.toml
        git add . && git commit -qm one
    )
    cat >bin/prefect <<'STAND_IN'
#!/bin/sh
echo "prefect $*" >>"$LOG"
case "$1 $2" in
"work-pool inspect") [ -f "$POOL" ] ;;
"work-pool create") cp "$7" "$POOL" ;;
"work-pool update") cp "$5" "$POOL" ;;
"deploy --all") [ -z "${DEPLOY_FAILS:-}" ] ;;
esac
STAND_IN
    cat >bin/pip <<'STAND_IN'
#!/bin/sh
echo "pip $*" >>"$LOG"
[ -z "${PIP_FAILS:-}" ]
STAND_IN
    chmod +x bin/prefect bin/pip
    export PATH=$folder/bin:$PATH LOG=$folder/log POOL=$folder/pool
    export BASE_JOB_TEMPLATE=$repository/docker/prefect-deployer/base-job-template.json
    export PREFECT_API_URL=http://server/api WORK_POOL=blog-data-pool FLOW_CLUSTER=blog
    export FLOW_EXECUTION_ROLE_ARN=arn:aws:iam::123456789012:role/e FLOW_TASK_ROLE_ARN=arn:aws:iam::123456789012:role/t
    export FLOW_SUBNETS=subnet-a,subnet-b FLOW_SECURITY_GROUPS=sg-1 DATA_REPOSITORY=$folder/data DATA_REF=HEAD
    : >log
}

deploy() {
    sh "$repository/docker/prefect-deployer/deploy.sh" "$@"
}

it_makes_the_pool_from_what_terraform_gives_and_deploys() {
    deployer
    deploy 2>said
    same "$(cat log)" "\
pip install --quiet --no-cache-dir --user .
prefect work-pool inspect blog-data-pool
$(grep 'work-pool create' log)
prefect deploy --all"
    same "$(jq -c '.variables.properties | [.cluster.default, .execution_role_arn.default, .task_role_arn.default, .subnets.default, .security_groups.default]' pool)" \
        '["blog","arn:aws:iam::123456789012:role/e","arn:aws:iam::123456789012:role/t",["subnet-a","subnet-b"],["sg-1"]]'
    same "$(jq -c '.variables.required' pool)" '["image"]'
    holds "$(cat said)" "done: HEAD is deployed to blog-data-pool"
}

it_brings_a_pool_that_exists_up_to_date() {
    deployer
    deploy 2>/dev/null
    FLOW_CLUSTER=other deploy 2>/dev/null
    same "$(grep -c 'work-pool create' log)" 1
    same "$(grep -c 'work-pool update' log)" 1
    same "$(jq -r '.variables.properties.cluster.default' pool)" other
}

it_runs_the_command_that_the_task_gives() {
    deployer
    deploy prefect deploy --name main 2>/dev/null
    same "$(tail -n 1 log)" "prefect deploy --name main"
}

it_stops_at_the_first_failure_and_says_which() {
    deployer
    local code=0
    PIP_FAILS=1 deploy 2>said || code=$?
    same "$code" 1
    holds "$(cat said)" "the data application cannot be installed"
    same "$(grep -c prefect log || true)" 0

    code=0
    DEPLOY_FAILS=1 deploy 2>said || code=$?
    same "$code" 1
    holds "$(cat said)" "\`prefect deploy --all\` failed"

    code=0
    DATA_REF=nowhere deploy 2>said || code=$?
    same "$code" 1
    holds "$(cat said)" "cannot fetch nowhere"
}

it_names_every_variable_that_is_missing_and_refuses_what_could_break_out() {
    deployer
    local code=0
    FLOW_CLUSTER='' DATA_REF='' deploy 2>said || code=$?
    same "$code" 1
    holds "$(cat said)" "not set: FLOW_CLUSTER DATA_REF"

    code=0
    FLOW_SUBNETS='a","x' deploy 2>said || code=$?
    same "$code" 1
    holds "$(cat said)" "FLOW_SUBNETS holds a character"

    code=0
    DATA_REF=--upload-pack=x deploy 2>said || code=$?
    same "$code" 1
    same "$(cat log)" ""
}
