# shellcheck shell=bash
# Installs packages with the machine's own package manager. Sourced by setup.sh, which sets `root`.

lists_are_fresh=
log=${TMPDIR:-/tmp}/signalbox-setup.$$.log
trap 'rm -f "$log"' EXIT

# Runs a command as root, without ever asking for a password.
as_root() {
    if [[ $(id -u) == 0 ]]; then
        "$@"
    else
        sudo -n "$@"
    fi
}

with_apt() {
    if [[ -z $lists_are_fresh ]]; then
        as_root apt-get update -q || return 1
        lists_are_fresh=yes
    fi
    local package
    for package in "$@"; do
        if ! apt-cache show "$package" >/dev/null 2>&1; then
            echo "no package $package in the lists"
            return 1
        fi
    done
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@"
}

# A private Python environment, because a distribution's own refuses packages from pip.
with_pip() {
    command -v python3 >/dev/null || return 1
    local home=${root:?}/.signalbox/python
    [[ -x $home/bin/python3 ]] || python3 -m venv "$home" || return 1
    "$home/bin/python3" -m pip install --quiet --disable-pip-version-check --no-input --retries 1 "$1" || {
        rm -rf "$home" # half an environment would hide the machine's own Python
        return 1
    }
    export PATH="$home/bin:$PATH"
}

# install_tool TOOL APT DNF BREW PIP: the packages that hold the tool, `-` where a manager has none.
# Returns 1 when it could not, with `suggestion` set when a person with more rights could.
install_tool() {
    local tool=$1 apt=$2 dnf=$3 brew=$4 pip=$5 manager packages installer
    suggestion=
    if [[ $pip != - ]]; then
        manager=pip
        installer=(with_pip "$pip")
    elif [[ $apt != - ]] && command -v apt-get >/dev/null; then
        manager='apt-get'
        read -ra packages <<<"$apt"
        installer=(with_apt "${packages[@]}")
    elif [[ $dnf != - ]] && command -v dnf >/dev/null; then
        manager=dnf
        read -ra packages <<<"$dnf"
        installer=(as_root dnf install -q -y "${packages[@]}")
    elif [[ $brew != - ]] && command -v brew >/dev/null; then
        manager=brew
        read -ra packages <<<"$brew"
        installer=(brew install --quiet "${packages[@]}")
    else
        return 1
    fi
    if [[ ${installer[0]} == with_apt || ${installer[0]} == as_root ]] && ! as_root true 2>/dev/null; then
        # shellcheck disable=SC2034 # setup.sh prints it
        suggestion="run: sudo ${manager} install ${packages[*]}"
        return 1
    fi
    echo "installing $tool with $manager" >&2
    if ! "${installer[@]}" >"$log" 2>&1; then
        echo "$manager could not:" >&2
        tail -n 3 "$log" | sed 's/^/  /' >&2
        return 1
    fi
}
