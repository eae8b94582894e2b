#!/usr/bin/env bash
# For jobs: signalbox and what it calls, on the PATH of every later step. Where they are already there, as on a
# person's machine, nothing is built or installed.
set -euo pipefail

root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
tool=$HOME/.signalbox-tool

if command -v signalbox >/dev/null && command -v terraform >/dev/null; then
    echo "found $(command -v signalbox) ($(signalbox --version))"
    exit 0
fi

echo "export PATH=\"$tool:\$PATH\"" >>"${BASH_ENV:?a job of CircleCI has it}"
if [[ -x $tool/signalbox && $(cat "$tool/commit" 2>/dev/null) == "$(git -C "$root" rev-parse HEAD)" ]]; then
    "$root/scripts/setup.sh" || echo "continuing; \`signalbox doctor\` repeats the list"
else
    "$root/scripts/install.sh" "$tool"
    git -C "$root" rev-parse HEAD >"$tool/commit"
fi
"$tool/signalbox" --version
