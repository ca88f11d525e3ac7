#!/bin/sh
# Pages become C functions: what a reader sees, and everything that is refused.
. "$(dirname "$0")/tap.sh"

refused() { # NAME FILE:LINE:COLUMN: sentence; the body, from line 2 on, is standard input
    { echo '{% page a_page (const struct view *v) %}'; cat; } > a.html
    rm -f p.h p.c
    "$TOOLS/mkpage" -h p.h -c p.c a.html > seen 2>&1 && echo "it was accepted" > seen
    grep -qxF -- "$2" seen && [ ! -e p.c ]
    result $? "$1"
}

accepted() { # NAME TEXT: the code holds this line; the body is standard input
    { echo '{% page a_page (const struct view *v) %}'; cat; } > a.html
    rm -f p.h p.c
    "$TOOLS/mkpage" -h p.h -c p.c a.html > seen 2>&1 && cat p.c >> seen && grep -qF -- "$2" p.c
    result $? "$1"
}

mkdir view
cp "$HERE"/pages/view.h view/view.h
cp "$HERE"/pages/*.html .
cat > nl.po << 'PO'
msgid ""
msgstr "Language: nl\nX-Name: Nederlands\n"
msgid "month.1" msgstr "januari"
msgid "month.2" msgstr "februari"
msgid "month.3" msgstr "maart"
msgid "month.4" msgstr "april"
msgid "month.5" msgstr "mei"
msgid "month.6" msgstr "juni"
msgid "month.7" msgstr "juli"
msgid "month.8" msgstr "augustus"
msgid "month.9" msgstr "september"
msgid "month.10" msgstr "oktober"
msgid "month.11" msgstr "november"
msgid "month.12" msgstr "december"
msgid "day.pattern" msgstr "{day} {month} {year}"
msgid "moment.pattern" msgstr "{day}, {time}"
msgid "card.title" msgstr "Mandaat & zo"
msgid "card.until" msgstr "tot en met {day} <{name}>"
msgid "card.waiting" msgid_plural "" msgstr[0] "één wacht" msgstr[1] "{n} wachten"
PO
"$TOOLS/mkwords" -h messages.h -c messages.c nl.po
works "a layout, a page and a part" "$TOOLS/mkpage" -h pages.h -c pages.c \
    layout.html show.html part.html
same "the header is as it was" pages.h pages.h
same "the code is as it was" pages.c pages.c
works "what it makes compiles without a warning" compile pages.c
cp "$HERE"/pages/print.c .
$CC -std=c17 -D_GNU_SOURCE -I. -I"$ROOT/src" -o print print.c pages.c messages.c \
    "$ROOT"/src/web/show.c "$ROOT"/src/web/url.c "$ROOT"/src/web/words.c \
    "$ROOT"/src/web/plural.c "$ROOT"/src/base/arena.c "$ROOT"/src/base/day.c \
    "$ROOT"/src/base/memory.c "$ROOT"/src/base/out.c "$ROOT"/src/base/str.c \
    "$ROOT"/src/base/id.c "$ROOT"/src/base/secret.c > seen 2>&1
result $? "the pages link"
./print > page.txt 2> seen
result $? "and show"
same "what a reader gets is as it was" page.txt page.txt

sed 's/v->title/v->titel/' show.html > wrong.html
"$TOOLS/mkpage" -h pages.h -c pages.c layout.html wrong.html part.html
fails "a misspelt field does not compile" compile pages.c
says "and the compiler names the line of the page" "wrong.html:4:"
sed 's/name=v->holder/nome=v->holder/' show.html > wrong.html
"$TOOLS/mkpage" -h pages.h -c pages.c layout.html wrong.html part.html
fails "nor does a misspelt argument of a message" compile pages.c
says "which is named with its line" "wrong.html:8:"
sed 's/href="{{ v->link }}"/href="{{ v->title }}"/' show.html > wrong.html
"$TOOLS/mkpage" -h pages.h -c pages.c layout.html wrong.html part.html
fails "nor a text where an address belongs" compile pages.c
sed 's/{{ v->title }}/{{ v->changed }}/' show.html > wrong.html
"$TOOLS/mkpage" -h pages.h -c pages.c layout.html wrong.html part.html
fails "nor a bool in a text" compile pages.c
sed 's/{{ v->title }}/{{ "plain C text" }}/' show.html > wrong.html
"$TOOLS/mkpage" -h pages.h -c pages.c layout.html wrong.html part.html
fails "nor a C string" compile pages.c
works "no pages at all is well" "$TOOLS/mkpage" -h pages.h -c pages.c
works "and compiles" compile pages.c

# Where an expression may not stand.
tag="inside a tag an expression stands in a quoted value"
refused "an unquoted value" "a.html:2:10: a value stands in quotes, right after the '='" << 'H'
<a class=x{{ v->x }}>
H
refused "an expression as an unquoted value" "a.html:2:13: $tag" << 'H'
<a class={{ v->x }}>
H
refused "an expression as an attribute" "a.html:2:7: $tag" << 'H'
<a {{ v->x }}>
H
refused "an expression in an attribute's name" "a.html:2:12: $tag" << 'H'
<a data-{{ v->x }}="1">
H
refused "an expression as a tag" "a.html:2:1: a '<' begins a tag here; write &lt; for the sign" << 'H'
<{{ v->x }}>
H
refused "an expression in a tag's name" "a.html:2:6: $tag" << 'H'
<h{{ v->n }}>
H
refused "an expression in <script>" \
    "a.html:2:9: nothing stands inside <script>: it belongs in assets" << 'H'
<script>{{ v->x }}</script>
H
refused "a script in the page" \
    "a.html:2:22: nothing stands inside <script>: it belongs in assets" << 'H'
<script src="/a.js" >1</script>
H
refused "a style in the page" "a.html:2:1: no <style> in a page: it belongs in assets" << 'H'
<STYLE>{{ v->x }}</STYLE>
H
for name in onclick ONLOAD style srcdoc; do
    lower=$(echo "$name" | tr A-Z a-z)
    refused "$name with an expression" "a.html:2:4: no '$lower' in a page: the page's policy forbids it" << H
<p $name="{{ v->x }}">
H
    refused "$name without one" "a.html:2:4: no '$lower' in a page: the page's policy forbids it" << H
<p $name='1'>
H
done
refused "a script as an address" \
    "a.html:2:10: an address begins with / http: https: mailto: tel:" << 'H'
<a href="javascript:{{ v->x }}">
H
refused "an address whose beginning depends" \
    "a.html:2:37: it depends on an {% if %} whether this begins the address" << 'H'
<a href="{% if v->n %}/x{% end %}{{ v->link }}">
H
refused "a message as an address" "a.html:2:13: a message is no address" << 'H'
<a href="{{ t:card.title }}">
H
refused "a refresh to an address" "a.html:2:1: a <meta http-equiv> has no expression in its content" << 'H'
<meta content="0;url={{ v->x }}" http-equiv="refresh">
H
refused "an animated address" "a.html:2:13: no expression in <set>: it can change an address" << 'H'
<set to="{{ v->x }}">
H
refused "raw" "a.html:2:4: there is no raw: give a struct html" << 'H'
{{ raw:v->x }}
H
refused "the constant of a message, which is a number" \
    "a.html:2:11: a message is t:KEY, or t:(EXPRESSION) when it is chosen: this is a number" << 'H'
{{ v->n ? MESSAGE_a : MESSAGE_b }}
H
accepted "the beginning of an address" 'SHOW_URL(o, ctx, (v->link));' << 'H'
<a href='{{ v->link }}'>
H
accepted "a part of an address" 'SHOW_URL_PART(o, ctx, (v->slug));' << 'H'
<form action="/in/{{ v->slug }}/x">
H
accepted "other attributes, quoted with either" 'SHOW(o, ctx, (v->slug));' << 'H'
<p data-x='{{ v->slug }}'>
H
accepted "two letters that end an expression, in quotes" "SHOW(o, ctx, (f(\"}}\", '\"')));" << 'H'
{{ f("}}", '"') }}
H
accepted "comments leave nothing" '"<b></b>\n", 8' << 'H'
<!-- words {{ v->x }} --><b>{# words {{ #}</b>
H
accepted "a chosen message" 'show_message_with(o, ctx, (v->n ? MESSAGE_a : v->m), (struct message_argument[]){ ARG("x", (v->n + 1)), ARG_MESSAGE("y", MESSAGE_card_title), }, 2);' << 'H'
{{ t:(v->n ? MESSAGE_a : v->m) x=v->n + 1 y=t:card.title }}
H

# What branches may not do.
accepted "branches in a tag that both end there" 'if (v->n) {' << 'H'
<a class="x"{% if v->n %} hidden{% end %}>
H
refused "a branch that opens a quote" \
    "a.html:2:26: what began on line 2 ends here in another place of the HTML (a tag, a quote, a <pre>)" << 'H'
<a {% if v->n %} class="x{% end %}">
H
refused "a branch that opens a tag" \
    "a.html:2:17: what began on line 2 ends here in another place of the HTML (a tag, a quote, a <pre>)" << 'H'
{% if v->n %}<a {% else %}<b {% end %}>
H
refused "a branch that closes one" \
    "a.html:2:18: what began on line 2 ends here in another place of the HTML (a tag, a quote, a <pre>)" << 'H'
<a {% if v->n %}>{% else %} {% end %}
H
refused "a loop that opens <pre>" \
    "a.html:2:29: what began on line 2 ends here in another place of the HTML (a tag, a quote, a <pre>)" << 'H'
{% for q in v->list %}<pre> {% end %}
H
refused "half an attribute's name" \
    "a.html:2:31: white space is needed between what an {% if %} gives and this" << 'H'
<a hre{% if v->n %} x{% end %}f="/">
H
refused "an address by halves" "a.html:2:8: 'href' needs its value" << 'H'
<a href{% if v->n %}="/"{% end %}>
H
refused "an if that is never ended" "a.html:3:1: this 'if' has no 'end'" << 'H'
<b>
{% if v->n %}
H
refused "a for that is never ended" "a.html:2:1: this 'for' has no 'end'" << 'H'
{% for q in v->list %}{% if q->n %}{% end %}
H
refused "an end too many" "a.html:2:1: this 'end' ends nothing" << 'H'
{% end %}
H
refused "an else too many" "a.html:2:23: this 'else' belongs to no 'if'" << 'H'
{% for q in v->list %}{% else %}{% end %}
H
refused "an else after else" "a.html:2:25: this 'else' belongs to no 'if'" << 'H'
{% if v->n %}{% else %} {% else %}{% end %}
H
refused "an else with something else" \
    "a.html:2:14: 'else' stands alone, or as 'else if CONDITION'" << 'H'
{% if v->n %}{% else v->m %}{% end %}
H
refused "a for without in" "a.html:2:1: 'for NAME in LIST' is needed here" << 'H'
{% for q of v->list %}{% end %}
H
refused "a set without =" "a.html:2:1: 'set NAME = EXPRESSION' is needed here" << 'H'
{% set k v->n %}
H
refused "a call without brackets" "a.html:2:1: 'call PAGE(EXPRESSION)' is needed here" << 'H'
{% call card v %}
H
refused "a call inside a tag" "a.html:2:4: a page is called between tags" << 'H'
<a {% call card(v) %}>
H
refused "an unknown word" "a.html:2:1: 'include': there are if, else, for, end, set, call and content" << 'H'
{% include "x.html" %}
H
refused "a page line in the middle" \
    "a.html:3:1: 'page' stands at the top of the file, before any HTML" << 'H'
<b>
{% page b (int *n) %}
H
refused "content twice" "a.html:3:1: 'content' stands once, between tags, outside if and for" << 'H'
{% content %}
{% content %}
H
refused "content in a branch" "a.html:2:14: 'content' stands once, between tags, outside if and for" << 'H'
{% if v->n %}{% content %}{% end %}
H
refused "a layout in a layout" "a.html:3:1: a layout does not use a layout" << 'H'
{% layout a_page %}
{% content %}
H
refused "a layout that is not there" "a.html:2:1: there is no page 'nothing' with {% content %}" << 'H'
{% layout nothing %}
<b>
H

# What never ends.
refused "an expression that is never closed" "a.html:2:4: this '{{' is never closed by '}}'" << 'H'
<b>{{ v->x
H
refused "a directive that is never closed" "a.html:2:1: this '{%' is never closed by '%}'" << 'H'
{% if v->n
H
refused "a comment that is never closed" "a.html:2:1: this '{#' is never closed by '#}'" << 'H'
{# words
H
refused "an HTML comment that is never closed" "a.html:2:1: this comment is never closed" << 'H'
<!-- words
H
refused "a tag that is never closed" "a.html:2:1: this tag is never closed" << 'H'
<b class="x"
H
refused "a bracket that does not match" "a.html:2:4: 'f(v->x': a bracket or quote does not match" << 'H'
{{ f(v->x }}
H
refused "two expressions" "a.html:2:4: one expression, without ';' or comment" << 'H'
{{ v->x; f() }}
H
refused "no expression" "a.html:2:4: an expression is needed here" << 'H'
{{ }}
H
refused "no condition" "a.html:2:4: an expression is needed here" << 'H'
{% if %}{% end %}
H
refused "an argument without a value" "a.html:2:17: 'NAME=EXPRESSION' is needed here" << 'H'
{{ t:card.title day }}
H
refused "a key with other letters" "a.html:2:10: a message's key holds a-z 0-9 . _ - and nothing else" << 'H'
{{ t:cardTitle }}
H
refused "no key" "a.html:2:4: a message's key is needed after 't:'" << 'H'
{{ t: }}
H
refused "an attribute out of quotes" "a.html:2:8: '\"' here: an attribute is written name=\"value\"" << 'H'
<a x y "z">
H

# {{? … : … }}
refused "a choice in a text" "a.html:2:12: {{? ... }} stands inside a tag or a quoted value" << 'H'
{{? v->n : checked }}
H
refused "a choice without a literal" "a.html:2:7: '{{? EXPRESSION : LITERAL }}' needs a ':'" << 'H'
<a {{? v->n }}>
H
refused "a choice with an empty one" "a.html:2:7: '{{? EXPRESSION : LITERAL }}' needs its literal" << 'H'
<a {{? v->n : }}>
H
refused "a choice with markup" \
    "a.html:2:15: the literal holds letters, digits, spaces, - _ = and \"" << 'H'
<a {{? v->n : <b> }}>
H
refused "a choice with two attributes" \
    "a.html:2:15: inside a tag this is one attribute: NAME or NAME=\"VALUE\"" << 'H'
<a {{? v->n : checked disabled }}>
H
refused "a choice with half a value" \
    "a.html:2:15: inside a tag this is one attribute: NAME or NAME=\"VALUE\"" << 'H'
<a {{? v->n : class=x }}>
H
refused "a choice with a program" "a.html:2:15: 'onclick' does not stand in a {{? ... }}" << 'H'
<a {{? v->n : onclick="x" }}>
H
refused "a choice with a quote in a value" "a.html:2:22: inside a value the literal has no quotes" << 'H'
<a class="{{? v->n : x"y" }}">
H
refused "a choice with text to read" "a.html:2:22: {{? ... }} does not stand in 'title'" << 'H'
<a title="{{? v->n : words }}">
H
refused "a choice right before a name" \
    "a.html:2:24: white space is needed between what an {% if %} gives and this" << 'H'
<a {{? v->n : hidden }}x="1">
H
accepted "a choice of an attribute" 'out_raw(o, (struct str){ " " "aria-current=\"page\"", 20 });' << 'H'
<a {{? v->n ? 1 : 0 : aria-current="page" }}>
H

# No text in code.
text="text that a person reads comes from a message, {{ t:... }}, not from the page"
refused "words" "a.html:2:4: $text" << 'H'
<p>Welkom</p>
H
refused "words with accents" "a.html:2:9: $text" << 'H'
<p>1 · é</p>
H
refused "words in Arabic" "a.html:2:4: $text" << 'H'
<p>أهلا</p>
H
for name in title alt placeholder aria-label; do
    refused "words in $name" "a.html:2:$((5 + ${#name} + 1)): $text" << H
<i $name="x">
H
done
refused "words on a button" "a.html:2:1: $text" << 'H'
<input value="Stuur" type="submit">
H
accepted "a value that nobody reads" 'yes' << 'H'
<input type="hidden" value="yes">
H
accepted "signs, digits and entities" '&nbsp;&#233; 12 · — → 🙂' << 'H'
<p>&nbsp;&#233; 12 · — → 🙂</p>
H
accepted "code that is not translated" 'nabij log verify' << 'H'
<code class="x" translate="no">nabij log verify</code>
H
refused "and words after it" "a.html:2:33: $text" << 'H'
<code translate="no">a b</code> c
H

# The top of the file.
printf '<p>\n' > b.html
fails "a file without a page line" "$TOOLS/mkpage" -h p.h -c p.c b.html
says "is told how it begins" "b.html:1:1: a page begins with {% page NAME (TYPE *NAME) %}"
printf '{%% page b %%}\n' > b.html
fails "a page line without a view" "$TOOLS/mkpage" -h p.h -c p.c b.html
says "is told how" "b.html:1:1: 'page NAME (TYPE *NAME)' is needed here"
printf '{%% page b (const struct view *) %%}\n' > b.html
fails "a view without a name" "$TOOLS/mkpage" -h p.h -c p.c b.html
says "is told too" "b.html:1:1: the view needs a name: '(const struct card *v)'"
printf '{%% page b () %%}{%% use view.h %%}\n' > b.html
fails "a use without quotes" "$TOOLS/mkpage" -h p.h -c p.c b.html
says "is told" "b.html:1:16: 'use \"folder/header.h\"' is needed here"
printf '{%% page b () %%}{%% layout 1 %%}\n' > b.html
fails "a layout without a name" "$TOOLS/mkpage" -h p.h -c p.c b.html
says "is told as well" "b.html:1:16: 'layout PAGE member=EXPRESSION' is needed here"
printf '{%% page b () %%}\n' > b.html
cp b.html c.html
fails "two pages of one name" "$TOOLS/mkpage" -h p.h -c p.c b.html c.html
says "are told where" "c.html:1:1: 'b' is already the page of b.html"
done_testing
