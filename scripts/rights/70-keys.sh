# Told by scripts/rights.sh.
chapter 'Keys are replaced while everything goes on.'
read_aiko() { read_as surgeon Observation/verhaegen-tsh TREAT aiko-verhaegen; }
# What later chapters take away: this grant, and a backup from before.
tells 'Marta lets the surgeon read once more.' '^granted' \
    s grant --wallet $marta --to role:surgeon@aurelia --classes laboratory
tells 'The surgeon reads.' kestrel-hemoglobin read_as surgeon $hemoglobin
tells 'A backup is made while the node runs.' 'files, .* up to block' s backup "$work/before"
cp data.root old.root
tells 'The root key is replaced.' 'the root key is new: epoch 2' s keys root
tells 'What was sealed before opens as before.' verhaegen-tsh read_aiko
tells "The node's own key is replaced." 'the node signs with a new key' s keys node
tells 'The node goes on.' verhaegen-tsh read_aiko
s export log --wallet $aiko --out aiko.steleproof >out
tells 'What it signs now is proven.' 'The proof holds' verify aiko.steleproof
tells 'And so is what it signed before.' 'The proof holds' verify log.steleproof
tells "The keys of Aiko's records are replaced, category by category." ': [1-9][0-9]* categories have new keys' \
    s keys patient aiko-verhaegen
tells 'What was sealed before still opens.' verhaegen-tsh read_aiko
tells 'What is written now is sealed under them.' '"id":"verhaegen-tsh-2"' put Observation/verhaegen-tsh-2 \
    '{"resourceType":"Observation","id":"verhaegen-tsh-2","status":"final","code":{"text":"TSH"},"category":[{"coding":
    [{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],
    "subject":{"reference":"Patient/aiko-verhaegen"},"valueQuantity":{"value":2.1,"unit":"mU/l"}}'
tells 'And opens, too.' verhaegen-tsh-2 read_as surgeon Observation/verhaegen-tsh-2 TREAT aiko-verhaegen

samuel=wallets/samuel-okonjo.wallet
cp -p $samuel stolen.wallet
tells 'Samuel, whose wallet somebody may have copied, replaces the key with which he decides.' \
    'decides with a new key' s keys consent --wallet $samuel
decide() { s grant --wallet "$1" --to role:surgeon@aurelia --classes laboratory; }
refuses 'The copy opens nothing and decides nothing any more.' token.client decide stolen.wallet
tells 'His wallet decides.' '^granted' decide $samuel
refuses 'A policy key that nobody has made is not moved on to.' policy_key.unprepared s consent rotate_policy_key \
    --wallet $samuel --subject "$(subject samuel-okonjo)" --policy-key-version 2
read_samuel() { read_as surgeon Observation/okonjo-hemoglobin TREAT samuel-okonjo; }
tells 'The surgeon reads what he granted.' okonjo-hemoglobin read_samuel
s export log --wallet $samuel --out samuel.steleproof >out
cp -p $samuel copy.wallet
while [ ! -e enough ]; do read_samuel >read.out 2>&1 || cat read.out >>read.failed; echo >>read.count; done & reading=$!
soon 60 test -s read.count
tells 'He replaces the key that makes his tokens, while the surgeon goes on reading.' \
    'has policy key 2; grants stated under it: 2' s keys policy --wallet $samuel
touch enough && wait $reading
tells 'No read was refused meanwhile.' '^[0-9]+ reads$' sh -c '[ ! -e read.failed ] && echo "$(wc -l <read.count) reads"'
tells 'The surgeon reads as before.' okonjo-hemoglobin read_samuel
tells 'What was proven before holds.' 'The proof holds' verify samuel.steleproof
refuses 'A copy of the wallet from before makes tokens that mean nothing now.' policy_key.version decide copy.wallet
tells 'It asks for the key in force.' 'had policy key 2 already' s keys policy --wallet copy.wallet
tells 'And decides again.' '^granted' decide copy.wallet
tells 'Grants from before the replacement are ended by the ids they had.' '^revoked' \
    s revoke --all-to role:surgeon@aurelia --wallet $samuel
tells 'And that of the copy by its own.' '^revoked' s revoke --all-to role:surgeon@aurelia --wallet copy.wallet
refuses 'The surgeon reads no more.' access.refused read_samuel
