# Told by scripts/rights.sh.
chapter 'The log: what Marta sees, and what nobody can hide from her.'
verify() { "$stele" verify "$1" --trust data/trust.key "${@:2}"; }
tells 'She takes a whole copy of her records with her.' 'open marta-copy/index.html' \
    s export marta-kestrel --wallet $marta --out marta-copy
tells 'Her log names the emergency in words, with the finding.' \
    'released in an emergency: life or limb in danger; open until .*found justified' s log --wallet $marta
cp out log.txt
tells 'It says on whose behalf each of them asked.' 'Dr. Oskar Brennauer \(surgeon\) for aurelia asked' cat log.txt
tells 'And whether a person did, or a machine.' 'Analyser 3 .*, a device, for aurelia asked' cat log.txt
tells 'Refusals are in it.' 'refused: no grant permits|nothing released' cat log.txt
tells 'So is the search of the ward physician that found nothing.' \
    'Dr. Paul Wick .*asked: search Observation .*no grant permits' cat log.txt
tells 'So is the copy that she took.' 'asked: copy of everything' cat log.txt
tells 'That she looked is in it too.' 'you looked at this log' s log --wallet $marta

account() { s log --wallet $marta --disclosures --format "$1" --out "account.$1"; }
tells 'An account of disclosures is a page to print.' 'account.html' account html
tells 'It names who received what.' 'Dr. Ines Tallow' cat account.html
tells 'As a table it has a line for each release.' 'account.csv' account csv
tells 'For programs it is JSON.' 'account.json' account json
tells 'All three have the same lines.' '^same$' json '"same" if
    len(lines := [line["transaction"] for line in root["account"]["disclosures"]]) > 4
    and lines == [line["transaction"] for line in csv.DictReader(open("account.csv"))]
    and all(line in open("account.html").read() for line in lines) else lines' <account.json
s export log --wallet $marta --out log.steleproof >out
verify log.steleproof --json >log.json
tells 'Offline, the proof shows that no event is missing.' 'are all there are' verify log.steleproof
tells 'And of the account, line by line: who received what, when, for what, and that no line is missing.' \
    'disclosures are all there were of subject' \
    verify account.json --page checked.html --table checked.csv --subject "$(subject marta-kestrel)"
also "What is the hospital's word alone it says." "aurelia's word, signed: .* names and kinds of recipients"
tells 'The table is the one that is made of the account that was checked.' '^$' \
    eval 'cmp checked.csv account.csv && echo'
alter() { python3 "$chapters/account.py" "$1" account.json altered.json && verify altered.json; }
for what in number time transaction name id kind organisation purposes records ids grants emergency unordered \
    exemption salt assertion; do
    refuses "Another $what in one line is found." proof.false alter $what
done
refuses 'So is a line left out.' proof.false alter removed
tells 'Marta asks on paper, and an officer gives her the account.' 'the account is in paper.json' \
    s log --disclosures --patient marta-kestrel --out paper.json --key reviewer.pem
tells 'It holds like her own.' 'The account holds' verify paper.json --subject "$(subject marta-kestrel)"
tells 'That an officer took it is in her log.' 'Quality officer .*account of your disclosures' s log --wallet $marta
refuses 'A physician gets none.' subject.not_yours s log --disclosures --patient marta-kestrel --key ward.pem
tells 'It says how old it is: what happened since, it cannot show.' 'checkpoint is [0-9]+ seconds old' \
    verify log.steleproof
tells 'It is the log of her subject, as her wallet has it.' 'The proof holds' \
    verify log.steleproof --subject "$(subject marta-kestrel)"
s export log --wallet $tomas --out tomas.steleproof >out
tells 'The log of another subject holds, too.' 'The proof holds' verify tomas.steleproof
refuses 'But it is not hers: a second subject, to hide something in, is found.' proof.false \
    verify tomas.steleproof --subject "$(subject marta-kestrel)"
forge() {
    python3 "$chapters/forge.py" "$1" log.steleproof forged.steleproof tomas.steleproof && verify forged.steleproof
}
refuses 'A log with an event removed is found.' 'does not show every access event' forge removed
refuses 'So is one without its end.' 'does not show every access event' forge truncated
refuses 'So is one with two events in another order.' proof.false forge reordered
refuses 'So is a refusal told as a release.' proof.false forge released
refuses "So is an event of somebody else's log." proof.false forge mixed
flip log.steleproof 3000 >forged.steleproof
ends '[13]' 'So is a single bit.' 'proof.false|proof.malformed|note' verify forged.steleproof

tells 'Her own copy holds.' 'The copy holds' verify marta-copy
damage() { rm -rf damaged; cp -r marta-copy damaged; "$@"; verify damaged; }
refuses 'A line missing from the log in it is found, and named.' 'wrong: .*access-log.jsonl' \
    damage sed -i 2d damaged/access-log.jsonl
refuses 'So are two lines in another order.' 'wrong: .*access-log.jsonl' \
    damage sed -i '2{h;d};3{G}' damaged/access-log.jsonl
refuses 'So is a word of a record.' 'kestrel-hemoglobin/1.json' \
    damage sed -i 's/kestrel-hemoglobin/kestrel-hemoglobim/' damaged/records/$hemoglobin/1.json
refuses 'So is a record left out.' 'kestrel-hemoglobin/1.json' damage rm damaged/records/$hemoglobin/1.json
