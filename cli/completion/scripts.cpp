// SPDX-License-Identifier: Apache-2.0
#include "cli/completion/scripts.hpp"

namespace umsops::cli {

namespace {

constexpr std::string_view kBash = R"SH(# bash completion for umsops                                -*- shell-script -*-
# Everything that can be completed is asked of the program itself.
_umsops() {
  local current=${COMP_WORDS[COMP_CWORD]} value rest
  COMPREPLY=()
  # bash divides words at = and :, the program does not.
  if [[ $current == "=" ]]; then current=""; fi
  local words=("${COMP_WORDS[@]:1:COMP_CWORD-1}" "$current")
  while IFS=$'\t' read -r value rest; do
    case $value in
      :files)
        compopt -o filenames 2>/dev/null
        mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$current") ;;
      :directories)
        compopt -o filenames 2>/dev/null
        mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -d -- "$current") ;;
      *=) compopt -o nospace 2>/dev/null; COMPREPLY+=("$value") ;;
      *) printf -v value %q "$value"; COMPREPLY+=("$value") ;;
    esac
  done < <("${COMP_WORDS[0]}" __complete "${words[@]}" 2>/dev/null)
}
complete -F _umsops umsops
)SH";

constexpr std::string_view kZsh = R"SH(#compdef umsops
# zsh completion for umsops. Everything that can be completed is asked of the program itself.
_umsops() {
  local line value meaning
  local -a candidates
  while IFS= read -r line; do
    value=${line%%$'\t'*}
    meaning=${line#*$'\t'}
    case $value in
      :files) _files ;;
      :directories) _files -/ ;;
      *)
        if [[ $line == *$'\t'* ]]; then
          candidates+=("${value//:/\\:}:$meaning")
        else
          candidates+=("${value//:/\\:}")
        fi
        ;;
    esac
  done < <("${words[1]}" __complete "${(@Q)words[2,CURRENT]}" 2>/dev/null)
  (( ${#candidates} )) && _describe -V umsops candidates
}
_umsops "$@"
)SH";

constexpr std::string_view kFish =
    R"SH(# fish completion for umsops. Everything that can be completed is asked of the program itself.
function __umsops_complete
    set -l words (commandline -opc)
    set -l program $words[1]
    set -e words[1]
    set -l current (commandline -ct)
    for line in ($program __complete $words "$current" 2>/dev/null)
        switch $line
            case ':files'
                __fish_complete_path "$current"
            case ':directories'
                __fish_complete_directories "$current"
            case '*'
                echo $line
        end
    end
end
complete -c umsops -f -a '(__umsops_complete)'
)SH";

constexpr CompletionScript kScripts[] = {
    {"bash", "umsops.bash", kBash},
    {"zsh", "_umsops", kZsh},
    {"fish", "umsops.fish", kFish},
};

}  // namespace

std::span<CompletionScript const> completion_scripts() { return kScripts; }

}  // namespace umsops::cli
