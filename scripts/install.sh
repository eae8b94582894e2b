#!/usr/bin/env bash
# Publishes signalbox and copies it into a folder on the PATH: install.sh [FOLDER]
# Without FOLDER: ~/.local/bin when it is on the PATH, else the first folder of the PATH that may be written to.
set -euo pipefail

root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

choose_folder() {
    local folders folder
    IFS=: read -ra folders <<<"$PATH"
    for folder in "${folders[@]}"; do
        if [[ $folder == "$HOME/.local/bin" ]]; then
            printf '%s\n' "$folder"
            return
        fi
    done
    for folder in "${folders[@]}"; do
        if [[ $folder == /* && -d $folder && -w $folder ]]; then
            printf '%s\n' "$folder"
            return
        fi
    done
    printf '%s\n' "$HOME/.local/bin"
}

case ${1:-} in
    -h | --help)
        sed -n '2,3s/^# //p' "${BASH_SOURCE[0]}"
        exit 0
        ;;
    -*)
        echo "install.sh: unknown option \`$1\`; it takes one folder" >&2
        exit 2
        ;;
esac

folder=${1:-$(choose_folder)}
program=$("$root/scripts/publish.sh")
mkdir -p "$folder"

# Copied beside and renamed: a signalbox that runs from there keeps its file.
for file in "$program" "${program%/*}"/*.so "${program%/*}"/*.dylib; do
    [[ -e $file ]] || continue
    cp "$file" "$folder/.${file##*/}.new"
    mv "$folder/.${file##*/}.new" "$folder/${file##*/}"
done

echo "installed $folder/signalbox ($("$folder/signalbox" --version))"
case :$PATH: in
    *":$folder:"*) ;;
    *) echo "hint: add it to your PATH: export PATH=\"$folder:\$PATH\"" ;;
esac
