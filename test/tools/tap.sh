# tap.sh - for the tests of the build tools: `. "$(dirname "$0")/tap.sh"` first, `done_testing` last.
#
# Each test runs in an empty folder of its own, so that paths in messages are short. TOOLS is
# where the tools are; HERE where the tests are; ROOT where the sources are.
set -u
HERE=$(cd "$(dirname "$0")" && pwd)
ROOT=$(cd "$HERE/../.." && pwd)
TOOLS=${TOOLS:-$ROOT/build/tools}
case $TOOLS in /*) ;; *) TOOLS=$ROOT/$TOOLS ;; esac
CC=${CC:-cc}
export ASAN_OPTIONS=detect_leaks=0 # a tool that ends at its first mistake frees nothing
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
cd "$WORK" || exit 1
count=0
failed=0

result() { # STATUS NAME
    count=$((count + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $count - $2"
    else
        failed=$((failed + 1))
        echo "not ok $count - $2"
        [ -f seen ] && sed 's/^/# /' seen
    fi
}

same() { # NAME FILE GOLDEN: the file is what it was when a person last read it
    if [ -n "${GOLDEN_WRITE:-}" ]; then cp "$2" "$HERE/golden/$3"; fi
    diff -u "$HERE/golden/$3" "$2" > seen 2>&1
    result $? "$1"
}

works() { # NAME COMMAND...
    name=$1
    shift
    "$@" > seen 2>&1
    result $? "$name"
}

fails() { # NAME COMMAND...
    name=$1
    shift
    if "$@" > seen 2>&1; then result 1 "$name"; else result 0 "$name"; fi
}

says() { # NAME TEXT: the command before said it, in these words
    grep -qF -- "$2" seen
    result $? "$1"
}

# Compiles as the house is compiled.
compile() { # FILE.c [-I...]
    file=$1
    shift
    $CC -std=c17 -D_GNU_SOURCE -I. "$@" -I"$ROOT/src" -Wall -Wextra -Wconversion \
        -Wsign-conversion -Werror -c -o "${file%.c}.o" "$file"
}

done_testing() {
    echo "1..$count"
    [ "$failed" -eq 0 ]
}
