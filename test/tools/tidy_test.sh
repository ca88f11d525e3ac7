#!/bin/sh
# The house rules: a small house that keeps them all, then one rule broken at a time.
. "$(dirname "$0")/tap.sh"

house() { # the one that is tidy
    rm -rf src tools locale
    mkdir -p src/base src/web src/house src/places src/people src/mandates src/gates src/db \
        src/maths src/commands tools locale
    printf '/* id.h - names of things. */\n' > src/base/id.h
    printf '/* mandates.h - who asked. */\n#include "base/id.h"\n#include "people/people.h"\n' \
        > src/mandates/mandates.h
    printf '/* people.h - who. */\n' > src/people/people.h
    printf '/* gates/gates.h - doors. */\n#include "mandates/mandates.h"\n' > src/gates/gates.h
    cat > src/gates/open.c << 'C'
#include "gates/gates.h"
#include "pages.h"
#include "queries.h"
/* malloc(1) in a comment, and */ // free(x) in another
void open_gate(struct ctx *ctx)
{
    gate_by_id(ctx, "free(x)%d", '"', v->free(1), v.time(2));
    gate_page(ctx, MESSAGE_gate_closed);
    say(SAY_INFO, "a gate was opened: %s",
        "here too");
    ctx_then(ctx, "/in/%.*s/x", "%d %s", "one", "; charset=x" /* not shown */);
    assert(ctx && "never empty");
}
C
    printf -- '-- gate_by_id: one\n-- in x: not a query\nselect 1\n' > src/gates/gates.sql
    printf '{%% page gate_page (int *v) %%}\n{{ t:gate.title x=v }} {{ t:month.1 }}\n' \
        > src/gates/gate.html
    cat > locale/nl.po << 'PO'
msgid ""
msgstr "Language: nl\n"
msgid "gate.title"
msgid "gate.closed"
msgid "month.1"
msgid "month.2"
PO
}

finds() { # NAME FILE:LINE: sentence
    "$TOOLS/tidy" . > seen 2>&1 && echo "it found nothing" >> seen
    grep -qxF -- "$2" seen
    result $? "$1"
    house
}

accepts() {
    "$TOOLS/tidy" . > seen 2>&1
    result $? "$1"
}

lines() { # COUNT
    i=0
    while [ $i -lt "$1" ]; do echo "    step($i);"; i=$((i + 1)); done
}

house
accepts "a tidy house"
works "says nothing" test ! -s seen
mkdir elsewhere
(cd elsewhere && "$TOOLS/tidy" .. > ../seen 2>&1)
result $? "the root may be given"
fails "a root that is not there" "$TOOLS/tidy" nowhere
says "is told" "use: tidy [ROOT]"

# Layers.
echo '#include "web/server.h"' > src/base/up.c
finds "base includes nothing above it" \
    "src/base/up.c:1: base/ stands below or beside web/ and does not include it"
echo '#include "db/db.h"' > src/web/db.c
finds "web includes base only" "src/web/db.c:1: web/ includes only itself and base/"
echo '#include "db/db.h"' > src/maths/db.c
finds "maths includes base only" "src/maths/db.c:1: maths/ includes only itself and base/"
printf '\n#include "mandates/mandates.h"\n' > src/people/up.c
finds "people do not know subjects" \
    "src/people/up.c:2: people/ stands below or beside mandates/ and does not include it"
echo '#include "mandates/inside.h"' > src/gates/in.c
finds "a subject is seen through its one header" \
    'src/gates/in.c:1: another subject is seen only through "mandates/mandates.h"'
echo '#include "gates/gates.h"' > src/mandates/round.c
finds "no circles" "src/mandates/round.c:1: mandates/ and gates/ include each other, in a circle"
echo '#include "pages.h"' > src/web/p.c
finds "the web knows no pages" 'src/web/p.c:1: web/ does not include "pages.h"'
echo '#include "queries.h"' > src/db/q.c
finds "the database knows no queries" 'src/db/q.c:1: db/ does not include "queries.h"'
echo '#include "nowhere/x.h"' > src/house/n.c
finds "an unknown folder is asked about" 'src/house/n.c:1: "nowhere/x.h": no folder of src'
mkdir src/attic
echo > src/attic/a.c
finds "a new folder needs its place" \
    "src/attic/a.c:1: src/attic/ has no place yet in the table of tools/tidy_layers.c"

# Banned calls.
for name in malloc calloc realloc free; do
    echo "int x = $name (1);" > src/house/m.c
    finds "$name" "src/house/m.c:1: $name is not called here; there is: base/memory.h or an arena"
