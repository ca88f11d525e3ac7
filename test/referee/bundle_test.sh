#!/bin/sh
# bundle_test.sh LOOKLOG_TEST NABIJ - the Python referee and `nabij log verify` must agree, on good
# bundles and on every one of many edits. TAP output.
set -eu
test=$1 nabij=$2 here=$(cd "$(dirname "$0")" && pwd)
dir=$(mktemp -d) && trap 'rm -rf "$dir"' EXIT
LOOKLOG_SAMPLES=$dir "$test" >/dev/null 2>&1
n=0
agree() { # WANTED FILE [EARLIER]
    n=$((n + 1)) ours=0 theirs=0
    python3 "$here/bundle.py" "$2" ${3:+"$3"} >/dev/null || theirs=$?
    "$nabij" log verify "$2" ${3:+--earlier "$3"} >/dev/null || ours=$?
    if [ "$ours" = "$1" ] && [ "$theirs" = "$1" ]; then echo "ok $n - $2 ${3:-}"
    else echo "not ok $n - $2 ${3:-}: ours $ours, referee $theirs, wanted $1"; fi
}
cd "$dir"
agree 0 january.json
agree 0 june.json
agree 0 nobody.json
agree 0 june.json january.json
agree 0 june.json checkpoint
agree 0 forked.json
agree 1 forked.json january.json
agree 1 alone.json january.json
agree 1 january.json june.json
python3 - <<'P'
import json, random
random.seed(1)
text = open("june.json").read()
for i in range(60):
    bundle = json.loads(text)
    entry = random.choice(bundle["entries"])
    kind = i % 6
    if kind == 0: entry["leaf"] += random.choice((-1, 1))
    if kind == 1: entry["entry"] = entry["entry"].replace("visit", "gossip")
    if kind == 2: bundle["entries"].remove(entry)
    if kind == 3: random.shuffle(entry["proof"]); entry["proof"].pop()
    if kind == 4: entry["r"] = random.choice("ABCD") + random.choice("xyz") + entry["r"][2:]
    if kind == 5: bridge = random.choice(bundle["consistency"]); bridge["from"] += 1
    json.dump(bundle, open("edit%d.json" % i, "w"))
P
for i in $(seq 0 59); do agree 1 "edit$i.json"; done
echo "1..$n"
