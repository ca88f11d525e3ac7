#!/bin/sh
# The whole map of 33,422 people x 783 statements x 1.97 million votes, us and the rival in turn,
# medians of 5 with the ratio. Use: bench/opinions.sh [rounds]
# needs: python3-numpy python3-sklearn
set -eu
cd "$(dirname "$0")/.."
rounds=${1:-5}
make --no-print-directory build/release/nabij >/dev/null
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
${CC:-gcc} -O2 -std=c17 -D_GNU_SOURCE -Isrc -Ibench -o "$work/bench" bench/opinions_bench.c \
    bench/opinions_world.c $(find build/release/src/maths build/release/src/base -name '*.o') \
    -lm -lpthread
"$work/bench" 1 2 "$work/votes" >/dev/null 2>&1
: >"$work/ours" && : >"$work/theirs" && : >"$work/one"
for round in $(seq "$rounds"); do
    "$work/bench" 3 2 2>/dev/null | sort -n | sed -n 2p >>"$work/ours"
    "$work/bench" 3 1 2>/dev/null | sort -n | sed -n 2p >>"$work/one"
    if /usr/bin/python3 bench/opinions_rival.py "$work/votes" 1 2>"$work/check" >"$work/round"; then
        cat "$work/round" >>"$work/theirs"
    else
        echo "the rival did not run: $(tail -n 1 "$work/check")"
    fi
done
middle() { # of column $2 of file $1
    sort -n -k "$2,$2" "$1" | awk -v c="$2" '{ v[NR] = $c } END { print NR ? v[int((NR + 1) / 2)] : 0 }'
}
ours=$(middle "$work/ours" 1) theirs=$(middle "$work/theirs" 1)
echo "load average: $(cut -d' ' -f1-3 /proc/loadavg), processors: $(nproc), rounds: $rounds"
echo "map from nothing, 2 threads:       $ours ms (target 25)"
echo "map from nothing, 1 thread:        $(middle "$work/one" 1) ms"
echo "the same in processor time:        $(middle "$work/one" 4) ms map, $(middle "$work/one" 5) ms refresh"
echo "map and 50 bootstrap draws:        $(middle "$work/ours" 2) ms"
echo "refresh after one vote, 2 threads: $(middle "$work/ours" 3) ms (target 1)"
echo "numpy + scikit-learn:              $theirs ms"
awk -v a="$ours" -v b="$theirs" 'BEGIN { if (a > 0 && b > 0) printf "RATIO %.0f\n", b / a }'
cat "$work/check" 2>/dev/null || true
