# fish completion for umsops. Everything that can be completed is asked of the program itself.
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
