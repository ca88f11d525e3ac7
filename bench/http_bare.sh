#!/bin/sh
# The HTTP core beside nginx, both with two processes, both giving the same bytes, on one load line
# (wrk -t1), in turns, so that what else the machine does hits both. Prints, for each number of
# connections: the median of the rounds, the ratio, and the processor time of the server for each
# answer, which is the steadier figure on a busy machine.
# Use: bench/http_bare.sh HTTP_BARE [BYTES [ROUNDS [SECONDS]]]
set -eu
bare=$1 bytes=${2:-8192} rounds=${3:-5} seconds=${4:-2}
dir=$(mktemp -d)
trap 'kill $nginx $core 2>/dev/null || :; rm -rf "$dir"' EXIT
mkdir "$dir/html"
head -c "$bytes" /dev/zero | tr '\0' n >"$dir/html/page"
cat >"$dir/nginx.conf" <<CONF
worker_processes 2; daemon off; pid $dir/pid; error_log $dir/errors crit;
events { worker_connections 8192; }
http {
  access_log off; default_type text/html; keepalive_requests 1000000000;
  sendfile on; tcp_nopush on; open_file_cache max=100;
  server { listen 127.0.0.1:18092 backlog=4096; root $dir/html; }
}
CONF
nginx -p "$dir" -c "$dir/nginx.conf" & nginx=$!
"$bare" 18091 "$bytes" & core=$!
sleep 1

# Clock ticks of the process and its children.
ticks() {
    for pid in $1 $(cat "/proc/$1/task/$1/children"); do
        awk '{ sub(/.*\) /, ""); print $12 + $13 }' "/proc/$pid/stat"
    done | awk '{ sum += $1 } END { print sum }'
}
# One round: "answers-a-second answers ticks".
round() {
    before=$(ticks "$1")
    wrk -t1 -c"$3" -d"$seconds" "http://127.0.0.1:$2/page" >"$dir/wrk"
    after=$(ticks "$1")
    awk -v t=$((after - before)) '/requests in/ { n = $1 } /Requests\/sec/ { print $2, n, t }' "$dir/wrk"
}
summary() {
    sort -n "$1" | awk -v hz="$(getconf CLK_TCK)" '
        { rate[NR] = $1; n += $2; t += $3 }
        END { printf "%.0f %.2f\n", rate[int((NR + 1) / 2)], t / hz * 1e6 / n }'
}
for connections in 32 256; do
    : >"$dir/a"; : >"$dir/b"
    for i in $(seq "$rounds"); do
        round $nginx 18092 "$connections" >>"$dir/a"
        round $core 18091 "$connections" >>"$dir/b"
    done
    echo "$connections $bytes $(summary "$dir/a") $(summary "$dir/b")" | awk '{
        printf "%d connections, %d bytes: nginx %d/s, core %d/s: %.2f x; processor time an answer: nginx %.1f us, core %.1f us: %.2f x\n",
            $1, $2, $3, $5, $5 / $3, $4, $6, $4 / $6 }'
done
