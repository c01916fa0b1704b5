# Told by scripts/rights.sh.
chapter 'Witnesses: somebody else who saw the ledger, and does not let it be rewritten.'
proof() { s export log --wallet $marta --out "$1.steleproof"; }
health() { curl -sS --cacert data/tls/ca.pem "$url/$1"; }
says() { health "$1" | grep -Eq -- "$2"; }
tells 'While no witness answers, a proof is made all the same.' wrote proof alone
tells 'Whoever checks it is told that one signer could rewrite it.' 'single signer: rewritable' verify alone.steleproof
refuses 'Whoever asks for a witness is refused.' proof.unwitnessed \
    verify alone.steleproof --witness witness-0/witness.key --require 1
"$stele" witness serve --data witness-0 --trust data/trust.key --listen "127.0.0.1:${witnesses[0]}" >witness-0.log \
    2>&1 & pids+=($!)
takes 30 'A witness begins to watch, and cosigns.' soon 30 says health/ready '"cosigned":1\b'
witnessed() { proof seen >proof.log && verify seen.steleproof --witness witness-0/witness.key --require 1; }
takes 60 'From then on proofs have its cosignature.' soon 60 witnessed
tells 'The verdict names it.' 'witnessed by witness.example/0' \
    verify seen.steleproof --witness witness-0/witness.key
also 'And how old the checkpoint is.' 'checkpoint is [0-9]+ seconds old'
lacks 'That the ledger can be rewritten it says no more.' rewritable
tells 'To whoever trusts none, it does.' 'single signer: rewritable' verify seen.steleproof

bad=()
for how in 1:forges 2:stalls 3:slanders; do
    index=${how%:*}
    python3 "$chapters/witness.py" "${witnesses[index]}" "witness-$index/witness.key" "${how#*:}" >"${how#*:}.log" &
    pids+=($!) bad+=($!)
done
takes 30 'A witness that claims to know a longer ledger is reported to the people on call.' \
    soon 30 grep -q witnesses.contradict data.log
failed() { health metrics | sed -n 's/^stele_witness_failures_total //p'; }
more() { [ -s forges.log ] && [ -s stalls.log ] && [ "$(failed)" -gt $(($1 + 1)) ]; }
takes 30 'One that forges cosignatures and one that never answers count as failures.' soon 30 more "$(failed)"
takes 2 'Nobody who reads waits for them.' read_as surgeon Observation/verhaegen-tsh TREAT aiko-verhaegen
tells 'A proof has what the honest one says.' 'witnessed by witness.example/0 ' witnessed
cat witness-?/witness.key >witnesses.key
refuses 'And nothing of the others.' '1 of the trusted witnesses cosigned' \
    verify seen.steleproof --witness witnesses.key --require 2
kill "${bad[@]}"
refuses 'Her copy from before there was a witness is told from one that somebody saw.' 'copy.false' \
    verify marta-copy --witness witness-0/witness.key
tells 'She takes another.' 'open witnessed-copy/index.html' \
    s export marta-kestrel --wallet $marta --out witnessed-copy
tells 'Of that every proof is witnessed.' 'every proof witnessed by witness.example/0' \
    verify witnessed-copy --witness witness-0/witness.key --require 1
