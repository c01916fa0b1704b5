# Told by scripts/rights.sh.
chapter 'The backup from before the erasure does not bring Marta back.'
cp data.root restored.root
restore() { "$stele" restore before --data restored --root restored.root "$@"; }
ends 3 'The old backup opens with no key store of its own time.' backup.other_node restore
tells 'With the newest key store it opens everything that was not erased.' 'Restored .*restored' restore --keys mirror
also 'That is everybody but her.' '6 subjects, [1-9][0-9]* records opened'
finds 'It does not serve by itself: something newer may be left.' store.restored "$stele" serve --data restored
node restored --accept-restored
tells 'Once somebody has said that nothing is, others read as before.' verhaegen-tsh read_aiko
refuses 'Of Marta nothing is left: the surgeon finds nothing.' access.refused read_as surgeon $hemoglobin
refuses 'Her own wallet is unknown.' token.client s log --wallet $marta
tells 'The old ledger, which knew nothing of the erasure, was told.' '"status":"erased"' \
    fetch "$(s token)" "custodian/v1/erasures/$erased"
takes 30 'The witness remembers a longer ledger, and says so.' soon 30 grep -q witnesses.contradict restored.log
stop
tells 'The restored ledger is whole.' 'The store is whole' "$stele" inspect --deep --data restored
also 'Her transactions are gone from it.' 'leaves alone: 1 subjects were erased'
