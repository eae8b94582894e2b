# Completes signalbox in fish: save as ~/.config/fish/completions/signalbox.fish
function __signalbox_complete
    set -l line (commandline --cut-at-cursor --current-process | string replace --regex '^\s*\S+' signalbox)
    set -l program (commandline --tokenize --current-process)[1]
    eval (string escape -- $program) (string escape -- "[suggest:"(string length -- "$line")"]" "$line") 2>/dev/null
end
complete --command signalbox --no-files --arguments '(__signalbox_complete)'
