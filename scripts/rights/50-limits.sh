# Told by scripts/rights.sh.
chapter 'What contradicts itself, what must not be written down, and keys that were lost.'
read_tomas() { read_as "$1" "Observation/brandlwood-$2" TREAT tomas-brandlwood; }
tells 'Tomas lets the surgeons read his laboratory results.' '^granted' \
    s grant --wallet $tomas --to role:surgeon@aurelia --classes laboratory
tells 'Once more, in an act that overlaps with it.' '^granted' \
    s grant --wallet $tomas --to role:surgeon@aurelia,organisation:aurelia --classes Observation --days 30
tells 'They read.' brandlwood-platelets read_tomas surgeon platelets
tells 'He forbids it to the organisation.' 'deny to=organisation:aurelia' \
    s grant --wallet $tomas --deny --to organisation:aurelia --classes laboratory
deny=$(sed -n 's/^granted \([0-9a-f]\{64\}\).*/\1/p' out)
refuses 'One deny beats two permits.' record.unavailable read_tomas surgeon platelets
tells 'He takes it back.' "^revoked $deny" s revoke "$deny" --wallet $tomas
tells 'They read again.' brandlwood-platelets read_tomas surgeon platelets
tells 'He ends what he granted to the surgeons.' '^revoked' s revoke --all-to role:surgeon@aurelia --wallet $tomas
refuses 'They read no more.' access.refused read_tomas surgeon platelets

leak() { s consent open_episode --wallet $tomas --subject "$(subject tomas-brandlwood)" --episode "$1"; }
field() { head -c 64 <<<"$1$(random)"; }  # 32 bytes that begin with those given in hexadecimal
plain() { field "$(printf '%s' "$1" | hex)"; }
hashed() { field "$(printf '%s' "$2" | "$1sum" | cut -d ' ' -f 1)"; }
tells 'A number that says nothing is taken into the ledger.' '^applied' leak "$(random)"
refuses 'A date of birth is refused.' leak.refused leak "$(plain 1957-03-14)"
for algorithm in md5 sha1 sha256 sha512; do
    refuses "So is its hash by $algorithm." leak.refused leak "$(hashed $algorithm 1957-03-14)"
done
refuses 'So is the name of a patient of this hospital.' leak.refused leak "$(plain Brandlwood)"
refuses 'And its hash.' leak.refused leak "$(hashed sha256 tomas-brandlwood)"
refuses 'And a common name.' leak.refused leak "$(plain Jennifer)"
tells 'The node has counted what it refused.' '^stele_leaks_refused[a-z_]* 8$' \
    curl -sS --cacert data/tls/ca.pem "$url/metrics"

cp anaesthetist.pem lost.pem
tells 'The anaesthetist lost a key, and gets a new one.' 'has a new key' s actor rotate anaesthetist --key-out found.pem
refuses 'The lost one opens nothing.' token.client s token --key lost.pem --as anaesthetist
tells 'The new one does.' '^[A-Za-z0-9_-]{43}$' s token --key found.pem --as anaesthetist
mv found.pem anaesthetist.pem
tells 'The substitute leaves the hospital.' '^revoked substitute' s actor revoke substitute
refuses 'From then on nothing opens.' token.client s token --key substitute.pem
