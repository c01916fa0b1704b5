# Told by scripts/rights.sh.
chapter 'A stay in hospital: one act, three scopes, and an end that nobody can forget.'
stay() {
    printf '{"resourceType":"Encounter","id":"kestrel-stay","status":"%s","class":{"system":"%s","code":"IMP"},' \
        "$1" http://terminology.hl7.org/CodeSystem/v3-ActCode
    printf '"subject":{"reference":"Patient/marta-kestrel"}}'
}
hemoglobin=Observation/kestrel-hemoglobin
tells 'Marta is admitted.' '"status":"in-progress"' put Encounter/kestrel-stay "$(stay in-progress)"
tells 'In one act she opens an episode for surgeon, laboratory and anaesthetist, until the stay is over.' \
    'is open until Encounter/kestrel-stay is over' \
    s episode open --wallet $marta --encounter Encounter/kestrel-stay \
    --scope 'to=role:surgeon@aurelia classes=laboratory,imaging except=PSY' \
    --scope 'to=role:laboratory@aurelia classes=laboratory' --scope 'to=role:anaesthetist@aurelia classes=laboratory'
for who in surgeon laboratory anaesthetist; do
    tells "The $who reads her blood count." kestrel-hemoglobin read_as $who $hemoglobin
done
tells 'So does the analyser, a device of the laboratory.' kestrel-hemoglobin read_as analyser $hemoglobin
tells 'A substitute with the same role reads it without asking again.' kestrel-hemoglobin read_as substitute $hemoglobin
refuses 'The ward physician, for whom there is no scope, does not.' access.refused read_as ward $hemoglobin
refuses 'Nor does a search of the ward physician find anything.' access.refused read_as ward Observation

# With tokens from before, so that nothing but the answer is measured.
declare -A tokens
for who in surgeon substitute laboratory anaesthetist; do
    tokens[$who]=$(token $who 'user/*.rs' TREAT marta-kestrel)
done
shut() {
    local who; for who in "$@"; do
        ! fetch "${tokens[$who]}" fhir/$hemoglobin >answer 2>&1 && grep -q access.refused answer || return 1
    done
}
fetch "${tokens[surgeon]}" fhir/$hemoglobin >out
tells "The surgeon's role is suspended." 'is no surgeon for now' s actor suspend surgeon --role surgeon
takes 5 'Within five seconds the surgeon reads nothing by it, also with a token from before.' soon 5 shut surgeon
tells 'The substitute goes on.' kestrel-hemoglobin read_as substitute $hemoglobin
tells 'Resumed, the role counts again.' 'is surgeon again' s actor resume surgeon --role surgeon
tells 'So does what the surgeon reads by it.' kestrel-hemoglobin read_as surgeon $hemoglobin
tells 'Marta is discharged.' '"status":"finished"' put Encounter/kestrel-stay "$(stay finished)"
takes 2 'Within two seconds nobody of the team reads anything.' shut surgeon substitute laboratory anaesthetist

tells 'Tomas opens an episode for the surgeon alone.' '^granted' \
    s episode open --wallet $tomas --scope 'to=role:surgeon@aurelia classes=laboratory'
episode=$(sed -n 's/^episode \([0-9a-f]\{64\}\) .*/\1/p' out)
platelets=Observation/brandlwood-platelets
tells 'The surgeon reads his platelets.' brandlwood-platelets read_as surgeon $platelets TREAT tomas-brandlwood
refuses 'Nobody else ends his episode: Marta cannot.' episode.unknown s episode end "$episode" --wallet $marta
tells 'He ends it by one call.' 'has ended, and every grant made under it' s episode end "$episode" --wallet $tomas
refuses 'The surgeon reads no more.' access.refused read_as surgeon $platelets TREAT tomas-brandlwood
refuses 'It cannot be opened again.' episode.ended \
    s grant --wallet $tomas --episode "$episode" --to role:surgeon@aurelia --classes laboratory

# What becomes of these is told in the last chapter, when days have passed.
aiko=wallets/aiko-verhaegen.wallet
tells 'Aiko lets the surgeon read for fourteen days.' '^granted' \
    s episode open --wallet $aiko --days 14 --scope 'to=role:surgeon@aurelia classes=laboratory'
tells 'And the laboratory for two.' '^granted' \
    s episode open --wallet $aiko --days 2 --scope 'to=role:laboratory@aurelia classes=laboratory'
for who in surgeon laboratory; do
    tells "The $who reads." verhaegen-tsh read_as $who Observation/verhaegen-tsh TREAT aiko-verhaegen
done
