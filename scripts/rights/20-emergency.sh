# Told by scripts/rights.sh.
chapter 'An emergency: one person, one patient, one hour, and a review.'
open_as() { s emergency open --patient "$2" --reason "${3:-life_threatening}" --minutes "${4:-60}" --key "$1.pem"; }
opened() { sed -n 's/.*emergency  *\([0-9a-f]\{64\}\).*/\1/p' out; }
ask() {  # ask WHO SCOPE SECONDS   the request behind the verb
    fetch "$(token "$1" "$2" ETREAT)" custodian/v1/emergencies -H 'Content-Type: application/json' \
        -d "{\"patient\":\"marta-kestrel\",\"reason\":\"life_threatening\",\"seconds\":$3}"
}
notices() { fetch "$1" custodian/v1/notices -H 'Accept: application/json'; }
listen() {  # listen NAME TOKEN   writes the stream of notices into NAME.events, from now on
    curl -sSN --cacert data/tls/ca.pem -H "Authorization: Bearer $2" -D "$1.head" "$url/custodian/v1/notices" \
        >"$1.events" 2>/dev/null & pids+=($!)
    soon 10 grep -q text/event-stream "$1.head" 2>/dev/null
}
heard() { soon 5 grep -q "$2" "$1" && cat "$1"; }

listen marta "$(s token --wallet $marta)"
listen tomas "$(s token --wallet $tomas)"
listen officers "$(token reviewer 'user/*.rs' HOPERAT)"
denied 'A device opens nothing in an emergency.' actor.not_allowed ask analyser system/*.rs 3600
openssl genpkey -algorithm ed25519 -out forged.pem
refuses 'Nor does a forged key: one that is not registered for overrides.' signer.not_allowed \
    s access override --key forged.pem --subject "$(subject marta-kestrel)" --asker-commitment "$(random)" \
    --asker "$(random),$(random),$(random),$(random)" --action read \
    --purposes "$(random),$(random),$(random),$(random)" --expected 0 --manifest-root "$(random)" \
    --actor-mac "$(random)" --reason life_threatening --seconds 3600 --policy-key-version 1
tells 'The ward physician opens her records for an hour.' 'are open to you until' open_as ward marta-kestrel
emergency=$(opened)
tells 'Within five seconds Marta is told, by a stream of events, who opened them.' '^data: .*"asker":"Dr. Paul Wick"' \
    heard marta.events emergency.opened
tells 'So are the officers, and whose they are.' '^data: .*"patient":"marta-kestrel"' \
    heard officers.events emergency.opened
tells 'The mailbox knows that there is a notice, and nothing else.' \
    '^signed \{"id":"[0-9.]+","kind":"emergency.opened"\}$' heard hook.log emergency.opened
tells 'Whoever asks later finds it in a list.' '"asker":"Dr. Paul Wick"' notices "$(s token --wallet $marta)"
tells 'The physician reads what no grant permits.' kestrel-hemoglobin read_as ward $hemoglobin ETREAT
refuses 'For another purpose the records stay closed.' access.refused read_as ward $hemoglobin TREAT
refuses 'So do those of another patient.' access.refused read_as ward Observation ETREAT tomas-brandlwood
refuses 'So do hers to somebody else.' access.refused read_as laboratory $hemoglobin ETREAT
denied 'More than two hours are not to be had.' 'no number from 60 to 7200' ask ward user/*.rs 7201
tells 'The review waits.' "$emergency .*Dr. Paul Wick opened marta-kestrel" s review list --key reviewer.pem
tells 'An officer closes it with a finding.' 'found justified' \
    s review close "$emergency" --finding justified --key reviewer.pem
refuses 'With the review the emergency ends.' access.refused read_as ward $hemoglobin ETREAT
refuses 'A review is closed once.' review.unknown s review close "$emergency" --finding unjustified --key reviewer.pem
tells 'Marta is told the finding as it is found.' '"finding":"justified"' heard marta.events emergency.review_closed
cp tomas.events out
lacks 'Tomas was told nothing of all this.' '^data'
tells 'An officer who was on the ward opens those of Lena.' 'are open to you until' open_as reviewer lena-marquardt
own=$(opened)
refuses 'Nobody reviews an emergency of their own.' review.own \
    s review close "$own" --finding justified --key reviewer.pem
tells 'Another officer does.' 'found justified' s review close "$own" --finding justified
tells 'The anaesthetist opens the records of Idris; that review is left open.' 'are open to you until' \
    open_as anaesthetist idris-falkenrath unable_to_consent 1
overdue=$(opened)
