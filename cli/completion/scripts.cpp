// SPDX-License-Identifier: Apache-2.0
#include "cli/completion/scripts.hpp"

namespace umsops::cli {

namespace {

constexpr std::string_view kBash =
    R"SH(# bash completion for umsops                             -*- shell-script -*-
# Everything that can be completed is asked of the program itself.
_umsops() {
  local line=${COMP_LINE:0:COMP_POINT} words=() i word trimmed cut value meaning kind
  COMPREPLY=()
  # bash divides words at = and :, the program does not: what stands without a blank between is one word.
  for ((i = 0; i <= COMP_CWORD; i++)); do
    trimmed=${line#"${line%%[![:blank:]]*}"}
    if ((i == 0)) || [[ $trimmed != "$line" ]]; then words+=(""); fi
    word=${COMP_WORDS[i]:0:${#trimmed}}
    words[-1]+=$word
    line=${trimmed:${#word}}
  done
  # bash replaces its own last word alone; = and : stand before it.
  if [[ $word == [=:] ]]; then word=""; fi
  cut=$((${#words[-1]} - ${#word}))
  compopt -o nosort 2>/dev/null
  while IFS=$'\t' read -r value meaning; do
    case $value in
      :files | :directories)
        compopt -o filenames 2>/dev/null
        [[ $value == :files ]] && kind=-f || kind=-d
        mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen $kind -- "$word")
        continue
        ;;
      *[=.~]) compopt -o nospace 2>/dev/null ;;
    esac
    value=${value:cut}
    # Inside quotes it is written as it is.
    if [[ $word != [\'\"]* ]]; then printf -v value %q "$value"; fi
    COMPREPLY+=("$value")
  done < <("${COMP_WORDS[0]}" __complete "${words[@]:1}" 2>/dev/null)
}
complete -F _umsops umsops
)SH";

constexpr std::string_view kZsh = R"SH(#compdef umsops
# zsh completion for umsops. Everything that can be completed is asked of the program itself.
_umsops() {
  local line value meaning
  local -a plain open
  while IFS= read -r line; do
    value=${line%%$'\t'*}
    meaning=${line#*$'\t'}
    case $value in
      :files) compset -P '--*='; _files ;;
      :directories) compset -P '--*='; _files -/ ;;
      *)
        value=${value//:/\\:}
        [[ $line == *$'\t'* ]] && value+=":$meaning"
        if [[ ${line%%$'\t'*} == *[=.~] ]]; then open+=("$value"); else plain+=("$value"); fi
        ;;
    esac
  done < <("${words[1]}" __complete "${(@)words[2,CURRENT-1]}" "$IPREFIX$QIPREFIX$PREFIX" 2>/dev/null)
  (( ${#plain} )) && _describe -V umsops plain -M 'm:{[:lower:]}={[:upper:]}'
  (( ${#open} )) && _describe -V umsops-open open -S '' -M 'm:{[:lower:]}={[:upper:]}'
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
            case ':files' ':directories'
                set -l before (string match -r -- '^--[^=]*=' "$current")
                set -l part (string replace -r -- '^--[^=]*=' '' "$current")
                set -l names __fish_complete_path
                test $line = ':directories'; and set names __fish_complete_directories
                for name in ($names "$part")
                    echo "$before$name"
                end
            case '*'
                echo $line
        end
    end
end
complete -c umsops -f -k -a '(__umsops_complete)'
)SH";

constexpr CompletionScript kScripts[] = {
    {"bash", "umsops.bash", kBash},
    {"zsh", "_umsops", kZsh},
    {"fish", "umsops.fish", kFish},
};

}  // namespace

std::span<CompletionScript const> completion_scripts() { return kScripts; }

}  // namespace umsops::cli
