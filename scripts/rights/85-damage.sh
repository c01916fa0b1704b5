# Told by scripts/rights.sh.
chapter 'A stopped node: every file is as it was left, or named.'
inspect() { s inspect --deep; }
ends 5 'While the node runs, nobody else opens its directory.' store.locked inspect
tells 'It stops in order.' '"event":"stopped"' eval 'stop && cat data.log'
tells 'Everything is worked out again, and every record opened.' 'The store is whole' inspect
also 'One patient was erased.' 'leaves alone: 1 subjects were erased'
for folder in ledger vault keystore keys tls .; do
    file=$(cd data; find "$folder" -maxdepth 1 -type f -size +0 ! -name 'FILES*' ! -name LOCK | sort -R | head -1)
    file=${file#./} size=$(stat -c %s "data/$file")
    cp -p "data/$file" kept
    flip "data/$file" $(((RANDOM << 15 | RANDOM) % size)) >flipped && cat flipped >"data/$file"
    finds "One bit of $file is changed: it is found, and named." "files.damaged.*$file" inspect
    cat kept >"data/$file"
done
tells 'With the bit as it was, everything is whole.' 'The store is whole' inspect
