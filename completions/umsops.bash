# bash completion for umsops                             -*- shell-script -*-
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
