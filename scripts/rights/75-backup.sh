# Told by scripts/rights.sh.
chapter 'A backup that was tried is a backup.'
drill() { "$stele" restore "$1" --drill --root "${2:-data.root}" "${@:3}"; }
tells 'A backup is made of what there is now.' 'files, .* up to block' s backup "$work/newest"
tells 'A drill restores it, opens every record, and says how long that took.' 'took  *[0-9]+\.[0-9] s' drill newest
also 'Every patient is in it.' '7 subjects, .* records opened'
ends 2 'It leaves nothing behind.' 'newest.drill.*No such file' ls newest.drill
ends 3 'With the old root key it does not open.' backup.other_node drill newest old.root
ends 3 'Nor does the backup from before the root key was replaced with the new one alone.' \
    backup.other_node drill before
tells 'With the newest keys, which the mirror has, it does.' '7 subjects' drill before data.root --keys mirror
"$stele" init --data other --name rights --organisation aurelia >/dev/null
ends 3 'With the root key of another node it is refused.' backup.other_node drill newest other.root
flip newest/stele.toml 30 >toml && mv toml newest/stele.toml
finds 'One bit of a file changed in a backup is found, and the file named.' 'files.damaged.*stele.toml' drill newest
