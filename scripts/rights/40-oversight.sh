# Told by scripts/rights.sh.
chapter 'Who looks after them all: officers, and the inspectorate.'
tells 'An officer finds every access in an emergency.' '[1-9][0-9]* accesses in all' \
    s accesses --emergency true --key reviewer.pem
tells 'By person, purpose and outcome.' 'Dr. Paul Wick .*ETREAT.* released' \
    s accesses --actor ward --purpose ETREAT --outcome released --key reviewer.pem
tells 'The inspectorate sees who and when.' 'Dr. Oskar Brennauer' s accesses --actor surgeon --key inspector.pem
lacks 'It sees no patient and no content.' 'marta|kestrel|Observation'
refuses 'Others see nothing of it.' actor.not_allowed s accesses --key surgeon.pem
log_of() { fetch "$1" "ledger/v1/proofs/access/$(subject marta-kestrel)" -o stolen.steleproof -w '%{http_code}'; }
tells 'Marta has the proof of her log.' '^200$' log_of "$(s token --wallet $marta)"
denied 'Tomas does not get it.' '^40[34]$' log_of "$(s token --wallet $tomas)"
denied 'Nor does an officer.' '^40[34]$' log_of "$(token reviewer 'user/*.rs' HOPERAT)"