done
for name in alloca strdup strcpy strcat sprintf vsprintf gets strtok atoi atol system popen execl \
    execv execvp rand srand random time gettimeofday localtime gmtime setjmp longjmp printf puts \
    sqlite3_open crypto_sign sodium_init getrandom; do
    printf '\n\nint x = %s(1);\n' $name > src/house/m.c
    "$TOOLS/tidy" . > seen 2>&1
    says "$name" "src/house/m.c:3: $name is not called here; there is: "
    house
done
echo 'int x = malloc(1) + time(0) + getrandom(1);' > src/base/m.c
accepts "base may what it is there for"
echo 'int x = sqlite3_open(1);' > src/db/s.c
accepts "and so may db"
house
echo 'int f(void) { goto out; }' > src/gates/g.c
finds "goto in a subject" "src/gates/g.c:1: no goto in a subject's folder"
echo 'int f(void) { goto out; }' > src/db/g.c
accepts "goto in db"
house
echo 'int f(void) { fputs("", stdout); }' > src/web/o.c
finds "writing to stdout" "src/web/o.c:1: nothing writes to stdout but commands"
echo 'int f(void) { printf("two words"); fputs("", stdout); }' > src/commands/o.c
accepts "commands write to stdout"
house

# Names and sizes.
echo > src/gates/Open.c
finds "a name in capitals" "src/gates/Open.c:1: a file's name holds lower-case letters, digits and _"
echo > src/gates/gate_utils.c
finds "a name that says nothing" \
    "src/gates/gate_utils.c:1: 'utils' says nothing: name a file after what it does"
{ echo 'void f(void)'; echo '{'; lines 81; echo '}'; } > src/gates/long.c
finds "a function of 81 lines" "src/gates/long.c:2: a function of 81 lines; 80 is the most"
{ echo 'void f(void)'; echo '{'; lines 61; echo '}'; } > src/gates/long.c
accepts "a function of 61 lines"
says "is warned of" "src/gates/long.c:2: warning: a function of 61 lines; near 40 reads well"
house
{ printf 'void f(void)\n{\n}\n'; lines 448; } > src/gates/long.c
finds "a file of 451 lines" "src/gates/long.c:1: 451 lines; 450 is the most"
{ printf 'void f(void)\n{\n}\n'; lines 298; } > src/gates/long.c
accepts "a file of 301 lines"
says "is warned of" "src/gates/long.c:1: warning: 301 lines; near 300 reads well"
lines 600 > src/gates/long.c
accepts "a table may be long"
house
echo '/* other.h - x */' > src/gates/shut.h
finds "a header that does not say what it is" \
    "src/gates/shut.h:1: a header begins with '/* shut.h - ' and what it is for"

# What nobody uses.
printf -- '\n-- gate_count: one\n-- out n int\nselect 1\n' >> src/gates/gates.sql
finds "a query" "src/gates/gates.sql:5: the query 'gate_count' is never used"
printf '{%% page shut_page (int *v) %%}\n' > src/gates/shut.html
finds "a page" "src/gates/shut.html:1: the page 'shut_page' is never used"
printf '{%% page card (int *v) %%}\n' > src/gates/card.html
echo '{% call card(v) %}' >> src/gates/gate.html
accepts "a page that a page calls"
house
printf '{%% page layout (int *v) %%}{%% content %%}\n' > src/gates/layout.html
sed -i 's/%}/%}{% layout layout %}/' src/gates/gate.html
accepts "a layout that a page uses"
house
printf 'msgid "gate.lost"\n' >> locale/nl.po
finds "a message" "locale/nl.po:7: the message 'gate.lost' is never used"
sed -i 's/month.1/month.3/' src/gates/gate.html
finds "a row of messages" "locale/nl.po:5: the message 'month.1' is never used"

# Text.
text="text in code: a person reads messages; or say /* not shown */"
printf 'int x =\n    f("Goede dag");\n' > src/gates/t.c
finds "a sentence" "src/gates/t.c:2: $text"
printf 'void f(void)\n{\n    say("x y"); g("x y");\n}\n' > src/gates/t.c
finds "a sentence after one for the keeper" "src/gates/t.c:3: $text"
echo 'const char *x = "one"; /* "two words" */ char c = 0; f("%d %s %.*s %zu");' > src/gates/t.c
accepts "words, formats and comments are fine"
echo 'int x = f("two words");' > src/web/t.c
accepts "and so is text below the subjects"
house
done_testing
