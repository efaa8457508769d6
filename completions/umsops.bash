# bash completion for umsops                                -*- shell-script -*-
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
