# Told by scripts/rights.sh.
chapter 'A patient is erased: the law decides first; then everything goes.'
erase() { s erase "$1" --because "$2" --out destroyed.steleproof; }
s export record Observation/brandlwood-platelets --wallet $tomas --out platelets.steleproof >out
erased=$(subject marta-kestrel) until=$(date -d '5 years' +%F)
refuses 'Nobody who is unknown here is erased.' 'subject.not_enrolled' erase nobody withdrawn
refuses 'Retention comes first, and says until which day.' 'erasure.retained.*20[0-9]{2}-[0-9]{2}-[0-9]{2}' \
    erase marta-kestrel withdrawn
tells 'A court wants the records kept.' 'held marta-kestrel \(litigation\) until '"$until" \
    s hold marta-kestrel --reason litigation --until "$until"
refuses 'Then no reason is good enough, and it says which hold and until when.' \
    "erasure.held.*litigation.*$until" erase marta-kestrel unlawful
tells 'Nothing is half done: the surgeon reads as before.' kestrel-hemoglobin read_as surgeon $hemoglobin
tells 'The court has done.' 'released marta-kestrel' s hold marta-kestrel --release
refuses 'An emergency that nobody reviewed comes first, too.' review.open erase idris-falkenrath unlawful
tells 'She is erased: the records should never have been kept.' '^erased marta-kestrel' erase marta-kestrel unlawful
also 'The ledger keeps that something was there, and nothing of it.' \
    '[1-9][0-9]* transactions of the ledger are leaves alone'
tells 'The statement of destruction is checked offline.' \
    'aurelia says that it destroyed all it had of subject .*\(unlawful\)' verify destroyed.steleproof
also 'It says that others may have copies.' '[1-9][0-9]* may still hold copies, named in the statement'
tells 'It names them by their identifiers.' '^copies with did:key:' grep -aE '^copies with ' destroyed.steleproof
tells 'It is about her, as her wallet says.' 'The proof holds' verify destroyed.steleproof --subject "$erased"
refuses 'The surgeon finds nothing.' access.refused read_as surgeon $hemoglobin
refuses 'Nor does her own wallet.' token.client s log --wallet $marta
refuses 'She cannot be erased twice.' subject.not_enrolled erase marta-kestrel unlawful
tells 'Others read as before.' verhaegen-tsh read_aiko
tells 'Their proofs from before hold.' 'The proof holds' verify platelets.steleproof
s export record Observation/brandlwood-platelets --wallet $tomas --out platelets.steleproof >out
tells 'So do those from now on.' 'The proof holds' verify platelets.steleproof
ends 1 'Her name is in no file of the node, its keys, its logs or its backups.' '^$' \
    eval 'echo; grep -rlaiE "kestrel|brennauer" data data.log mirror before newest'
