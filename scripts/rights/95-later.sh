# Told by scripts/rights.sh.
chapter 'Four days later, by a clock that is ahead: what ends by its date, and what was forgotten.'
${CC:-clang} -shared -fPIC -O1 -o clock.so "$chapters/clock.c"
export LD_PRELOAD="$work/clock.so" AHEAD=$((4 * 86400))
node data
tells 'The surgeon, whom Aiko gave fourteen days, reads.' verhaegen-tsh read_aiko
refuses 'The laboratory, whom she gave two, does not.' access.refused \
    read_as laboratory Observation/verhaegen-tsh TREAT aiko-verhaegen
tells 'A proof says how old it is, so that nobody takes it for the state of today.' 'checkpoint is 4 days old' \
    verify tomas.steleproof
tells "The review of the anaesthetist's emergency is overdue." "^OVERDUE  $overdue" s review list --key reviewer.pem
tells 'Officers were told as soon as it was.' '"kind":"emergency.review_overdue"' \
    fetch "$(token reviewer 'user/*.rs' HOPERAT)" custodian/v1/notices -H 'Accept: application/json'
tells 'So was the mailbox.' '^signed \{"id":"[0-9.]+","kind":"emergency.review_overdue"\}$' \
    heard hook.log review_overdue
refuses 'Until it is closed the anaesthetist opens nothing more, of no patient.' override.review_overdue \
    open_as anaesthetist lena-marquardt
tells 'Others do.' 'are open to you until' open_as ward lena-marquardt
tells 'The officer closes it.' 'found impossible to judge' \
    s review close "$overdue" --finding inconclusive --key reviewer.pem
tells 'Then the anaesthetist may again.' 'are open to you until' open_as anaesthetist lena-marquardt
unset LD_PRELOAD AHEAD
