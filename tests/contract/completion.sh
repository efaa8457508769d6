#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# completion.sh UMSOPS SOURCE-FOLDER: drives the completions of bash, fish and zsh for real, with and without a store.
set -euo pipefail
umsops=$(realpath "$1")
source=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/bin"
ln -s "$umsops" "$scratch/bin/umsops"
export PATH="$scratch/bin:$PATH" HOME=$scratch UMSOPS_NO_SYSTEM_CONFIG=1 LC_ALL=C.UTF-8
failed=0
expect() {  # expect LABEL WORD in the answer on standard input, all of it: a shell that is cut short fails
  local answer
  answer=$(cat)
  if [[ $answer == *"$2"* ]]; then echo "ok: $1"; else echo "FAILED: $1: no $2"; failed=1; fi
}
in_bash() {
  bash -c 'source /usr/share/bash-completion/bash_completion; source "$0"/completions/umsops.bash
    COMP_WORDS=("$@"); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
    function=$(complete -p umsops | sed -E "s/.*-F ([^ ]+).*/\1/"); $function; printf "%s\n" "${COMPREPLY[@]}"' "$source" "$@"
}
in_fish() { fish -c "source $source/completions/umsops.fish; complete -C '$1'"; }

in_bash umsops ti | expect "bash: noun, no store" ticket
in_bash umsops ticket list --st | expect "bash: flag, no store" --status
in_bash umsops ticket callback "" | expect "bash: third word" list
in_bash umsops ticket show T- | cat >/dev/null && echo "ok: bash: ids without a store do not fail"
umsops ticket create -t "无法登录" --requester zhang.wei -q >/dev/null
in_bash umsops ticket show T- | expect "bash: live ids" T-000001
in_bash umsops ticket list --status IN | expect "bash: enum values" IN_PROGRESS
in_bash umsops ticket list -F ti | expect "bash: fields" title
in_fish "umsops ticket show T-" | expect "fish: live ids" T-000001
in_fish "umsops ticket list --priority H" | expect "fish: enum values" HIGH
zsh -f -c 'autoload -Uz compinit && compinit -u -d '"$scratch"'/dump; fpath=('"$source"'/completions $fpath)
  autoload -Uz _umsops; whence -w _umsops' | expect "zsh: loads" function
umsops __complete ticket show T- | expect "protocol: ids with titles" 无法登录
exit $failed
